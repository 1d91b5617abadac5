#include "Serialisation.h"

#include <algorithm>
#include <vector>

namespace negatoscope::codec {

using base::ErrorCode;
using base::failure;
using dicom::DataSet;
using dicom::Element;
using dicom::ParsedFile;

namespace {

constexpr std::size_t kElementBytes = 4 + 2 + 1 + 8 + 4 + 4; // an element without value and items
constexpr std::size_t kMaximumErrorText = 300;

void writeElements(Writer &writer, const DataSet &dataSet)
{
    writer.number(static_cast<std::uint32_t>(dataSet.elements().size()));
    for (const Element &element : dataSet.elements())
        write(writer, element);
}

bool readElements(Reader &reader, DataSet &dataSet, std::uint32_t nesting, std::uint32_t &items);

/// The nesting is bounded, so recursion is.
bool readElement(Reader &reader, Element &element, std::uint32_t nesting, std::uint32_t &items)
{
    element.tag = dicom::tagOf(reader.number<std::uint32_t>());
    element.vr.letters[0] = reader.number<char>();
    element.vr.letters[1] = reader.number<char>();
    element.valueOmitted = reader.number<std::uint8_t>() != 0;
    element.length = reader.number<std::uint64_t>();
    element.value = reader.text();
    const auto count = reader.number<std::uint32_t>();
    if (count > items || count > reader.left() / sizeof(std::uint32_t) || (count > 0 && nesting == 0))
        return false;
    items -= count;
    element.items.resize(count);
    for (DataSet &item : element.items)
        if (!readElements(reader, item, nesting - 1, items))
            return false;
    return !reader.hasFailed();
}

bool readElements(Reader &reader, DataSet &dataSet, std::uint32_t nesting, std::uint32_t &items)
{
    const auto count = reader.number<std::uint32_t>();
    if (count > reader.left() / kElementBytes)
        return false;
    std::vector<Element> elements(count);
    for (Element &element : elements)
        if (!readElement(reader, element, nesting, items))
            return false;
    // A file may hold its elements in any order: inserted as they come, each could move all the others.
    const auto byTag = [](const Element &a, const Element &b) { return a.tag < b.tag; };
    if (!std::is_sorted(elements.begin(), elements.end(), byTag))
        std::stable_sort(elements.begin(), elements.end(), byTag);
    for (Element &element : elements)
        dataSet.insert(std::move(element));
    return !reader.hasFailed();
}

} // namespace

void write(Writer &writer, const Element &element)
{
    writer.number(element.tag.key());
    writer.number(element.vr.letters[0]);
    writer.number(element.vr.letters[1]);
    writer.number(static_cast<std::uint8_t>(element.valueOmitted));
    writer.number(element.length);
    writer.text(element.value);
    writer.number(static_cast<std::uint32_t>(element.items.size()));
    for (const DataSet &item : element.items)
        writeElements(writer, item);
}

std::size_t writeHead(Writer &writer, const dicom::TransferSyntax &syntax,
                      const dicom::PixelDataLocation &pixelData, bool truncated)
{
    writer.text(syntax.uid);
    writer.number(pixelData.tag.key());
    writer.number(static_cast<std::uint8_t>(pixelData.encapsulated));
    writer.number(static_cast<std::uint8_t>(pixelData.inDeflated));
    writer.number(pixelData.offset);
    writer.number(pixelData.length);
    writer.number(pixelData.announced);
    writer.number(static_cast<std::uint8_t>(truncated));
    const std::size_t at = writer.size();
    writer.number(std::uint32_t(0));
    return at;
}

void write(Writer &writer, const ParsedFile &file)
{
    const std::size_t at = writeHead(writer, file.transferSyntax, file.pixelData, file.truncated);
    writer.replace(at, static_cast<std::uint32_t>(file.dataSet.elements().size()));
    for (const Element &element : file.dataSet.elements())
        write(writer, element);
}

base::Result<ParsedFile> readParsedFile(Reader &reader, const Limits &limits)
{
    ParsedFile file;
    file.transferSyntax = dicom::TransferSyntax::of(reader.text());
    file.pixelData.tag = dicom::tagOf(reader.number<std::uint32_t>());
    file.pixelData.encapsulated = reader.number<std::uint8_t>() != 0;
    file.pixelData.inDeflated = reader.number<std::uint8_t>() != 0;
    file.pixelData.offset = reader.number<std::uint64_t>();
    file.pixelData.length = reader.number<std::uint64_t>();
    file.pixelData.announced = reader.number<std::uint64_t>();
    file.truncated = reader.number<std::uint8_t>() != 0;
    std::uint32_t items = limits.items;
    if (!readElements(reader, file.dataSet, limits.nesting, items))
        return failure(ErrorCode::WorkerDied, "the worker's answer does not read as a data set");
    return file;
}

void write(Writer &writer, const dicom::ImageFormat &format)
{
    for (const std::uint32_t value : {format.rows, format.columns, format.samples, format.bitsAllocated,
                                      format.bitsStored, format.highBit, std::uint32_t(format.isSigned),
                                      std::uint32_t(format.planar), static_cast<std::uint32_t>(format.kind),
                                      static_cast<std::uint32_t>(format.photometric), format.frames})
        writer.number(value);
}

dicom::ImageFormat readImageFormat(Reader &reader)
{
    dicom::ImageFormat format;
    for (std::uint32_t *value : {&format.rows, &format.columns, &format.samples, &format.bitsAllocated,
                                 &format.bitsStored, &format.highBit})
        *value = reader.number<std::uint32_t>();
    format.isSigned = reader.number<std::uint32_t>() != 0;
    format.planar = reader.number<std::uint32_t>() != 0;
    format.kind = static_cast<dicom::SampleKind>(reader.number<std::uint32_t>());
    format.photometric = static_cast<dicom::Photometric>(reader.number<std::uint32_t>());
    format.frames = reader.number<std::uint32_t>();
    return format;
}

void write(Writer &writer, const base::Error &error)
{
    writer.text(nameOf(error.code()));
    std::string text = error.text();
    for (const base::Error *cause = error.cause(); cause; cause = cause->cause())
        text += " (because " + cause->text() + ")";
    writer.text(text);
}

base::Error readError(Reader &reader)
{
    const ErrorCode code = base::errorCodeOf(reader.text());
    std::string text;
    for (const char c : reader.text().substr(0, kMaximumErrorText))
        text += c >= ' ' && c <= '~' ? c : '?';
    return {code, std::move(text)};
}

} // namespace negatoscope::codec
