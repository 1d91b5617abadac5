#include "Backend.h"
#include "CodecFileReader.h"

#include <base/Log.h>
#include <ui/Theme.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QThreadPool>

#include <algorithm>
#include <malloc.h>
#include <unistd.h>

namespace negatoscope::app {

namespace {

/// The worker lies beside the program, or in libexec once installed.
QString installedWorker()
{
    const QString folder = QCoreApplication::applicationDirPath();
    for (const QString &place : {QStringLiteral("/negatoscope-decode"),
                                 QStringLiteral("/../libexec/negatoscope/negatoscope-decode")})
        if (QFileInfo::exists(folder + place))
            return folder + place;
    return folder + QStringLiteral("/negatoscope-decode");
}

/// Keeps freed memory for the next picture. Pictures come and go by the hundred each second; given back and
/// taken anew, every one of their pages would cost a fault.
void keepFreedMemory()
{
#ifdef __GLIBC__
    mallopt(M_MMAP_THRESHOLD, 4 << 20);
    mallopt(M_TRIM_THRESHOLD, 64 << 20);
#endif
}

} // namespace

std::size_t Backend::defaultFrameBudget()
{
    const auto pages = static_cast<std::size_t>(std::max(0L, sysconf(_SC_PHYS_PAGES)));
    const auto pageSize = static_cast<std::size_t>(std::max(0L, sysconf(_SC_PAGESIZE)));
    return std::clamp(pages * pageSize / 4, std::size_t(512) << 20, std::size_t(8) << 30);
}

base::Result<std::unique_ptr<Backend>> Backend::start(const Options &options)
{
    keepFreedMemory();
    // First of all: whoever finds the folder taken starts no workers.
    TRY(auto claim, cache::FolderClaim::take(options.cacheFolder.toStdString()));
    auto backend = std::unique_ptr<Backend>(new Backend);
    codec::DecodeService::Options decoding;
    decoding.workerProgram =
        (options.workerProgram.isEmpty() ? installedWorker() : options.workerProgram).toStdString();
    // Without its sandbox a worker is no protection: nothing from outside is read (docs/safety.md S13).
    // Sanitized builds, whose runtime needs what the sandbox forbids, are for tests only.
#ifndef NEGATOSCOPE_SANITIZED
    decoding.sandboxRequired = true;
#endif
    TRY(backend->m_decoder, codec::DecodeService::launch(std::move(decoding)));

    backend->m_reader = std::make_unique<CodecFileReader>(*backend->m_decoder);
    cache::Cache::Options cacheOptions;
    cacheOptions.folder = options.cacheFolder.toStdString();
    cacheOptions.quotaBytes = options.quotaBytes;
    TRY(backend->m_cache, cache::Cache::open(std::move(cacheOptions), *backend->m_reader, std::move(claim)));

    ui::initialiseResources();
    QFile presets(QStringLiteral(":/presets/windows.json"));
    if (presets.open(QIODevice::ReadOnly)) {
        auto parsed = session::WindowPresets::fromJson(presets.readAll());
        if (parsed)
            backend->m_presets = *std::move(parsed);
        else
            base::log(base::LogLevel::Error, "session", parsed.error().describe());
    }
    backend->m_frames = std::make_unique<session::FrameDelivery>(*backend->m_decoder, *backend->m_cache,
                                                                 options.frameBudgetBytes);
    backend->m_archives = std::make_unique<session::Archives>(
        (options.configFolder.isEmpty() ? options.cacheFolder : options.configFolder).toStdString());
    // As much again as for frames: what is on screen has its own, larger budget (volume/Storage).
    session::VolumeShelf::Options volumes;
    volumes.keptBytes = options.frameBudgetBytes;
    volumes.folder = options.cacheFolder.toStdString();
    backend->m_volumes =
        std::make_unique<session::VolumeShelf>(*backend->m_decoder, *backend->m_cache, std::move(volumes));
    if (!options.workersLater)
        TRY_DO(backend->waitForWorkers());
    return backend;
}

Backend::~Backend()
{
    m_volumes.reset(); // their threads end on the pool
    QThreadPool::globalInstance()->waitForDone();
}

} // namespace negatoscope::app
