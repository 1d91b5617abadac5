#pragma once

#include <optional>
#include <stop_token>

#include <sys/eventfd.h>
#include <unistd.h>

namespace negatoscope::archive {

/// A stop token as a descriptor that poll() can wait for.
class StopSignal
{
public:
    explicit StopSignal(const std::stop_token &stop)
        : m_stop(stop),
          m_event(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
    {
        m_callback.emplace(stop, Wake{m_event});
    }
    ~StopSignal()
    {
        m_callback.reset();
        if (m_event >= 0)
            ::close(m_event);
    }
    StopSignal(const StopSignal &) = delete;
    StopSignal &operator=(const StopSignal &) = delete;

    int descriptor() const { return m_event; }
    bool isRequested() const { return m_stop.stop_requested(); }

private:
    struct Wake
    {
        int event;
        void operator()() const { ::eventfd_write(event, 1); }
    };

    std::stop_token m_stop;
    int m_event;
    std::optional<std::stop_callback<Wake>> m_callback;
};

} // namespace negatoscope::archive
