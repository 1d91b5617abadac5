#include "Background.h"

#include <cache/Cache.h>
#include <imaging/FirstWindow.h>
#include <imaging/Picture.h>
#include <session/FirstHang.h>
#include <session/FrameDelivery.h>
#include <session/SeriesStripModel.h>

#include <algorithm>

namespace negatoscope::session {

namespace {

Thumbnail drawThumbnail(const frames::FramePointer &frame, imaging::Size size)
{
    const auto attributes = imaging::DisplayAttributes::of(frame->dataSet(), frame->format, frame->key.frame);
    const auto picture =
        imaging::Picture::make(frame, frame->pixels.bytes(), frame->format, frame->photometric, attributes);
    const auto defaults = ViewingDefaults::of(frame->dataSet().text(dicom::tags::Modality));
    imaging::RenderSettings settings;
    settings.inverted = defaults.inverted;
    if (!attributes.choices.empty()) {
        settings.window = attributes.choices.front().window;
        settings.lut = attributes.choices.front().lut;
    } else if (picture && !picture->isColour()) {
        settings.window = imaging::firstWindow(*picture, defaults.window);
    }
    const auto geometry = dicom::FrameGeometry::of(frame->dataSet(), frame->key.frame);
    imaging::ViewSettings view;
    if (defaults.standsUpright) {
        const auto turn = dicom::uprightTurn(geometry.orientation,
                                             dicom::ProjectionView::of(frame->dataSet()), defaults.breast);
        view.quarterTurns = turn.quarterTurns;
        view.flipped = turn.flipped;
    }
    Thumbnail thumbnail{size, std::vector<std::uint32_t>(static_cast<std::size_t>(size.width) *
                                                         static_cast<std::size_t>(size.height))};
    imaging::Renderer().draw(picture, imaging::ViewTransform(picture->size(), geometry.spacing, size, view),
                             settings, thumbnail.pixels.data(), static_cast<std::size_t>(size.width));
    return thumbnail;
}

} // namespace

SeriesStripModel::SeriesStripModel(Services services, QObject *parent)
    : QAbstractListModel(parent),
      m_services(services),
      m_client(services.frames.loader().newClient())
{
    connect(&m_services.frames, &FrameDelivery::frameReady, this, &SeriesStripModel::deliver);
}

SeriesStripModel::~SeriesStripModel()
{
    m_services.frames.loader().remove(m_client);
}

void SeriesStripModel::setSeries(const cache::StudyRecord &study, std::vector<cache::SeriesRecord> series)
{
    beginResetModel();
    m_studies.assign(1, {study, {}});
    m_rows.clear();
    for (cache::SeriesRecord &record : series) {
        Row row;
        row.record = std::move(record);
        row.study = study.uid;
        m_rows.push_back(std::move(row));
    }
    endResetModel();
    requestThumbnails();
}

void SeriesStripModel::addStudy(const cache::StudyRecord &study, std::vector<cache::SeriesRecord> series,
                                StudyMark mark)
{
    m_studies.emplace_back(study, mark);
    if (!series.empty()) {
        const int first = rowCount();
        beginInsertRows({}, first, first + static_cast<int>(series.size()) - 1);
        for (cache::SeriesRecord &record : series) {
            Row row;
            row.record = std::move(record);
            row.study = study.uid;
            m_rows.push_back(std::move(row));
        }
        endInsertRows();
    }
    // The first study has a header now, too.
    Q_EMIT dataChanged(index(0), index(std::max(rowCount() - 1, 0)));
    requestThumbnails();
}

void SeriesStripModel::removeStudy(const base::StudyUid &study)
{
    const auto first =
        std::find_if(m_rows.begin(), m_rows.end(), [&](const Row &row) { return row.study == study; });
    const auto last = std::find_if(first, m_rows.end(), [&](const Row &row) { return row.study != study; });
    std::erase_if(m_studies, [&](const auto &known) { return known.first.uid == study; });
    if (first != last) {
        beginRemoveRows({}, static_cast<int>(first - m_rows.begin()),
                        static_cast<int>(last - m_rows.begin()) - 1);
        m_rows.erase(first, last);
        endRemoveRows();
    }
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0), index(rowCount() - 1));
    requestThumbnails();
}

void SeriesStripModel::updateStudy(const cache::StudyRecord &study,
                                   const std::vector<cache::SeriesRecord> &series)
{
    for (auto &known : m_studies)
        if (known.first.uid == study.uid)
            known.first = study;
    const auto isOf = [&](const Row &row) { return row.study == study.uid; };
    auto at = std::find_if(m_rows.begin(), m_rows.end(), isOf) - m_rows.begin();
    bool isPictureNew = false;
    for (const cache::SeriesRecord &record : series) {
        const int known = rowOf(record.uid);
        if (known >= 0) {
            Row &row = m_rows[static_cast<std::size_t>(known)];
            isPictureNew = isPictureNew || (row.record.displayable == 0 && record.displayable > 0);
            row.record = record;
            Q_EMIT dataChanged(index(known), index(known));
            at = known + 1;
            continue;
        }
        const int place = static_cast<int>(at);
        beginInsertRows({}, place, place);
        Row row;
        row.record = record;
        row.study = study.uid;
        m_rows.insert(m_rows.begin() + at, std::move(row));
        endInsertRows();
        isPictureNew = true; // and rows have other numbers now
        ++at;
    }
    if (isPictureNew)
        requestThumbnails();
}

