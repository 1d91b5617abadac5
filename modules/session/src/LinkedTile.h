#pragma once

#include <dicom/ImagePlane.h>
#include <session/ViewportPresenter.h>

#include <optional>
#include <string>
#include <vector>

namespace negatoscope::session {

/// What linking needs to know of a viewport, looked at once per act. In mm of the patient.
struct LinkedTile
{
    ViewportPresenter *viewport = nullptr;
    std::string space;                         ///< its frame of reference; empty: no place in a patient
    std::optional<base::PatientVector> normal; ///< of the stack at the wanted slice
    base::PatientPoint centre;                 ///< of the wanted slice
    std::optional<dicom::ImagePlane> plane;    ///< of the picture on screen

    static LinkedTile of(ViewportPresenter &viewport);

    const ViewportState &state() const { return viewport->state(); }
    bool isStack() const { return normal.has_value() && !space.empty() && !state().projection; }
    /// Distances up to this are within the wanted slice itself.
    double reachMm() const;
};

/// Two series are sure to be of one person: within a study whose objects agree, or by issuer and id. Where
/// they do not agree, only a series with itself.
bool isSamePerson(const cache::StudyRecord &one, const base::SeriesUid &oneSeries,
                  const cache::StudyRecord &other, const base::SeriesUid &otherSeries);
bool isSamePerson(const LinkedTile &one, const LinkedTile &other);

/// Where the slices of `active` cut the picture of `shown`: the present one, and the ends of its stack.
std::vector<ReferenceLine> linesIn(const LinkedTile &shown, const LinkedTile &active);

} // namespace negatoscope::session
