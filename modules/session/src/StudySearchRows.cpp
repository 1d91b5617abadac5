// The part of StudySearch that knows its rows: their order, and what their columns say.
#include "StudyValues.h"

#include <session/StudySearch.h>

#include <algorithm>
#include <numeric>
#include <tuple>

namespace negatoscope::session {

namespace {

QVariant countOf(std::optional<int> count)
{
    return count ? QVariant(*count) : QVariant();
}

} // namespace

void StudySearch::sort(int column, Qt::SortOrder order)
{
    if (column == m_sortColumn && order == m_sortOrder)
        return;
    m_sortColumn = column;
    m_sortOrder = order;
    sortRows();
}

void StudySearch::sortRows()
{
    std::vector<std::size_t> order = sortedOrder(m_shown.found);
    if (order == m_order)
        return;
    Q_EMIT layoutAboutToBeChanged({}, VerticalSortHint);
    std::vector<int> rowOfPlace(order.size());
    for (std::size_t row = 0; row < order.size(); ++row)
        rowOfPlace[order[row]] = static_cast<int>(row);
    const QModelIndexList before = persistentIndexList();
    QModelIndexList after;
    for (const QModelIndex &one : before)
        after << index(rowOfPlace[m_order[static_cast<std::size_t>(one.row())]], one.column());
    changePersistentIndexList(before, after);
    m_order = std::move(order);
    Q_EMIT layoutChanged({}, VerticalSortHint);
}

std::vector<std::size_t> StudySearch::sortedOrder(const FoundStudies &found) const
{
    struct Key
    {
        QString text;
        int number = 0;
        const archive::FoundStudy *study = nullptr;
    };
    const auto &rows = found.rows();
    const bool byDate = m_sortColumn < 0 || m_sortColumn == StudyDate;
    std::vector<Key> keys(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        keys[i].study = &rows[i].study;
        if (byDate)
            continue;
        const QVariant own = value(rows[i], m_sortColumn);
        if (own.userType() == QMetaType::Int)
            keys[i].number = own.toInt();
        else if (own.userType() == QMetaType::QDate)
            keys[i].text = own.toDate().toString(Qt::ISODate);
        else
            keys[i].text = own.userType() == QMetaType::QStringList ? own.toStringList().join(u' ')
                                                                    : own.toString().toCaseFolded();
    }
    std::vector<std::size_t> order(rows.size());
    std::iota(order.begin(), order.end(), std::size_t(0));
    const bool up = m_sortColumn >= 0 && m_sortOrder == Qt::AscendingOrder;
    std::stable_sort(order.begin(), order.end(), [&](std::size_t left, std::size_t right) {
        const Key &a = keys[left], &b = keys[right];
        if (a.number != b.number)
            return up ? a.number < b.number : a.number > b.number;
        if (const int texts = a.text.compare(b.text); texts != 0)
            return up ? texts < 0 : texts > 0;
        const auto whenA = std::tie(a.study->studyDate, a.study->studyTime);
        const auto whenB = std::tie(b.study->studyDate, b.study->studyTime);
        if (whenA != whenB)
            return byDate && up ? whenA < whenB : whenA > whenB;
        return a.study->uid < b.study->uid; // the same whatever came first
    });
    return order;
}

int StudySearch::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_order.size());
}

int StudySearch::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant StudySearch::data(const QModelIndex &index, int role) const
{
    if (role != Qt::DisplayRole || !checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    return value(rowAt(index.row()), index.column());
}

QVariant StudySearch::value(const FoundRow &row, int column) const
{
    const archive::FoundStudy &study = row.study;
    switch (column) {
    case State:
        return static_cast<int>(row.whereabouts());
    case Patient:
        return QString::fromStdString(dicom::visibleText(study.patient.name.display()));
    case PatientId:
        return shownText(study.patient.id);
    case BirthDate:
        return dateOf(study.patient.birthDate);
    case StudyDate:
        return dateTimeOf(study.studyDate, study.studyTime);
    case Modalities:
        return modalitiesText(study.modalities);
    case Description:
        return shownText(study.description);
    case Accession:
        return shownText(study.accession);
    case Series:
        return countOf(study.series);
    case Instances:
        return countOf(study.instances);
    case Sources: {
        QStringList names;
        for (const std::string &name : archivesOf(row))
            names << QString::fromStdString(name);
        return names;
    }
    default:
        return {};
    }
}

} // namespace negatoscope::session
