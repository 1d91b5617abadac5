#pragma once

#include <chrono>
#include <cstdint>

namespace negatoscope::codec {

/// What a file may ask of this program (docs/safety.md S14). Checked before anything is allocated.
struct Limits
{
    std::uint32_t nesting = 64;                ///< sequences inside sequences
    std::uint32_t items = 1'000'000;           ///< items of all sequences of one file
    std::uint64_t valueBytes = 16ULL << 20;    ///< one value other than pixel data
    std::uint64_t dataSetBytes = 256ULL << 20; ///< all values of a data set together
    std::uint64_t frameBytes = 512ULL << 20;   ///< one decoded frame
    std::uint64_t inflatedBytes = 1ULL << 30;  ///< a deflated data set, inflated
    std::uint32_t expansion = 100;             ///< ZIP, deflate: output per input byte (beyond 1 MiB)
    std::uint32_t archiveEntries = 1'000'000;  ///< members of a ZIP

    std::uint64_t workerMemoryBytes = 3ULL << 30; ///< address space of a worker beyond its start
    std::chrono::milliseconds frameTime{10'000};  ///< watchdog for one request
    std::chrono::milliseconds startTime{5'000};   ///< worker start and self-test
};

} // namespace negatoscope::codec
