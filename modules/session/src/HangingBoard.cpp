#include <session/HangingBoard.h>
#include <session/OpenStudies.h>
#include <session/PlanesPresenter.h>
#include <session/SeriesStripModel.h>

#include <QtCore/QJsonObject>

#include <algorithm>
#include <set>
#include <utility>

namespace negatoscope::session {

namespace {

constexpr int kPage = 10;

/// The series of a study in the order in which they shall come, each with the image it begins with.
class HangOrder
{
public:
    HangOrder(const OpenStudies &studies, const OpenStudy &open, const FirstHang &hanging)
    {
        for (const auto &tile : hanging.tiles)
            add(studies.seriesOf(tile.series), tile.image);
        for (const auto &series : open.series)
            add(&series, {});
    }

    struct Next
    {
        const cache::SeriesRecord *series;
        FirstImage first;
    };
    /// The one of that description, else the first that is left.
    std::optional<Next> take(const std::string &description)
    {
        auto at = std::find_if(m_left.begin(), m_left.end(), [&](const Next &one) {
            return !description.empty() && one.series->description == description;
        });
        if (at == m_left.end())
            at = m_left.begin();
        if (at == m_left.end())
            return std::nullopt;
        const Next taken = *at;
        m_left.erase(at);
        return taken;
    }

private:
    void add(const cache::SeriesRecord *series, const FirstImage &first)
    {
        const bool known = std::any_of(m_left.begin(), m_left.end(),
                                       [&](const Next &other) { return other.series == series; });
        if (series != nullptr && series->displayable > 0 && !known)
            m_left.push_back({series, first});
    }

