#pragma once

#include "StudySign.h"

#include <session/StudyKeeping.h>
#include <session/StudyListModel.h>

#include <QtCore/QIdentityProxyModel>
#include <QtWidgets/QTableView>

class QSettings;

namespace negatoscope::ui {

class StudyColumns;

/// The columns that local and found studies share, in the reader's words.
QString studyValueText(int column, const QVariant &value);
QVariant studyColumnHeader(int column, int role);
int studyColumnAlignment(int column);

/// The study list in the reader's words: headers, dates and numbers by locale.
class StudyTableWords final : public QIdentityProxyModel
{
    Q_OBJECT
public:
    StudyTableWords(session::StudyListModel &studies, QObject *parent);

    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    const cache::StudyRecord &studyAt(const QModelIndex &index) const;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

private:
    QString display(const QModelIndex &source) const;
    QString tooltip(const QModelIndex &source) const;

    session::StudyListModel &m_studies;
};

/// The table of studies. Width, order and choice of its columns and the sorting are remembered in `settings`.
///
/// A refresh keeps the selected studies selected and the current one where it is on screen.
class StudyTable final : public QTableView
{
    Q_OBJECT
public:
    StudyTable(session::StudyListModel &studies, QSettings &settings, QWidget *parent);

    const StudyTableWords &words() const { return *m_words; }
    /// None while its record is on its way.
    const cache::StudyRecord *current() const;
    /// All selected studies, the current one first.
    std::vector<session::StudyKeeping::Chosen> chosen() const;
    /// Selects a study's row; false if it is not listed.
    bool select(const base::StudyUid &study);

Q_SIGNALS:
    void currentStudyChanged();
    void openRequested();
    void contextMenuRequested(QPoint globalPosition);
    /// A letter typed in the table: meant for the search.
    void textTyped(const QString &text);

protected:
    void keyboardSearch(const QString &text) override;
    /// A study is dragged onto a reading window.
    void startDrag(Qt::DropActions actions) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void rememberSelection();
    void keepSelection();
    void tellVisibleRows();

    session::StudyListModel &m_studies;
    StudyTableWords *m_words;
    StudyColumns *m_columns;
    cache::StudyNumber m_current = 0;
    std::vector<cache::StudyNumber> m_selected;
    int m_currentOffset = 0; ///< rows between the top and the current one, before a refresh
};

/// Complete, incomplete or unknown; kept; in place; conflicting identity.
std::vector<StudySign> studySigns(const cache::StudyRecord &study);
std::vector<StudySign> allStudySigns();
/// What the signs of a study mean, as sentences.
QStringList stateSentences(const cache::StudyRecord &study);

} // namespace negatoscope::ui
