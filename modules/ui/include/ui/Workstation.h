#pragma once

#include <session/Bindings.h>
#include <session/CornerChoices.h>
#include <session/PresetChoices.h>
#include <session/ReadingPresenter.h>
#include <session/Services.h>
#include <session/Settings.h>
#include <session/Transfer.h>

#include <QtCore/QJsonArray>
#include <QtCore/QJsonObject>
#include <QtCore/QObject>

#include <memory>
#include <vector>

class QMainWindow;

namespace negatoscope::session {
class ImportPresenter;
class SavedSearches;
class ScreenWatch;
class StudyKeeping;
class StudyListModel;
class StudyPreview;
class StudySearch;
class StudySending;
class TransferQueue;
} // namespace negatoscope::session

namespace negatoscope::ui {

class HelpWindow;
class ReadingWindow;
class SettingsWindow;
class StudyListWindow;
class TransfersWindow;

/// The windows of one running program: the study list and the reading windows, with their presenters.
///
/// A window is raised only by the reader's own act. What `services` and `settings` refer to must outlive it.
class Workstation final : public QObject
{
    Q_OBJECT
public:
    Workstation(session::Services services, session::Settings &settings, QObject *parent = nullptr);
    ~Workstation() override;
    Q_DISABLE_COPY_MOVE(Workstation)

    void showStudyList();
    /// Opens in the reading window the reader used last, in the place of what is there or `beside` it. What
    /// is shown is `study` as it was chosen: if the cache says it is another patient's by now, nothing is
    /// (docs/safety.md P1).
    ReadingWindow &openStudy(const cache::StudyRecord &study, bool beside = false);
    /// The same by UID alone, for a request from outside, which knows no patient.
    ReadingWindow &openStudy(const base::StudyUid &study, bool beside = false);
    /// A study of an archive: it comes before all else, and is read while it arrives. The window is there at
    /// once.
    ReadingWindow &openRemote(const session::RequestedStudy &study);
    /// Brings a study of an archive here without opening it.
    void fetch(const session::RequestedStudy &study);
    /// A further reading window, on the screen after that of the last one.
    ReadingWindow &openWindow();
    ReadingWindow &openInNewWindow(const cache::StudyRecord &study);
    /// Asks what of a study is to be exported, and how.
    void exportStudy(const cache::StudyRecord &study);
    void importPaths(const QStringList &paths);
    void showSettings();
    void showHelp();
    void showTransfers();
    /// The palette of commands over a window.
    void showCommands(QWidget &window);

    StudyListWindow &studyListWindow() { return *m_studyList; }
    session::StudyListModel &studies() { return *m_studies; }
    session::StudySearch &search() { return *m_search; }
    session::Archives &archives() { return m_services.archives; }
    session::SavedSearches &worklists() { return *m_worklists; }
    /// The cache has changed.
    void refreshStudies();
    session::ImportPresenter &imports() { return *m_imports; }
    session::TransferQueue &transfers() { return *m_transfers; }
    session::Bindings &bindings() { return m_bindings; }
    session::PresetChoices &presets() { return m_presets; }
    session::CornerChoices &corners() { return m_corners; }
    session::StudyPreview &preview() { return *m_preview; }
    session::StudyKeeping &keeping() { return *m_keeping; }
    std::vector<ReadingWindow *> readingWindows() const;
    /// What every viewport of every window shows now (`negatoscope state`).
    QJsonObject json() const;

private:
    struct Reading;
    SettingsWindow &settingsWindow();
    HelpWindow &helpWindow();
    void exportFrom(ReadingWindow &window);
    void addToStudyList();
    void takeLook(session::Setting setting);
    static void raise(QWidget &window);
    Reading &current();
    void place(ReadingWindow &window, const QWidget &last);
    /// The one the reader used last.
    ReadingWindow &readingWindow();
    Reading &addReading();
    std::vector<session::StudyElsewhere> studiesElsewhere(const Reading &asking) const;
    void closeOthers(const Reading &asking);
    void tellPersons();
    void addTransferStrip(QMainWindow &window, session::ReadingPresenter *reading);
    QJsonArray transfersJson() const;
    QJsonObject choicesJson() const;
    void importFrom(ReadingWindow &window, const QStringList &paths);
    void close(ReadingWindow *window);

    session::Settings &m_settings;
    session::PresetChoices m_presets;
    session::CornerChoices m_corners;
    session::Services m_services; ///< with the reader's presets
    session::Bindings m_bindings;
    std::unique_ptr<session::TransferQueue> m_transfers;
    std::unique_ptr<session::ScreenWatch> m_screenWatch;
    std::unique_ptr<session::StudyListModel> m_studies;
    std::unique_ptr<session::StudySearch> m_search;
    std::unique_ptr<session::SavedSearches> m_worklists;
    std::unique_ptr<session::ImportPresenter> m_imports;
    std::unique_ptr<session::StudyPreview> m_preview;
    std::unique_ptr<session::StudyKeeping> m_keeping;
    std::unique_ptr<session::StudySending> m_sending;
    std::unique_ptr<StudyListWindow> m_studyList;
    std::vector<std::unique_ptr<Reading>> m_readings;
    std::unique_ptr<SettingsWindow> m_settingsWindow; ///< once it has been asked for
    std::unique_ptr<HelpWindow> m_helpWindow;
    std::unique_ptr<TransfersWindow> m_transfersWindow;
    session::PersonPairs m_pairs; ///< that the reader agreed to see on two windows
    Reading *m_current = nullptr; ///< the one the reader used last
};

} // namespace negatoscope::ui
