// The part of ReadingPresenter that shows further studies beside the window's own, and asks before two
// persons are on screen together.
#include "Background.h"

#include <cache/Cache.h>
#include <session/ReadingPresenter.h>

#include <QtCore/QJsonArray>

#include <algorithm>

namespace negatoscope::session {

namespace {

struct Found
{
    base::Result<cache::StudyRecord> study;
    std::vector<cache::SeriesRecord> series;
    FirstHang hang;
};

QString visible(const std::string &text)
{
    return QString::fromStdString(dicom::visibleText(text));
}

QJsonObject personJson(const cache::StudyRecord &study)
{
    return {{QStringLiteral("studyInstanceUid"), QString::fromStdString(study.uid.value())},
            {QStringLiteral("patientName"), visible(study.patient.name.display())},
            {QStringLiteral("patientId"), visible(study.patient.id)},
            {QStringLiteral("issuer"), visible(study.patient.issuer)},
            {QStringLiteral("birthDate"), visible(study.patient.birthDate)}};
}

QString nameOf(PersonQuestion::Reason reason)
{
    using enum PersonQuestion::Reason;
    switch (reason) {
    case OtherPatient:
        return QStringLiteral("otherPatient");
    case ShownIdMissing:
    case AskedIdMissing:
        return QStringLiteral("patientIdMissing");
    case TraitsDiffer:
        return QStringLiteral("traitsDiffer");
    case IdentityConflicts:
        return QStringLiteral("identityConflicts");
    }
    return {};
}

} // namespace

// --- Opening beside ---

bool ReadingPresenter::isOpen(const base::StudyUid &study) const
{
    return (m_study && m_study->uid == study) ||
           std::any_of(m_besides.begin(), m_besides.end(),
                       [&](const auto &open) { return open.study.uid == study; });
}

void ReadingPresenter::openBeside(const base::StudyUid &study,
                                  const std::optional<cache::PatientIdentity> &expected, Half half)
{
    if (m_opening)
        m_waitingBesides.push_back({study, expected, half});
    else if (!m_study)
        openStudy(study, expected);
    else if (!isOpen(study))
        readBeside(study, expected, false, half);
}

void ReadingPresenter::readBeside(const base::StudyUid &study,
                                  const std::optional<cache::PatientIdentity> &expected, bool confirmed,
                                  Half half)
{
    inBackground(
        this,
        [services = m_services, study] {
            Found found{services.cache.study(study), services.cache.series(study), {}};
            found.hang = FirstHang::of(readHangSeries(services, found.series));
            return found;
        },
        [this, generation = m_generation, expected, confirmed, half](Found found) {
            if (generation == m_generation && m_study && checkOpened(found.study, expected))
                takeBeside(*found.study, std::move(found.series), found.hang, confirmed, half);
        });
}

bool ReadingPresenter::checkOpened(const base::Result<cache::StudyRecord> &study,
                                   const std::optional<cache::PatientIdentity> &expected)
{
    if (!study)
        Q_EMIT openFailed(study.error());
    else if (expected && !(study->patient == *expected))
        Q_EMIT openFailed(
            base::Error(base::ErrorCode::Conflict, "the study is no longer of the patient that was chosen"));
    else
        return true;
    return false;
}

void ReadingPresenter::takeBeside(const cache::StudyRecord &study, std::vector<cache::SeriesRecord> series,
                                  const FirstHang &hanging, bool confirmed, Half half)
{
    if (isOpen(study.uid))
        return;
    const bool other = compareStudies(*m_study, study) != cache::Person::Same;
    if (other && !confirmed) {
        m_question = PersonQuestion{*m_study, study, PersonQuestion::reasonFor(*m_study, study), 0, half};
        announce();
        return;
    }
    // The lowest free band: colours do not run out by opening and closing.
    int band = 1;
    while (std::any_of(m_besides.begin(), m_besides.end(),
                       [&](const auto &open) { return open.mark.band == band; }))
        ++band;
    m_services.cache.setOpen(study.uid, true);
    m_besides.push_back({study, std::move(series), {band, other}});
    m_strip->addStudy(study, m_besides.back().series, m_besides.back().mark);
    hangBeside(m_besides.back(), hanging, half);
    updateShown();
    announce();
}

void ReadingPresenter::closeBeside(const base::StudyUid &uid)
{
    const base::StudyUid study = uid; // it may be a part of what goes
    const auto at = std::find_if(m_besides.begin(), m_besides.end(),
                                 [&](const auto &open) { return open.study.uid == study; });
    if (at == m_besides.end())
        return;
    if (m_beforeTiles)
        endTiles();
    m_services.cache.setOpen(study, false);
    m_strip->removeStudy(study);
    m_besides.erase(at);
    for (const auto &viewport : m_viewports)
        if (viewport->study() && viewport->study()->uid == study)
            viewport->clear();
    fillEmptyViewports();
    updateShown();
    announce();
}

void ReadingPresenter::closeBesides()
{
    while (!m_besides.empty())
        closeBeside(m_besides.back().study.uid);
}

/// While the window's own study is closed.
void ReadingPresenter::forgetBesides()
{
    for (const auto &open : m_besides)
        m_services.cache.setOpen(open.study.uid, false);
    m_besides.clear();
    m_waitingBesides.clear();
    m_question.reset();
}

// --- Persons ---

void ReadingPresenter::answer(Answer answer)
{
    if (!m_question)
        return;
    const PersonQuestion question = *std::move(m_question);
    m_question.reset();
    announce();
    const auto &[uid, patient] = std::pair(question.asked.uid, question.asked.patient);
    if (answer == Answer::No) {
        // It was on screen with the others until now: nothing to ask again.
        if (question.window != 0 && m_previous)
            read(m_previous->first, m_previous->second, true);
        return;
    }
    // It is read again: what is shown is what the reader was asked about, or nothing.
    if (question.window == 0 && answer == Answer::Beside) {
        readBeside(uid, patient, true, question.half);
        return;
    }
    if (question.window != 0 && answer == Answer::Instead)
        Q_EMIT othersToClose();
    if (question.window != 0 && answer == Answer::Beside)
        m_pairs->confirm(question.shown, question.asked); // a third person is asked about next
    closeStudy();
    read(uid, patient, false);
}

void ReadingPresenter::setElsewhere(std::function<std::vector<StudyElsewhere>()> studies,
                                    PersonPairs *confirmed)
{
    m_elsewhere = std::move(studies);
    m_pairs = confirmed != nullptr ? confirmed : &m_ownPairs;
}

std::vector<StudyElsewhere> ReadingPresenter::unconfirmedElsewhere(const cache::StudyRecord &study) const
{
    auto studies = othersElsewhere(study);
    std::erase_if(studies,
                  [&](const StudyElsewhere &other) { return m_pairs->isConfirmed(other.study, study); });
    return studies;
}

std::vector<StudyElsewhere> ReadingPresenter::othersElsewhere(const cache::StudyRecord &study) const
{
    auto studies = m_elsewhere ? m_elsewhere() : std::vector<StudyElsewhere>();
    std::erase_if(studies, [&](const StudyElsewhere &other) {
        return compareStudies(other.study, study) == cache::Person::Same;
    });
    return studies;
}

std::vector<cache::StudyRecord> ReadingPresenter::studies() const
{
    std::vector<cache::StudyRecord> studies;
    if (m_study)
        studies.push_back(*m_study);
    for (const auto &open : m_besides)
        studies.push_back(open.study);
    return studies;
}

StudyMark ReadingPresenter::markOf(const base::StudyUid &study) const
{
    for (const auto &open : m_besides)
        if (open.study.uid == study)
            return open.mark;
    return {};
}

// --- Hanging ---

const cache::SeriesRecord *ReadingPresenter::recordOf(const base::SeriesUid &series) const
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

void ReadingPresenter::show(ViewportPresenter &viewport, const cache::SeriesRecord &series,
                            const FirstImage &first)
{
    const auto open = std::find_if(m_besides.begin(), m_besides.end(),
                                   [&](const auto &other) { return other.study.uid == series.study; });
    // The mark first: no picture of another person without its band, not even once.
    viewport.setStudyMark(open == m_besides.end() ? StudyMark() : open->mark);
    viewport.showSeries(open == m_besides.end() ? *m_study : open->study, series, first);
}

/// One half of the grid is the other study's, the other half stays as it is; a single column gets a second
/// one. A series of the same description stands beside its like, else they come as the study would
/// open by itself.
void ReadingPresenter::hangBeside(const OpenStudy &open, const FirstHang &hanging, Half wanted)
{
    if (m_beforeTiles)
        endTiles();
    if (m_layout.columns == 1)
        addColumn(wanted);
    m_maximised.reset();
    const bool right = wanted == Half::Right;
    const int columns = m_layout.columns, half = columns / 2, from = right ? columns - half : 0;
    const int away = right ? half - columns : columns - half; // from a place to that of its like
    struct Left
    {
        const cache::SeriesRecord *series;
        FirstImage first;
    };
    std::vector<Left> left;
    const auto add = [&](const cache::SeriesRecord *series, const FirstImage &first) {
        const bool known =
            std::any_of(left.begin(), left.end(), [&](const Left &other) { return other.series == series; });
        if (series != nullptr && series->displayable > 0 && !known)
            left.push_back({series, first});
    };
    for (const auto &tile : hanging.tiles)
        add(recordOf(tile.series), tile.image);
    for (const auto &series : open.series)
        add(&series, {});
    const auto take = [&](const std::string &description) -> std::optional<Left> {
        auto at = std::find_if(left.begin(), left.end(), [&](const Left &one) {
            return !description.empty() && one.series->description == description;
        });
        if (at == left.end())
            at = left.begin();
        if (at == left.end())
            return std::nullopt;
        const Left taken = *at;
        left.erase(at);
        return taken;
    };
    for (int row = 0; row < m_layout.rows; ++row) {
        for (int column = from; column < from + half; ++column) {
            const auto *like = viewportAt(row * columns + column + away);
            if (const auto next = take(like->series() ? like->series()->description : std::string()))
                show(*viewportAt(row * columns + column), *next->series, next->first);
        }
    }
    // The hand stays with the window's own study.
    if (const int column = m_active % columns; column >= from && column < from + half)
        m_active = m_active / columns * columns + (right ? 0 : half);
    setActive(m_active);
    Q_EMIT layoutChanged();
}

/// A second column of empty viewports in that half; what is shown keeps its row.
void ReadingPresenter::addColumn(Half half)
{
    const int rows = m_layout.rows;
    const int active = m_active;
    const bool filling = std::exchange(m_filling, false);
    setLayout({rows, 2});
    m_filling = filling;
    std::vector<std::unique_ptr<ViewportPresenter>> placed(m_viewports.size());
    const std::size_t shown = half == Half::Right ? 0 : 1; // the column of what is shown
    for (std::size_t i = 0; i < m_viewports.size(); ++i) {
        const auto count = static_cast<std::size_t>(rows);
        placed[i < count ? 2 * i + shown : 2 * (i - count) + 1 - shown] = std::move(m_viewports[i]);
    }
    m_viewports = std::move(placed);
    m_active = 2 * active + static_cast<int>(shown);
    updateLinks();
}

void ReadingPresenter::insertBesides(QJsonObject &json) const
{
    QJsonArray besides;
    for (const auto &open : m_besides) {
        QJsonObject entry = personJson(open.study);
        entry.insert(QStringLiteral("band"), open.mark.band);
        entry.insert(QStringLiteral("otherPerson"), open.mark.otherPerson);
        besides.append(entry);
    }
    json.insert(QStringLiteral("besides"), besides);
    if (m_question)
        json.insert(QStringLiteral("question"),
                    QJsonObject{{QStringLiteral("reason"), nameOf(m_question->reason)},
                                {QStringLiteral("window"), m_question->window},
                                {QStringLiteral("shown"), personJson(m_question->shown)},
                                {QStringLiteral("asked"), personJson(m_question->asked)}});
    QJsonArray windows;
    if (m_study)
        for (const auto &other : othersElsewhere(*m_study))
            if (!windows.contains(other.window))
                windows.append(other.window);
    json.insert(QStringLiteral("otherPersonInWindows"), windows);
}

} // namespace negatoscope::session
