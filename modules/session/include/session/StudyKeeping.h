#pragma once

#include <base/Error.h>
#include <cache/Records.h>
#include <session/Services.h>

#include <QtCore/QObject>

#include <optional>
#include <vector>

namespace negatoscope::session {

/// What is done to studies of the list: kept, deleted, brought back; in the background.
///
/// Deleting can be undone, act by act, until the cache empties its trash (docs/decisions/0018).
class StudyKeeping final : public QObject
{
    Q_OBJECT
public:
    /// A study as it was chosen. The UID is empty if its record was never here; if it is not, and the number
    /// means another study by now, nothing is done.
    struct Chosen
    {
        cache::StudyNumber number = 0;
        base::StudyUid uid;
    };
    enum class Act { Keep, DoNotKeep, Delete, Restore };
    struct Outcome
    {
        Act act = Act::Keep;
        std::vector<cache::StudyRecord> studies; ///< that it was done to
        std::optional<base::Error> error;        ///< why it was not done. Busy: one of them is open
    };

    explicit StudyKeeping(Services services, QObject *parent = nullptr);
    ~StudyKeeping() override;
    Q_DISABLE_COPY_MOVE(StudyKeeping)

    void setKept(const std::vector<Chosen> &studies, bool kept);
    void deleteStudies(const std::vector<Chosen> &studies);
    void restore(const std::vector<base::StudyUid> &studies);
    /// Brings back what was deleted last; nothing if nothing is left to bring back.
    void undoDelete();
    /// Latest first.
    const std::vector<cache::TrashedStudy> &trash() const { return m_trash; }
    void refresh();
    /// Which files of a study are kept but not shown: asideRead() tells.
    void readAside(const cache::StudyRecord &study);

Q_SIGNALS:
    /// The trash has changed.
    void changed();
    void asideRead(const negatoscope::cache::StudyRecord &study,
                   const std::vector<negatoscope::cache::AsideRecord> &files);
    void done(const negatoscope::session::StudyKeeping::Outcome &outcome);

private:
    template <typename Work>
    void act(Act act, std::vector<Chosen> studies, Work work);
    void take(Outcome outcome);

    Services m_services;
    std::vector<cache::TrashedStudy> m_trash;
    quint64 m_generation = 0;
};

} // namespace negatoscope::session
