#include <session/StudySending.h>

#include <archive/Archive.h>
#include <cache/Cache.h>
#include <session/Archives.h>

#include <chrono>
#include <functional>

namespace negatoscope::session {

namespace {

/// So often progress is told.
constexpr std::chrono::milliseconds kTell{200};

std::vector<archive::Outgoing> filesOf(const cache::Cache &cache, const std::vector<base::StudyUid> &studies)
{
    std::vector<archive::Outgoing> files;
    for (const base::StudyUid &study : studies)
        for (const cache::SeriesRecord &series : cache.series(study))
            for (const cache::InstanceRecord &instance : cache.instances(series.uid))
                files.push_back({instance.path, instance.sopClass, instance.uid, instance.transferSyntax});
    return files;
}

StudySending::Report sendNow(const cache::Cache &cache, const Archives &archives, const std::string &name,
                             const std::vector<base::StudyUid> &studies,
                             const std::function<void(StudySending::Progress)> &tell,
                             const std::stop_token &stop)
{
    StudySending::Report report;
    report.archive = name;
    const auto files = filesOf(cache, studies);
    report.total = static_cast<int>(files.size());
    const auto archive = archives.connectTo(name);
    if (!archive) {
        report.error = archive.error();
        return report;
    }
    tell({0, report.total});
    auto told = std::chrono::steady_clock::now();
    std::vector<archive::StoreResult> results;
    const auto stored = (*archive)->store(
        files, results,
        [&](int done) {
            if (const auto now = std::chrono::steady_clock::now(); now - told >= kTell) {
                told = now;
                tell({done, report.total});
            }
        },
        stop);
    if (!stored)
        report.error = stored.error();
    for (const archive::StoreResult &result : results) {
        report.sent += result.error ? 0 : 1;
        report.altered += !result.error && result.warning ? 1 : 0;
        if (result.error && !report.firstRefusal && result.error->code() != base::ErrorCode::Cancelled)
            report.firstRefusal = result.error;
    }
    return report;
}

} // namespace

StudySending::StudySending(Services services, QObject *parent) : QObject(parent), m_services(services)
{
    m_pool.setMaxThreadCount(1);
}

StudySending::~StudySending()
{
    m_stop.request_stop();
    m_pool.waitForDone();
}

void StudySending::send(const std::string &archive, std::vector<base::StudyUid> studies)
{
    if (studies.empty())
        return;
    m_orders.push_back({archive, std::move(studies)});
    if (!m_running)
        startNext();
    Q_EMIT changed();
}

void StudySending::cancel()
{
    m_orders.clear();
    m_stop.request_stop();
    Q_EMIT changed();
}

void StudySending::startNext()
{
    m_running = !m_orders.empty();
    if (!m_running)
        return;
    Order order = std::move(m_orders.front());
    m_orders.pop_front();
    m_stop = {};
    m_archive = order.archive;
    m_progress = {};
    m_pool.start([this, &cache = m_services.cache, &archives = m_services.archives, order = std::move(order),
                  stop = m_stop.get_token()] {
        const auto tell = [this](Progress progress) {
            QMetaObject::invokeMethod(
                this,
                [this, progress] {
                    m_progress = progress;
                    Q_EMIT changed();
                },
                Qt::QueuedConnection);
        };
        Report report = sendNow(cache, archives, order.archive, order.studies, tell, stop);
        QMetaObject::invokeMethod(
            this, [this, report = std::move(report)] { take(report); }, Qt::QueuedConnection);
    });
}

void StudySending::take(Report report)
{
    m_report = std::move(report);
    startNext();
    Q_EMIT changed();
}

} // namespace negatoscope::session
