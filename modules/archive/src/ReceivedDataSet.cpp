#include "ReceivedDataSet.h"

#include "Association.h"
#include "ByteOrder.h"

#include <atomic>
#include <cerrno>
#include <cstring>
#include <random>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace negatoscope::archive {

using base::ErrorCode;
using base::failure;

namespace {

constexpr std::uint64_t kMostBytes = 16ULL << 30U;
constexpr const char *kUnfinished = ".part", *kFinished = ".dcm";

base::Error systemError(const char *what, int code)
{
    const bool full = code == ENOSPC || code == EDQUOT || code == EFBIG;
    return {full ? ErrorCode::DiskFull : ErrorCode::CannotWrite,
            std::string(what) + ": " + std::strerror(code)};
}

/// Never the same twice, in no process.
std::string freshName()
{
    static const std::uint64_t run = [] {
        std::random_device device;
        return (std::uint64_t(device()) << 32U) | device();
    }();
    static std::atomic<std::uint64_t> next = 0;
    std::string name = std::to_string(run);
    name += '-';
    name += std::to_string(next++);
    return name;
}

void appendElement(std::string &out, std::uint16_t element, const char *vr, std::string_view value)
{
    append16Little(out, 0x0002);
    append16Little(out, element);
    out += vr;
    const bool isUid = std::string_view(vr) == "UI";
    const auto length = static_cast<std::uint16_t>(value.size() + value.size() % 2);
    if (std::string_view(vr) == "OB") {
        append16Little(out, 0);
        append32Little(out, length);
    } else {
        append16Little(out, length);
    }
    out += value;
    if (value.size() % 2 != 0)
        out += isUid ? '\0' : ' ';
}

} // namespace

std::string ReceivedDataSet::metaInformation(const Origin &origin)
{
    std::string group;
    appendElement(group, 0x0001, "OB", std::string_view("\0\1", 2));
    appendElement(group, 0x0002, "UI", origin.sopClass);
    appendElement(group, 0x0003, "UI", origin.instance.value());
    appendElement(group, 0x0010, "UI", origin.transferSyntax);
    appendElement(group, 0x0012, "UI", kImplementationClass);
    appendElement(group, 0x0013, "SH", kImplementationVersion);
    if (!origin.sourceTitle.empty())
        appendElement(group, 0x0016, "AE", origin.sourceTitle);
    std::string out(128, '\0');
    out += "DICM";
    std::string length;
    append32Little(length, static_cast<std::uint32_t>(group.size()));
    appendElement(out, 0x0000, "UL", length);
    return out + group;
}

ReceivedDataSet::ReceivedDataSet(ReceivedDataSet &&other) noexcept
    : m_origin(std::move(other.m_origin)),
      m_folderPath(std::move(other.m_folderPath)),
      m_name(std::exchange(other.m_name, {})),
      m_folder(std::exchange(other.m_folder, -1)),
      m_file(std::exchange(other.m_file, -1)),
      m_bytes(other.m_bytes)
{}

ReceivedDataSet::~ReceivedDataSet()
{
    if (m_file >= 0)
        ::close(m_file);
    if (!m_name.empty())
        ::unlinkat(m_folder, (m_name + kUnfinished).c_str(), 0);
    if (m_folder >= 0)
        ::close(m_folder);
}

base::Result<ReceivedDataSet> ReceivedDataSet::create(const std::string &folder, Origin origin)
{
    ReceivedDataSet made;
    made.m_folderPath = folder;
    made.m_folder = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (made.m_folder < 0)
        return failure(systemError("open the staging folder", errno));
    const std::string name = freshName();
    made.m_file = ::openat(made.m_folder, (name + kUnfinished).c_str(),
                           O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (made.m_file < 0)
        return failure(systemError("create a file", errno));
    made.m_name = name;
    made.m_origin = std::move(origin);
    const std::string meta = metaInformation(made.m_origin);
    TRY_DO(made.writeAll({reinterpret_cast<const std::uint8_t *>(meta.data()), meta.size()}));
    return made;
}

base::Status ReceivedDataSet::writeAll(std::span<const std::uint8_t> bytes)
{
    while (!bytes.empty()) {
        const ssize_t put = ::write(m_file, bytes.data(), bytes.size());
        if (put < 0 && errno == EINTR)
            continue;
        if (put <= 0)
            return failure(systemError("write", put < 0 ? errno : ENOSPC));
        bytes = bytes.subspan(static_cast<std::size_t>(put));
    }
    return {};
}

base::Status ReceivedDataSet::write(std::span<const std::uint8_t> bytes)
{
    m_bytes += bytes.size();
    if (m_bytes > kMostBytes)
        return failure(ErrorCode::LimitExceeded, "an instance larger than any may be");
    return writeAll(bytes);
}

base::Result<ReceivedFile> ReceivedDataSet::finish()
{
    const std::string before = m_name + kUnfinished, after = m_name + kFinished;
    if (::close(std::exchange(m_file, -1)) != 0 ||
        ::renameat(m_folder, before.c_str(), m_folder, after.c_str()) != 0)
        return failure(systemError("finish a file", errno));
    m_name.clear();
    return ReceivedFile{m_folderPath + '/' + after, m_origin.sopClass, m_origin.instance,
                        m_origin.transferSyntax, m_bytes};
}

} // namespace negatoscope::archive
