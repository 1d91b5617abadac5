#include "Background.h"

#include <cache/Cache.h>
#include <session/StudyKeeping.h>

namespace negatoscope::session {

namespace {

using Chosen = StudyKeeping::Chosen;

/// The records of what was chosen, or NotFound if one is not that study any more.
base::Result<std::vector<cache::StudyRecord>> recordsOf(const cache::Cache &cache,
                                                        const std::vector<Chosen> &studies)
{
    std::vector<cache::StudyNumber> numbers;
    for (const Chosen &study : studies)
        numbers.push_back(study.number);
    auto records = cache.studiesAt(numbers);
    for (std::size_t i = 0; i < records.size(); ++i)
        if (records[i].uid.value().empty() ||
            (!studies[i].uid.value().empty() && studies[i].uid != records[i].uid))
            return base::failure(base::ErrorCode::NotFound, "the study chosen is not there any more");
    return records;
}

std::vector<base::StudyUid> uidsOf(const std::vector<cache::StudyRecord> &records)
{
    std::vector<base::StudyUid> uids;
    for (const auto &record : records)
        uids.push_back(record.uid);
    return uids;
}

} // namespace

StudyKeeping::StudyKeeping(Services services, QObject *parent) : QObject(parent), m_services(services)
{
    refresh();
}

StudyKeeping::~StudyKeeping() = default;

template <typename Work>
void StudyKeeping::act(Act act, std::vector<Chosen> studies, Work work)
{
    if (studies.empty())
        return;
    inBackground(
        this,
        [&cache = m_services.cache, act, studies = std::move(studies), work] {
            Outcome outcome{act, {}, {}};
            auto records = recordsOf(cache, studies);
            if (!records)
                outcome.error = records.error();
            else if (const auto worked = work(cache, *records); !worked)
                outcome.error = worked.error();
            if (records)
                outcome.studies = *std::move(records);
            return outcome;
        },
        [this](Outcome outcome) { take(std::move(outcome)); });
}

void StudyKeeping::setKept(const std::vector<Chosen> &studies, bool kept)
{
    act(kept ? Act::Keep : Act::DoNotKeep, studies,
        [kept](cache::Cache &cache, const std::vector<cache::StudyRecord> &records) -> base::Status {
            for (const auto &record : records)
                TRY_DO(cache.setPinned(record.uid, kept));
            return {};
        });
}

void StudyKeeping::deleteStudies(const std::vector<Chosen> &studies)
{
    act(Act::Delete, studies, [](cache::Cache &cache, const std::vector<cache::StudyRecord> &records) {
        return cache.moveToTrash(uidsOf(records));
    });
}

namespace {

StudyKeeping::Outcome restored(cache::Cache &cache, const std::vector<base::StudyUid> &studies)
{
    StudyKeeping::Outcome outcome{StudyKeeping::Act::Restore, {}, {}};
    if (const auto done = cache.restore(studies); !done)
        outcome.error = done.error();
    for (const auto &uid : studies)
        if (auto study = cache.study(uid))
            outcome.studies.push_back(*std::move(study));
    return outcome;
}

} // namespace

void StudyKeeping::restore(const std::vector<base::StudyUid> &studies)
{
    inBackground(
        this, [&cache = m_services.cache, studies] { return restored(cache, studies); },
        [this](Outcome outcome) { take(std::move(outcome)); });
}

void StudyKeeping::undoDelete()
{
    // Asked of the cache, not of what was read last: the deletion may have happened a moment ago.
    inBackground(
        this,
        [&cache = m_services.cache] {
            std::vector<base::StudyUid> last;
            const auto trash = cache.trash();
            for (const auto &one : trash)
                if (one.since == trash.front().since)
                    last.push_back(one.study.uid);
            return restored(cache, last);
        },
        [this](Outcome outcome) {
            if (!outcome.studies.empty() || outcome.error)
                take(std::move(outcome));
        });
}

void StudyKeeping::take(Outcome outcome)
{
    refresh();
    Q_EMIT done(outcome);
}

void StudyKeeping::readAside(const cache::StudyRecord &study)
{
    inBackground(
        this, [&cache = m_services.cache, uid = study.uid] { return cache.setAside(uid); },
        [this, study](const std::vector<cache::AsideRecord> &files) { Q_EMIT asideRead(study, files); });
}

void StudyKeeping::refresh()
{
    const quint64 generation = ++m_generation;
    inBackground(
        this, [&cache = m_services.cache] { return cache.trash(); },
        [this, generation](std::vector<cache::TrashedStudy> trash) {
            if (generation != m_generation)
                return;
            m_trash = std::move(trash);
            Q_EMIT changed();
        });
}

} // namespace negatoscope::session
