#pragma once

#include <session/StudySearch.h>
#include <session/Transfer.h>

#include <QtCore/QObject>
#include <QtCore/QPoint>

class QMenu;
class QWidget;

namespace negatoscope::ui {

class Actions;
enum class ActionId;
class FoundTable;
class NoticeBar;

/// What can be done to the selected found studies, by menu and by key: opened, fetched, their numbers copied.
class FoundStudyActs final : public QObject
{
    Q_OBJECT
public:
    /// `actions` are those of `window`, shared with what it does to local studies: only who is active acts.
    FoundStudyActs(FoundTable &table, session::StudySearch &search, NoticeBar &notices, Actions &actions,
                   QWidget &window);

    void setActive(bool active) { m_active = active; }
    void open(bool beside);

Q_SIGNALS:
    void openRequested(const negatoscope::cache::StudyRecord &study, bool beside);
    void openInNewWindowRequested(const negatoscope::cache::StudyRecord &study);
    void openRemoteRequested(const negatoscope::session::RequestedStudy &study);
    void fetchRequested(const negatoscope::session::RequestedStudy &study);

private:
    void on(ActionId id, void (FoundStudyActs::*work)());
    void showMenu(QPoint globalPosition);
    void openPlain();
    void openBeside();
    void openInNewWindow();
    void fetch();
    void copyPatientId();
    void copyAccession();
    void copyUid();
    void copy(const QString &text, const QString &notice);
    std::optional<session::RequestedStudy> requestOf(const session::FoundRow &row) const;

    FoundTable &m_table;
    session::StudySearch &m_search;
    NoticeBar &m_notices;
    Actions &m_actions;
    QMenu *m_menu;
    bool m_active = false;
};

} // namespace negatoscope::ui
