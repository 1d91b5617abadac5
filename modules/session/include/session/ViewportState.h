#pragma once

#include <base/Error.h>
#include <cache/Records.h>
#include <dicom/Geometry.h>
#include <dicom/NuclearVectors.h>
#include <dicom/Stack.h>
#include <dicom/UltrasoundRegions.h>
#include <frames/Frame.h>
#include <imaging/DisplayAttributes.h>
#include <imaging/Picture.h>
#include <imaging/ViewTransform.h>
#include <session/Guides.h>
#include <session/PlaneState.h>
#include <session/RenderedState.h>

#include <QtCore/QString>

#include <memory>
#include <optional>
#include <vector>

namespace negatoscope::session {

/// What the reader must know about the picture, taken from the very object whose pixels are shown.
/// Texts are raw DICOM values in UTF-8 turned to QString by visibleText(); ui writes the sentences.
struct PictureFacts
{
    QString patientName, patientId, issuer, birthDate, sex, age;
    QString studyDate, studyTime, studyDescription, accession, institution;
    QString modality, seriesDescription, seriesNumber, bodyPart, laterality, viewPosition;
    QString contentDate, contentTime; ///< of the acquisition, else content
    QString instanceNumber;
    QString technique; ///< "120 kV, 230 mA, B30f", "TR 500 TE 12"; empty if unknown
    base::StudyUid study;
    base::SeriesUid series;
    base::InstanceUid instance;
    std::uint32_t frame = 0, frames = 1;
    std::optional<double> sliceThicknessMm;
    std::optional<double>
        slicePositionMm; ///< along the normal, signed as in patient coordinates (left, back, head)
    QString transferSyntaxName;
    bool lossy = false;
    std::optional<double> lossyRatio; ///< the last one, if the object says
    QString lossyMethod;              ///< defined term, e.g. ISO_10918_1; else the transfer syntax's name
    bool truncated = false;
    dicom::NuclearPlace nuclear; ///< energy window, detector, ... of a nuclear medicine frame
};

/// The cine of a viewport while it plays.
struct CineState
{
    double rate = 0;     ///< frames per second asked for
    double achieved = 0; ///< over the last second
    std::uint64_t shown = 0, dropped = 0;
    bool sweep = false;
    bool buffering = false; ///< stands still until `ready` of `needed` frames are there
    int ready = 0, needed = 0;

    /// Slow enough to be told: dropping single frames is not.
    bool isBelowTarget() const { return achieved < rate * 0.9; }
    bool operator==(const CineState &) const = default;
};

/// What is subtracted in an angiogram.
struct SubtractionState
{
    bool possible = false; ///< the object is a grey loop of an angiographic modality
    bool wanted = false;   ///< the reader or the object asks for it
    bool shown = false;    ///< the pixels on screen are differences
    bool ownMask = false;  ///< the reader chose the mask, else the object
    bool logarithmic = false;
    std::vector<int> masks;                 ///< frame numbers from 1
    int averaged = 1;                       ///< contrast frames averaged
    double shiftRows = 0, shiftColumns = 0; ///< of the mask, down and to the right, pixels
};

/// Everything a viewport shows, as one value: the view pulls it after changed() and repaints.
///
/// Picture and facts are of one and the same frame, always: while another frame is on its way, `shown` still
/// describes the old one and `pending` says what comes (docs/safety.md P4).
struct ViewportState
{
    enum class Content {
        Empty,   ///< no series here
        Waiting, ///< nothing shown yet, the first frame is on its way
        Picture, ///< `picture`, `facts` and the rest are valid
        Failed,  ///< `error` says why frame `index` cannot be shown: hatched tile (P21)
    };
    Content content = Content::Empty;

    std::shared_ptr<const imaging::Picture> picture;
    frames::FramePointer frame;
    PictureFacts facts; ///< also set when Failed, as far as the index knows
    std::vector<imaging::Overlay> overlays;
    std::optional<base::Error> error;

    int index = 0;              ///< of what is shown, from 0, in the stack
    int count = 0;              ///< frames of the stack; instances known so far while loading
    bool countFinal = false;    ///< the whole series has been listed
    std::optional<int> pending; ///< index of the frame that is on its way

    imaging::ViewTransform transform; ///< for the viewport's present size in device pixels
    imaging::ViewSettings view;
    imaging::RenderSettings render;        ///< what Renderer::draw gets
    std::optional<imaging::Window> window; ///< the window in force, for the corner text
    QString windowName;                    ///< preset or explanation of the object, if one is in force
    QString unit;
    dicom::EdgeLetters letters; ///< empty strings: unknown
    bool orientationKnown = false;
    dicom::PixelSpacing spacing;
    dicom::FrameGeometry geometry; ///< of the picture; empty while there is none
    base::FrameOfReferenceUid frameOfReference;
    bool projection = false; ///< looks through the patient: no depth
    Guides guides;           ///< what it shows of the other viewports
    StudyMark study;         ///< whose it is among the window's studies

    bool clampAtZero = false;              ///< the window begins at 0
    imaging::Turn hungTurn;                ///< part of `view`: how the picture was turned to stand upright
    std::optional<PlaneState> plane;       ///< set where the picture is a plane of a volume
    std::optional<RenderedState> rendered; ///< set where it is a volume in 3D; then `picture` is null
    dicom::StackPhase phase;               ///< which time, echo, b-value of how many
    std::vector<dicom::UltrasoundRegion> regions;
    SubtractionState subtraction;

    cache::Completeness completeness = cache::Completeness::Unknown;
    int instances = 0;           ///< of the series, here
    std::optional<int> expected; ///< announced by the source
    int notDisplayable = 0;      ///< objects of the series without pixels
    std::vector<dicom::GeometryFinding> findings;
    std::vector<QString> problems; ///< developer words of DisplayAttributes, shown in the details
    bool identityConflict = false;

    std::optional<CineState> cine; ///< while it plays
    bool trueSize = false;         ///< a millimetre in the patient is one on the screen
    bool showOverlays = true;      ///< shutters: render.shutter
    bool active = false;

    /// Device pixels per pixel of the image; of a plane that is drawn coarser for the moment, as it will be.
    double zoom() const { return transform.zoom() / (plane ? plane->coarser : 1); }
};

} // namespace negatoscope::session
