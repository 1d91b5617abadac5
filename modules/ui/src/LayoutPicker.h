#pragma once

#include <session/ReadingPresenter.h>

#include <QtWidgets/QWidget>

namespace negatoscope::ui {

/// Four by four cells: point at one and the grid from the first cell to it is the layout. Lives in a menu.
class LayoutPicker final : public QWidget
{
    Q_OBJECT
public:
    explicit LayoutPicker(QWidget *parent);

    void showLayout(session::Layout layout);
    QSize sizeHint() const override;

Q_SIGNALS:
    void layoutChosen(negatoscope::session::Layout layout);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    int gridLeft() const;
    session::Layout layoutAt(QPoint position) const;
    session::Layout m_present, m_pointed;
    bool m_pointing = false;
};

} // namespace negatoscope::ui
