#pragma once

#include <dicom/DataSet.h>
#include <dicom/TransferSyntax.h>

#include <cstdint>

namespace negatoscope::dicom {

/// Where Pixel Data, Float Pixel Data or Double Float Pixel Data lies in a file.
struct PixelDataLocation
{
    Tag tag; ///< which of the three; {0,0} if the file has none
    bool encapsulated = false;
    bool inDeflated = false;     ///< offsets count in the inflated stream, not in the file
    std::uint64_t offset = 0;    ///< first byte of the native value, or of the first item (offset table)
    std::uint64_t length = 0;    ///< bytes of a native value that are really there
    std::uint64_t announced = 0; ///< bytes that the file says are there (native)

    bool isPresent() const { return tag.group != 0; }
};

/// A DICOM file read: its data set without the pixels, and where these are.
struct ParsedFile
{
    TransferSyntax transferSyntax;
    DataSet dataSet;
    PixelDataLocation pixelData;
    bool truncated = false; ///< the file ended inside a value; what came before is in dataSet
};

} // namespace negatoscope::dicom
