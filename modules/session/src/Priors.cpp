#include <session/Priors.h>

#include <archive/Connect.h>
#include <cache/Patient.h>

#include <QtCore/QDate>
#include <QtCore/QString>

#include <algorithm>
#include <bit>
#include <cmath>
#include <mutex>
#include <set>
#include <thread>
#include <tuple>
#include <unordered_map>

namespace negatoscope::session {

namespace {

constexpr int kMostPerArchive = 1000;

// Of a hundred in all.
constexpr int kRegion = 40, kModality = 25, kSide = 10, kTime = 25;
constexpr double kHalfLifeDays = 730;

QDate dateOf(const std::string &da)
{
    return QDate::fromString(QString::fromStdString(da.substr(0, 8)), QStringLiteral("yyyyMMdd"));
}

/// Modalities that show nearly the same have a kind in common.
std::string kindOf(const std::string &modality)
{
    static const std::unordered_map<std::string, std::string> kKinds{
        {"CR", "radiograph"}, {"DX", "radiograph"},  {"RG", "radiograph"},  {"PX", "radiograph"},
        {"IO", "radiograph"}, {"RF", "fluoroscopy"}, {"XA", "fluoroscopy"}, {"CT", "section"},
        {"MR", "section"},    {"PT", "nuclear"},     {"NM", "nuclear"},     {"ST", "nuclear"}};
    const auto kind = kKinds.find(modality);
    return kind == kKinds.end() ? modality : kind->second;
}

template <typename Compare>
bool anyPair(const std::vector<std::string> &some, const std::vector<std::string> &others, Compare compare)
{
    return std::any_of(some.begin(), some.end(), [&](const auto &one) {
        return std::any_of(others.begin(), others.end(),
                           [&](const auto &other) { return compare(one, other); });
    });
}

void weighRegion(const BodyPart &current, const BodyPart &prior, Prior &out)
{
    const int common = std::popcount(current.regions & prior.regions);
    if (common == 0)
        return;
    const int all = std::popcount(current.regions | prior.regions);
    out.relevance += kRegion / 2 + kRegion / 2 * common / all;
    out.reasons.push_back(common == all ? PriorReason::SameRegion : PriorReason::PartOfRegion);
    if (current.side == BodySide::Unknown || prior.side == BodySide::Unknown)
        return;
    const bool same =
        current.side == prior.side || current.side == BodySide::Both || prior.side == BodySide::Both;
    out.relevance += same ? kSide : -kSide;
    out.reasons.push_back(same ? PriorReason::SameSide : PriorReason::OtherSide);
}

void weighModality(const Exam &current, Prior &out)
{
    const auto &ours = current.modalities, &theirs = out.exam.modalities;
    if (anyPair(ours, theirs, [](const auto &one, const auto &other) { return one == other; })) {
        out.relevance += kModality;
        out.reasons.push_back(PriorReason::SameModality);
    } else if (anyPair(ours, theirs,
                       [](const auto &one, const auto &other) { return kindOf(one) == kindOf(other); })) {
        out.relevance += kModality / 2;
        out.reasons.push_back(PriorReason::LikeModality);
    }
}

void weighTime(const Exam &current, Prior &out)
{
    const QDate now = dateOf(current.date), then = dateOf(out.exam.date);
    if (!now.isValid() || !then.isValid())
        return;
    const auto days = static_cast<double>(std::abs(then.daysTo(now)));
    const int worth = static_cast<int>(std::lround(kTime * std::exp2(-days / kHalfLifeDays)));
    out.relevance += worth;
    if (2 * worth >= kTime)
        out.reasons.push_back(PriorReason::Recent);
}

/// Name and date of birth, as far as both are told.
struct Traits
{
    bool otherName = false, otherBirthDate = false, missing = false;
};

Traits compareTraits(const dicom::PatientIdentity &one, const dicom::PatientIdentity &other)
{
    Traits traits;
    traits.otherName = cache::differ(one.name, other.name);
    traits.otherBirthDate =
        !one.birthDate.empty() && !other.birthDate.empty() && one.birthDate != other.birthDate;
    traits.missing =
        one.name.isEmpty() || other.name.isEmpty() || one.birthDate.empty() || other.birthDate.empty();
    return traits;
}

/// What is told, merged by study as it comes; from several threads.
class Merge
{
public:
    void add(const Exam &exam)
    {
        const std::lock_guard lock(m_mutex);
        const auto [place, isNew] = m_places.emplace(exam.uid, m_exams.size());
        if (isNew)
            m_exams.push_back(exam);
        else
            m_exams[place->second].add(exam);
    }
    std::vector<Exam> take() { return std::move(m_exams); }

private:
    std::mutex m_mutex;
    std::vector<Exam> m_exams;
    std::unordered_map<base::StudyUid, std::size_t> m_places;
};

/// Asks every archive at once; `queries` one after the other.
RemoteExams ask(const std::vector<AskedArchive> &archives, const std::vector<archive::StudyQuery> &queries,
                std::stop_token stop)
{
    RemoteExams answer;
    Merge merge;
    std::mutex mutex;
    const auto askOne = [&](const AskedArchive &asked) -> base::Status {
        TRY(const auto archive, asked.connect());
        for (const auto &query : queries) {
            const auto take = [&](const std::vector<archive::FoundStudy> &studies) {
                for (const auto &study : studies)
                    merge.add(Exam::of(study, asked.name));
            };
            TRY(const auto report, archive->findStudies(query, take, stop));
            const std::lock_guard lock(mutex);
            if (report.cutOff &&
                std::find(answer.cutOff.begin(), answer.cutOff.end(), asked.name) == answer.cutOff.end())
                answer.cutOff.push_back(asked.name);
        }
        return {};
    };
    {
        std::vector<std::jthread> threads;
        for (const auto &asked : archives)
            threads.emplace_back([&, &asked = asked] {
                if (const auto status = askOne(asked); !status) {
                    const std::lock_guard lock(mutex);
                    answer.failed.emplace_back(asked.name, status.error());
                }
            });
    }
    answer.exams = merge.take();
    return answer;
}

/// Wildcards in a name or number are signs of it here.
std::string literal(std::string text)
{
    std::replace_if(
        text.begin(), text.end(), [](char sign) { return sign == '*' || sign == '\\'; }, '?');
    return text;
}

std::vector<archive::StudyQuery> queriesFor(const dicom::PatientIdentity &patient)
{
    std::vector<archive::StudyQuery> queries;
    archive::StudyQuery query;
    query.most = kMostPerArchive;
    if (!patient.id.empty()) {
        query.patientId = literal(patient.id);
        queries.push_back(query);
        query.patientId.clear();
    }
    const auto &names = patient.name;
    const std::string &name = !names.alphabetic.empty()    ? names.alphabetic
                              : !names.ideographic.empty() ? names.ideographic
                                                           : names.phonetic;
    if (!name.empty() && !patient.birthDate.empty()) {
        query.patientName = literal(name);
        query.birthDate = patient.birthDate;
        queries.push_back(query);
    }
    return queries;
}

} // namespace

Exam Exam::of(const cache::StudyRecord &study, const std::vector<cache::SeriesRecord> &series)
{
    Exam exam;
    exam.uid = study.uid;
    exam.patient = study.patient;
    exam.identityConflict = study.identityConflict;
    exam.date = study.studyDate;
    exam.time = study.studyTime;
    exam.accession = study.accession;
    exam.description = study.description;
    exam.modalities = study.modalities;
    std::vector<std::string> texts{study.description};
    for (const auto &one : series) {
        texts.push_back(one.bodyPart);
        if (!one.laterality.empty())
            texts.push_back(one.laterality);
    }
    exam.part = BodyPart::of(texts);
    if (exam.part.regions == 0) { // what the study does not say its series may
        for (const auto &one : series)
            texts.push_back(one.description + ' ' + one.protocol);
        exam.part = BodyPart::of(texts);
    }
    exam.series = study.series;
    exam.instances = study.instances;
    exam.local = study.completeness;
    return exam;
}

Exam Exam::of(const archive::FoundStudy &study, const std::string &archive)
{
    Exam exam;
    exam.uid = study.uid;
    exam.patient = study.patient;
    exam.date = study.studyDate;
    exam.time = study.studyTime;
    exam.accession = study.accession;
    exam.description = study.description;
    exam.modalities = study.modalities;
    exam.part = BodyPart::of({study.description});
    exam.series = study.series;
    exam.instances = study.instances;
    exam.archives = {archive};
    return exam;
}

void Exam::add(const Exam &other)
{
    identityConflict =
        identityConflict || other.identityConflict || cache::contradict(patient, other.patient);
    for (const auto &[own, theirs] :
         {std::pair(&date, &other.date), std::pair(&time, &other.time),
          std::pair(&accession, &other.accession), std::pair(&description, &other.description)})
        if (own->empty())
            *own = *theirs;
    if (modalities.empty())
        modalities = other.modalities;
    if (part.regions == 0)
        part = other.part;
    // The cache may have less of it than the archive.
    const auto larger = [](std::optional<int> one, std::optional<int> another) {
        return one && another ? std::max(*one, *another) : one ? one : another;
    };
    series = larger(series, other.series);
    instances = larger(instances, other.instances);
    if (!local)
        local = other.local;
    for (const std::string &archive : other.archives)
        if (std::find(archives.begin(), archives.end(), archive) == archives.end())
            archives.push_back(archive);
}

std::optional<std::vector<IdentityDoubt>> doubtsBetween(const Exam &one, const Exam &other)
{
    const auto &a = one.patient, &b = other.patient;
    const Traits traits = compareTraits(a, b);
    const bool sameTraits = !traits.otherName && !traits.otherBirthDate && !traits.missing;
    std::vector<IdentityDoubt> doubts;
    if (a.id.empty() || a.id != b.id) {
        if (!sameTraits)
            return std::nullopt;
        doubts.push_back(IdentityDoubt::OtherId);
    } else if (a.issuer != b.issuer) {
        // One number given by two issuers is two persons', unless everything else says that it is one.
        if (!a.issuer.empty() && !b.issuer.empty()) {
            if (!sameTraits)
                return std::nullopt;
            doubts.push_back(IdentityDoubt::OtherId);
        } else {
            if (traits.otherName || traits.otherBirthDate)
                return std::nullopt;
            doubts.push_back(IdentityDoubt::IssuerUntold);
        }
    } else {
        if (traits.otherName && traits.otherBirthDate)
            return std::nullopt;
        if (traits.otherName)
            doubts.push_back(IdentityDoubt::OtherName);
        if (traits.otherBirthDate)
            doubts.push_back(IdentityDoubt::OtherBirthDate);
        if (traits.missing)
            doubts.push_back(IdentityDoubt::TraitsMissing);
    }
    if (one.identityConflict || other.identityConflict)
        doubts.push_back(IdentityDoubt::SourcesDisagree);
    return doubts;
}

std::vector<Prior> rankPriors(const Exam &current, std::vector<Exam> exams)
{
    std::vector<Prior> priors;
    for (Exam &exam : exams) {
        if (exam.uid == current.uid)
            continue;
        auto doubts = doubtsBetween(current, exam);
        if (!doubts)
            continue;
        Prior prior;
        prior.exam = std::move(exam);
        prior.doubts = *std::move(doubts);
        prior.later = !prior.exam.date.empty() && !current.date.empty() &&
                      std::tie(prior.exam.date, prior.exam.time) > std::tie(current.date, current.time);
        weighRegion(current.part, prior.exam.part, prior);
        weighModality(current, prior);
        weighTime(current, prior);
        prior.relevance = std::clamp(prior.relevance, 0, 100);
        priors.push_back(std::move(prior));
    }
    std::stable_sort(priors.begin(), priors.end(), [](const Prior &one, const Prior &other) {
        return std::tuple(one.isSamePerson(), one.relevance, one.exam.date, one.exam.time) >
               std::tuple(other.isSamePerson(), other.relevance, other.exam.date, other.exam.time);
    });
    return priors;
}

std::vector<Prior> priorsToFetch(const std::vector<Prior> &priors, const PriorRule &rule)
{
    std::vector<Prior> wanted;
    int worth = 0;
    for (const Prior &prior : priors) {
        if (!prior.isSamePerson() || prior.later || prior.relevance < rule.leastRelevance ||
            ++worth > rule.most)
            continue;
        if (!prior.exam.archives.empty() && prior.exam.local != cache::Completeness::Complete)
            wanted.push_back(prior);
    }
    return wanted;
}

// --- Asking ---

std::vector<AskedArchive> AskedArchive::of(const std::vector<archive::Settings> &archives)
{
    std::vector<AskedArchive> asked;
    for (const auto &settings : archives)
        asked.push_back({settings.name, [settings]() -> base::Result<std::shared_ptr<archive::Archive>> {
                             TRY(auto archive, archive::connectTo(settings));
                             return std::shared_ptr<archive::Archive>(std::move(archive));
                         }});
    return asked;
}

std::vector<Exam> localExams(const cache::Cache &cache, const dicom::PatientIdentity &patient)
{
    std::vector<Exam> exams;
    std::set<base::StudyUid> known;
    for (const std::string *text :
         {&patient.id, &patient.name.alphabetic, &patient.name.ideographic, &patient.name.phonetic}) {
        if (text->empty())
            continue;
        cache::StudyQuery query;
        query.patient = *text;
        query.limit = kMostPerArchive;
        for (const auto &study : cache.studies(query))
            if (known.insert(study.uid).second)
                exams.push_back(Exam::of(study, cache.series(study.uid)));
    }
    return exams;
}

RemoteExams remoteExams(const std::vector<AskedArchive> &archives, const dicom::PatientIdentity &patient,
                        std::stop_token stop)
{
    const auto queries = queriesFor(patient);
    return queries.empty() ? RemoteExams() : ask(archives, queries, std::move(stop));
}

std::vector<Exam> merged(std::vector<Exam> some, const std::vector<Exam> &others)
{
    Merge merge;
    for (const auto *exams : {&std::as_const(some), &others})
        for (const Exam &exam : *exams)
            merge.add(exam);
    return merge.take();
}

PriorSearch findPriors(const cache::Cache &cache, const std::vector<AskedArchive> &archives,
                       const base::StudyUid &study, std::stop_token stop)
{
    PriorSearch search;
    const auto takeCurrent = [&](const std::vector<Exam> &exams) {
        for (const Exam &exam : exams)
            if (exam.uid == study)
                search.current = exam;
    };
    if (const auto local = cache.study(study)) {
        search.current = Exam::of(*local, cache.series(study));
    } else {
        archive::StudyQuery query;
        query.study = study;
        auto answer = ask(archives, {query}, stop);
        takeCurrent(answer.exams);
        search.failed = std::move(answer.failed);
    }
    if (!search.current)
        return search;
    const auto patient = search.current->patient;
    auto answer = remoteExams(archives, patient, std::move(stop));
    auto exams = merged(localExams(cache, patient), answer.exams);
    takeCurrent(exams); // with what its sources say of it
    search.failed = std::move(answer.failed);
    search.cutOff = std::move(answer.cutOff);
    search.priors = rankPriors(*search.current, std::move(exams));
    return search;
}

} // namespace negatoscope::session
