#include "TestObject.h"

#include <archive/Connect.h>
#include <session/ArchiveTest.h>

#include <QtCore/QDate>
#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>

#include <memory>

namespace negatoscope::session {

namespace {

using Outcome = ArchiveTest::Outcome;
using Step = ArchiveTest::Step;

base::Status verify(archive::Archive &archive, Outcome &outcome, const std::stop_token &stop)
{
    TRY(const archive::Verification verification, archive.verify(stop));
    outcome.implementation = verification.implementation;
    outcome.protection = verification.protection;
    return {};
}

base::Status find(archive::Archive &archive, Outcome &outcome, const std::stop_token &stop)
{
    constexpr int kMost = 100;
    archive::StudyQuery query;
    query.dateFrom = query.dateTo = QDate::currentDate().toString(QStringLiteral("yyyyMMdd")).toStdString();
    query.most = kMost;
    TRY(const archive::FindReport report, archive.findStudies(
                                              query, [](const std::vector<archive::FoundStudy> &) {}, stop));
    outcome.studies = report.rows;
    outcome.moreStudies = report.cutOff;
    return {};
}

base::Status store(archive::Archive &archive, Outcome &outcome, const std::stop_token &stop)
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("test.dcm")));
    const QByteArray bytes = testobject::file();
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        return base::failure(base::ErrorCode::CannotWrite, "no temporary file for the test object");
    file.close();
    const std::vector<archive::Outgoing> files{{file.fileName().toStdString(), testobject::kSopClass,
                                                testobject::kInstance, testobject::kTransferSyntax}};
    std::vector<archive::StoreResult> results;
    TRY_DO(archive.store(
        files, results, [](int) {}, stop));
    if (results.empty())
        return base::failure(base::ErrorCode::ProtocolViolated, "no answer to the test object");
    if (results.front().error)
        return base::failure(*results.front().error);
    outcome.altered = results.front().warning;
    return {};
}

base::Status retrieve(archive::Archive &archive, Outcome &outcome, const std::stop_token &stop)
{
    const QTemporaryDir folder;
    std::vector<archive::ReceivedFile> files;
    archive::Retrieval retrieval;
    retrieval.stagingFolder = folder.path().toStdString();
    retrieval.sink = [&](archive::ReceivedFile file) { files.push_back(std::move(file)); };
    archive::Wanted wanted;
    wanted.study = testobject::kStudy;
    wanted.series = {{testobject::kSeries, {{testobject::kInstance, testobject::kSopClass}}}};
    wanted.sopClasses = {testobject::kSopClass};
    TRY(const archive::RetrieveReport report, archive.retrieve(wanted, retrieval, stop));
    if (files.empty())
        return base::failure(report.error.value_or(
            base::Error(base::ErrorCode::NotFound, "the archive did not give the test object back")));
    QFile file(QString::fromStdString(files.front().path));
    outcome.altered = files.front().instance != testobject::kInstance || !file.open(QIODevice::ReadOnly) ||
                      !file.readAll().contains(testobject::pixels());
    return {};
}

Outcome outcomeOf(archive::Archive &archive, Step step, const std::stop_token &stop)
{
    Outcome outcome;
    outcome.step = step;
    const auto since = std::chrono::steady_clock::now();
    const auto work = step == Step::Verify  ? verify
                      : step == Step::Find  ? find
                      : step == Step::Store ? store
                                            : retrieve;
    if (const auto done = work(archive, outcome, stop); !done)
        outcome.error = done.error();
    outcome.time =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - since);
    return outcome;
}

} // namespace

ArchiveTest::ArchiveTest(QObject *parent) : QObject(parent)
{
    m_pool.setMaxThreadCount(4); // one that was stopped may take its second
}

ArchiveTest::~ArchiveTest()
{
    m_stop.request_stop();
    m_pool.waitForDone();
}

void ArchiveTest::start(const archive::Settings &settings, std::vector<Step> steps)
{
    m_stop.request_stop();
    m_stop = {};
    m_outcomes.clear();
    m_running = !steps.empty();
    const quint64 generation = ++m_generation;
    if (m_running) {
        m_outcomes.emplace_back().step = steps.front();
        m_pool.start([this, settings, steps = std::move(steps), stop = m_stop.get_token(), generation] {
            const auto tell = [this, generation](const Outcome &outcome) {
                QMetaObject::invokeMethod(
                    this, [this, generation, outcome] { take(generation, outcome); }, Qt::QueuedConnection);
            };
            const auto archive = archive::connectTo(settings);
            for (const Step step : steps) {
                Outcome outcome;
                outcome.step = step;
                tell(outcome);
                if (archive)
                    outcome = outcomeOf(**archive, step, stop);
                else
                    outcome.error = archive.error();
                outcome.isOver = true;
                tell(outcome);
                if (outcome.error)
                    break;
            }
            QMetaObject::invokeMethod(
                this, [this, generation] { finish(generation); }, Qt::QueuedConnection);
        });
    }
    Q_EMIT changed();
}

void ArchiveTest::cancel()
{
    if (!m_running)
        return;
    m_stop.request_stop();
    ++m_generation;
    m_running = false;
    for (Outcome &outcome : m_outcomes)
        if (!outcome.isOver) {
            outcome.isOver = true;
            outcome.error = base::Error(base::ErrorCode::Cancelled, "by the reader");
        }
    Q_EMIT changed();
}

void ArchiveTest::take(quint64 generation, const Outcome &outcome)
{
    if (generation != m_generation)
        return;
    if (m_outcomes.empty() || m_outcomes.back().step != outcome.step)
        m_outcomes.push_back(outcome);
    else
        m_outcomes.back() = outcome;
    Q_EMIT changed();
}

void ArchiveTest::finish(quint64 generation)
{
    if (generation != m_generation)
        return;
    m_running = false;
    Q_EMIT changed();
}

} // namespace negatoscope::session
