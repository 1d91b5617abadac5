#pragma once

#include <session/Archives.h>
#include <session/StudyKeeping.h>

#include <QtCore/QObject>
#include <QtCore/QPoint>

class QMenu;
class QSettings;
class QToolButton;
class QWidget;

namespace negatoscope::ui {

class Actions;
enum class ActionId;
class NoticeBar;
class StudyTable;

/// What can be done to the selected studies of the list, by menu and by key, and how it is told.
class StudyActs final : public QObject
{
    Q_OBJECT
public:
    /// `actions` are those of `window`.
    StudyActs(StudyTable &table, session::StudyKeeping &keeping, const session::Archives &archives,
              NoticeBar &notices, Actions &actions, QWidget &window);

    /// Whether the keys and menu entries of studies mean the ones of this table.
    void setActive(bool active) { m_active = active; }
    void showMenu(QPoint globalPosition);
    /// The button that brings deleted studies back; hidden while there are none.
    QToolButton *trashButton() const { return m_trash; }

Q_SIGNALS:
    void openRequested(bool beside);
    void openInNewWindowRequested();
    void exportRequested(const negatoscope::cache::StudyRecord &study);
    void sendRequested(const std::string &archive, const std::vector<negatoscope::base::StudyUid> &studies);
    void archiveSettingsRequested();
    void refusedFilesRequested();
    void asideFilesRequested(const negatoscope::cache::StudyRecord &study,
                             const std::vector<negatoscope::cache::AsideRecord> &files);
    /// A sentence about what could not be done.
    void failed(const QString &sentence);

private:
    void add(ActionId id, void (StudyActs::*work)());
    void keep();
    void doNotKeep();
    void deleteStudies();
    void undo();
    void showAside();
    void open();
    void openBeside();
    void openInNewWindow();
    void exportStudy();
    void sendStudies();
    void copyPatientId();
    void copyAccession();
    void copyUid();
    void showRefused();
    void copy(const QString &text, const QString &notice);
    void take(const session::StudyKeeping::Outcome &outcome);
    void takeTrash();

    StudyTable &m_table;
    session::StudyKeeping &m_keeping;
    const session::Archives &m_archives;
    NoticeBar &m_notices;
    Actions &m_actions;
    QMenu *m_menu;
    QToolButton *m_trash;
    QMenu *m_trashMenu;
    bool m_active = true;
};

} // namespace negatoscope::ui
