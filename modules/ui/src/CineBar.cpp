#include "CineBar.h"

#include "Actions.h"

#include <ui/Theme.h>
#include <ui/Words.h>

#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QToolButton>

namespace negatoscope::ui {

CineBar::CineBar(session::ReadingPresenter &reading, const Actions &actions, QWidget *parent)
    : QWidget(parent),
      m_reading(reading),
      m_actions(actions),
      m_rate(new QLabel(this))
{
    setObjectName(QStringLiteral("cineBar"));
    setAccessibleName(tr("Cine"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    const auto add = [&](ActionId id) {
        auto *button = new QToolButton(this);
        button->setDefaultAction(actions[id]);
        button->setObjectName(actions[id]->objectName() + QLatin1String("Button"));
        button->setAccessibleName(actions[id]->text());
        button->setFocusPolicy(Qt::TabFocus);
        button->setIconSize({measures::kToolIcon, measures::kToolIcon});
        button->setAutoRaise(true);
        row->addWidget(button);
    };
    add(ActionId::Cine);
    add(ActionId::CineSlower);
    m_rate->setObjectName(QStringLiteral("cineRate"));
    m_rate->setAccessibleName(tr("Images per second of the cine"));
    m_rate->setToolTip(m_rate->accessibleName());
    m_rate->setAlignment(Qt::AlignCenter);
    m_rate->setMinimumWidth(m_rate->fontMetrics().horizontalAdvance(
                                tr("%1/s", "images per second").arg(words::numberText(88.8, 1))) +
                            8);
    row->addWidget(m_rate);
    add(ActionId::CineFaster);
    add(ActionId::CineSweep);
    connect(&reading.cine(), &session::CineControl::changed, this, &CineBar::refresh);
    connect(&reading, &session::ReadingPresenter::changed, this, &CineBar::refresh);
    refresh();
}

void CineBar::refresh()
{
    const auto *active = m_reading.active();
    const bool can = active != nullptr && session::CineControl::canPlay(*active);
    for (const ActionId id :
         {ActionId::Cine, ActionId::CineSlower, ActionId::CineFaster, ActionId::CineSweep})
        m_actions[id]->setEnabled(can);
    m_actions[ActionId::Cine]->setChecked(can && m_reading.cine().isPlaying(active));
    m_actions[ActionId::CineSweep]->setChecked(can && m_reading.cine().isSweeping(*active));
    const double rate = can ? m_reading.cine().rateOf(*active) : 0;
    if (rate == m_shownRate)
        return;
    m_shownRate = rate;
    m_rate->setEnabled(rate > 0);
    m_rate->setText(rate > 0 ? tr("%1/s", "images per second").arg(words::numberText(rate, 1))
                             : QStringLiteral("–"));
}

} // namespace negatoscope::ui
