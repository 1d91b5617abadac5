// The part of HangingBoard that takes in what comes of a study while it hangs.
#include <session/HangingBoard.h>
#include <session/OpenStudies.h>
#include <session/PlanesPresenter.h>

namespace negatoscope::session {

void HangingBoard::hangAgain(const FirstHang &hanging)
{
    m_filling = false;
    setLayout({hanging.rows, hanging.columns});
    m_filling = true;
    for (std::size_t i = 0; i < m_viewports.size() && i < hanging.tiles.size(); ++i) {
        const FirstHang::Tile &tile = hanging.tiles[i];
        const ViewportPresenter &there = *m_viewports[i];
        const bool stays =
            there.series() && there.series()->uid == tile.series &&
            (tile.image.where != FirstImage::Where::Named ||
             (there.targetFrame() != nullptr && there.targetFrame()->instance == tile.image.instance));
        if (const auto *record = stays ? nullptr : m_studies.seriesOf(tile.series))
            show(*m_viewports[i], *record, tile.image);
    }
    updateShown();
    m_acted = false;
}

bool HangingBoard::isUntouchedSince(const FirstHang &hanging) const
{
    if (m_acted || m_maximised || m_beforeTiles || m_planes || !m_studies.own() ||
        !m_studies.besides().empty() || m_layout != Layout{hanging.rows, hanging.columns})
        return false;
    std::optional<int> first;
    for (std::size_t i = 0; i < m_viewports.size(); ++i) {
        const auto &series = m_viewports[i]->series();
        const auto hung = i < hanging.tiles.size() ? hanging.tiles[i].series : base::SeriesUid();
        if ((series ? series->uid : base::SeriesUid()) != hung)
            return false;
        if (series && !first)
            first = static_cast<int>(i);
    }
    return m_active == first.value_or(0);
}

void HangingBoard::takeArrival(const base::StudyUid &study)
{
    const auto take = [&](const std::vector<std::unique_ptr<ViewportPresenter>> &viewports) {
        for (const auto &viewport : viewports)
            if (viewport->series() && viewport->series()->study == study)
                if (const auto *record = m_studies.seriesOf(viewport->series()->uid))
                    viewport->takeArrival(m_studies.studyOf(*record), *record);
    };
    take(m_viewports);
    if (m_behind)
        take(m_behind->viewports);
}

} // namespace negatoscope::session
