#pragma once

#include <cache/Records.h>
#include <dicom/MaskModule.h>
#include <dicom/Stack.h>
#include <frames/FrameLoader.h>
#include <imaging/ViewTransform.h>
#include <session/FirstHang.h>
#include <session/SeriesMarks.h>
#include <session/Services.h>
#include <session/Viewing.h>
#include <session/ViewportState.h>
#include <session/WindowPresets.h>

#include <QtCore/QJsonObject>
#include <QtCore/QObject>
#include <QtCore/QTimer>

#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace negatoscope::session {

struct DrawnPlane;
struct LoadedStack;

/// What a reader has just done to a viewport, for those that follow it.
struct ViewportAct
{
    enum class Kind { Scroll, View, Fit, WindowDrag, Window, Preset, FullRange, Invert };
    Kind kind = Kind::Scroll;
    double dx = 0, dy = 0;    ///< WindowDrag
    int preset = 0;           ///< Preset
    imaging::Window window{}; ///< Window
};

/// One tile: a series, the place in it, and how it is shown. The place is an image of its stack, or a plane
/// of its volume.
///
/// Emits changed() once per turn of the event loop at most, however much changed; views pull state().
/// Never blocks: the stack and the frames arrive later.
class ViewportPresenter final : public QObject
{
    Q_OBJECT
public:
    explicit ViewportPresenter(Services services, QObject *parent = nullptr);
    ~ViewportPresenter() override;
    Q_DISABLE_COPY_MOVE(ViewportPresenter)

    const ViewportState &state() const { return m_state; }
    const std::optional<cache::StudyRecord> &study() const { return m_study; }
    const std::optional<cache::SeriesRecord> &series() const { return m_series; }

    /// Begins with `first`; the rest of the series follows.
    void showSeries(const cache::StudyRecord &study, const cache::SeriesRecord &series,
                    const FirstImage &first = {});
    /// The series of another viewport that has been listed, at another place: nothing is listed again.
    void adopt(const ViewportPresenter &other, int index);
    void clear();
    /// Shows that something is on its way.
    void await();
    /// More of the series is in the cache: the stack grows around what is shown, which stays as it is. While
    /// cine plays it waits for the end.
    void takeArrival(const cache::StudyRecord &study, const cache::SeriesRecord &series);
    /// Size of the drawing area in device pixels.
    void setViewSize(imaging::Size size);
    void setActive(bool active);

    /// Shows planes of the volume that `source`'s series makes, looked at as that is: takePlane() brings
    /// them, and scrolling asks for others by planeWanted().
    void showPlanes(const ViewportPresenter &source);
    void takePlane(const DrawnPlane &drawn);
    bool showsPlanes() const { return m_planes; }
    /// Which of the planes is wanted, so that scrolling goes on from there.
    void setPlaneTarget(int index);
    /// The series as it has been listed; null before.
    const std::shared_ptr<const LoadedStack> &stack() const { return m_stack; }

    /// Where a frame is in the stack; empty until the series has been listed, or if it is of another one.
    std::optional<int> indexOf(const frames::FrameKey &key) const;
    /// The slice that is wanted now, shown or on its way, and what is known of its place.
    int target() const { return m_target; }
    const dicom::StackFrame *targetFrame() const;
    const dicom::StackPlaces &places() const;
    void scrollBy(int frames);
    void scrollTo(int index);
    /// The same place at another time, echo or b-value of the series.
    void stepPhase(int steps);
    /// Goes there without the reader's doing: no scrolled(). `upcoming`: what will be asked for next, so that
    /// it is loaded ahead; empty: as after scrolling.
    void follow(int index, std::vector<int> upcoming = {});
    /// Whether a frame of the stack is in memory, or known to be broken.
    bool isLoaded(int index) const;
    /// How many frames like the present one memory can hold ahead of one viewport.
    int affordableFrames() const;
    /// The frames that make a film with the one on screen: those of its multi-frame object, else the stack.
    std::pair<int, int> filmAround() const;
    const dicom::StackFrame *stackFrame(int index) const;
    void setCine(const std::optional<CineState> &cine);
    const SeriesMarks &marks() const { return m_marks; }
    /// After which places of the stack slices are missing.
    const std::vector<int> &gaps() const { return m_gaps; }

