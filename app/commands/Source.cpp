#include "Source.h"

#include "LoneFileReader.h"

#include <session/StackLoader.h>

#include <QtCore/QEventLoop> // lint-allow(nested-loop): a command has no loop of its own yet
#include <QtCore/QFileInfo>
#include <QtCore/QTimer>

namespace negatoscope::app {

using base::ErrorCode;
using base::failure;

base::Result<Source> Source::find(const CommandLine &line, Backend &backend, const QString &argument)
{
    if (const QString path = line.path(argument); QFileInfo(path).isFile())
        return ofFile(backend, path);
    const base::SeriesUid wanted(argument.toStdString());
    if (!base::isValidUid(wanted.value()))
        return failure(ErrorCode::BadArgument,
                       argument.toStdString() +
                           " is neither a file that can be read nor a Series Instance UID.");
    TRY(const auto first, backend.cache().firstInstance(wanted));
    TRY(const auto file, backend.decoder().readDataSet(first.path, codec::Purpose::Interactive));
    Source source;
    source.m_services.emplace(backend.services());
    TRY(source.m_study,
        backend.cache().study(base::StudyUid(file.dataSet.text(dicom::tags::StudyInstanceUid))));
    for (const auto &series : backend.cache().series(source.m_study.uid)) {
        if (series.uid != wanted)
            continue;
        source.m_series = series;
        return source;
    }
    return failure(ErrorCode::NotFound, "the series in its study");
}

base::Result<Source> Source::ofFile(Backend &backend, const QString &path)
{
    Source source;
    source.m_folder = std::make_unique<QTemporaryDir>();
    if (!source.m_folder->isValid())
        return failure(ErrorCode::CannotWrite, "no temporary folder");
    source.m_reader = std::make_unique<LoneFileReader>(backend.decoder());
    cache::Cache::Options options;
    options.folder = source.m_folder->path().toStdString();
    TRY(source.m_cache, cache::Cache::open(std::move(options), *source.m_reader));
    TRY(const auto report, source.m_cache->openInPlace({path.toStdString()}, {}, {}));
    if (!report.refused.empty())
        return failure(report.refused.front().error);
    if (report.studies.empty())
        return failure(ErrorCode::NotFound, "the file holds no object");
    source.m_backgroundWork = std::make_unique<BackgroundWork>();
    source.m_frames = std::make_unique<session::FrameDelivery>(backend.decoder(), *source.m_cache,
                                                               backend.frames().store().budgetBytes());
    source.m_volumes = std::make_unique<session::VolumeShelf>(backend.decoder(), *source.m_cache,
                                                              session::VolumeShelf::Options{});
    source.m_services.emplace(session::Services{*source.m_cache, backend.decoder(), *source.m_frames,
                                                backend.services().presets, backend.archives(),
                                                *source.m_volumes});
    TRY(source.m_study, source.m_cache->study(report.studies.front()));
    const auto series = source.m_cache->series(report.studies.front());
    if (series.empty())
        return failure(ErrorCode::NotFound, "the file holds no series");
    source.m_series = series.front();
    return source;
}

QuietViewport::QuietViewport(const Source &source, imaging::Size size) : m_presenter(source.services())
{
    m_presenter.setViewSize(size);
    m_presenter.setActive(true);
    m_presenter.showSeries(source.study(), source.series());
}

bool QuietViewport::waitFor(const std::function<bool()> &ready, int limitMs)
{
    if (ready())
        return true;
    QEventLoop loop; // lint-allow(nested-loop): the only loop of the command's thread
    QTimer limit;
    limit.setSingleShot(true);
    QObject::connect(&limit, &QTimer::timeout, &loop,
                     &QEventLoop::quit); // lint-allow(nested-loop): same loop
    QObject::connect(&m_presenter, &session::ViewportPresenter::changed, &loop, [&] {
        if (ready())
            loop.quit();
    });
    limit.start(limitMs);
    loop.exec(); // lint-allow(nested-loop): same loop
    return ready();
}

base::Status QuietViewport::settle()
{
    using Content = session::ViewportState::Content;
    const bool done = waitFor([this] {
        const auto &state = m_presenter.state();
        return state.countFinal && !state.pending &&
               (state.content == Content::Picture || state.content == Content::Failed);
    });
    if (!done)
        return failure(ErrorCode::WorkerTimedOut, "no picture came");
    if (const auto &error = m_presenter.state().error)
        return failure(*error);
    return {};
}

base::Status QuietViewport::goTo(int index)
{
    m_presenter.scrollTo(index);
    return settle();
}

base::Result<std::optional<imaging::Window>> windowOption(const CommandLine &line)
{
    const QString window = line.value(QStringLiteral("--window"));
    if (window.isEmpty() || window == QLatin1String("default"))
        return std::nullopt;
    const auto parts = window.split(QLatin1Char('/'));
    bool centred = false, wide = false;
    const double center = parts.value(0).toDouble(&centred);
    const double width = parts.value(1).toDouble(&wide);
    if (parts.size() != 2 || !centred || !wide || !(width > 0))
        return failure(ErrorCode::BadArgument, "--window needs default or CENTER/WIDTH with a width over 0.");
    return imaging::Window{center, width,
                           width < 1 ? imaging::VoiFunction::LinearExact : imaging::VoiFunction::Linear};
}

base::Result<int> chooseFrame(const CommandLine &line, const Source &source,
                              session::ViewportPresenter &presenter)
{
    int number = 1;
    if (line.has(QStringLiteral("--frame"))) {
        bool ok = false;
        number = line.value(QStringLiteral("--frame")).toInt(&ok);
        if (!ok || number < 1)
            return failure(ErrorCode::BadArgument, "--frame needs a number of 1 or more.");
    }
    const int count = presenter.state().count;
    if (line.has(QStringLiteral("--instance")) || source.isFile()) {
        const base::InstanceUid instance =
            line.has(QStringLiteral("--instance"))
                ? base::InstanceUid(line.value(QStringLiteral("--instance")).toStdString())
                : presenter.state().facts.instance;
        if (const auto at = presenter.indexOf({instance, static_cast<std::uint32_t>(number - 1)}))
            return *at;
        return failure(ErrorCode::NotFound, "frame " + std::to_string(number) + " of that instance");
    }
    if (number > count)
        return failure(ErrorCode::NotFound,
                       "picture " + std::to_string(number) + " of " + std::to_string(count));
    return number - 1;
}

} // namespace negatoscope::app
