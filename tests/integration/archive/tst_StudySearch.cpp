#include "ArchiveFixture.h"
#include "Backend.h"
#include "FakeArchive.h"
#include "QueryTags.h"
#include "ServerProcess.h"

#include <session/StudySearch.h>

#include <QtCore/QElapsedTimer>
#include <QtTest/QAbstractItemModelTester>
#include <QtTest>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>

using namespace negatoscope;
using namespace negatoscope::test;
using archive::Association;
using archive::Command;
using archive::Message;
using base::ErrorCode;
using base::Status;
using session::AskedSource;
using session::FoundRow;
using session::StudyQuestion;
using session::StudySearch;
using session::Whereabouts;

namespace {

constexpr int kLimitMs = 20'000;
namespace attribute = dicom::tags;

dicom::DataSet studyRow(const std::string &uid, const std::string &name = "MARTIN^Claire",
                        const std::string &id = "4711", const std::string &date = "20261120")
{
    dicom::DataSet row;
    row.setText(attribute::StudyInstanceUid, "UI", uid);
    row.setText(attribute::PatientName, "PN", name);
    row.setText(attribute::PatientId, "LO", id);
    row.setText(attribute::StudyDate, "DA", date);
    return row;
}

StudyQuestion anything()
{
    StudyQuestion question;
    question.words = QStringLiteral("martin");
    return question;
}

/// An archive that lists these studies, and waits with it while its gate is closed.
class ListingArchive
{
public:
    explicit ListingArchive(std::vector<dicom::DataSet> rows) : m_rows(std::move(rows)) {}
    ~ListingArchive() { setOpen(true); }

    std::atomic<int> questions = 0;
    void setOpen(bool open)
    {
        const std::lock_guard lock(m_mutex);
        m_isOpen = open;
        m_changed.notify_all();
    }
    archive::Settings settings(const std::string &name) const
    {
        archive::Settings settings = settingsFor(m_fake.title, m_fake.port);
        settings.name = name;
        return settings;
    }

private:
    Status answer(Association &association, const Message &message)
    {
        TRY_DO(FakeArchive::drop(association, message));
        ++questions;
        {
            std::unique_lock lock(m_mutex);
            m_changed.wait(lock, [this] { return m_isOpen; });
        }
        for (const dicom::DataSet &row : m_rows)
            TRY_DO(FakeArchive::pending(association, message, row));
        return association.send(message.context, FakeArchive::reply(Command::FindReply, message, 0));
    }

    std::vector<dicom::DataSet> m_rows;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_isOpen = true;
    FakeArchive m_fake{
        [this](Association &association, const Message &message) { return answer(association, message); }};
};

} // namespace

