#pragma once

#include <session/Priors.h>
#include <session/Services.h>
#include <session/Transfer.h>

#include <QtCore/QObject>

#include <optional>
#include <set>
#include <stop_token>
#include <vector>

namespace negatoscope::session {

/// The other exams of the patient of a study: those of the cache at once, those of the archives as soon as
/// the last of them has answered.
///
/// Threads : the UI's; the cache and archives are asked in the background.
class PriorsPresenter final : public QObject
{
    Q_OBJECT
public:
    explicit PriorsPresenter(Services services, QObject *parent = nullptr);
    /// Does not wait for archives: what they answer is dropped.
    ~PriorsPresenter() override;
    Q_DISABLE_COPY_MOVE(PriorsPresenter)

    /// Another study looks again; an empty UID forgets.
    void setStudy(const base::StudyUid &study);
    const base::StudyUid &study() const { return m_study; }
    /// The cache has changed: what is here by now is read again, the archives are not asked again.
    void refresh();
    /// Asks the archives again.
    void askAgain();

    /// Ranked, see rankPriors().
    const std::vector<Prior> &priors() const { return m_priors; }
    /// Whether archives have yet to answer.
    bool isAsking() const { return m_asking; }
    const std::vector<std::pair<std::string, base::Error>> &failed() const { return m_remote.failed; }
    const std::vector<std::string> &cutOff() const { return m_remote.cutOff; }

    /// arrived() tells once as soon as something of that prior is here.
    void await(const base::StudyUid &prior) { m_awaited.insert(prior); }

    /// What to ask an archive for, to bring a prior here; nothing if no archive has it.
    static std::optional<RequestedStudy> requestFor(const Prior &prior);

Q_SIGNALS:
    void changed();
    /// The archives have answered, or could not.
    void answered();
    /// The first of what was awaited is in the cache.
    void arrived(const negatoscope::session::Prior &prior);

private:
    void readLocal();
    void askArchives(const dicom::PatientIdentity &patient);
    void rank();

    const Services m_services;
    base::StudyUid m_study;
    std::optional<Exam> m_current;
    std::vector<Exam> m_local;
    RemoteExams m_remote;
    std::vector<Prior> m_priors;
    std::set<base::StudyUid> m_awaited;
    std::stop_source m_stop;
    quint64 m_generation = 0;
    bool m_asking = false, m_asked = false;
    bool m_reading = false, m_readAgain = false;
};

} // namespace negatoscope::session
