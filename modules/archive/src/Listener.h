#pragma once

#include "Association.h"
#include "HostLookup.h"

#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

namespace negatoscope::archive {

/// The door that is open only while an archive has been asked to come: for what a C-MOVE sends and for the
/// answer of a storage commitment (docs/safety.md S24, F25).
///
/// Who may  : the addresses of the archive and those that its settings allow, with its AE title, under TLS
///            where the archive has it. Others are turned away; a few associations at once, no more.
/// Threads  : `serve` is called on a thread of each association. The destructor closes the door, ends what is
///            under way, and waits for it.
/// Errors   : of open(): Busy (the port is taken, or the address is not ours).
class Listener
{
public:
    /// Handles one command; its data set is still to be received.
    using Serve = std::function<base::Status(Association &, const Message &)>;

    static base::Result<std::unique_ptr<Listener>> open(const Settings &settings,
                                                        const std::string &ownAddress,
                                                        std::set<std::string> peers, TlsContext *tls,
                                                        Serve serve);
    ~Listener();
    Listener(const Listener &) = delete;
    Listener &operator=(const Listener &) = delete;

    /// Connections and associations that were turned away, and the reason of the last.
    int turnedAway() const;

private:
    explicit Listener(const Settings &settings) : m_settings(settings) {}
    void accept(const std::stop_token &stop);
    void serve(int socket, const std::stop_token &stop);
    void turnAway(const char *why);

    Settings m_settings;
    std::set<std::string> m_peers;
    TlsContext *m_tls = nullptr;
    Serve m_serve;
    int m_socket = -1;
    mutable std::mutex m_mutex;
    int m_turnedAway = 0, m_busy = 0;
    std::vector<std::jthread> m_guests;
    std::jthread m_thread; // last: it uses all of the above
};

} // namespace negatoscope::archive
