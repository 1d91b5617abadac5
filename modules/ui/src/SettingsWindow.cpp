#include "SettingsWindow.h"

#include "ArchivesPage.h"
#include "CornersPage.h"
#include "DisplaysPage.h"
#include "GeneralPage.h"
#include "KeysPage.h"
#include "MousePage.h"
#include "PresetsPage.h"

#include <QtCore/QSettings>
#include <QtGui/QIcon>
#include <QtGui/QShortcut>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QListWidget>
#include <QtWidgets/QStackedWidget>

namespace negatoscope::ui {

namespace {
constexpr auto kGeometryKey = QLatin1String("settingsWindow/geometry");
}

QString SettingsWindow::titleOf(Page page)
{
    switch (page) {
    case Page::General:
        return tr("General");
    case Page::Keys:
        return tr("Keys");
    case Page::Mouse:
        return tr("Mouse");
    case Page::Presets:
        return tr("Window presets");
    case Page::Corners:
        return tr("Corner text");
    case Page::Displays:
        return tr("Displays");
    case Page::Archives:
        break;
    }
    return tr("Archives");
}

SettingsWindow::SettingsWindow(session::Settings &settings, session::Bindings &bindings,
                               session::PresetChoices &presets, session::CornerChoices &corners,
                               session::Archives &archives)
    : m_settings(settings),
      m_list(new QListWidget(this)),
      m_pages(new QStackedWidget(this))
{
    setObjectName(QStringLiteral("settingsWindow"));
    setWindowTitle(tr("Negatoscope - settings"));
    setWindowIcon(QIcon(QStringLiteral(":/icons/negatoscope.svg")));
    m_list->setObjectName(QStringLiteral("settingsPages"));
    m_list->setAccessibleName(tr("Pages of the settings"));
    m_list->setProperty("role", QStringLiteral("pages"));
    m_pages->addWidget(new GeneralPage(settings, this));
    m_pages->addWidget(new KeysPage(bindings, this));
    m_pages->addWidget(new MousePage(bindings, this));
    m_pages->addWidget(new PresetsPage(presets, bindings, this));
    m_pages->addWidget(new CornersPage(corners, this));
    m_pages->addWidget(new DisplaysPage(settings.places(), this));
    m_pages->addWidget(new ArchivesPage(archives, this));
    int width = 120;
    for (int page = 0; page < m_pages->count(); ++page) {
        const QString title = titleOf(static_cast<Page>(page));
        m_list->addItem(title);
        width = std::max(width, fontMetrics().horizontalAdvance(title) + 48);
    }
    m_list->setFixedWidth(width);

    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(m_list);
    row->addWidget(m_pages, 1);
    connect(m_list, &QListWidget::currentRowChanged, m_pages, &QStackedWidget::setCurrentIndex);
    connect(new QShortcut(QKeySequence::Close, this), &QShortcut::activated, this, &QWidget::close);
    connect(new QShortcut(Qt::Key_Escape, this), &QShortcut::activated, this, &QWidget::close);
    resize(960, 640);
    restoreGeometry(settings.places().value(kGeometryKey).toByteArray());
    m_list->setCurrentRow(0);
}

void SettingsWindow::showPage(Page page)
{
    m_list->setCurrentRow(static_cast<int>(page));
    show();
    raise();
    activateWindow();
    m_list->setFocus();
}

void SettingsWindow::closeEvent(QCloseEvent *event)
{
    m_settings.places().setValue(kGeometryKey, saveGeometry());
    QWidget::closeEvent(event);
}

} // namespace negatoscope::ui
