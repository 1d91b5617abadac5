#include <imaging/DisplayAttributes.h>

#include "LookupTables.h"

#include <dicom/Geometry.h>

#include <algorithm>
#include <cmath>

namespace negatoscope::imaging {

using dicom::DataSet;
using dicom::FrameAttributes;
using dicom::Tag;
namespace tags = dicom::tags;

namespace {

/// Larger numbers than any scanner's: beyond, products would leave the range of doubles.
constexpr double kLargestNumber = 1e30;

bool isUsable(double value)
{
    return std::isfinite(value) && std::abs(value) <= kLargestNumber;
}

/// A number that may be absent; a problem if it is there but unusable.
double numberOr(const DataSet *source, Tag tag, double absent, const char *name,
                DisplayAttributes &attributes)
{
    if (!source || dicom::trimmed(source->bytes(tag)).empty())
        return absent;
    const auto value = source->decimal(tag);
    if (value && isUsable(*value))
        return *value;
    attributes.problems.push_back(std::string(name) + " is not a usable number and is ignored");
    return absent;
}

std::string unitOf(const DataSet &root, const std::string &modality, const std::string &rescaleType,
                   bool rescaled)
{
    // US stands for "unspecified" (PS3.3 C.11.1.1.2).
    const std::string type = rescaleType == "US" ? std::string() : rescaleType;
    if (modality == "PT" || modality == "NM") {
        const std::string units = root.text(tags::Units);
        return units.empty() || units == "NONE" ? type : units;
    }
    if (modality == "CT" && rescaled && rescaleType.empty())
        return "HU";
    return type;
}

void readModality(const FrameAttributes &frame, const dicom::ImageFormat &format,
                  DisplayAttributes &attributes)
{
    const DataSet &root = frame.root();
    const std::string modality = root.text(tags::Modality);
    const Tag macro = tags::PixelValueTransformationSequence;
    if (const DataSet *item = root.item(tags::ModalityLutSequence)) {
        attributes.modalityLut = readLut(*item, format.isSigned);
        if (attributes.modalityLut) {
            const std::string type = item->text(tags::ModalityLutType);
            attributes.unit = type == "US" ? std::string() : type;
            return;
        }
        attributes.problems.emplace_back("the Modality LUT is damaged and is ignored");
    }
    if (modality == "RTDOSE") {
        attributes.rescaleSlope = numberOr(&root, tags::DoseGridScaling, 1, "Dose Grid Scaling", attributes);
        attributes.unit = root.contains(tags::DoseGridScaling) ? root.text(tags::DoseUnits) : std::string();
        return;
    }
    const DataSet *slope = frame.find(macro, tags::RescaleSlope);
    const DataSet *intercept = frame.find(macro, tags::RescaleIntercept);
    const DataSet *type = frame.find(macro, tags::RescaleType);
    attributes.rescaleSlope = numberOr(slope, tags::RescaleSlope, 1, "Rescale Slope", attributes);
    attributes.rescaleIntercept =
        numberOr(intercept, tags::RescaleIntercept, 0, "Rescale Intercept", attributes);
    if (attributes.rescaleSlope == 0) {
        attributes.problems.emplace_back("Rescale Slope is 0 and is ignored");
        attributes.rescaleSlope = 1;
        attributes.rescaleIntercept = 0;
        return;
    }
    if (attributes.problems.empty())
        attributes.unit = unitOf(root, modality, type ? type->text(tags::RescaleType) : std::string(),
                                 slope != nullptr || intercept != nullptr);
}

VoiFunction functionOf(const std::string &term, DisplayAttributes &attributes)
{
    if (term == "LINEAR_EXACT")
        return VoiFunction::LinearExact;
    if (term == "SIGMOID")
        return VoiFunction::Sigmoid;
    if (!term.empty() && term != "LINEAR")
        attributes.problems.emplace_back("VOI LUT Function is unknown; LINEAR is used");
    return VoiFunction::Linear;
}

/// `floating`: LINEAR counts in whole values and would turn the usual window of a parametric map, 0.5/1, into
/// a step; where floating point pixels name no function their windows are taken as LINEAR_EXACT.
void readWindows(const FrameAttributes &frame, bool floating, DisplayAttributes &attributes)
{
    const DataSet *source = frame.find(tags::FrameVoiLutSequence, tags::WindowCenter);
    if (!source)
        return;
    const auto centers = source->texts(tags::WindowCenter), widths = source->texts(tags::WindowWidth);
    const auto explanations = source->texts(tags::WindowCenterWidthExplanation);
    const std::string term = source->text(tags::VoiLutFunction);
    const VoiFunction function =
        floating && term.empty() ? VoiFunction::LinearExact : functionOf(term, attributes);
    const double narrowest = function == VoiFunction::Linear ? 1 : 0;
    bool dropped = centers.size() != widths.size() && !source->bytes(tags::WindowCenter).empty();
    for (std::size_t i = 0; i < std::min(centers.size(), widths.size()); ++i) {
        const auto center = source->decimal(tags::WindowCenter, i),
                   width = source->decimal(tags::WindowWidth, i);
        const bool usable =
            center && width && isUsable(*center) && isUsable(*width) && *width >= narrowest && *width > 0;
        if (usable)
            attributes.choices.push_back({Window{*center, *width, function}, std::nullopt,
                                          i < explanations.size() ? explanations[i] : std::string()});
        else
            dropped = true;
    }
    if (dropped)
        attributes.problems.emplace_back("a window of the object is invalid and is left out");
}

void readVoiLuts(const FrameAttributes &frame, const dicom::ImageFormat &format,
                 DisplayAttributes &attributes)
{
    const DataSet *source = frame.find(tags::FrameVoiLutSequence, tags::VoiLutSequence);
    if (!source)
        return;
    // The input is what the modality step delivers: signed if that can be negative (PS3.3 C.11.2.1.1).
    const bool signedInput = !attributes.modalityLut && (format.isSigned || attributes.rescaleIntercept < 0 ||
                                                         attributes.rescaleSlope < 0);
    for (const DataSet &item : source->items(tags::VoiLutSequence)) {
        auto lut = readLut(item, signedInput);
        if (!lut) {
            attributes.problems.emplace_back("a VOI LUT of the object is damaged and is left out");
            continue;
        }
        std::string explanation = lut->explanation;
        attributes.choices.push_back({std::nullopt, std::move(lut), std::move(explanation)});
    }
}

void readInversion(const DataSet &root, const dicom::ImageFormat &format, DisplayAttributes &attributes)
{
    const bool monochrome1 = format.photometric == dicom::Photometric::Monochrome1;
    attributes.inverse = monochrome1;
    if (!dicom::isMonochrome(format.photometric))
        return;
    const std::string shape = root.text(tags::PresentationLutShape);
    if (shape != "INVERSE" && shape != "IDENTITY")
        return;
    attributes.inverse = shape == "INVERSE";
    if (attributes.inverse != monochrome1)
        attributes.problems.emplace_back(
            "Presentation LUT Shape contradicts the Photometric Interpretation and decides");
}

/// US and SS of the same bits: the pixels decide, since the VR is often guessed.
double asPixel(std::int64_t value, const dicom::ImageFormat &format)
{
    if (format.bitsAllocated > 16)
        return static_cast<double>(value);
    const auto bits = static_cast<std::uint16_t>(value);
    if (format.bitsAllocated <= 8 && (bits >> 8) == 0)
        return format.isSigned ? static_cast<double>(static_cast<std::int8_t>(bits)) : bits;
    return format.isSigned ? static_cast<double>(static_cast<std::int16_t>(bits)) : bits;
}

void readPadding(const DataSet &root, const dicom::ImageFormat &format, DisplayAttributes &attributes)
{
    if (!dicom::isMonochrome(format.photometric))
        return;
    std::optional<double> value, limit;
    switch (format.kind) {
    case dicom::SampleKind::Integer: {
        const auto stored = root.integer(tags::PixelPaddingValue),
                   end = root.integer(tags::PixelPaddingRangeLimit);
        value = stored ? std::optional(asPixel(*stored, format)) : std::nullopt;
        limit = end ? std::optional(asPixel(*end, format)) : value;
        break;
    }
    case dicom::SampleKind::Float:
        value = root.decimal(tags::FloatPixelPaddingValue);
        limit = root.decimal(tags::FloatPixelPaddingRangeLimit);
        break;
    case dicom::SampleKind::Double:
        value = root.decimal(tags::DoubleFloatPixelPaddingValue);
        limit = root.decimal(tags::DoubleFloatPixelPaddingRangeLimit);
        break;
    }
    if (!value)
        return;
    attributes.paddingLow = std::min(*value, limit.value_or(*value));
    attributes.paddingHigh = std::max(*value, limit.value_or(*value));
}

std::optional<int> coordinate(const DataSet &root, Tag tag, std::size_t index = 0)
{
    const auto value = root.integer(tag, index);
    if (!value || *value < -1'000'000 || *value > 1'000'000)
        return std::nullopt;
    return static_cast<int>(*value);
}

std::vector<std::array<int, 2>> readPolygon(const DataSet &root)
{
    constexpr std::size_t kMostVertices = 10'000;
    const auto values = root.decimals(tags::VerticesOfPolygonalShutter);
    std::vector<std::array<int, 2>> polygon;
    if (values.size() < 6 || values.size() > 2 * kMostVertices)
        return polygon;
    for (std::size_t i = 0; i + 1 < values.size(); i += 2) {
        const double row = values[i], column = values[i + 1];
        if (std::abs(row) > 1e6 || std::abs(column) > 1e6)
            return {};
        polygon.push_back({static_cast<int>(row), static_cast<int>(column)});
    }
    return polygon;
}

void readShutter(const DataSet &root, std::uint32_t frame, DisplayAttributes &attributes)
{
    Shutter &shutter = attributes.shutter;
    bool damaged = false;
    for (const std::string &shape : root.texts(tags::ShutterShape)) {
        if (shape == "RECTANGULAR") {
            const auto left = coordinate(root, tags::ShutterLeftVerticalEdge);
            const auto right = coordinate(root, tags::ShutterRightVerticalEdge);
            const auto top = coordinate(root, tags::ShutterUpperHorizontalEdge);
            const auto bottom = coordinate(root, tags::ShutterLowerHorizontalEdge);
            if (left && right && top && bottom && *left <= *right && *top <= *bottom)
                shutter.rectangle = Shutter::Rectangle{*left, *right, *top, *bottom};
            else
                damaged = true;
        } else if (shape == "CIRCULAR") {
            const auto row = coordinate(root, tags::CenterOfCircularShutter, 0);
            const auto column = coordinate(root, tags::CenterOfCircularShutter, 1);
            const auto radius = coordinate(root, tags::RadiusOfCircularShutter);
            if (row && column && radius && *radius > 0)
                shutter.circle = Shutter::Circle{*row, *column, *radius};
            else
                damaged = true;
        } else if (shape == "POLYGONAL") {
            shutter.polygon = readPolygon(root);
            damaged = damaged || shutter.polygon.empty();
        } else if (shape == "BITMAP") {
            const auto group = root.integer(tags::ShutterOverlayGroup);
            for (Overlay &overlay : overlaysOf(root, frame, {}))
                if (group && overlay.group == *group)
                    shutter.bitmap = std::move(overlay);
            damaged = damaged || !shutter.bitmap;
        } else {
            damaged = true;
        }
    }
    // Better too much of the image than too little: what cannot be understood covers nothing.
    if (damaged)
        attributes.problems.emplace_back("a display shutter of the object is damaged and is left out");
    const auto value = root.integer(tags::ShutterPresentationValue).value_or(0);
    shutter.presentationValue = static_cast<std::uint16_t>(std::clamp<std::int64_t>(value, 0, 0xffff));
}

} // namespace

DisplayAttributes DisplayAttributes::of(const DataSet &dataSet, const dicom::ImageFormat &format,
                                        std::uint32_t frame)
{
    DisplayAttributes attributes;
    const FrameAttributes frameAttributes(dataSet, frame);
    if (dicom::isMonochrome(format.photometric)) {
        readModality(frameAttributes, format, attributes);
        readWindows(frameAttributes, format.kind != dicom::SampleKind::Integer, attributes);
        readVoiLuts(frameAttributes, format, attributes);
    }
    readInversion(dataSet, format, attributes);
    readPadding(dataSet, format, attributes);
    if (format.photometric == dicom::Photometric::PaletteColor) {
        attributes.palette = readPalette(dataSet, format.isSigned);
        if (!attributes.palette)
            attributes.problems.emplace_back(
                "the palette is absent or damaged; the picture is shown in grey");
    }
    readShutter(dataSet, frame, attributes);
    return attributes;
}

} // namespace negatoscope::imaging
