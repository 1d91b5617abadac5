#pragma once

#include <frames/Frame.h>

#include <cstdint>
#include <list>
#include <mutex>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

namespace negatoscope::frames {

/// Decoded frames in memory, the least recently used given up first when the budget is reached.
///
/// A frame that somebody still holds lives on outside the store: what is on screen is pinned by its holder.
/// Failures are remembered like frames, so that a broken image is not decoded again on every scroll.
/// Threads : any.
class FrameStore
{
public:
    explicit FrameStore(std::size_t budgetBytes);

    std::size_t budgetBytes() const;
    void setBudgetBytes(std::size_t bytes);
    std::size_t usedBytes() const;

    /// The frame or its failure, if known; marks it as used.
    std::optional<FrameResult> find(const FrameKey &key);
    bool contains(const FrameKey &key) const;
    /// Of many keys at once; nothing counts as used.
    enum class Presence : std::uint8_t { Absent, Loaded, Failed };
    std::vector<Presence> presence(std::span<const FrameKey> keys) const;
    void insert(const FrameKey &key, FrameResult result);
    /// Forgets failures, so that they are tried again.
    void forgetFailures();
    void clear();

private:
    struct Entry
    {
        FrameKey key;
        FrameResult result;
        std::size_t bytes;
    };
    void shrink();

    mutable std::mutex m_mutex;
    std::size_t m_budget, m_used = 0;
    std::list<Entry> m_entries; ///< most recently used first
    std::unordered_map<FrameKey, std::list<Entry>::iterator> m_index;
};

} // namespace negatoscope::frames
