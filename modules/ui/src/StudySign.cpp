#include "StudySign.h"

#include <ui/IconSet.h>

#include <QtGui/QPainter>

#include <utility>

namespace negatoscope::ui {

namespace {

constexpr int kSign = 16;

} // namespace

SignDelegate::SignDelegate(SignsOf signsOf, QObject *parent)
    : QStyledItemDelegate(parent),
      m_signsOf(std::move(signsOf))
{}

void SignDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                         const QModelIndex &index) const
{
    QStyledItemDelegate::paint(painter, option, index);
    int x = option.rect.left() + 6;
    const int y = option.rect.center().y() - kSign / 2 + 1;
    for (const StudySign &sign : m_signsOf(index)) {
        painter->drawPixmap(
            x, y, icons::pixmap(sign.icon, sign.colour, kSign, painter->device()->devicePixelRatioF()));
        x += kSign + 2;
    }
}

} // namespace negatoscope::ui
