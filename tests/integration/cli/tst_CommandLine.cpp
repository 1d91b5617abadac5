// The program as scripts see it: its own process, its exit codes, its JSON (docs/cli.md).
#include "ProgramRun.h"

#include <DicomBytes.h>

#include <QtCore/QDir>
#include <QtCore/QDirIterator>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonObject>
#include <QtGui/QImage>
#include <QtTest/QTest>

using namespace negatoscope;
using namespace negatoscope::test;
using Outcome = ProgramRuns::Outcome;

namespace {

const QString kData = QStringLiteral(NEGATOSCOPE_TEST_DATA);

} // namespace

class TestCommandLine final : public QObject
{
    Q_OBJECT
private:
    ProgramRuns m_runs;

    QString path(const QString &name) const { return m_runs.path(name); }
    Outcome run(const QStringList &words) const { return m_runs.run(words); }

    static void writeTo(const QString &path, const QByteArray &bytes)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
    }

    QJsonArray studies()
    {
        return run({QStringLiteral("studies"), QStringLiteral("--json")})
            .json()
            .value(QLatin1String("studies"))
            .toArray();
    }

private Q_SLOTS:
    void wrongUsageIsExitCode2AndNamesTheWord()
    {
        for (const QStringList &words :
             {QStringList{QStringLiteral("--nonsense")}, QStringList{QStringLiteral("import")},
              QStringList{QStringLiteral("series")},
              QStringList{QStringLiteral("studies"), QStringLiteral("--limit")},
              QStringList{QStringLiteral("studies"), QStringLiteral("--from"),
                          QStringLiteral("yesterday")}}) {
            const Outcome outcome = run(words);
            QCOMPARE(outcome.exitCode, 2);
            QVERIFY(!outcome.complaints.isEmpty());
            QVERIFY(outcome.output.isEmpty());
        }
    }

    void helpListsEveryCommandThatExistsAndNoOther()
    {
        const Outcome outcome = run({QStringLiteral("--help")});
        QCOMPARE(outcome.exitCode, 0);
        for (const char *command :
             {"import", "studies", "series", "dump", "render", "reslice", "probe", "export", "archives",
              "find", "retrieve", "priors", "send", "verify", "benchmark", "open", "state"})
            QVERIFY2(outcome.output.contains(QByteArray("negatoscope ") + command), command);
        for (const char *command : {"hang", "align", "outbox"})
            QVERIFY2(!outcome.output.contains(QByteArray("negatoscope ") + command), command);
    }

    void importListsWhatItRefusesAndWhy()
    {
        const QString text = path(QStringLiteral("notes.txt"));
        QFile file(text);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("not an image") > 0);
        file.close();
        const Outcome outcome =
            run({QStringLiteral("import"), QStringLiteral("--json"), kData + QStringLiteral("/ts/ct"),
                 kData + QStringLiteral("/dicomdir"), kData + QStringLiteral("/charset"), text});
        QCOMPARE(outcome.exitCode, 1);
        const QJsonObject json = outcome.json();
        QVERIFY(json.value(QLatin1String("imported")).toInt() > 20);
        bool named = false;
        const auto all = json.value(QLatin1String("refused")).toArray();
        for (const auto &refused : all)
            if (refused.toObject().value(QLatin1String("path")).toString() == text) {
                named = true;
                QCOMPARE(refused.toObject().value(QLatin1String("code")).toString(),
                         QStringLiteral("notDicom"));
                QVERIFY(!refused.toObject().value(QLatin1String("reason")).toString().isEmpty());
            }
        QVERIFY(named);
    }

    void textsBesideTheImagesAreIgnored()
    {
        const QString folder = path(QStringLiteral("disc"));
        QVERIFY(QDir().mkpath(folder));
        writeTo(folder + QStringLiteral("/readme.txt"), "not an image");
        const QStringList import{QStringLiteral("import"), QStringLiteral("--json"), folder};
        // Nothing but texts: nothing was done.
        QCOMPARE(run(import).exitCode, 1);
        QVERIFY(QFile::copy(kData + QStringLiteral("/ts/ct/rle.dcm"), folder + QStringLiteral("/image")));
        Outcome outcome = run(import);
        QCOMPARE(outcome.exitCode, 0);
        QCOMPARE(outcome.json().value(QLatin1String("ignored")).toInt(), 1);
        const auto text = outcome.json().value(QLatin1String("refused")).toArray().at(0).toObject();
        QCOMPARE(text.value(QLatin1String("code")).toString(), QStringLiteral("notDicom"));
        QVERIFY(text.value(QLatin1String("ignored")).toBool());
        // What an image may have become is refused, and so is a text that is named.
        writeTo(folder + QStringLiteral("/zeros"), QByteArray(4096, '\0'));
        outcome = run(import);
        QCOMPARE(outcome.exitCode, 1);
        QCOMPARE(outcome.json().value(QLatin1String("ignored")).toInt(), 1);
        QCOMPARE(run({QStringLiteral("import"), folder + QStringLiteral("/readme.txt")}).exitCode, 1);
    }

    void aFileWithoutStudyOrSeriesIsShownByItself()
    {
        test::DicomBytes dicom;
        dicom.meta(test::kExplicit).image(2, 3, 8).element(0x7fe00010, "OB", "\x01\x02\x03\x04\x05\x06");
        const QString file = path(QStringLiteral("alone.dcm"));
        writeTo(file, QByteArray::fromStdString(dicom.bytes()));
        const Outcome refused = run({QStringLiteral("import"), QStringLiteral("--json"), file});
        QCOMPARE(refused.exitCode, 1);
        const auto entry = refused.json().value(QLatin1String("refused")).toArray().at(0).toObject();
        QCOMPARE(entry.value(QLatin1String("code")).toString(), QStringLiteral("missingIdentity"));
        QVERIFY(
            entry.value(QLatin1String("reason")).toString().contains(QLatin1String("Study Instance UID")));
        const QString picture = path(QStringLiteral("alone.png"));
        QCOMPARE(run({QStringLiteral("render"), file, QStringLiteral("--size"), QStringLiteral("native"),
                      QStringLiteral("-o"), picture})
                     .exitCode,
                 0);
        QCOMPARE(QImage(picture).size(), QSize(3, 2));
        const Outcome probed = run({QStringLiteral("probe"), QStringLiteral("--json"), file,
                                    QStringLiteral("--pixel"), QStringLiteral("2,1")});
        QCOMPARE(probed.json().value(QLatin1String("value")).toDouble(), 6.0);
        QCOMPARE(run({QStringLiteral("dump"), file}).exitCode, 0);
    }

    void importingAgainChangesNothing()
    {
        const Outcome outcome =
            run({QStringLiteral("import"), QStringLiteral("--json"), kData + QStringLiteral("/charset")});
        QCOMPARE(outcome.json().value(QLatin1String("imported")).toInt(), 0);
        QVERIFY(outcome.json().value(QLatin1String("alreadyThere")).toInt() > 10);
    }

    void studiesAreFoundByNameInAnyScript()
    {
        for (const QString &name : {QStringLiteral("Yamada"), QStringLiteral("山田"),
                                    QStringLiteral("Люкceмбypг"), QStringLiteral("Διονυσιος")}) {
            const Outcome outcome =
                run({QStringLiteral("studies"), QStringLiteral("--json"), QStringLiteral("--patient"), name});
            QCOMPARE(outcome.exitCode, 0);
            QVERIFY2(!outcome.json().value(QLatin1String("studies")).toArray().isEmpty(), qPrintable(name));
        }
    }

    void seriesGiveCountsAndCompleteness()
    {
        const auto all = studies();
        QVERIFY(!all.isEmpty());
        for (const auto &study : all) {
            const QString uid = study.toObject().value(QLatin1String("studyInstanceUid")).toString();
            const Outcome outcome = run({QStringLiteral("series"), QStringLiteral("--json"), uid});
            QCOMPARE(outcome.exitCode, 0);
            const auto series = outcome.json().value(QLatin1String("series")).toArray();
            QCOMPARE(series.size(), study.toObject().value(QLatin1String("series")).toInt());
            for (const auto &one : series)
                QVERIFY(one.toObject().contains(QLatin1String("completeness")));
        }
    }

    void renderNativeDrawsOneScreenPixelPerImagePixel()
    {
        const QString out = path(QStringLiteral("native.png"));
        const Outcome outcome =
            run({QStringLiteral("render"), QStringLiteral("--json"),
                 kData + QStringLiteral("/ts/ct/jls80.dcm"), QStringLiteral("--size"),
                 QStringLiteral("native"), QStringLiteral("--plain"), QStringLiteral("-o"), out});
        QVERIFY2(outcome.exitCode == 0, outcome.complaints.constData());
        const QImage image(out);
        QCOMPARE(image.size(), QSize(512, 512));
        QCOMPARE(outcome.json().value(QLatin1String("frame")).toInt(), 1);
        QVERIFY(outcome.json().value(QLatin1String("window")).toObject().contains(QLatin1String("center")));
    }

    void everyLosslessCodingOfOneImageRendersTheSamePicture()
    {
        QImage first;
        for (const char *name : {"ile", "be", "dfl", "rle", "jpg57", "jpg70", "jls80", "j2k90"}) {
            const QString out = path(QLatin1String(name) + QStringLiteral(".png"));
            const Outcome outcome =
                run({QStringLiteral("render"),
                     kData + QStringLiteral("/ts/ct/") + QLatin1String(name) + QStringLiteral(".dcm"),
                     QStringLiteral("--window"), QStringLiteral("40/400"), QStringLiteral("--size"),
                     QStringLiteral("700x500"), QStringLiteral("-o"), out});
            QVERIFY2(outcome.exitCode == 0, outcome.complaints.constData());
            const QImage image(out);
            QCOMPARE(image.size(), QSize(700, 500));
            if (first.isNull())
                first = image;
            QVERIFY2(image == first, name);
        }
    }

    void annotatedPicturesHaveText()
    {
        const QString file = kData + QStringLiteral("/ts/ct/jls80.dcm");
        const QString plain = path(QStringLiteral("plain.png")),
                      annotated = path(QStringLiteral("annotated.png"));
        const QStringList size{QStringLiteral("--size"), QStringLiteral("800x600")};
        QCOMPARE(run(QStringList{QStringLiteral("render"), file, QStringLiteral("--plain"),
                                 QStringLiteral("-o"), plain} +
                     size)
                     .exitCode,
                 0);
        QCOMPARE(run(QStringList{QStringLiteral("render"), file, QStringLiteral("--annotate"),
                                 QStringLiteral("-o"), annotated} +
                     size)
                     .exitCode,
                 0);
        QVERIFY(QImage(plain) != QImage(annotated));
    }

    void aFileByItselfIsClosedOnlyWhenNobodyReadsItAnyMore()
    {
        // Late questions to the file's own index once outlived it: many short lives show it.
        constexpr int kLives = 40;
        for (int i = 0; i < kLives; ++i)
            QCOMPARE(run({QStringLiteral("render"), kData + QStringLiteral("/charset/chrFren.dcm"),
                          QStringLiteral("-o"), path(QStringLiteral("short.png"))})
                         .exitCode,
                     0);
    }

    void aSyntaxThatCannotBeDecodedIsNamed()
    {
        const Outcome outcome = run({QStringLiteral("render"), kData + QStringLiteral("/ts/wg04/CT2_JPH"),
                                     QStringLiteral("-o"), path(QStringLiteral("none.png"))});
        QCOMPARE(outcome.exitCode, 1);
        QVERIFY2(outcome.complaints.contains("High-Throughput JPEG 2000"), outcome.complaints.constData());
    }

    void probeReadsModalityValuesWithTheirUnit()
    {
        const Outcome outcome =
            run({QStringLiteral("probe"), QStringLiteral("--json"), kData + QStringLiteral("/ts/ct/ile.dcm"),
                 QStringLiteral("--roi"), QStringLiteral("200,200,20,10")});
        QVERIFY2(outcome.exitCode == 0, outcome.complaints.constData());
        QCOMPARE(outcome.json().value(QLatin1String("count")).toInt(), 200);
        QCOMPARE(outcome.json().value(QLatin1String("unit")).toString(), QStringLiteral("HU"));
        QVERIFY(outcome.json().contains(QLatin1String("provenance")));
    }

    void dumpIsDicomJson()
    {
        const Outcome outcome = run({QStringLiteral("dump"), QStringLiteral("--json"),
                                     kData + QStringLiteral("/charset/chrH31.dcm")});
        QCOMPARE(outcome.exitCode, 0);
        const QJsonObject name = outcome.json().value(QLatin1String("00100010")).toObject();
        QCOMPARE(name.value(QLatin1String("vr")).toString(), QStringLiteral("PN"));
        QCOMPARE(name.value(QLatin1String("Value"))
                     .toArray()
                     .first()
                     .toObject()
                     .value(QLatin1String("Ideographic"))
                     .toString(),
                 QStringLiteral("山田^太郎"));
    }

    void verifyFindsAFlippedBitAndAMissingFile()
    {
        Outcome outcome = run({QStringLiteral("verify"), QStringLiteral("--json")});
        QCOMPARE(outcome.exitCode, 0);
        const int files = outcome.json().value(QLatin1String("files")).toInt();
        QCOMPARE(outcome.json().value(QLatin1String("ok")).toInt(), files);

        QStringList objects;
        QDirIterator each(path(QStringLiteral("cache/objects")), QDir::Files, QDirIterator::Subdirectories);
        while (each.hasNext())
            objects << each.next();
        QVERIFY(objects.size() >= 2);
        QFile damaged(objects[0]);
        QVERIFY(damaged.setPermissions(QFile::ReadOwner | QFile::WriteOwner) &&
                damaged.open(QIODevice::ReadWrite));
        QVERIFY(damaged.seek(damaged.size() / 2));
        const char byte = damaged.read(1).at(0);
        QVERIFY(damaged.seek(damaged.size() / 2) && damaged.putChar(char(byte ^ 1)));
        damaged.close();
        QVERIFY(QFile::remove(objects[1]));
        outcome = run({QStringLiteral("verify"), QStringLiteral("--json")});
        QCOMPARE(outcome.exitCode, 1);
        QCOMPARE(outcome.json().value(QLatin1String("damaged")).toArray().size(), 1);
        QCOMPARE(outcome.json().value(QLatin1String("missing")).toArray().size(), 1);
    }

    void stateWithoutAWorkstationSaysSo()
    {
        const Outcome outcome = run({QStringLiteral("state"), QStringLiteral("--json")});
        QCOMPARE(outcome.exitCode, 3);
        QVERIFY(outcome.complaints.contains("No workstation is running"));
    }

    void noFileIsWrittenOutsideTheNamedFolders()
    {
        QTemporaryDir home;
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("HOME"), home.path());
        environment.remove(QStringLiteral("XDG_DATA_HOME"));
        environment.remove(QStringLiteral("XDG_CONFIG_HOME"));
        process.setProcessEnvironment(environment);
        process.start(QStringLiteral(NEGATOSCOPE_PROGRAM), m_runs.everywhere({QStringLiteral("studies")}));
        QVERIFY(process.waitForFinished());
        QVERIFY(!QDir(home.path() + QStringLiteral("/.local/share/negatoscope")).exists());
        QVERIFY(!QDir(home.path() + QStringLiteral("/.config/negatoscope")).exists());
    }

    void exportsAStudyAsFilesAndAsPictures()
    {
        QCOMPARE(run({QStringLiteral("import"), kData + QStringLiteral("/ct")}).exitCode, 0);
        const QJsonArray all = studies();
        QString study;
        for (const auto &one : all)
            if (one.toObject().value(QLatin1String("modalities")).toArray().contains(QStringLiteral("CT")))
                study = one.toObject().value(QLatin1String("studyInstanceUid")).toString();
        QVERIFY(!study.isEmpty());
        const QString folder = path(QStringLiteral("exported"));
        for (const auto &[format, suffix] :
             {std::pair("dicom", "*.dcm"), {"png", "*.png"}, {"jpeg", "*.jpg"}}) {
            const Outcome outcome =
                run({QStringLiteral("export"), study, QStringLiteral("--to"), folder,
                     QStringLiteral("--format"), QLatin1String(format), QStringLiteral("--json")});
            QCOMPARE(outcome.exitCode, 0);
            const QJsonObject json = outcome.json();
            QDirIterator files(json.value(QLatin1String("folder")).toString(), {QLatin1String(suffix)},
                               QDir::Files, QDirIterator::Subdirectories);
            int count = 0;
            while (files.hasNext()) {
                files.next();
                ++count;
            }
            QVERIFY(count > 0);
            QCOMPARE(json.value(QLatin1String("files")).toInt(), count);
        }
        // DICOM is copied as it is, or not at all; what cannot be written is said.
        QCOMPARE(run({QStringLiteral("export"), study, QStringLiteral("--to"), folder,
                      QStringLiteral("--deidentify")})
                     .exitCode,
                 2);
        const Outcome refused =
            run({QStringLiteral("export"), study, QStringLiteral("--to"), QStringLiteral("/proc/nowhere")});
        QCOMPARE(refused.exitCode, 3);
        QVERIFY(refused.complaints.contains("nothing was exported"));
    }
};

QTEST_GUILESS_MAIN(TestCommandLine)
#include "tst_CommandLine.moc"
