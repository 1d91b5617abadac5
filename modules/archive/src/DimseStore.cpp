// C-STORE (PS3.4 B): files as they are, in the transfer syntax that they have.

#include "DimseArchive.h"
#include "OutgoingFile.h"

#include <algorithm>
#include <numeric>

namespace negatoscope::archive {

using base::ErrorCode;
using base::failure;

namespace {

/// Files that one association can carry: those whose classes and syntaxes make no more contexts than fit.
std::vector<std::vector<std::size_t>> groupsOf(std::span<const Outgoing> files)
{
    std::vector<std::vector<std::size_t>> groups;
    std::vector<std::set<std::pair<std::string, std::string>>> kinds;
    for (std::size_t i = 0; i < files.size(); ++i) {
        const std::pair kind(files[i].sopClass, files[i].transferSyntax);
        if (kinds.empty() || (!kinds.back().contains(kind) && kinds.back().size() == kMostContextsProposed)) {
            kinds.emplace_back();
            groups.emplace_back();
        }
        kinds.back().insert(kind);
        groups.back().push_back(i);
    }
    return groups;
}

} // namespace

base::Status DimseArchive::store(std::span<const Outgoing> files, std::vector<StoreResult> &results,
                                 const std::function<void(int)> &progress, std::stop_token stop)
{
    results.assign(files.size(), {base::Error(ErrorCode::Cancelled, "store: not sent"), false});
    int done = 0;
    for (const auto &group : groupsOf(files))
        TRY_DO(storeGroup(
            files, results, group,
            [&] {
                ++done;
                if (progress)
                    progress(done);
            },
            stop));
    return {};
}

base::Status DimseArchive::storeGroup(std::span<const Outgoing> files, std::span<StoreResult> results,
                                      std::span<const std::size_t> group, const std::function<void()> &done,
                                      const std::stop_token &stop) const
{
    std::set<std::pair<std::string, std::string>> kinds;
    for (const std::size_t i : group)
        kinds.emplace(files[i].sopClass, files[i].transferSyntax);
    std::vector<PresentationContext> contexts;
    for (const auto &[sopClass, syntax] : kinds)
        addContext(contexts, sopClass, {syntax});
    TRY(const auto association, associate(std::move(contexts), {}, stop));
    for (const std::size_t i : group) {
        const Outgoing &file = files[i];
        const PresentationContext *const context = association->find(file.sopClass, file.transferSyntax);
        const auto open = OutgoingFile::open(file.path);
        if (!context || !open) {
            results[i].error =
                !open ? open.error()
                      : base::Error(ErrorCode::ServiceNotOffered,
                                    "store: not taken in transfer syntax " + file.transferSyntax);
            done();
            continue;
        }
        CommandSet request(Command::StoreRequest, association->nextMessageId());
        request.setText(command::AffectedSopClass, file.sopClass);
        request.setText(command::AffectedInstance, file.instance.value());
        request.setNumber(command::Priority, 0);
        TRY_DO(association->sendFile(context->id, request, open->descriptor(), open->dataSetAt()));
        TRY(const auto answer, association->receive());
        if (!answer || answer->command.field() != Command::StoreReply)
            return failure(ErrorCode::ProtocolViolated, "store: an answer that is none");
        const std::uint16_t status = answer->command.status();
        results[i].warning = isWarning(status);
        results[i].error.reset();
        if (status != 0 && !isWarning(status))
            results[i].error = errorOfStatus("store", status);
        done();
    }
    association->release();
    return {};
}

} // namespace negatoscope::archive
