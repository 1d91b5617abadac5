#pragma once

#include "PreScan.h"

#include <optional>

namespace negatoscope::codec {

/// Tag, VR and length of one element, PS3.5 7.1.
struct ElementHeader
{
    dicom::Tag tag;
    dicom::Vr vr;
    unsigned bytes = 0;       ///< of the header itself
    std::uint64_t length = 0; ///< of the value; 0 if undefined
    bool undefined = false;
    bool implicitCoded = false; ///< without VR in the file, whatever the transfer syntax says
};

/// Reads the header at an offset; false where the source ends before its end. Letters that cannot be a VR in
/// an explicit data set mean an implicit element (old writers mix them).
bool readElementHeader(Window &window, std::uint64_t at, Encoding encoding, ElementHeader &header);

/// The coding of a data set by its first element; empty if that is no plausible DICOM element.
std::optional<Encoding> guessEncoding(Window &window, std::uint64_t at);

} // namespace negatoscope::codec
