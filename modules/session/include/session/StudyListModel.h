#pragma once

#include <cache/Records.h>
#include <session/Services.h>

#include <QtCore/QAbstractTableModel>
#include <QtCore/QDate>
#include <QtCore/QStringList>

#include <vector>

namespace negatoscope::session {

/// The studies that match the present search, newest first; refreshed in the background on every change.
///
/// data() gives raw values for Qt::DisplayRole (dates as QDate, numbers as int); ui formats and translates.
class StudyListModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column {
        State,         ///< int: completeness, see RecordRole; ui draws a sign
        Patient,
        PatientId,
        BirthDate,     ///< QDate
        StudyDate,     ///< QDateTime or QDate
        Modalities,
        Description,
        Accession,
        Series,        ///< int
        Instances,     ///< int
        ColumnCount,
    };

    explicit StudyListModel(Services services, QObject *parent = nullptr);
    ~StudyListModel() override;
    Q_DISABLE_COPY_MOVE(StudyListModel)

    QString searchText() const { return m_search; }
    void setSearchText(const QString &text);
    void setModality(const QString &modality);         ///< empty: all
    void setDateRange(const QDate &from, const QDate &to);   ///< invalid dates: open
    const cache::StudyRecord &studyAt(int row) const { return m_studies.at(static_cast<std::size_t>(row)); }
    int rowOf(const base::StudyUid &study) const;
    bool isSearching() const { return m_searching; }
    /// Whether the search found more than are listed.
    bool isCut() const { return m_cut; }
    /// Whether nothing is narrowed: an empty list then means an empty cache.
    bool isUnfiltered() const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

public:
    void refresh();

Q_SIGNALS:
    void refreshed();

private:
    void take(quint64 generation, std::vector<cache::StudyRecord> studies);

    Services m_services;
    QString m_search, m_modality;
    QDate m_from, m_to;
    std::vector<cache::StudyRecord> m_studies;
    quint64 m_generation = 0;
    bool m_searching = false, m_cut = false;
};

} // namespace negatoscope::session
