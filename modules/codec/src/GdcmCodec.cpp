#include "FrameCodec.h"

#include <gdcmBitmap.h>
#include <gdcmDataElement.h>
#include <gdcmFragment.h>
#include <gdcmPixelFormat.h>
#include <gdcmSequenceOfFragments.h>
#include <gdcmTrace.h>

#include <exception>
#include <limits>
#include <string>

namespace negatoscope::codec {

using base::ErrorCode;
using base::failure;
using base::Result;
using dicom::Photometric;

namespace {

gdcm::PhotometricInterpretation::PIType gdcmPhotometric(Photometric photometric)
{
    using PI = gdcm::PhotometricInterpretation;
    switch (photometric) {
    case Photometric::Monochrome1:
        return PI::MONOCHROME1;
    case Photometric::PaletteColor:
        return PI::PALETTE_COLOR;
    case Photometric::Rgb:
        return PI::RGB;
    case Photometric::YbrFull:
        return PI::YBR_FULL;
    case Photometric::YbrFull422:
        return PI::YBR_FULL_422;
    case Photometric::YbrIct:
        return PI::YBR_ICT;
    case Photometric::YbrRct:
        return PI::YBR_RCT;
    default:
        return PI::MONOCHROME2;
    }
}

gdcm::DataElement pixelElement(const EncodedFrame &frame)
{
    gdcm::SmartPointer<gdcm::SequenceOfFragments> fragments(new gdcm::SequenceOfFragments);
    gdcm::Fragment fragment;
    fragment.SetByteValue(reinterpret_cast<const char *>(frame.bytes.data()),
                          gdcm::VL(static_cast<std::uint32_t>(frame.bytes.size())));
    fragments->AddFragment(fragment);
    gdcm::DataElement element(gdcm::Tag(0x7fe0, 0x0010));
    element.SetValue(*fragments);
    return element;
}

} // namespace

Result<DecodedSamples> decodeByGdcm(const dicom::TransferSyntax &syntax, const EncodedFrame &frame,
                                    std::span<std::byte> pixels)
{
    if (frame.bytes.size() > std::numeric_limits<std::uint32_t>::max())
        return failure(ErrorCode::LimitExceeded, "GDCM: the codestream is too long");
    try {
        gdcm::Trace::SetDebug(false);
        gdcm::Trace::SetWarning(false);
        gdcm::Trace::SetError(false);
        const auto &format = frame.format;
        gdcm::Bitmap bitmap;
        bitmap.SetNumberOfDimensions(2);
        bitmap.SetDimension(0, format.columns);
        bitmap.SetDimension(1, format.rows);
        bitmap.SetPixelFormat(gdcm::PixelFormat(
            static_cast<unsigned short>(format.samples), static_cast<unsigned short>(format.bitsAllocated),
            static_cast<unsigned short>(format.bitsStored), static_cast<unsigned short>(format.highBit),
            static_cast<unsigned short>(format.isSigned)));
        bitmap.SetPhotometricInterpretation(gdcmPhotometric(format.photometric));
        bitmap.SetTransferSyntax(gdcm::TransferSyntax(gdcm::TransferSyntax::GetTSType(syntax.uid.c_str())));
        bitmap.SetDataElement(pixelElement(frame));
        if (bitmap.GetBufferLength() != pixels.size() ||
            !bitmap.GetBuffer(reinterpret_cast<char *>(pixels.data())))
            return failure(ErrorCode::CorruptPixelData, "GDCM: the codestream does not decode");
        const bool transformed = bitmap.GetPlanarConfiguration() != 0;
        if (transformed)
            return failure(ErrorCode::UnsupportedPixelFormat, "GDCM: planes come out apart");
        return DecodedSamples{format.photometric == Photometric::YbrFull422 ? Photometric::YbrFull
                                                                            : format.photometric,
                              syntax.lossy};
    } catch (const std::exception &) {
        return failure(ErrorCode::CorruptPixelData, "GDCM: the decoder gave up");
    }
}

} // namespace negatoscope::codec
