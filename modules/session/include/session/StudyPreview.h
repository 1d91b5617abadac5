#pragma once

#include <cache/Records.h>
#include <session/SeriesStripModel.h>
#include <session/Services.h>

#include <QtCore/QObject>

#include <memory>
#include <optional>
#include <vector>

namespace negatoscope::session {

/// The study under the cursor of the study list, with its series, their thumbnails and the patient's other
/// studies, read in the background.
class StudyPreview final : public QObject
{
    Q_OBJECT
public:
    explicit StudyPreview(Services services, QObject *parent = nullptr);
    ~StudyPreview() override;
    Q_DISABLE_COPY_MOVE(StudyPreview)

    void setStudy(const std::optional<cache::StudyRecord> &study);
    const std::optional<cache::StudyRecord> &study() const { return m_study; }
    /// Empty until the series have been read.
    SeriesStripModel &series() { return *m_series; }
    /// Objects of the study without an image to show; nothing until the series have been read.
    int notDisplayable() const { return m_notDisplayable; }
    /// Of the same patient (issuer and id), newest first, with the study itself among them.
    const std::vector<cache::StudyRecord> &timeline() const { return m_timeline; }

Q_SIGNALS:
    void changed();

private:
    struct Content
    {
        std::vector<cache::SeriesRecord> series;
        std::vector<cache::StudyRecord> others;
    };
    void take(Content content);

    Services m_services;
    std::optional<cache::StudyRecord> m_study;
    std::unique_ptr<SeriesStripModel> m_series;
    std::vector<cache::StudyRecord> m_timeline;
    int m_notDisplayable = 0;
    quint64 m_generation = 0;
};

} // namespace negatoscope::session
