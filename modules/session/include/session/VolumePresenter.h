#pragma once

#include <base/Error.h>
#include <session/VolumeShelf.h>

#include <QtCore/QElapsedTimer>
#include <QtCore/QObject>
#include <QtCore/QTimer>

#include <optional>
#include <stop_token>
#include <vector>

namespace negatoscope::session {

/// One volume under reading: made in the background, shown as soon as anything of it is there.
///
/// Emits changed() when what it says is different, while slices arrive eight times a second at most. Of a
/// series that grows, the volume before is shown until as much of the longer one is there.
class VolumePresenter final : public QObject
{
    Q_OBJECT
public:
    explicit VolumePresenter(VolumeShelf &shelf, QObject *parent = nullptr);
    ~VolumePresenter() override;
    Q_DISABLE_COPY_MOVE(VolumePresenter)

    enum class Stage {
        Planning, ///< headers are read: nothing to show yet
        Filling,  ///< volume(), of which not all slices are there
        Settled,  ///< nothing more will come
        Refused,  ///< the slices make no volume: findings() say why
        Failed    ///< error()
    };
    Stage stage() const { return m_stage; }
    const SeriesVolumePointer &volume() const { return m_shown; }
    /// Of volume(), or why there is none.
    const std::vector<volume::Finding> &findings() const { return m_findings; }
    const std::optional<base::Error> &error() const { return m_error; }

    /// The volume of these slices from now on.
    void show(std::vector<frames::VolumeSlice> slices);

Q_SIGNALS:
    void changed();

private:
    void start();
    void take(base::Result<VolumeShelf::Opened> opened, qint64 wallMs);
    void look();

    VolumeShelf &m_shelf;
    Stage m_stage = Stage::Planning;
    SeriesVolumePointer m_shown, m_next; ///< m_next: the longer one, until as much of it is there
    std::vector<volume::Finding> m_findings;
    std::optional<base::Error> m_error;
    std::vector<frames::VolumeSlice> m_slices; ///< asked for
    bool m_planning = false, m_again = false;
    std::stop_source m_stop;
    QTimer m_lookTimer, m_againTimer;
    qint64 m_planMs = 0; ///< how long planning took last
    int m_seen = -1;     ///< slices of m_shown that were there when it was looked at last
};

} // namespace negatoscope::session
