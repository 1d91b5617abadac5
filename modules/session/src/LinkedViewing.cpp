#include "Background.h"
#include "LinkedTile.h"

#include <session/LinkedViewing.h>

#include <QtCore/QJsonArray>

#include <algorithm>
#include <cmath>

namespace negatoscope::session {

using base::PatientPoint;
using base::PatientVector;

namespace {

QString nameOf(LinkedViewing::Mode mode)
{
    switch (mode) {
    case LinkedViewing::Mode::Off:
        return QStringLiteral("off");
    case LinkedViewing::Mode::ByPosition:
        return QStringLiteral("position");
    case LinkedViewing::Mode::ByOffset:
        return QStringLiteral("offset");
    }
    return {};
}

} // namespace

LinkedViewing::LinkedViewing(QObject *parent) : QObject(parent)
{}

LinkedViewing::~LinkedViewing() = default;

void LinkedViewing::announce()
{
    announceOnce(this, m_announcing, &LinkedViewing::changed);
}

void LinkedViewing::setViewports(const std::vector<ViewportPresenter *> &viewports, int active)
{
    for (const auto &known : m_viewports) {
        if (known && std::find(viewports.begin(), viewports.end(), known.data()) == viewports.end()) {
            known->disconnect(this);
            known->setGuides({});
        }
    }
    for (ViewportPresenter *viewport : viewports) {
        if (std::find(m_viewports.begin(), m_viewports.end(), viewport) != m_viewports.end())
            continue;
        connect(viewport, &ViewportPresenter::changed, this, &LinkedViewing::update);
        connect(viewport, &ViewportPresenter::acted, this,
                [this, viewport](const ViewportAct &act) { take(viewport, act); });
        connect(viewport, &ViewportPresenter::listed, this, [this, viewport] { takeListed(viewport); });
    }
    m_viewports.assign(viewports.begin(), viewports.end());
    m_active = active;
    update();
}

void LinkedViewing::forgetPlaces()
{
    m_anchors.clear();
    m_cursor.reset();
    m_scrolled = false;
    if (m_mode == Mode::ByOffset)
        m_mode = Mode::ByPosition;
    update();
    announce();
}

// --- Who is linked with whom ---

std::vector<LinkedViewing::Tile> LinkedViewing::tiles() const
{
    std::vector<Tile> all;
    for (const auto &viewport : m_viewports)
        if (viewport)
            all.push_back(Tile::of(*viewport));
    return all;
}

bool LinkedViewing::isLinked(const Tile &one, const Tile &other) const
{
    if (m_mode == Mode::Off || one.viewport == other.viewport || !one.isStack() || !other.isStack())
        return false;
    const bool sameSpace = one.space == other.space;
    const bool byOffset =
        m_mode == Mode::ByOffset && m_anchors.contains(one.space) && m_anchors.contains(other.space);
    return (sameSpace || byOffset) && dicom::areNearlyParallel(*one.normal, *other.normal) &&
           isSamePerson(one, other);
}

PatientVector LinkedViewing::offset(const Tile &from, const Tile &to) const
{
    if (from.space == to.space)
        return {};
    return m_anchors.at(to.space) - m_anchors.at(from.space);
}

void LinkedViewing::link()
{
    m_mode = Mode::ByPosition;
    m_anchors.clear();
    const auto all = tiles();
    const auto active = static_cast<std::size_t>(m_active);
    if (active < all.size()) {
        followScroll(all[active], all);
        const auto &view = all[active].state().view;
        if (view.zoom != 0 || view.panX != 0 || view.panY != 0)
            followView(all[active], all);
    }
    update();
    announce();
}

void LinkedViewing::linkByOffset()
{
    m_mode = Mode::ByOffset;
    m_anchors.clear();
    const auto all = tiles();
    const auto active = static_cast<std::size_t>(m_active);
    if (active < all.size() && all[active].isStack()) {
        m_anchors.emplace(all[active].space, all[active].centre);
        for (const Tile &tile : all)
            if (tile.isStack() && isSamePerson(tile, all[active]) &&
                dicom::areNearlyParallel(*tile.normal, *all[active].normal))
                m_anchors.emplace(tile.space, tile.centre);
    }
    update();
    announce();
}

void LinkedViewing::unlink()
{
    m_mode = Mode::Off;
    m_anchors.clear();
    update();
    announce();
}

void LinkedViewing::setWindowLinked(bool linked)
{
    m_windowLinked = linked;
    announce();
}

// --- Following ---

void LinkedViewing::take(ViewportPresenter *source, const ViewportAct &act)
{
    if (m_following || m_mode == Mode::Off)
        return;
    const auto all = tiles();
    const auto tile =
        std::find_if(all.begin(), all.end(), [&](const Tile &t) { return t.viewport == source; });
    if (tile == all.end())
        return;
    using Kind = ViewportAct::Kind;
    switch (act.kind) {
    case Kind::Scroll:
        followScroll(*tile, all);
        break;
    case Kind::View:
        followView(*tile, all);
        break;
    case Kind::Fit:
        m_following = true;
        for (const Tile &other : all)
            if (isLinked(*tile, other))
                other.viewport->fit();
        m_following = false;
        break;
    case Kind::WindowDrag:
    case Kind::Window:
    case Kind::Preset:
    case Kind::FullRange:
    case Kind::Invert:
        followWindow(*tile, all, act);
        break;
    }
}

/// A series that is hung while others have been scrolled comes to their place, the active viewport's first.
void LinkedViewing::takeListed(ViewportPresenter *viewport)
{
    if (m_mode == Mode::Off || !m_scrolled)
        return;
    const auto all = tiles();
    const auto own =
        std::find_if(all.begin(), all.end(), [&](const Tile &t) { return t.viewport == viewport; });
    if (own == all.end())
        return;
    const Tile *reference = nullptr;
    for (std::size_t i = 0; i < all.size(); ++i)
        if (isLinked(*own, all[i]) && (reference == nullptr || static_cast<int>(i) == m_active))
            reference = &all[i];
    if (reference == nullptr)
        return;
    const auto slice = viewport->places().nearest(reference->centre + offset(*reference, *own),
                                                  *reference->normal, viewport->target());
    m_following = true;
    if (slice && !slice->outside)
        viewport->scrollTo(slice->index);
    m_following = false;
}

void LinkedViewing::followScroll(const Tile &source, const std::vector<Tile> &all)
{
    m_scrolled = true;
    m_following = true;
    for (const Tile &other : all) {
        if (!isLinked(source, other))
            continue;
        const auto slice = other.viewport->places().nearest(source.centre + offset(source, other),
                                                            *source.normal, other.viewport->target());
        if (slice && !slice->outside)
            other.viewport->scrollTo(slice->index);
    }
    m_following = false;
}

/// The same anatomy in the middle, at the same scale: millimetres are linked, not pixels.
void LinkedViewing::followView(const Tile &source, const std::vector<Tile> &all)
{
    if (!source.plane)
        return;
    const auto &transform = source.state().transform;
    const auto size = transform.view();
    const PatientPoint middle =
        source.plane->toPatient(transform.toImage({size.width / 2.0, size.height / 2.0}));
    const double perMm = transform.scaleColumn() / source.plane->columnSpacing;
    m_following = true;
    for (const Tile &other : all)
        if (other.plane && isLinked(source, other))
            other.viewport->showAt(other.plane->toImage(middle + offset(source, other)), perMm);
    m_following = false;
}

void LinkedViewing::followWindow(const Tile &source, const std::vector<Tile> &all, const ViewportAct &act)
{
    if (!m_windowLinked)
        return;
    using Kind = ViewportAct::Kind;
    m_following = true;
    for (const Tile &other : all) {
        if (!isLinked(source, other) || other.state().facts.modality != source.state().facts.modality)
            continue;
        ViewportPresenter &view = *other.viewport;
        switch (act.kind) {
        case Kind::WindowDrag: // each by the same part of its own width: equal windows stay equal
            view.dragWindow(act.dx, act.dy);
            break;
        case Kind::Window:
            view.setWindow(act.window);
            break;
        case Kind::Preset:
            view.applyPreset(act.preset);
            break;
        case Kind::FullRange:
            view.fullRange();
            break;
        case Kind::Invert:
            if (view.state().render.inverted != source.state().render.inverted)
                view.toggleInvert();
            break;
        case Kind::Scroll:
        case Kind::View:
        case Kind::Fit:
            break;
        }
    }
    m_following = false;
}

// --- Guides ---

void LinkedViewing::showReferenceLines(bool show)
{
    m_lines = show;
    update();
    announce();
}

/// Tells every viewport what it shows of the others. Cheap: run after each change of any of them.
void LinkedViewing::update()
{
    const auto all = tiles();
    const auto active = static_cast<std::size_t>(m_active);
    const Tile *leader = active < all.size() ? &all[active] : nullptr;

    // Groups in the order of their first viewport.
    std::vector<int> groups(all.size(), 0);
    int count = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (groups[i] != 0)
            continue;
        for (std::size_t j = i + 1; j < all.size(); ++j) {
            if (groups[j] != 0 || !isLinked(all[i], all[j]))
                continue;
            if (groups[i] == 0)
                groups[i] = ++count;
            groups[j] = groups[i];
        }
    }
    for (std::size_t i = 0; i < all.size(); ++i) {
        Guides guides;
        if (groups[i] != 0) {
            const bool led = leader != nullptr && groups[active] == groups[i];
            const auto first =
                static_cast<std::size_t>(std::find(groups.begin(), groups.end(), groups[i]) - groups.begin());
            const Tile &reference = led ? *leader : all[first];
            guides.link = all[i].space == reference.space ? Guides::Link::ByPosition : Guides::Link::ByOffset;
            guides.group = count > 1 ? groups[i] : 0;
            if (led && isLinked(reference, all[i])) {
                const auto slice =
                    all[i].viewport->places().nearest(reference.centre + offset(reference, all[i]),
                                                      *reference.normal, all[i].viewport->target());
                guides.outside = slice && slice->outside;
            }
        }
        if (m_lines && leader != nullptr && all[i].viewport != leader->viewport)
            guides.lines = linesIn(all[i], *leader);
        guides.cursor = cursorIn(all[i]);
        all[i].viewport->setGuides(std::move(guides));
    }
}

