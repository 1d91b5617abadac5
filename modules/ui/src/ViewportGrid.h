#pragma once

#include <session/Bindings.h>
#include <session/ReadingPresenter.h>

#include <QtWidgets/QWidget>

#include <vector>

namespace negatoscope::ui {

class GestureReader;
class ViewportWidget;
class VolumeView;

/// The viewports of a reading window in rows and columns, 2 px apart; the active one stands in an accent
/// frame.
class ViewportGrid final : public QWidget
{
    Q_OBJECT
public:
    ViewportGrid(session::ReadingPresenter &reading, const session::Bindings &bindings, QWidget *parent);

    const std::vector<ViewportWidget *> &viewports() const { return m_viewports; }
    /// The volume in 3D beside the planes; null while there is none.
    VolumeView *volumeView() const { return m_volumeView; }
    void focusActive();
    /// The viewport under the pointer, if it shows something, becomes the active one.
    void activateUnderPointer();

Q_SIGNALS:
    void contextMenuRequested(QPoint globalPosition);
    void actRequested(const QString &name);
    void rebuilt();

protected:
    void resizeEvent(QResizeEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;

private:
    void rebuild();
    void rebuildVolumeView(bool same);
    void arrange();

    session::ReadingPresenter &m_reading;
    GestureReader *m_gestures;
    std::vector<ViewportWidget *> m_viewports;
    VolumeView *m_volumeView = nullptr;
    bool m_volumeAlone = false; ///< it has the whole grid
};

} // namespace negatoscope::ui
