#include <dicom/Geometry.h>
#include <dicom/UltrasoundRegions.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace negatoscope::dicom {

using base::PatientPoint;
using base::PatientVector;

namespace {

constexpr double kSmallestLetter = 0.1;
/// A kilometre: nothing farther is a place in a patient, and sums of such numbers stay finite.
constexpr double kFarthestMm = 1e6;

std::optional<PatientVector> unitVector(const std::vector<double> &values, std::size_t at)
{
    const PatientVector v{values[at], values[at + 1], values[at + 2]};
    const double size = length(v);
    // The standard asks for unit vectors; a little rounding is common, a null vector is no direction.
    if (std::abs(size - 1.0) > 0.05)
        return std::nullopt;
    return v * (1.0 / size);
}

void readOrientation(const FrameAttributes &frame, ImageOrientation &orientation)
{
    if (const DataSet *plane = frame.find(tags::PlaneOrientationSequence, tags::ImageOrientationPatient)) {
        const auto values = plane->decimals(tags::ImageOrientationPatient);
        if (values.size() == 6) {
            const auto row = unitVector(values, 0);
            const auto column = unitVector(values, 3);
            if (row && column && std::abs(dot(*row, *column)) < 0.05) {
                orientation.row = row;
                orientation.column = column;
            }
        }
    }
    const auto letters = frame.root().texts(tags::PatientOrientation);
    if (letters.size() == 2) {
        // A value that has no opposite cannot be turned: better no letters than wrong ones.
        const bool quadruped = frame.root().text(tags::AnatomicalOrientationType) == "QUADRUPED";
        const bool usable = !oppositeLetters(letters[0], quadruped).empty() &&
                            !oppositeLetters(letters[1], quadruped).empty();
        if (usable) {
            orientation.rowLetters = letters[0];
            orientation.columnLetters = letters[1];
            orientation.quadruped = quadruped;
        }
    }
}

std::optional<PixelSpacing> spacingFrom(const DataSet *source, Tag tag, SpacingSource kind)
{
    if (!source)
        return std::nullopt;
    const auto values = source->decimals(tag);
    if (values.size() != 2 || values[0] <= 0 || values[1] <= 0 || values[0] > 1e4 || values[1] > 1e4)
        return std::nullopt;
    return PixelSpacing{values[0], values[1], kind};
}

PixelSpacing readSpacing(const FrameAttributes &frame)
{
    const DataSet &root = frame.root();
    if (const auto regions = ultrasoundRegionsOf(root); !regions.empty()) {
        // Regions are the only lengths of an ultrasound picture; where they differ there is none for all of
        // it.
        const auto tissue = tissueSpacing(regions);
        return tissue ? PixelSpacing{tissue->rowMm, tissue->columnMm, SpacingSource::Region} : PixelSpacing{};
    }
    const auto imager = spacingFrom(&root, tags::ImagerPixelSpacing, SpacingSource::Detector);
    const DataSet *measures = frame.find(tags::PixelMeasuresSequence, tags::PixelSpacing);
    if (auto spacing = spacingFrom(measures, tags::PixelSpacing, SpacingSource::Patient)) {
        // PS3.3 10.7.1.3: on a projection image Pixel Spacing equal to Imager Pixel Spacing, or alone
        // without a calibration type, is the detector's, not the patient's.
        const bool calibrated = !root.text(tags::PixelSpacingCalibrationType).empty();
        const bool projection = imager.has_value() || !root.contains(tags::ImageOrientationPatient);
        const bool crossSection = measures != &root || root.contains(tags::ImagePositionPatient);
        if (calibrated || (imager && (imager->row != spacing->row || imager->column != spacing->column)))
            spacing->source = SpacingSource::Calibrated;
        else if (projection && !crossSection)
            spacing->source = SpacingSource::Detector;
        return *spacing;
    }
    if (imager)
        return *imager;
    if (const auto scanned =
            spacingFrom(&root, tags::NominalScannedPixelSpacing, SpacingSource::NominalScanned))
        return *scanned;
    if (const auto aspect = spacingFrom(&root, tags::PixelAspectRatio, SpacingSource::AspectOnly))
        return *aspect;
    return {};
}

/// Bipeds: L R A P H F. Quadrupeds: PS3.3 C.7.6.1.1.1.
constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kTwoLetterPairs{{
    {"LE", "RT"},
    {"CR", "CD"},
    {"PR", "DI"},
    {"PA", "PL"},
    {"RT", "LE"},
    {"CD", "CR"},
    {"DI", "PR"},
    {"PL", "PA"},
}};
constexpr std::string_view kLetters = "LRAPHFDV";
constexpr std::string_view kOpposite = "RLPAFHVD";

} // namespace

FrameAttributes::FrameAttributes(const DataSet &dataSet, std::uint32_t frame) : m_root(dataSet)
{
    const auto perFrame = dataSet.items(tags::PerFrameFunctionalGroupsSequence);
    if (frame < perFrame.size())
        m_perFrame = &perFrame[frame];
    m_shared = dataSet.item(tags::SharedFunctionalGroupsSequence);
}