// --- The 3D cursor ---

void LinkedViewing::placeCursor(int viewport, base::ViewPoint at)
{
    const auto all = tiles();
    const auto index = static_cast<std::size_t>(viewport);
    if (viewport < 0 || index >= all.size() || !all[index].plane || all[index].state().projection ||
        !all[index].viewport->study() || !all[index].viewport->series())
        return;
    const Tile &source = all[index];
    const base::ImagePoint point = source.state().transform.toImage(at);
    if (!source.plane->contains(point))
        return;
    m_cursor = Cursor{source.plane->toPatient(point), source.space, *source.viewport->study(),
                      source.viewport->series()->uid};
    m_following = true;
    for (const Tile &other : all) {
        if (other.viewport == source.viewport || !other.isStack() || other.space != source.space ||
            !isSamePerson(other, source))
            continue;
        if (const auto slice = other.viewport->places().nearest(m_cursor->point, other.viewport->target()))
            other.viewport->scrollTo(slice->index);
    }
    m_following = false;
    update();
    announce();
}

void LinkedViewing::clearCursor()
{
    if (!m_cursor)
        return;
    m_cursor.reset();
    update();
    announce();
}

std::optional<PatientPoint> LinkedViewing::cursor() const
{
    return m_cursor ? std::optional(m_cursor->point) : std::nullopt;
}

std::optional<CursorMark> LinkedViewing::cursorIn(const Tile &tile) const
{
    if (!m_cursor || !tile.plane || tile.space != m_cursor->space || tile.state().projection ||
        !isSamePerson(m_cursor->study, m_cursor->series, *tile.viewport->study(),
                      tile.viewport->series()->uid))
        return std::nullopt;
    CursorMark mark{tile.plane->toImage(m_cursor->point), std::abs(tile.plane->distanceTo(m_cursor->point)),
                    false};
    if (!tile.plane->contains(mark.at))
        return std::nullopt;
    mark.offPlane = mark.distanceMm > tile.reachMm();
    return mark;
}

QJsonObject LinkedViewing::json() const
{
    QJsonObject json{{QStringLiteral("mode"), nameOf(m_mode)},
                     {QStringLiteral("window"), m_windowLinked},
                     {QStringLiteral("referenceLines"), m_lines}};
    if (m_cursor)
        json.insert(QStringLiteral("cursorMm"),
                    QJsonArray{m_cursor->point.x, m_cursor->point.y, m_cursor->point.z});
    return json;
}

} // namespace negatoscope::session
