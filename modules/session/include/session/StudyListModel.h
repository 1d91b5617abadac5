#pragma once

#include <cache/Records.h>
#include <session/Services.h>
#include <session/StudyQuestion.h>

#include <QtCore/QAbstractTableModel>
#include <QtCore/QSet>

#include <map>
#include <vector>

namespace negatoscope::session {

/// The studies that match the present search, in the present order; refreshed in the background.
///
/// All matches are rows; their records come page by page as rows are asked for. data() gives raw values for
/// Qt::DisplayRole (dates as QDate, numbers as int), nothing while a page is on its way; ui formats.
class StudyListModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column {
        State, ///< int: completeness; ui draws signs
        Patient,
        PatientId,
        BirthDate, ///< QDate
        StudyDate, ///< QDateTime or QDate
        Modalities,
        Description,
        Accession,
        Series,    ///< int
        Instances, ///< int
        Bytes,     ///< qint64
        ColumnCount,
    };

    explicit StudyListModel(Services services, QObject *parent = nullptr);
    ~StudyListModel() override;
    Q_DISABLE_COPY_MOVE(StudyListModel)

    const StudyQuestion &question() const { return m_question; }
    void setQuestion(const StudyQuestion &question);
    /// Column -1: newest first, as without an order.
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;

    /// Without a UID while its page is on the way, which this asks for.
    const cache::StudyRecord &studyAt(int row) const;
    cache::StudyNumber numberAt(int row) const { return m_numbers.at(static_cast<std::size_t>(row)); }
    int rowOfNumber(cache::StudyNumber number) const;
    /// Among the rows whose records are here.
    int rowOf(const base::StudyUid &study) const;
    bool isSearching() const { return m_searching; }
    /// Studies there are, whatever matches.
    int total() const { return m_total; }
    /// Whether nothing is narrowed: an empty list then means an empty cache.
    bool isUnfiltered() const { return m_question.isEmpty(); }
    /// Rows on screen: their records come with every refresh.
    void setVisibleRows(int first, int last);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

public:
    /// Also when another refresh is under way: then once more after it.
    void refresh();

Q_SIGNALS:
    void refreshed();

private:
    using Page = std::vector<cache::StudyRecord>;
    struct Answer
    {
        cache::StudyListing listing;
        std::map<int, Page> pages;
    };
    cache::StudyQuery query() const;
    void search();
    void take(quint64 generation, Answer answer);
    void loadWanted();
    void takePages(quint64 generation, std::map<int, Page> pages);
    void dropFarPages(int near);

    Services m_services;
    StudyQuestion m_question;
    int m_sortColumn = -1;
    Qt::SortOrder m_sortOrder = Qt::DescendingOrder;
    std::vector<cache::StudyNumber> m_numbers;
    std::map<int, Page> m_pages;
    mutable QSet<int> m_wanted; ///< pages that data() missed
    int m_total = 0, m_visibleFirst = 0, m_visibleLast = 0;
    quint64 m_generation = 0;
    bool m_searching = false, m_again = false;
};

} // namespace negatoscope::session
