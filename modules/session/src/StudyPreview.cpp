#include "Background.h"

#include <cache/Cache.h>
#include <session/StudyPreview.h>

#include <algorithm>
#include <tuple>

namespace negatoscope::session {

StudyPreview::StudyPreview(Services services, QObject *parent)
    : QObject(parent),
      m_services(services),
      m_series(std::make_unique<SeriesStripModel>(services))
{}

StudyPreview::~StudyPreview() = default;

void StudyPreview::setStudy(const std::optional<cache::StudyRecord> &study)
{
    const bool another = study.has_value() != m_study.has_value() || (study && study->uid != m_study->uid);
    const bool grown = study && m_study && study->instances != m_study->instances;
    m_study = study;
    if (another) {
        m_series->setSeries(study.value_or(cache::StudyRecord()), {});
        m_timeline.clear();
        m_notDisplayable = 0;
    }
    if (study && (another || grown)) {
        const quint64 generation = ++m_generation;
        inBackground(
            this,
            [&cache = m_services.cache, uid = study->uid] {
                return Content{cache.series(uid), cache.otherStudiesOf(uid)};
            },
            [this, generation](Content content) {
                if (generation == m_generation && m_study)
                    take(std::move(content));
            });
    }
    Q_EMIT changed();
}

void StudyPreview::take(Content content)
{
    m_notDisplayable = 0;
    for (const auto &series : content.series)
        m_notDisplayable += series.instances - series.displayable;
    m_series->setSeries(*m_study, std::move(content.series));
    m_timeline = std::move(content.others);
    const auto isNewer = [](const cache::StudyRecord &a, const cache::StudyRecord &b) {
        return std::tie(b.studyDate, b.studyTime) < std::tie(a.studyDate, a.studyTime);
    };
    m_timeline.insert(std::upper_bound(m_timeline.begin(), m_timeline.end(), *m_study, isNewer), *m_study);
    Q_EMIT changed();
}

} // namespace negatoscope::session
