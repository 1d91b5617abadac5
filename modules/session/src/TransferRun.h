#pragma once

#include <session/Services.h>
#include <session/StudyRetrieval.h>
#include <session/TransferQueue.h>

#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>
#include <thread>

namespace negatoscope::session {

/// What the reader looks at, handed from the UI thread to those who receive.
class SharedAttention
{
public:
    void set(const Attention &attention)
    {
        const std::lock_guard lock(m_mutex);
        m_attention = attention;
    }
    Attention get() const
    {
        const std::lock_guard lock(m_mutex);
        return m_attention;
    }

private:
    mutable std::mutex m_mutex;
    Attention m_attention;
};

/// One attempt to bring one study, on a thread of its own.
class TransferRun
{
public:
    struct Order
    {
        TransferNumber number = 0;
        base::StudyUid study;
        std::string archive;
        int associations = 1;
        std::shared_ptr<const SharedAttention> attention; ///< null: nobody waits
    };
    /// All are called on the run's threads.
    struct Events
    {
        std::function<void(const RetrievalProgress &)> progress;
        std::function<void()> lineFree;
        std::function<void(base::Result<RetrievalReport>)> ended;
    };

    TransferRun(quint64 number, Order order, cache::Cache &cache, TransferQueue::Reach reach, Events events)
        : m_number(number),
          m_order(std::move(order)),
          m_thread([order = m_order, &cache, reach = std::move(reach),
                    events = std::move(events)](const std::stop_token &stop) {
              events.ended(bring(order, cache, reach, events, stop));
          })
    {}
    Q_DISABLE_COPY_MOVE(TransferRun)

    quint64 number() const { return m_number; }
    const Order &order() const { return m_order; }
    /// Its place is wanted, or nobody wants what it brings: it ends soon.
    void stop()
    {
        m_stopped = true;
        m_thread.request_stop();
    }
    bool isStopped() const { return m_stopped; }
    bool isLineFree() const { return m_lineFree; }
    void setLineFree() { m_lineFree = true; }

private:
    static base::Result<RetrievalReport> bring(const Order &order, cache::Cache &cache,
                                               const TransferQueue::Reach &reach, const Events &events,
                                               const std::stop_token &stop)
    {
        TRY(const auto archive, reach.connect(order.archive));
        RetrievalRequest request{order.study, {}, order.associations};
        if (order.attention)
            request.attention = [&order] { return order.attention->get(); };
        request.lineFree = events.lineFree;
        return retrieveStudy(cache, *archive, request, events.progress, stop);
    }

    const quint64 m_number; ///< of the run: a transfer may have several, one after the other
    const Order m_order;
    bool m_stopped = false, m_lineFree = false;
    std::jthread m_thread; ///< last: it ends before what it uses
};

} // namespace negatoscope::session
