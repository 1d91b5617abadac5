#pragma once

#include <base/Result.h>

#include <cstdint>
#include <string>

namespace negatoscope::archive {

/// An open file and where its data set begins: after the preamble and the File Meta Information, if it has
/// them (PS3.10 7.1). Errors: CannotRead, Malformed.
class OutgoingFile
{
public:
    static base::Result<OutgoingFile> open(const std::string &path);
    ~OutgoingFile();
    OutgoingFile(OutgoingFile &&other) noexcept;
    OutgoingFile &operator=(OutgoingFile &&) = delete;

    int descriptor() const { return m_file; }
    std::uint64_t dataSetAt() const { return m_dataSetAt; }

private:
    OutgoingFile() = default;

    int m_file = -1;
    std::uint64_t m_dataSetAt = 0;
};

} // namespace negatoscope::archive
