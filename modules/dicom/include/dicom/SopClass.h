#pragma once

#include <string_view>

namespace negatoscope::dicom {

/// What a viewer can do with the objects of a SOP class.
enum class ObjectKind {
    Image, ///< has frames to show
    KeyObjects,
    PresentationState,
    StructuredReport,
    Segmentation,
    EncapsulatedDocument,
    Waveform,
    RadiotherapyPlan, ///< RT objects without pixels
    Spectroscopy,
    Directory, ///< Media Storage Directory (DICOMDIR)
    Other,
};

/// Kind and PS3.6 name of a SOP class; an unknown class is Other with an empty name.
struct SopClass
{
    ObjectKind kind = ObjectKind::Other;
    std::string_view name;

    static SopClass of(std::string_view uid);
};

} // namespace negatoscope::dicom
