#include "Implementation.h"

#include "CrashPoint.h"
#include "Hash.h"
#include "Identity.h"
#include "Schema.h"

#include <algorithm>
#include <filesystem>

#include <sys/stat.h>

namespace negatoscope::cache {

using base::ErrorCode;
using base::failure;

namespace {

bool isDamage(const base::Error &error)
{
    return error.code() == ErrorCode::IndexDamaged || error.code() == ErrorCode::Internal ||
           error.code() == ErrorCode::Busy || error.code() == ErrorCode::CannotWrite;
}

} // namespace

Cache::Implementation::~Implementation()
{
    // The last jobs run before anything they use goes.
    m_laterCheck = {};
    m_writerThread.reset();
    m_readers.clear();
    const bool isOnDisk = m_index && m_index->connection->database().getFilename() != ":memory:";
    m_index.reset();
    if (isOnDisk)
        ClosedMark(m_options.folder).leave();
}

base::Result<std::unique_ptr<Index>> Cache::Implementation::createIndex(const std::string &path) const
{
    const mode_t before = ::umask(0077);
    auto connection = Connection::open(path, Connection::Mode::Writer);
    ::umask(before);
    if (!connection)
        return failure(connection.error());
    TRY_DO(prepareSchema(**connection));
    return std::make_unique<Index>(std::move(*connection),
                                   [](const std::string &a, const std::string &b) { return a == b; });
}

base::Status Cache::Implementation::openIndex(Check check)
{
    TRY(auto index, createIndex(m_options.folder + "/index.sqlite"));
    if (check == Check::Now)
        TRY_DO(quickCheck(*index->connection, kCheckSeconds));
    m_index = std::move(index);
    m_lastAdmission.reset();
    return {};
}

/// Keeps the damaged index under a new name: deleting is not ours to decide.
base::Status Cache::Implementation::setIndexAside()
{
    m_index.reset();
    const std::string path = m_options.folder + "/index.sqlite";
    std::error_code error;
    for (int number = 1;; ++number) {
        const std::string target = path + ".damaged-" + std::to_string(number);
        if (std::filesystem::exists(std::filesystem::symlink_status(target, error)))
            continue;
        for (const char *const suffix : {"-wal", "-shm"})
            std::filesystem::rename(path + suffix, target + suffix, error);
        std::filesystem::rename(path, target, error);
        if (error && error != std::errc::no_such_file_or_directory)
            return failure(ErrorCode::CannotWrite, "set the damaged index aside: " + error.message());
        return {};
    }
}

base::Status Cache::Implementation::open(std::optional<FolderClaim> claim)
{
    if (!claim) {
        TRY(claim, FolderClaim::take(m_options.folder, m_options.allowNetworkFolder));
    }
    m_claim = std::move(claim);
    TRY(m_store, ObjectStore::open(m_options.folder));
    TRY(SideFiles side, SideFiles::open(m_options.folder));
    m_side.emplace(std::move(side));
    m_writerThread = std::make_unique<WriterThread>();

    TRY(const bool closedInOrder, ClosedMark(m_options.folder).take());
    TRY_DO(openOrRebuild(closedInOrder ? Check::Later : Check::Now));
    TRY_DO(finishRemovals());
    if (!closedInOrder)
        TRY_DO(adoptUnindexed());
    TRY_DO(m_writerThread->run([this] {
        return guarded([&]() -> base::Status {
            restoreTrash();
            return {};
        });
    }));
    if (const auto left = m_store->leftReceived(); !left.empty())
        if (const auto admitted = admit(left, {}); !admitted)
            base::log(base::LogLevel::Warning, "cache", admitted.error().describe());
    m_writerThread->post([this] {
        const auto emptied = guarded([&]() -> base::Status {
            emptyTrash();
            return {};
        });
        if (!emptied)
            base::log(base::LogLevel::Warning, "cache", emptied.error().describe());
    });
    if (closedInOrder)
        m_laterCheck = std::jthread([this](std::stop_token stop) { checkLater(std::move(stop)); });
    return {};
}

base::Status Cache::Implementation::openOrRebuild(Check check)
{
    const auto opened = openIndex(check);
    if (opened || !isDamage(opened.error()))
        return opened;
    base::log(base::LogLevel::Warning, "cache", "index set aside and rebuilt: " + opened.error().describe());
    TRY_DO(setIndexAside());
    return openIndex();
}

base::Status Cache::Implementation::finishRemovals()
{
    return m_writerThread->run([this] { return unlinkDoomed(); });
}

base::Status Cache::Implementation::unlinkDoomed()
{
    return guarded([&]() -> base::Status {
        const auto locations = m_index->writer.doomed();
        if (locations.empty())
            return {};
        for (const std::string &location : locations) {
            if (isHash(location))
                TRY_DO(m_store->removeObject(location));
            crashPoint("remove.unlinked");
        }
        SQLite::Transaction transaction(m_index->connection->database());
        for (const std::string &location : locations)
            m_index->writer.forgetDoomed(location);
        transaction.commit();
        return {};
    });
}

void Cache::Implementation::setChangedHandler(std::function<void()> handler)
{
    const std::lock_guard lock(m_stateMutex);
    m_changed = std::move(handler);
}

void Cache::Implementation::changed() const
{
    std::function<void()> handler;
    {
        const std::lock_guard lock(m_stateMutex);
        handler = m_changed;
    }
    if (handler)
        handler();
}

std::int64_t Cache::Implementation::lastAdmission()
{
    if (!m_lastAdmission)
        m_lastAdmission = IndexReader(*m_index->connection).largestAdmission();
    return *m_lastAdmission;
}

/// Grows with every admission, whatever the clock does.
std::int64_t Cache::Implementation::nextAdmission()
{
    const auto now = std::chrono::duration_cast<std::chrono::nanoseconds>(
                         std::chrono::system_clock::now().time_since_epoch())
                         .count();
    m_lastAdmission = std::max<std::int64_t>(now, lastAdmission() + 1);
    return *m_lastAdmission;
}

InstanceRecord Cache::Implementation::withPath(InstanceRecord record) const
{
    record.path = m_store->pathOf(record.path);
    return record;
}

} // namespace negatoscope::cache
