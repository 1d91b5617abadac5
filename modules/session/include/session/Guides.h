#pragma once

#include <dicom/ImagePlane.h>

#include <optional>
#include <vector>

namespace negatoscope::session {

/// Where a slice of the active viewport cuts the picture, in its pixels.
struct ReferenceLine
{
    enum class Kind { Current, End };
    dicom::ImageSegment segment;
    Kind kind = Kind::Current;
    int number = 0; ///< of the slice in its series, from 1
    bool operator==(const ReferenceLine &) const = default;
};

/// The point of the 3D cursor as this picture shows it.
struct CursorMark
{
    base::ImagePoint at;
    double distanceMm = 0; ///< from the slice's plane
    bool offPlane = false; ///< farther than half the distance between slices: the mark says how far
    bool operator==(const CursorMark &) const = default;
};

/// Where another plane of the same volume cuts the plane shown, in its (square) pixels: a line through the
/// point in which all planes meet.
struct PlaneLine
{
    int plane = 0; ///< the other one
    base::ImagePoint through;
    double alongColumn = 1, alongRow = 0; ///< unit vector of the line
    double halfSlab = 0;                  ///< half of the other plane's thickness; 0: thin
    bool operator==(const PlaneLine &) const = default;
};

/// What a viewport shows of the others and of its place among them. LinkedViewing sets it; whoever paints
/// uses the picture's own transform.
struct Guides
{
    enum class Link { None, ByPosition, ByOffset };

    std::vector<ReferenceLine> lines;
    std::optional<CursorMark> cursor;
    std::vector<PlaneLine> planes;
    Link link = Link::None;
    int group = 0;        ///< from 1 where several groups are linked, else 0
    bool outside = false; ///< linked, but the place of the active viewport is not in this series

    bool operator==(const Guides &) const = default;
};

/// Which of a window's studies a viewport shows.
struct StudyMark
{
    int band = 0;             ///< 0: the window's own study, 1 and more: opened beside it, in order
    bool otherPerson = false; ///< not the window's patient: permanent hatched band, never linked

    bool operator==(const StudyMark &) const = default;
};

} // namespace negatoscope::session
