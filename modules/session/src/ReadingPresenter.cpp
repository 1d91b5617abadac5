#include "Background.h"

#include <cache/Cache.h>
#include <session/PlanesPresenter.h>
#include <session/ReadingPresenter.h>

#include <QtCore/QJsonArray>

#include <algorithm>
#include <utility>

namespace negatoscope::session {

namespace {

constexpr double kLeastMagnification = 1.5, kMostMagnification = 16;

} // namespace

QString nameOf(Tool tool)
{
    switch (tool) {
    case Tool::Scroll:
        return QStringLiteral("scroll");
    case Tool::Window:
        return QStringLiteral("window");
    case Tool::Zoom:
        return QStringLiteral("zoom");
    case Tool::Pan:
        return QStringLiteral("pan");
    case Tool::WindowRegion:
        return QStringLiteral("windowRegion");
    case Tool::Cursor:
        return QStringLiteral("cursor");
    case Tool::Mask:
        return QStringLiteral("mask");
    }
    return {};
}

std::optional<Tool> toolNamed(const QString &name)
{
    for (int tool = 0; !nameOf(static_cast<Tool>(tool)).isEmpty(); ++tool)
        if (nameOf(static_cast<Tool>(tool)) == name)
            return static_cast<Tool>(tool);
    return std::nullopt;
}

ReadingPresenter::ReadingPresenter(Services services, QObject *parent)
    : QObject(parent),
      m_services(services),
      m_strip(services),
      m_studies(services, m_strip),
      m_board(services, m_studies, m_strip)
{
    connect(&m_board, &HangingBoard::changed, this, &ReadingPresenter::announce);
    connect(&m_board, &HangingBoard::layoutChanged, this, &ReadingPresenter::layoutChanged);
    connect(&m_board, &HangingBoard::planesRefused, this, &ReadingPresenter::planesRefused);
}

ReadingPresenter::~ReadingPresenter()
{
    closeStudy();
}

void ReadingPresenter::announce()
{
    announceOnce(this, m_announcing, &ReadingPresenter::changed);
}

// --- The window's own study ---

void ReadingPresenter::openStudy(const base::StudyUid &study, const Expected &expected)
{
    auto previous =
        this->study() ? std::optional(std::pair(this->study()->uid, this->study()->patient)) : m_previous;
    closeStudy();
    m_previous = std::move(previous);
    readOwn(study, expected, false);
}

void ReadingPresenter::closeStudy()
{
    ++m_generation;
    m_opening = false;
    m_arriving.reset();
    m_previous.reset();
    m_waiting.clear();
    m_question.reset();
    m_studies.clear();
    m_board.clear();
    announce();
}

void ReadingPresenter::read(const base::StudyUid &study, const Expected &expected,
                            std::function<void(Found)> take)
{
    inBackground(
        this,
        [services = m_services, study] {
            Found found{services.cache.study(study), services.cache.series(study), {}};
            found.hanging = FirstHang::of(readHangSeries(services, found.series));
            return found;
        },
        [this, generation = m_generation, expected, take = std::move(take)](Found found) {
            if (generation != m_generation)
                return;
            m_opening = false;
            announce();
            if (!found.study)
                Q_EMIT openFailed(found.study.error());
            else if (expected && !(found.study->patient == *expected))
                Q_EMIT openFailed(base::Error(base::ErrorCode::Conflict,
                                              "the study is no longer of the patient that was chosen"));
            else
                take(std::move(found));
        });
}

void ReadingPresenter::readOwn(const base::StudyUid &study, const Expected &expected, bool confirmed)
{
    m_opening = true;
    read(study, expected, [this, confirmed](Found found) { takeOwn(std::move(found), confirmed); });
    announce();
}

void ReadingPresenter::takeOwn(Found found, bool confirmed)
{
    if (!confirmed && (m_question = m_persons.elsewhere(*found.study)))
        return;
    m_previous.reset();
    m_studies.setOwn(*found.study, std::move(found.series));
    hang(found.hanging);
    for (const auto &one : std::exchange(m_waiting, {}))
        openBeside(one.study, one.expected, one.half);
}

void ReadingPresenter::hang(const FirstHang &hanging)
{
    m_hanging = hanging;
    m_board.hang(hanging);
    m_tool = hanging.scrolls ? Tool::Scroll : Tool::Window;
    for (std::size_t i = 0; i < viewports().size() && i < hanging.tiles.size(); ++i)
        if (hanging.tiles[i].cine)
            playOnceListed(*viewports()[i]);
}

void ReadingPresenter::playOnceListed(ViewportPresenter &viewport)
{
    const auto connection = std::make_shared<QMetaObject::Connection>();
    *connection =
        connect(&viewport, &ViewportPresenter::changed, this,
                [this, &viewport, connection, generation = m_generation] {
                    const bool stale = generation != m_generation;
                    const auto &state = viewport.state();
                    if (!stale && (!state.countFinal || state.content != ViewportState::Content::Picture))
                        return;
                    disconnect(*connection);
                    if (!stale && CineControl::canPlay(viewport) && !m_cine.isPlaying(&viewport))
                        m_cine.toggle(viewport);
                });
}

// --- Studies beside it ---

void ReadingPresenter::openBeside(const base::StudyUid &study, const Expected &expected, Half half)
{
    if (m_opening || m_arriving)
        m_waiting.push_back({study, expected, half});
    else if (!this->study())
        openStudy(study, expected);
    else if (!m_studies.isOpen(study))
        readBeside(study, expected, false, half);
}

void ReadingPresenter::readBeside(const base::StudyUid &study, const Expected &expected, bool confirmed,
                                  Half half)
{
    read(study, expected, [this, confirmed, half](Found found) {
        if (this->study())
            takeBeside(std::move(found), confirmed, half);
    });
}

void ReadingPresenter::takeBeside(Found found, bool confirmed, Half half)
{
    if (m_studies.isOpen(found.study->uid))
        return;
    auto question = PersonCheck::beside(*study(), *found.study, half);
    if (question && !confirmed) {
        m_question = std::move(question);
        announce();
        return;
    }
    const auto &open = m_studies.addBeside(*found.study, std::move(found.series), question.has_value());
    m_board.hangBeside(open, found.hanging, half);
    announce();
}

void ReadingPresenter::closeBeside(const base::StudyUid &uid)
{
    const base::StudyUid study = uid; // it may be a part of what goes
    if (!m_studies.isOpen(study) || study == this->study()->uid)
        return;
    m_board.takeDown(study);
    m_studies.removeBeside(study);
    announce();
}

void ReadingPresenter::closeBesides()
{
    while (!besides().empty())
        closeBeside(besides().back().study.uid);
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
            readOwn(m_previous->first, m_previous->second, true);
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
        m_persons.confirm(question); // a third person is asked about next
    closeStudy();
    readOwn(uid, patient, false);
}

// --- Hands ---

void ReadingPresenter::toggleCineOfAll()
{
    m_cine.toggleAll(m_board.maximised() ? std::vector<ViewportPresenter *>{active()}
                                         : m_board.viewportPointers());
}

void ReadingPresenter::togglePlanes()
{
    stopCineForPlanes();
    m_board.togglePlanes();
}

void ReadingPresenter::toggleRendered()
{
    stopCineForPlanes();
    m_board.toggleRendered();
}

void ReadingPresenter::stopCineForPlanes()
{
    if (!planes())
        for (const auto &viewport : viewports())
            m_cine.stop(viewport.get());
}

void ReadingPresenter::placeCursor(int viewport, base::ViewPoint at)
{
    if (planes())
        planes()->moveCross(viewport, at);
    else
        links().placeCursor(viewport, at);
}

bool ReadingPresenter::cancel()
{
    if (m_tool == Tool::WindowRegion) {
        setTool(m_toolBefore);
        return true;
    }
    if (m_magnifying) {
        setMagnifying(false);
        return true;
    }
    return false;
}

void ReadingPresenter::setMagnifying(bool magnifying)
{
    m_magnifying = magnifying;
    announce();
}

void ReadingPresenter::setMagnification(double factor)
{
    m_magnification = std::clamp(factor, kLeastMagnification, kMostMagnification);
    announce();
}

void ReadingPresenter::setTool(Tool tool)
{
    if (tool == Tool::WindowRegion && m_tool != Tool::WindowRegion)
        m_toolBefore = m_tool;
    m_tool = tool;
    if (tool != Tool::Cursor)
        links().clearCursor();
    announce();
}

void ReadingPresenter::setCornerText(CornerText mode)
{
    m_cornerText = mode;
    announce();
}

void ReadingPresenter::cycleCornerText()
{
    using enum CornerText;
    setCornerText(m_cornerText == Full ? Minimal : m_cornerText == Minimal ? None : Full);
}

void ReadingPresenter::setCornerLayouts(const CornerLayouts &layouts)
{
    m_cornerLayouts = layouts;
    announce();
}

// --- State ---

QJsonObject ReadingPresenter::json() const
{
    QJsonArray besides, windows;
    for (const auto &open : m_studies.besides()) {
        QJsonObject entry = personJson(open.study);
        entry.insert(QStringLiteral("band"), open.mark.band);
        entry.insert(QStringLiteral("otherPerson"), open.mark.otherPerson);
        besides.append(entry);
    }
    if (study())
        for (const auto &other : m_persons.othersElsewhere(*study()))
            if (!windows.contains(other.window))
                windows.append(other.window);
    QJsonObject json{
        {QStringLiteral("layout"), QStringLiteral("%1x%2").arg(layout().rows).arg(layout().columns)},
        {QStringLiteral("tool"), nameOf(m_tool)},
        {QStringLiteral("links"), m_board.links().json()},
        {QStringLiteral("opening"), m_opening},
        {QStringLiteral("tiles"), tiles().isOn()},
        {QStringLiteral("magnifier"), m_magnifying ? QJsonValue(m_magnification) : QJsonValue(false)},
        {QStringLiteral("viewports"), m_board.json()},
        {QStringLiteral("besides"), besides},
        {QStringLiteral("otherPersonInWindows"), windows}};
    if (planes())
        json.insert(QStringLiteral("planes"), planes()->json());
    if (m_question)
        json.insert(QStringLiteral("question"), jsonOf(*m_question));
    if (study()) {
        const QJsonObject person = personJson(*study());
        for (const auto &key :
             {QStringLiteral("studyInstanceUid"), QStringLiteral("patientName"), QStringLiteral("patientId")})
            json.insert(key, person.value(key));
    }
    insertArriving(json);
    return json;
}

} // namespace negatoscope::session