    /// A drag step in device pixels: right widens, down brightens (IHE BIR); speed follows the present width.
    void dragWindow(double dx, double dy);
    void setWindow(const imaging::Window &window);
    /// 1 to 9: the presets of the modality; 0: the object's own window again.
    void applyPreset(int key);
    void nextVoiChoice();
    void fullRange();
    /// A window over the values in a rectangle of the view: the outermost hundredth at either end left out.
    /// False where there is nothing to window.
    bool windowOver(base::ViewPoint corner, base::ViewPoint opposite);
    void toggleInvert();
    void setColourTable(imaging::ColourTable table);
    /// Whether colour tables are offered for what is shown: grey pictures of modalities that are not read for
    /// their greys.
    bool hasColourTables() const;
    void toggleClampAtZero();

    void toggleSubtraction();
    /// The frame on screen becomes the mask.
    void useAsMask();
    /// Moves the mask down and to the right, in pixels of the image as it is stored.
    void shiftMask(double rows, double columns);
    /// The same to the right and down as the picture lies on the screen now.
    void shiftMaskOnScreen(double right, double down);
    /// A drag step in device pixels: the mask goes with the pointer, in steps of half a pixel of the image.
    /// False where nothing is subtracted.
    bool dragMask(double dx, double dy);
    const std::vector<WindowPreset> &presets() const;

    void zoomAt(base::ViewPoint fixed, double factor);
    void panBy(double dx, double dy);
    /// Puts a point of the image in the middle, at a scale of device pixels per millimetre.
    void showAt(base::ImagePoint middle, double pixelsPerMm);
    void fit();
    void oneToOne();
    /// Why the true size cannot be shown.
    enum class TrueSizeRefusal { NoPicture, NoSpacing, DetectorSpacing, FilmSpacing, NoScreen };
    /// A millimetre in the patient as a millimetre on a screen of so many device pixels each.
    std::optional<TrueSizeRefusal> trueSize(double pixelsPerMm);
    /// A lens of this size, so many times larger than the view: what lies at `at` in the view lies at
    /// `inLens`.
    imaging::ViewTransform magnified(base::ViewPoint at, imaging::Size lens, base::ViewPoint inLens,
                                     double factor) const;
    void rotate(int quarterTurns);
    void flip();
    void setInterpolation(imaging::Interpolation interpolation);
    void toggleOverlays();
    void toggleShutters();
    bool hasShutters() const;
    Viewing viewing() const;
    void setViewing(const Viewing &viewing);
    /// Window, zoom, pan, rotation and flip as at first; the place in the stack stays.
    void reset();
    void retryFailed();

    void setGuides(Guides guides);
    void setStudyMark(StudyMark mark);

    /// Value under a point of the view, with unit: for the probe text.
    struct Probe
    {
        int column = 0, row = 0;
        std::optional<double> value;
        std::optional<std::uint32_t> colour;
        QString unit;
        std::optional<dicom::UltrasoundRegion> region; ///< of a calibrated ultrasound picture
        base::ImagePoint point;
    };
    std::optional<Probe> probe(base::ViewPoint point) const;

