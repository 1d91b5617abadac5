// The part of ReadingWindow that makes the toolbar. What does not fit into it is in the menu at its end.
#include "Actions.h"
#include "CineBar.h"
#include "LayoutPicker.h"
#include "LinkControls.h"
#include "ViewOutput.h"

#include <ui/IconSet.h>
#include <ui/ReadingWindow.h>
#include <ui/Theme.h>

#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QMenu>
#include <QtWidgets/QStyle>
#include <QtWidgets/QToolBar>
#include <QtWidgets/QToolButton>
#include <QtWidgets/QWidgetAction>

namespace negatoscope::ui {

namespace {

/// The button that a toolbar has made for an action.
QToolButton &buttonFor(QToolBar &bar, QAction *action, const QString &name, const QString &accessible)
{
    auto *button = qobject_cast<QToolButton *>(bar.widgetForAction(action));
    button->setObjectName(name);
    button->setAccessibleName(accessible);
    button->setFocusPolicy(Qt::TabFocus); // a click leaves the keys with the viewport
    return *button;
}

/// The style sheet looks at what kind of button it is, and gives one with a menu room for its arrow.
void setPopupMode(QToolButton &button, QToolButton::ToolButtonPopupMode mode)
{
    button.setPopupMode(mode);
    button.style()->unpolish(&button);
    button.style()->polish(&button);
}

} // namespace

void ReadingWindow::addButton(ActionId id)
{
    QAction *action = (*m_actions)[id];
    m_toolBar->addAction(action);
    buttonFor(*m_toolBar, action, action->objectName() + QLatin1String("Button"), action->text())
        .setToolButtonStyle(Qt::ToolButtonIconOnly);
}

QToolButton &ReadingWindow::addMenuButton(QMenu *menu, const QString &name, Qt::ToolButtonStyle style)
{
    // The menu's own action: where there is no room it is a submenu of the menu at the end.
    m_toolBar->addAction(menu->menuAction());
    QToolButton &button = buttonFor(*m_toolBar, menu->menuAction(), name, menu->title());
    button.setToolButtonStyle(style);
    setPopupMode(button, QToolButton::InstantPopup);
    return button;
}

void ReadingWindow::addMenuButton(QMenu *menu, ActionId pressed, const QString &name)
{
    QToolButton &button = addMenuButton(menu, name, Qt::ToolButtonIconOnly);
    button.setDefaultAction((*m_actions)[pressed]);
    button.setAccessibleName(menu->title());
    button.setMenu(menu);
    setPopupMode(button, QToolButton::MenuButtonPopup);
}

void ReadingWindow::buildToolBar()
{
    m_bars = new QWidget(this);
    m_toolBar = new QToolBar(m_bars);
    m_toolBar->setObjectName(QStringLiteral("readingToolBar"));
    m_toolBar->setAccessibleName(tr("Tools"));
    m_toolBar->setMovable(false);
    m_toolBar->setIconSize({measures::kToolIcon, measures::kToolIcon});
    addButton(ActionId::ShowStudyList);
    m_toolBar->addSeparator();
    for (const ActionId id : range(ActionId::ToolScroll, ActionId::Magnifier))
        addButton(id);
    buildPresetMenu();
    m_toolBar->addSeparator();
    buildLayoutMenu();
    addButton(ActionId::Tiles);
    addButton(ActionId::Planes);
    addButton(ActionId::Rendered);
    addMenuButton(m_links->menu(), ActionId::Link, QStringLiteral("linkButton"));
    addButton(ActionId::ReferenceLines);
    m_toolBar->addSeparator();
    m_cineBar = new CineBar(m_reading, *m_actions, m_toolBar);
    QAction *cine = m_toolBar->addWidget(m_cineBar);
    cine->setText(m_cineBar->accessibleName());
    connect(cine, &QAction::triggered, (*m_actions)[ActionId::Cine], &QAction::trigger);
    m_toolBar->addSeparator();
    for (const ActionId id : {ActionId::Fit, ActionId::OneToOne, ActionId::TrueSize, ActionId::RotateLeft,
                              ActionId::RotateRight, ActionId::Flip, ActionId::Invert, ActionId::Reset})
        addButton(id);
    m_toolBar->addSeparator();
    addButton(ActionId::Overlays);
    addButton(ActionId::CornerText);
    addMenuButton(m_output->menu(), ActionId::Print, QStringLiteral("outputButton"));
    addButton(ActionId::FullScreen);
    addButton(ActionId::NewWindow);
    if (auto *more = m_toolBar->findChild<QToolButton *>(QStringLiteral("qt_toolbar_ext_button"))) {
        more->setIcon(icons::icon(QStringLiteral("more")));
        more->setAccessibleName(tr("More tools"));
        more->setToolTip(more->accessibleName());
    }

    auto *row = new QHBoxLayout(m_bars);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(m_toolBar, 1);
    row->addWidget(makeEndBar());
}

/// What is there however narrow the window is.
QWidget *ReadingWindow::makeEndBar()
{
    auto *bar = new QToolBar(m_bars);
    bar->setObjectName(QStringLiteral("readingEndBar"));
    bar->setAccessibleName(tr("Commands, settings and help"));
    bar->setMovable(false);
    bar->setIconSize(m_toolBar->iconSize());
    bar->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Preferred);
    auto *notice = new QLabel(tr("Not for primary diagnosis"), bar);
    notice->setObjectName(QStringLiteral("purposeNotice"));
    notice->setProperty("role", QStringLiteral("secondary"));
    notice->setContentsMargins(8, 0, 8, 0);
    bar->addWidget(notice);
    for (const ActionId id : {ActionId::Commands, ActionId::Settings, ActionId::Help}) {
        QAction *action = (*m_actions)[id];
        bar->addAction(action);
        buttonFor(*bar, action, action->objectName() + QLatin1String("Button"), action->text())
            .setToolButtonStyle(Qt::ToolButtonIconOnly);
    }
    return bar;
}