    std::vector<Next> m_left;
};

} // namespace

HangingBoard::HangingBoard(Services services, const OpenStudies &studies, SeriesStripModel &strip,
                           QObject *parent)
    : QObject(parent),
      m_services(services),
      m_studies(studies),
      m_strip(strip)
{
    connect(&m_links, &LinkedViewing::changed, this, &HangingBoard::changed);
    setLayout({1, 1});
    setActive(0);
}

HangingBoard::~HangingBoard()
{
    m_planes.reset();
    m_tiles.end();
}

// --- Hanging ---

void HangingBoard::hang(const FirstHang &hanging)
{
    // Tiles that the layout leaves empty stay empty: a place of the four says that its image is missing.
    m_filling = false;
    setLayout({hanging.rows, hanging.columns});
    m_filling = true;
    for (std::size_t i = 0; i < m_viewports.size() && i < hanging.tiles.size(); ++i) {
        const FirstHang::Tile &tile = hanging.tiles[i];
        if (const auto *record = m_studies.seriesOf(tile.series))
            show(*m_viewports[i], *record, tile.image);
    }
    const auto shown = std::find_if(m_viewports.begin(), m_viewports.end(),
                                    [](const auto &viewport) { return viewport->series().has_value(); });
    setActive(shown == m_viewports.end() ? 0 : static_cast<int>(shown - m_viewports.begin()));
    updateShown();
    m_acted = false;
}

/// A single column gets a second one. A series of the same description stands beside its like, else they come
/// as the study would open by itself.
void HangingBoard::hangBeside(const OpenStudy &open, const FirstHang &hanging, Half wanted)
{
    endPlanes();
    if (m_beforeTiles)
        endTiles();
    if (m_layout.columns == 1)
        addColumn(wanted);
    m_maximised.reset();
    const bool right = wanted == Half::Right;
    const int columns = m_layout.columns, half = columns / 2, from = right ? columns - half : 0;
    const int away = right ? half - columns : columns - half; // from a place to that of its like
    HangOrder order(m_studies, open, hanging);
    for (int row = 0; row < m_layout.rows; ++row) {
        for (int column = from; column < from + half; ++column) {
            const auto *like = viewportAt(row * columns + column + away);
            if (const auto next = order.take(like->series() ? like->series()->description : std::string()))
                show(*viewportAt(row * columns + column), *next->series, next->first);
        }
    }
    // The hand stays with the window's own study.
    if (const int column = m_active % columns; column >= from && column < from + half)
        m_active = m_active / columns * columns + (right ? 0 : half);
    setActive(m_active);
    updateShown();
    Q_EMIT layoutChanged();
}

void HangingBoard::takeDown(const base::StudyUid &study)
{
    endPlanes();
    if (m_beforeTiles)
        endTiles();
    for (const auto &viewport : m_viewports)
        if (viewport->study() && viewport->study()->uid == study)
            viewport->clear();
    fillEmptyViewports();
    updateShown();
}

void HangingBoard::clear()
{
    endPlanes();
    m_tiles.end();
    m_beforeTiles.reset();
    m_maximised.reset();
    for (auto &viewport : m_viewports)
        viewport->clear();
    m_links.forgetPlaces();
}

void HangingBoard::show(ViewportPresenter &viewport, const cache::SeriesRecord &series,
                        const FirstImage &first)
{
    // The mark first: no picture of another person without its band, not even once.
    viewport.setStudyMark(m_studies.markOf(series.study));
    viewport.showSeries(m_studies.studyOf(series), series, first);
}

// --- Layout ---

void HangingBoard::setLayout(Layout layout)
{
    endPlanes();
    layout.rows = std::clamp(layout.rows, 1, Layout::kMaximum);
    layout.columns = std::clamp(layout.columns, 1, Layout::kMaximum);
    const auto count = static_cast<std::size_t>(layout.rows * layout.columns);
    if (layout == m_layout && m_viewports.size() == count && !m_maximised)
        return;
    m_layout = layout;
    m_maximised.reset();
    m_tiles.end();
    // What the reader was looking at stays in sight.
    if (static_cast<std::size_t>(m_active) >= count) {
        std::swap(m_viewports[0], m_viewports[static_cast<std::size_t>(m_active)]);
        m_active = 0;
    }
    // Views still hold the viewports that go: they are destroyed once layoutChanged() has been heard.
    std::vector<std::unique_ptr<ViewportPresenter>> gone;
    while (m_viewports.size() > count) {
        gone.push_back(std::move(m_viewports.back()));
        m_viewports.pop_back();
    }
    while (m_viewports.size() < count) {
        m_viewports.push_back(std::make_unique<ViewportPresenter>(m_services));
        // A viewport's series may change without this object's doing: the strip's marks follow.
        connect(m_viewports.back().get(), &ViewportPresenter::changed, this, &HangingBoard::updateShown);
        connect(m_viewports.back().get(), &ViewportPresenter::acted, this, [this] { m_acted = true; });
        m_viewports.back()->setInterpolation(m_interpolation);
    }
    for (std::size_t i = 0; i < m_viewports.size(); ++i)
        m_viewports[i]->setActive(static_cast<int>(i) == m_active);
    updateLinks();
    if (m_beforeTiles)
        spreadTiles(*m_viewports[static_cast<std::size_t>(m_active)]);
    else
        fillEmptyViewports();
    updateShown();
    Q_EMIT layoutChanged();
    Q_EMIT changed();
}

void HangingBoard::updateLinks()
{
    // Tiles and planes of one series move together already.
    m_links.setViewports(m_beforeTiles || m_planes ? std::vector<ViewportPresenter *>() : viewportPointers(),
                         m_active);
}

void HangingBoard::fillEmptyViewports()
{
    if (!m_filling)
        return;
    std::set<base::SeriesUid> shown;
    for (const auto &viewport : m_viewports)
        if (viewport->series())
            shown.insert(viewport->series()->uid);
    const auto &series = m_studies.ownSeries();
    auto next = series.begin();
    for (const auto &viewport : m_viewports) {
        if (viewport->series())
            continue;
        next = std::find_if(next, series.end(), [&](const cache::SeriesRecord &record) {
            return record.displayable > 0 && !shown.contains(record.uid);
        });
        if (next == series.end())
            return;
        show(*viewport, *next);
        shown.insert(next->uid);
    }
}

ViewportPresenter *HangingBoard::viewportAt(int index) const
{
    if (index < 0 || static_cast<std::size_t>(index) >= m_viewports.size())
        return nullptr;
    return m_viewports[static_cast<std::size_t>(index)].get();
}

void HangingBoard::setActive(int index)
{
    if (!viewportAt(index))
        return;
    m_active = index;
    if (m_maximised)
        m_maximised = index;
    for (std::size_t i = 0; i < m_viewports.size(); ++i)
        m_viewports[i]->setActive(static_cast<int>(i) == index);
    updateLinks();
    Q_EMIT changed();
}

void HangingBoard::showSeries(int viewport, const base::SeriesUid &series)
{
    ViewportPresenter *target = viewportAt(viewport);
    const auto *record = m_studies.seriesOf(series);
    if (target == nullptr || record == nullptr)
        return;
    if (m_planes) {
        endPlanes();
        viewport = m_active;
        target = active();
    }
    show(*target, *record);
    setActive(viewport);
    if (m_beforeTiles)
        spreadTiles(*target);
    updateShown();
}

void HangingBoard::stepSeries(int step)
{
    endPlanes();
    ViewportPresenter *viewport = active();
    if (!viewport || step == 0)
        return;
    // Within the study of the viewport: a key never leads to another study, let alone to another person.
    const int size = m_strip.rowCount();
    const auto study = viewport->series() ? viewport->series()->study
                       : m_studies.own()  ? m_studies.own()->uid
                                          : base::StudyUid();
    int at = viewport->series() ? m_strip.rowOf(viewport->series()->uid) : (step > 0 ? -1 : size);
    do
        at += step > 0 ? 1 : -1;
    while (at >= 0 && at < size &&
           (m_strip.seriesAt(at).displayable == 0 || m_strip.seriesAt(at).study != study));
    if (at >= 0 && at < size)
        showSeries(m_active, m_strip.seriesAt(at).uid);
}

void HangingBoard::toggleMaximised(int index)
{
    if (!viewportAt(index))
        return;
    if (m_maximised)
        m_maximised.reset();
    else if (m_viewports.size() > 1)
        m_maximised = index;
    setActive(index);
    Q_EMIT layoutChanged();
    Q_EMIT changed();
}

void HangingBoard::updateShown()
{
    std::vector<base::SeriesUid> shown;
    for (const auto &viewport : m_viewports)
        if (viewport->series())
            shown.push_back(viewport->series()->uid);
    m_strip.setShown(shown);
}

/// A second column of empty viewports in that half; what is shown keeps its row.
void HangingBoard::addColumn(Half half)
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

// --- Tiles of one series ---

std::vector<ViewportPresenter *> HangingBoard::viewportPointers() const
{
    std::vector<ViewportPresenter *> pointers;
    for (const auto &viewport : m_viewports)
        pointers.push_back(viewport.get());
    return pointers;
}

void HangingBoard::toggleTiles()
{
    endPlanes();
    if (m_beforeTiles) {
        endTiles();
        return;
    }
    ViewportPresenter *lead = active();
    if (lead == nullptr || !lead->series())
        return;
    Hung before{m_layout, {}, {}};
    for (const auto &viewport : m_viewports) {
        before.series.push_back(viewport->series() ? std::optional(viewport->series()->uid) : std::nullopt);
        before.places.push_back(viewport->target());
    }
    m_beforeTiles = std::move(before);
    if (m_layout == Layout{1, 1} || m_maximised)
        setLayout(m_layout == Layout{1, 1} ? Layout{2, 2} : m_layout); // spreads
    else
        spreadTiles(*lead);
    Q_EMIT changed();
}

void HangingBoard::spreadTiles(ViewportPresenter &lead)
{
    m_tiles.spread(lead, viewportPointers());
    updateLinks();
}

void HangingBoard::endTiles()
{
    const Hung before = *std::exchange(m_beforeTiles, std::nullopt);
    m_tiles.end();
    const ViewportPresenter *last = active();
    const auto read = last != nullptr && last->series() ? std::optional(last->series()->uid) : std::nullopt;
    const int place = last != nullptr ? last->target() : 0;
    setLayout(before.layout);
    // What was hung, but for the series just read: it stays at the image it was read at.
    std::optional<int> readAt;
    for (std::size_t i = 0; i < m_viewports.size() && i < before.series.size(); ++i) {
        const auto *record = before.series[i] ? m_studies.seriesOf(*before.series[i]) : nullptr;
        if (record == nullptr) {
            m_viewports[i]->clear();
            continue;
        }
        const bool here = before.series[i] == read && !readAt;
        if (here)
            readAt = static_cast<int>(i);
        show(*m_viewports[i], *record, {FirstImage::Where::Place, {}, {}, here ? place : before.places[i]});
    }
    setActive(readAt.value_or(0));
    updateLinks();
    updateShown();
}

void HangingBoard::scrollPage(int pages)
{
    if (ViewportPresenter *viewport = active())
        viewport->scrollBy(pages * (m_tiles.isOn() ? m_tiles.size() : kPage));
}

// --- How ---

void HangingBoard::setInterpolation(imaging::Interpolation interpolation)
{
    m_interpolation = interpolation;
    for (const auto &viewport : m_viewports)
        viewport->setInterpolation(interpolation);
    if (m_planes) {
        m_planes->setInterpolation(interpolation);
        for (const auto &viewport : m_behind->viewports)
            viewport->setInterpolation(interpolation);
    }
    Q_EMIT changed();
}

QJsonArray HangingBoard::json() const
{
    QJsonArray tiles;
    for (std::size_t i = 0; i < m_viewports.size(); ++i) {
        QJsonObject tile = m_viewports[i]->json();
        tile.insert(QStringLiteral("tile"), static_cast<int>(i) + 1);
        const GridPlace place = placeOf(static_cast<int>(i));
        tile.insert(QStringLiteral("row"), place.row + 1);
        tile.insert(QStringLiteral("column"), place.column + 1);
        tile.insert(QStringLiteral("visible"), !m_maximised || *m_maximised == static_cast<int>(i));
        tiles.append(tile);
    }
    return tiles;
}

} // namespace negatoscope::session
