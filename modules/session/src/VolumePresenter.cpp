#include "Background.h"

#include <session/VolumePresenter.h>

#include <algorithm>

namespace negatoscope::session {

namespace {

constexpr int kLookMs = 120;
/// A series that arrives is planned again no more often than this, and only a part of the time.
constexpr qint64 kAgainMs = 200, kAgainRest = 3;

int there(const SeriesVolumePointer &volume)
{
    return volume->volume->arrived() + volume->volume->failed();
}

} // namespace

VolumePresenter::VolumePresenter(VolumeShelf &shelf, QObject *parent) : QObject(parent), m_shelf(shelf)
{
    m_lookTimer.setInterval(kLookMs);
    connect(&m_lookTimer, &QTimer::timeout, this, &VolumePresenter::look);
    m_againTimer.setSingleShot(true);
    connect(&m_againTimer, &QTimer::timeout, this, &VolumePresenter::start);
}

VolumePresenter::~VolumePresenter()
{
    m_stop.request_stop();
}

void VolumePresenter::show(std::vector<frames::VolumeSlice> slices)
{
    if (keysOf(slices) == keysOf(m_slices))
        return;
    m_slices = std::move(slices);
    if (auto there = m_shelf.find(keysOf(m_slices))) {
        take(VolumeShelf::Opened{there, there->findings}, 0);
        return;
    }
    if (m_planning)
        m_again = true;
    else if (!m_againTimer.isActive())
        m_againTimer.start(m_shown ? static_cast<int>(std::max(kAgainMs, kAgainRest * m_planMs)) : 0);
}

void VolumePresenter::start()
{
    m_planning = true;
    m_again = false;
    m_stop = {};
    struct Answer
    {
        base::Result<VolumeShelf::Opened> opened;
        qint64 wallMs;
    };
    inBackground(
        this,
        [&shelf = m_shelf, slices = m_slices, known = m_next ? m_next : m_shown, stop = m_stop.get_token()] {
            QElapsedTimer timer;
            timer.start();
            auto opened = shelf.open(slices, known, stop);
            return Answer{std::move(opened), timer.elapsed()};
        },
        [this](Answer answer) {
            m_planning = false;
            take(std::move(answer.opened), answer.wallMs);
        });
}

void VolumePresenter::take(base::Result<VolumeShelf::Opened> opened, qint64 wallMs)
{
    m_planMs = wallMs;
    if (m_again && !m_againTimer.isActive())
        m_againTimer.start(static_cast<int>(std::max(kAgainMs, kAgainRest * m_planMs)));
    if (opened && opened->volume) {
        m_next = opened->volume;
        m_lookTimer.start();
        look();
        return;
    }
    // What a few slices do not make, more of them may.
    m_next.reset();
    m_shown.reset();
    m_lookTimer.stop();
    m_error.reset();
    m_findings.clear();
    if (!opened)
        m_error = opened.error();
    else
        m_findings = std::move(opened->findings);
    m_stage = opened ? Stage::Refused : Stage::Failed;
    Q_EMIT changed();
}

/// Whether more has come since it was looked last.
void VolumePresenter::look()
{
    if (m_next && (!m_shown || there(m_next) >= there(m_shown) || m_next->isSettled())) {
        m_shown = std::exchange(m_next, nullptr);
        m_findings = m_shown->findings;
        m_error.reset();
        m_seen = -1;
    }
    const bool isSettled = m_shown->isSettled();
    const int count = there(m_shown);
    if (isSettled && !m_next) {
        m_lookTimer.stop();
        m_shown = m_shelf.keep(m_shown);
    }
    const Stage stage = isSettled ? Stage::Settled : Stage::Filling;
    if (count == m_seen && stage == m_stage)
        return;
    m_seen = count;
    m_stage = stage;
    Q_EMIT changed();
}

} // namespace negatoscope::session
