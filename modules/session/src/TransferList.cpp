#include "TransferList.h"

#include <QtCore/QRandomGenerator>

#include <cmath>

namespace negatoscope::session {

using base::ErrorCode;

namespace {

constexpr std::size_t kMostTransfers = 10'000;

/// Whether it may be gone by the next time, without anybody's doing.
bool isOfTheLine(const base::Error &error)
{
    switch (error.code()) {
    case ErrorCode::HostUnknown:
    case ErrorCode::ConnectionRefused:
    case ErrorCode::ConnectTimedOut:
    case ErrorCode::ConnectionLost:
    case ErrorCode::AssociationTimedOut:
    case ErrorCode::AnswerTimedOut:
    case ErrorCode::ArchiveBusy:
        return true;
    default:
        return false;
    }
}

int groupOf(Transfer::State state)
{
    switch (state) {
    case Transfer::State::Running:
        return 0;
    case Transfer::State::Waiting:
        return 1;
    case Transfer::State::Paused:
        return 2;
    default:
        return 3;
    }
}

} // namespace

TransferList::Entry *TransferList::find(const base::StudyUid &study)
{
    const auto entry = std::find_if(m_entries.begin(), m_entries.end(),
                                    [&](const Entry &one) { return one.transfer.study.uid == study; });
    return entry == m_entries.end() ? nullptr : &*entry;
}

TransferList::Entry *TransferList::find(TransferNumber number)
{
    const auto entry = std::find_if(m_entries.begin(), m_entries.end(),
                                    [&](const Entry &one) { return one.number() == number; });
    return entry == m_entries.end() ? nullptr : &*entry;
}

// --- What is asked for ---

/// What a reader opened last comes first; of all else what was asked for first.
qint64 TransferList::nextTurn(Purpose purpose)
{
    ++m_turns;
    return purpose == Purpose::OnScreen ? -m_turns : m_turns;
}

void TransferList::request(const RequestedStudy &study, Purpose purpose)
{
    if (Entry *known = find(study.uid)) {
        join(*known, study, purpose);
        setPurpose(*known);
        return;
    }
    // Room for what is wanted now is made by what is done.
    if (m_entries.size() >= kMostTransfers)
        remove([](const Entry &entry) { return entry.transfer.state == State::Done; });
    if (m_entries.size() >= kMostTransfers)
        return;
    Entry &entry = m_entries.emplace_back();
    entry.transfer.number = ++m_lastNumber;
    entry.transfer.study = study;
    entry.asked = purpose;
    entry.turn = nextTurn(purpose);
    setPurpose(entry);
}

void TransferList::join(Entry &entry, const RequestedStudy &study, Purpose purpose)
{
    const State state = entry.transfer.state;
    if (entry.transfer.isOver() || entry.retryAt)
        entry.transfer.study = study; // perhaps of another archive
    if (purpose < entry.asked || purpose == Purpose::OnScreen) {
        entry.asked = purpose;
        entry.turn = nextTurn(purpose);
    }
    // What the reader has paused only the reader's own wish goes on with, and that waits for no retry.
    const bool isWished = purpose == Purpose::OnScreen && state != State::Running;
    if (!entry.transfer.isOver() && !isWished)
        return;
    entry.transfer.attempts = 0;
    setState(entry, State::Waiting);
}

void TransferList::takeKept(std::vector<Transfer> kept)
{
    for (Transfer &transfer : kept) {
        if (find(transfer.study.uid) != nullptr)
            continue;
        Entry &entry = m_entries.emplace_back();
        entry.transfer = std::move(transfer);
        entry.transfer.number = ++m_lastNumber;
        if (entry.transfer.state == State::Running)
            entry.transfer.state = State::Waiting;
        // Nothing of it is on screen now.
        entry.asked = std::max(entry.transfer.purpose, Purpose::Asked);
        entry.turn = nextTurn(entry.asked);
        setPurpose(entry);
    }
}

bool TransferList::setOnScreen(const std::vector<base::StudyUid> &studies)
{
    bool isDifferent = false;
    for (Entry &entry : m_entries) {
        const bool onScreen =
            std::find(studies.begin(), studies.end(), entry.transfer.study.uid) != studies.end();
        if (entry.onScreen == onScreen)
            continue;
        entry.onScreen = onScreen;
        // Once the reader has closed it, it is no more urgent than the rest of what is open.
        if (!onScreen)
            entry.asked = std::max(entry.asked, Purpose::Asked);
        setPurpose(entry);
        isDifferent = true;
    }
    return isDifferent;
}

void TransferList::setPurpose(Entry &entry)
{
    entry.transfer.purpose = entry.onScreen ? Purpose::OnScreen : entry.asked;
}

void TransferList::setState(Entry &entry, State state)
{
    entry.transfer.state = state;
    entry.retryAt.reset();
    entry.pace.stop();
}

void TransferList::pause(Entry &entry)
{
    if (!entry.transfer.isOver())
        setState(entry, State::Paused);
}

void TransferList::resume(Entry &entry)
{
    if (entry.transfer.state == State::Paused)
        setState(entry, State::Waiting);
}

void TransferList::retry(Entry &entry)
{
    const State state = entry.transfer.state;
    if (state != State::Failed && state != State::Incomplete && state != State::Waiting)
        return;
    entry.transfer.attempts = 0;
    setState(entry, State::Waiting);
}

// --- Turns ---

std::map<std::string, TransferList::Entry *> TransferList::next(Clock::time_point now)
{
    std::map<std::string, Entry *> next;
    for (Entry &entry : m_entries) {
        if (entry.transfer.state != State::Waiting || (entry.retryAt && *entry.retryAt > now))
            continue;
        Entry *&best = next[entry.transfer.study.archive];
        if (best == nullptr || isMoreUrgent(entry, *best))
            best = &entry;
    }
    return next;
}

void TransferList::begin(Entry &entry)
{
    setState(entry, State::Running);
    entry.transfer.error.reset();
    entry.bytesBefore = entry.transfer.bytes;
    entry.pace.start();
}

void TransferList::giveWay(Entry &entry)
{
    setState(entry, State::Waiting);
}

void TransferList::takeProgress(Entry &entry, const RetrievalProgress &progress)
{
    Transfer &transfer = entry.transfer;
    if (progress.expected > 0) {
        transfer.expected = progress.expected;
        transfer.here = progress.here;
    } else {
        transfer.here = std::max(transfer.here, progress.here);
    }
    transfer.bytes = entry.bytesBefore + progress.bytes;
    entry.pace.take(progress.bytes, progress.here);
}

void TransferList::judge(Entry &entry, const base::Result<RetrievalReport> &report, bool wasStopped) const
{
    Transfer &transfer = entry.transfer;
    if (report) {
        transfer.expected = report->expected;
        transfer.here = report->here;
        transfer.bytes = entry.bytesBefore + report->bytes;
        if (report->completeness == cache::Completeness::Complete) {
            setState(entry, State::Done);
            transfer.error.reset();
            return;
        }
    }
    if (wasStopped)
        return;
    const auto error = report ? report->error : std::optional(report.error());
    if (error && isOfTheLine(*error))
        return waitAndRetry(entry, *error, report && report->arrived > 0);
    // The archive says that it sent all, or will not send more.
    setState(entry, report && (report->here > 0 || !error) ? State::Incomplete : State::Failed);
    transfer.error = error || !report || report->missing.empty() ? error : report->missing.front().reason;
}

void TransferList::waitAndRetry(Entry &entry, const base::Error &error, bool hasComeOn) const
{
    Transfer &transfer = entry.transfer;
    transfer.attempts = hasComeOn ? 1 : transfer.attempts + 1;
    setState(entry, State::Waiting);
    transfer.error = error;
    constexpr int kMostDoublings = 20;
    const double full = std::min(static_cast<double>(m_patience.first.count()) *
                                     std::pow(2, std::min(transfer.attempts - 1, kMostDoublings)),
                                 static_cast<double>(m_patience.most.count()));
    // Not all workstations at the same moment.
    const double jitter = 0.75 + 0.5 * QRandomGenerator::global()->generateDouble();
    entry.retryAt = Clock::now() + std::chrono::milliseconds(static_cast<qint64>(full * jitter));
}

void TransferList::fail(Entry &entry, base::Error error)
{
    setState(entry, State::Failed);
    entry.transfer.error = std::move(error);
}

// --- What is told ---

std::optional<TransferList::Clock::time_point> TransferList::nextRetry(Clock::time_point now) const
{
    std::optional<Clock::time_point> next;
    for (const Entry &entry : m_entries)
        if (entry.retryAt && *entry.retryAt > now && (!next || *entry.retryAt < *next))
            next = entry.retryAt;
    return next;
}

bool TransferList::isMoving() const
{
    return std::any_of(m_entries.begin(), m_entries.end(), [](const Entry &entry) {
        return entry.transfer.state == State::Running || entry.retryAt;
    });
}

void TransferList::forgetRetries()
{
    for (Entry &entry : m_entries)
        entry.retryAt.reset();
}

std::vector<Transfer> TransferList::shown(Clock::time_point now) const
{
    std::vector<const Entry *> order;
    for (const Entry &entry : m_entries)
        order.push_back(&entry);
    std::stable_sort(order.begin(), order.end(), [](const Entry *a, const Entry *b) {
        const int one = groupOf(a->transfer.state), other = groupOf(b->transfer.state);
        return one != other ? one < other : isMoreUrgent(*a, *b);
    });
    std::vector<Transfer> shown;
    for (const Entry *entry : order) {
        Transfer &transfer = shown.emplace_back(entry->transfer);
        if (transfer.state == State::Running) {
            transfer.bytesPerSecond = entry->pace.bytesPerSecond(now);
            if (transfer.expected > 0)
                transfer.secondsLeft = entry->pace.secondsFor(transfer.expected - transfer.here, now);
        }
        if (entry->retryAt)
            transfer.secondsToRetry = static_cast<int>(
                std::max<qint64>(0, std::chrono::ceil<std::chrono::seconds>(*entry->retryAt - now).count()));
    }
    return shown;
}

} // namespace negatoscope::session
