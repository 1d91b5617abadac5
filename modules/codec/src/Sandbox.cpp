#include "Sandbox.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <memory>

#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace negatoscope::codec {

namespace {

constexpr rlim_t kDescriptors = 160; // a batch of files and a few of our own

bool limitResource(__rlimit_resource resource, rlim_t value)
{
    rlimit current{};
    if (getrlimit(resource, &current) != 0)
        return false;
    const rlim_t hard = std::min(value, current.rlim_max);
    const rlimit wanted{hard, hard};
    return setrlimit(resource, &wanted) == 0;
}

#ifndef NEGATOSCOPE_SANITIZED
/// Address space in use now, in bytes.
std::uint64_t addressSpace()
{
    std::uint64_t pages = 0;
    if (std::FILE *file = std::fopen("/proc/self/statm", "r")) {
        unsigned long long value = 0;
        if (std::fscanf(file, "%llu", &value) == 1)
            pages = value;
        std::fclose(file);
    }
    return pages * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}
#endif

std::string limitResources(const Limits &limits)
{
    std::string problem;
    if (!limitResource(RLIMIT_NOFILE, kDescriptors))
        problem += "descriptors are not limited; ";
    if (!limitResource(RLIMIT_CORE, 0))
        problem += "core dumps are not off; ";
    if (!limitResource(RLIMIT_FSIZE, std::max(limits.inflatedBytes, limits.frameBytes)))
        problem += "file sizes are not limited; ";
    std::signal(SIGXFSZ, SIG_IGN); // the write fails instead
#ifndef NEGATOSCOPE_SANITIZED
    // The sanitizers' shadow memory needs terabytes of address space; their builds go without this limit.
    const std::uint64_t space = addressSpace();
    if (space == 0 || !limitResource(RLIMIT_AS, space + limits.workerMemoryBytes))
        problem += "memory is not limited; ";
#endif
    return problem;
}

/// All rights over files that Landlock's ABI knows, handled and none granted.
void denyFilesByLandlock()
{
    // Numbers of include/uapi/linux/landlock.h; older headers lack some.
    constexpr long kCreateRuleset = 444, kRestrictSelf = 446;
    constexpr std::array<std::uint64_t, 6> kFileRights{
        0, (1ULL << 13) - 1, (1ULL << 14) - 1, (1ULL << 15) - 1, (1ULL << 15) - 1, (1ULL << 16) - 1};
    const long abi = syscall(kCreateRuleset, nullptr, std::size_t(0), 1U);
    if (abi < 1)
        return;
    struct Attributes
    {
        std::uint64_t files;
        std::uint64_t network;
    } attributes{kFileRights[static_cast<std::size_t>(std::min(abi, 5L))], abi >= 4 ? 3ULL : 0ULL};
    const std::size_t size = abi >= 4 ? sizeof attributes : sizeof attributes.files;
    const long ruleset = syscall(kCreateRuleset, &attributes, size, 0U);
    if (ruleset < 0)
        return;
    syscall(kRestrictSelf, ruleset, 0U);
    ::close(static_cast<int>(ruleset));
}

/// System calls a worker needs once it is ready. Everything else is refused with EPERM.
constexpr std::array kAllowed{
    SCMP_SYS(read),
    SCMP_SYS(pread64),
    SCMP_SYS(readv),
    SCMP_SYS(write),
    SCMP_SYS(writev),
    SCMP_SYS(close),
    SCMP_SYS(recvmsg),
    SCMP_SYS(recvfrom),
    SCMP_SYS(sendmsg),
    SCMP_SYS(sendto),
    SCMP_SYS(poll),
    SCMP_SYS(ppoll),
    SCMP_SYS(munmap),
    SCMP_SYS(mremap),
    SCMP_SYS(madvise),
    SCMP_SYS(brk),
    SCMP_SYS(futex),
    SCMP_SYS(clock_gettime),
    SCMP_SYS(gettimeofday),
    SCMP_SYS(time),
    SCMP_SYS(getrandom),
    SCMP_SYS(getpid),
    SCMP_SYS(gettid),
    SCMP_SYS(sched_yield),
    SCMP_SYS(sched_getaffinity),
    SCMP_SYS(sysinfo),
    SCMP_SYS(getrlimit),
    SCMP_SYS(exit),
    SCMP_SYS(exit_group),
    SCMP_SYS(rt_sigreturn),
    SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigaction),
    SCMP_SYS(sigaltstack),
    SCMP_SYS(restart_syscall),
    SCMP_SYS(rseq),
#ifdef NEGATOSCOPE_SANITIZED
    SCMP_SYS(pipe),
    SCMP_SYS(pipe2), // how UBSan asks whether memory can be read
#endif
};