/// One question to this workstation and to archives that answer, are slow, are down or say too much.
class tst_StudySearch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        auto backend = app::Backend::start({m_folder.filePath(QStringLiteral("cache")), std::size_t(64 << 20),
                                            0, QStringLiteral(NEGATOSCOPE_WORKER)});
        QVERIFY2(backend, backend ? "" : backend.error().describe().c_str());
        m_backend = *std::move(backend);
        const auto report = m_backend->cache().import({NEGATOSCOPE_SAMPLES "/brain-mr"}, {}, {});
        QVERIFY(report && report->studies.size() == 1);
        m_local = *m_backend->cache().study(report->studies.front());
    }
    void cleanup() { QVERIFY(m_backend->archives().replaceAll({})); }
    void cleanupTestCase() { m_backend.reset(); }

    void mergesWhatAllTellAsItComes()
    {
        auto known = studyRow(m_local.uid.value(), pn(), m_local.patient.id, m_local.studyDate);
        known.setText(archive::tags::NumberOfStudyRelatedInstances, "IS",
                      std::to_string(m_local.instances + 5));
        ListingArchive first({known, studyRow("1.2.1")}), second({studyRow("1.2.1"), studyRow("1.2.2")});
        use({first.settings("A"), second.settings("B")});
        second.setOpen(false);
        StudySearch search(m_backend->services());
        const QAbstractItemModelTester tester(&search);
        StudyQuestion question = anything();
        question.words = QString::fromStdString(m_local.patient.id);
        search.ask(question, true, {"A", "B"});
        QTRY_COMPARE_WITH_TIMEOUT(search.rowCount(), 2, kLimitMs); // while B is asked
        QVERIFY(search.isAsking());
        QTRY_COMPARE_WITH_TIMEOUT(state(search, "A"), AskedSource::State::Answered, kLimitMs);
        QCOMPARE(state(search, "B"), AskedSource::State::Asking);
        second.setOpen(true);
        QTRY_VERIFY_WITH_TIMEOUT(!search.isAsking(), kLimitMs);
        QCOMPARE(search.rowCount(), 3);
        QVERIFY(search.answeredAt().isValid());

        const FoundRow &partly = search.rowAt(search.rowOf(m_local.uid, m_local.patient));
        QVERIFY(partly.local && !partly.conflict);
        QCOMPARE(partly.whereabouts(), Whereabouts::Partly);
        const int row = rowOf(search, "1.2.1");
        QCOMPARE(search.archivesOf(search.rowAt(row)), (std::vector<std::string>{"A", "B"}));
        QCOMPARE(search.rowAt(row).whereabouts(), Whereabouts::Remote);
    }

    void namesWhatIsDownWhileOthersAnswer()
    {
        ListingArchive up({studyRow("1.2.1")});
        archive::Settings down = up.settings("DOWN");
        down.port = freePort();
        use({down, up.settings("UP")});
        StudySearch search(m_backend->services());
        search.ask(anything(), false, {"DOWN", "UP"});
        QTRY_VERIFY_WITH_TIMEOUT(!search.isAsking(), kLimitMs);
        QCOMPARE(search.rowCount(), 1);
        QCOMPARE(state(search, "UP"), AskedSource::State::Answered);
        QCOMPARE(state(search, "DOWN"), AskedSource::State::Failed);
        QCOMPARE(source(search, "DOWN").error->code(), ErrorCode::ConnectionRefused);
        QCOMPARE(search.sources().size(), std::size_t(2)); // this workstation was not asked
    }

    void whoIsStoppedIsSaidAndWhatCameStays()
    {
        ListingArchive quick({studyRow("1.2.1")}), slow({studyRow("1.2.2")});
        slow.setOpen(false);
        use({quick.settings("QUICK"), slow.settings("SLOW")});
        StudySearch search(m_backend->services());
        search.ask(anything(), false, {"QUICK", "SLOW"});
        QTRY_COMPARE_WITH_TIMEOUT(search.rowCount(), 1, kLimitMs);
        search.cancel();
        QVERIFY(!search.isAsking());
        QCOMPARE(search.rowCount(), 1);
        QCOMPARE(source(search, "SLOW").error->code(), ErrorCode::Cancelled);
        slow.setOpen(true);
    }

    void anAnswerToAnOlderQuestionIsDropped()
    {
        ListingArchive slow({studyRow("1.2.1")}), other({studyRow("1.2.2")});
        slow.setOpen(false);
        use({slow.settings("SLOW"), other.settings("OTHER")});
        StudySearch search(m_backend->services());
        search.ask(anything(), false, {"SLOW"});
        QTRY_COMPARE_WITH_TIMEOUT(slow.questions.load(), 1, kLimitMs);
        search.ask(anything(), false, {"OTHER"});
        slow.setOpen(true);
        QTRY_VERIFY_WITH_TIMEOUT(!search.isAsking(), kLimitMs);
        QCOMPARE(search.rowCount(), 1);
        QVERIFY(rowOf(search, "1.2.2") >= 0);
    }

    void twoPatientsForOneStudyAreTwoMarkedRows()
    {
        ListingArchive one({studyRow("1.2.1")}), other({studyRow("1.2.1", "MARTIN^Claire", "9999")});
        use({one.settings("A"), other.settings("B")});
        StudySearch search(m_backend->services());
        search.ask(anything(), false, {"A", "B"});
        QTRY_VERIFY_WITH_TIMEOUT(!search.isAsking(), kLimitMs);
        QCOMPARE(search.rowCount(), 2);
        for (int row = 0; row < 2; ++row) {
            QVERIFY(search.rowAt(row).conflict);
            QCOMPARE(search.archivesOf(search.rowAt(row)).size(), std::size_t(1));
        }
        QVERIFY(search.rowAt(0).study.patient.id != search.rowAt(1).study.patient.id);
        QCOMPARE(search.json().value(QLatin1String("conflicts")).toInt(), 2);
    }

    void aFloodOfAnswersIsCutOffAndBlocksNobody()
    {
        constexpr int kAnswers = 100'000, kMost = 5000;
        std::atomic<int> sent = 0;
        FakeArchive flood([&](Association &association, const Message &message) -> Status {
            TRY_DO(FakeArchive::drop(association, message));
            for (int i = 0; i < kAnswers; ++i, ++sent)
                TRY_DO(
                    FakeArchive::pending(association, message,
                                         studyRow("1.2.3." + std::to_string(i), "MARTIN^" + std::to_string(i),
                                                  std::to_string(i), std::to_string(20200101 + i % 28))));
            return association.send(message.context, FakeArchive::reply(Command::FindReply, message, 0));
        });
        archive::Settings settings = settingsFor(flood.title, flood.port);
        settings.name = "FLOOD";
        use({settings});
        StudySearch search(m_backend->services());
        QElapsedTimer turn;
        qint64 longest = 0;
        QTimer pulse;
        connect(&pulse, &QTimer::timeout, this, [&] {
            longest = std::max(longest, turn.isValid() ? turn.elapsed() : 0);
            turn.start();
        });
        pulse.start(5);
        search.ask(anything(), false, {"FLOOD"});
        QTRY_VERIFY_WITH_TIMEOUT(!search.isAsking(), 60'000);
        QCOMPARE(search.rowCount(), kMost);
        QVERIFY(source(search, "FLOOD").cutOff);
        QVERIFY2(sent < kAnswers, qPrintable(QString::number(sent)));
        QVERIFY2(longest < 300, qPrintable(QStringLiteral("%1 ms").arg(longest)));
        qInfo("longest turn of the event loop: %lld ms", static_cast<long long>(longest));
        for (int row = 1; row < search.rowCount(); ++row)
            QVERIFY(search.rowAt(row - 1).study.studyDate >= search.rowAt(row).study.studyDate);
    }

    void rowsThatComeLaterMoveNoIndex()
    {
        ListingArchive first({studyRow("1.2.1", "MARTIN^A", "1", "20250101")}),
            second({studyRow("1.2.2", "MARTIN^B", "2", "20260101"),
                    studyRow("1.2.3", "MARTIN^C", "3", "20240101")});
        second.setOpen(false);
        use({first.settings("A"), second.settings("B")});
        StudySearch search(m_backend->services());
        const QAbstractItemModelTester tester(&search);
        search.ask(anything(), false, {"A", "B"});
        QTRY_COMPARE_WITH_TIMEOUT(search.rowCount(), 1, kLimitMs);
        const QPersistentModelIndex chosen(search.index(0, StudySearch::Patient));
        QSignalSpy resets(&search, &QAbstractItemModel::modelReset);
        second.setOpen(true);
        QTRY_COMPARE_WITH_TIMEOUT(search.rowCount(), 3, kLimitMs);
        QCOMPARE(chosen.row(), 1); // newest first
        QCOMPARE(search.rowAt(chosen.row()).study.uid.value(), std::string("1.2.1"));
        QCOMPARE(resets.count(), 0);
        search.sort(StudySearch::Patient, Qt::DescendingOrder);
        QCOMPARE(search.rowAt(0).study.uid.value(), std::string("1.2.3"));
        QCOMPARE(search.rowAt(chosen.row()).study.uid.value(), std::string("1.2.1"));
    }

    void whatASourceToldStaysWhenItFailsLater()
    {
        auto gone = std::make_unique<ListingArchive>(std::vector{studyRow("1.2.1")});
        ListingArchive stays({studyRow("1.2.2")});
        archive::Settings settings = gone->settings("GONE");
        use({settings, stays.settings("STAYS")});
        StudySearch search(m_backend->services());
        search.ask(anything(), false, {"GONE", "STAYS"});
        QTRY_VERIFY_WITH_TIMEOUT(!search.isAsking(), kLimitMs);
        QCOMPARE(search.rowCount(), 2);
        gone.reset();
        QSignalSpy resets(&search, &QAbstractItemModel::modelReset);
        search.askAgain();
        QTRY_VERIFY_WITH_TIMEOUT(!search.isAsking(), kLimitMs);
        QCOMPARE(search.rowCount(), 2);
        QVERIFY(rowOf(search, "1.2.1") >= 0);
        QCOMPARE(state(search, "GONE"), AskedSource::State::Failed);
        QCOMPARE(resets.count(), 0); // the same rows
    }

    void seesWhatComesIntoTheCache()
    {
        const auto before = m_backend->cache().study(m_local.uid);
        QVERIFY(before);
        ListingArchive peer({studyRow(m_local.uid.value(), pn(), m_local.patient.id, m_local.studyDate)});
        use({peer.settings("A")});
        QVERIFY(m_backend->cache().moveToTrash({m_local.uid}));
        StudySearch search(m_backend->services());
        search.ask(anything(), false, {"A"});
        QTRY_VERIFY_WITH_TIMEOUT(!search.isAsking(), kLimitMs);
        QCOMPARE(search.rowCount(), 1);
        QCOMPARE(search.rowAt(0).whereabouts(), Whereabouts::Remote);
        QVERIFY(m_backend->cache().restore({m_local.uid}));
        search.refreshLocal();
        QTRY_COMPARE_WITH_TIMEOUT(search.rowAt(0).whereabouts(), Whereabouts::Here, kLimitMs);
        QCOMPARE(search.rowCount(), 1);
    }

    void endsWhileAnArchiveIsSilent()
    {
        ListingArchive silent({});
        silent.setOpen(false);
        use({silent.settings("SILENT")});
        QElapsedTimer timer;
        {
            StudySearch search(m_backend->services());
            search.ask(anything(), true, {"SILENT"});
            QTRY_COMPARE_WITH_TIMEOUT(silent.questions.load(), 1, kLimitMs);
            timer.start();
        }
        QVERIFY2(timer.elapsed() < 2000, qPrintable(QString::number(timer.elapsed())));
    }

private:
    std::string pn() const { return m_local.patient.name.alphabetic; }
    void use(const std::vector<archive::Settings> &archives)
    {
        QVERIFY(m_backend->archives().replaceAll(archives));
    }
    static AskedSource source(const StudySearch &search, const std::string &archive)
    {
        for (const AskedSource &one : search.sources())
            if (one.archive == archive)
                return one;
        return {};
    }
    static AskedSource::State state(const StudySearch &search, const std::string &archive)
    {
        return source(search, archive).state;
    }
    static int rowOf(const StudySearch &search, const std::string &uid)
    {
        for (int row = 0; row < search.rowCount(); ++row)
            if (search.rowAt(row).study.uid.value() == uid)
                return row;
        return -1;
    }

    QTemporaryDir m_folder;
    std::unique_ptr<app::Backend> m_backend;
    cache::StudyRecord m_local;
};

QTEST_GUILESS_MAIN(tst_StudySearch)
#include "tst_StudySearch.moc"
