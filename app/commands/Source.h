#pragma once

#include "Backend.h"
#include "CommandLine.h"

#include <session/ViewportPresenter.h>

#include <QtCore/QTemporaryDir>
#include <QtCore/QThreadPool>

#include <functional>
#include <memory>
#include <optional>

namespace negatoscope::app {

/// What a command's SERIES_UID|FILE means: a series of the cache, or a file by itself, opened where it lies
/// in an index of its own so that an older copy in the cache cannot take its place.
class Source
{
public:
    static base::Result<Source> find(const CommandLine &line, Backend &backend, const QString &argument);

    session::Services services() const { return *m_services; }
    const cache::StudyRecord &study() const { return m_study; }
    const cache::SeriesRecord &series() const { return m_series; }
    bool isFile() const { return m_cache != nullptr; }

private:
    static base::Result<Source> ofFile(Backend &backend, const QString &path);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<cache::FileReader> m_reader;
    std::unique_ptr<cache::Cache> m_cache;
    std::unique_ptr<session::FrameDelivery> m_frames;
    std::unique_ptr<session::VolumeShelf> m_volumes;
    std::optional<session::Services> m_services;
    cache::StudyRecord m_study;
    cache::SeriesRecord m_series;

    /// Presenters may have asked the pool for what they no longer need: it must be done before the cache
    /// goes.
    struct BackgroundWork
    {
        ~BackgroundWork() { QThreadPool::globalInstance()->waitForDone(); }
    };
    std::unique_ptr<BackgroundWork> m_backgroundWork; ///< last: ends first
};

/// A viewport without a window, driven by an event loop of the command's own thread: what it shows is exactly
/// what the workstation would show.
class QuietViewport
{
public:
    QuietViewport(const Source &source, imaging::Size size);

    session::ViewportPresenter &presenter() { return m_presenter; }
    /// Turns the event loop until `ready`; false after the limit.
    bool waitFor(const std::function<bool()> &ready, int limitMs = 60'000);
    /// Waits until the series is listed and a frame, or the reason why not, is shown.
    /// Errors: that reason; WorkerTimedOut if nothing came.
    base::Status settle();
    /// Goes to an entry of the stack and settles.
    base::Status goTo(int index);

private:
    session::ViewportPresenter m_presenter;
};

/// What --window asks for: empty for `default` and without it.
base::Result<std::optional<imaging::Window>> windowOption(const CommandLine &line);

/// The entry of the stack that --frame and --instance mean: frame N of the instance or file, else the Nth
/// picture in reading order; the first without either.
base::Result<int> chooseFrame(const CommandLine &line, const Source &source,
                              session::ViewportPresenter &presenter);

} // namespace negatoscope::app
