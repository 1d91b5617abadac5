#pragma once

#include <session/PlaneCross.h>
#include <session/ReadingPresenter.h>

#include <QtCore/QTimer>
#include <QtWidgets/QWidget>

#include <memory>

namespace negatoscope::ui {

class GestureReader;
class Magnifier;
class PictureSurface;
struct PainterLook;
class ViewportPainter;

/// One tile of a reading window: paints a ViewportPresenter's state and turns the mouse into its calls.
///
/// What a button, the wheel or a held key does is asked of `gestures`; scrolling, windowing, zooming and
/// panning are done here, anything else is asked for by actRequested(). What is painted again is what has
/// changed: the picture's own rectangle, lines of text, the bar.
class ViewportWidget final : public QWidget
{
    Q_OBJECT
public:
    ViewportWidget(session::ReadingPresenter &reading, session::ViewportPresenter &viewport, int index,
                   const GestureReader &gestures, QWidget *parent);
    ~ViewportWidget() override;
    Q_DISABLE_COPY_MOVE(ViewportWidget)

    int index() const { return m_index; }
    session::ViewportPresenter *presenter() const { return m_viewport; }
    /// How often the pixels have been drawn, for measuring.
    quint64 renderings() const;
    /// A sentence over the picture for a few seconds, or until the next gesture: why something was not done.
    void showNotice(const QString &sentence);
    /// The mime type under which the series strip drags a Series Instance UID.
    static QString seriesMimeType();

Q_SIGNALS:
    /// After a paint; what state() says is now on screen.
    void painted();
    void contextMenuRequested(QPoint globalPosition);
    /// A click or double click that the reader has bound to an action, by its name.
    void actRequested(const QString &name);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void moveEvent(QMoveEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    enum class Gesture { None, Scroll, Window, Zoom, Pan, ScrollBar, WindowRegion, Cursor, Mask, Planes };

    void takeChange();
    void updateAll();
    PainterLook look() const;
    QString emptySentence() const;
    void drawTools(QPainter &painter);
    bool hasLens() const;
    void movePointer(QPointF position);
    void scrollToBarPosition(double y);
    void placeCursor(QPointF position);
    session::CrossHold holdUnder(QPointF position) const;
    bool isOnScrollBar(QPointF position) const;
    Gesture gestureOf(const QMouseEvent &event) const;
    void doAct(const QString &act, QPoint globalPosition);
    void drag(QPointF delta);
    void updateProbe(QPointF position);
    void updateViewSize();
    void updateCursor();
    double ratio() const { return devicePixelRatioF(); }

    session::ReadingPresenter &m_reading;
    session::ViewportPresenter *m_viewport; ///< null once it is gone
    const int m_index;
    const GestureReader &m_gestures;
    std::unique_ptr<ViewportPainter> m_painter;

    std::unique_ptr<PictureSurface> m_surface;
    std::unique_ptr<Magnifier> m_magnifier;
    QRect m_paintedPicture; ///< where the picture was painted last
    bool m_laidOut = false;
    std::shared_ptr<const imaging::Picture> m_laidOutFor; ///< the picture that the text was placed for

    Gesture m_gesture = Gesture::None;
    Qt::MouseButton m_button = Qt::NoButton;
    QString m_clickAct;        ///< what the press does if it stays a click
    session::CrossHold m_hold; ///< of the lines of planes: what is dragged, else what is under the pointer
    QPointF m_pressed, m_last;
    bool m_dragged = false;
    double m_scrollRest = 0, m_wheelRest = 0;
    QPointF m_pointer;
    QString m_probe, m_notice;
    QTimer m_slowTimer, m_noticeTimer;
    bool m_slow = false;
};

} // namespace negatoscope::ui
