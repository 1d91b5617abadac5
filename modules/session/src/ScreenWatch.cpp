#include <session/ReadingPresenter.h>
#include <session/ScreenWatch.h>

#include <algorithm>

namespace negatoscope::session {

namespace {

/// So long after a reader's act; further acts do not put it off.
constexpr int kDelayMs = 50;

/// What a window shows of a study.
Attention attentionOf(const ReadingPresenter &reading, const base::StudyUid &study)
{
    Attention attention;
    const auto take = [&](const ViewportPresenter *viewport) {
        if (viewport == nullptr || !viewport->series() || viewport->series()->study != study)
            return;
        auto &all = attention.series;
        if (std::find(all.begin(), all.end(), viewport->series()->uid) != all.end())
            return;
        if (all.empty() && viewport->targetFrame() != nullptr)
            attention.image = viewport->targetFrame()->instance;
        all.push_back(viewport->series()->uid);
    };
    take(reading.active());
    for (const auto &viewport : reading.viewports())
        take(viewport.get());
    return attention;
}

} // namespace

ScreenWatch::ScreenWatch(TransferQueue &transfers, QObject *parent) : QObject(parent), m_transfers(transfers)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(kDelayMs);
    connect(&m_timer, &QTimer::timeout, this, &ScreenWatch::tell);
    connect(&transfers, &TransferQueue::changed, this, &ScreenWatch::later);
}

ScreenWatch::~ScreenWatch() = default;

void ScreenWatch::add(ReadingPresenter &reading)
{
    m_readings.push_back(&reading);
    connect(&reading, &ReadingPresenter::changed, this, &ScreenWatch::later);
    connect(&reading, &ReadingPresenter::layoutChanged, this, [this, &reading] { addViewports(reading); });
    connect(&reading, &QObject::destroyed, this, [this, gone = &reading] {
        std::erase(m_readings, gone);
        later();
    });
    addViewports(reading);
}

void ScreenWatch::addViewports(ReadingPresenter &reading)
{
    for (const auto &viewport : reading.viewports())
        connect(viewport.get(), &ViewportPresenter::scrolled, this, &ScreenWatch::later,
                Qt::UniqueConnection);
    later();
}

void ScreenWatch::later()
{
    if (!m_timer.isActive() && !m_transfers.transfers().empty())
        m_timer.start();
}

void ScreenWatch::tell()
{
    std::vector<base::StudyUid> onScreen;
    for (const ReadingPresenter *reading : m_readings) {
        if (reading->arriving())
            onScreen.push_back(reading->arriving()->uid);
        for (const auto &study : reading->studies()) {
            onScreen.push_back(study.uid);
            m_transfers.setAttention(study.uid, attentionOf(*reading, study.uid));
        }
    }
    m_transfers.setOnScreen(onScreen);
}

} // namespace negatoscope::session
