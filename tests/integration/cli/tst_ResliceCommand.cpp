// Planes from the command line: reslice, the findings of series, the figures of benchmark (docs/cli.md).
#include "ProgramRun.h"

#include <Phantom.h>

#include <QtCore/QDir>
#include <QtCore/QJsonArray>
#include <QtGui/QImage>
#include <QtTest/QTest>

#include <cmath>
#include <cstring>

using namespace negatoscope::test;
using Outcome = ProgramRuns::Outcome;

namespace {

constexpr int kSlices = 60;

/// A NRRD file of reslice: its header and its values.
struct Nrrd
{
    QByteArray header;
    std::vector<float> values;
    int columns = 0, rows = 0;

    explicit Nrrd(const QString &path)
    {
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly))
            return;
        const QByteArray bytes = file.readAll();
        const auto end = bytes.indexOf("\n\n");
        header = bytes.left(end);
        for (const QByteArray &line : header.split('\n'))
            if (line.startsWith("sizes: ")) {
                columns = line.split(' ').value(1).toInt();
                rows = line.split(' ').value(2).toInt();
            }
        values.resize(std::size_t(bytes.size() - end - 2) / sizeof(float));
        std::memcpy(values.data(), bytes.constData() + end + 2, values.size() * sizeof(float));
    }
};

} // namespace

class TestResliceCommand final : public QObject
{
    Q_OBJECT

private:
    ProgramRuns m_runs;
    QString m_study, m_series;

    QString path(const QString &name) const { return m_runs.path(name); }

    Outcome reslice(const QStringList &words) const
    {
        return m_runs.run(QStringList{QStringLiteral("reslice"), QStringLiteral("--json"), m_series} + words);
    }

    static QStringList words(const char *text)
    {
        return QString::fromLatin1(text).split(QLatin1Char(' '), Qt::SkipEmptyParts);
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(makePhantom(path(QStringLiteral("body")), kSlices, words("--spacing-z 3 --missing 20")));
        QCOMPARE(m_runs.run({QStringLiteral("import"), path(QStringLiteral("body"))}).exitCode, 0);
        m_study = m_runs.run(words("studies --json"))
                      .json()
                      .value(QLatin1String("studies"))
                      .toArray()
                      .at(0)
                      .toObject()
                      .value(QLatin1String("studyInstanceUid"))
                      .toString();
        QVERIFY(!m_study.isEmpty());
        m_series = m_runs.run({QStringLiteral("series"), QStringLiteral("--json"), m_study})
                       .json()
                       .value(QLatin1String("series"))
                       .toArray()
                       .at(0)
                       .toObject()
                       .value(QLatin1String("seriesInstanceUid"))
                       .toString();
        QVERIFY(!m_series.isEmpty());
    }

    void aCoronalPlaneIsUprightAndNamesWhatIsMissing()
    {
        const Outcome outcome = reslice(words("--plane coronal -o coronal.png"));
        QVERIFY2(outcome.exitCode == 0, outcome.complaints.constData());
        const QJsonObject json = outcome.json();
        QCOMPARE(
            QImage(path(QStringLiteral("coronal.png"))).size(),
            QSize(json.value(QLatin1String("columns")).toInt(), json.value(QLatin1String("rows")).toInt()));
        // 380 mm wide; 60 slices of 3 mm, the outermost half a slice more.
        const double pixel = json.value(QLatin1String("pixelMm")).toDouble();
        QVERIFY(std::abs(json.value(QLatin1String("columns")).toInt() * pixel - 380) < pixel);
        QVERIFY(std::abs(json.value(QLatin1String("rows")).toInt() * pixel - 180) < pixel);
        const QJsonObject letters = json.value(QLatin1String("orientation")).toObject();
        QCOMPARE(letters.value(QLatin1String("left")).toString(), QStringLiteral("R"));
        QCOMPARE(letters.value(QLatin1String("top")).toString(), QStringLiteral("H"));
        const auto findings = json.value(QLatin1String("findings")).toArray();
        QCOMPARE(findings.size(), 1);
        QCOMPARE(findings.at(0).toObject().value(QLatin1String("code")).toString(),
                 QStringLiteral("missingSlices"));
        QCOMPARE(findings.at(0).toObject().value(QLatin1String("effect")).toString(),
                 QStringLiteral("corrected"));
        QVERIFY(outcome.complaints.contains("missing between"));
    }

    void valuesAreThoseThatProbeReads()
    {
        const Outcome outcome = reslice(words("--plane axial --at 21 -o axial.nrrd"));
        QVERIFY2(outcome.exitCode == 0, outcome.complaints.constData());
        const Nrrd nrrd(path(QStringLiteral("axial.nrrd")));
        QCOMPARE(nrrd.columns, 128);
        QCOMPARE(nrrd.rows, 128);
        QCOMPARE(nrrd.values.size(), std::size_t(128 * 128));
        QVERIFY(nrrd.header.contains("space: left-posterior-superior"));
        const QJsonObject json = outcome.json();
        const auto origin = json.value(QLatin1String("origin")).toArray();
        const double pixel = json.value(QLatin1String("pixelMm")).toDouble();
        for (const auto &[column, row] : {std::pair(64, 64), std::pair(30, 70), std::pair(100, 50)}) {
            const QString at = QStringLiteral("%1,%2,21")
                                   .arg(origin.at(0).toDouble() + column * pixel)
                                   .arg(origin.at(1).toDouble() + row * pixel);
            const Outcome probe = m_runs.run(
                {QStringLiteral("probe"), QStringLiteral("--json"), m_series, QStringLiteral("--at"), at});
            QVERIFY2(probe.exitCode == 0, probe.complaints.constData());
            QVERIFY(std::abs(double(nrrd.values[std::size_t(row * 128 + column)]) -
                             probe.json().value(QLatin1String("value")).toDouble()) < 0.51);
        }
    }

