#include "DataSetReader.h"

#include <dicom/CharacterSet.h>

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcdatset.h>
#include <dcmtk/dcmdata/dcdeftag.h>
#include <dcmtk/dcmdata/dcelem.h>
#include <dcmtk/dcmdata/dcistrmb.h>
#include <dcmtk/dcmdata/dcpixel.h>
#include <dcmtk/dcmdata/dcsequen.h>

#include <new>

namespace negatoscope::codec {

using base::ErrorCode;
using base::failure;
using base::Status;
using dicom::DataSet;
using dicom::Element;
using dicom::Tag;
using dicom::Vr;

namespace {

Vr vrOf(DcmObject &object, bool signedPixels)
{
    const DcmEVR evr = object.getVR();
    // PS3.6 leaves US or SS to Pixel Representation, LUT data and descriptors to whoever reads.
    if (evr == EVR_xs)
        return {{signedPixels ? 'S' : 'U', 'S'}};
    const char *name = DcmVR(DcmVR(evr).getValidEVR()).getVRName();
    return {{name[0], name[1]}};
}

/// Walks DCMTK's objects; their depth was bounded by the pre-scan, so recursion is.
class Converter
{
public:
    Converter(const Limits &limits, bool signedPixels) : m_limits(limits), m_signedPixels(signedPixels) {}

    void convert(DcmItem &item, const dicom::CharacterSet &inherited, DataSet &into)
    {
        const dicom::CharacterSet own = characterSetOf(item, inherited);
        for (DcmObject *object = item.nextInContainer(nullptr); object; object = item.nextInContainer(object))
            into.insert(convertElement(*object, own));
    }

private:
    static dicom::CharacterSet characterSetOf(DcmItem &item, const dicom::CharacterSet &inherited)
    {
        OFString declared;
        if (item.tagExists(DCM_SpecificCharacterSet) &&
            item.findAndGetOFStringArray(DCM_SpecificCharacterSet, declared).good())
            return dicom::CharacterSet(std::string_view(declared.c_str(), declared.size()));
        return inherited;
    }

    Element convertElement(DcmObject &object, const dicom::CharacterSet &characterSet)
    {
        Element element;
        element.tag = {object.getGTag(), object.getETag()};
        element.vr = vrOf(object, m_signedPixels);
        element.length = object.getLengthField();
        if (auto *sequence = dynamic_cast<DcmSequenceOfItems *>(&object))
            convertItems(*sequence, characterSet, element);
        else if (auto *leaf = dynamic_cast<DcmElement *>(&object))
            convertValue(*leaf, characterSet, element);
        return element;
    }

    void convertItems(DcmSequenceOfItems &sequence, const dicom::CharacterSet &characterSet, Element &element)
    {
        element.vr = {{'S', 'Q'}};
        if (element.length == DCM_UndefinedLength)
            element.length = 0;
        element.items.reserve(sequence.card());
        for (DcmObject *item = sequence.nextInContainer(nullptr); item;
             item = sequence.nextInContainer(item)) {
            element.items.emplace_back();
            if (auto *dataSet = dynamic_cast<DcmItem *>(item))
                convert(*dataSet, characterSet, element.items.back());
        }
    }

    void convertValue(DcmElement &leaf, const dicom::CharacterSet &characterSet, Element &element)
    {
        const Uint32 length = leaf.getLengthField();
        element.valueOmitted =
            length > m_limits.valueBytes; // undefined (an icon's fragments) is larger still
        if (element.valueOmitted || length == 0) {
            element.length = length == DCM_UndefinedLength ? 0 : length;
            return;
        }
        std::string bytes(length, '\0');
        if (leaf.getPartialValue(bytes.data(), 0, length, nullptr, EBO_LittleEndian).bad()) {
            element.valueOmitted = true;
            return;
        }
        element.value = element.vr.isText() ? characterSet.decode(bytes, element.vr) : std::move(bytes);
    }

    const Limits &m_limits;
    bool m_signedPixels;
};

base::Result<std::vector<std::uint8_t>> gather(const ByteSource &source, const Scan &scan,
                                               const Limits &limits)
{
    std::uint64_t total = 0;
    for (const ByteRange &range : scan.wholesome)
        total += range.end - range.begin;
    if (total > limits.dataSetBytes)
        return failure(ErrorCode::LimitExceeded, "the data set without pixels is larger than " +
                                                     std::to_string(limits.dataSetBytes) + " bytes");
    std::vector<std::uint8_t> bytes(static_cast<std::size_t>(total));
    std::size_t at = 0;
    for (const ByteRange &range : scan.wholesome) {
        const auto length = static_cast<std::size_t>(range.end - range.begin);
        if (source.read(range.begin, std::span(bytes).subspan(at, length)) != length)
            return failure(ErrorCode::CannotRead, "the file shrank while it was read");
        at += length;
    }
    return bytes;
}

E_TransferSyntax dcmtkSyntax(Encoding encoding)
{
    return encoding.bigEndian    ? EXS_BigEndianExplicit
           : encoding.explicitVr ? EXS_LittleEndianExplicit
                                 : EXS_LittleEndianImplicit;
}

/// A truncated file may end inside a sequence: DCMTK complains, but keeps what it held.
Status parse(std::vector<std::uint8_t> &bytes, Encoding encoding, bool truncated, DcmDataset &into)
{
    if (bytes.empty())
        return {};
    DcmInputBufferStream stream;
    stream.setBuffer(bytes.data(), static_cast<offile_off_t>(bytes.size()));
    stream.setEos();
    into.transferInit();
    const OFCondition condition = into.read(stream, dcmtkSyntax(encoding), EGL_noChange, DCM_MaxReadLength);
    into.transferEnd();
    if (condition.bad() && condition != EC_EndOfStream && !truncated)
        return failure(ErrorCode::Malformed, std::string("DCMTK: ") + condition.text());
    return {};
}

Element elementOf(const ScannedElement &scanned)
{
    return {scanned.tag,
            scanned.vr,
            scanned.omitted,
            scanned.length,
            scanned.vr.isText() ? dicom::CharacterSet().decode(scanned.value, scanned.vr) : scanned.value,
            {}};
}

} // namespace

base::Result<dicom::ParsedFile> readDataSet(const ByteSource &source, const Scan &scan, const Limits &limits)
{
    try {
        TRY(auto bytes, gather(source, scan, limits));
        DcmDataset dataSet;
        TRY_DO(parse(bytes, scan.encoding, scan.truncated, dataSet));
        dicom::ParsedFile file{scan.transferSyntax, {}, scan.pixelData, scan.truncated};
        for (const ScannedElement &element : scan.elements) // File Meta Information
            file.dataSet.insert(elementOf(element));
        Uint16 representation = 0;
        dataSet.findAndGetUint16(DCM_PixelRepresentation, representation);
        Converter(limits, representation == 1).convert(dataSet, dicom::CharacterSet(), file.dataSet);
        for (const ScannedElement &element : scan.omitted)
            file.dataSet.insert(elementOf(element));
        return file;
    } catch (const std::bad_alloc &) {
        return failure(ErrorCode::LimitExceeded, "the data set needs more memory than a worker has");
    }
}

} // namespace negatoscope::codec
