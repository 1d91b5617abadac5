#pragma once

#include <imaging/Picture.h>
#include <session/PlaneCross.h>
#include <session/PlaneSet.h>
#include <session/Services.h>
#include <session/ViewportPresenter.h>
#include <session/VolumePresenter.h>

#include <QtCore/QJsonObject>
#include <QtCore/QObject>
#include <QtCore/QPointer>
#include <QtCore/QTimer>

#include <array>
#include <memory>
#include <optional>

namespace negatoscope::session {

class PlaneDrawer;
struct DrawnPlane;
struct PlaneWish;

/// Three planes of a series (MPR): what the reader's hands do to them, and the pictures that come of it.
///
/// Planes are drawn on a thread, the latest wish first; each viewport shows picture and words of one wish.
/// While the reader moves them and drawing is slow they are drawn coarser, fully once the reader holds still.
/// Window, colours and scale are those of all three. A series that still arrives or loads is drawn from what
/// there is, again and again; nothing moves by that.
class PlanesPresenter final : public QObject
{
    Q_OBJECT
public:
    /// Planes of what `source` shows, of the volume around its image. They appear in `viewports`, numbered as
    /// PlaneKind; these and `source` must outlive the presenter.
    PlanesPresenter(Services services, ViewportPresenter &source,
                    const std::array<ViewportPresenter *, kPlanes> &viewports,
                    imaging::Interpolation interpolation, QObject *parent = nullptr);
    ~PlanesPresenter() override;
    Q_DISABLE_COPY_MOVE(PlanesPresenter)

    const PlaneSet &planes() const { return m_set; }
    const VolumePresenter &volume() const { return m_volume; }
    ViewportPresenter &source() const { return m_source; }

    /// The point under `at` in a viewport becomes the one in which all planes meet.
    void moveCross(int plane, base::ViewPoint at);
    /// The same to a point of the patient, or the nearest one that the volume reaches.
    void moveCrossTo(base::PatientPoint point);
    /// The lines of a viewport, dragged from one point to another.
    void drag(int plane, const CrossHold &hold, base::ViewPoint from, base::ViewPoint to);
    void goTo(int plane, int index);
    /// Directions as at first, no slabs; the cross stays.
    void reset();

    const PlaneSlab &slab(int plane) const { return m_slabs[std::size_t(plane)]; }
    void setSlabThickness(int plane, double mm);
    /// By so many steps that grow with the thickness.
    void thicken(int plane, int steps);
    volume::Projection projection() const { return m_slabs[0].projection; }
    /// Of all planes.
    void setProjection(volume::Projection projection);
    void setStepMm(double mm);
    double chosenStepMm() const { return m_set.chosenStepMm(); }
    void setInterpolation(imaging::Interpolation interpolation);
    /// Whether each plane shows the lines of the others.
    void showLines(bool show);

    /// Nothing is on its way: what is shown is what is wanted, in full.
    bool isSettled() const;
    QJsonObject json() const;

    static constexpr double kThickestMm = 500;

Q_SIGNALS:
    /// The slices make no volume, or it cannot be had: volume() says why.
    void refused();
    /// Another projection or step; what is drawn is told by the viewports.
    void changed();

private:
    void takeStack();
    void takeVolume();
    void placeCross();
    void wish(bool moving);
    PlaneWish wishOf(int plane, double coarser) const;
    void take(int plane, const DrawnPlane &drawn);
    void follow(int plane, const ViewportAct &act);
    void followZoom(int plane);
    void tellLines();
    void holdScale(int turned);
    double coarserNow() const;

    Services m_services;
    ViewportPresenter &m_source;
    const std::array<ViewportPresenter *, kPlanes> m_viewports;
    VolumePresenter m_volume;
    PlaneSet m_set;
    std::array<PlaneSlab, kPlanes> m_slabs;
    volume::Interpolation m_interpolation;
    bool m_lines = true;
    bool m_held = false;   ///< fitted viewports got a fixed scale when planes were turned
    bool m_placed = false; ///< the cross has been put where the reader was
    /// What each plane was last asked for, so that nothing is drawn twice.
    struct Asked
    {
        const void *volume = nullptr;
        int arrived = -1;
        dicom::ImagePlane raster;
        PlaneSlab slab;
        volume::Interpolation interpolation = volume::Interpolation::Linear;
        bool operator==(const Asked &) const = default;
    };
    std::array<Asked, kPlanes> m_asked;
    std::array<double, kPlanes> m_fullMs{}; ///< what drawing each in full took last
    std::array<int, kPlanes> m_underWay{};
    std::array<double, kPlanes> m_zooms{}; ///< ViewSettings::zoom of each, to tell zooming from panning
    QTimer m_stillTimer;
    bool m_following = false;
    bool m_announcing = false;
    std::unique_ptr<PlaneDrawer> m_drawer; ///< last: its thread calls back
};

} // namespace negatoscope::session
