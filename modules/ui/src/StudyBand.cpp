#include "StudyBand.h"

#include <ui/Theme.h>

#include <QtGui/QPainter>

#include <array>

namespace negatoscope::ui {

namespace {

constexpr std::array kBesides{QColor{0x4f, 0x8f, 0xbf}, QColor{0x8a, 0x76, 0xc2}, QColor{0x5f, 0x9f, 0x7f},
                              QColor{0xb0, 0x70, 0x5a}};
constexpr QColor kRed{0xd0, 0x2a, 0x2a};
constexpr QColor kWhite{0xf2, 0xf2, 0xf2};
constexpr int kStripe = 10;

} // namespace

QColor bandColour(int band)
{
    if (band <= 0)
        return colours::kCurrentStudy;
    return kBesides.at(static_cast<std::size_t>(band - 1) % kBesides.size());
}

void drawPersonBand(QPainter &painter, const QRect &area)
{
    painter.save();
    painter.setClipRect(area, Qt::IntersectClip);
    painter.fillRect(area, kWhite);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(kRed);
    const int slant = area.height();
    for (int x = area.left() - slant; x <= area.right(); x += 2 * kStripe)
        painter.drawPolygon(QPolygon{{QPoint(x + slant, area.top()), QPoint(x + slant + kStripe, area.top()),
                                      QPoint(x + kStripe, area.bottom() + 1), QPoint(x, area.bottom() + 1)}});
    painter.restore();
}

} // namespace negatoscope::ui
