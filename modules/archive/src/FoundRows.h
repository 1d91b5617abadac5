#pragma once

#include <archive/Records.h>

#include <chrono>
#include <utility>
#include <vector>

namespace negatoscope::archive {

/// Hands rows on at once at first, then a hundred or a tenth of a second at a time.
template <typename Row>
class FoundRows
{
public:
    explicit FoundRows(const Rows<Row> &rows) : m_rows(rows) {}
    ~FoundRows() { flush(); }
    FoundRows(const FoundRows &) = delete;
    FoundRows &operator=(const FoundRows &) = delete;

    void add(Row row)
    {
        m_batch.push_back(std::move(row));
        if (m_batch.size() >= kBatch || std::chrono::steady_clock::now() - m_last >= kBatchEvery)
            flush();
    }
    void flush()
    {
        if (m_batch.empty())
            return;
        m_last = std::chrono::steady_clock::now();
        if (m_rows)
            m_rows(std::exchange(m_batch, {}));
        m_batch.clear();
    }

private:
    static constexpr std::size_t kBatch = 100;
    static constexpr std::chrono::milliseconds kBatchEvery{100};

    const Rows<Row> &m_rows;
    std::vector<Row> m_batch;
    std::chrono::steady_clock::time_point m_last{};
};

} // namespace negatoscope::archive
