#include "VolumeStage.h"

#include <base/Log.h>
#include <rendering/VolumeRenderer.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QElapsedTimer>
#include <QtCore/QFileInfo>
#include <QtCore/QLibrary>
#include <QtGui/QOffscreenSurface>
#include <QtGui/QOpenGLContext>

#include <algorithm>
#include <cmath>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

namespace negatoscope::rendering {

namespace {

/// Voxels that a stage takes; a coarser copy of larger volumes.
struct Limits
{
    std::uint64_t onProcessor = 0, onCard = 0;
};
constexpr Limits kQuick{8'000'000, 128'000'000}, kFull{96'000'000, 512'000'000};
/// A quick picture is to take no longer.
constexpr double kQuickMs = 50;

QSurfaceFormat format()
{
    QSurfaceFormat format;
    format.setVersion(3, 2); // the least that VTK draws with
    format.setProfile(QSurfaceFormat::CoreProfile);
    format.setDepthBufferSize(24);
    return format;
}

} // namespace

/// A thread with a context and a stage; draws the latest of what is wanted.
class VolumeRenderer::Painter
{
public:
    struct Order
    {
        VolumeScene scene;
        QSize size;
    };
    struct Tell
    {
        std::function<void(VolumePicture)> drawn; ///< in the painter's thread
        std::function<void(base::Error)> failed;
    };

    Painter(bool isQuick, QString library, Tell tell)
        : m_isQuick(isQuick),
          m_library(std::move(library)),
          m_tell(std::move(tell))
    {
        m_surface.setFormat(format());
        m_surface.create(); // belongs to the UI thread
        m_thread = std::jthread([this](const std::stop_token &stop) { run(stop); });
    }
    ~Painter()
    {
        m_gridStop.request_stop();
        m_thread.request_stop();
        ++m_version;
        m_changed.notify_all();
        m_thread.join();
    }
    Q_DISABLE_COPY_MOVE(Painter)

    void setVolume(std::shared_ptr<const volume::Volume> volume)
    {
        const std::lock_guard lock(m_mutex);
        m_gridStop.request_stop();
        m_gridStop = {};
        m_newVolume = std::move(volume);
        ++m_version;
        m_changed.notify_all();
    }
    void draw(Order order)
    {
        const std::lock_guard lock(m_mutex);
        m_order = std::move(order);
        ++m_version;
        m_changed.notify_all();
    }
    /// What is being drawn is not wanted any more.
    void drop()
    {
        const std::lock_guard lock(m_mutex);
        m_order.reset();
        ++m_version;
    }

private:
    void run(const std::stop_token &stop)
    {
        {
            // Nothing is loaded and no context made before something is to be drawn.
            std::unique_lock lock(m_mutex);
            if (!m_changed.wait(lock, stop, [this] { return m_order && m_newVolume; }))
                return;
        }
        const auto unavailable = [this](const std::string &why) {
            m_tell.failed(base::Error(base::ErrorCode::RenderingUnavailable, why));
        };
        QLibrary library(m_library); // stays loaded: VTK leaves things behind that refer to it
        const auto make = reinterpret_cast<MakeStage>(library.resolve(kMakeStage));
        if (make == nullptr)
            return unavailable(library.errorString().toStdString());
        QOpenGLContext context;
        context.setFormat(format());
        if (!QOpenGLContext::supportsThreadedOpenGL() || !context.create() ||
            !context.makeCurrent(&m_surface))
            return unavailable("no OpenGL 3.2 context could be made");
        {
            const std::unique_ptr<VolumeStage> stage(
                make([](const char *text) { base::log(base::LogLevel::Warning, "rendering", text); }));
            serve(*stage, stop);
        }
        context.doneCurrent();
    }

    void serve(VolumeStage &stage, const std::stop_token &stop)
    {
        while (!stop.stop_requested()) {
            std::shared_ptr<const volume::Volume> volume;
            std::optional<Order> order;
            std::stop_token gridStop;
            std::uint64_t version = 0;
            {
                std::unique_lock lock(m_mutex);
                m_changed.wait(lock, stop, [this] { return m_order && (m_newVolume || m_hasGrid); });
                if (stop.stop_requested())
                    return;
                volume = std::exchange(m_newVolume, nullptr);
                gridStop = m_gridStop.get_token();
                order = std::exchange(m_order, std::nullopt);
                version = m_version;
            }
            if (!volume || takeVolume(stage, *volume, gridStop)) {
                paint(stage, *order, version);
                continue;
            }
            const std::lock_guard lock(m_mutex); // the next volume is to be drawn as this one was
            if (!m_order)
                m_order = std::move(order);
        }
    }

