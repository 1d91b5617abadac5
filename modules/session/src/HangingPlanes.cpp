// The part of HangingBoard that shows planes of a volume in the place of what hangs.
#include <session/HangingBoard.h>
#include <session/PlanesPresenter.h>

#include <utility>

namespace negatoscope::session {

void HangingBoard::togglePlanes()
{
    if (m_planes) {
        endPlanes();
        return;
    }
    if (m_beforeTiles)
        endTiles();
    if (ViewportPresenter *source = active(); source != nullptr && source->series())
        beginPlanes(*source);
}

void HangingBoard::beginPlanes(ViewportPresenter &source)
{
    m_acted = true;
    m_behind = Behind{std::exchange(m_viewports, {}), m_layout, m_active, m_maximised};
    for (const auto &viewport : m_behind->viewports)
        viewport->setActive(false);
    std::array<ViewportPresenter *, kPlanes> shown{};
    for (auto &plane : shown) {
        m_viewports.push_back(std::make_unique<ViewportPresenter>(m_services));
        plane = m_viewports.back().get();
        plane->setInterpolation(m_interpolation);
    }
    // Axial in the large place, or all three beside the volume in 3D.
    m_layout = {2, 2};
    m_maximised.reset();
    m_active = 0;
    m_viewports.front()->setActive(true);
    m_planes = std::make_unique<PlanesPresenter>(m_services, source, shown, m_interpolation);
    connect(m_planes.get(), &PlanesPresenter::refused, this, &HangingBoard::refusePlanes,
            Qt::QueuedConnection);
    connect(m_planes.get(), &PlanesPresenter::changed, this, &HangingBoard::changed);
    m_planes->showLines(m_links.showsReferenceLines());
    connect(&m_links, &LinkedViewing::changed, m_planes.get(),
            [this] { m_planes->showLines(m_links.showsReferenceLines()); });
    updateLinks();
    updateShown();
    Q_EMIT layoutChanged();
    Q_EMIT changed();
}

void HangingBoard::endPlanes()
{
    if (!m_planes)
        return;
    m_planes.reset();
    m_rendered = false;
    Behind behind = *std::exchange(m_behind, std::nullopt);
    // Views still hold the planes' viewports: they are destroyed once layoutChanged() has been heard.
    const auto gone = std::exchange(m_viewports, std::move(behind.viewports));
    m_layout = behind.layout;
    m_maximised = behind.maximised;
    m_active = behind.active;
    for (std::size_t i = 0; i < m_viewports.size(); ++i)
        m_viewports[i]->setActive(static_cast<int>(i) == m_active);
    updateLinks();
    updateShown();
    Q_EMIT layoutChanged();
    Q_EMIT changed();
}

void HangingBoard::refusePlanes()
{
    if (!m_planes) // the reader was faster
        return;
    const auto findings = m_planes->volume().findings();
    const auto error = m_planes->volume().error();
    endPlanes();
    Q_EMIT planesRefused(findings, error);
}

void HangingBoard::toggleRendered()
{
    if (isRendered()) {
        endPlanes();
        return;
    }
    m_rendered = true;
    if (m_planes)
        Q_EMIT layoutChanged();
    else
        togglePlanes();
    m_rendered = m_planes != nullptr;
    Q_EMIT changed();
}

GridPlace HangingBoard::placeOf(int viewport) const
{
    if (isRendered())
        return {viewport / m_layout.columns, viewport % m_layout.columns, 1, 1};
    if (m_planes && viewport == 0)
        return {0, 0, m_layout.rows, 1};
    const int cell = m_planes ? 2 * viewport - 1 : viewport; // coronal above sagittal
    return {cell / m_layout.columns, cell % m_layout.columns, 1, 1};
}

} // namespace negatoscope::session
