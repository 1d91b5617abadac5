#include "Background.h"

#include <session/Archives.h>
#include <session/PriorsPresenter.h>

#include <algorithm>
#include <utility>

namespace negatoscope::session {

PriorsPresenter::PriorsPresenter(Services services, QObject *parent) : QObject(parent), m_services(services)
{
    connect(&services.archives, &Archives::changed, this, &PriorsPresenter::askAgain);
}

PriorsPresenter::~PriorsPresenter()
{
    m_stop.request_stop();
}

void PriorsPresenter::setStudy(const base::StudyUid &study)
{
    if (study == m_study)
        return;
    m_study = study;
    ++m_generation;
    m_stop.request_stop();
    m_stop = {};
    m_current.reset();
    m_local.clear();
    m_remote = {};
    m_priors.clear();
    m_awaited.clear();
    m_asking = m_asked = m_reading = m_readAgain = false;
    readLocal();
    Q_EMIT changed();
}

void PriorsPresenter::refresh()
{
    if (m_reading)
        m_readAgain = true;
    else
        readLocal();
}

void PriorsPresenter::readLocal()
{
    if (m_study.isEmpty())
        return;
    m_reading = true;
    struct Read
    {
        std::optional<Exam> current;
        std::vector<Exam> exams;
    };
    inBackground(
        this,
        [&cache = m_services.cache, study = m_study] {
            Read read;
            if (const auto record = cache.study(study)) {
                read.current = Exam::of(*record, cache.series(study));
                read.exams = localExams(cache, record->patient);
            }
            return read;
        },
        [this, generation = m_generation](Read read) {
            if (generation != m_generation)
                return;
            m_reading = false;
            m_current = std::move(read.current);
            m_local = std::move(read.exams);
            rank();
            if (m_current && !std::exchange(m_asked, true))
                askArchives(m_current->patient);
            if (std::exchange(m_readAgain, false))
                readLocal();
            Q_EMIT changed();
            for (const Prior &prior : std::vector(m_priors)) // a slot may change them
                if (prior.exam.local && m_awaited.erase(prior.exam.uid) > 0)
                    Q_EMIT arrived(prior);
        });
}

void PriorsPresenter::askAgain()
{
    if (m_current)
        askArchives(m_current->patient);
}

void PriorsPresenter::askArchives(const dicom::PatientIdentity &patient)
{
    m_stop.request_stop();
    m_stop = {};
    std::vector<AskedArchive> asked;
    for (const auto &settings : m_services.archives.all())
        asked.push_back({settings.name, [&archives = m_services.archives, name = settings.name] {
                             return archives.connectTo(name);
                         }});
    if (asked.empty()) {
        m_asking = false;
        m_remote = {};
        rank();
        return;
    }
    m_asking = true;
    inBackground(
        this,
        [asked = std::move(asked), patient, stop = m_stop.get_token()] {
            return std::pair(remoteExams(asked, patient, stop), stop);
        },
        [this](std::pair<RemoteExams, std::stop_token> answer) {
            if (answer.second.stop_requested())
                return; // of another question
            m_asking = false;
            m_remote = std::move(answer.first);
            rank();
            Q_EMIT answered();
            Q_EMIT changed();
        });
}

void PriorsPresenter::rank()
{
    m_priors.clear();
    if (!m_current)
        return;
    auto exams = merged(m_local, m_remote.exams);
    // What the archives tell of the study itself may contradict what is here.
    Exam current = *m_current;
    for (const Exam &exam : exams)
        if (exam.uid == m_study)
            current = exam;
    m_priors = rankPriors(current, std::move(exams));
}

std::optional<RequestedStudy> PriorsPresenter::requestFor(const Prior &prior)
{
    const Exam &exam = prior.exam;
    if (exam.archives.empty())
        return std::nullopt;
    RequestedStudy request;
    request.archive = exam.archives.front();
    request.uid = exam.uid;
    request.patient = exam.patient;
    request.studyDate = exam.date;
    request.studyTime = exam.time;
    request.accession = exam.accession;
    request.description = exam.description;
    request.modalities = exam.modalities;
    request.instances = exam.instances;
    return request;
}

} // namespace negatoscope::session
