#include <frames/FrameLoader.h>

#include <algorithm>
#include <limits>

namespace negatoscope::frames {

using base::ErrorCode;
using base::failure;

namespace {
/// Enough for the neighbours of what is on screen in nine viewports.
constexpr std::size_t kKeptFiles = 64;
} // namespace

FrameLoader::FrameLoader(codec::DecodeService &decoder, FrameStore &store, Handler handler, Check check,
                         unsigned threads)
    : m_decoder(decoder),
      m_store(store),
      m_handler(std::move(handler)),
      m_check(std::move(check))
{
    // One more than the workers: while they decode, one thread copies and delivers.
    if (threads == 0)
        threads = std::max(1U, std::thread::hardware_concurrency()) + 1;
    for (unsigned i = 0; i < threads; ++i)
        m_threads.emplace_back([this](const std::stop_token &stop) { serve(stop); });
}

FrameLoader::~FrameLoader()
{
    for (auto &thread : m_threads)
        thread.request_stop();
    m_wake.notify_all();
    m_threads.clear();
}

ClientId FrameLoader::newClient()
{
    const std::lock_guard lock(m_mutex);
    return m_nextClient++;
}

void FrameLoader::want(ClientId client, std::vector<FrameRequest> requests)
{
    {
        const std::lock_guard lock(m_mutex);
        if (requests.empty())
            m_wishes.erase(client);
        else
            m_wishes[client].assign(std::make_move_iterator(requests.begin()),
                                    std::make_move_iterator(requests.end()));
    }
    m_wake.notify_all();
}

std::uint64_t FrameLoader::loaded() const
{
    const std::lock_guard lock(m_mutex);
    return m_loaded;
}

bool FrameLoader::takeNext(FrameRequest &request)
{
    while (true) {
        std::deque<FrameRequest> *best = nullptr;
        std::size_t bestAt = 0;
        auto bestRank = std::pair(std::numeric_limits<int>::max(), std::numeric_limits<std::size_t>::max());
        for (auto &[client, wishes] : m_wishes) {
            // What another thread is loading is skipped, not waited for.
            std::size_t at = 0;
            while (at < wishes.size() && m_running.contains(wishes[at].key))
                ++at;
            if (at == wishes.size())
                continue;
            const auto rank = std::pair(static_cast<int>(wishes[at].purpose), at);
            if (rank < bestRank) {
                best = &wishes;
                bestAt = at;
                bestRank = rank;
            }
        }
        if (!best)
            return false;
        request = std::move((*best)[bestAt]);
        best->erase(best->begin() + static_cast<std::ptrdiff_t>(bestAt));
        if (!m_store.contains(request.key))
            return true;
    }
}

void FrameLoader::serve(const std::stop_token &stop)
{
    while (!stop.stop_requested()) {
        FrameRequest request;
        {
            std::unique_lock lock(m_mutex);
            if (!m_wake.wait(lock, stop, [&] { return takeNext(request); }))
                return;
            m_running.insert(request.key);
        }
        FrameResult result = load(request, stop);
        const bool cancelled = !result && result.error().code() == ErrorCode::Cancelled;
        if (!cancelled)
            m_store.insert(request.key, result);
        {
            const std::lock_guard lock(m_mutex);
            m_running.erase(request.key);
            ++m_loaded;
        }
        if (!cancelled)
            m_handler(request.key, result);
    }
}

base::Result<std::shared_ptr<const dicom::ParsedFile>> FrameLoader::parsedFile(const FrameRequest &request,
                                                                               const std::stop_token &stop)
{
    bool checked = false;
    {
        const std::lock_guard lock(m_filesMutex);
        checked = m_checked.contains(request.key.instance);
        const auto at = std::find_if(m_files.begin(), m_files.end(),
                                     [&](const auto &entry) { return entry.first == request.key.instance; });
        if (at != m_files.end()) {
            m_files.splice(m_files.begin(), m_files, at);
            return m_files.front().second;
        }
    }
    if (!checked && m_check)
        TRY_DO(m_check(request.key.instance, stop));
    TRY(dicom::ParsedFile file, m_decoder.readDataSet(request.path, request.purpose, stop));
    // The picture must be of the object that was asked for, whatever happened to the file since it was
    // indexed.
    if (file.dataSet.text(dicom::tags::SopInstanceUid) != request.key.instance.value())
        return failure(ErrorCode::Conflict, "the file holds another object than the index says");
    auto shared = std::make_shared<const dicom::ParsedFile>(std::move(file));
    const std::lock_guard lock(m_filesMutex);
    m_checked.insert(request.key.instance);
    m_files.emplace_front(request.key.instance, shared);
    if (m_files.size() > kKeptFiles)
        m_files.pop_back();
    return shared;
}

FrameResult FrameLoader::load(const FrameRequest &request, const std::stop_token &stop)
{
    TRY(auto file, parsedFile(request, stop));
    TRY(const dicom::ImageFormat format, dicom::ImageFormat::of(file->dataSet));
    if (request.key.frame >= format.frames)
        return failure(ErrorCode::NotFound, "frame " + std::to_string(request.key.frame + 1) + " of " +
                                                std::to_string(format.frames));
    auto frame = std::make_shared<Frame>();
    TRY(frame->pixels, PixelBuffer::create(format.decodedFrameBytes()));
    TRY(auto decoded, m_decoder.decodeFrame(request.path, *file, format, request.key.frame,
                                            frame->pixels.bytes(), request.purpose, stop));
    frame->key = request.key;
    frame->file = std::move(file);
    frame->format = format;
    frame->photometric = decoded.photometric;
    frame->irreversible = decoded.irreversible;
    frame->embeddedOverlays = std::move(decoded.embeddedOverlays);
    return FramePointer(std::move(frame));
}

} // namespace negatoscope::frames
