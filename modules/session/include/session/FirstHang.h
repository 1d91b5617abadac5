#pragma once

#include <cache/Records.h>
#include <dicom/ProjectionView.h>
#include <imaging/FirstWindow.h>
#include <session/Services.h>

#include <optional>
#include <string>
#include <vector>

namespace negatoscope::session {

/// How pictures of a modality are shown unless the reader wants it otherwise.
struct ViewingDefaults
{
    bool inverted = false;    ///< PET: what is much is dark
    bool clampAtZero = false; ///< PET, NM: the window begins at 0, a drag moves its upper end
    imaging::FirstWindow window = imaging::FirstWindow::WholeRange; ///< where the object brings none
    bool standsUpright = false; ///< projections are turned by their Patient Orientation
    bool breast = false;        ///< chest wall to the edge
    bool subtracts = false;     ///< angiograms
    bool colourTables = true;   ///< offered; never on projections read for their greys

    static ViewingDefaults of(const std::string &modality);
};

/// The image a tile begins with.
struct FirstImage
{
    enum class Where { First, Middle, Named, Place };
    Where where = Where::First;
    base::InstanceUid instance; ///< Named
    std::string path;           ///< of that instance
    int place = 0;              ///< Place: of the stack
};

/// One image of a projection series, as its header tells.
struct HangImage
{
    base::InstanceUid instance;
    std::string path;
    dicom::ProjectionView view;
    int frames = 1; ///< more than one: tomosynthesis or a loop
};

/// A displayable series; `images` are known only where the layout depends on them.
struct HangSeries
{
    cache::SeriesRecord record;
    std::vector<HangImage> images;
};

/// The first layout of a study, until hanging protocols decide: what suits its modality (IHE BIR).
///
/// A pure function of what index and headers say. What does not say its side or view has no place of its own
/// in a mammogram's four and is hung after those that do.
struct FirstHang
{
    struct Tile
    {
        base::SeriesUid series; ///< empty UID: this tile stays empty
        FirstImage image;
        bool cine = false; ///< plays at once
    };
    int rows = 1, columns = 1;
    std::vector<Tile> tiles; ///< row by row, at most rows x columns
    bool scrolls = false;    ///< the left drag scrolls; else it windows

    static FirstHang of(const std::vector<HangSeries> &series);
};

/// Whether the layout of a series depends on the headers of its images.
bool needsHeaders(const cache::SeriesRecord &series);

/// The displayable series among `series` with what FirstHang needs. Reads headers: for background threads.
std::vector<HangSeries> readHangSeries(Services services, const std::vector<cache::SeriesRecord> &series);

} // namespace negatoscope::session
