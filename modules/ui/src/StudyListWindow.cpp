#include <ui/StudyListWindow.h>

#include "Actions.h"
#include "ArchiveSearchPage.h"
#include "FileListWindow.h"
#include "FoundStudyActs.h"
#include "FoundTable.h"
#include "ImportDrop.h"
#include "ImportStrip.h"
#include "NoticeBar.h"
#include "PlacesPanel.h"
#include "ScreenSet.h"
#include "SendStrip.h"
#include "StudyActs.h"
#include "StudyFilterBar.h"
#include "StudyLegend.h"
#include "StudyPreviewPanel.h"
#include "StudyTable.h"

#include <ui/ErrorSentences.h>
#include <ui/IconSet.h>
#include <ui/Theme.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QLocale>
#include <QtCore/QSettings>
#include <QtCore/QStandardPaths>
#include <QtGui/QCloseEvent>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QMenu>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QStatusBar>
#include <QtWidgets/QToolButton>
#include <QtWidgets/QVBoxLayout>

#include <chrono>

namespace negatoscope::ui {

namespace {

using namespace std::chrono_literals;
using Mode = session::ImportPresenter::Mode;

constexpr auto kSplitterKey = QLatin1String("studyList/splitter");
constexpr auto kFolderKey = QLatin1String("studyList/lastFolder");
/// The preview follows the cursor once it rests, so that holding an arrow key costs nothing.
constexpr auto kPreviewDelay = 80ms;

} // namespace

StudyListWindow::StudyListWindow(Presenters presenters, const session::Bindings &bindings,
                                 QSettings &settings, QWidget *parent)
    : QMainWindow(parent),
      m_studies(presenters.studies),
      m_searchModel(presenters.search),
      m_saved(presenters.saved),
      m_archives(presenters.archives),
      m_imports(presenters.imports),
      m_preview(presenters.preview),
      m_settings(settings)
{
    setObjectName(QStringLiteral("studyListWindow"));
    setWindowTitle(tr("Negatoscope - studies"));
    setWindowIcon(QIcon(QStringLiteral(":/icons/negatoscope.svg")));
    auto *drop = new ImportDrop(*this);
    connect(drop, &ImportDrop::dropped, this,
            [this](const QStringList &paths) { start(paths, Mode::Import); });

    auto *central = new QWidget(this);
    auto *column = new QVBoxLayout(central);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    buildBar(column);
    m_error = new QLabel(this);
    m_error->setWordWrap(true);
    m_error->setTextFormat(Qt::PlainText);
    m_error->setObjectName(QStringLiteral("errorLine"));
    m_error->setProperty("role", QStringLiteral("error"));
    m_error->setContentsMargins(8, 4, 8, 4);
    m_error->hide();
    column->addWidget(m_error);

    m_pages = new QStackedWidget(this);
    m_table = new StudyTable(m_studies, settings, this);
    m_actions = new Actions(bindings, Actions::Of::StudyList, *this, *m_pages, this);
    m_pages->addWidget(m_table);
    buildEmptyPage();
    m_remote = new ArchiveSearchPage(m_searchModel, m_archives, settings, this);
    m_pages->addWidget(m_remote);
    m_panel = new StudyPreviewPanel(m_preview, this);
    m_places = new PlacesPanel(m_archives, m_saved, this);
    auto *splitter = new QSplitter(Qt::Horizontal, this);
    splitter->setObjectName(QStringLiteral("studyListSplitter"));
    splitter->setHandleWidth(2);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(m_places);
    splitter->addWidget(m_pages);
    splitter->addWidget(m_panel);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({210, 1050, 340});
    splitter->restoreState(settings.value(kSplitterKey).toByteArray());
    connect(splitter, &QSplitter::splitterMoved, this,
            [this, splitter] { m_settings.setValue(kSplitterKey, splitter->saveState()); });
    column->addWidget(splitter, 1);
    m_notices = new NoticeBar(QStringLiteral("noticeBar"), this);
    column->addWidget(m_notices);
    m_worklistNotice = new NoticeBar(QStringLiteral("worklistNotice"), this);
    column->addWidget(m_worklistNotice);
    column->addWidget(new SendStrip(presenters.sending, this));
    m_importStrip = new ImportStrip(m_imports, this);
    column->addWidget(m_importStrip);
    setCentralWidget(central);
    m_acts = new StudyActs(*m_table, presenters.keeping, m_archives, *m_notices, *m_actions, *this);
    m_foundActs = new FoundStudyActs(m_remote->table(), m_searchModel, *m_notices, *m_actions, *this);
    connect(m_acts, &StudyActs::sendRequested, &presenters.sending, &session::StudySending::send);
    connect(m_acts, &StudyActs::archiveSettingsRequested, this, &StudyListWindow::archiveSettingsRequested);
    buildStatusBar();

    connectAll();
    connectPlaces();
    resize(1600, 900);
    (new WindowPlace(*this, settings, QStringLiteral("studyList")))->restore();
    m_search->setFocus();
    m_studies.setQuestion(m_filters->question());
    if (!m_studies.isSearching())
        m_studies.refresh();
}

StudyListWindow::~StudyListWindow() = default;

void StudyListWindow::buildBar(QVBoxLayout *column)
{
    auto *bar = new QWidget(this);
    bar->setProperty("role", QStringLiteral("panel"));
    bar->setAttribute(Qt::WA_StyledBackground);
    auto *rows = new QVBoxLayout(bar);
    rows->setContentsMargins(8, 8, 8, 8);
    rows->setSpacing(8);
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    m_filters = new StudyFilterBar(m_settings, this);
    m_search = &m_filters->search();
    m_search->installEventFilter(this);
    row->addWidget(m_search, 1);
    row->addSpacing(8);
    addImportButtons(row, QString());
    rows->addLayout(row);
    rows->addWidget(m_filters);
    column->addWidget(bar);
}

void StudyListWindow::buildStatusBar()
{
    m_count = new QLabel(this);
    m_count->setObjectName(QStringLiteral("studyCount"));
    statusBar()->addWidget(m_count);
    statusBar()->addWidget(m_acts->trashButton());
    m_acts->trashButton()->setVisible(!m_acts->trashButton()->menu()->isEmpty());
    auto *legend = new QToolButton(this);
    legend->setObjectName(QStringLiteral("legendButton"));
    legend->setText(tr("Signs"));
    legend->setToolTip(tr("What the signs of the list mean"));
    legend->setAutoRaise(true);
    legend->setFocusPolicy(Qt::TabFocus);
    connect(legend, &QToolButton::clicked, this, [legend] { StudyLegend::popUp(*legend); });
    statusBar()->addPermanentWidget(legend);
    auto *notice = new QLabel(tr("Not for primary diagnosis"), this);
    notice->setObjectName(QStringLiteral("purposeNotice"));
    statusBar()->addPermanentWidget(notice);
    statusBar()->setSizeGripEnabled(false);
}

void StudyListWindow::addImportButtons(QLayout *row, const QString &prefix)
{
    const auto add = [&](const QString &name, const char *icon, const QString &text, const QString &tip) {
        auto *button = new QPushButton(icons::icon(QLatin1String(icon)), text, this);
        button->setObjectName(prefix + name);
        button->setToolTip(tip);
        row->addWidget(button);
        return button;
    };
    auto *files = add(QStringLiteral("importFiles"), "import-files", tr("Import files…"),
                      tr("Copy DICOM files or ZIP files into the local cache"));
    auto *folder = add(QStringLiteral("importFolder"), "import-folder", tr("Import folder…"),
                       tr("Copy a folder, a disc or a stick with all its folders into the local cache"));
    auto *open = add(QStringLiteral("openInPlace"), "open-folder", tr("Open without copying…"),
                     tr("Read a folder or a disc where it lies; nothing is copied or kept"));
    connect(files, &QPushButton::clicked, this, &StudyListWindow::chooseFiles);
    connect(folder, &QPushButton::clicked, this, [this] { chooseFolder(Mode::Import); });
    connect(open, &QPushButton::clicked, this, [this] { chooseFolder(Mode::OpenInPlace); });
}

void StudyListWindow::buildEmptyPage()
{
    auto *page = new QWidget(this);
    page->setObjectName(QStringLiteral("emptyPage"));
    auto *column = new QVBoxLayout(page);
    column->setSpacing(8);
    m_emptyTitle = new QLabel(page);
    m_emptyTitle->setProperty("role", QStringLiteral("title"));
    m_emptyTitle->setAlignment(Qt::AlignCenter);
    m_emptyText = new QLabel(page);
    m_emptyText->setObjectName(QStringLiteral("emptyText"));
    m_emptyText->setTextFormat(Qt::PlainText);
    m_emptyText->setProperty("role", QStringLiteral("secondary"));
    m_emptyText->setAlignment(Qt::AlignCenter);
    m_emptyText->setWordWrap(true);
    m_emptyImports = new QWidget(page);
    auto *imports = new QHBoxLayout(m_emptyImports);
    imports->setContentsMargins(0, 8, 0, 0);
    imports->setSpacing(8);
    imports->addStretch(1);
    addImportButtons(imports, QStringLiteral("empty"));
    imports->addStretch(1);
    m_clearFilters = new QPushButton(tr("Show all studies"), page);
    m_clearFilters->setObjectName(QStringLiteral("clearFilters"));
    connect(m_clearFilters, &QPushButton::clicked, this, &StudyListWindow::clearFilters);
    column->addStretch(2);
    column->addWidget(m_emptyTitle);
    column->addWidget(m_emptyText);
    column->addWidget(m_emptyImports);
    column->addWidget(m_clearFilters, 0, Qt::AlignHCenter);
    column->addStretch(3);
    m_pages->addWidget(page);
}

void StudyListWindow::connectAll()
{
    connect(&m_studies, &session::StudyListModel::refreshed, this, &StudyListWindow::takeRefreshed);
    connect(&m_imports, &session::ImportPresenter::finished, this, &StudyListWindow::takeImportFinished);
    connect(m_importStrip, &ImportStrip::refusedFilesRequested, this, [this] { showRefusedFiles(this); });
    connect(m_table, &StudyTable::openRequested, this, [this] { requestOpen(false); });
    connect(m_panel, &StudyPreviewPanel::openRequested, this, &StudyListWindow::requestOpen);
    connect(m_panel, &StudyPreviewPanel::otherRequested, this, &StudyListWindow::openRequested);
    connect(m_acts, &StudyActs::openRequested, this, &StudyListWindow::requestOpen);
    connect(m_acts, &StudyActs::openInNewWindowRequested, this, [this] {
        if (const auto *study = m_pages->currentWidget() == m_table ? m_table->current() : nullptr)
            Q_EMIT openInNewWindowRequested(*study);
    });
    connect(m_acts, &StudyActs::exportRequested, this, &StudyListWindow::exportRequested);
    connect(m_acts, &StudyActs::failed, this, &StudyListWindow::showError);
    connect(m_acts, &StudyActs::refusedFilesRequested, this, [this] { showRefusedFiles(this); });
    connect(m_acts, &StudyActs::asideFilesRequested, this,
            [this](const cache::StudyRecord &study, const std::vector<cache::AsideRecord> &files) {
                FileListWindow::ofAside(study, files, this)->show();
            });
    connect(m_table, &StudyTable::textTyped, this, [this](const QString &text) {
        m_search->setFocus(Qt::ShortcutFocusReason);
        m_search->setText(m_search->text() + text);
    });
    m_actions->on(ActionId::FindStudy, this, [this] {
        m_search->setFocus(Qt::ShortcutFocusReason);
        m_search->selectAll();
    });

    m_previewTimer.setSingleShot(true);
    m_previewTimer.setInterval(kPreviewDelay);
    connect(m_table, &StudyTable::currentStudyChanged, this, [this] {
        if (isRemote())
            return;
        // The panel never shows one patient while its buttons would open another (docs/safety.md P1).
        const auto *study = m_table->current();
        if (m_preview.study() && (study == nullptr || study->uid != m_preview.study()->uid))
            m_preview.setStudy(std::nullopt);
        m_previewTimer.start();
    });
    connect(&m_previewTimer, &QTimer::timeout, this, &StudyListWindow::showCurrent);
}

// --- Search ---

void StudyListWindow::clearFilters()
{
    m_filters->clear();
    m_search->setFocus();
}

void StudyListWindow::takeRefreshed()
{
    if (isRemote())
        return;
    const int count = m_studies.rowCount();
    const bool emptyCache = m_studies.isUnfiltered();
    m_pages->setCurrentIndex(count > 0 ? 0 : 1);
    m_emptyTitle->setText(emptyCache ? tr("No studies yet") : tr("No study found"));
    m_emptyText->setText(
        emptyCache
            ? tr("Import files, a folder or a disc, or drop them onto this window.")
            : tr("No study matches the search and the filters; check the spelling or show all studies."));
    m_emptyImports->setVisible(emptyCache);
    m_clearFilters->setVisible(!emptyCache);
    const QLocale locale;
    m_count->setText(count == m_studies.total()
                         ? tr("%n study(ies)", nullptr, count)
                         : tr("%1 of %n study(ies)", nullptr, m_studies.total()).arg(locale.toString(count)));
    m_previewTimer.start();
    if (!m_worklist.isEmpty())
        m_places->setCount(m_worklist, count, QDateTime::currentDateTime());
}

bool StudyListWindow::eventFilter(QObject *watched, QEvent *event)
{
    // Undo in an untouched search field means the list.
    if (watched == m_search && event->type() == QEvent::ShortcutOverride && !m_search->isUndoAvailable() &&
        static_cast<QKeyEvent *>(event)->matches(QKeySequence::Undo)) {
        event->ignore();
        return true;
    }
    if (watched == m_search && event->type() == QEvent::KeyPress && takeKey(*static_cast<QKeyEvent *>(event)))
        return true;
    return QMainWindow::eventFilter(watched, event);
}

/// In the search field; false: it is the field's own.
bool StudyListWindow::takeKey(QKeyEvent &event)
{
    QAbstractItemView *table = isRemote() ? static_cast<QAbstractItemView *>(&m_remote->table()) : m_table;
    switch (event.key()) {
    case Qt::Key_Escape:
        clearFilters();
        return true;
    case Qt::Key_Down:
    case Qt::Key_Up:
    case Qt::Key_PageDown:
    case Qt::Key_PageUp:
        if (table->model()->rowCount() > 0) {
            table->setFocus(Qt::OtherFocusReason);
            QCoreApplication::sendEvent(table, &event);
        }
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (event.modifiers().testFlag(Qt::ControlModifier))
            return true;
        if (isRemote())
            m_remote->enter();
        else if (!m_studies.isSearching())
            requestOpen(false);
        return true;
    default:
        return false;
    }
}

bool StudyListWindow::selectStudy(const base::StudyUid &study)
{
    return m_table->select(study);
}

void StudyListWindow::requestOpen(bool beside)
{
    if (isRemote())
        return m_foundActs->open(beside);
    if (m_pages->currentWidget() != m_table)
        return;
    if (const auto *study = m_table->current())
        Q_EMIT openRequested(*study, beside);
}

// --- Import ---

void StudyListWindow::start(const QStringList &paths, Mode mode)
{
    if (paths.isEmpty())
        return;
    m_error->hide();
    m_imports.start(paths, mode);
}

void StudyListWindow::chooseFiles()
{
    auto *dialog = new QFileDialog(this, tr("Import files"), m_settings.value(kFolderKey).toString());
    dialog->setObjectName(QStringLiteral("importFilesDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this, [this, dialog](const QStringList &paths) {
        m_settings.setValue(kFolderKey, dialog->directory().absolutePath());
        start(paths, Mode::Import);
    });
    dialog->open();
}

void StudyListWindow::chooseFolder(Mode mode)
{
    const QString title = mode == Mode::Import ? tr("Import a folder") : tr("Open a folder without copying");
    auto *dialog = new QFileDialog(this, title, m_settings.value(kFolderKey).toString());
    dialog->setObjectName(QStringLiteral("folderDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::filesSelected, this, [this, mode](const QStringList &paths) {
        m_settings.setValue(kFolderKey, paths.value(0));
        start(paths, mode);
    });
    dialog->open();
}

void StudyListWindow::takeImportFinished()
{
    m_studies.refresh();
}

void StudyListWindow::showRefusedFiles(QWidget *over)
{
    const auto &report = m_imports.lastReport();
    if (!report || !*report || (*report)->refused.empty()) {
        m_notices->showNotice(tr("The last import refused no file."));
        return;
    }
    FileListWindow::ofRefused((*report)->refused, over)->show();
}

void StudyListWindow::showError(const QString &sentence)
{
    m_error->setText(sentence);
    m_error->setVisible(!sentence.isEmpty());
}

bool StudyListWindow::event(QEvent *event)
{
    if (event->type() == QEvent::WindowActivate)
        m_archives.reload(); // another program may have added some
    return QMainWindow::event(event);
}

void StudyListWindow::closeEvent(QCloseEvent *event)
{
    QMainWindow::closeEvent(event);
    Q_EMIT closed();
}

} // namespace negatoscope::ui
