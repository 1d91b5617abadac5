#include "Intake.h"

#include "ForeignFile.h"
#include "MediaDirectory.h"

#include <algorithm>
#include <cstring>
#include <thread>

#include <fcntl.h>

namespace negatoscope::cache {

using base::ErrorCode;

namespace {

constexpr std::size_t kChunk = 64;
constexpr std::uint64_t kMostChunksAhead = 8;
constexpr unsigned kThreads = 2;

bool looksLikeArchive(const std::string &path)
{
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    char magic[4] = {};
    return file.isOpen() && ::pread(file.get(), magic, sizeof magic, 0) == sizeof magic &&
           std::memcmp(magic, "PK\x03\x04", sizeof magic) == 0;
}

ReadFile refusal(SourceFile source, base::Error error)
{
    ReadFile file;
    file.source = std::move(source);
    file.error = std::move(error);
    return file;
}

std::string folderOf(const std::string &path)
{
    const auto slash = path.find_last_of('/');
    return slash == std::string::npos ? std::string(".") : path.substr(0, slash);
}

} // namespace

Intake::Intake(FileReader &reader, Task task, std::stop_token stop)
    : m_reader(reader),
      m_task(std::move(task)),
      m_stop(std::move(stop))
{}

void Intake::run()
{
    std::vector<std::jthread> threads;
    for (unsigned i = 0; i < kThreads; ++i)
        threads.emplace_back([this] { serve(); });
    m_task.list({[this](SourceFile source) { push(std::move(source)); },
                 [this](RefusedFile file) { refuse(std::move(file)); },
                 [this](const std::string &path) { openMediaDirectory(path); }});
    {
        const std::lock_guard lock(m_mutex);
        m_listing = false;
    }
    m_changed.notify_all();
}

void Intake::push(SourceFile source)
{
    bool full = false;
    {
        const std::lock_guard lock(m_mutex);
        m_queue.push_back(std::move(source));
        full = m_queue.size() % kChunk == 0;
        ++m_found;
    }
    if (full)
        m_changed.notify_one();
}

void Intake::refuse(RefusedFile file)
{
    const std::lock_guard lock(m_mutex);
    m_refused.push_back(refusal({file.path, file.path, {}}, std::move(file.error)));
    ++m_found;
}

/// A DICOMDIR that the user points at stands for the files it names; what it announces comes with it.
void Intake::openMediaDirectory(const std::string &path)
{
    const auto parsed = m_reader.readDataSet(path, m_stop);
    if (!parsed)
        return refuse({path, parsed.error()});
    const MediaDirectory directory = MediaDirectory::of(parsed->dataSet);
    const std::string folder = folderOf(path);
    for (const MediaDirectory::Reference &reference : directory.files) {
        std::string file = resolveReference(folder, reference.components);
        if (!file.empty())
            push({file, file, {}, true});
        else
            refuse({path + ": a referenced file",
                    base::Error(ErrorCode::NotFound, "the DICOMDIR names a file that is not on the medium")});
    }
    push({path, path, {}});
}

void Intake::serve()
{
    Chunk chunk;
    while (nextChunk(chunk)) {
        std::vector<ReadFile> files = std::move(chunk.refused);
        read(chunk.sources, files, false);
        handOn(chunk.number, std::move(files));
        chunk = {};
    }
}

bool Intake::nextChunk(Chunk &chunk)
{
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] {
        const bool ready = m_queue.size() >= kChunk || !m_listing;
        return m_stop.stop_requested() || (ready && m_nextIn < m_nextOut + kMostChunksAhead);
    });
    if (m_stop.stop_requested() || (m_queue.empty() && m_refused.empty()))
        return false;
    chunk.number = m_nextIn++;
    chunk.refused = std::exchange(m_refused, {});
    const auto end = m_queue.begin() + static_cast<std::ptrdiff_t>(std::min(kChunk, m_queue.size()));
    std::move(m_queue.begin(), end, std::back_inserter(chunk.sources));
    m_queue.erase(m_queue.begin(), end);
    return true;
}

