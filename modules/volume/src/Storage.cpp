#include <volume/Storage.h>
#include <volume/VoxelLayout.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <limits>
#include <utility>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/statvfs.h>
#include <unistd.h>

namespace negatoscope::volume {

using base::ErrorCode;
using base::failure;
using base::Result;

namespace {

constexpr std::size_t kHugePage = 2U << 20;
/// Kernels read words of 32 bits where voxels have 16: the last voxel is not the last byte.
constexpr std::size_t kSpare = 4096;
constexpr int kCoarsest = 8;
constexpr std::uint64_t kUnlimited = std::numeric_limits<std::uint64_t>::max();

/// "NAME:   number kB" of a file of /proc, in bytes.
std::uint64_t kilobytesOf(const char *file, const std::string &name)
{
    std::ifstream lines(file);
    std::string word;
    while (lines >> word)
        if (word == name) {
            std::uint64_t number = 0;
            return lines >> number ? number * 1024 : 0;
        }
    return 0;
}

std::uint64_t numberIn(const std::string &file)
{
    std::ifstream text(file);
    std::uint64_t number = 0;
    return text >> number ? number : kUnlimited;
}

std::uint64_t minus(std::uint64_t all, std::uint64_t used)
{
    return all == kUnlimited ? kUnlimited : all > used ? all - used : 0;
}

/// What the control groups of this process leave it, version 1 and 2.
std::uint64_t leftInControlGroup()
{
    std::uint64_t left = kUnlimited;
    std::ifstream lines("/proc/self/cgroup");
    std::string line;
    while (std::getline(lines, line)) {
        const auto first = line.find(':'), second = line.find(':', first + 1);
        if (first == std::string::npos || second == std::string::npos)
            continue;
        const std::string controllers = line.substr(first + 1, second - first - 1);
        const std::string group = line.substr(second + 1);
        if (controllers.empty()) {
            const std::string folder = "/sys/fs/cgroup" + group;
            left =
                std::min(left, minus(numberIn(folder + "/memory.max"), numberIn(folder + "/memory.current")));
        } else if (controllers.find("memory") != std::string::npos) {
            const std::string folder = "/sys/fs/cgroup/memory" + group;
            left = std::min(left, minus(numberIn(folder + "/memory.limit_in_bytes"),
                                        numberIn(folder + "/memory.usage_in_bytes")));
        }
    }
    return left;
}

std::uint64_t leftInAddressSpace()
{
    rlimit limit{};
    if (getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY)
        return kUnlimited;
    return minus(limit.rlim_cur, kilobytesOf("/proc/self/status", "VmSize:"));
}

int partOf(int count, int reduction)
{
    return (count + reduction - 1) / reduction;
}

Result<int> openNamelessFile(const StoragePlan &plan)
{
    const int file = ::open(plan.folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (file < 0)
        return failure(ErrorCode::CannotWrite, std::strerror(errno));
    // Every byte reserved now: a full disk must be an error here, not a bus error at the first touch.
    const int error = posix_fallocate(file, 0, static_cast<off_t>(plan.bytes + kSpare));
    if (error != 0) {
        ::close(file);
        return failure(error == ENOSPC ? ErrorCode::DiskFull : ErrorCode::CannotWrite, std::strerror(error));
    }
    return file;
}

} // namespace

StorageBudget StorageBudget::ofThisProcess(const std::string &folder)
{
    StorageBudget budget;
    const std::uint64_t left =
        std::min({kilobytesOf("/proc/meminfo", "MemAvailable:"), leftInControlGroup(), leftInAddressSpace()});
    budget.memoryBytes = left / 4 * 3;
    struct statvfs disk
    {};
    if (!folder.empty() && ::statvfs(folder.c_str(), &disk) == 0) {
        budget.folder = folder;
        // Mapping takes address space as well, if no memory.
        budget.fileBytes =
            std::min(std::uint64_t(disk.f_bavail) * disk.f_frsize / 2, leftInAddressSpace() / 4 * 3);
    }
    return budget;
}

Result<StoragePlan> StoragePlan::of(int columns, int rows, int slices, std::size_t voxelBytes,
                                    const StorageBudget &budget)
{
    const auto bytesAt = [&](int reduction) {
        return VoxelLayout(partOf(columns, reduction), partOf(rows, reduction), partOf(slices, reduction))
                   .voxels() *
               voxelBytes;
    };
    StoragePlan plan;
    plan.wholeBytes = plan.bytes = bytesAt(1);
    if (plan.bytes <= budget.memoryBytes)
        return plan;
    if (!budget.folder.empty() && plan.bytes <= budget.fileBytes) {
        plan.kind = Kind::MappedFile;
        plan.folder = budget.folder;
        return plan;
    }
    for (plan.reduction = 2; plan.reduction <= kCoarsest; ++plan.reduction) {
        plan.bytes = bytesAt(plan.reduction);
        if (plan.bytes <= budget.memoryBytes && partOf(slices, plan.reduction) >= 2)
            return plan;
    }
    return failure(ErrorCode::LimitExceeded, "a volume of " + std::to_string(plan.wholeBytes >> 20) +
                                                 " MiB, and " + std::to_string(budget.memoryBytes >> 20) +
                                                 " MiB for it");
}

Result<VoxelBlock> VoxelBlock::create(const StoragePlan &plan)
{
    if (plan.bytes == 0)
        return failure(ErrorCode::BadArgument, "a volume without voxels");
    VoxelBlock block;
    block.m_size = static_cast<std::size_t>(plan.bytes);
    int file = -1;
    if (plan.kind == StoragePlan::Kind::MappedFile) {
        TRY(file, openNamelessFile(plan));
    }
    // Room to begin at a huge page: a volume of 3 GiB from small pages takes a second of page faults, and
    // every plane across the slices would miss the tables of the processor.
    const std::size_t room = file >= 0 ? 0 : kHugePage;
    block.m_mapped = block.m_size + kSpare + room;
    const int flags = file >= 0 ? MAP_SHARED : MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
    void *const mapping = ::mmap(nullptr, block.m_mapped, PROT_READ | PROT_WRITE, flags, file, 0);
    const int error = errno;
    if (file >= 0)
        ::close(file);
    if (mapping == MAP_FAILED)
        return failure(ErrorCode::LimitExceeded,
                       std::string("no room for the voxels: ") + std::strerror(error));
    block.m_mapping = mapping;
    auto address = reinterpret_cast<std::uintptr_t>(mapping);
    if (room > 0)
        address = (address + kHugePage - 1) / kHugePage * kHugePage;
    block.m_data = reinterpret_cast<std::byte *>(address);
    if (room > 0)
        ::madvise(block.m_data, block.m_size, MADV_HUGEPAGE);
    // Patient data stays out of core dumps.
    ::madvise(block.m_data, block.m_size, MADV_DONTDUMP);
    return block;
}

VoxelBlock::~VoxelBlock()
{
    if (m_mapping)
        ::munmap(m_mapping, m_mapped);
}

VoxelBlock::VoxelBlock(VoxelBlock &&other) noexcept
    : m_data(std::exchange(other.m_data, nullptr)),
      m_size(std::exchange(other.m_size, 0)),
      m_mapped(std::exchange(other.m_mapped, 0)),
      m_mapping(std::exchange(other.m_mapping, nullptr))
{}

VoxelBlock &VoxelBlock::operator=(VoxelBlock &&other) noexcept
{
    std::swap(m_data, other.m_data);
    std::swap(m_size, other.m_size);
    std::swap(m_mapped, other.m_mapped);
    std::swap(m_mapping, other.m_mapping);
    return *this;
}

} // namespace negatoscope::volume
