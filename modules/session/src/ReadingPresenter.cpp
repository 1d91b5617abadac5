#include "Background.h"

#include <cache/Cache.h>
#include <session/ReadingPresenter.h>

#include <QtCore/QJsonArray>

#include <algorithm>
#include <set>
#include <utility>

namespace negatoscope::session {

namespace {

constexpr int kPage = 10;
constexpr double kLeastMagnification = 1.5, kMostMagnification = 16;

struct Opened
{
    base::Result<cache::StudyRecord> study;
    std::vector<cache::SeriesRecord> series;
    FirstHang hang;
};

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
      m_strip(std::make_unique<SeriesStripModel>(services)),
      m_links(std::make_unique<LinkedViewing>())
{
    connect(m_links.get(), &LinkedViewing::changed, this, &ReadingPresenter::announce);
    setLayout({1, 1});
    setActive(0);
}

ReadingPresenter::~ReadingPresenter()
{
    closeStudy();
}

void ReadingPresenter::announce()
{
    announceOnce(this, m_announcing, &ReadingPresenter::changed);
}

// --- Study ---

void ReadingPresenter::openStudy(const base::StudyUid &study,
                                 const std::optional<cache::PatientIdentity> &expected)
{
    auto previous = m_study ? std::optional(std::pair(m_study->uid, m_study->patient)) : m_previous;
    closeStudy();
    m_previous = std::move(previous);
    read(study, expected, false);
}

void ReadingPresenter::read(const base::StudyUid &study,
                            const std::optional<cache::PatientIdentity> &expected, bool confirmed)
{
    m_opening = true;
    inBackground(
        this,
        [services = m_services, study] {
            Opened opened{services.cache.study(study), services.cache.series(study), {}};
            opened.hang = FirstHang::of(readHangSeries(services, opened.series));
            return opened;
        },
        [this, generation = m_generation, expected, confirmed](Opened opened) {
            if (generation != m_generation)
                return;
            m_opening = false;
            announce();
            if (checkOpened(opened.study, expected))
                take(*opened.study, std::move(opened.series), opened.hang, confirmed);
        });
    announce();
}

void ReadingPresenter::take(const cache::StudyRecord &study, std::vector<cache::SeriesRecord> series,
                            const FirstHang &hanging, bool confirmed)
{
    if (const auto others = unconfirmedElsewhere(study); !others.empty() && !confirmed) {
        const auto &other = others.front();
        m_question =
            PersonQuestion{other.study, study, PersonQuestion::reasonFor(other.study, study), other.window};
        return;
    }
    m_previous.reset();
    m_study = study;
    m_series = std::move(series);
    m_services.cache.setOpen(m_study->uid, true);
    m_strip->setSeries(*m_study, m_series);

    hang(hanging);
    for (const auto &one : std::exchange(m_waitingBesides, {}))
        openBeside(one.study, one.expected, one.half);
}

void ReadingPresenter::closeStudy()
{
    ++m_generation;
    m_opening = false;
    m_tiles.end();
    m_beforeTiles.reset();
    if (m_study)
        m_services.cache.setOpen(m_study->uid, false);
    m_study.reset();
    m_previous.reset();
    m_series.clear();
    forgetBesides();
    m_strip->setSeries({}, {});
    m_maximised.reset();
    for (auto &viewport : m_viewports)
        viewport->clear();
    m_links->forgetPlaces();
    announce();
}

void ReadingPresenter::hang(const FirstHang &hanging)
{
    m_hanging = hanging;
    // Tiles that the layout leaves empty stay empty: a place of the four says that its image is missing.
    m_filling = false;
    setLayout({hanging.rows, hanging.columns});
    m_filling = true;
    for (std::size_t i = 0; i < m_viewports.size() && i < hanging.tiles.size(); ++i) {
        const FirstHang::Tile &tile = hanging.tiles[i];
        if (const auto *record = recordOf(tile.series))
            show(*m_viewports[i], *record, tile.image);
    }
    m_tool = hanging.scrolls ? Tool::Scroll : Tool::Window;
    const auto shown = std::find_if(m_viewports.begin(), m_viewports.end(),
                                    [](const auto &viewport) { return viewport->series().has_value(); });
    setActive(shown == m_viewports.end() ? 0 : static_cast<int>(shown - m_viewports.begin()));
    updateShown();
    for (std::size_t i = 0; i < m_viewports.size() && i < hanging.tiles.size(); ++i)
        if (hanging.tiles[i].cine)
            playOnceListed(*m_viewports[i]);
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

// --- Layout ---

void ReadingPresenter::setLayout(Layout layout)
{
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
        connect(m_viewports.back().get(), &ViewportPresenter::changed, this, &ReadingPresenter::updateShown);
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
    announce();
}

void ReadingPresenter::updateLinks()
{
    // Tiles of one series move together already, by images.
    m_links->setViewports(m_beforeTiles ? std::vector<ViewportPresenter *>() : viewportPointers(), m_active);
}

void ReadingPresenter::fillEmptyViewports()
{
    if (!m_study || !m_filling)
        return;
    std::set<base::SeriesUid> shown;
    for (const auto &viewport : m_viewports)
        if (viewport->series())
            shown.insert(viewport->series()->uid);
    auto next = m_series.begin();
    for (const auto &viewport : m_viewports) {
        if (viewport->series())
            continue;
        next = std::find_if(next, m_series.end(), [&](const cache::SeriesRecord &record) {
            return record.displayable > 0 && !shown.contains(record.uid);
        });
        if (next == m_series.end())
            return;
        show(*viewport, *next);
        shown.insert(next->uid);
    }
}

ViewportPresenter *ReadingPresenter::viewportAt(int index) const
{
    if (index < 0 || static_cast<std::size_t>(index) >= m_viewports.size())
        return nullptr;
    return m_viewports[static_cast<std::size_t>(index)].get();
}

void ReadingPresenter::setActive(int index)
{
    if (!viewportAt(index))
        return;
    m_active = index;
    if (m_maximised)
        m_maximised = index;
    for (std::size_t i = 0; i < m_viewports.size(); ++i)
        m_viewports[i]->setActive(static_cast<int>(i) == index);
    updateLinks();
    announce();
}

void ReadingPresenter::showSeries(int viewport, const base::SeriesUid &series)
{
    ViewportPresenter *target = viewportAt(viewport);
    const auto *record = recordOf(series);
    if (target == nullptr || record == nullptr)
        return;
    show(*target, *record);
    setActive(viewport);
    if (m_beforeTiles)
        spreadTiles(*target);
    updateShown();
}

void ReadingPresenter::stepSeries(int step)
{
    ViewportPresenter *viewport = active();
    if (!viewport || step == 0)
        return;
    // Within the study of the viewport: a key never leads to another study, let alone to another person.
    const int size = m_strip->rowCount();
    const auto study = viewport->series() ? viewport->series()->study
                       : m_study          ? m_study->uid
                                          : base::StudyUid();
    int at = viewport->series() ? m_strip->rowOf(viewport->series()->uid) : (step > 0 ? -1 : size);
    do
        at += step > 0 ? 1 : -1;
    while (at >= 0 && at < size &&
           (m_strip->seriesAt(at).displayable == 0 || m_strip->seriesAt(at).study != study));
    if (at >= 0 && at < size)
        showSeries(m_active, m_strip->seriesAt(at).uid);
}

void ReadingPresenter::toggleMaximised(int index)
{
    if (!viewportAt(index))
        return;
    if (m_maximised)
        m_maximised.reset();
    else if (m_viewports.size() > 1)
        m_maximised = index;
    setActive(index);
    Q_EMIT layoutChanged();
    announce();
}

void ReadingPresenter::updateShown()
{
    std::vector<base::SeriesUid> shown;
    for (const auto &viewport : m_viewports)
        if (viewport->series())
            shown.push_back(viewport->series()->uid);
    m_strip->setShown(shown);
}

// --- Tiles of one series ---

std::vector<ViewportPresenter *> ReadingPresenter::viewportPointers() const
{
    std::vector<ViewportPresenter *> pointers;
    for (const auto &viewport : m_viewports)
        pointers.push_back(viewport.get());
    return pointers;
}

void ReadingPresenter::toggleTiles()
{
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
    announce();
}

void ReadingPresenter::spreadTiles(ViewportPresenter &lead)
{
    m_tiles.spread(lead, viewportPointers());
    updateLinks();
}

void ReadingPresenter::endTiles()
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
        const auto *record = before.series[i] ? recordOf(*before.series[i]) : nullptr;
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

void ReadingPresenter::scrollPage(int pages)
{
    if (ViewportPresenter *viewport = active())
        viewport->scrollBy(pages * (m_tiles.isOn() ? m_tiles.size() : kPage));
}

// --- Hands ---

void ReadingPresenter::toggleCineOfAll()
{
    m_cine.toggleAll(m_maximised ? std::vector<ViewportPresenter *>{active()} : viewportPointers());
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

void ReadingPresenter::setInterpolation(imaging::Interpolation interpolation)
{
    m_interpolation = interpolation;
    for (const auto &viewport : m_viewports)
        viewport->setInterpolation(interpolation);
    announce();
}

void ReadingPresenter::setTool(Tool tool)
{
    if (tool == Tool::WindowRegion && m_tool != Tool::WindowRegion)
        m_toolBefore = m_tool;
    m_tool = tool;
    if (tool != Tool::Cursor)
        m_links->clearCursor();
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

QJsonObject ReadingPresenter::json() const
{
    QJsonArray tiles;
    for (std::size_t i = 0; i < m_viewports.size(); ++i) {
        QJsonObject tile = m_viewports[i]->json();
        tile.insert(QStringLiteral("tile"), static_cast<int>(i) + 1);
        tile.insert(QStringLiteral("row"), static_cast<int>(i) / m_layout.columns + 1);
        tile.insert(QStringLiteral("column"), static_cast<int>(i) % m_layout.columns + 1);
        tile.insert(QStringLiteral("visible"), !m_maximised || *m_maximised == static_cast<int>(i));
        tiles.append(tile);
    }
    QJsonObject json{
        {QStringLiteral("layout"), QStringLiteral("%1x%2").arg(m_layout.rows).arg(m_layout.columns)},
        {QStringLiteral("tool"), nameOf(m_tool)},
        {QStringLiteral("links"), m_links->json()},
        {QStringLiteral("opening"), m_opening},
        {QStringLiteral("tiles"), m_tiles.isOn()},
        {QStringLiteral("magnifier"), m_magnifying ? QJsonValue(m_magnification) : QJsonValue(false)},
        {QStringLiteral("viewports"), tiles}};
    if (m_study) {
        json.insert(QStringLiteral("studyInstanceUid"), QString::fromStdString(m_study->uid.value()));
        json.insert(QStringLiteral("patientName"),
                    QString::fromStdString(dicom::visibleText(m_study->patient.name.display())));
        json.insert(QStringLiteral("patientId"),
                    QString::fromStdString(dicom::visibleText(m_study->patient.id)));
    }
    insertBesides(json);
    return json;
}

} // namespace negatoscope::session
