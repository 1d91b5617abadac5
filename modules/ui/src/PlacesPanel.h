#pragma once

#include <session/SavedSearches.h>

#include <QtCore/QDateTime>
#include <QtCore/QHash>
#include <QtWidgets/QWidget>

#include <optional>

class QPushButton;
class QTreeWidget;
class QTreeWidgetItem;

namespace negatoscope::session {
class Archives;
}

namespace negatoscope::ui {

/// Where the study list looks: this workstation, all archives or one of them, and the reader's worklists with
/// how many studies each had when it was last shown.
class PlacesPanel final : public QWidget
{
    Q_OBJECT
public:
    PlacesPanel(const session::Archives &archives, session::SavedSearches &saved, QWidget *parent);

    /// Marks what is shown; says nothing.
    void setCurrent(const session::SearchPlace &place, const QString &worklist);
    /// What is known of an archive since it was last asked; a sentence where it failed, else empty.
    void setTrouble(const QString &archive, const QString &sentence);
    /// What a worklist had.
    void setCount(const QString &worklist, int studies, const QDateTime &when);

Q_SIGNALS:
    void placeChosen(const negatoscope::session::SearchPlace &place);
    void worklistChosen(const QString &name);
    void saveRequested();
    void changeRequested(const QString &worklist);
    void removed(const QString &worklist);
    void settingsRequested();

private:
    struct Count
    {
        int studies = 0;
        QDateTime when;
    };
    void fill();
    void addTitle(const QString &text);
    QTreeWidgetItem *add(const QString &text, const QString &icon, const QString &tip);
    void choose(QTreeWidgetItem *item);
    void showMenu(QPoint position);
    void mark();

    const session::Archives &m_archives;
    session::SavedSearches &m_saved;
    QTreeWidget *m_tree;
    QPushButton *m_addArchive;
    session::SearchPlace m_place;
    QString m_worklist;
    QHash<QString, QString> m_troubles;
    QHash<QString, Count> m_counts;
};

} // namespace negatoscope::ui
