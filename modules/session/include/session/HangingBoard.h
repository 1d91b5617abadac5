#pragma once

#include <session/FirstHang.h>
#include <session/LinkedViewing.h>
#include <session/OpenStudy.h>
#include <session/TileSpread.h>
#include <session/ViewportPresenter.h>

#include <QtCore/QJsonArray>
#include <QtCore/QObject>

#include <memory>
#include <optional>
#include <vector>

namespace negatoscope::session {

class OpenStudies;
class PlanesPresenter;
class SeriesStripModel;

/// A grid of viewports.
struct Layout
{
    int rows = 1, columns = 1;
    bool operator==(const Layout &) const = default;
    static constexpr int kMaximum = 4;
};

/// The cells of the grid that a viewport covers, from 0.
struct GridPlace
{
    int row = 0, column = 0, rows = 1, columns = 1;
    bool operator==(const GridPlace &) const = default;
};

/// The grid of viewports of one reading window and what hangs in it, of the studies that are open.
///
/// Emits changed() for anything but what happens inside a viewport, which emits its own. `studies` and
/// `strip`, whose marks follow what is shown, must outlive it.
class HangingBoard final : public QObject
{
    Q_OBJECT
public:
    HangingBoard(Services services, const OpenStudies &studies, SeriesStripModel &strip,
                 QObject *parent = nullptr);
    ~HangingBoard() override;
    Q_DISABLE_COPY_MOVE(HangingBoard)

    /// As a study is first laid out.
    void hang(const FirstHang &hanging);
    /// The same again, now that more is known of the study: what is shown and has its place in it stays.
    void hangAgain(const FirstHang &hanging);
    /// Whether a study still hangs like that, and the reader has done nothing since.
    bool isUntouchedSince(const FirstHang &hanging) const;
    /// More of a study has come: the viewports that show it take it in, and go on showing what they show.
    void takeArrival(const base::StudyUid &study);
    /// One half of the grid becomes the other study's, the other half stays as it is.
    void hangBeside(const OpenStudy &open, const FirstHang &hanging, Half half);
    /// Empties the viewports of a study that is going; free places take the series not yet shown.
    void takeDown(const base::StudyUid &study);
    /// Empties all.
    void clear();

    Layout layout() const { return m_layout; }
    void setLayout(Layout layout);
    /// rows x columns viewports, row by row; of planes one for each. Valid until the next setLayout() with
    /// fewer of them.
    const std::vector<std::unique_ptr<ViewportPresenter>> &viewports() const { return m_viewports; }
    std::vector<ViewportPresenter *> viewportPointers() const;
    ViewportPresenter *viewportAt(int index) const;
    int activeIndex() const { return m_active; }
    ViewportPresenter *active() const { return viewportAt(m_active); }
    void setActive(int index);
    void showSeries(int viewport, const base::SeriesUid &series);
    /// The next or previous displayable series of its study in the active viewport.
    void stepSeries(int step);
    /// Shows one viewport alone, or the grid again.
    void toggleMaximised(int index);
    std::optional<int> maximised() const { return m_maximised; }

    /// What the viewports have to do with each other.
    LinkedViewing &links() { return m_links; }
    const LinkedViewing &links() const { return m_links; }

    /// Spreads the active viewport's series over the grid, or hangs again what was there before.
    void toggleTiles();
    const TileSpread &tiles() const { return m_tiles; }
    /// Three planes of the active viewport's series in the place of all that hangs (MPR), or that again just
    /// as it was. What changes the grid ends the planes first.
    void togglePlanes();
    /// Null while no planes are shown.
    PlanesPresenter *planes() const { return m_planes.get(); }
    /// Planes with the volume in 3D beside them, or what hung before all that.
    void toggleRendered();
    bool isRendered() const { return m_planes != nullptr && m_rendered; }
    GridPlace placeOf(int viewport) const;
    /// Where the 3D view has its place while isRendered().
    GridPlace renderedPlace() const { return {1, 1, 1, 1}; }
    /// By as many images as there are tiles; without tiles by ten.
    void scrollPage(int pages);

    imaging::Interpolation interpolation() const { return m_interpolation; }
    void setInterpolation(imaging::Interpolation interpolation);

    /// One entry for each viewport.
    QJsonArray json() const;

Q_SIGNALS:
    void changed();
    void layoutChanged();
    /// What hung before is shown again: findings that refuse planes, or why the volume cannot be had.
    void planesRefused(const std::vector<negatoscope::volume::Finding> &findings,
                       const std::optional<negatoscope::base::Error> &error);

private:
    void show(ViewportPresenter &viewport, const cache::SeriesRecord &series, const FirstImage &first = {});
    void addColumn(Half half);
    void fillEmptyViewports();
    void updateShown();
    void updateLinks();
    void spreadTiles(ViewportPresenter &lead);
    void endTiles();
    void beginPlanes(ViewportPresenter &source);
    void endPlanes();
    void refusePlanes();

    const Services m_services;
    const OpenStudies &m_studies;
    SeriesStripModel &m_strip;
    LinkedViewing m_links;
    TileSpread m_tiles;
    std::vector<std::unique_ptr<ViewportPresenter>> m_viewports;
    Layout m_layout{0, 0}; ///< until the constructor has set one
    std::optional<int> m_maximised;
    int m_active = 0;
    bool m_acted = false;  ///< the reader did something in a viewport since a study was hung
    bool m_filling = true; ///< empty tiles take the series not yet shown
    /// What hung before the tiles.
    struct Hung
    {
        Layout layout;
        std::vector<std::optional<base::SeriesUid>> series;
        std::vector<int> places;
    };
    std::optional<Hung> m_beforeTiles;
    /// What hangs behind the planes, as it was.
    struct Behind
    {
        std::vector<std::unique_ptr<ViewportPresenter>> viewports;
        Layout layout;
        int active = 0;
        std::optional<int> maximised;
    };
    std::optional<Behind> m_behind;
    bool m_rendered = false;                   ///< while there are planes
    std::unique_ptr<PlanesPresenter> m_planes; ///< after the viewports that it works on
    imaging::Interpolation m_interpolation = imaging::Interpolation::Bilinear;
};

} // namespace negatoscope::session
