#include <session/ExportPresenter.h>

#include "Background.h"
#include "ExportFolder.h"
#include "NewFile.h"

#include <cache/Cache.h>
#include <session/OutputFile.h>
#include <session/ViewportPresenter.h>

#include <algorithm>
#include <chrono>

namespace negatoscope::session {

using base::ErrorCode;
using base::failure;
using namespace std::chrono_literals;

namespace {

/// What a hidden viewport is made for before the size of an image is known.
constexpr imaging::Size kFirstSize{1024, 1024};
/// Smaller images are enlarged so that what is written on them can be read.
constexpr int kLeastSide = 768;

QString numbered(int number, int digits)
{
    return QStringLiteral("%1").arg(number, digits, 10, QLatin1Char('0'));
}

/// The size of the picture that is made of an image: each of its pixels one, or more.
imaging::Size pictureSize(const ViewportState &state)
{
    imaging::Size size = state.picture->size();
    const int quarter = state.view.quarterTurns % 2;
    if (state.spacing.row > 0 && state.spacing.column > 0) {
        if (state.spacing.row > state.spacing.column)
            size.height = static_cast<int>(size.height * state.spacing.row / state.spacing.column + 0.5);
        else
            size.width = static_cast<int>(size.width * state.spacing.column / state.spacing.row + 0.5);
    }
    if (quarter != 0)
        std::swap(size.width, size.height);
    const int largest = std::max({size.width, size.height, 1});
    if (largest < kLeastSide) {
        size.width = std::max(size.width * kLeastSide / largest, kLeastSide / 2);
        size.height = std::max(size.height * kLeastSide / largest, kLeastSide / 2);
    }
    return size;
}

} // namespace

bool mayShowNames(const ViewportState &state)
{
    const std::string burnedIn =
        state.frame ? state.frame->dataSet().text(dicom::tags::BurnedInAnnotation) : std::string();
    if (burnedIn == "YES" || burnedIn == "NO")
        return burnedIn == "YES";
    static const QStringList kOften{QStringLiteral("US"),   QStringLiteral("SC"), QStringLiteral("OT"),
                                    QStringLiteral("XC"),   QStringLiteral("ES"), QStringLiteral("GM"),
                                    QStringLiteral("IVUS"), QStringLiteral("DOC")};
    return kOften.contains(state.facts.modality);
}

/// What there is to export, as the cache said at the start.
struct ExportPresenter::Plan
{
    struct Series
    {
        cache::SeriesRecord record;
        QString folder;                             ///< its name
        std::vector<cache::InstanceRecord> objects; ///< as DICOM
    };
    cache::StudyRecord study;
    std::vector<Series> series;
    std::shared_ptr<ExportFolder> folder;
    std::optional<base::Error> error;
    int total = 0;

