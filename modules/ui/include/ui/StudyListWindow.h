#pragma once

#include <session/Archives.h>
#include <session/Bindings.h>
#include <session/ImportPresenter.h>
#include <session/SavedSearches.h>
#include <session/StudyKeeping.h>
#include <session/StudyListModel.h>
#include <session/StudyPreview.h>
#include <session/StudySearch.h>
#include <session/StudySending.h>
#include <session/Transfer.h>

#include <QtCore/QJsonObject>
#include <QtCore/QTimer>
#include <QtWidgets/QMainWindow>

class QKeyEvent;
class QLabel;
class QLineEdit;
class QPushButton;
class QSettings;
class QStackedWidget;
class QVBoxLayout;

namespace negatoscope::ui {

class Actions;
class ArchiveSearchPage;
struct Command;
class FoundStudyActs;
class ImportStrip;
class NoticeBar;
class PlacesPanel;
class StudyActs;
class StudyFilterBar;
class StudyPreviewPanel;
class StudyTable;

/// The list of studies: of this workstation, of every archive or of one; search, filters, worklists, import,
/// preview, what can be done to them. What is opened is said by openRequested().
///
/// `bindings` say which key does what, `settings` remembers place, columns and last folder; they and the
/// presenters must outlive the window.
class StudyListWindow final : public QMainWindow
{
    Q_OBJECT
public:
    struct Presenters
    {
        session::StudyListModel &studies;
        session::StudySearch &search;
        session::SavedSearches &saved;
        session::Archives &archives;
        session::ImportPresenter &imports;
        session::StudyPreview &preview;
        session::StudyKeeping &keeping;
        session::StudySending &sending;
    };
    StudyListWindow(Presenters presenters, const session::Bindings &bindings, QSettings &settings,
                    QWidget *parent = nullptr);
    ~StudyListWindow() override;
    Q_DISABLE_COPY_MOVE(StudyListWindow)

    Actions &actions() { return *m_actions; }
    /// What can be done in this window now.
    std::vector<Command> commands() const;
    /// Looks in another place; what is asked for stays.
    void setPlace(const session::SearchPlace &place);
    /// Asks what a worklist asks, where it asks it. Nothing for an unknown name.
    void showWorklist(const QString &name);
    /// Where it looks, which worklist is shown, and what the search found (`negatoscope state`).
    QJsonObject json() const;
    /// Selects a listed study; false if it is not listed now.
    bool selectStudy(const base::StudyUid &study);
    /// The files that the last import refused, in a window over another one.
    void showRefusedFiles(QWidget *over);
    /// A sentence above the list until the next search: what could not be done.
    void showError(const QString &sentence);

Q_SIGNALS:
    void openRequested(const negatoscope::cache::StudyRecord &study, bool beside);
    void openInNewWindowRequested(const negatoscope::cache::StudyRecord &study);
    void exportRequested(const negatoscope::cache::StudyRecord &study);
    /// A study of an archive, of which not everything is here.
    void openRemoteRequested(const negatoscope::session::RequestedStudy &study);
    void fetchRequested(const negatoscope::session::RequestedStudy &study);
    void archiveSettingsRequested();
    void closed();

protected:
    bool event(QEvent *event) override;
    void closeEvent(QCloseEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void buildBar(QVBoxLayout *column);
    void buildEmptyPage();
    void buildStatusBar();
    void addImportButtons(QLayout *row, const QString &prefix);
    void connectAll();
    void takeRefreshed();
    void requestOpen(bool beside);
    void connectPlaces();
    bool isRemote() const { return m_place.kind != session::SearchPlace::Kind::Here; }
    void takeQuestion();
    void takeSearch();
    void takePlace();
    void saveWorklist(session::SavedSearch search);
    void showCurrent();
    bool takeKey(QKeyEvent &event);
    void chooseFiles();
    void chooseFolder(session::ImportPresenter::Mode mode);
    void start(const QStringList &paths, session::ImportPresenter::Mode mode);
    void takeImportFinished();
    void clearFilters();

    session::StudyListModel &m_studies;
    session::StudySearch &m_searchModel;
    session::SavedSearches &m_saved;
    session::Archives &m_archives;
    session::ImportPresenter &m_imports;
    session::StudyPreview &m_preview;
    QSettings &m_settings;

    StudyFilterBar *m_filters = nullptr;
    QLineEdit *m_search = nullptr;
    QLabel *m_error = nullptr, *m_emptyTitle = nullptr, *m_emptyText = nullptr, *m_count = nullptr;
    QWidget *m_emptyImports = nullptr;
    QPushButton *m_clearFilters = nullptr;
    QStackedWidget *m_pages = nullptr;
    StudyTable *m_table = nullptr;
    StudyPreviewPanel *m_panel = nullptr;
    ImportStrip *m_importStrip = nullptr;
    NoticeBar *m_notices = nullptr;
    Actions *m_actions = nullptr;
    StudyActs *m_acts = nullptr;
    PlacesPanel *m_places = nullptr;
    ArchiveSearchPage *m_remote = nullptr;
    FoundStudyActs *m_foundActs = nullptr;
    NoticeBar *m_worklistNotice = nullptr;
    session::SearchPlace m_place;
    QString m_worklist; ///< that is shown; empty: none
    QTimer m_previewTimer, m_schedule;
};

} // namespace negatoscope::ui
