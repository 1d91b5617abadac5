#pragma once

#include "FileHeader.h"
#include "FileLister.h"
#include "IndexWriter.h"
#include "ObjectStore.h"

#include <cache/FileReader.h>

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <stop_token>
#include <vector>

namespace negatoscope::cache {

/// A file on its way into an index: either its header or why it is refused.
struct ReadFile
{
    SourceFile source;
    std::optional<IndexedFile> header;
    std::optional<base::Error> error;
    std::optional<StagedFile> staged;
    bool known = false; ///< these very bytes are in the cache
    bool isMediaDirectory = false;
    bool ignored = false;                   ///< with `error`: plainly no DICOM, and nobody named it
    std::vector<AnnouncedSeries> announced; ///< of a DICOMDIR
};

/// Reads the headers of many files on two threads and hands them on in the order they were found.
///
/// Archives (ZIP) are opened where a store for their members is given; an archive inside one is refused.
/// Threads : run() from any thread; `prepare` is called from the reading threads, `take` from one at a time.
class Intake
{
public:
    struct Task
    {
        std::function<void(const ListedFiles &)> list; ///< finds the files, on the calling thread
        std::function<void(ReadFile &)> prepare;       ///< may be empty
        std::function<void(std::vector<ReadFile>)> take;
        ObjectStore *temporaries = nullptr;
    };

    Intake(FileReader &reader, Task task, std::stop_token stop);
    void run();

    int found() const { return m_found; }
    bool isListing() const { return m_listing; }

private:
    struct Chunk
    {
        std::uint64_t number = 0;
        std::vector<SourceFile> sources;
        std::vector<ReadFile> refused; ///< by the lister
    };

    void push(SourceFile source);
    void refuse(RefusedFile file);
    void openMediaDirectory(const std::string &path);
    void serve();
    bool nextChunk(Chunk &chunk);
    void handOn(std::uint64_t number, std::vector<ReadFile> files);
    void read(const std::vector<SourceFile> &sources, std::vector<ReadFile> &out, bool insideArchive);
    void readArchive(const SourceFile &archive, std::vector<ReadFile> &out);
    void readMembers(const SourceFile &archive, const std::vector<FileReader::Entry> &members,
                     std::vector<ReadFile> &out);

    FileReader &m_reader;
    Task m_task;
    std::stop_token m_stop;
    std::atomic<int> m_found = 0;
    std::atomic<bool> m_listing = true;

    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<SourceFile> m_queue;
    std::vector<ReadFile> m_refused;
    std::uint64_t m_nextIn = 0, m_nextOut = 0;
    std::map<std::uint64_t, std::vector<ReadFile>> m_done;
    bool m_taking = false;
};

} // namespace negatoscope::cache
