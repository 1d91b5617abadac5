#include <frames/FrameStore.h>

namespace negatoscope::frames {

namespace {
/// What a remembered failure or the bookkeeping of a frame takes, roughly.
constexpr std::size_t kEntryBytes = 1024;
} // namespace

FrameStore::FrameStore(std::size_t budgetBytes) : m_budget(budgetBytes)
{}

std::size_t FrameStore::budgetBytes() const
{
    const std::lock_guard lock(m_mutex);
    return m_budget;
}

void FrameStore::setBudgetBytes(std::size_t bytes)
{
    const std::lock_guard lock(m_mutex);
    m_budget = bytes;
    shrink();
}

std::size_t FrameStore::usedBytes() const
{
    const std::lock_guard lock(m_mutex);
    return m_used;
}

std::optional<FrameResult> FrameStore::find(const FrameKey &key)
{
    const std::lock_guard lock(m_mutex);
    const auto at = m_index.find(key);
    if (at == m_index.end())
        return std::nullopt;
    m_entries.splice(m_entries.begin(), m_entries, at->second);
    return at->second->result;
}

bool FrameStore::contains(const FrameKey &key) const
{
    const std::lock_guard lock(m_mutex);
    return m_index.contains(key);
}

std::vector<FrameStore::Presence> FrameStore::presence(std::span<const FrameKey> keys) const
{
    std::vector<Presence> result;
    result.reserve(keys.size());
    const std::lock_guard lock(m_mutex);
    for (const FrameKey &key : keys) {
        const auto at = m_index.find(key);
        result.push_back(at == m_index.end()  ? Presence::Absent
                         : at->second->result ? Presence::Loaded
                                              : Presence::Failed);
    }
    return result;
}

void FrameStore::insert(const FrameKey &key, FrameResult result)
{
    const std::size_t bytes = kEntryBytes + (result ? (*result)->pixels.bytes().size() : 0);
    const std::lock_guard lock(m_mutex);
    if (const auto at = m_index.find(key); at != m_index.end()) {
        m_used -= at->second->bytes;
        m_entries.erase(at->second);
        m_index.erase(at);
    }
    m_entries.push_front({key, std::move(result), bytes});
    m_index.emplace(key, m_entries.begin());
    m_used += bytes;
    shrink();
}

void FrameStore::forgetFailures()
{
    const std::lock_guard lock(m_mutex);
    for (auto entry = m_entries.begin(); entry != m_entries.end();) {
        if (entry->result) {
            ++entry;
            continue;
        }
        m_used -= entry->bytes;
        m_index.erase(entry->key);
        entry = m_entries.erase(entry);
    }
}

void FrameStore::clear()
{
    const std::lock_guard lock(m_mutex);
    m_entries.clear();
    m_index.clear();
    m_used = 0;
}

void FrameStore::shrink()
{
    // The newest stays even if it alone is over the budget: it was asked for and must be delivered.
    while (m_used > m_budget && m_entries.size() > 1) {
        m_used -= m_entries.back().bytes;
        m_index.erase(m_entries.back().key);
        m_entries.pop_back();
    }
}

} // namespace negatoscope::frames
