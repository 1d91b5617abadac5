#pragma once

#include "ByteSource.h"
#include "FrameTable.h"

#include <base/Result.h>
#include <codec/Limits.h>
#include <dicom/DataSet.h>
#include <dicom/ParsedFile.h>

#include <memory>
#include <span>
#include <string>
#include <vector>

namespace negatoscope::codec {

/// How elements are coded, PS3.5 7.1 and 7.3.
struct Encoding
{
    bool explicitVr = true;
    bool bigEndian = false;
};

/// A top-level element whose value is collected, with its VR in the dictionary for implicit VR and UN.
struct WantedElement
{
    dicom::Tag tag;
    dicom::Vr dictionaryVr;
};

/// A top-level element as it lies in the data set.
struct ScannedElement
{
    dicom::Tag tag;
    dicom::Vr vr;
    std::uint64_t length = 0; ///< of the value; undefined lengths are resolved
    bool omitted = false;     ///< the value was not collected: too long, a sequence, pixel data, or broken
    std::string value;        ///< as in the file, in its byte order
};

/// Bytes [begin, end) of the data set.
struct ByteRange
{
    std::uint64_t begin = 0, end = 0;
};

/// What the pre-scan found.
struct Scan
{
    dicom::TransferSyntax transferSyntax;
    Encoding encoding;
    dicom::PixelDataLocation pixelData;
    dicom::Vr pixelDataVr;
    bool truncated = false;
    std::vector<ScannedElement> elements; ///< group 0002 in tag order, then the wanted ones as in the file
    std::vector<ScannedElement> omitted;  ///< whole scan: top-level elements left out of `wholesome`
    std::vector<ByteRange> wholesome;     ///< whole scan: bytes that hold complete, bounded elements only
    FragmentList fragments;               ///< whole scan: of encapsulated Pixel Data
    std::shared_ptr<const std::vector<std::uint8_t>> inflated; ///< the data set of a deflated file
};

/// Walks a DICOM file without recursion and without reading large values, before anything else parses it.
///
/// Checks  : sequence nesting, item count, every length against the bytes left (docs/safety.md S14).
/// Accepts : no preamble, no File Meta Information, a wrong transfer syntax (coding guessed from the first
///           element), missing delimiters, UN sequences. A broken sequence of known length is left out.
/// Headers : without `whole` it stops at the pixels and hops over sequences too short to break a limit.
/// Errors  : NotDicom, Malformed, LimitExceeded. A file that ends inside a value is no error
/// (Scan::truncated).
base::Result<Scan> preScan(const ByteSource &source, std::span<const WantedElement> wanted, bool whole,
                           const Limits &limits);

} // namespace negatoscope::codec
