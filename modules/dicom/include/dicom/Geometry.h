#pragma once

#include <base/Coordinates.h>
#include <dicom/DataSet.h>

#include <optional>
#include <string>

namespace negatoscope::dicom {

/// Attributes of one frame, wherever the object keeps them (PS3.3 C.7.6.16): the frame's own functional
/// groups, then the shared ones, then the data set itself.
///
/// Frames are numbered from 0. Holds references into the data set, which must outlive it.
class FrameAttributes
{
public:
    FrameAttributes(const DataSet &dataSet, std::uint32_t frame);

    /// The data set that holds `attribute` of functional group `macro`; null if there is none.
    const DataSet *find(Tag macro, Tag attribute) const;
    /// First item of a functional group's sequence for this frame; null for classic objects.
    const DataSet *group(Tag macro) const;
    const DataSet &root() const { return m_root; }

private:
    const DataSet &m_root;
    const DataSet *m_perFrame = nullptr;
    const DataSet *m_shared = nullptr;
};

/// Where the millimetres of a pixel spacing come from (docs/safety.md P8).
enum class SpacingSource {
    None,           ///< pixels only
    Patient,        ///< Pixel Spacing of a cross-section: millimetres in the patient
    Calibrated,     ///< Pixel Spacing corrected for magnification (fiducial or geometry)
    Detector,       ///< Imager Pixel Spacing: millimetres at the detector
    NominalScanned, ///< Nominal Scanned Pixel Spacing of a film scan
    Region,         ///< the tissue regions of an ultrasound picture, all alike
    AspectOnly,     ///< Pixel Aspect Ratio: a shape without a length
};

struct PixelSpacing
{
    double row = 1, column = 1; ///< distance between rows, between columns; mm unless AspectOnly or None
    SpacingSource source = SpacingSource::None;
    bool inMillimetres() const
    {
        return source != SpacingSource::None && source != SpacingSource::AspectOnly;
    }
    bool operator==(const PixelSpacing &) const = default;
};

/// How a frame lies in the patient: the directions of its rows and columns, as vectors or as letters only.
struct ImageOrientation
{
    /// Direction of increasing column index and of increasing row index: unit vectors, perpendicular.
    std::optional<base::PatientVector> row, column;
    /// Patient Orientation (0020,0020) of projection images, e.g. "L" and "F"; empty if unknown.
    std::string rowLetters, columnLetters;
    bool quadruped = false; ///< the letters are those of animals (PS3.3 C.7.6.1.1.1)

    bool isKnown() const { return (row && column) || (!rowLetters.empty() && !columnLetters.empty()); }
    bool operator==(const ImageOrientation &) const = default;
};

/// Geometry of one frame. Never invented: what the object does not say is empty.
struct FrameGeometry
{
    std::optional<base::PatientPoint> position; ///< centre of the first pixel
    ImageOrientation orientation;
    PixelSpacing spacing;
    std::optional<double> sliceThicknessMm;
    base::PatientVector normal() const; ///< row x column; zero without vectors

    static FrameGeometry of(const DataSet &dataSet, std::uint32_t frame);
};

/// Letters at the edges of a picture; empty where nothing is known.
struct EdgeLetters
{
    std::string left, right, top, bottom;
    bool operator==(const EdgeLetters &) const = default;
};

/// Two steps in the image, in pixels of column and row: where the picture's right and its bottom point.
/// For an unrotated, unflipped picture these are (1,0) and (0,1).
struct ViewDirections
{
    double rightColumn = 1, rightRow = 0;
    double downColumn = 0, downRow = 1;
};

/// The letters of a direction, largest component first, components under 0.1 left out: "L", "LA", "HR".
std::string directionLetters(base::PatientVector direction);

/// The opposite of a Patient Orientation value ("LF" -> "RH"); empty if a letter is unknown or the letters
/// contradict each other. "PR", "PA" and "PL" mean proximal, palmar and plantar of quadrupeds only.
std::string oppositeLetters(std::string_view letters, bool quadruped = false);

/// The letters for a picture drawn with these directions; all empty if the orientation is unknown.
EdgeLetters edgeLetters(const FrameGeometry &geometry, const ViewDirections &view);

} // namespace negatoscope::dicom
