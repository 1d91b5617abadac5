#include "OutgoingFile.h"

#include "ByteOrder.h"

#include <array>
#include <cstring>
#include <string_view>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace negatoscope::archive {

using base::ErrorCode;
using base::failure;

namespace {

constexpr std::uint64_t kPreamble = 132, kMostMeta = 1U << 20U;

/// Where group 0002 ends: explicit little endian, short or long lengths.
base::Result<std::uint64_t> endOfMeta(int file)
{
    std::uint64_t at = kPreamble;
    std::array<std::uint8_t, 12> header{};
    while (at < kMostMeta) {
        const ssize_t got = ::pread(file, header.data(), header.size(), static_cast<off_t>(at));
        if (got < 8 || read16Little(header.data()) != 0x0002)
            return at;
        const std::string_view vr(reinterpret_cast<const char *>(&header[4]), 2);
        const bool isLong = vr == "OB" || vr == "OW" || vr == "SQ" || vr == "UN" || vr == "UT";
        at += isLong ? std::uint64_t(12) + read32Little(&header[8])
                     : std::uint64_t(8) + read16Little(&header[6]);
    }
    return failure(ErrorCode::Malformed, "a File Meta Information that does not end");
}

} // namespace

OutgoingFile::OutgoingFile(OutgoingFile &&other) noexcept
    : m_file(std::exchange(other.m_file, -1)),
      m_dataSetAt(other.m_dataSetAt)
{}

OutgoingFile::~OutgoingFile()
{
    if (m_file >= 0)
        ::close(m_file);
}

base::Result<OutgoingFile> OutgoingFile::open(const std::string &path)
{
    OutgoingFile made;
    made.m_file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (made.m_file < 0)
        return failure(ErrorCode::CannotRead, "the file that is sent");
    std::array<char, 4> magic{};
    if (::pread(made.m_file, magic.data(), magic.size(), 128) == 4 &&
        std::memcmp(magic.data(), "DICM", 4) == 0) {
        TRY(made.m_dataSetAt, endOfMeta(made.m_file));
    }
    return made;
}

} // namespace negatoscope::archive
