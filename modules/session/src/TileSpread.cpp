#include <session/TileSpread.h>
#include <session/ViewportPresenter.h>

#include <algorithm>
#include <utility>

namespace negatoscope::session {

TileSpread::TileSpread(QObject *parent) : QObject(parent)
{}

TileSpread::~TileSpread() = default;

void TileSpread::spread(ViewportPresenter &lead, std::vector<ViewportPresenter *> tiles)
{
    end();
    m_tiles = std::move(tiles);
    m_lead = &lead;
    m_first = lead.target();
    for (ViewportPresenter *tile : m_tiles) {
        connect(tile, &ViewportPresenter::scrolled, this, [this, tile] { takeScroll(tile); });
        connect(tile, &ViewportPresenter::changed, this, [this, tile] {
            if (tile == m_lead)
                arrange();
            takeViewing(tile);
        });
        connect(tile, &QObject::destroyed, this, [this] { end(); });
    }
    arrange();
}

void TileSpread::end()
{
    for (ViewportPresenter *tile : std::exchange(m_tiles, {}))
        disconnect(tile, nullptr, this, nullptr);
    m_lead = nullptr;
    m_arranged = false;
}

/// Once the series has been listed every tile takes its image.
void TileSpread::arrange()
{
    if (m_arranged || m_lead == nullptr || !m_lead->state().countFinal)
        return;
    m_arranged = true;
    const int count = m_lead->state().count;
    const bool wasMoving = std::exchange(m_moving, true);
    // The lead last: the others take their listing from it.
    for (std::size_t i = 0; i < m_tiles.size(); ++i) {
        if (m_tiles[i] == m_lead)
            continue;
        if (static_cast<int>(i) < count)
            m_tiles[i]->adopt(*m_lead, static_cast<int>(i));
        else
            m_tiles[i]->clear();
    }
    m_moving = wasMoving;
    moveTo(m_first);
}

void TileSpread::moveTo(int first)
{
    const int count = m_lead->state().count;
    m_first = std::clamp(first, 0, std::max(0, count - size()));
    const bool wasMoving = std::exchange(m_moving, true);
    for (std::size_t i = 0; i < m_tiles.size(); ++i)
        if (m_first + static_cast<int>(i) < count)
            m_tiles[i]->follow(m_first + static_cast<int>(i));
    m_moving = wasMoving;
}

void TileSpread::takeScroll(ViewportPresenter *tile)
{
    if (m_moving || !m_arranged)
        return;
    const auto at = std::find(m_tiles.begin(), m_tiles.end(), tile) - m_tiles.begin();
    if (tile->series() && m_lead->series() && tile->series()->uid == m_lead->series()->uid)
        moveTo(tile->target() - static_cast<int>(at));
}

void TileSpread::takeViewing(const ViewportPresenter *tile)
{
    if (!m_arranged || !tile->state().active || !tile->state().picture)
        return;
    const Viewing viewing = tile->viewing();
    for (ViewportPresenter *other : m_tiles)
        if (other != tile && other->series() && other->viewing() != viewing)
            other->setViewing(viewing);
}

} // namespace negatoscope::session
