#include "PreScan.h"

#include <cstdint>
#include <cstdlib>

namespace {

using namespace negatoscope;

void require(bool condition)
{
    if (!condition)
        std::abort();
}

bool isWithin(std::uint64_t begin, std::uint64_t length, std::uint64_t size)
{
    return begin <= size && length <= size - begin;
}

/// What others read by offset after a whole scan lies in the file, and nothing is kept twice.
void checkBounds(const codec::Scan &scan, std::uint64_t fileSize)
{
    const std::uint64_t size = scan.inflated ? scan.inflated->size() : fileSize;
    std::uint64_t keptUntil = 0;
    for (const codec::ByteRange &range : scan.wholesome) {
        require(range.begin >= keptUntil && range.begin < range.end && range.end <= size);
        keptUntil = range.end;
    }
    for (const codec::Fragment &fragment : scan.fragments.fragments)
        require(isWithin(fragment.offset, fragment.length, size));
    require(isWithin(scan.pixelData.offset, scan.pixelData.length, size));
}

void checkFrames(const codec::Scan &scan, const codec::ByteSource &source)
{
    for (const std::uint32_t frames : {1U, 2U, 7U}) {
        const auto found =
            codec::fragmentsOf(scan.fragments, frames - 1, frames, dicom::PixelCoding::JpegDct, source);
        for (const codec::Fragment &fragment : found ? *found : std::vector<codec::Fragment>())
            require(isWithin(fragment.offset, fragment.length, source.size()));
    }
}

} // namespace

/// Both ways of scanning any bytes end in an answer, and no answer points outside them.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    codec::Limits limits;
    limits.inflatedBytes = 4 << 20;
    const codec::MemorySource source({data, size});
    const codec::WantedElement wanted[] = {{dicom::tags::SpecificCharacterSet, {{'C', 'S'}}},
                                           {dicom::tags::PatientName, {{'P', 'N'}}}};
    (void)codec::preScan(source, wanted, false, limits);
    if (const auto scan = codec::preScan(source, {}, true, limits)) {
        checkBounds(*scan, size);
        if (!scan->inflated)
            checkFrames(*scan, source);
    }
    return 0;
}
