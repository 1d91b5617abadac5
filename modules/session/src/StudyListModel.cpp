#include "Background.h"

#include <cache/Cache.h>
#include <session/StudyListModel.h>

#include <QtCore/QDateTime>

#include <algorithm>

namespace negatoscope::session {

namespace {

constexpr int kListed = 1000;

QString shown(const std::string &text)
{
    return QString::fromStdString(dicom::visibleText(text));
}

QDate dateOf(const std::string &da)
{
    return QDate::fromString(QString::fromStdString(da), QStringLiteral("yyyyMMdd"));
}

QVariant dateTimeOf(const std::string &da, const std::string &tm)
{
    const QDate date = dateOf(da);
    if (!date.isValid())
        return {};
    const QTime time = QTime::fromString(QString::fromStdString(tm).left(4), QStringLiteral("HHmm"));
    return time.isValid() ? QVariant(QDateTime(date, time)) : QVariant(date);
}

} // namespace

StudyListModel::StudyListModel(Services services, QObject *parent)
    : QAbstractTableModel(parent),
      m_services(services)
{}

StudyListModel::~StudyListModel() = default;

void StudyListModel::setSearchText(const QString &text)
{
    if (text == m_search)
        return;
    m_search = text;
    refresh();
}

void StudyListModel::setModality(const QString &modality)
{
    if (modality == m_modality)
        return;
    m_modality = modality;
    refresh();
}

void StudyListModel::setDateRange(const QDate &from, const QDate &to)
{
    if (from == m_from && to == m_to)
        return;
    m_from = from;
    m_to = to;
    refresh();
}

bool StudyListModel::isUnfiltered() const
{
    return m_search.trimmed().isEmpty() && m_modality.isEmpty() && !m_from.isValid() && !m_to.isValid();
}

void StudyListModel::refresh()
{
    cache::StudyQuery query;
    query.text = m_search.toStdString();
    if (!m_modality.isEmpty())
        query.modalities = {m_modality.toStdString()};
    const QString format = QStringLiteral("yyyyMMdd");
    query.dateFrom = m_from.toString(format).toStdString();
    query.dateTo = m_to.toString(format).toStdString();
    query.limit = kListed + 1;
    m_searching = true;
    const quint64 generation = ++m_generation;
    inBackground(
        this, [&cache = m_services.cache, query] { return cache.studies(query); },
        [this, generation](std::vector<cache::StudyRecord> studies) {
            take(generation, std::move(studies));
        });
}

void StudyListModel::take(quint64 generation, std::vector<cache::StudyRecord> studies)
{
    if (generation != m_generation)
        return;
    m_searching = false;
    m_cut = studies.size() > kListed;
    if (m_cut)
        studies.resize(kListed);

    const auto sameUid = [](const cache::StudyRecord &a, const cache::StudyRecord &b) {
        return a.uid == b.uid;
    };
    if (std::equal(m_studies.begin(), m_studies.end(), studies.begin(), studies.end(), sameUid)) {
        // The same rows: selection and scroll position stay, only their values may have changed.
        m_studies = std::move(studies);
        if (!m_studies.empty())
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    } else {
        beginResetModel();
        m_studies = std::move(studies);
        endResetModel();
    }
    Q_EMIT refreshed();
}

int StudyListModel::rowOf(const base::StudyUid &study) const
{
    const auto at = std::find_if(m_studies.begin(), m_studies.end(),
                                 [&](const auto &record) { return record.uid == study; });
    return at == m_studies.end() ? -1 : static_cast<int>(at - m_studies.begin());
}

int StudyListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_studies.size());
}

int StudyListModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant StudyListModel::data(const QModelIndex &index, int role) const
{
    if (role != Qt::DisplayRole || !checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const cache::StudyRecord &study = studyAt(index.row());
    switch (index.column()) {
    case State:
        return static_cast<int>(study.completeness);
    case Patient:
        return QString::fromStdString(dicom::visibleText(study.patient.name.display()));
    case PatientId:
        return shown(study.patient.id);
    case BirthDate:
        return dateOf(study.patient.birthDate);
    case StudyDate:
        return dateTimeOf(study.studyDate, study.studyTime);
    case Modalities: {
        QStringList all;
        for (const std::string &modality : study.modalities)
            all << shown(modality);
        return all.join(QLatin1Char(' '));
    }
    case Description:
        return shown(study.description);
    case Accession:
        return shown(study.accession);
    case Series:
        return study.series;
    case Instances:
        return study.frames;
    default:
        return {};
    }
}

} // namespace negatoscope::session
