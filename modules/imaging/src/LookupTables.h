#pragma once

#include <dicom/DataSet.h>
#include <imaging/DisplayAttributes.h>

#include <optional>

namespace negatoscope::imaging {

/// A LUT item of a Modality or VOI LUT Sequence (PS3.3 C.11.1.1, C.11.2.1.1); empty if it is unusable.
///
/// Descriptor: 0 entries mean 65,536; the first input value is signed if `signedInput` says so or its VR is
/// SS. Data      : US, SS or OW words; entries of 8 bits may also be packed two to a word, first one low.
std::optional<Lut> readLut(const dicom::DataSet &item, bool signedInput);

/// The Palette Color Lookup Table (PS3.3 C.7.6.3.1.5, segmented: C.7.9.2); empty if absent or unusable.
/// A linear segment's entries are rounded half up.
std::optional<Palette> readPalette(const dicom::DataSet &dataSet, bool signedPixels);

} // namespace negatoscope::imaging