    /// What is on screen now, for `negatoscope state`.
    QJsonObject json() const;

Q_SIGNALS:
    void changed();
    /// The reader went elsewhere, to another image or another series. At once, not coalesced.
    void scrolled();
    /// Other frames are in memory, on their way or broken than before; a few times a second at most.
    void marksChanged();
    /// The reader scrolls to another of the planes.
    void planeWanted(int index);
    /// The series has been listed: its slices can be gone to.
    void listed();
    /// More of the series has been listed: places of the stack are others than before, what is shown is not.
    void grown();
    /// At once, after each act that others may follow; never from setGuides() or answers that arrive.
    void acted(const negatoscope::session::ViewportAct &act);

private:
    void deliver(const frames::FrameKey &key, const frames::FrameResult &result);
    void takeFirst(const base::Result<cache::InstanceRecord> &first);
    void takeStack(std::shared_ptr<const LoadedStack> loaded);
    int firstIndex() const;
    void goTo(int index);
    /// Whether the frame and all that is drawn with it are there; if so they are shown.
    bool tryShow(int index);
    void show(int index, const frames::FramePointer &frame);
    void showFailure(int index, const base::Error &error);
    void requestFrames();
    void takeListing(std::shared_ptr<const LoadedStack> loaded);
    void list(bool again);
    void growLater();
    void updateMissing();
    void takeGrown(std::shared_ptr<const LoadedStack> loaded);
    void findFilms();
    void updateMarks();
    std::optional<frames::FrameResult> lookUp(const frames::FrameKey &key);
    void readMaskModule(const frames::Frame &frame);
    dicom::MaskPlan maskPlanOf(const frames::FrameKey &key) const;
    std::vector<frames::FrameKey> drawnWith(const frames::FrameKey &key) const;
    bool subtract(const frames::Frame &frame);
    std::shared_ptr<const imaging::Picture> pictureOf(const frames::FramePointer &frame);
    void subtractionChanged();
    void hangUpright(const dicom::DataSet &dataSet);
    void leaveEdge();
    imaging::Window firstWindow() const;
    void insertModality(QJsonObject &json) const;
    void assignWindow(const imaging::Window &window);
    static double clampedZoom(double zoom);
    void insertGuides(QJsonObject &json) const;
    void insertPlane(QJsonObject &json) const;
    imaging::ViewSettings drawnView() const;
    double pixelScale() const { return m_state.plane ? m_state.plane->coarser : 1; }
    imaging::Window windowInForce() const;
    void updateRender();
    void updateTransform();
    bool isTrueSize() const;
    void announce();
    int stackSize() const;
    const frames::FrameKey &keyAt(int index) const;
    const std::string &pathAt(int index) const;

    Services m_services;
    const frames::ClientId m_client;
    std::optional<cache::StudyRecord> m_study;
    std::optional<cache::SeriesRecord> m_series;
    quint64 m_generation = 0; ///< grows with each series shown; late answers are dropped by it
    std::shared_ptr<const LoadedStack> m_stack; ///< null until the series has been listed
    frames::FrameKey m_firstKey;                ///< what is shown until then
    std::string m_firstPath;
    FirstImage m_first;                       ///< where to begin
    std::vector<frames::FrameKey> m_keys;     ///< of the stack's frames
    std::vector<std::pair<int, int>> m_films; ///< of each place: filmAround()
    std::vector<int> m_gaps;
    int m_target = 0;
    int m_direction = 1;
    std::vector<int> m_upcoming; ///< what plays next
    std::vector<int> m_wished;
    SeriesMarks m_marks;
    QTimer m_marksTimer;
    QTimer m_growTimer;
    bool m_listing = false, m_mustGrow = false;
    qint64 m_listedMs = 0; ///< how long listing took last
    imaging::Size m_viewSize;
    imaging::DisplayAttributes m_attributes;
    dicom::FrameGeometry m_geometry;
    std::optional<imaging::Window> m_userWindow; ///< the reader's own; else the object's
    std::optional<imaging::Window>
        m_autoWindow; ///< for objects without one: the range of the first picture seen
    QString m_userWindowName;
    int m_voiChoice = 0;
    double m_trueSizePixelsPerMm = 0; ///< while the true size is shown
    ViewingDefaults m_defaults;       ///< of the series' modality
    bool m_planes = false;            ///< shows planes, not the stack
    bool m_atEdge = false;            ///< a breast whose chest wall leans on the edge, not yet panned

    /// Subtraction: of the object whose frame is shown.
    base::InstanceUid m_maskInstance;
    std::optional<dicom::MaskModule> m_maskModule;
    std::optional<std::uint32_t> m_ownMask;
    double m_maskRows = 0, m_maskColumns = 0; ///< the reader's shift on top of the object's
    double m_maskRestX = 0, m_maskRestY = 0;  ///< of a drag, less than a step
    std::optional<imaging::Window> m_subtractionWindow, m_userSubtractionWindow;
    std::map<frames::FrameKey, frames::FramePointer> m_beside; ///< frames drawn with the one on screen
    std::map<frames::FrameKey, std::shared_ptr<const imaging::Picture>> m_besidePictures;
    std::optional<std::pair<frames::FrameKey, frames::FrameResult>> m_arrived;

    bool m_announcing = false;
    ViewportState m_state;
};

} // namespace negatoscope::session
