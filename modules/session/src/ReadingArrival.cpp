// The part of ReadingPresenter that takes in what comes of a study while it is open.
#include "Background.h"

#include <cache/Cache.h>
#include <cache/Patient.h>
#include <session/ReadingPresenter.h>

#include <algorithm>
#include <utility>

namespace negatoscope::session {

namespace {

bool isSame(const FirstHang &one, const FirstHang &other)
{
    return one.rows == other.rows && one.columns == other.columns &&
           std::equal(one.tiles.begin(), one.tiles.end(), other.tiles.begin(), other.tiles.end(),
                      [](const FirstHang::Tile &a, const FirstHang::Tile &b) {
                          return a.series == b.series && a.image.instance == b.image.instance;
                      });
}

} // namespace

void ReadingPresenter::openArriving(const RequestedStudy &study)
{
    auto previous =
        this->study() ? std::optional(std::pair(this->study()->uid, this->study()->patient)) : m_previous;
    closeStudy();
    m_previous = std::move(previous);
    m_arriving = study;
    viewports().front()->await();
    refresh();
    announce();
}

void ReadingPresenter::refresh()
{
    if (m_refreshing)
        m_refreshAgain = true;
    else if (study() || m_arriving)
        readArrived();
}

std::optional<std::pair<int, int>> ReadingPresenter::arrived(const base::StudyUid &study) const
{
    if (m_arriving && m_arriving->uid == study)
        return m_arriving->instances ? std::optional(std::pair(0, *m_arriving->instances)) : std::nullopt;
    return m_studies.arrived(study);
}

void ReadingPresenter::readArrived()
{
    m_refreshing = true;
    m_refreshAgain = false;
    std::vector<base::StudyUid> asked;
    if (m_arriving)
        asked.push_back(m_arriving->uid);
    for (const cache::StudyRecord &open : studies())
        asked.push_back(open.uid);
    const bool isWhole = study() && study()->completeness == cache::Completeness::Complete;
    const bool mayHang = m_arriving || (!isWhole && m_board.isUntouchedSince(m_hanging));
    inBackground(
        this,
        [services = m_services, asked = std::move(asked), mayHang] {
            std::vector<Found> all;
            for (const base::StudyUid &uid : asked) {
                Found &found = all.emplace_back(Found{services.cache.study(uid), {}, {}});
                found.series = services.cache.series(uid);
                if (mayHang && found.study)
                    found.hanging = FirstHang::of(readHangSeries(services, found.series));
            }
            return all;
        },
        [this, generation = m_generation, mayHang](std::vector<Found> all) {
            m_refreshing = false;
            if (generation == m_generation)
                takeArrived(std::move(all), mayHang);
            else
                m_refreshAgain = true;
            if (m_refreshAgain)
                refresh();
        });
}

void ReadingPresenter::takeFirstArrived(Found found)
{
    if (!found.study || found.study->instances == 0)
        return; // it is waited for
    const RequestedStudy asked = *std::exchange(m_arriving, std::nullopt);
    if (cache::contradict(asked.patient, found.study->patient)) {
        closeStudy();
        Q_EMIT openFailed(
            base::Error(base::ErrorCode::Conflict, "what came is not of the patient that was chosen"));
        return;
    }
    takeOwn(std::move(found), false);
    announce();
}

void ReadingPresenter::takeArrived(std::vector<Found> all, bool mayHang)
{
    if (m_arriving)
        return all.empty() ? void() : takeFirstArrived(std::move(all.front()));
    bool isNews = false;
    for (Found &found : all) {
        if (!found.study || !m_studies.update(*found.study, std::move(found.series)))
            continue; // nothing new, or deleted meanwhile: what is on screen stays
        isNews = true;
        m_board.takeArrival(found.study->uid);
        const bool isOwn = study() && study()->uid == found.study->uid;
        if (!isOwn || !mayHang || !m_board.isUntouchedSince(m_hanging) || isSame(m_hanging, found.hanging))
            continue;
        m_hanging = found.hanging;
        m_board.hangAgain(m_hanging);
    }
    if (isNews)
        announce();
}

void ReadingPresenter::insertArriving(QJsonObject &json) const
{
    if (m_arriving)
        json.insert(QStringLiteral("arriving"), QString::fromStdString(m_arriving->uid.value()));
    const auto counts = m_arriving ? arrived(m_arriving->uid)
                        : study()  ? arrived(study()->uid)
                                   : std::nullopt;
    if (counts)
        json.insert(QStringLiteral("arrived"), QJsonObject{{QStringLiteral("here"), counts->first},
                                                           {QStringLiteral("of"), counts->second}});
}

} // namespace negatoscope::session
