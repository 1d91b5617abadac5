#pragma once

#include "Channel.h"

#include <codec/Limits.h>

#include <cstddef>
#include <memory>
#include <span>
#include <string>

#include <sys/types.h>

namespace negatoscope::codec {

/// A running negatoscope-decode: its channel, the memory it decodes into, its process id.
///
/// The memory belongs to this one worker and cannot be shrunk under us, so a worker that was taken over can
/// spoil its own frames only. Threads : one at a time.
class WorkerProcess
{
public:
    /// Starts a worker; finishStart() waits for its self-test, so that several come up side by side. It dies
    /// with the calling thread (PR_SET_PDEATHSIG). Errors: WorkerUnavailable.
    static base::Result<std::unique_ptr<WorkerProcess>> start(const std::string &program,
                                                              const Limits &limits);
    base::Status finishStart();
    ~WorkerProcess();
    WorkerProcess(const WorkerProcess &) = delete;
    WorkerProcess &operator=(const WorkerProcess &) = delete;

    Channel &channel() { return m_channel; }
    pid_t processId() const { return m_processId; }
    /// What is wrong with its sandbox; empty if nothing.
    const std::string &sandboxProblem() const { return m_sandboxProblem; }

    /// At least `bytes` of the memory it decodes into.
    base::Result<std::span<std::byte>> memory(std::size_t bytes);
    /// Gives back the pages of a large frame.
    void trimMemory();

private:
    WorkerProcess(pid_t processId, Descriptor socket, Descriptor memory);

    pid_t m_processId;
    Channel m_channel;
    Descriptor m_memory;
    std::span<std::byte> m_mapped;
    std::string m_sandboxProblem;
    Channel::Clock::time_point m_startDeadline;
};

} // namespace negatoscope::codec
