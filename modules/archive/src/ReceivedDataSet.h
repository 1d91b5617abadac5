#pragma once

#include <archive/Records.h>
#include <base/Result.h>

#include <cstdint>
#include <span>
#include <string>

namespace negatoscope::archive {

/// A data set on its way from the wire into a file, bit for bit, under a File Meta Information of ours
/// (PS3.10 7.1) and a name of ours: the folder never sees a character from the wire.
///
/// While it is written its name ends in ".part", when it is whole in ".dcm"; what is not finished goes.
/// Files  : 0600, made with O_EXCL and O_NOFOLLOW.
/// Errors : CannotWrite, DiskFull, LimitExceeded.
class ReceivedDataSet
{
public:
    struct Origin
    {
        std::string sopClass;
        base::InstanceUid instance;
        std::string transferSyntax, sourceTitle;
    };

    /// A preamble and the File Meta Information of such a data set.
    static std::string metaInformation(const Origin &origin);

    static base::Result<ReceivedDataSet> create(const std::string &folder, Origin origin);
    ~ReceivedDataSet();
    ReceivedDataSet(ReceivedDataSet &&other) noexcept;
    ReceivedDataSet &operator=(ReceivedDataSet &&) = delete;

    base::Status write(std::span<const std::uint8_t> bytes);
    /// Gives the file its final name.
    base::Result<ReceivedFile> finish();

private:
    ReceivedDataSet() = default;
    base::Status writeAll(std::span<const std::uint8_t> bytes);

    Origin m_origin;
    std::string m_folderPath, m_name;
    int m_folder = -1, m_file = -1;
    std::uint64_t m_bytes = 0;
};

} // namespace negatoscope::archive