    static std::shared_ptr<const Plan> of(const cache::Cache &cache, const ExportRequest &request);
};

std::shared_ptr<const ExportPresenter::Plan> ExportPresenter::Plan::of(const cache::Cache &cache,
                                                                       const ExportRequest &request)
{
    const bool dicom = request.format == ExportRequest::Format::Dicom;
    auto plan = std::make_shared<Plan>();
    auto study = cache.study(request.study);
    if (!study) {
        plan->error = study.error();
        return plan;
    }
    plan->study = *std::move(study);
    for (auto &record : cache.series(request.study)) {
        if ((request.series && record.uid != *request.series) || (!dicom && record.displayable == 0))
            continue;
        Series series;
        const int number =
            record.number ? static_cast<int>(std::clamp<std::int64_t>(*record.number, 0, 99'999)) : 0;
        series.folder = numbered(static_cast<int>(plan->series.size()) + 1, 3) + QStringLiteral("-series-") +
                        QString::number(number) + QLatin1Char('-') + safeName(record.modality);
        if (dicom) {
            series.objects = cache.instances(record.uid);
            if (request.image)
                std::erase_if(series.objects,
                              [&](const auto &object) { return object.uid != request.image->instance; });
            std::sort(series.objects.begin(), series.objects.end(), [](const auto &a, const auto &b) {
                return std::pair(a.stack.instanceNumber, a.uid.value()) <
                       std::pair(b.stack.instanceNumber, b.uid.value());
            });
            plan->total += static_cast<int>(series.objects.size());
        } else {
            plan->total += request.image ? 1 : record.frames;
        }
        series.record = std::move(record);
        plan->series.push_back(std::move(series));
    }
    if (plan->total == 0) {
        plan->error = base::Error(dicom ? ErrorCode::NotFound : ErrorCode::NoPixelData, "nothing to export");
        return plan;
    }
    QStringList parts{request.deidentified ? QStringLiteral("deidentified")
                                           : safeName(plan->study.studyDate)};
    for (const auto &modality : plan->study.modalities)
        parts << safeName(modality);
    if (!request.deidentified)
        parts << safeName(plan->study.description);
    parts.removeAll(QString());
    auto made = ExportFolder::create(request.folder, parts.join(QLatin1Char('-')));
    if (made)
        plan->folder = std::make_shared<ExportFolder>(*std::move(made));
    else
        plan->error = made.error();
    return plan;
}

ExportPresenter::ExportPresenter(Services services, QObject *parent)
    : QObject(parent),
      m_services(services),
      m_done(std::make_shared<std::atomic<int>>(0))
{
    m_progressTimer.setInterval(150ms);
    connect(&m_progressTimer, &QTimer::timeout, this, &ExportPresenter::changed);
}

ExportPresenter::~ExportPresenter()
{
    m_stop.request_stop();
}

bool ExportPresenter::start(ExportRequest request)
{
    if (m_running)
        return false;
    m_running = true;
    m_request = std::move(request);
    m_report = {};
    m_lastReport.reset();
    m_total = 0;
    m_done = std::make_shared<std::atomic<int>>(0);
    m_stop = std::stop_source();
    m_series = 0;
    m_image = 0;
    m_progressTimer.start();
    inBackground(
        this, [&cache = m_services.cache, request = m_request] { return Plan::of(cache, request); },
        [this](std::shared_ptr<const Plan> plan) { takePlan(std::move(plan)); });
    Q_EMIT changed();
    return true;
}

void ExportPresenter::cancel()
{
    m_stop.request_stop();
    if (m_viewport && !m_writing)
        finish(base::Error(ErrorCode::Cancelled, "export"));
}

void ExportPresenter::takePlan(std::shared_ptr<const Plan> plan)
{
    m_plan = std::move(plan);
    m_folder = m_plan->folder;
    m_total = m_plan->total;
    if (m_plan->error)
        return finish(*m_plan->error);
    if (m_stop.stop_requested())
        return finish(base::Error(ErrorCode::Cancelled, "export"));
    if (m_request.format == ExportRequest::Format::Dicom)
        copyObjects();
    else
        showSeries();
}

// --- Objects ---

void ExportPresenter::copyObjects()
{
    struct Outcome
    {
        ExportReport report;
        std::optional<base::Error> error;
    };
    const auto work = [&cache = m_services.cache, plan = m_plan, folder = m_folder, done = m_done,
                       stop = m_stop.get_token()] {
        Outcome outcome;
        for (const auto &series : plan->series) {
            const auto inside = folder->makeFolder(series.folder);
            if (!inside) {
                outcome.error = inside.error();
                return outcome;
            }
            int number = 0;
            for (const auto &object : series.objects) {
                if (stop.stop_requested()) {
                    outcome.error = base::Error(ErrorCode::Cancelled, "export");
                    return outcome;
                }
                ++number;
                // A damaged copy must not leave as if it were the original.
                base::Status status;
                if (!plan->study.inPlace)
                    status = cache.check(object.uid, stop);
                if (status)
                    status =
                        copyFile(object.path, *inside + '/' + numbered(number, 5).toStdString() + ".dcm");
                if (status) {
                    ++outcome.report.files;
                } else if (status.error().code() == ErrorCode::DiskFull ||
                           status.error().code() == ErrorCode::CannotWrite ||
                           status.error().code() == ErrorCode::Cancelled) {
                    outcome.error = status.error();
                    return outcome;
                } else {
                    outcome.report.failed.push_back({series.folder, number, status.error()});
                }
                ++*done;
            }
        }
        return outcome;
    };
    inBackground(this, work, [this](Outcome outcome) {
        m_report = std::move(outcome.report);
        finish(std::move(outcome.error));
    });
}

// --- Pictures ---

void ExportPresenter::showSeries()
{
    leaveViewport();
    if (m_series >= m_plan->series.size())
        return finish({});
    const auto &series = m_plan->series[m_series];
    m_image = 0;
    m_viewed = false;
    m_viewport = std::make_unique<ViewportPresenter>(m_services);
    m_viewport->setViewSize(kFirstSize);
    connect(m_viewport.get(), &ViewportPresenter::changed, this, &ExportPresenter::step);
    m_viewport->showSeries(m_plan->study, series.record);
}

/// We may be inside one of its signals.
void ExportPresenter::leaveViewport()
{
    if (!m_viewport)
        return;
    disconnect(m_viewport.get(), nullptr, this, nullptr);
    m_viewport.release()->deleteLater();
}

void ExportPresenter::step()
{
    using Content = ViewportState::Content;
    if (!m_viewport || m_writing)
        return;
    const ViewportState &state = m_viewport->state();
    if (!state.countFinal || state.pending ||
        (state.content != Content::Picture && state.content != Content::Failed))
        return;
    if (m_request.image && !m_viewed) {
        const auto at = m_viewport->indexOf(*m_request.image);
        if (!at)
            return finish(base::Error(ErrorCode::NotFound, "the image in its series"));
        m_image = *at;
    }
    if (state.index != m_image) {
        m_viewed = true;
        m_viewport->scrollTo(m_image);
        return;
    }
    m_viewed = true;
    if (state.content == Content::Failed) {
        fail(state.error.value_or(base::Error(ErrorCode::Internal, "no picture")));
        return;
    }
    if (m_request.deidentified && mayShowNames(state)) {
        fail(base::Error(ErrorCode::BurnedInIdentity, "burned-in annotation"));
        return;
    }
    if (m_request.viewing && m_request.series) {
        Viewing viewing = *m_request.viewing;
        viewing.view.zoom = viewing.view.panX = viewing.view.panY = 0; // the whole image
        if (!(m_viewport->viewing() == viewing))
            m_viewport->setViewing(viewing);
    }
    const imaging::Size size = pictureSize(m_viewport->state());
    if (!(m_viewport->state().transform.view() == size))
        m_viewport->setViewSize(size);
    write(m_viewport->state());
}

void ExportPresenter::write(const ViewportState &state)
{
    struct Outcome
    {
        base::Status status;
        bool written = false;
    };
    m_writing = true;
    const bool png = m_request.format == ExportRequest::Format::Png;
    const QString name = numbered(m_image + 1, 5) + (png ? QStringLiteral(".png") : QStringLiteral(".jpg"));
    inBackground(
        this,
        [state, name, folder = m_folder, encode = m_request.encode,
         inside = m_plan->series[m_series].folder]() -> Outcome {
            const auto bytes = encode(state);
            if (!bytes)
                return {failure(bytes.error())};
            const auto path = folder->makeFolder(inside);
            if (!path)
                return {failure(path.error()), true};
            return {writeWhole(QString::fromStdString(*path) + QLatin1Char('/') + name, *bytes), true};
        },
        [this](Outcome outcome) {
            m_writing = false;
            if (m_stop.stop_requested())
                return finish(base::Error(ErrorCode::Cancelled, "export"));
            if (!outcome.status && outcome.written)
                return finish(outcome.status.error());
            if (!outcome.status)
                return fail(outcome.status.error());
            ++m_report.files;
            advance();
        });
}

void ExportPresenter::fail(const base::Error &error)
{
    m_report.failed.push_back({m_plan->series[m_series].folder, m_image + 1, error});
    advance();
}

void ExportPresenter::advance()
{
    ++*m_done;
    if (m_request.image || ++m_image >= m_viewport->state().count) {
        ++m_series;
        showSeries();
        return;
    }
    m_viewport->scrollTo(m_image);
    // What is in memory already is shown at once and announced later; asked again it is not twice.
    QMetaObject::invokeMethod(this, &ExportPresenter::step, Qt::QueuedConnection);
}

// --- The end ---

void ExportPresenter::finish(std::optional<base::Error> error)
{
    leaveViewport();
    if (!error && m_report.files == 0 && !m_report.failed.empty())
        error = m_report.failed.front().error;
    auto folder = std::move(m_folder);
    m_plan.reset();
    inBackground(
        this,
        [folder = std::move(folder), error]() -> base::Result<QString> {
            if (!error)
                return folder->finish();
            if (folder)
                folder->discard();
            return failure(*error);
        },
        [this](base::Result<QString> ended) {
            m_running = false;
            m_progressTimer.stop();
            if (ended) {
                m_report.folder = *ended;
                m_lastReport = m_report;
            } else {
                m_lastReport = failure(ended.error());
            }
            Q_EMIT changed();
            Q_EMIT finished();
        });
}

} // namespace negatoscope::session
