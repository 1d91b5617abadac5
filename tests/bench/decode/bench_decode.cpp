#include "ByteSource.h"
#include "FrameCodec.h"
#include "FrameTable.h"
#include "PreScan.h"

#include <codec/DecodeService.h>

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcrledec.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <thread>

#include <fcntl.h>
#include <unistd.h>

// Throughput of DecodeService, all workers busy, against the fastest library for each syntax called directly
// by as many threads on codestreams that lie in memory already; and a folder of files against reading 4 KiB
// of each. Minima of interleaved rounds, so that other load on the machine hits both alike.

using namespace negatoscope;
using namespace negatoscope::codec;
using Clock = std::chrono::steady_clock;

namespace {

constexpr int kRounds = 9;
const unsigned kThreads = std::max(1U, std::thread::hardware_concurrency());

/// Wall time of `count` calls shared by all threads, in milliseconds per call.
double timed(unsigned count, const std::function<void()> &call)
{
    std::atomic<unsigned> next = 0;
    const auto begin = Clock::now();
    {
        std::vector<std::jthread> threads;
        for (unsigned i = 0; i < kThreads; ++i)
            threads.emplace_back([&] {
                while (next++ < count)
                    call();
            });
    }
    return std::chrono::duration<double, std::milli>(Clock::now() - begin).count() / count;
}

struct Measured
{
    double service = 1e9, yardstick = 1e9;
};

void print(const char *name, const Measured &measured)
{
    std::printf("%-16s service %8.3f ms   yardstick %8.3f ms   ratio %.2f\n", name, measured.service,
                measured.yardstick, measured.service / measured.yardstick);
}

std::vector<std::uint8_t> codestreamOf(const std::string &path, const dicom::ImageFormat &format)
{
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    const FileSource source(file, std::filesystem::file_size(path));
    std::vector<std::uint8_t> bytes;
    if (const auto scan = preScan(source, {}, true, {}))
        if (const auto fragments =
                fragmentsOf(scan->fragments, 0, format.frames, scan->transferSyntax.coding, source))
            for (const Fragment &fragment : *fragments) {
                bytes.resize(bytes.size() + fragment.length);
                source.read(fragment.offset, std::span(bytes).last(fragment.length));
            }
    ::close(file);
    return bytes;
}

/// DCMTK's RLE decoder, two segments merged: the fastest of the libraries.
void dcmtkRle(const std::vector<std::uint8_t> &bytes, std::vector<std::byte> &pixels)
{
    const std::size_t count = pixels.size() / 2;
    std::uint32_t header[16];
    std::memcpy(header, bytes.data(), sizeof header);
    for (unsigned segment = 0; segment < 2; ++segment) {
        const std::size_t end = segment == 0 ? header[2] : bytes.size();
        DcmRLEDecoder decoder(count);
        decoder.decompress(const_cast<std::uint8_t *>(bytes.data()) + header[1 + segment],
                           end - header[1 + segment]);
        const auto *plane = static_cast<const std::uint8_t *>(decoder.getOutputBuffer());
        for (std::size_t i = 0; i < count; ++i)
            pixels[2 * i + (1 - segment)] = std::byte{plane[i]};
    }
}

void readRaw(const std::string &path, std::uint64_t offset, std::vector<std::byte> &pixels)
{
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    (void)!::pread(file, pixels.data(), pixels.size(), static_cast<off_t>(offset));
    ::close(file);
}

void benchSyntax(DecodeService &service, const char *name, const std::string &path, unsigned count)
{
    const auto file = service.readDataSet(path, Purpose::Visible);
    const auto format = file ? dicom::ImageFormat::of(file->dataSet) : base::failure(file.error());
    if (!format) {
        std::printf("%s: %s\n", name, format.error().describe().c_str());
        return;
    }
    const auto codestream = codestreamOf(path, *format);
    const auto coding = file->transferSyntax.coding;
    const auto byService = [&] {
        thread_local std::vector<std::byte> pixels;
        pixels.resize(format->decodedFrameBytes());
        (void)service.decodeFrame(path, *file, *format, 0, pixels, Purpose::Visible);
    };
    const auto byLibrary = [&] {
        thread_local std::vector<std::byte> pixels;
        pixels.resize(format->decodedFrameBytes());
        if (coding == dicom::PixelCoding::Native)
            readRaw(path, file->pixelData.offset, pixels);
        else if (coding == dicom::PixelCoding::Rle)
            dcmtkRle(codestream, pixels);
        else // thin calls of CharLS, OpenJPEG and DCMTK's IJG
            (void)decoderOf(coding)({codestream, *format}, pixels);
    };
    Measured measured;
    for (int round = 0; round < kRounds; ++round) {
        measured.yardstick = std::min(measured.yardstick, timed(count, byLibrary));
        measured.service = std::min(measured.service, timed(count, byService));
    }
    print(name, measured);
}

void benchHeaders(DecodeService &service)
{
    const auto folder =
        std::filesystem::temp_directory_path() / ("bench_decode." + std::to_string(::getpid()));
    std::filesystem::create_directory(folder);
    std::vector<std::string> paths;
    for (int i = 0; i < 10'000; ++i) {
        paths.push_back((folder / std::to_string(i)).string());
        std::filesystem::copy_file(NEGATOSCOPE_TEST_DATA "/ts/ct/jls80.dcm", paths.back());
    }
    namespace tags = dicom::tags;
    const std::vector wanted{tags::SopClassUid,      tags::SopInstanceUid,   tags::Modality,
                             tags::PatientName,      tags::PatientId,        tags::PatientBirthDate,
                             tags::StudyDate,        tags::StudyTime,        tags::AccessionNumber,
                             tags::StudyDescription, tags::StudyInstanceUid, tags::SeriesInstanceUid,
                             tags::SeriesNumber,     tags::InstanceNumber,   tags::Rows,
                             tags::Columns,          tags::NumberOfFrames,   tags::ImagePositionPatient};
    Measured measured;
    for (int round = 0; round < 5; ++round) {
        auto begin = Clock::now();
        char head[4096];
        for (const auto &path : paths) {
            const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
            (void)!::read(file, head, sizeof head);
            ::close(file);
        }
        const auto since = [&begin] {
            return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
        };
        measured.yardstick = std::min(measured.yardstick, since());
        begin = Clock::now();
        (void)service.readHeaders(paths, wanted, Purpose::Import);
        measured.service = std::min(measured.service, since());
    }
    print("10,000 headers", measured);
    std::filesystem::remove_all(folder);
}

} // namespace

int main()
{
    DecodeService::Options options;
    options.workerProgram = NEGATOSCOPE_WORKER;
    const auto service = DecodeService::start(options);
    if (!service) {
        std::printf("%s\n", service.error().describe().c_str());
        return 1;
    }
    std::printf("%u threads, %u workers, milliseconds per 512 x 512 x 16 frame\n", kThreads,
                (*service)->statistics().workers);
    const std::string folder = NEGATOSCOPE_TEST_DATA "/ts/ct/";
    benchSyntax(**service, "raw", folder + "ile.dcm", 400);
    benchSyntax(**service, "RLE", folder + "rle.dcm", 200);
    benchSyntax(**service, "JPEG lossless", folder + "jpg70.dcm", 60);
    benchSyntax(**service, "JPEG-LS", folder + "jls80.dcm", 40);
    benchSyntax(**service, "JPEG 2000", folder + "j2k90.dcm", 16);
    benchHeaders(**service);
    return 0;
}
