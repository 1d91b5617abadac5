#include <codec/WorkerMain.h>

#include "Worker.h"

#include "Channel.h"
#include "Dictionary.h"
#include "FrameCodec.h"
#include "Sandbox.h"
#include "Serialisation.h"
#include "WorkerTasks.h"

#include <dicom/CharacterSet.h>

#include <algorithm>
#include <csignal>
#include <cstring>
#include <exception>
#include <new>

#include <malloc.h>
#include <sys/prctl.h>
#include <unistd.h>

namespace negatoscope::codec {

using base::ErrorCode;
using base::failure;
using base::Result;

namespace {

constexpr std::size_t kMaximumRequest = 1 << 20;
constexpr int kFailed = 1;

/// Buffers of a frame's size come back with every frame: keep them instead of faulting their pages in again.
void keepFreedMemory()
{
#ifndef NEGATOSCOPE_SANITIZED
    mallopt(M_MMAP_THRESHOLD, 32 << 20);
    mallopt(M_TRIM_THRESHOLD, 256 << 20);
    mallopt(M_ARENA_MAX, 1);
#endif
}

Result<std::string> answerSafely(WorkerTasks &tasks, Message &request)
{
    try {
        return tasks.answer(request);
    } catch (const std::bad_alloc &) {
        return failure(ErrorCode::LimitExceeded, "the file needs more memory than a worker has");
    } catch (const std::exception &) {
        return failure(ErrorCode::Malformed, "a library gave up on the file");
    }
}

/// First message: limits in, the self-test's findings out.
Result<Limits> configure(Channel &channel)
{
    TRY(const Message message, channel.receive(kMaximumRequest, std::nullopt));
    Limits limits;
    if (message.kind != MessageKind::Configure || message.payload.size() != sizeof limits)
        return failure(ErrorCode::BadArgument, "the program and its worker are of different builds");
    std::memcpy(&limits, message.payload.data(), sizeof limits);

    dicom::CharacterSet::prepare();
    prepareCodecs();
    if (!prepareDcmtk())
        return failure(ErrorCode::Internal, "DCMTK's data dictionary is not installed");
    std::string problem = enterSandbox(limits);
    problem += tryToEscape();
    Writer writer;
    writer.text(problem);
    TRY_DO(channel.send(MessageKind::Done, writer.bytes(), {}, std::nullopt));
    return limits;
}

} // namespace

int runWorker(int socket, int memory)
{
    static_assert(std::is_trivially_copyable_v<Limits>);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    std::signal(SIGPIPE, SIG_IGN);
    keepFreedMemory();
    Channel channel{Descriptor(socket)};
    const auto limits = configure(channel);
    if (!limits) {
        Writer writer;
        write(writer, limits.error());
        (void)channel.send(MessageKind::Failed, writer.bytes(), {}, std::nullopt);
        return kFailed;
    }
    WorkerTasks tasks(*limits, memory);
    while (true) {
        auto request = channel.receive(kMaximumRequest, std::nullopt);
        if (!request)
            return 0; // the program has closed its end
        const auto answer = answerSafely(tasks, *request);
        request->descriptors.clear();
        Writer writer;
        if (!answer)
            write(writer, answer.error());
        const auto sent = answer ? channel.send(MessageKind::Done, *answer, {}, std::nullopt)
                                 : channel.send(MessageKind::Failed, writer.bytes(), {}, std::nullopt);
        if (!sent)
            return 0;
    }
}

int workerMain()
{
    return runWorker(kWorkerSocket, kWorkerMemory);
}

} // namespace negatoscope::codec
