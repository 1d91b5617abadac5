#pragma once

#include <cache/Records.h>
#include <dicom/Stack.h>
#include <frames/FrameLoader.h>
#include <imaging/ViewTransform.h>
#include <session/Services.h>
#include <session/ViewportState.h>
#include <session/WindowPresets.h>

#include <QtCore/QJsonObject>
#include <QtCore/QObject>

#include <memory>
#include <optional>
#include <vector>

namespace negatoscope::session {

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

/// One tile: a series, the place in it, and how it is shown.
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

    void showSeries(const cache::StudyRecord &study, const cache::SeriesRecord &series);
    void clear();
    /// Size of the drawing area in device pixels.
    void setViewSize(imaging::Size size);
    void setActive(bool active);

    /// Where a frame is in the stack; empty until the series has been listed, or if it is of another one.
    std::optional<int> indexOf(const frames::FrameKey &key) const;
    /// The slice that is wanted now, shown or on its way, and what is known of its place.
    int target() const { return m_target; }
    const dicom::StackFrame *targetFrame() const;
    const dicom::StackPlaces &places() const;
    void scrollBy(int frames);
    void scrollTo(int index);

    /// A drag step in device pixels: right widens, down brightens (IHE BIR); speed follows the present width.
    void dragWindow(double dx, double dy);
    void setWindow(const imaging::Window &window);
    /// 1 to 9: the presets of the modality; 0: the object's own window again.
    void applyPreset(int key);
    void nextVoiChoice();
    void fullRange();
    void toggleInvert();
    const std::vector<WindowPreset> &presets() const;

    void zoomAt(base::ViewPoint fixed, double factor);
    void panBy(double dx, double dy);
    /// Puts a point of the image in the middle, at a scale of device pixels per millimetre.
    void showAt(base::ImagePoint middle, double pixelsPerMm);
    void fit();
    void oneToOne();
    void rotate(int quarterTurns);
    void flip();
    void setInterpolation(imaging::Interpolation interpolation);
    void toggleOverlays();
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
    };
    std::optional<Probe> probe(base::ViewPoint point) const;

    /// What is on screen now, for `negatoscope state`.
    QJsonObject json() const;

Q_SIGNALS:
    void changed();
    /// The series has been listed: its slices can be gone to.
    void listed();
    /// At once, after each act that others may follow; never from setGuides() or answers that arrive.
    void acted(const negatoscope::session::ViewportAct &act);

private:
    void deliver(const frames::FrameKey &key, const frames::FrameResult &result);
    void takeFirst(const base::Result<cache::InstanceRecord> &first);
    void takeStack(std::shared_ptr<const LoadedStack> loaded);
    void goTo(int index);
    void show(int index, const frames::FramePointer &frame);
    void showFailure(int index, const base::Error &error);
    void requestFrames();
    void assignWindow(const imaging::Window &window);
    static double clampedZoom(double zoom);
    void insertGuides(QJsonObject &json) const;
    imaging::Window windowInForce() const;
    void updateRender();
    void updateTransform();
    void announce();
    int stackSize() const;
    frames::FrameKey keyAt(int index) const;
    const std::string &pathAt(int index) const;

    Services m_services;
    const frames::ClientId m_client;
    std::optional<cache::StudyRecord> m_study;
    std::optional<cache::SeriesRecord> m_series;
    quint64 m_generation = 0; ///< grows with each series shown; late answers are dropped by it
    std::shared_ptr<const LoadedStack> m_stack; ///< null until the series has been listed
    frames::FrameKey m_firstKey;                ///< what is shown until then
    std::string m_firstPath;
    int m_target = 0;
    int m_direction = 1;
    imaging::Size m_viewSize;
    imaging::DisplayAttributes m_attributes;
    dicom::FrameGeometry m_geometry;
    std::optional<imaging::Window> m_userWindow; ///< the reader's own; else the object's
    std::optional<imaging::Window>
        m_autoWindow; ///< for objects without one: the range of the first picture seen
    QString m_userWindowName;
    int m_voiChoice = 0;
    bool m_announcing = false;
    ViewportState m_state;
};

} // namespace negatoscope::session