void Intake::handOn(std::uint64_t number, std::vector<ReadFile> files)
{
    std::unique_lock lock(m_mutex);
    m_done.emplace(number, std::move(files));
    while (!m_taking && !m_done.empty() && m_done.begin()->first == m_nextOut) {
        m_taking = true;
        auto next = std::move(m_done.begin()->second);
        m_done.erase(m_done.begin());
        lock.unlock();
        m_task.take(std::move(next));
        lock.lock();
        m_taking = false;
        ++m_nextOut;
        m_changed.notify_all();
    }
}

void Intake::read(const std::vector<SourceFile> &sources, std::vector<ReadFile> &out, bool insideArchive)
{
    if (sources.empty())
        return;
    std::vector<std::string> paths;
    paths.reserve(sources.size());
    for (const SourceFile &source : sources)
        paths.push_back(source.path);
    auto headers = m_reader.readHeaders(paths, indexedTags(), m_stop);
    for (std::size_t i = 0; i < sources.size(); ++i) {
        ReadFile file;
        file.source = sources[i];
        if (i >= headers.size()) {
            file.error = base::Error(ErrorCode::Internal, "no answer from the reader");
        } else if (!headers[i]) {
            if (headers[i].error().code() == ErrorCode::NotDicom && looksLikeArchive(sources[i].path)) {
                if (!insideArchive) {
                    readArchive(sources[i], out);
                    continue;
                }
                headers[i] =
                    base::failure(ErrorCode::LimitExceeded, "an archive inside an archive is not opened");
            }
            file.error = headers[i].error();
            file.ignored = file.error->code() == ErrorCode::NotDicom && !file.source.named &&
                           isPlainlyForeign(file.source.path);
        } else if (isMediaDirectory(*headers[i])) {
            file.isMediaDirectory = true;
            const auto whole = m_reader.readDataSet(sources[i].path, m_stop);
            if (whole)
                file.announced = MediaDirectory::of(whole->dataSet).series;
            else
                file.error = whole.error();
        } else if (auto header = indexedFileOf(*headers[i])) {
            file.header = std::move(*header);
            if (m_task.prepare)
                m_task.prepare(file);
        } else {
            file.error = header.error();
        }
        out.push_back(std::move(file));
    }
}

void Intake::readArchive(const SourceFile &archive, std::vector<ReadFile> &out)
{
    if (!m_task.temporaries) {
        out.push_back(refusal(
            archive, base::Error(ErrorCode::BadArgument, "an archive cannot be opened in place: import it")));
        return;
    }
    const auto members = m_reader.listArchive(archive.path, m_stop);
    if (!members) {
        out.push_back(refusal(archive, members.error()));
        return;
    }
    std::vector<FileReader::Entry> files;
    for (const FileReader::Entry &entry : *members)
        if (!entry.name.empty() && entry.name.back() != '/')
            files.push_back(entry);
    m_found += static_cast<int>(files.size()) - 1;
    for (std::size_t at = 0; at < files.size() && !m_stop.stop_requested(); at += kChunk) {
        const auto begin = files.begin() + static_cast<std::ptrdiff_t>(at);
        const auto end = files.begin() + static_cast<std::ptrdiff_t>(std::min(files.size(), at + kChunk));
        readMembers(archive, {begin, end}, out);
    }
}

void Intake::readMembers(const SourceFile &archive, const std::vector<FileReader::Entry> &members,
                         std::vector<ReadFile> &out)
{
    std::vector<SourceFile> sources;
    for (const FileReader::Entry &member : members) {
        SourceFile source;
        source.shown = archive.shown + ": " + member.name;
        auto target = m_task.temporaries->createTemporary();
        if (!target) {
            out.push_back(refusal(source, target.error()));
            continue;
        }
        source.temporary = target->first;
        source.path = m_task.temporaries->temporaryPath(target->first);
        const auto written = m_reader.extractEntry(archive.path, member.index, target->second.get(), m_stop);
        if (written) {
            sources.push_back(std::move(source));
        } else {
            m_task.temporaries->discard(source.temporary);
            out.push_back(refusal(source, written.error()));
        }
    }
    const std::size_t before = out.size();
    read(sources, out, true);
    // What was not staged is not wanted any more.
    for (std::size_t i = before; i < out.size(); ++i)
        if (!out[i].staged)
            m_task.temporaries->discard(out[i].source.temporary);
}

} // namespace negatoscope::cache
