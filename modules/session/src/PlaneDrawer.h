#pragma once

#include <imaging/Picture.h>
#include <session/PlaneState.h>
#include <session/SeriesVolume.h>

#include <array>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

namespace negatoscope::session {

/// A plane that is to be drawn, with all that is to be said of it.
struct PlaneWish
{
    SeriesVolumePointer of;
    PlaneState state; ///< without `states`
    PictureFacts facts;
    int index = 0, count = 1; ///< its place among those that scrolling goes to
};

/// A plane that has been drawn. Picture and words belong together (docs/safety.md P4).
struct DrawnPlane
{
    PlaneWish wish;
    std::shared_ptr<const imaging::Picture> picture; ///< null where it could not be drawn
    double wallMs = 0;
};

/// Draws planes on a thread of its own, the latest wishes first and the others never.
class PlaneDrawer
{
public:
    using Wishes = std::array<std::optional<PlaneWish>, kPlanes>;
    using Drawn = std::array<std::optional<DrawnPlane>, kPlanes>;
    /// `done` is called on the drawer's thread, with all planes of a wish together.
    explicit PlaneDrawer(std::function<void(Drawn)> done);
    ~PlaneDrawer();
    PlaneDrawer(const PlaneDrawer &) = delete;
    PlaneDrawer &operator=(const PlaneDrawer &) = delete;

    /// Wishes for planes that have not been begun give way to these; a plane not wished for keeps its wish.
    void draw(Wishes wishes);

private:
    void serve(const std::stop_token &stop);

    const std::function<void(Drawn)> m_done;
    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    Wishes m_wishes;
    std::jthread m_thread; ///< last: it uses everything above
};

/// Draws one plane, here and now.
DrawnPlane drawPlane(PlaneWish wish);

} // namespace negatoscope::session
