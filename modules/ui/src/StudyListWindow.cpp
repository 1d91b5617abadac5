#include <ui/StudyListWindow.h>

#include "ImportStrip.h"
#include "RefusedFilesWindow.h"
#include "StudyPreviewPanel.h"
#include "StudyTable.h"

#include <ui/ErrorSentences.h>
#include <ui/IconSet.h>
#include <ui/Theme.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QMimeData>
#include <QtCore/QSettings>
#include <QtCore/QStandardPaths>
#include <QtCore/QUrl>
#include <QtGui/QCloseEvent>
#include <QtGui/QDragEnterEvent>
#include <QtGui/QShortcut>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QStatusBar>
#include <QtWidgets/QVBoxLayout>

#include <array>
#include <chrono>
#include <utility>

namespace negatoscope::ui {

namespace {

using namespace std::chrono_literals;
using Mode = session::ImportPresenter::Mode;

constexpr auto kGeometryKey = QLatin1String("studyList/geometry");
constexpr auto kSplitterKey = QLatin1String("studyList/splitter");
constexpr auto kFolderKey = QLatin1String("studyList/lastFolder");
/// The preview follows the cursor once it rests, so that holding an arrow key costs nothing.
constexpr auto kPreviewDelay = 80ms;

QStringList pathsOf(const QMimeData &data)
{
    QStringList paths;
    for (const QUrl &url : data.urls()) {
        if (url.isLocalFile())
            paths << url.toLocalFile();
    }
    return paths;
}

} // namespace

StudyListWindow::StudyListWindow(session::StudyListModel &studies, session::ImportPresenter &imports,
                                 session::StudyPreview &preview, QSettings &settings, QWidget *parent)
    : QMainWindow(parent),
      m_studies(studies),
      m_imports(imports),
      m_preview(preview),
      m_settings(settings)
{
    setObjectName(QStringLiteral("studyListWindow"));
    setWindowTitle(tr("Negatoscope - studies"));
    setWindowIcon(QIcon(QStringLiteral(":/icons/negatoscope.svg")));
    setAcceptDrops(true);

    auto *central = new QWidget(this);
    auto *column = new QVBoxLayout(central);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    buildBar(column);
    m_error = new QLabel(this);
    m_error->setObjectName(QStringLiteral("errorLine"));
    m_error->setProperty("role", QStringLiteral("error"));
    m_error->setContentsMargins(8, 4, 8, 4);
    m_error->hide();
    column->addWidget(m_error);

    m_pages = new QStackedWidget(this);
    m_table = new StudyTable(studies, settings, this);
    m_pages->addWidget(m_table);
    buildEmptyPage();
    m_panel = new StudyPreviewPanel(preview, this);
    auto *splitter = new QSplitter(Qt::Horizontal, this);
    splitter->setObjectName(QStringLiteral("studyListSplitter"));
    splitter->setHandleWidth(2);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(m_pages);
    splitter->addWidget(m_panel);
    splitter->setStretchFactor(0, 1);
    splitter->setSizes({1240, 340});
    splitter->restoreState(settings.value(kSplitterKey).toByteArray());
    connect(splitter, &QSplitter::splitterMoved, this,
            [this, splitter] { m_settings.setValue(kSplitterKey, splitter->saveState()); });
    column->addWidget(splitter, 1);
    m_importStrip = new ImportStrip(imports, this);
    column->addWidget(m_importStrip);
    setCentralWidget(central);

    m_count = new QLabel(this);
    m_count->setObjectName(QStringLiteral("studyCount"));
    statusBar()->addWidget(m_count);
    auto *notice = new QLabel(tr("Not for primary diagnosis"), this);
    notice->setObjectName(QStringLiteral("purposeNotice"));
    statusBar()->addPermanentWidget(notice);
    statusBar()->setSizeGripEnabled(false);

    connectAll();
    resize(1600, 900);
    restoreGeometry(settings.value(kGeometryKey).toByteArray());
    m_search->setFocus();
    m_studies.refresh();
}

StudyListWindow::~StudyListWindow() = default;

void StudyListWindow::buildBar(QVBoxLayout *column)
{
    auto *bar = new QWidget(this);
    bar->setProperty("role", QStringLiteral("panel"));
    bar->setAttribute(Qt::WA_StyledBackground);
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(8, 8, 8, 8);
    row->setSpacing(8);

    m_search = new QLineEdit(this);
    m_search->setObjectName(QStringLiteral("searchField"));
    m_search->setAccessibleName(tr("Search studies"));
    m_search->setPlaceholderText(tr("Search: name, patient ID, accession number, description"));
    m_search->setClearButtonEnabled(true);
    m_search->addAction(icons::icon(QStringLiteral("search"), colours::kSecondaryText),
                        QLineEdit::LeadingPosition);
    m_search->installEventFilter(this);
    row->addWidget(m_search, 1);

    m_modality = new QComboBox(this);
    m_modality->setObjectName(QStringLiteral("modalityFilter"));
    m_modality->setAccessibleName(tr("Modality"));
    m_modality->addItem(tr("All modalities"), QString());
    for (const char *modality : {"CT", "MR", "CR", "DX", "MG", "US", "XA", "RF", "NM", "PT", "OT"})
        m_modality->addItem(QLatin1String(modality), QLatin1String(modality));
    row->addWidget(m_modality);

    m_dates = new QComboBox(this);
    m_dates->setObjectName(QStringLiteral("dateFilter"));
    m_dates->setAccessibleName(tr("Study date"));
    m_dates->addItem(tr("All dates"));
    m_dates->addItem(tr("Today"));
    m_dates->addItem(tr("Yesterday"));
    m_dates->addItem(tr("Last 7 days"));
    m_dates->addItem(tr("Last 30 days"));
    row->addWidget(m_dates);
    row->addSpacing(8);
    addImportButtons(row, QString());
    column->addWidget(bar);
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
    connect(m_search, &QLineEdit::textChanged, &m_studies, &session::StudyListModel::setSearchText);
    connect(m_modality, &QComboBox::currentIndexChanged, this,
            [this] { m_studies.setModality(m_modality->currentData().toString()); });
    connect(m_dates, &QComboBox::currentIndexChanged, this, &StudyListWindow::applyDates);
    connect(&m_studies, &session::StudyListModel::refreshed, this, &StudyListWindow::takeRefreshed);
    connect(&m_imports, &session::ImportPresenter::finished, this, &StudyListWindow::takeImportFinished);
    connect(m_importStrip, &ImportStrip::refusedFilesRequested, this, &StudyListWindow::showRefusedFiles);
    connect(m_table, &StudyTable::openRequested, this, [this] { requestOpen(false); });
    connect(m_panel, &StudyPreviewPanel::openRequested, this, &StudyListWindow::requestOpen);
    connect(new QShortcut(QKeySequence(Qt::CTRL | Qt::Key_Return), this), &QShortcut::activated, this,
            [this] { requestOpen(true); });
    connect(new QShortcut(QKeySequence::Find, this), &QShortcut::activated, m_search, [this] {
        m_search->setFocus(Qt::ShortcutFocusReason);
        m_search->selectAll();
    });

    m_previewTimer.setSingleShot(true);
    m_previewTimer.setInterval(kPreviewDelay);
    connect(m_table, &StudyTable::currentStudyChanged, this, [this] {
        // The panel never shows one patient while its buttons would open another (docs/safety.md P1).
        const auto *study = m_table->current();
        if (m_preview.study() && (study == nullptr || study->uid != m_preview.study()->uid))
            m_preview.setStudy(std::nullopt);
        m_previewTimer.start();
    });
    connect(&m_previewTimer, &QTimer::timeout, this, [this] {
        const auto *study = m_pages->currentWidget() == m_table ? m_table->current() : nullptr;
        m_preview.setStudy(study != nullptr ? std::optional(*study) : std::nullopt);
    });
}

// --- Search ---

void StudyListWindow::applyDates(int choice)
{
    if (choice <= 0) {
        m_studies.setDateRange({}, {});
        return;
    }
    // In the order of the entries: today, yesterday, the last 7 and the last 30 days.
    static constexpr std::array kDaysBack{std::pair(0, 0), std::pair(1, 1), std::pair(6, 0),
                                          std::pair(29, 0)};
    const auto [from, to] = kDaysBack.at(static_cast<std::size_t>(choice) - 1);
    const QDate today = QDate::currentDate();
    m_studies.setDateRange(today.addDays(-from), today.addDays(-to));
}

void StudyListWindow::clearFilters()
{
    m_search->clear();
    m_modality->setCurrentIndex(0);
    m_dates->setCurrentIndex(0);
    m_search->setFocus();
}

void StudyListWindow::takeRefreshed()
{
    m_searched = true;
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
    m_count->setText(m_studies.isCut()
                         ? tr("The first %n studies; narrow the search to see the others.", nullptr, count)
                         : tr("%n study(ies)", nullptr, count));
    m_previewTimer.start();
}

bool StudyListWindow::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_search && event->type() == QEvent::KeyPress) {
        switch (static_cast<QKeyEvent *>(event)->key()) {
        case Qt::Key_Escape:
            m_search->clear();
            return true;
        case Qt::Key_Down:
        case Qt::Key_Up:
        case Qt::Key_PageDown:
        case Qt::Key_PageUp:
            if (m_studies.rowCount() > 0) {
                m_table->setFocus(Qt::OtherFocusReason);
                QCoreApplication::sendEvent(m_table, event);
            }
            return true;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            if (!static_cast<QKeyEvent *>(event)->modifiers().testFlag(Qt::ControlModifier) &&
                !m_studies.isSearching())
                requestOpen(false);
            return true;
        default:
            break;
        }
    }
    return QMainWindow::eventFilter(watched, event);
}

bool StudyListWindow::selectStudy(const base::StudyUid &study)
{
    return m_table->select(study);
}

void StudyListWindow::requestOpen(bool beside)
{
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

void StudyListWindow::showRefusedFiles()
{
    const auto &report = m_imports.lastReport();
    if (!report || !*report)
        return;
    auto *window = new RefusedFilesWindow((*report)->refused, this);
    window->show();
}

void StudyListWindow::showError(const QString &sentence)
{
    m_error->setText(sentence);
    m_error->setVisible(!sentence.isEmpty());
}

void StudyListWindow::dragEnterEvent(QDragEnterEvent *event)
{
    if (!pathsOf(*event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void StudyListWindow::dropEvent(QDropEvent *event)
{
    event->acceptProposedAction();
    start(pathsOf(*event->mimeData()), Mode::Import);
}

void StudyListWindow::closeEvent(QCloseEvent *event)
{
    m_settings.setValue(kGeometryKey, saveGeometry());
    QMainWindow::closeEvent(event);
    Q_EMIT closed();
}

} // namespace negatoscope::ui
