#include "PreScan.h"

#include "DataSetWalk.h"
#include "Inflate.h"

#include <cstring>

namespace negatoscope::codec {

using base::ErrorCode;
using base::failure;
namespace tags = dicom::tags;

namespace {

/// Where File Meta Information or the data set begins, and whether the former is there.
struct Opening
{
    std::uint64_t begin = 0;
    bool hasMeta = false;
};

base::Result<Opening> findOpening(Window &window)
{
    static constexpr char kMagic[] = {'D', 'I', 'C', 'M'};
    // A data set without preamble may hold the magic by chance; then it begins like one and group 2 does not
    // follow.
    if (const auto *bytes = window.at(0, 134); bytes && std::memcmp(bytes + 128, kMagic, 4) == 0) {
        const bool metaFollows = bytes[132] == 2 && bytes[133] == 0;
        return metaFollows || !guessEncoding(window, 0) ? Opening{132, true} : Opening{0, false};
    }
    const auto *bytes = window.at(0, 8);
    if (!bytes)
        return failure(ErrorCode::NotDicom, "the file is too short");
    if (std::memcmp(bytes, kMagic, 4) == 0)
        return Opening{4, true};
    if (bytes[0] == 2 && bytes[1] == 0)
        return Opening{0, true};
    return Opening{0, false};
}

std::string metaTransferSyntax(const Scan &scan)
{
    for (const ScannedElement &element : scan.elements)
        if (element.tag == tags::TransferSyntaxUid)
            return std::string(dicom::trimmed(element.value));
    return {};
}

const char *nativeSyntaxOf(Encoding encoding)
{
    return encoding.bigEndian    ? "1.2.840.10008.1.2.2"
           : encoding.explicitVr ? "1.2.840.10008.1.2.1"
                                 : "1.2.840.10008.1.2";
}

/// The coding of the data set: as announced, unless its first element says otherwise.
base::Result<Encoding> resolveEncoding(Window &window, std::uint64_t begin, Scan &scan, bool guessing)
{
    const auto guess = guessEncoding(window, begin);
    const auto &syntax = scan.transferSyntax;
    if (syntax.known) {
        const Encoding announced{syntax.explicitVr, syntax.bigEndian};
        return guess && guess->bigEndian == announced.bigEndian ? *guess : guess.value_or(announced);
    }
    if (!guess)
        return guessing ? base::Result<Encoding>(
                              failure(ErrorCode::NotDicom, "the file does not begin like DICOM"))
                        : base::Result<Encoding>(Encoding{});
    if (syntax.uid.empty())
        scan.transferSyntax = dicom::TransferSyntax::of(nativeSyntaxOf(*guess));
    return *guess;
}

base::Result<Scan> scanDeflated(const ByteSource &source, std::uint64_t begin,
                                std::span<const WantedElement> wanted, bool whole, const Limits &limits,
                                Scan scan)
{
    TRY(Inflated inflated, inflateRest(source, begin, limits.inflatedBytes, limits));
    scan.inflated = std::make_shared<const std::vector<std::uint8_t>>(std::move(inflated.bytes));
    const MemorySource memory(*scan.inflated);
    scan.encoding = Encoding{};
    DataSetWalk walk(memory, wanted, whole, limits, scan);
    TRY_DO(walk.run(0, scan.encoding));
    scan.truncated = scan.truncated || inflated.truncated;
    scan.pixelData.inDeflated = scan.pixelData.isPresent();
    return scan;
}

} // namespace

base::Result<Scan> preScan(const ByteSource &source, std::span<const WantedElement> wanted, bool whole,
                           const Limits &limits)
{
    Scan scan;
    DataSetWalk walk(source, wanted, whole, limits, scan);
    TRY(const Opening opening, findOpening(walk.window()));
    std::uint64_t begin = opening.begin;
    if (opening.hasMeta) {
        begin = walk.readMeta(begin);
        scan.transferSyntax = dicom::TransferSyntax::of(metaTransferSyntax(scan));
    }
    const bool guessing = begin == opening.begin; // no File Meta Information to believe
    if (scan.transferSyntax.deflated)
        return scanDeflated(source, begin, wanted, whole, limits, std::move(scan));

    TRY(scan.encoding, resolveEncoding(walk.window(), begin, scan, guessing));
    auto walked = walk.run(begin, scan.encoding);
    if (!walked && guessing && walked.error().code() == ErrorCode::Malformed)
        return failure(base::Error(ErrorCode::NotDicom, "the file does not read as DICOM", walked.error()));
    TRY_DO(walked);
    if (!walk.sawElement())
        return failure(guessing ? ErrorCode::NotDicom : ErrorCode::Truncated, "the file holds no data set");
    return scan;
}

} // namespace negatoscope::codec
