#include "Background.h"

#include <cache/Cache.h>
#include <session/StudyPreview.h>

namespace negatoscope::session {

StudyPreview::StudyPreview(Services services, QObject *parent)
    : QObject(parent), m_services(services), m_series(std::make_unique<SeriesStripModel>(services)) {}

StudyPreview::~StudyPreview() = default;

void StudyPreview::setStudy(const std::optional<cache::StudyRecord> &study) {
    const bool another = study.has_value() != m_study.has_value() || (study && study->uid != m_study->uid);
    const bool grown = study && m_study && study->instances != m_study->instances;
    m_study = study;
    if (another)
        m_series->setSeries(study.value_or(cache::StudyRecord()), {});
    if (study && (another || grown)) {
        const quint64 generation = ++m_generation;
        inBackground(
            this, [&cache = m_services.cache, uid = study->uid] { return cache.series(uid); },
            [this, generation](std::vector<cache::SeriesRecord> series) {
                if (generation == m_generation && m_study)
                    m_series->setSeries(*m_study, std::move(series));
            });
    }
    Q_EMIT changed();
}

} // namespace negatoscope::session
