#include "NoticeBar.h"

#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>

namespace negatoscope::ui {

NoticeBar::NoticeBar(const QString &name, QWidget *parent)
    : QWidget(parent),
      m_text(new QLabel(this)),
      m_action(new QPushButton(tr("Undo"), this))
{
    setObjectName(name);
    setProperty("role", QStringLiteral("strip"));
    setAttribute(Qt::WA_StyledBackground);
    m_text->setObjectName(name + QLatin1String("Text"));
    m_text->setTextFormat(Qt::PlainText);
    m_action->setObjectName(name + QLatin1String("Action"));
    m_action->setFocusPolicy(Qt::TabFocus); // a click leaves the keys with the list
    auto *close = new QPushButton(tr("Close"), this);
    close->setObjectName(name + QLatin1String("Close"));
    close->setFocusPolicy(Qt::TabFocus);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(8, 4, 8, 4);
    row->setSpacing(8);
    row->addWidget(m_text);
    row->addWidget(m_action);
    row->addStretch(1);
    row->addWidget(close);
    connect(close, &QPushButton::clicked, this, &QWidget::hide);
    connect(m_action, &QPushButton::clicked, this, &NoticeBar::actionRequested);
    hide();
}

void NoticeBar::showNotice(const QString &sentence, const QString &action)
{
    m_text->setText(sentence);
    m_action->setText(action);
    m_action->setVisible(!action.isEmpty());
    setVisible(!sentence.isEmpty());
}

QString NoticeBar::text() const
{
    return isVisible() ? m_text->text() : QString();
}

} // namespace negatoscope::ui