std::string filterSystemCalls()
{
    const std::unique_ptr<void, decltype(&seccomp_release)> filter(seccomp_init(SCMP_ACT_ERRNO(EPERM)),
                                                                   seccomp_release);
    if (!filter)
        return "seccomp is not available; ";
    bool complete = seccomp_attr_set(filter.get(), SCMP_FLTATR_CTL_OPTIMIZE, 2) == 0;
    for (const int call : kAllowed)
        complete = complete && seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, call, 0) == 0;
    // New memory may never be executable.
    for (const int call : {SCMP_SYS(mmap), SCMP_SYS(mprotect)})
        complete = complete && seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, call, 1,
                                                SCMP_A2_64(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) == 0;
    // abort() signals itself; nobody else may be signalled.
    complete =
        complete && seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1,
                                     SCMP_A0_64(SCMP_CMP_EQ, static_cast<scmp_datum_t>(getpid()))) == 0;
    if (!complete || seccomp_load(filter.get()) != 0)
        return "the system call filter does not load; ";
    return {};
}

/// One way out; `escaped` says whether it was open.
struct Attempt
{
    const char *name;
    bool (*escaped)();
};

bool canClose(long descriptor)
{
    if (descriptor < 0)
        return false;
    ::close(static_cast<int>(descriptor));
    return true;
}

bool canFork()
{
    const long child = syscall(SYS_clone, SIGCHLD, nullptr, nullptr, nullptr, nullptr);
    if (child == 0)
        _exit(0);
    if (child > 0)
        waitpid(static_cast<pid_t>(child), nullptr, 0);
    return child > 0;
}

bool canExec()
{
    // An empty path cannot succeed, but only a sandbox refuses it for lack of permission.
    syscall(SYS_execve, "", nullptr, nullptr);
    return errno != EPERM && errno != EACCES;
}

bool canMapCode()
{
    void *page = mmap(nullptr, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (page == MAP_FAILED)
        return false;
    munmap(page, 4096);
    return true;
}

constexpr std::array kAttempts{
    Attempt{"read a file", [] { return canClose(syscall(SYS_open, "/etc/passwd", O_RDONLY)); }},
    Attempt{"open a file by openat", [] { return canClose(syscall(SYS_openat, AT_FDCWD, "/", O_RDONLY)); }},
    Attempt{"create a file",
            [] { return canClose(syscall(SYS_openat, AT_FDCWD, "/tmp", O_RDWR | O_TMPFILE, 0600)); }},
    Attempt{"make a network socket", [] { return canClose(socket(AF_INET, SOCK_STREAM, 0)); }},
    Attempt{"make a local socket", [] { return canClose(socket(AF_UNIX, SOCK_STREAM, 0)); }},
    Attempt{"run a program", canExec},
    Attempt{"fork", canFork},
    Attempt{"signal its parent", [] { return kill(getppid(), 0) == 0; }},
    Attempt{"trace", [] { return ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) == 0; }},
    Attempt{"map code", canMapCode},
};

} // namespace

std::string enterSandbox(const Limits &limits)
{
    std::string problem = limitResources(limits);
    if (prctl(PR_SET_DUMPABLE, 0) != 0)
        problem += "dumpable; ";
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return problem + "new privileges are not off; ";
    denyFilesByLandlock();
    return problem + filterSystemCalls();
}

std::string tryToEscape()
{
    std::string escaped;
    for (const Attempt &attempt : kAttempts)
        if (attempt.escaped())
            escaped += std::string("the worker can ") + attempt.name + "; ";
    return escaped;
}

} // namespace negatoscope::codec
