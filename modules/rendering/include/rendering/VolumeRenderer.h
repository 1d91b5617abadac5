#pragma once

#include <base/Result.h>
#include <rendering/VolumeScene.h>

#include <QtCore/QObject>
#include <QtCore/QSize>
#include <QtCore/QString>
#include <QtGui/QImage>

#include <memory>

namespace negatoscope::rendering {

/// A picture of a volume and what it is of.
struct VolumePicture
{
    QImage image; ///< of the size asked for, or smaller: to be enlarged to it
    VolumeScene scene;
    bool isFull = false;      ///< as fine as it gets
    int reduction = 1;        ///< one voxel of the picture stands for so many along each axis
    bool onProcessor = false; ///< no graphics card cast the rays
    double milliseconds = 0;
};

/// Draws a volume away from the UI thread: quickly while the reader turns it, fully when he rests.
///
/// Threads : its functions and signals belong to the UI thread; two threads of its own draw.
/// Owns    : a share of the volume, and copies of it as the two threads draw it.
/// Errors  : by failed(), once: RenderingUnavailable (no library, no usable OpenGL), LimitExceeded (no
/// memory).
class VolumeRenderer final : public QObject
{
    Q_OBJECT
public:
    /// The library with VTK: beside the program, or in libexec once installed.
    static QString installedLibrary();

    /// `library` is loaded when the first volume is drawn.
    explicit VolumeRenderer(const QString &library, QObject *parent = nullptr);
    /// Waits for what is being drawn.
    ~VolumeRenderer() override;
    Q_DISABLE_COPY_MOVE(VolumeRenderer)

    /// Shows what has arrived of it by now; again when more has.
    void setVolume(std::shared_ptr<const volume::Volume> volume);
    /// The latest wins. While `moving`, pictures are quick; else a full one follows the quick one.
    void draw(const VolumeScene &scene, QSize size, bool moving);

Q_SIGNALS:
    void drawn(const negatoscope::rendering::VolumePicture &picture);
    void failed(const negatoscope::base::Error &error);

private:
    class Painter;
    void take(const VolumePicture &picture);
    void fail(const base::Error &error);

    std::unique_ptr<Painter> m_quick, m_full;
    VolumeScene m_wanted;
    bool m_isFullShown = false, m_hasFailed = false;
};

} // namespace negatoscope::rendering
