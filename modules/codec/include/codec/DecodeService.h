#pragma once

#include <base/Result.h>
#include <codec/Limits.h>
#include <dicom/ImageFormat.h>
#include <dicom/ParsedFile.h>

#include <cstddef>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace negatoscope::codec {

/// Why something is asked for, most urgent first. A waiting urgent request goes before a less urgent one.
enum class Purpose { Interactive, Visible, Adjacent, Prefetch, Thumbnail, Import };

/// Colour and size of a decoded frame; everything else is as the ImageFormat announced it.
struct DecodedFrame
{
    dicom::Photometric photometric; ///< after decoding: a colour transform of the coding is undone, so
                                    ///< YBR_RCT and YBR_ICT arrive as RGB; YBR_FULL_422 arrives as YBR_FULL
    bool irreversible = false;      ///< the codestream itself was coded with loss
    std::vector<dicom::EmbeddedOverlay> embeddedOverlays; ///< taken from the pixels before they were masked
};

/// One member of a ZIP file. The name is only for messages and never becomes a path.
struct ArchiveEntry
{
    std::uint64_t index = 0;
    std::string name; ///< UTF-8, as stored
    std::uint64_t size = 0;
};

/// Data sets and frames of DICOM files, read by disposable worker processes (docs/decisions/0001): one per
/// core, without network, new files or exec, watched and replaced. A worker that dies or overstays costs one
/// request; two deaths on one file quarantine it until the program ends.
///
/// Pixels  : row-major, top row first, samples interleaved, native bit depth in this machine's byte order,
///           signed values sign-extended and bits above the High Bit cleared, not rescaled; 1 bit takes a
///           byte.
/// Frames  : numbered from 0 (PS3.3 C.7.6.6 counts from 1).
/// Threads : any; calls block (never on the UI thread) and return Cancelled soon after a stop request.
/// Errors  : NotDicom, Truncated, Malformed, LimitExceeded, UnsupportedTransferSyntax,
/// UnsupportedPixelFormat,
///           NoPixelData, CorruptPixelData, WorkerDied, WorkerTimedOut, WorkerUnavailable, Quarantined,
///           Cancelled, CannotRead.
class DecodeService
{
public:
    struct Options
    {
        std::string workerProgram; ///< path of negatoscope-decode
        unsigned workers = 0;      ///< 0: one per core
        Limits limits;
        /// Without its sandbox a worker is no protection: none that lacks it is given a file (safety S13).
        bool sandboxRequired = false;
    };

    /// Counters since the start, for the status line and for `state`.
    struct Statistics
    {
        unsigned workers = 0; ///< alive now
        std::uint64_t requests = 0, deaths = 0, timeouts = 0, respawns = 0, quarantined = 0;
        bool sandboxed = false;
        std::string sandboxProblem; ///< why a worker is not sandboxed; empty if it is
    };

    /// Starts the workers, which take a tenth of a second; requests wait for them.
    /// Error: WorkerUnavailable (no descriptor left).
    static base::Result<std::unique_ptr<DecodeService>> launch(Options options);
    /// Waits for the first worker's self-test. Errors: WorkerUnavailable; SandboxUnavailable where it is
    /// required, else it is a statistic.
    base::Status waitUntilReady();
    /// Both.
    static base::Result<std::unique_ptr<DecodeService>> start(Options options);
    ~DecodeService();
    DecodeService(const DecodeService &) = delete;
    DecodeService &operator=(const DecodeService &) = delete;

    /// The whole data set of a file, File Meta Information included, with text in UTF-8 (DCMTK parses after
    /// our own pre-scan). Bytes that stand for no character show as ⟨9F⟩. Values over the limit, pixel data
    /// and sequences that contradict themselves are there without value (valueOmitted).
    base::Result<dicom::ParsedFile> readDataSet(const std::string &path, Purpose purpose,
                                                std::stop_token stop = {});

    /// Only the top-level `wanted` elements of many files, by the pre-scan alone: made for import and for
    /// opening a folder. One result per path, in order. Sequences and values over 64 KiB come without value;
    /// group 0002, Specific Character Set and the pixel data element are always there.
    std::vector<base::Result<dicom::ParsedFile>> readHeaders(std::span<const std::string> paths,
                                                             std::span<const dicom::Tag> wanted,
                                                             Purpose purpose, std::stop_token stop = {});

    /// Decodes a frame into `pixels`, which has format.decodedFrameBytes(). Uncompressed frames are read
    /// straight from the file, since moving bytes parses nothing; all others are decoded by a worker.
    base::Result<DecodedFrame> decodeFrame(const std::string &path, const dicom::ParsedFile &file,
                                           const dicom::ImageFormat &format, std::uint32_t frame,
                                           std::span<std::byte> pixels, Purpose purpose,
                                           std::stop_token stop = {});

    /// Members of a ZIP file; the worker reads it.
    base::Result<std::vector<ArchiveEntry>> listArchive(const std::string &path, std::stop_token stop = {});
    /// Writes one member into an open file; LimitExceeded where it expands beyond the limits.
    base::Status extractEntry(const std::string &path, std::uint64_t index, int descriptor,
                              std::stop_token stop = {});

    Statistics statistics() const;
    const Limits &limits() const;

private:
    class Implementation;
    explicit DecodeService(std::unique_ptr<Implementation> implementation);
    std::unique_ptr<Implementation> m_implementation;
};

} // namespace negatoscope::codec
