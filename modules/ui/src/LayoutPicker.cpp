#include "LayoutPicker.h"

#include <ui/Theme.h>

#include <QtGui/QKeyEvent>
#include <QtGui/QPainter>

#include <algorithm>

namespace negatoscope::ui {

namespace {
constexpr int kCell = 28, kGap = 4, kMargin = 8;
constexpr int kSide = session::Layout::kMaximum;
constexpr int kGrid = kSide * kCell + (kSide - 1) * kGap;
} // namespace

LayoutPicker::LayoutPicker(QWidget *parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("layoutPicker"));
    setAccessibleName(tr("Rows and columns of viewports"));
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
}

int LayoutPicker::gridLeft() const
{
    return (width() - kGrid) / 2;
}

QSize LayoutPicker::sizeHint() const
{
    return {kGrid + 2 * kMargin, kGrid + 2 * kMargin + 20};
}

void LayoutPicker::showLayout(session::Layout layout)
{
    m_present = m_pointed = layout;
    update();
}

session::Layout LayoutPicker::layoutAt(QPoint position) const
{
    const auto cell = [](int at) { return std::clamp((at + kGap / 2) / (kCell + kGap) + 1, 1, kSide); };
    return {cell(position.y() - kMargin), cell(position.x() - gridLeft())};
}

void LayoutPicker::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    for (int row = 0; row < kSide; ++row) {
        for (int column = 0; column < kSide; ++column) {
            const QRect cell(gridLeft() + column * (kCell + kGap), kMargin + row * (kCell + kGap), kCell,
                             kCell);
            const bool inside = row < m_pointed.rows && column < m_pointed.columns;
            painter.fillRect(cell, inside ? colours::kSelection : colours::kWindow);
            painter.setPen(inside ? colours::kAccent : colours::kLine);
            painter.drawRect(cell.adjusted(0, 0, -1, -1));
        }
    }
    painter.setPen(colours::kSecondaryText);
    painter.drawText(rect().adjusted(0, 0, 0, -4), Qt::AlignHCenter | Qt::AlignBottom,
                     tr("%1 × %2", "layout: rows by columns").arg(m_pointed.rows).arg(m_pointed.columns));
}

void LayoutPicker::mouseMoveEvent(QMouseEvent *event)
{
    m_pointed = layoutAt(event->position().toPoint());
    m_pointing = true;
    update();
}

void LayoutPicker::mouseReleaseEvent(QMouseEvent *event)
{
    if (m_pointing || rect().contains(event->position().toPoint()))
        Q_EMIT layoutChosen(layoutAt(event->position().toPoint()));
}

void LayoutPicker::leaveEvent(QEvent *)
{
    m_pointing = false;
    m_pointed = m_present;
    update();
}

void LayoutPicker::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Left:
        m_pointed.columns = std::max(m_pointed.columns - 1, 1);
        break;
    case Qt::Key_Right:
        m_pointed.columns = std::min(m_pointed.columns + 1, kSide);
        break;
    case Qt::Key_Up:
        m_pointed.rows = std::max(m_pointed.rows - 1, 1);
        break;
    case Qt::Key_Down:
        m_pointed.rows = std::min(m_pointed.rows + 1, kSide);
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        Q_EMIT layoutChosen(m_pointed);
        break;
    default:
        QWidget::keyPressEvent(event);
        return;
    }
    update();
}

} // namespace negatoscope::ui
