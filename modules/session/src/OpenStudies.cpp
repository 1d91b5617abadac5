#include <cache/Cache.h>
#include <session/OpenStudies.h>
#include <session/SeriesStripModel.h>

#include <algorithm>
#include <utility>

namespace negatoscope::session {

namespace {

bool isSame(const cache::SeriesRecord &one, const cache::SeriesRecord &other)
{
    return one.uid == other.uid && one.instances == other.instances && one.frames == other.frames &&
           one.displayable == other.displayable && one.completeness == other.completeness &&
           one.expected == other.expected && one.conflicts == other.conflicts &&
           one.description == other.description && one.number == other.number;
}

bool isSame(const cache::StudyRecord &one, const cache::StudyRecord &other)
{
    return one.instances == other.instances && one.series == other.series &&
           one.completeness == other.completeness && one.identityConflict == other.identityConflict &&
           one.patient == other.patient && one.description == other.description;
}

} // namespace

OpenStudies::OpenStudies(Services services, SeriesStripModel &strip) : m_services(services), m_strip(strip)
{}

OpenStudies::~OpenStudies()
{
    clear();
}

void OpenStudies::setOwn(const cache::StudyRecord &study, std::vector<cache::SeriesRecord> series)
{
    clear();
    m_own = study;
    m_series = std::move(series);
    m_services.cache.setOpen(study.uid, true);
    m_strip.setSeries(study, m_series);
}

const OpenStudy &OpenStudies::addBeside(const cache::StudyRecord &study,
                                        std::vector<cache::SeriesRecord> series, bool otherPerson)
{
    int band = 1;
    while (std::any_of(m_besides.begin(), m_besides.end(),
                       [&](const auto &open) { return open.mark.band == band; }))
        ++band;
    m_services.cache.setOpen(study.uid, true);
    const auto &open = m_besides.emplace_back(OpenStudy{study, std::move(series), {band, otherPerson}});
    m_strip.addStudy(study, open.series, open.mark);
    return open;
}

bool OpenStudies::removeBeside(const base::StudyUid &study)
{
    const auto *open = beside(study);
    if (open == nullptr)
        return false;
    m_services.cache.setOpen(open->study.uid, false);
    m_strip.removeStudy(open->study.uid);
    m_besides.erase(m_besides.begin() + (open - m_besides.data()));
    return true;
}

void OpenStudies::clear()
{
    for (const auto &study : all())
        m_services.cache.setOpen(study.uid, false);
    m_own.reset();
    m_series.clear();
    m_besides.clear();
    m_strip.setSeries({}, {});
}

bool OpenStudies::update(const cache::StudyRecord &study, std::vector<cache::SeriesRecord> series)
{
    const bool isOwn = m_own && m_own->uid == study.uid;
    const auto open = std::find_if(m_besides.begin(), m_besides.end(),
                                   [&](const auto &one) { return one.study.uid == study.uid; });
    if (!isOwn && open == m_besides.end())
        return false;
    cache::StudyRecord &known = isOwn ? *m_own : open->study;
    std::vector<cache::SeriesRecord> &knownSeries = isOwn ? m_series : open->series;
    const bool isOld = isSame(known, study) &&
                       std::equal(knownSeries.begin(), knownSeries.end(), series.begin(), series.end(),
                                  [](const auto &a, const auto &b) { return isSame(a, b); });
    if (isOld)
        return false;
    known = study;
    knownSeries = std::move(series);
    m_strip.updateStudy(known, knownSeries);
    return true;
}

std::optional<std::pair<int, int>> OpenStudies::arrived(const base::StudyUid &study) const
{
    const bool isOwn = m_own && m_own->uid == study;
    const OpenStudy *const open = beside(study);
    if (!isOwn && open == nullptr)
        return std::nullopt;
    if ((isOwn ? *m_own : open->study).completeness != cache::Completeness::Incomplete)
        return std::nullopt;
    std::pair<int, int> counts{0, 0};
    for (const cache::SeriesRecord &series : isOwn ? m_series : open->series) {
        counts.first += series.instances;
        counts.second += std::max(series.expected.value_or(0), series.instances);
    }
    return counts;
}

bool OpenStudies::isOpen(const base::StudyUid &study) const
{
    return (m_own && m_own->uid == study) || beside(study) != nullptr;
}

std::vector<cache::StudyRecord> OpenStudies::all() const
{
    std::vector<cache::StudyRecord> studies;
    if (m_own)
        studies.push_back(*m_own);
    for (const auto &open : m_besides)
        studies.push_back(open.study);
    return studies;
}

StudyMark OpenStudies::markOf(const base::StudyUid &study) const
{
    const auto *open = beside(study);
    return open != nullptr ? open->mark : StudyMark();
}

const cache::SeriesRecord *OpenStudies::seriesOf(const base::SeriesUid &series) const
{
    const auto in = [&](const std::vector<cache::SeriesRecord> &records) -> const cache::SeriesRecord * {
        const auto at = std::find_if(records.begin(), records.end(),
                                     [&](const auto &record) { return record.uid == series; });
        return at == records.end() ? nullptr : &*at;
    };
    const auto *record = in(m_series);
    for (auto open = m_besides.begin(); record == nullptr && open != m_besides.end(); ++open)
        record = in(open->series);
    return record;
}

const cache::StudyRecord &OpenStudies::studyOf(const cache::SeriesRecord &series) const
{
    const auto *open = beside(series.study);
    return open != nullptr ? open->study : *m_own;
}

const OpenStudy *OpenStudies::beside(const base::StudyUid &study) const
{
    const auto at = std::find_if(m_besides.begin(), m_besides.end(),
                                 [&](const auto &open) { return open.study.uid == study; });
    return at == m_besides.end() ? nullptr : &*at;
}

} // namespace negatoscope::session
