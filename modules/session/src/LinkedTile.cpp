#include "LinkedTile.h"

#include <cache/Patient.h>

#include <algorithm>
#include <utility>

namespace negatoscope::session {

LinkedTile LinkedTile::of(ViewportPresenter &viewport)
{
    LinkedTile tile;
    tile.viewport = &viewport;
    const auto &state = viewport.state();
    if (state.content == ViewportState::Content::Empty || !viewport.series())
        return tile;
    const dicom::StackFrame *frame = viewport.targetFrame();
    const auto &uid = frame != nullptr ? frame->frameOfReference : state.frameOfReference;
    // Without a frame of reference only the series itself is sure to be in one.
    tile.space = uid.isEmpty() ? "series " + viewport.series()->uid.value() : uid.value();
    if (state.content == ViewportState::Content::Picture && !state.facts.instance.isEmpty())
        tile.plane =
            dicom::ImagePlane::of(state.geometry, state.picture->size().width, state.picture->size().height);
    if (frame != nullptr && !state.frameOfReference.isEmpty() && state.frameOfReference != uid)
        tile.plane.reset(); // a series of several: the picture is still of another one
    if (frame == nullptr || viewport.places().isEmpty())
        return tile;
    tile.normal = viewport.places().normalAt(viewport.target());
    tile.centre = viewport.places().positionAt(viewport.target());
    if (tile.plane && frame->row && frame->column) {
        const double across = (tile.plane->columns - 1) / 2.0 * tile.plane->columnSpacing;
        const double down = (tile.plane->rows - 1) / 2.0 * tile.plane->rowSpacing;
        tile.centre = tile.centre + *frame->row * across + *frame->column * down;
    }
    return tile;
}

double LinkedTile::reachMm() const
{
    const double spacing = viewport->places().spacingAt(viewport->target());
    const double thickness = state().geometry.sliceThicknessMm.value_or(0);
    return (spacing > 0 ? spacing : std::max(thickness, 1.0)) / 2 + 1e-6;
}

bool isSamePerson(const cache::StudyRecord &one, const base::SeriesUid &oneSeries,
                  const cache::StudyRecord &other, const base::SeriesUid &otherSeries)
{
    if (oneSeries == otherSeries)
        return true;
    if (one.identityConflict || other.identityConflict)
        return false;
    return one.uid == other.uid || cache::comparePatients(one.patient, other.patient) == cache::Person::Same;
}

bool isSamePerson(const LinkedTile &one, const LinkedTile &other)
{
    const auto &[a, b] = std::pair(one.viewport, other.viewport);
    return a->study() && b->study() && a->series() && b->series() &&
           isSamePerson(*a->study(), a->series()->uid, *b->study(), b->series()->uid);
}

std::vector<ReferenceLine> linesIn(const LinkedTile &shown, const LinkedTile &active)
{
    std::vector<ReferenceLine> lines;
    if (!shown.plane || !active.plane || shown.space != active.space || active.state().projection ||
        !isSamePerson(shown, active))
        return lines;
    const int index = active.state().index;
    const auto add = [&](const dicom::ImagePlane &plane, ReferenceLine::Kind kind, int at) {
        if (const auto segment = dicom::intersectionOf(*shown.plane, plane))
            lines.push_back({*segment, kind, at + 1});
    };
    const auto &places = active.viewport->places();
    if (const auto run = places.isEmpty() ? std::nullopt : places.runOf(index)) {
        for (const int end : {run->first, run->second}) {
            if (end == index)
                continue;
            dicom::ImagePlane plane = *active.plane;
            plane.origin = places.positionAt(end);
            add(plane, ReferenceLine::Kind::End, end);
        }
    }
    add(*active.plane, ReferenceLine::Kind::Current, index);
    return lines;
}

} // namespace negatoscope::session
