#include "PreScan.h"

#include <cstdint>

/// Both ways of scanning any bytes end in an answer.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    using namespace negatoscope;
    codec::Limits limits;
    limits.inflatedBytes = 4 << 20;
    const codec::MemorySource source({data, size});
    const codec::WantedElement wanted[] = {{dicom::tags::SpecificCharacterSet, {{'C', 'S'}}},
                                           {dicom::tags::PatientName, {{'P', 'N'}}}};
    (void)codec::preScan(source, wanted, false, limits);
    if (const auto scan = codec::preScan(source, {}, true, limits); scan && !scan->inflated)
        for (const std::uint32_t frames : {1U, 2U, 7U})
            (void)codec::fragmentsOf(scan->fragments, frames - 1, frames, dicom::PixelCoding::JpegDct,
                                     source);
    return 0;
}
