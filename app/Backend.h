#pragma once

#include <base/Result.h>
#include <cache/Cache.h>
#include <codec/DecodeService.h>
#include <session/Archives.h>
#include <session/FrameDelivery.h>
#include <session/Services.h>
#include <session/VolumeShelf.h>
#include <session/WindowPresets.h>

#include <QtCore/QString>

#include <memory>

namespace negatoscope::app {

/// The engine behind the windows and the commands: decoder, cache, frames, presets, archives, connected to
/// each other.
///
/// Errors of start(): Busy (another process has this cache), CannotRead, CannotWrite, and if it waits for
/// them those of waitForWorkers().
class Backend
{
public:
    struct Options
    {
        QString cacheFolder;
        std::size_t frameBudgetBytes = defaultFrameBudget();
        std::uint64_t quotaBytes = 0; ///< of the cache; 0: what the disk allows
        QString workerProgram = {};   ///< looked for beside this program if it is empty
        bool workersLater = false;    ///< start() does not wait for them: the caller must
        QString configFolder = {};    ///< of the list of archives; the cache folder if it is empty
    };
    static base::Result<std::unique_ptr<Backend>> start(const Options &options);
    /// Nothing from outside may be shown before. Errors: WorkerUnavailable, SandboxUnavailable.
    base::Status waitForWorkers() { return m_decoder->waitUntilReady(); }
    /// Waits for background work that still uses the services.
    ~Backend();
    Q_DISABLE_COPY_MOVE(Backend)

    cache::Cache &cache() { return *m_cache; }
    codec::DecodeService &decoder() { return *m_decoder; }
    session::FrameDelivery &frames() { return *m_frames; }
    session::Archives &archives() { return *m_archives; }
    session::VolumeShelf &volumes() { return *m_volumes; }
    session::Services services()
    {
        return {*m_cache, *m_decoder, *m_frames, m_presets, *m_archives, *m_volumes};
    }

    /// A quarter of the machine's memory, at least 512 MiB and at most 8 GiB.
    static std::size_t defaultFrameBudget();

private:
    Backend() = default;

    std::unique_ptr<codec::DecodeService> m_decoder;
    std::unique_ptr<cache::FileReader> m_reader;
    std::unique_ptr<cache::Cache> m_cache;
    std::unique_ptr<session::FrameDelivery> m_frames;
    std::unique_ptr<session::Archives> m_archives;
    std::unique_ptr<session::VolumeShelf> m_volumes;
    session::WindowPresets m_presets;
};

} // namespace negatoscope::app