    void aSlabShowsItsBrightest()
    {
        QCOMPARE(reslice(words("--plane sagittal -o thin.nrrd")).exitCode, 0);
        const Outcome thick = reslice(words("--plane sagittal --slab 30 --mode mip -o thick.nrrd"));
        QCOMPARE(thick.exitCode, 0);
        QCOMPARE(thick.json().value(QLatin1String("samples")).toInt(), 10);
        const Nrrd one(path(QStringLiteral("thin.nrrd"))), many(path(QStringLiteral("thick.nrrd")));
        QCOMPARE(one.values.size(), many.values.size());
        double thinSum = 0, thickSum = 0;
        for (std::size_t i = 0; i < one.values.size(); ++i) {
            thinSum += double(one.values[i]);
            thickSum += double(many.values[i]);
        }
        QVERIFY(thickSum > thinSum);
    }

    void anObliquePlaneSaysItsDirections()
    {
        const Outcome outcome = reslice(
            words("--plane oblique:1,1,0/0,0,-2 --interpolation cubic --window 40/400 -o oblique.png"));
        QVERIFY2(outcome.exitCode == 0, outcome.complaints.constData());
        const auto row = outcome.json().value(QLatin1String("rowDirection")).toArray();
        QVERIFY(std::abs(row.at(0).toDouble() - std::sqrt(0.5)) < 1e-9);
        QCOMPARE(outcome.json()
                     .value(QLatin1String("orientation"))
                     .toObject()
                     .value(QLatin1String("right"))
                     .toString(),
                 QStringLiteral("LP"));
    }

    void littleMemoryMakesACopyThatSaysSo()
    {
        const Outcome file = reslice(words("--plane axial --memory 1 -o file.png"));
        QCOMPARE(file.exitCode, 0);
        QVERIFY(file.json().value(QLatin1String("storage")).toString() != QLatin1String("memory"));
        QVERIFY(file.complaints.contains("does not fit into memory"));
    }

    void wrongUsageIsExitCode2()
    {
        for (const char *line :
             {"--plane coronal", "--plane coronal -o plane.jpg", "-o plane.png",
              "--plane slanted -o plane.png", "--plane oblique:1,0,0 -o plane.png",
              "--plane oblique:1,0,0/2,0,0 -o plane.png", "--plane axial --at here -o plane.png",
              "--plane axial --at 5000 -o plane.png", "--plane axial --mode mip -o plane.png",
              "--plane axial --slab -3 -o plane.png", "--plane axial --slab 3 --mode sum -o plane.png",
              "--plane axial --window 40 -o plane.png"}) {
            const Outcome outcome = reslice(words(line));
            QVERIFY2(outcome.exitCode == 2, line);
            QVERIFY(!outcome.complaints.isEmpty() && outcome.output.isEmpty());
        }
        QVERIFY(!QFile::exists(path(QStringLiteral("plane.png"))));
    }

    void whatIsNoVolumeIsRefusedWithTheReason()
    {
        const Outcome outcome =
            m_runs.run({QStringLiteral("reslice"), QStringLiteral("--json"),
                        QStringLiteral(NEGATOSCOPE_TEST_DATA "/us/cine30.dcm"), QStringLiteral("--plane"),
                        QStringLiteral("axial"), QStringLiteral("-o"), QStringLiteral("none.png")});
        QCOMPARE(outcome.exitCode, 1);
        QVERIFY(outcome.json().value(QLatin1String("output")).isNull());
        const auto finding = outcome.json().value(QLatin1String("findings")).toArray().at(0).toObject();
        QCOMPARE(finding.value(QLatin1String("code")).toString(), QStringLiteral("noPlaces"));
        QCOMPARE(finding.value(QLatin1String("effect")).toString(), QStringLiteral("refused"));
        QVERIFY(outcome.complaints.contains("No planes can be made"));
        QVERIFY(!QFile::exists(path(QStringLiteral("none.png"))));
    }

    void seriesSaysWhetherPlanesCanBeMade()
    {
        const auto series = m_runs.run({QStringLiteral("series"), QStringLiteral("--json"), m_study})
                                .json()
                                .value(QLatin1String("series"))
                                .toArray()
                                .at(0)
                                .toObject()
                                .value(QLatin1String("reformat"))
                                .toObject();
        QCOMPARE(series.value(QLatin1String("possible")).toBool(), true);
        QCOMPARE(series.value(QLatin1String("findings")).toArray().size(), 1);
    }

    void benchmarkMeasuresPlanes()
    {
        const Outcome outcome = m_runs.run({QStringLiteral("benchmark"), QStringLiteral("--json"), m_study});
        QVERIFY2(outcome.exitCode == 0, outcome.complaints.constData());
        const QJsonObject planes = outcome.json().value(QLatin1String("reslice")).toObject();
        for (const char *key : {"coronalMs", "sagittalMs", "obliqueMs", "mipOrthogonalMs", "mipObliqueMs"})
            QVERIFY2(planes.value(QLatin1String(key)).toDouble() > 0, key);
        const QJsonObject volume = outcome.json().value(QLatin1String("volume")).toObject();
        QCOMPARE(volume.value(QLatin1String("slices")).toInt(), kSlices - 1);
        QVERIFY(volume.value(QLatin1String("wallMs")).toDouble() > 0);
    }
};

QTEST_GUILESS_MAIN(TestResliceCommand)
#include "tst_ResliceCommand.moc"
