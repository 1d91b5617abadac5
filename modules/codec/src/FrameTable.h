#pragma once

#include "ByteSource.h"

#include <base/Result.h>
#include <dicom/TransferSyntax.h>

#include <cstdint>
#include <vector>

namespace negatoscope::codec {

/// One fragment of encapsulated Pixel Data (PS3.5 A.4).
struct Fragment
{
    std::uint64_t item = 0;   ///< of its item tag, from the first byte after the Basic Offset Table
    std::uint64_t offset = 0; ///< of its first byte, in the file
    std::uint64_t length = 0; ///< bytes really there
    bool cut = false;         ///< the file ended inside it
};

struct FragmentList
{
    std::vector<Fragment> fragments;
    std::vector<std::uint64_t> basicOffsets;    ///< Basic Offset Table; empty if there is none
    std::vector<std::uint64_t> extendedOffsets; ///< Extended Offset Table (7FE0,0001)
};

/// The fragments that make up frame `frame` of `frames`, in order: by an offset table that points at
/// fragments, else all for a single frame, one each, or split where a codestream starts. Errors:
/// CorruptPixelData, Truncated.
base::Result<std::vector<Fragment>> fragmentsOf(const FragmentList &list, std::uint32_t frame,
                                                std::uint32_t frames, dicom::PixelCoding coding,
                                                const ByteSource &source);

} // namespace negatoscope::codec
