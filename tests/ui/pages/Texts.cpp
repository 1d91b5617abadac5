#include "Texts.h"

#include <QtGui/QAction>
#include <QtGui/QTextDocument>
#include <QtWidgets/QAbstractButton>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QGroupBox>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QMenu>
#include <QtWidgets/QRadioButton>
#include <QtWidgets/QTabBar>
#include <QtWidgets/QTableView>
#include <QtWidgets/QToolButton>

#include <algorithm>

namespace negatoscope::test {

namespace {

QString described(const QWidget &widget, const QString &text, QSize needed)
{
    return QStringLiteral("%1 \"%2\" needs %3 x %4, has %5 x %6")
        .arg(widget.objectName().isEmpty() ? QLatin1String(widget.metaObject()->className())
                                           : widget.objectName(),
             text)
        .arg(needed.width())
        .arg(needed.height())
        .arg(widget.width())
        .arg(widget.height());
}

/// Without mnemonics and markup.
QString plain(const QString &text)
{
    QString result = text;
    if (Qt::mightBeRichText(result)) {
        QTextDocument document;
        document.setHtml(result);
        result = document.toPlainText();
    }
    return result.remove(u'&').trimmed();
}

void add(QStringList &texts, const QString &text)
{
    const QString shown = plain(text);
    if (!shown.isEmpty())
        texts << shown;
}

} // namespace

QStringList clippedTexts(QWidget &window)
{
    constexpr int kPadding = 4; // of a button: a full tool bar takes some of it before it hides one
    QStringList clipped;
    for (QWidget *widget : window.findChildren<QWidget *>()) {
        if (!widget->isVisible())
            continue;
        if (const auto *button = qobject_cast<QAbstractButton *>(widget)) {
            const auto *tool = qobject_cast<const QToolButton *>(button);
            const bool iconOnly = tool != nullptr && tool->toolButtonStyle() == Qt::ToolButtonIconOnly;
            if (!iconOnly && !button->text().isEmpty() &&
                button->width() + kPadding < button->minimumSizeHint().width())
                clipped << described(*widget, button->text(), button->minimumSizeHint());
        } else if (const auto *label = qobject_cast<QLabel *>(widget)) {
            const QRect room = label->contentsRect();
            if (label->text().isEmpty() || !label->pixmap(Qt::ReturnByValue).isNull())
                continue;
            if (label->wordWrap()) {
                const int height = label->heightForWidth(label->width());
                if (height > label->height() + 1)
                    clipped << described(*widget, label->text(), {label->width(), height});
            } else if (!label->text().contains(u'…') &&
                       label->fontMetrics().horizontalAdvance(plain(label->text())) > room.width() + 1) {
                clipped << described(*widget, label->text(), label->sizeHint());
            }
        } else if (const auto *header = qobject_cast<QHeaderView *>(widget)) {
            if (header->orientation() != Qt::Horizontal || header->model() == nullptr)
                continue;
            for (int section = 0; section < header->count(); ++section) {
                const QString text = header->model()->headerData(section, Qt::Horizontal).toString();
                const int needed = header->fontMetrics().horizontalAdvance(text);
                if (!header->isSectionHidden(section) && header->sectionSize(section) < needed)
                    clipped << QStringLiteral("column \"%1\" needs %2, has %3")
                                   .arg(text)
                                   .arg(needed)
                                   .arg(header->sectionSize(section));
            }
        } else if (const auto *field = qobject_cast<QLineEdit *>(widget)) {
            const int needed = field->fontMetrics().horizontalAdvance(field->placeholderText());
            if (field->text().isEmpty() && needed > field->width())
                clipped << described(*widget, field->placeholderText(), {needed, field->height()});
        }
    }
    return clipped;
}

QStringList programTexts(QWidget &window)
{
    QStringList texts;
    add(texts, window.windowTitle());
    for (QWidget *widget : window.findChildren<QWidget *>()) {
        add(texts, widget->toolTip());
        add(texts, widget->accessibleName());
        if (const auto *button = qobject_cast<QAbstractButton *>(widget))
            add(texts, button->text());
        else if (const auto *label = qobject_cast<QLabel *>(widget))
            add(texts, label->text());
        else if (const auto *box = qobject_cast<QGroupBox *>(widget))
            add(texts, box->title());
        else if (const auto *field = qobject_cast<QLineEdit *>(widget))
            add(texts, field->placeholderText());
        else if (const auto *choice = qobject_cast<QComboBox *>(widget))
            for (int i = 0; i < choice->count(); ++i)
                add(texts, choice->itemText(i));
        else if (const auto *tabs = qobject_cast<QTabBar *>(widget))
            for (int i = 0; i < tabs->count(); ++i)
                add(texts, tabs->tabText(i));
        else if (const auto *header = qobject_cast<QHeaderView *>(widget))
            for (int i = 0; header->orientation() == Qt::Horizontal && i < header->count(); ++i)
                add(texts, header->model()->headerData(i, Qt::Horizontal).toString());
    }
    for (const QAction *action : window.findChildren<QAction *>()) {
        add(texts, action->text());
        add(texts, action->toolTip());
    }
    texts.removeDuplicates();
    return texts;
}

QString PseudoLanguage::translate(const char *context, const char *source, const char *disambiguation,
                                  int n) const
{
    Q_UNUSED(context)
    Q_UNUSED(disambiguation)
    Q_UNUSED(n)
    const QString english = QString::fromUtf8(source);
    if (english.isEmpty())
        return english;
    QString text;
    bool markup = false, place = false;
    for (const QChar letter : english) {
        static const QString kPlain = QStringLiteral("aceinouAEIOU"),
                             kAccented = QStringLiteral("åçéîñöûÅÉÎÖÛ");
        markup = (markup && letter != u'>') || letter == u'<';
        const auto at = kPlain.indexOf(letter);
        text += at < 0 || markup || place ? letter : kAccented[at];
        place = letter == u'%';
    }
    text += QString(english.size() / 3, u'~');
    // Markup has to stay outermost, or it would no longer be taken for such.
    if (english.startsWith(u'<'))
        return text.insert(text.indexOf(u'>') + 1, kOpen) + kClose;
    return kOpen + text + kClose;
}

} // namespace negatoscope::test
