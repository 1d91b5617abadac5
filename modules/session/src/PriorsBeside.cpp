#include <session/PriorsBeside.h>

#include <session/ReadingPresenter.h>
#include <session/Settings.h>
#include <session/TransferQueue.h>

#include <algorithm>

namespace negatoscope::session {

PriorsBeside::PriorsBeside(Services services, ReadingPresenter &reading, TransferQueue &transfers,
                           const Settings &settings, QObject *parent)
    : QObject(parent),
      m_reading(reading),
      m_transfers(transfers),
      m_settings(settings),
      m_priors(services)
{
    connect(&reading, &ReadingPresenter::changed, this, &PriorsBeside::takeStudy);
    connect(&m_priors, &PriorsPresenter::answered, this, &PriorsBeside::fetchRelevant);
    connect(&m_priors, &PriorsPresenter::arrived, this, &PriorsBeside::open);
}

PriorsBeside::~PriorsBeside() = default;

void PriorsBeside::takeStudy()
{
    m_priors.setStudy(m_reading.study() ? m_reading.study()->uid : base::StudyUid());
}

void PriorsBeside::open(const Prior &prior)
{
    const auto request = PriorsPresenter::requestFor(prior);
    const bool whole = prior.exam.local && *prior.exam.local != cache::Completeness::Incomplete;
    if (!whole && request)
        m_transfers.request(*request, Purpose::OnScreen);
    if (prior.exam.local)
        m_reading.openBeside(prior.exam.uid, prior.exam.patient);
    else
        m_priors.await(prior.exam.uid);
}

bool PriorsBeside::openBest()
{
    const auto studies = m_reading.studies();
    const auto isOpen = [&](const Prior &prior) {
        return std::any_of(studies.begin(), studies.end(),
                           [&](const auto &study) { return study.uid == prior.exam.uid; });
    };
    const auto &priors = m_priors.priors();
    const auto best = std::find_if(priors.begin(), priors.end(), [&](const Prior &prior) {
        return prior.isSamePerson() && !prior.later && !isOpen(prior);
    });
    if (best == priors.end())
        return false;
    open(Prior(*best));
    return true;
}

void PriorsBeside::fetchRelevant()
{
    PriorRule rule;
    rule.most = m_settings.integer(Setting::PriorsFetched);
    for (const Prior &prior : priorsToFetch(m_priors.priors(), rule))
        if (const auto request = PriorsPresenter::requestFor(prior))
            m_transfers.request(*request, Purpose::Prior);
}

} // namespace negatoscope::session
