#include "WorkerProcess.h"

#include "Serialisation.h"
#include "Worker.h"

#include <cerrno>
#include <csignal>
#include <cstring>

#include <fcntl.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>

namespace negatoscope::codec {

using base::ErrorCode;
using base::failure;
using base::Status;

namespace {

constexpr std::size_t kKeptMemory = 64 << 20; // frames up to this size keep their pages between requests
constexpr std::size_t kMaximumGreeting = 64 << 10;

tl::unexpected<base::Error> unavailable(const std::string &what)
{
    return failure(ErrorCode::WorkerUnavailable, what + ": " + std::strerror(errno));
}

tl::unexpected<base::Error> notUp(base::Error cause)
{
    return failure(
        base::Error(ErrorCode::WorkerUnavailable, "negatoscope-decode does not come up", std::move(cause)));
}

/// Starts `program` with the socket as 3, the memory as 4, nothing else open and no environment to speak of.
base::Result<pid_t> spawn(const std::string &program, int socket, int memory)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    // What the libraries print quotes the file: it may name a patient.
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, socket, kWorkerSocket);
    posix_spawn_file_actions_adddup2(&actions, memory, kWorkerMemory);
    posix_spawn_file_actions_addclosefrom_np(&actions, kWorkerMemory + 1);
    sigset_t none;
    sigemptyset(&none);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
    char name[] = "negatoscope-decode";
    char *arguments[] = {name, nullptr};
    // Leaks are looked for by tracing, which the sandbox refuses.
    char locale[] = "LC_ALL=C", sanitizer[] = "ASAN_OPTIONS=detect_leaks=0";
    char *environment[] = {locale, sanitizer, nullptr};
    pid_t processId = -1;
    const int error = posix_spawn(&processId, program.c_str(), &actions, &attributes, arguments, environment);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    if (error != 0) {
        errno = error;
        return unavailable("negatoscope-decode does not start");
    }
    return processId;
}

/// A descriptor above those the worker's socket and memory get, so that neither overwrites the other.
Descriptor raised(Descriptor descriptor)
{
    return Descriptor(::fcntl(descriptor.number(), F_DUPFD_CLOEXEC, 10));
}

} // namespace

WorkerProcess::WorkerProcess(pid_t processId, Descriptor socket, Descriptor memory)
    : m_processId(processId),
      m_channel(std::move(socket)),
      m_memory(std::move(memory))
{}

WorkerProcess::~WorkerProcess()
{
    ::kill(m_processId, SIGKILL);
    while (::waitpid(m_processId, nullptr, 0) < 0 && errno == EINTR) {}
    if (!m_mapped.empty())
        munmap(m_mapped.data(), m_mapped.size());
}

base::Result<std::unique_ptr<WorkerProcess>> WorkerProcess::start(const std::string &program,
                                                                  const Limits &limits)
{
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        return unavailable("no socket pair");
    Descriptor ours(ends[0]);
    const Descriptor theirs = raised(Descriptor(ends[1]));
    Descriptor memory =
        raised(Descriptor(memfd_create("negatoscope-frames", MFD_CLOEXEC | MFD_ALLOW_SEALING)));
    if (!theirs.isOpen() || !memory.isOpen() || ::fcntl(memory.number(), F_ADD_SEALS, F_SEAL_SHRINK) != 0)
        return unavailable("no shared memory");
    TRY(const pid_t processId, spawn(program, theirs.number(), memory.number()));
    std::unique_ptr<WorkerProcess> worker(new WorkerProcess(processId, std::move(ours), std::move(memory)));
    worker->m_startDeadline = Channel::Clock::now() + limits.startTime;
    const std::string_view bytes(reinterpret_cast<const char *>(&limits), sizeof limits);
    if (auto sent = worker->m_channel.send(MessageKind::Configure, bytes, {}, worker->m_startDeadline); !sent)
        return notUp(sent.error());
    return worker;
}

Status WorkerProcess::finishStart()
{
    auto reply = m_channel.receive(kMaximumGreeting, m_startDeadline);
    if (!reply)
        return notUp(reply.error());
    Reader reader(reply->payload);
    if (reply->kind != MessageKind::Done)
        return notUp(readError(reader));
    m_sandboxProblem = std::string(reader.text());
    return {};
}

base::Result<std::span<std::byte>> WorkerProcess::memory(std::size_t bytes)
{
    if (bytes > m_mapped.size()) {
        constexpr std::size_t kStep = 1 << 20;
        const std::size_t wanted = (bytes + kStep - 1) / kStep * kStep;
        if (::ftruncate(m_memory.number(), static_cast<off_t>(wanted)) != 0)
            return failure(ErrorCode::LimitExceeded, "no shared memory for the frame");
        if (!m_mapped.empty())
            munmap(m_mapped.data(), m_mapped.size());
        m_mapped = {};
        void *memory = mmap(nullptr, wanted, PROT_READ | PROT_WRITE, MAP_SHARED, m_memory.number(), 0);
        if (memory == MAP_FAILED)
            return failure(ErrorCode::LimitExceeded, "no address space for the frame");
        m_mapped = {static_cast<std::byte *>(memory), wanted};
    }
    return m_mapped;
}

void WorkerProcess::trimMemory()
{
    if (m_mapped.size() > kKeptMemory)
        ::fallocate(m_memory.number(), FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, 0,
                    static_cast<off_t>(m_mapped.size()));
}

} // namespace negatoscope::codec
