#include "LinkControls.h"

#include "Actions.h"

#include <QtCore/QSettings>
#include <QtWidgets/QMenu>

namespace negatoscope::ui {

namespace {

constexpr auto kLinkedKey = QLatin1String("reading/linked");
constexpr auto kWindowKey = QLatin1String("reading/windowLinked");
constexpr auto kLinesKey = QLatin1String("reading/referenceLines");
using Mode = session::LinkedViewing::Mode;

} // namespace

LinkControls::LinkControls(session::ReadingPresenter &reading, Actions &actions, QSettings &settings,
                           QWidget *window)
    : QObject(window),
      m_reading(reading),
      m_actions(actions),
      m_settings(settings),
      m_menu(new QMenu(window))
{
    auto &links = reading.links();
    if (!settings.value(kLinkedKey, true).toBool())
        links.unlink();
    links.setWindowLinked(settings.value(kWindowKey, true).toBool());
    links.showReferenceLines(settings.value(kLinesKey, true).toBool());

    actions.on(ActionId::Link, this, [this] {
        m_reading.links().link();
        takeChange(); // already linked: the check mark stays
    });
    actions.on(ActionId::LinkByOffset, this, [this] { m_reading.links().linkByOffset(); });
    actions.on(ActionId::Unlink, this, [this] { m_reading.links().unlink(); });
    actions.on(ActionId::LinkWindow, this,
               [this] { m_reading.links().setWindowLinked(m_actions[ActionId::LinkWindow]->isChecked()); });
    actions.on(ActionId::ReferenceLines, this, [this] {
        m_reading.links().showReferenceLines(m_actions[ActionId::ReferenceLines]->isChecked());
    });
    connect(&links, &session::LinkedViewing::changed, this, [this] {
        const auto &now = m_reading.links();
        m_settings.setValue(kLinkedKey, now.mode() != Mode::Off);
        m_settings.setValue(kWindowKey, now.isWindowLinked());
        m_settings.setValue(kLinesKey, now.showsReferenceLines());
        takeChange();
    });

    m_menu->setObjectName(QStringLiteral("linkMenu"));
    m_menu->setTitle(tr("Linked viewports"));
    for (const ActionId id : {ActionId::Link, ActionId::LinkByOffset, ActionId::Unlink})
        m_menu->addAction(actions[id]);
    m_menu->addSeparator();
    m_menu->addAction(actions[ActionId::LinkWindow]);
    takeChange();
}

void LinkControls::takeChange()
{
    const auto &links = m_reading.links();
    m_actions[ActionId::Link]->setChecked(links.mode() != Mode::Off);
    m_actions[ActionId::LinkWindow]->setChecked(links.isWindowLinked());
    m_actions[ActionId::ReferenceLines]->setChecked(links.showsReferenceLines());
}

} // namespace negatoscope::ui
