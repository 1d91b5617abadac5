#pragma once

#include <codec/DecodeService.h>
#include <frames/FrameStore.h>

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <unordered_set>
#include <vector>

namespace negatoscope::frames {

/// One wish: a frame, the file it is in, and what for.
struct FrameRequest
{
    FrameKey key;
    std::string path;
    codec::Purpose purpose = codec::Purpose::Visible;
};

/// Who wishes: a viewport, the thumbnails of a strip.
using ClientId = std::uint64_t;

/// Loads frames into the store, the most urgent wish of all clients first.
///
/// A client states its whole list of wishes each time; the new list replaces the old one, so that what is no
/// longer wanted is never begun. A frame wished by several clients is decoded once.
/// Threads : any; the handler is called on loader threads, once per frame loaded or failed.
class FrameLoader {
public:
    using Handler = std::function<void(const FrameKey &, const FrameResult &)>;
    /// Says whether an instance's file is still what was stored; asked once per instance, before its first frame.
    using Check = std::function<base::Status(const base::InstanceUid &, std::stop_token)>;

    /// `decoder` and `store` must outlive the loader. Without a `check` every file is taken as it is.
    FrameLoader(codec::DecodeService &decoder, FrameStore &store, Handler handler, Check check = {}, unsigned threads = 0);
    ~FrameLoader();
    FrameLoader(const FrameLoader &) = delete;
    FrameLoader &operator=(const FrameLoader &) = delete;

    ClientId newClient();
    void want(ClientId client, std::vector<FrameRequest> requests);
    void remove(ClientId client) { want(client, {}); }

    FrameStore &store() { return m_store; }
    /// Frames decoded since the start.
    std::uint64_t loaded() const;

private:
    void serve(const std::stop_token &stop);
    bool takeNext(FrameRequest &request);
    FrameResult load(const FrameRequest &request, const std::stop_token &stop);
    base::Result<std::shared_ptr<const dicom::ParsedFile>> parsedFile(const FrameRequest &request,
                                                                      const std::stop_token &stop);

    codec::DecodeService &m_decoder;
    FrameStore &m_store;
    const Handler m_handler;
    const Check m_check;

    mutable std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::map<ClientId, std::deque<FrameRequest>> m_wishes;
    std::set<FrameKey> m_running;
    ClientId m_nextClient = 1;
    std::uint64_t m_loaded = 0;

    /// Data sets of multi-frame objects and of neighbours, so that one file is not parsed for each frame.
    std::mutex m_filesMutex;
    std::unordered_set<base::InstanceUid> m_checked;
    std::list<std::pair<base::InstanceUid, std::shared_ptr<const dicom::ParsedFile>>> m_files;

    std::vector<std::jthread> m_threads;   ///< last: they use everything above
};

} // namespace negatoscope::frames