const DataSet *FrameAttributes::group(Tag macro) const
{
    for (const DataSet *groups : {m_perFrame, m_shared})
        if (groups)
            if (const DataSet *item = groups->item(macro))
                return item;
    return nullptr;
}

const DataSet *FrameAttributes::find(Tag macro, Tag attribute) const
{
    for (const DataSet *groups : {m_perFrame, m_shared}) {
        const DataSet *item = groups ? groups->item(macro) : nullptr;
        if (item && item->contains(attribute))
            return item;
    }
    return m_root.contains(attribute) ? &m_root : nullptr;
}

PatientVector FrameGeometry::normal() const
{
    if (!orientation.row || !orientation.column)
        return {};
    return cross(*orientation.row, *orientation.column);
}

FrameGeometry FrameGeometry::of(const DataSet &dataSet, std::uint32_t frame)
{
    const FrameAttributes attributes(dataSet, frame);
    FrameGeometry geometry;
    if (const DataSet *plane = attributes.find(tags::PlanePositionSequence, tags::ImagePositionPatient)) {
        const auto values = plane->decimals(tags::ImagePositionPatient);
        const bool inReach = std::all_of(values.begin(), values.end(),
                                         [](double value) { return std::abs(value) <= kFarthestMm; });
        if (values.size() == 3 && inReach)
            geometry.position = PatientPoint{values[0], values[1], values[2]};
    }
    readOrientation(attributes, geometry.orientation);
    geometry.spacing = readSpacing(attributes);
    if (const DataSet *measures = attributes.find(tags::PixelMeasuresSequence, tags::SliceThickness)) {
        const auto thickness = measures->decimal(tags::SliceThickness);
        if (thickness && *thickness > 0)
            geometry.sliceThicknessMm = thickness;
    }
    return geometry;
}

std::string directionLetters(PatientVector direction)
{
    const double size = length(direction);
    if (!(size > 0) || !std::isfinite(size))
        return {};
    struct Part
    {
        double size;
        char letter;
    };
    std::array<Part, 3> parts{Part{std::abs(direction.x) / size, direction.x < 0 ? 'R' : 'L'},
                              Part{std::abs(direction.y) / size, direction.y < 0 ? 'A' : 'P'},
                              Part{std::abs(direction.z) / size, direction.z < 0 ? 'F' : 'H'}};
    std::stable_sort(parts.begin(), parts.end(),
                     [](const Part &a, const Part &b) { return a.size > b.size; });
    std::string letters;
    for (const Part &part : parts)
        if (part.size >= kSmallestLetter)
            letters += part.letter;
    return letters;
}

std::string oppositeLetters(std::string_view letters, bool quadruped)
{
    const auto proximalPalmarPlantar = {std::string_view("PR"), std::string_view("PA"),
                                        std::string_view("PL")};
    const bool ofBipedsToo = std::find(proximalPalmarPlantar.begin(), proximalPalmarPlantar.end(), letters) !=
                             proximalPalmarPlantar.end();
    for (const auto &[one, other] : kTwoLetterPairs)
        if (letters == one && (quadruped || !ofBipedsToo))
            return std::string(other);
    std::string result;
    for (const char letter : letters) {
        const auto at = kLetters.find(letter);
        if (at == std::string_view::npos)
            return {};
        result += kOpposite[at];
    }
    // Left and right at once is no direction.
    for (const char letter : result)
        if (letters.find(letter) != std::string_view::npos)
            return {};
    return result;
}

EdgeLetters edgeLetters(const FrameGeometry &geometry, const ViewDirections &view)
{
    const ImageOrientation &orientation = geometry.orientation;
    if (orientation.row && orientation.column) {
        const auto direction = [&](double columns, double rows) {
            return *orientation.row * (columns * geometry.spacing.column) +
                   *orientation.column * (rows * geometry.spacing.row);
        };
        const PatientVector right = direction(view.rightColumn, view.rightRow);
        const PatientVector down = direction(view.downColumn, view.downRow);
        return {directionLetters(-right), directionLetters(right), directionLetters(-down),
                directionLetters(down)};
    }
    if (!orientation.isKnown())
        return {};
    // Letters alone can be turned by quarter turns and flips, not by any other angle.
    const auto along = [&](double columns, double rows) -> std::string {
        const bool alongRow = std::abs(columns) >= std::abs(rows);
        if (std::min(std::abs(columns), std::abs(rows)) > 1e-6)
            return {};
        const std::string &letters = alongRow ? orientation.rowLetters : orientation.columnLetters;
        return (alongRow ? columns : rows) >= 0 ? letters : oppositeLetters(letters, orientation.quadruped);
    };
    return {along(-view.rightColumn, -view.rightRow), along(view.rightColumn, view.rightRow),
            along(-view.downColumn, -view.downRow), along(view.downColumn, view.downRow)};
}

} // namespace negatoscope::dicom
