// C-GET (PS3.4 C.4.3) and C-MOVE (PS3.4 C.4.2), and the choice between them.

#include "DimseArchive.h"
#include "Identifier.h"
#include "Listener.h"
#include "QueryTags.h"
#include "Reception.h"
#include "RetrieveIdentifiers.h"

#include <algorithm>

namespace negatoscope::archive {

using base::ErrorCode;
using base::failure;
using dicom::DataSet;

namespace {

constexpr std::size_t kMostAnswer = 4U << 20U;

/// SOP classes of everything that may come; nothing where one is not known.
std::vector<std::string> classesOf(const Wanted &wanted)
{
    std::vector<std::string> classes = wanted.sopClasses;
    bool listed = !wanted.series.empty();
    for (const WantedSeries &series : wanted.series) {
        listed = listed && !series.instances.empty();
        for (const WantedInstance &instance : series.instances) {
            listed = listed && !instance.sopClass.empty();
            classes.push_back(instance.sopClass);
        }
    }
    if (!listed && wanted.sopClasses.empty())
        return {};
    std::erase(classes, std::string());
    std::sort(classes.begin(), classes.end());
    classes.erase(std::unique(classes.begin(), classes.end()), classes.end());
    return classes;
}

Wanted wantedOf(const base::StudyUid &study, const std::vector<FoundInstance> &instances)
{
    Wanted wanted;
    wanted.study = study;
    for (const FoundInstance &instance : instances) {
        const auto same =
            std::find_if(wanted.series.begin(), wanted.series.end(),
                         [&](const WantedSeries &one) { return one.series == instance.series; });
        auto &series = same == wanted.series.end()
                           ? wanted.series.emplace_back(WantedSeries{instance.series, {}})
                           : *same;
        series.instances.push_back({instance.uid, instance.sopClass});
    }
    return wanted;
}

std::vector<std::string> guessedClasses(const std::vector<FoundInstance> &instances)
{
    std::set<std::string> modalities;
    for (const FoundInstance &instance : instances)
        modalities.insert(instance.modality);
    return storageClassesOf(modalities);
}

/// What the final answer of a request says beyond its status.
struct Final
{
    std::optional<base::Error> incomplete;
    std::vector<base::InstanceUid> failed;
};

base::Result<Final> readFinal(Association &association, const Message &answer, const char *step)
{
    Final result;
    const std::uint16_t status = answer.command.status();
    if (answer.command.hasData()) {
        TRY(const auto bytes, association.receiveData(kMostAnswer));
        const PresentationContext *const context = association.context(answer.context);
        if (const auto list = context ? Identifier::decode(bytes, context->transferSyntaxes.front())
                                      : base::Result<DataSet>())
            for (const std::string &uid : list->texts(tags::FailedSopInstanceUidList))
                if (base::isValidUid(uid))
                    result.failed.emplace_back(uid);
    }
    if (status != 0 && !isWarning(status))
        return failure(errorOfStatus(step, status));
    if (isWarning(status) || answer.command.number(command::Failed).value_or(0) > 0)
        result.incomplete = errorOfStatus(step, status == 0 ? 0xb000 : status);
    return result;
}

/// What is still to be asked for on an association when the first of `identifiers` has been answered.
std::vector<DataSet> nextIdentifiers(std::vector<DataSet> identifiers, const DimseArchive::More &more)
{
    identifiers.erase(identifiers.begin());
    while (identifiers.empty() && more) {
        const auto wanted = more();
        if (!wanted)
            break;
        identifiers = retrieveIdentifiers(*wanted);
    }
    return identifiers;
}

bool suggestsMove(const base::Error &error)
{
    return error.code() == ErrorCode::ServiceNotOffered || error.code() == ErrorCode::RequestRefused ||
           error.code() == ErrorCode::ProtocolViolated || error.code() == ErrorCode::AssociationRefused;
}

} // namespace

base::Result<RetrieveReport> DimseArchive::retrieve(const Wanted &wanted, const Retrieval &retrieval,
                                                    std::stop_token stop)
{
    const bool mayMove = m_settings.listenPort != 0;
    if (m_settings.retrieveBy == RetrieveBy::Move ||
        (m_settings.retrieveBy == RetrieveBy::Automatic && mayMove && m_getDoesNotWork))
        return retrieveByMove(wanted, retrieval, stop);
    auto got = retrieveByGet(wanted, retrieval, stop);
    if (m_settings.retrieveBy == RetrieveBy::Get || !mayMove)
        return got;
    const bool nothingCame = got ? got->received == 0 && got->failed > 0 : suggestsMove(got.error());
    if (!nothingCame)
        return got;
    auto moved = retrieveByMove(wanted, retrieval, stop);
    if (moved && moved->received > 0)
        m_getDoesNotWork = true;
    return moved;
}

/// The whole series is asked for, and left after the first: to name one of its instances a question would
/// have to be answered, which takes some archives as long as naming all.
base::Status DimseArchive::retrieveOne(const FoundSeries &series, const Retrieval &retrieval,
                                       std::stop_token stop)
{
    std::stop_source enough;
    const std::stop_callback isStopped(stop, [&] { enough.request_stop(); });
    Retrieval first = retrieval;
    std::atomic<int> received = 0;
    first.sink = [&](ReceivedFile file) {
        ++received;
        retrieval.sink(std::move(file));
        enough.request_stop();
    };
    first.more = {};
    const Wanted wanted{series.study, {{series.uid, {}}}, storageClassesOf({series.modality})};
    const auto report = retrieve(wanted, first, enough.get_token());
    if (received > 0)
        return {};
    return report ? failure(ErrorCode::NotFound, "retrieve: nothing of the series came")
                  : failure(report.error());
}

base::Status DimseArchive::getOn(const StorageProposal &proposal, std::vector<DataSet> identifiers,
                                 const More &more, Reception &reception,
                                 std::optional<base::Error> &incomplete, const std::stop_token &stop) const
{
    std::vector<PresentationContext> contexts;
    addContext(contexts, kStudyRootGet, {kExplicitLittle, kImplicitLittle});
    std::vector<RoleSelection> roles;
    for (const PresentationContext &storage : proposal.contexts)
        addContext(contexts, storage.abstractSyntax, storage.transferSyntaxes);
    for (const std::string &sopClass : proposal.sopClasses)
        roles.push_back({sopClass, false, true});
    TRY(const auto association, associate(std::move(contexts), std::move(roles), stop));
    const PresentationContext *const get = association->find(kStudyRootGet);
    if (!get)
        return failure(ErrorCode::ServiceNotOffered, "retrieve: C-GET is not accepted");
    // Where nothing comes this way another way is tried first.
    const More moreIfAny = [&] {
        return more && reception.report().received > 0 ? more() : std::optional<Wanted>();
    };
    for (; !identifiers.empty(); identifiers = nextIdentifiers(std::move(identifiers), moreIfAny)) {
        const std::uint16_t id = association->nextMessageId();
        CommandSet request(Command::GetRequest, id);
        request.setText(command::AffectedSopClass, kStudyRootGet);
        request.setNumber(command::Priority, 0);
        const std::string keys = Identifier::encode(identifiers.front(), get->transferSyntaxes.front());
        const auto step = [&]() -> base::Result<bool> {
            TRY(const auto message, association->receive());
            if (!message)
                return failure(ErrorCode::ConnectionLost, "retrieve: the archive left");
            if (message->command.field() == Command::StoreRequest) {
                TRY_DO(reception.take(*association, *message));
                return true;
            }
            if (message->command.field() != Command::GetReply)
                return failure(ErrorCode::ProtocolViolated, "retrieve: an answer that is none");
            reception.count(message->command);
            if (isPending(message->command.status()))
                return true;
            TRY(Final final, readFinal(*association, *message, "retrieve"));
            reception.noteFailed(std::move(final.failed));
            if (final.incomplete)
                incomplete = final.incomplete;
            return false;
        };
        auto goesOn = base::Result<bool>(true);
        if (const auto sent = association->send(get->id, request, &keys); !sent)
            goesOn = failure(sent.error());
        while (goesOn && *goesOn)
            goesOn = step();
        if (!goesOn) {
            const ErrorCode code = goesOn.error().code();
            if (code == ErrorCode::Cancelled || code == ErrorCode::DiskFull || code == ErrorCode::CannotWrite)
                association->cancel(get->id, id);
            return failure(goesOn.error());
        }
    }
    association->release();
    return {};
}

base::Result<RetrieveReport> DimseArchive::retrieveByGet(const Wanted &wanted, const Retrieval &retrieval,
                                                         const std::stop_token &stop)
{
    Wanted known = wanted;
    std::vector<std::string> classes = classesOf(known);
    if (classes.empty() && known.series.empty()) {
        // An association has to name the classes that it carries: ask what there is.
        const auto listed = listInstances(wanted.study, {}, stop);
        if (listed) {
            known = wantedOf(wanted.study, *listed);
            classes = classesOf(known);
            if (classes.empty())
                classes = guessedClasses(*listed);
        } else if (listed.error().code() == ErrorCode::Cancelled) {
            return failure(listed.error());
        }
    }
    const bool areKnown = !classes.empty();
    const auto proposals =
        proposalsFor(areKnown ? classes : usualStorageClasses(), kMostContextsProposed - 1);
    Reception reception(retrieval, m_settings.theirTitle);
    std::optional<base::Error> incomplete;
    for (const StorageProposal &proposal : proposals) {
        // One association for all: what was asked for is asked for. Else each asks for what it can carry.
        const auto takes = [&](const std::string &sopClass) {
            return std::find(proposal.sopClasses.begin(), proposal.sopClasses.end(), sopClass) !=
                   proposal.sopClasses.end();
        };
        const bool carriesAll = proposals.size() == 1;
        TRY_DO(getOn(proposal, carriesAll ? retrieveIdentifiers(wanted) : retrieveIdentifiers(known, takes),
                     carriesAll ? retrieval.more : More(), reception, incomplete, stop));
        if (!areKnown)
            break;
    }
    RetrieveReport report = reception.report();
    report.error = incomplete;
    return report;
}

base::Result<RetrieveReport> DimseArchive::retrieveByMove(const Wanted &wanted, const Retrieval &retrieval,
                                                          const std::stop_token &stop) const
{
    if (m_settings.listenPort == 0)
        return failure(ErrorCode::BadArgument, "retrieve: C-MOVE needs a port to receive on");
    if (m_client && !m_server)
        return failure(ErrorCode::BadArgument, "retrieve: C-MOVE under TLS needs a certificate of our own");
    Reception reception(retrieval, m_settings.theirTitle);
    TRY(const auto door, lockDoor(stop));
    TRY(auto peers, peerAddresses(stop));
    std::vector<PresentationContext> contexts;
    addContext(contexts, kStudyRootMove, {kExplicitLittle, kImplicitLittle});
    TRY(const auto association, associate(std::move(contexts), {}, stop));
    const PresentationContext *const move = association->find(kStudyRootMove);
    if (!move)
        return failure(ErrorCode::ServiceNotOffered, "retrieve: C-MOVE is not accepted");
    TRY(const auto listener,
        Listener::open(m_settings, association->connection().ownAddress(), std::move(peers), m_server.get(),
                       [&](Association &guest, const Message &message) -> base::Status {
                           if (message.command.field() != Command::StoreRequest)
                               return failure(ErrorCode::ProtocolViolated, "receive: not what was asked for");
                           return reception.take(guest, message);
                       }));
    std::optional<base::Error> incomplete;
    for (auto identifiers = retrieveIdentifiers(wanted); !identifiers.empty();
         identifiers = nextIdentifiers(std::move(identifiers), retrieval.more)) {
        const std::uint16_t id = association->nextMessageId();
        CommandSet request(Command::MoveRequest, id);
        request.setText(command::AffectedSopClass, kStudyRootMove);
        request.setNumber(command::Priority, 0);
        request.setText(command::Destination, m_settings.ourTitle);
        const std::string keys = Identifier::encode(identifiers.front(), move->transferSyntaxes.front());
        TRY_DO(association->send(move->id, request, &keys));
        while (true) {
            const auto answer = association->receive();
            if (!answer) {
                // Some archives say nothing here while they send there.
                if (answer.error().code() == ErrorCode::AnswerTimedOut &&
                    Clock::now() - reception.lastTaken() < m_settings.limits.idle)
                    continue;
                if (answer.error().code() == ErrorCode::Cancelled)
                    association->cancel(move->id, id);
                return failure(answer.error());
            }
            if (!*answer || (*answer)->command.field() != Command::MoveReply)
                return failure(ErrorCode::ProtocolViolated, "retrieve: an answer that is none");
            reception.count((*answer)->command);
            if (isPending((*answer)->command.status())) {
                if ((*answer)->command.hasData())
                    TRY_DO(association->receiveData(kMostAnswer));
                continue;
            }
            TRY(Final final, readFinal(*association, **answer, "retrieve"));
            reception.noteFailed(std::move(final.failed));
            if (final.incomplete)
                incomplete = final.incomplete;
            break;
        }
    }
    association->release();
    RetrieveReport report = reception.report();
    report.error = reception.broken() ? reception.broken() : incomplete;
    report.byMove = true;
    return report;
}

} // namespace negatoscope::archive
