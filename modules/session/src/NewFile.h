#pragma once

#include <base/Result.h>

#include <QtCore/QtGlobal>

#include <span>
#include <string>

namespace negatoscope::session {

/// A file that was not there before. It is removed again unless finish() was reached.
///
/// Errors: DiskFull, CannotWrite.
class NewFile
{
public:
    static base::Result<NewFile> create(const std::string &path, unsigned mode = 0666);
    ~NewFile();
    NewFile(NewFile &&other) noexcept;
    NewFile &operator=(NewFile &&) = delete;
    Q_DISABLE_COPY(NewFile)

    base::Status write(std::span<const char> bytes);
    /// On disk when it returns.
    base::Status finish();

private:
    NewFile(std::string path, int descriptor) : m_path(std::move(path)), m_descriptor(descriptor) {}

    std::string m_path;
    int m_descriptor = -1;
};

/// DiskFull or CannotWrite, for what errno says.
base::Error writeError(const char *what, int code);
/// Copies a file byte for byte to a name that is not taken. Errors: CannotRead, DiskFull, CannotWrite.
base::Status copyFile(const std::string &from, const std::string &to);

} // namespace negatoscope::session