void ReadingWindow::buildPresetMenu()
{
    m_presetMenu = new QMenu(tr("Window presets"), this);
    m_presetMenu->setObjectName(QStringLiteral("presetMenu"));
    m_presetMenu->setToolTipsVisible(true);
    for (const ActionId id : range(ActionId::Preset0, ActionId::Preset9))
        m_presetMenu->addAction((*m_actions)[id]);
    m_presetMenu->addSeparator();
    m_presetMenu->addAction((*m_actions)[ActionId::NextVoiChoice]);
    m_presetMenu->addAction((*m_actions)[ActionId::FullRange]);

    m_presetMenu->menuAction()->setIconText(tr("Presets"));
    addMenuButton(m_presetMenu, QStringLiteral("presetButton"), Qt::ToolButtonTextOnly);
}

void ReadingWindow::buildLayoutMenu()
{
    m_layoutMenu = new QMenu(tr("Layout"), this);
    m_layoutMenu->setObjectName(QStringLiteral("layoutMenu"));
    m_layoutPicker = new LayoutPicker(m_layoutMenu);
    auto *picker = new QWidgetAction(m_layoutMenu);
    picker->setDefaultWidget(m_layoutPicker);
    m_layoutMenu->addAction(picker);
    m_layoutMenu->addSeparator();
    for (const ActionId id : range(ActionId::Layout1x1, ActionId::Layout4x4))
        m_layoutMenu->addAction((*m_actions)[id]);
    connect(m_layoutPicker, &LayoutPicker::layoutChosen, this, [this](session::Layout layout) {
        m_layoutMenu->hide();
        m_reading.setLayout(layout);
    });
    m_layoutMenu->menuAction()->setIcon(icons::icon(QStringLiteral("layout")));
    addMenuButton(m_layoutMenu, QStringLiteral("layoutButton"), Qt::ToolButtonIconOnly);
}

} // namespace negatoscope::ui