    bool takeVolume(VolumeStage &stage, const volume::Volume &volume, const std::stop_token &stop)
    {
        const Limits &limits = m_isQuick ? kQuick : kFull;
        auto grid = VolumeGrid::of(volume, stage.isOnProcessor() ? limits.onProcessor : limits.onCard, stop);
        if (!grid) {
            m_hasGrid = false;
            if (grid.error().code() != base::ErrorCode::Cancelled)
                m_tell.failed(grid.error());
            return false;
        }
        m_reduction = grid->reduction;
        m_hasGrid = true;
        m_costPerPixel = 0;
        stage.setGrid(*std::move(grid));
        return true;
    }

    void paint(VolumeStage &stage, const Order &order, std::uint64_t version)
    {
        const double pixels = double(order.size.width()) * order.size.height();
        double shrink = 1;
        if (m_isQuick)
            shrink = m_costPerPixel > 0 ? std::clamp(std::sqrt(pixels * m_costPerPixel / kQuickMs), 1.0, 8.0)
                                        : (stage.isOnProcessor() ? 4.0 : 1.0);
        const QSize size(std::max(16, int(order.size.width() / shrink)),
                         std::max(16, int(order.size.height() / shrink)));
        QElapsedTimer timer;
        timer.start();
        const auto isStale = [this, version] { return !m_isQuick && m_version != version; };
        QImage image;
        const auto outcome = stage.draw(order.scene, size, m_isQuick ? 1.5 : 0.4, isStale, image);
        const double ms = double(timer.nsecsElapsed()) / 1e6;
        switch (outcome) {
        case VolumeStage::Outcome::Stale:
            return;
        case VolumeStage::Outcome::NoMemory:
            return m_tell.failed(
                base::Error(base::ErrorCode::LimitExceeded, "no memory for drawing the volume"));
        case VolumeStage::Outcome::NoPicture:
            return m_tell.failed(
                base::Error(base::ErrorCode::RenderingUnavailable, "OpenGL gave no picture back"));
        case VolumeStage::Outcome::Drawn:
            break;
        }
        // The first picture of a volume prepares it: it tells nothing of the next.
        m_costPerPixel = m_isFirst ? 0 : ms / (double(size.width()) * size.height());
        m_isFirst = false;
        m_tell.drawn({std::move(image), order.scene, !m_isQuick, m_reduction, stage.isOnProcessor(), ms});
    }

    const bool m_isQuick;
    const QString m_library;
    const Tell m_tell;
    QOffscreenSurface m_surface;
    std::mutex m_mutex;
    std::condition_variable_any m_changed;
    std::optional<Order> m_order;
    std::shared_ptr<const volume::Volume> m_newVolume;
    std::stop_source m_gridStop;
    std::atomic<std::uint64_t> m_version = 0;
    std::atomic<bool> m_hasGrid = false;
    // Of the thread.
    int m_reduction = 1;
    double m_costPerPixel = 0;
    bool m_isFirst = true;
    std::jthread m_thread; // last: it uses all above
};

QString VolumeRenderer::installedLibrary()
{
    const QString folder = QCoreApplication::applicationDirPath();
    const QString beside = folder + QStringLiteral("/negatoscope-vtk.so");
    return QFileInfo::exists(beside) ? beside
                                     : folder + QStringLiteral("/../libexec/negatoscope/negatoscope-vtk.so");
}

VolumeRenderer::VolumeRenderer(const QString &library, QObject *parent) : QObject(parent)
{
    const Painter::Tell tell{[this](VolumePicture picture) {
                                 QMetaObject::invokeMethod(
                                     this, [this, picture = std::move(picture)] { take(picture); },
                                     Qt::QueuedConnection);
                             },
                             [this](const base::Error &error) {
                                 QMetaObject::invokeMethod(
                                     this, [this, error] { fail(error); }, Qt::QueuedConnection);
                             }};
    m_quick = std::make_unique<Painter>(true, library, tell);
    m_full = std::make_unique<Painter>(false, library, tell);
}

VolumeRenderer::~VolumeRenderer() = default;

void VolumeRenderer::setVolume(std::shared_ptr<const volume::Volume> volume)
{
    m_quick->setVolume(volume);
    m_full->setVolume(std::move(volume));
}

void VolumeRenderer::draw(const VolumeScene &scene, QSize size, bool moving)
{
    if (size.isEmpty() || m_hasFailed)
        return;
    m_wanted = scene;
    m_isFullShown = false;
    m_quick->draw({scene, size});
    if (moving)
        m_full->drop();
    else
        m_full->draw({scene, size});
}

/// Of two pictures of what is wanted the full one stays, whichever comes first.
void VolumeRenderer::take(const VolumePicture &picture)
{
    const bool isWanted = picture.scene == m_wanted;
    if (picture.isFull && !isWanted)
        return;
    if (!picture.isFull && isWanted && m_isFullShown)
        return;
    m_isFullShown = picture.isFull;
    Q_EMIT drawn(picture);
}

void VolumeRenderer::fail(const base::Error &error)
{
    if (!std::exchange(m_hasFailed, true))
        Q_EMIT failed(error);
}

} // namespace negatoscope::rendering
