#include "TransferFile.h"

#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QTemporaryDir>
#include <QtTest>

using namespace negatoscope;
using namespace negatoscope::session;
using State = Transfer::State;

namespace {

Transfer transfer(const std::string &study, State state)
{
    Transfer transfer;
    transfer.study.archive = "PACS";
    transfer.study.uid = base::StudyUid(study);
    transfer.study.patient = {"HOSP", "4711", dicom::PersonName::parse("MARTIN^Claire=a=b"), "19700101", "F"};
    transfer.study.studyDate = "20240102";
    transfer.study.studyTime = "101112";
    transfer.study.accession = "A1";
    transfer.study.description = "CT \"Thorax\" \u00e9";
    transfer.study.modalities = {"CT", "SR"};
    transfer.study.instances = 1000;
    transfer.purpose = Purpose::Prior;
    transfer.state = state;
    transfer.expected = 1000;
    transfer.here = 120;
    transfer.error = base::Error(base::ErrorCode::ConnectionLost, "retrieve: the archive left");
    return transfer;
}

/// JSON written with single quotes.
QByteArray json(const char *text)
{
    return QByteArray(text).replace('\'', '"');
}

} // namespace

/// The file in which the queue outlives the program.
class tst_TransferFile : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    std::string path() const { return (m_folder.path() + QStringLiteral("/transfers.json")).toStdString(); }

private Q_SLOTS:
    void tellsWhatItWasTold()
    {
        const auto before = transfer("1.2.3", State::Paused);
        QVERIFY(transferFile::write(path(), {before}));
        const auto read = transferFile::read(path());
        QVERIFY(read.has_value());
        QCOMPARE(read->size(), std::size_t(1));
        QVERIFY(read->front().study == before.study);
        QCOMPARE(read->front().purpose, before.purpose);
        QCOMPARE(read->front().state, before.state);
        QCOMPARE(read->front().expected, before.expected);
        QCOMPARE(read->front().here, before.here);
        QVERIFY(read->front().error == before.error);
    }

    void isItsOwnersOnly()
    {
        QVERIFY(transferFile::write(path(), {transfer("1.2.3", State::Waiting)}));
        QCOMPARE(QFileInfo(QString::fromStdString(path())).permissions() &
                     (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther),
                 QFile::Permissions());
    }

    void forgetsWhatIsDone()
    {
        QVERIFY(
            transferFile::write(path(), {transfer("1.2.3", State::Done), transfer("1.2.4", State::Running)}));
        QCOMPARE(transferFile::read(path())->size(), std::size_t(1));
    }

    void noFileIsAnEmptyList()
    {
        const auto read = transferFile::read(m_folder.path().toStdString() + "/none.json");
        QVERIFY(read && read->empty());
    }

    void leavesOutWhatIsNotRight_data()
    {
        QTest::addColumn<QByteArray>("entry");
        const QByteArray good =
            json("{'studyInstanceUid':'1.2.9','archive':'A','purpose':'prior','state':'waiting'}");
        QTest::newRow("no UID") << QByteArray(good).replace("1.2.9", "../../etc");
        QTest::newRow("no archive") << QByteArray(good).replace("\"A\"", "\"\"");
        QTest::newRow("unknown purpose") << QByteArray(good).replace("prior", "whim");
        QTest::newRow("unknown state") << QByteArray(good).replace("waiting", "dancing");
        QTest::newRow("no object") << QByteArray("17");
        QTest::newRow("twice") << good + ',' + good;
    }
    void leavesOutWhatIsNotRight()
    {
        QFETCH(QByteArray, entry);
        const auto read = transferFile::parse(
            json("{'version':1,'transfers':[") + entry +
            json(",{'studyInstanceUid':'1.2.9','archive':'A','purpose':'prior','state':'waiting'}]}"));
        QVERIFY(read.has_value());
        QCOMPARE(read->size(), std::size_t(1));
        QCOMPARE(read->front().study.uid.value(), std::string("1.2.9"));
    }

    void refusesWhatIsNoList_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("torn") << QByteArray(json("{'version':1,'transfers':[{'studyIn"));
        QTest::newRow("another version") << QByteArray(json("{'version':2,'transfers':[]}"));
        QTest::newRow("deep") << QByteArray(200'000, '[');
        QTest::newRow("large") << QByteArray(17 << 20, ' ');
    }
    void refusesWhatIsNoList()
    {
        QFETCH(QByteArray, json);
        QVERIFY(!transferFile::parse(json));
    }

    void boundsWhatItReads()
    {
        const auto read = transferFile::parse(
            json("{'version':1,'transfers':[{'studyInstanceUid':'1.2.9','archive':'A','purpose':'prior',"
                 "'state':'waiting','expected':-5,'here':99,'description':'") +
            QByteArray(100'000, 'x') + json("'}]}"));
        QVERIFY(read && read->size() == 1);
        QCOMPARE(read->front().expected, 0);
        QCOMPARE(read->front().here, 0);
        QCOMPARE(read->front().study.description.size(), std::size_t(1024));
    }
};

QTEST_GUILESS_MAIN(tst_TransferFile)
#include "tst_TransferFile.moc"
