#pragma once

#include <QtCore/QStringList>
#include <QtCore/QTranslator>
#include <QtWidgets/QWidget>

namespace negatoscope::test {

/// The visible texts of a window that its widgets have no room for, each with the name of its widget. What is
/// elided on purpose shows three dots and is none of them.
QStringList clippedTexts(QWidget &window);

/// Every text of a window that is a sentence of the program: buttons, boxes, menus, labels, headers, tips.
QStringList programTexts(QWidget &window);

/// A language that nobody speaks: every sentence is the English one in brackets, a third longer and accented.
/// What is shown without brackets was never translated.
class PseudoLanguage final : public QTranslator
{
public:
    using QTranslator::QTranslator;
    static constexpr QChar kOpen = u'⟦', kClose = u'⟧';

    bool isEmpty() const override { return false; }
    QString translate(const char *context, const char *source, const char *disambiguation,
                      int n) const override;
};

} // namespace negatoscope::test
