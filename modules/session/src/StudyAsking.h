#pragma once

#include <archive/Records.h>
#include <base/Result.h>
#include <cache/Records.h>
#include <session/StudyQuestion.h>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

class QThreadPool;

namespace negatoscope::cache {
class Cache;
}

namespace negatoscope::session {

class Archives;

/// Some of what one source answers.
struct StudyAnswer
{
    int source = 0; ///< 0: the cache; archives from 1
    std::vector<archive::FoundStudy> studies;
    std::vector<cache::StudyRecord> local;                ///< of its own answer or of `studies`
    std::optional<base::Result<archive::FindReport>> end; ///< the last of this source
    std::chrono::milliseconds time{};                     ///< until then
};

/// One question on its way: the cache and every archive are asked at once, each on a thread of its own, and
/// what they answer is gathered until somebody takes it.
///
/// Threads : take() and the destructor from one; `arrived` is called on others, once until the next take().
/// Ends    : the destructor stops the asking and does not wait. `pool` must be waited for before what the
///           arguments refer to goes.
class StudyAsking
{
public:
    static constexpr int kMostStudies = 5000; ///< of one source

    using Answer = StudyAnswer;

    /// Without `here` the cache is not asked, but says what it has of the answers of others.
    StudyAsking(QThreadPool &pool, const cache::Cache &cache, const Archives &archives,
                const StudyQuestion &question, bool here, const std::vector<std::string> &archiveNames,
                std::function<void()> arrived);
    ~StudyAsking();
    StudyAsking(const StudyAsking &) = delete;
    StudyAsking &operator=(const StudyAsking &) = delete;

    std::vector<Answer> take();

private:
    struct Tray;
    std::shared_ptr<Tray> m_tray;
    std::stop_source m_stop;
};

} // namespace negatoscope::session
