#pragma once

#include <session/CinePlayer.h>
#include <session/CineTiming.h>

#include <base/Uid.h>

#include <QtCore/QObject>
#include <QtCore/QTimer>

#include <functional>
#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace negatoscope::session {

class ViewportPresenter;

/// The cine of one reading window: which viewports play, how fast, round or to and fro.
///
/// Plays what filmAround() says: the frames of one object, else the stack. Viewports that play together are
/// in step. A reader who scrolls, or shows something else, stops the viewport she does it in. Rates and
/// sweeps chosen are kept per series while the program runs.
class CineControl final : public QObject
{
    Q_OBJECT
public:
    using Clock = std::function<CinePlayer::Time()>;

    explicit CineControl(QObject *parent = nullptr, Clock clock = {});
    ~CineControl() override;
    Q_DISABLE_COPY_MOVE(CineControl)

    static bool canPlay(const ViewportPresenter &viewport);
    bool isPlaying(const ViewportPresenter *viewport) const;
    void toggle(ViewportPresenter &viewport);
    /// Starts all that can play, in step; stops all if they play already.
    void toggleAll(const std::vector<ViewportPresenter *> &viewports);
    void stop(ViewportPresenter *viewport);

    /// The next rate up (`steps` > 0) or down a ladder of round rates, for everything that plays.
    void changeRate(ViewportPresenter &viewport, int steps);
    void toggleSweep(ViewportPresenter &viewport);
    /// Frames per second it plays at, or would.
    double rateOf(const ViewportPresenter &viewport) const;
    bool isSweeping(const ViewportPresenter &viewport) const;

Q_SIGNALS:
    /// Another viewport plays, or at another rate. At once.
    void changed();

private:
    struct Playing
    {
        ViewportPresenter *viewport;
        CinePlayer::ReelId reel;
        int first; ///< of the film, in the stack
    };
    void start(ViewportPresenter &viewport);
    CineTiming timingOf(const ViewportPresenter &viewport, int first, int last) const;
    const Playing *find(const ViewportPresenter *viewport) const;
    void show(ViewportPresenter *viewport, int frame);
    void advance();
    void tellStates();

    Clock m_clock;
    CinePlayer m_player;
    std::vector<Playing> m_playing;
    std::map<base::SeriesUid, double> m_rates;
    std::map<base::SeriesUid, bool> m_sweeps;
    /// The last rate reckoned from an object: it is asked for again with every image shown.
    struct Reckoned
    {
        base::InstanceUid instance;
        std::pair<int, int> film;
        double rate;
    };
    mutable std::optional<Reckoned> m_reckoned;
    QTimer m_timer;
};

} // namespace negatoscope::session
