#pragma once

#include <cache/Records.h>
#include <session/SeriesStripModel.h>
#include <session/Services.h>

#include <QtCore/QObject>

#include <memory>
#include <optional>

namespace negatoscope::session {

/// The study under the cursor of the study list, with its series and their thumbnails, read in the background.
class StudyPreview final : public QObject {
    Q_OBJECT
public:
    explicit StudyPreview(Services services, QObject *parent = nullptr);
    ~StudyPreview() override;
    Q_DISABLE_COPY_MOVE(StudyPreview)

    void setStudy(const std::optional<cache::StudyRecord> &study);
    const std::optional<cache::StudyRecord> &study() const { return m_study; }
    /// Empty until the series have been read.
    SeriesStripModel &series() { return *m_series; }

Q_SIGNALS:
    void changed();

private:
    Services m_services;
    std::optional<cache::StudyRecord> m_study;
    std::unique_ptr<SeriesStripModel> m_series;
    quint64 m_generation = 0;
};

} // namespace negatoscope::session