bool SeriesStripModel::hasOtherPerson() const
{
    return std::any_of(m_studies.begin(), m_studies.end(),
                       [](const auto &known) { return known.second.otherPerson; });
}

std::size_t SeriesStripModel::studyOf(int row) const
{
    const auto &uid = m_rows.at(static_cast<std::size_t>(row)).study;
    const auto at = std::find_if(m_studies.begin(), m_studies.end(),
                                 [&](const auto &known) { return known.first.uid == uid; });
    return static_cast<std::size_t>(at - m_studies.begin());
}

const cache::StudyRecord &SeriesStripModel::studyAt(int row) const
{
    return m_studies.at(studyOf(row)).first;
}

StudyMark SeriesStripModel::markAt(int row) const
{
    return m_studies.at(studyOf(row)).second;
}

void SeriesStripModel::setShown(const std::vector<base::SeriesUid> &shown)
{
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const bool now = std::find(shown.begin(), shown.end(), m_rows[i].record.uid) != shown.end();
        if (m_rows[i].shown == now)
            continue;
        m_rows[i].shown = now;
        const QModelIndex at = index(static_cast<int>(i));
        Q_EMIT dataChanged(at, at, {ShownRole});
    }
}

void SeriesStripModel::setThumbnailSize(imaging::Size size)
{
    if (size == m_size || size.width <= 0 || size.height <= 0)
        return;
    m_size = size;
    for (Row &row : m_rows)
        row.thumbnail.reset();
    requestThumbnails();
}

void SeriesStripModel::requestThumbnails()
{
    const quint64 generation = ++m_generation;
    std::vector<base::SeriesUid> series;
    for (const Row &row : m_rows)
        series.push_back(row.record.uid);
    inBackground(
        this,
        [&cache = m_services.cache, series] {
            std::vector<std::optional<cache::InstanceRecord>> first;
            for (const auto &uid : series) {
                auto instance = cache.firstInstance(uid);
                first.push_back(instance ? std::optional(*std::move(instance)) : std::nullopt);
            }
            return first;
        },
        [this, generation](std::vector<std::optional<cache::InstanceRecord>> first) {
            takeFirstInstances(generation, std::move(first));
        });
}

void SeriesStripModel::takeFirstInstances(quint64 generation,
                                          std::vector<std::optional<cache::InstanceRecord>> instances)
{
    if (generation != m_generation || instances.size() != m_rows.size())
        return;
    std::vector<frames::FrameRequest> wishes;
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const auto &instance = instances[i];
        if (!instance || instance->frames == 0)
            continue;
        m_rows[i].first = {instance->uid, 0};
        if (const auto known = m_services.frames.store().find(m_rows[i].first))
            deliver(m_rows[i].first, *known);
        else
            wishes.push_back({m_rows[i].first, instance->path, codec::Purpose::Thumbnail});
    }
    m_services.frames.loader().want(m_client, std::move(wishes));
}

void SeriesStripModel::deliver(const frames::FrameKey &key, const frames::FrameResult &result)
{
    const auto row = std::find_if(m_rows.begin(), m_rows.end(), [&](const Row &candidate) {
        return candidate.first == key && !candidate.thumbnail && !candidate.error;
    });
    if (row == m_rows.end())
        return;
    const auto at = static_cast<std::size_t>(row - m_rows.begin());
    if (!result) {
        row->error = result.error();
        Q_EMIT dataChanged(index(static_cast<int>(at)), index(static_cast<int>(at)));
        return;
    }
    const quint64 generation = m_generation;
    inBackground(
        this, [frame = *result, size = m_size] { return drawThumbnail(frame, size); },
        [this, at, generation](Thumbnail thumbnail) {
            if (generation != m_generation)
                return;
            m_rows[at].thumbnail = std::move(thumbnail);
            Q_EMIT dataChanged(index(static_cast<int>(at)), index(static_cast<int>(at)));
        });
}

const Thumbnail *SeriesStripModel::thumbnailAt(int row) const
{
    const auto &thumbnail = m_rows.at(static_cast<std::size_t>(row)).thumbnail;
    return thumbnail ? &*thumbnail : nullptr;
}

const base::Error *SeriesStripModel::errorAt(int row) const
{
    const auto &error = m_rows.at(static_cast<std::size_t>(row)).error;
    return error ? &*error : nullptr;
}

int SeriesStripModel::rowOf(const base::SeriesUid &series) const
{
    const auto at =
        std::find_if(m_rows.begin(), m_rows.end(), [&](const Row &row) { return row.record.uid == series; });
    return at == m_rows.end() ? -1 : static_cast<int>(at - m_rows.begin());
}

int SeriesStripModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant SeriesStripModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return QString::fromStdString(dicom::visibleText(row.record.description));
    case ShownRole:
        return row.shown;
    case DisplayableRole:
        return row.record.displayable > 0;
    case StudyStartRole:
        return m_studies.size() > 1 &&
               (index.row() == 0 || m_rows[static_cast<std::size_t>(index.row()) - 1].study != row.study);
    default:
        return {};
    }
}

} // namespace negatoscope::session
