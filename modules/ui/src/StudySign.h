#pragma once

#include <QtCore/QString>
#include <QtGui/QColor>
#include <QtWidgets/QStyledItemDelegate>

#include <functional>
#include <vector>

namespace negatoscope::ui {

/// One sign of the first column of a table of studies, and what it means.
struct StudySign
{
    QString icon;
    QColor colour;
    QString sentence;
};

/// Draws the signs of a row one beside the other.
class SignDelegate final : public QStyledItemDelegate
{
public:
    using SignsOf = std::function<std::vector<StudySign>(const QModelIndex &)>;
    SignDelegate(SignsOf signsOf, QObject *parent);
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;

private:
    const SignsOf m_signsOf;
};

} // namespace negatoscope::ui
