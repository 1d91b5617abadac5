#include <session/OutputFile.h>

#include "Background.h"
#include "NewFile.h"

#include <QtCore/QFile>
#include <QtCore/QRandomGenerator>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace negatoscope::session {

using base::ErrorCode;
using base::failure;

base::Error writeError(const char *what, int code)
{
    const bool full = code == ENOSPC || code == EDQUOT || code == EFBIG;
    return {full ? ErrorCode::DiskFull : ErrorCode::CannotWrite,
            std::string(what) + ": " + std::strerror(code)};
}

base::Result<NewFile> NewFile::create(const std::string &path, unsigned mode)
{
    const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    if (descriptor < 0)
        return failure(writeError("create a file", errno));
    return NewFile(path, descriptor);
}

NewFile::NewFile(NewFile &&other) noexcept
    : m_path(std::move(other.m_path)),
      m_descriptor(std::exchange(other.m_descriptor, -1))
{}

NewFile::~NewFile()
{
    if (m_descriptor < 0)
        return;
    ::close(m_descriptor);
    ::unlink(m_path.c_str());
}

base::Status NewFile::write(std::span<const char> bytes)
{
    while (!bytes.empty()) {
        const ssize_t put = ::write(m_descriptor, bytes.data(), bytes.size());
        if (put < 0 && errno == EINTR)
            continue;
        if (put <= 0)
            return failure(writeError("write", put < 0 ? errno : ENOSPC));
        bytes = bytes.subspan(static_cast<std::size_t>(put));
    }
    return {};
}

base::Status NewFile::finish()
{
    if (::fsync(m_descriptor) != 0)
        return failure(writeError("sync", errno));
    const int descriptor = std::exchange(m_descriptor, -1);
    if (::close(descriptor) != 0) {
        const int code = errno;
        ::unlink(m_path.c_str());
        return failure(writeError("close", code));
    }
    return {};
}

base::Status copyFile(const std::string &from, const std::string &to)
{
    struct Source
    {
        int descriptor;
        ~Source()
        {
            if (descriptor >= 0)
                ::close(descriptor);
        }
    } const source{::open(from.c_str(), O_RDONLY | O_CLOEXEC)};
    if (source.descriptor < 0)
        return failure(ErrorCode::CannotRead, std::string("open: ") + std::strerror(errno));
    TRY(auto target, NewFile::create(to));
    std::array<char, 256 * 1024> block;
    for (;;) {
        const ssize_t got = ::read(source.descriptor, block.data(), block.size());
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return failure(ErrorCode::CannotRead, std::string("read: ") + std::strerror(errno));
        if (got == 0)
            return target.finish();
        TRY_DO(target.write({block.data(), static_cast<std::size_t>(got)}));
    }
}

base::Status writeWhole(const QString &path, const QByteArray &bytes)
{
    const std::string target = QFile::encodeName(path).toStdString();
    const std::string part =
        target + ".part-" + std::to_string(QRandomGenerator::system()->generate()); // beside it: a rename
    {
        TRY(auto file, NewFile::create(part));
        TRY_DO(file.write({bytes.constData(), static_cast<std::size_t>(bytes.size())}));
        TRY_DO(file.finish());
    }
    if (std::rename(part.c_str(), target.c_str()) != 0) {
        const int code = errno;
        ::unlink(part.c_str());
        return failure(writeError("rename", code));
    }
    return {};
}

void runAside(QObject *context, std::function<base::Status()> work,
              std::function<void(const base::Status &)> done)
{
    inBackground(context, std::move(work), std::move(done));
}

} // namespace negatoscope::session
