#pragma once

#include <cache/Records.h>
#include <frames/FrameLoader.h>
#include <imaging/ViewTransform.h>
#include <session/Guides.h>
#include <session/Services.h>

#include <QtCore/QAbstractListModel>

#include <optional>
#include <vector>

namespace negatoscope::session {

/// A small picture as 0xffRRGGBB rows; ui wraps it.
struct Thumbnail
{
    imaging::Size size;
    std::vector<std::uint32_t> pixels;
};

/// The series of one or several studies of a patient, for the strip: one row each.
class SeriesStripModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role {
        RecordRole = Qt::UserRole, ///< cache::SeriesRecord (by row(), not by QVariant)
        ShownRole,                 ///< bool: in some viewport now
        DisplayableRole,           ///< bool: has frames
        StudyStartRole,            ///< bool: the first series of one of several studies
    };

    explicit SeriesStripModel(Services services, QObject *parent = nullptr);
    ~SeriesStripModel() override;
    Q_DISABLE_COPY_MOVE(SeriesStripModel)

    void setSeries(const cache::StudyRecord &study, std::vector<cache::SeriesRecord> series);
    /// Further studies stand below the first, each with its mark.
    void addStudy(const cache::StudyRecord &study, std::vector<cache::SeriesRecord> series, StudyMark mark);
    void removeStudy(const base::StudyUid &study);
    /// More of a study has come: its rows say so, and new ones are put in where the study's order has them.
    void updateStudy(const cache::StudyRecord &study, const std::vector<cache::SeriesRecord> &series);
    void setShown(const std::vector<base::SeriesUid> &shown);
    void setThumbnailSize(imaging::Size size);

    /// Whether a study here is another person's: then each says whose it is.
    bool hasOtherPerson() const;
    int studyCount() const { return static_cast<int>(m_studies.size()); }
    const cache::StudyRecord &studyAt(int row) const;
    StudyMark markAt(int row) const;
    const cache::SeriesRecord &seriesAt(int row) const
    {
        return m_rows.at(static_cast<std::size_t>(row)).record;
    }
    /// Null until it has been drawn, and for series without pixels.
    const Thumbnail *thumbnailAt(int row) const;
    /// Why there is no thumbnail, if the first frame cannot be shown.
    const base::Error *errorAt(int row) const;
    int rowOf(const base::SeriesUid &series) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    struct Row
    {
        cache::SeriesRecord record;
        frames::FrameKey first;
        std::optional<Thumbnail> thumbnail;
        std::optional<base::Error> error;
        bool shown = false;
        base::StudyUid study; ///< one of m_studies
    };
    std::size_t studyOf(int row) const;
    void requestThumbnails();
    void takeFirstInstances(quint64 generation, std::vector<std::optional<cache::InstanceRecord>> instances);
    void deliver(const frames::FrameKey &key, const frames::FrameResult &result);

    Services m_services;
    const frames::ClientId m_client;
    std::vector<std::pair<cache::StudyRecord, StudyMark>> m_studies;
    std::vector<Row> m_rows;
    imaging::Size m_size{96, 96};
    quint64 m_generation = 0;
};

} // namespace negatoscope::session
