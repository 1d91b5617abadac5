#include <session/Archives.h>

#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtTest>

using namespace negatoscope;
using base::ErrorCode;
using session::Archives;

namespace {

archive::Settings pacs(const std::string &name)
{
    archive::Settings settings;
    settings.name = name;
    settings.host = "pacs.example.org";
    settings.port = 11112;
    settings.theirTitle = "PACS";
    settings.allowCleartext = true;
    return settings;
}

} // namespace

class tst_Archives : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void keepsWhatIsAddedChangedAndRemoved()
    {
        Archives archives(folder());
        QSignalSpy changed(&archives, &Archives::changed);
        QVERIFY(archives.add(pacs("A")));
        QVERIFY(archives.add(pacs("B")));
        auto other = pacs("C");
        other.port = 104;
        QVERIFY(archives.change("A", other));
        QVERIFY(archives.remove("B"));
        QCOMPARE(changed.count(), 4);
        QCOMPARE(archives.all(), std::vector{other});
        QCOMPARE(Archives(folder()).all(), std::vector{other});
    }

    void refusesANameThatIsTaken()
    {
        Archives archives(folder());
        QVERIFY(archives.add(pacs("A")));
        QVERIFY(archives.add(pacs("B")));
        QSignalSpy changed(&archives, &Archives::changed);
        QCOMPARE(archives.add(pacs("A")).error().code(), ErrorCode::Conflict);
        QCOMPARE(archives.change("A", pacs("B")).error().code(), ErrorCode::Conflict);
        QCOMPARE(archives.change("nobody", pacs("C")).error().code(), ErrorCode::NotFound);
        QCOMPARE(archives.replaceAll({pacs("D"), pacs("D")}).error().code(), ErrorCode::Conflict);
        QCOMPARE(archives.all().size(), std::size_t(2));
        QCOMPARE(changed.count(), 0);
    }

    void keepsWhatAnotherProgramAddedMeanwhile()
    {
        Archives archives(folder()), others(folder());
        QVERIFY(others.add(pacs("theirs")));
        QVERIFY(archives.add(pacs("ours")));
        QCOMPARE(archives.all(), (std::vector{pacs("theirs"), pacs("ours")}));
    }

    void neverWritesOverAListThatItCannotRead()
    {
        Archives archives(folder());
        QVERIFY(archives.add(pacs("A")));
        const QByteArray damaged("{ \"version\": 1, \"archives\": [ oops");
        write(damaged);
        QSignalSpy changed(&archives, &Archives::changed);
        QCOMPARE(archives.add(pacs("B")).error().code(), ErrorCode::Malformed);
        QCOMPARE(archives.replaceAll({}).error().code(), ErrorCode::Malformed);
        QCOMPARE(changed.count(), 1);
        QVERIFY(archives.error());
        QCOMPARE(archives.all(), std::vector{pacs("A")}); // what was read last
        QCOMPARE(read(), damaged);
        QVERIFY(Archives(folder()).error());

        write(QByteArray::fromStdString(archive::ArchiveList::write({pacs("A")})));
        archives.reload();
        QVERIFY(!archives.error());
        QCOMPARE(changed.count(), 2);
    }

    void handsOutOneArchiveUntilItsSettingsChange()
    {
        Archives archives(folder());
        QVERIFY(archives.add(pacs("A")));
        QVERIFY(archives.add(pacs("B")));
        const auto first = archives.connectTo("A"), other = archives.connectTo("B");
        QVERIFY(first && other && *first != *other);
        QCOMPARE(*archives.connectTo("A"), *first);
        auto changed = pacs("A");
        changed.port = 104;
        QVERIFY(archives.change("A", changed));
        QVERIFY(*archives.connectTo("A") != *first);
        QCOMPARE(*archives.connectTo("B"), *other);
        QVERIFY(archives.remove("A"));
        QCOMPARE(archives.connectTo("A").error().code(), ErrorCode::NotFound);
    }

    void takesAListFromAnotherWorkstation()
    {
        Archives archives(folder());
        auto other = pacs("B");
        other.port = 104;
        QVERIFY(archives.replaceAll({pacs("A"), other}));
        const QByteArray json = archives.toJson();
        QVERIFY(archives.replaceAll({pacs("B"), pacs("C")}));
        QCOMPARE(archives.takeJson(json).value_or(-1), 2);
        QCOMPARE(archives.all(), (std::vector{other, pacs("C"), pacs("A")}));
        QCOMPARE(archives.takeJson("[]").error().code(), ErrorCode::Malformed);
        QCOMPARE(archives.all().size(), std::size_t(3));
    }

    void connectsToNoArchiveInClearWithoutTheWordForIt()
    {
        auto unprotected = pacs("A");
        unprotected.allowCleartext = false;
        Archives archives(folder());
        QVERIFY(archives.add(unprotected));
        QCOMPARE(archives.connectTo("A").error().code(), ErrorCode::CleartextForbidden);
    }

private:
    std::string folder() const { return m_folder->path().toStdString(); }
    QString file() const { return m_folder->filePath(QStringLiteral("archives.json")); }
    void write(const QByteArray &bytes) const
    {
        QFile target(file());
        QVERIFY(target.open(QIODevice::WriteOnly | QIODevice::Truncate));
        target.write(bytes);
    }
    QByteArray read() const
    {
        QFile source(file());
        return source.open(QIODevice::ReadOnly) ? source.readAll() : QByteArray();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(tst_Archives)
#include "tst_Archives.moc"
