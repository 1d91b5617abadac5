#pragma once

#include <QtCore/QObject>

#include <vector>

namespace negatoscope::session {

class ViewportPresenter;

/// One series spread over several viewports: consecutive images, row by row (IHE BIR "viewports with tiles").
///
/// Scrolling in any tile moves all by as much, never past the last image. Window, zoom, pan, turns and
/// overlays of the active tile are those of all. Tiles that the series has no image for stay empty.
class TileSpread final : public QObject
{
    Q_OBJECT
public:
    explicit TileSpread(QObject *parent = nullptr);
    ~TileSpread() override;
    Q_DISABLE_COPY_MOVE(TileSpread)

    /// Spreads what `lead` shows over `tiles` (it is one of them), from its present image on as far as the
    /// series has images for all tiles.
    void spread(ViewportPresenter &lead, std::vector<ViewportPresenter *> tiles);
    void end();
    bool isOn() const { return !m_tiles.empty(); }
    int size() const { return static_cast<int>(m_tiles.size()); }
    /// Of the first tile.
    int firstImage() const { return m_first; }

private:
    void arrange();
    void moveTo(int first);
    void takeScroll(ViewportPresenter *tile);
    void takeViewing(const ViewportPresenter *tile);

    std::vector<ViewportPresenter *> m_tiles;
    ViewportPresenter *m_lead = nullptr;
    int m_first = 0;
    bool m_arranged = false, m_moving = false;
};

} // namespace negatoscope::session
