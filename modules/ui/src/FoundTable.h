#pragma once

#include "StudyTable.h"

#include <session/StudySearch.h>

#include <QtCore/QIdentityProxyModel>
#include <QtCore/QPersistentModelIndex>
#include <QtWidgets/QTableView>

#include <optional>

class QSettings;

namespace negatoscope::ui {

class StudyColumns;

/// Found studies in the reader's words.
class FoundTableWords final : public QIdentityProxyModel
{
    Q_OBJECT
public:
    FoundTableWords(session::StudySearch &search, QObject *parent);

    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    const session::FoundRow &rowAt(const QModelIndex &index) const;

private:
    QString display(const QModelIndex &source) const;
    QString tooltip(const QModelIndex &source) const;

    session::StudySearch &m_search;
};

/// The table of found studies. Rows that come later never move the one the reader is at: it stays where it
/// is on screen, and what she selected stays selected.
class FoundTable final : public QTableView
{
    Q_OBJECT
public:
    FoundTable(session::StudySearch &search, QSettings &settings, QWidget *parent);

    /// Null: none.
    const session::FoundRow *current() const;
    /// All selected rows, from top to bottom.
    std::vector<session::FoundRow> chosen() const;
    void selectFirst();

Q_SIGNALS:
    void currentRowChanged();
    void openRequested();
    void contextMenuRequested(QPoint globalPosition);
    /// A letter typed in the table: meant for the search.
    void textTyped(const QString &text);

protected:
    void keyboardSearch(const QString &text) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    struct Key
    {
        base::StudyUid uid;
        dicom::PatientIdentity patient;
    };
    void remember();
    void restore();

    session::StudySearch &m_search;
    FoundTableWords *m_words;
    StudyColumns *m_columns;
    // Between aboutToMoveRows and rowsMoved:
    std::optional<Key> m_anchor; ///< the row that stays where it is
    int m_anchorOffset = 0;      ///< its rows below the top
    std::vector<Key> m_selected;
    std::optional<Key> m_current;
};

/// The signs of a found study.
std::vector<StudySign> foundSigns(const session::FoundRow &row);
/// Those that only found studies have, for the legend.
std::vector<StudySign> allFoundSigns();
StudySign remoteSign();
StudySign partlySign();

} // namespace negatoscope::ui
