#pragma once

#include <session/StudyListModel.h>

#include <QtCore/QSortFilterProxyModel>
#include <QtWidgets/QStyledItemDelegate>
#include <QtWidgets/QTableView>

class QSettings;

namespace negatoscope::ui {

/// The study list in the reader's words: headers, dates and numbers by locale; sorted by the raw values.
class StudyTableWords final : public QSortFilterProxyModel
{
    Q_OBJECT
public:
    StudyTableWords(session::StudyListModel &studies, QObject *parent);

    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    const cache::StudyRecord &studyAt(const QModelIndex &index) const;

protected:
    bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;

private:
    QString display(const QModelIndex &source) const;
    QString tooltip(const QModelIndex &source) const;

    session::StudyListModel &m_studies;
};

/// Draws the signs of the first column: complete, incomplete or unknown; kept; in place; conflicting
/// identity.
class StudyStateDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
public:
    StudyStateDelegate(const StudyTableWords &words, QObject *parent);
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;

private:
    const StudyTableWords &m_words;
};

/// The table of studies. Widths, order and sorting of its columns are remembered in `settings`.
class StudyTable final : public QTableView
{
    Q_OBJECT
public:
    StudyTable(session::StudyListModel &studies, QSettings &settings, QWidget *parent);

    const StudyTableWords &words() const { return *m_words; }
    const cache::StudyRecord *current() const;
    /// Selects a study's row; false if it is not listed.
    bool select(const base::StudyUid &study);

Q_SIGNALS:
    void currentStudyChanged();
    void openRequested();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;

private:
    void restoreColumns();
    void keepSelection();

    session::StudyListModel &m_studies;
    QSettings &m_settings;
    StudyTableWords *m_words;
    base::StudyUid m_selected;
};

/// What the signs of a study mean, as sentences.
QStringList stateSentences(const cache::StudyRecord &study);

} // namespace negatoscope::ui
