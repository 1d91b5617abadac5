// What can be asked of a cache: the cached index and the files opened in place, seen as one.

#include "Identity.h"
#include "Implementation.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace negatoscope::cache {

namespace {

bool isNewer(const StudyRecord &a, const StudyRecord &b)
{
    return std::tie(b.studyDate, b.studyTime, b.uid) < std::tie(a.studyDate, a.studyTime, a.uid);
}

void countInstance(SeriesRecord &series, const InstanceRecord &instance)
{
    ++series.instances;
    if (instance.frames == 0)
        return;
    ++series.displayable;
    series.frames += instance.frames;
}

} // namespace

/// Whether what lies in place under this study's UID is the same patient's. If not, only the cached study is
/// shown, with the warning.
bool Cache::Implementation::mayMerge(const base::StudyUid &uid) const
{
    const auto inPlace = readInPlace([&](IndexReader &reader) { return reader.shownStudy(uid); });
    const auto cached =
        inPlace ? readCached([&](IndexReader &reader) { return reader.shownStudy(uid); }) : std::nullopt;
    return !inPlace || !cached || mayJoin(cached->patient, inPlace->patient);
}

StudyRecord Cache::Implementation::merged(StudyRecord cached, const StudyRecord &inPlace) const
{
    if (!mayJoin(cached.patient, inPlace.patient)) {
        cached.identityConflict = true;
        return cached;
    }
    const auto all = series(cached.uid);
    cached.series = static_cast<int>(all.size());
    cached.instances = 0;
    std::set<std::string> modalities(cached.modalities.begin(), cached.modalities.end());
    modalities.insert(inPlace.modalities.begin(), inPlace.modalities.end());
    cached.modalities.assign(modalities.begin(), modalities.end());
    bool complete = true, incomplete = false;
    for (const SeriesRecord &one : all) {
        cached.instances += one.instances;
        complete = complete && one.completeness == Completeness::Complete;
        incomplete = incomplete || one.completeness == Completeness::Incomplete;
    }
    cached.completeness = incomplete ? Completeness::Incomplete
                          : complete ? Completeness::Complete
                                     : Completeness::Unknown;
    cached.identityConflict = cached.identityConflict || inPlace.identityConflict;
    return cached;
}

std::optional<StudyRecord> Cache::Implementation::study(const base::StudyUid &uid) const
{
    auto cached = readCached([&](IndexReader &reader) { return reader.shownStudy(uid); });
    auto inPlace = readInPlace([&](IndexReader &reader) { return reader.shownStudy(uid); });
    if (cached && inPlace)
        return merged(*std::move(cached), *inPlace);
    if (cached)
        return cached;
    if (!inPlace)
        return std::nullopt;
    inPlace->inPlace = true;
    inPlace->number = -inPlace->number;
    return inPlace;
}

std::vector<SeriesRecord> Cache::Implementation::series(const base::StudyUid &study) const
{
    auto cached = readCached([&](IndexReader &reader) { return reader.series(study); });
    const auto inPlace = readInPlace([&](IndexReader &reader) { return reader.series(study); });
    if (inPlace.empty() || cached.empty())
        return cached.empty() ? inPlace : cached;
    if (!mayMerge(study))
        return cached;
    for (const SeriesRecord &other : inPlace) {
        const auto same = std::find_if(cached.begin(), cached.end(),
                                       [&](const SeriesRecord &series) { return series.uid == other.uid; });
        if (same == cached.end()) {
            cached.push_back(other);
            continue;
        }
        // The union of two sets of instances has to be counted.
        SeriesRecord &series = *same;
        series.instances = series.displayable = series.frames = 0;
        for (const InstanceRecord &instance : instances(series.uid))
            countInstance(series, instance);
        series.expected = std::max(series.expected, other.expected);
        if (series.expected)
            series.completeness = series.instances < *series.expected   ? Completeness::Incomplete
                                  : series.instances > *series.expected ? Completeness::Unknown
                                                                        : Completeness::Complete;
    }
    std::stable_sort(cached.begin(), cached.end(), [](const SeriesRecord &a, const SeriesRecord &b) {
        return std::tuple(!a.number, a.number) < std::tuple(!b.number, b.number);
    });
    return cached;
}

std::vector<InstanceRecord> Cache::Implementation::instances(const base::SeriesUid &series) const
{
    auto result = readCached([&](IndexReader &reader) { return reader.instances(series); });
    for (InstanceRecord &record : result)
        record = withPath(std::move(record));
    auto inPlace = readInPlace([&](IndexReader &reader) { return reader.instances(series); });
    if (inPlace.empty())
        return result;
    const auto row = readCached([&](IndexReader &reader) { return reader.seriesRow(series); });
    if (row && !mayMerge(row->record.study))
        return result;
    std::set<base::InstanceUid> known;
    for (const InstanceRecord &record : result)
        known.insert(record.uid);
    for (InstanceRecord &record : inPlace)
        if (!known.contains(record.uid))
            result.push_back(std::move(record));
    return result;
}

std::optional<InstanceRecord> Cache::Implementation::firstInstance(const base::SeriesUid &series) const
{
    auto cached = readCached([&](IndexReader &reader) { return reader.firstInstance(series); });
    if (cached)
        return withPath(std::move(*cached));
    return readInPlace([&](IndexReader &reader) { return reader.firstInstance(series); });
}

std::optional<InstanceRecord> Cache::Implementation::instance(const base::InstanceUid &uid) const
{
    auto cached = readCached([&](IndexReader &reader) { return reader.instance(uid); });
    if (cached)
        return withPath(std::move(*cached));
    return readInPlace([&](IndexReader &reader) { return reader.instance(uid); });
}

std::vector<AsideRecord> Cache::Implementation::setAside(const base::StudyUid &study) const
{
    auto result = readCached([&](IndexReader &reader) { return reader.setAside(study); });
    for (AsideRecord &record : result)
        record.path = m_store->pathOf(record.path);
    const auto inPlace = readInPlace([&](IndexReader &reader) { return reader.setAside(study); });
    result.insert(result.end(), inPlace.begin(), inPlace.end());
    return result;
}

std::vector<StudyRecord> Cache::Implementation::otherStudiesOf(const base::StudyUid &uid) const
{
    const auto own = study(uid);
    if (!own || own->patient.id.empty())
        return {};
    const auto find = [&](IndexReader &reader) {
        return reader.studiesOf(own->patient.issuer, own->patient.id);
    };
    auto result = readCached(find);
    for (StudyRecord &other : readInPlace(find)) {
        const bool known = std::any_of(result.begin(), result.end(),
                                       [&](const StudyRecord &study) { return study.uid == other.uid; });
        other.inPlace = true;
        if (!known)
            result.push_back(std::move(other));
    }
    std::erase_if(result, [&](const StudyRecord &other) {
        return other.uid == uid || !isSamePatient(own->patient, other.patient);
    });
    std::sort(result.begin(), result.end(), &isNewer);
    return result;
}

} // namespace negatoscope::cache
