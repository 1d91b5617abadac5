#include <session/ImportPresenter.h>

#include <thread>

namespace negatoscope::session {

/// The thread of the running job. It posts to the presenter, which waits for it before it dies.
class ImportPresenter::Runner {
public:
    template <typename Work>
    explicit Runner(Work work) : m_thread(std::move(work)) {}

private:
    std::jthread m_thread;
};

ImportPresenter::ImportPresenter(Services services, QObject *parent) : QObject(parent), m_services(services) {}

ImportPresenter::~ImportPresenter() {
    m_stop.request_stop();
    m_runner.reset();
}

void ImportPresenter::start(const QStringList &paths, Mode mode) {
    Job job;
    job.mode = mode;
    for (const QString &path : paths)
        job.paths.push_back(path.toStdString());
    if (job.paths.empty())
        return;
    m_queue.push_back(std::move(job));
    if (!m_running)
        startNext();
    Q_EMIT changed();
}

void ImportPresenter::cancel() {
    m_queue.clear();
    m_stop.request_stop();
    Q_EMIT changed();
}

void ImportPresenter::startNext() {
    const Job job = std::move(m_queue.front());
    m_queue.pop_front();
    m_running = true;
    m_mode = job.mode;
    m_progress = {};
    m_stop = std::stop_source();
    m_runner = std::make_unique<Runner>([this, job, stop = m_stop.get_token()] {
        const auto progress = [this](const cache::ImportProgress &now) {
            QMetaObject::invokeMethod(this, [this, now] {
                m_progress = now;
                Q_EMIT changed();
            });
        };
        auto report = job.mode == Mode::Import ? m_services.cache.import(job.paths, progress, stop)
                                               : m_services.cache.openInPlace(job.paths, progress, stop);
        QMetaObject::invokeMethod(this, [this, report = std::move(report)] {
            m_runner.reset();
            m_running = false;
            m_lastReport = report;
            Q_EMIT changed();
            Q_EMIT finished();
            if (!m_running && !m_queue.empty())
                startNext();
        });
    });
}

} // namespace negatoscope::session
