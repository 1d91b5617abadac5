#pragma once

#include "ViewportPainter.h"

#include <rendering/VolumeRenderer.h>
#include <session/ReadingPresenter.h>
#include <session/SeriesVolume.h>

#include <QtCore/QJsonObject>
#include <QtCore/QTimer>
#include <QtWidgets/QWidget>

#include <optional>
#include <vector>

class QMenu;
class QToolButton;

namespace negatoscope::session {
class PlanesPresenter;
}

namespace negatoscope::ui {

class GestureReader;

/// The volume of the planes as a body, in the place beside them: turned by dragging, cut by the sides of its
/// box, with the planes as frames in it. A click puts the point in which the planes meet where it is.
///
/// Letters, lengths and words belong to the picture that is shown (docs/safety.md P4), and come from the
/// volume that the planes are of. Lives while reading.isRendered().
class VolumeView final : public QWidget
{
    Q_OBJECT
public:
    VolumeView(session::ReadingPresenter &reading, const GestureReader &gestures, QWidget *parent);
    ~VolumeView() override;
    Q_DISABLE_COPY_MOVE(VolumeView)

    /// Transfer functions for this kind of images.
    const std::vector<rendering::VolumePreset> &looks() const { return m_looks; }
    const QString &look() const { return m_look; }
    void setLook(const QString &id);
    void lookFrom(rendering::Side side);
    bool isCutting() const { return m_cutting; }
    /// Shows the box, whose sides cut parts away; without it all of the volume is there.
    void setCutting(bool cutting);
    /// From the front, whole and uncut; the look stays.
    void reset();
    void showNotice(const QString &sentence);

    /// What is drawn is what is wanted, in full.
    bool isSettled() const;
    const rendering::VolumeScene &scene() const { return m_scene; }
    const std::optional<rendering::VolumePicture> &picture() const { return m_picture; }
    /// What is on screen now, for `negatoscope state`.
    QJsonObject json() const;

Q_SIGNALS:
    void painted();
    /// Another look, or cutting began or ended.
    void changed();
    void contextMenuRequested(QPoint globalPosition);
    void actRequested(const QString &name);
    void maximiseRequested();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    /// A side of the box that can be taken: of which axis, and whether its far one.
    struct Side
    {
        std::size_t axis = 0;
        bool isFar = false;
        bool operator==(const Side &) const = default;
    };
    enum class Drag { None, Turn, Window, Zoom, Pan, Cursor, Cut };

    void takePlanes();
    void takeVolume();
    void takeWindow();
    void draw(bool moving);
    void zoom(double factor);
    void turn(QPointF delta);
    void pan(QPointF delta);
    void cut(QPointF delta);
    void placeCross(QPointF position);
    void drag(QPointF delta);
    Drag dragOf(const QMouseEvent &event);
    QSize deviceSize() const;
    /// The plane of the picture that is shown, a pixel for each device-independent one.
    dicom::ImagePlane shownPlane() const;
    QPointF toView(base::PatientPoint point) const;
    std::optional<QPointF> handleOf(const Side &side) const;
    std::optional<Side> sideUnder(QPointF position) const;
    session::ViewportState state() const;
    void drawPlanes(QPainter &painter) const;
    void drawBox(QPainter &painter) const;

    session::ReadingPresenter &m_reading;
    session::PlanesPresenter *m_planes; ///< null once they are gone
    const GestureReader &m_gestures;
    std::vector<rendering::VolumePreset> m_looks;
    QString m_look;
    ViewportPainter m_painter;
    rendering::VolumeRenderer m_renderer;
    rendering::VolumeScene m_scene; ///< wanted
    std::optional<rendering::VolumePicture> m_picture;
    std::optional<base::Error> m_error;
    session::SeriesVolumePointer m_volume; ///< that the renderer has
    int m_taken = 0, m_failed = 0;         ///< slices of it that had arrived then
    bool m_placed = false;                 ///< the camera has been put
    bool m_cutting = false;
    QString m_notice;
    QTimer m_stillTimer, m_noticeTimer;

    Drag m_drag = Drag::None;
    Qt::MouseButton m_button = Qt::NoButton;
    QString m_clickAct;
    std::optional<Side> m_side; ///< that is dragged
    QPointF m_pressed, m_last;
    bool m_dragged = false;
};

/// Transfer functions as they are shipped.
const std::vector<rendering::VolumePreset> &volumeLooks();

} // namespace negatoscope::ui
