#include "ZipArchive.h"

#include "ByteSource.h"

#include <algorithm>
#include <cerrno>
#include <memory>

#include <unistd.h>
#include <zip.h>

namespace negatoscope::codec {

using base::ErrorCode;
using base::failure;
using base::Status;

namespace {

constexpr std::uint64_t kFreeExpansion = 1 << 20;

/// Feeds libzip from a ByteSource: its own file source would stat and seek the descriptor.
struct Feed
{
    const ByteSource &source;
    std::uint64_t at = 0;

    static zip_int64_t command(void *self, void *data, zip_uint64_t length, zip_source_cmd_t command)
    {
        auto &feed = *static_cast<Feed *>(self);
        switch (command) {
        case ZIP_SOURCE_OPEN:
            feed.at = 0;
            return 0;
        case ZIP_SOURCE_READ: {
            const std::size_t got = feed.source.read(
                feed.at, {static_cast<std::uint8_t *>(data), static_cast<std::size_t>(length)});
            feed.at += got;
            return static_cast<zip_int64_t>(got);
        }
        case ZIP_SOURCE_SEEK: {
            zip_error_t error;
            const zip_int64_t to =
                zip_source_seek_compute_offset(feed.at, feed.source.size(), data, length, &error);
            if (to < 0)
                return -1;
            feed.at = static_cast<std::uint64_t>(to);
            return 0;
        }
        case ZIP_SOURCE_TELL:
            return static_cast<zip_int64_t>(feed.at);
        case ZIP_SOURCE_STAT: {
            auto *stat = static_cast<zip_stat_t *>(data);
            zip_stat_init(stat);
            stat->valid = ZIP_STAT_SIZE;
            stat->size = feed.source.size();
            return sizeof *stat;
        }
        case ZIP_SOURCE_SUPPORTS:
            return zip_source_make_command_bitmap(ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE,
                                                  ZIP_SOURCE_STAT, ZIP_SOURCE_ERROR, ZIP_SOURCE_FREE,
                                                  ZIP_SOURCE_SEEK, ZIP_SOURCE_TELL, ZIP_SOURCE_SUPPORTS, -1);
        case ZIP_SOURCE_ERROR: {
            const int errors[2] = {ZIP_ER_READ, EIO};
            std::copy_n(errors, 2, static_cast<int *>(data));
            return sizeof errors;
        }
        case ZIP_SOURCE_CLOSE:
        case ZIP_SOURCE_FREE:
            return 0;
        default:
            return -1;
        }
    }
};

struct Discard
{
    void operator()(zip_t *archive) const { zip_discard(archive); }
    void operator()(zip_file_t *file) const { zip_fclose(file); }
};
using Archive = std::unique_ptr<zip_t, Discard>;

base::Result<Archive> openZip(Feed &feed)
{
    zip_source_t *source = zip_source_function_create(&Feed::command, &feed, nullptr);
    if (!source)
        return failure(ErrorCode::Internal, "libzip does not start");
    Archive archive(zip_open_from_source(source, ZIP_RDONLY, nullptr));
    if (!archive) {
        zip_source_free(source);
        return failure(ErrorCode::Malformed, "the ZIP directory does not read");
    }
    return archive;
}

Status writeAll(int into, const char *bytes, std::size_t count)
{
    while (count > 0) {
        const ssize_t done = ::write(into, bytes, count);
        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            return failure(errno == ENOSPC ? ErrorCode::DiskFull : ErrorCode::CannotWrite,
                           "the extracted member cannot be written");
        bytes += done;
        count -= static_cast<std::size_t>(done);
    }
    return {};
}

/// Copies, counting what really comes out: the directory may lie about sizes.
Status copyMember(zip_file_t &member, std::uint64_t compressed, int into, const Limits &limits)
{
    std::vector<char> buffer(256 * 1024);
    std::uint64_t total = 0;
    while (true) {
        const zip_int64_t got = zip_fread(&member, buffer.data(), buffer.size());
        if (got < 0)
            return failure(ErrorCode::Malformed, "a ZIP member is damaged");
        if (got == 0)
            return {};
        total += static_cast<std::uint64_t>(got);
        if (total > limits.inflatedBytes || (total > kFreeExpansion && total / limits.expansion > compressed))
            return failure(ErrorCode::LimitExceeded, "a ZIP member expands beyond the limits");
        TRY_DO(writeAll(into, buffer.data(), static_cast<std::size_t>(got)));
    }
}

} // namespace

base::Result<std::vector<ArchiveEntry>> listZip(int descriptor, std::uint64_t size, const Limits &limits)
{
    const FileSource source(descriptor, size);
    Feed feed{source};
    TRY(const Archive archive, openZip(feed));
    const zip_int64_t count = zip_get_num_entries(archive.get(), 0);
    if (count < 0 || static_cast<std::uint64_t>(count) > limits.archiveEntries)
        return failure(ErrorCode::LimitExceeded,
                       "the ZIP has more than " + std::to_string(limits.archiveEntries) + " members");
    std::vector<ArchiveEntry> entries;
    for (zip_uint64_t i = 0; i < static_cast<zip_uint64_t>(count); ++i) {
        zip_stat_t stat;
        if (zip_stat_index(archive.get(), i, 0, &stat) != 0 || !(stat.valid & ZIP_STAT_NAME))
            continue;
        const std::string_view name(stat.name);
        if (!name.empty() && name.back() != '/')
            entries.push_back({i, std::string(name), (stat.valid & ZIP_STAT_SIZE) ? stat.size : 0});
    }
    return entries;
}

Status extractZip(int descriptor, std::uint64_t size, std::uint64_t index, int into, const Limits &limits)
{
    const FileSource source(descriptor, size);
    Feed feed{source};
    TRY(const Archive archive, openZip(feed));
    zip_stat_t stat;
    if (zip_stat_index(archive.get(), index, 0, &stat) != 0)
        return failure(ErrorCode::NotFound, "the ZIP has no such member");
    if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) && stat.encryption_method != ZIP_EM_NONE)
        return failure(ErrorCode::Malformed, "the ZIP member is encrypted");
    if ((stat.valid & ZIP_STAT_SIZE) && stat.size > limits.inflatedBytes)
        return failure(ErrorCode::LimitExceeded, "a ZIP member is larger than the limit");
    const std::unique_ptr<zip_file_t, Discard> member(zip_fopen_index(archive.get(), index, 0));
    if (!member)
        return failure(ErrorCode::Malformed, "a ZIP member does not open");
    return copyMember(*member, (stat.valid & ZIP_STAT_COMP_SIZE) ? stat.comp_size : size, into, limits);
}

} // namespace negatoscope::codec
