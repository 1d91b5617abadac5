#include <dicom/TransferSyntax.h>

#include <array>

namespace negatoscope::dicom {

namespace {

struct Row
{
    std::string_view uid, name;
    PixelCoding coding;
    bool bigEndian, explicitVr, deflated, encapsulated, lossy;
};

using enum PixelCoding;

constexpr std::array kRows{
    Row{"1.2.840.10008.1.2", "Implicit VR Little Endian", Native, false, false, false, false, false},
    Row{"1.2.840.10008.1.2.1", "Explicit VR Little Endian", Native, false, true, false, false, false},
    Row{"1.2.840.10008.1.2.1.99", "Deflated Explicit VR Little Endian", Native, false, true, true, false,
        false},
    Row{"1.2.840.10008.1.2.2", "Explicit VR Big Endian", Native, true, true, false, false, false},
    Row{"1.2.840.10008.1.2.5", "RLE Lossless", Rle, false, true, false, true, false},
    Row{"1.2.840.10008.1.2.8.1", "Deflated Image Frame Compression", DeflatedFrame, false, true, false, true,
        false},
    Row{"1.2.840.10008.1.2.4.50", "JPEG Baseline (Process 1)", JpegDct, false, true, false, true, true},
    Row{"1.2.840.10008.1.2.4.51", "JPEG Extended (Process 2 and 4)", JpegDct, false, true, false, true, true},
    Row{"1.2.840.10008.1.2.4.53", "JPEG Spectral Selection (Process 6 and 8)", JpegDct, false, true, false,
        true, true},
    Row{"1.2.840.10008.1.2.4.55", "JPEG Full Progression (Process 10 and 12)", JpegDct, false, true, false,
        true, true},
    Row{"1.2.840.10008.1.2.4.57", "JPEG Lossless (Process 14)", JpegLossless, false, true, false, true,
        false},
    Row{"1.2.840.10008.1.2.4.70", "JPEG Lossless, First-Order Prediction", JpegLossless, false, true, false,
        true, false},
    Row{"1.2.840.10008.1.2.4.80", "JPEG-LS Lossless", JpegLs, false, true, false, true, false},
    Row{"1.2.840.10008.1.2.4.81", "JPEG-LS Near-Lossless", JpegLs, false, true, false, true, true},
    Row{"1.2.840.10008.1.2.4.90", "JPEG 2000 Lossless", Jpeg2000, false, true, false, true, false},
    Row{"1.2.840.10008.1.2.4.91", "JPEG 2000", Jpeg2000, false, true, false, true, false},
    Row{"1.2.840.10008.1.2.4.92", "JPEG 2000 Part 2 Lossless", Other, false, true, false, true, false},
    Row{"1.2.840.10008.1.2.4.93", "JPEG 2000 Part 2", Other, false, true, false, true, false},
    Row{"1.2.840.10008.1.2.4.100", "MPEG2 Main Profile / Main Level", Mpeg, false, true, false, true, true},
    Row{"1.2.840.10008.1.2.4.101", "MPEG2 Main Profile / High Level", Mpeg, false, true, false, true, true},
    Row{"1.2.840.10008.1.2.4.102", "MPEG-4 AVC/H.264 High Profile / Level 4.1", Mpeg, false, true, false,
        true, true},
    Row{"1.2.840.10008.1.2.4.103", "MPEG-4 AVC/H.264 BD-compatible", Mpeg, false, true, false, true, true},
    Row{"1.2.840.10008.1.2.4.104", "MPEG-4 AVC/H.264 For 2D Video", Mpeg, false, true, false, true, true},
    Row{"1.2.840.10008.1.2.4.105", "MPEG-4 AVC/H.264 For 3D Video", Mpeg, false, true, false, true, true},
    Row{"1.2.840.10008.1.2.4.106", "MPEG-4 AVC/H.264 Stereo", Mpeg, false, true, false, true, true},
    Row{"1.2.840.10008.1.2.4.107", "HEVC/H.265 Main Profile", Mpeg, false, true, false, true, true},
    Row{"1.2.840.10008.1.2.4.108", "HEVC/H.265 Main 10 Profile", Mpeg, false, true, false, true, true},
    Row{"1.2.840.10008.1.2.4.201", "High-Throughput JPEG 2000 Lossless", Htj2k, false, true, false, true,
        false},
    Row{"1.2.840.10008.1.2.4.202", "High-Throughput JPEG 2000 RPCL Lossless", Htj2k, false, true, false, true,
        false},
    Row{"1.2.840.10008.1.2.4.203", "High-Throughput JPEG 2000", Htj2k, false, true, false, true, false},
};

} // namespace

TransferSyntax TransferSyntax::of(std::string_view uid)
{
    for (const Row &row : kRows)
        if (row.uid == uid)
            return {std::string(uid), row.name,         row.coding, row.bigEndian, row.explicitVr,
                    row.deflated,     row.encapsulated, row.lossy,  true};
    TransferSyntax unknown;
    unknown.uid = std::string(uid);
    return unknown;
}

bool TransferSyntax::isDecodable() const
{
    return known && coding != Htj2k && coding != Mpeg && coding != Other;
}

} // namespace negatoscope::dicom
