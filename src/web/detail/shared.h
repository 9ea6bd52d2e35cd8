#pragma once
// What all connections of one server share.

#include <atomic>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "web/address.h"
#include "web/detail/workers.h"
#include "web/server.h"

// Named here only, so that the heavy headers stay out of this one.
namespace boost::asio::ssl {
class context;
}

namespace evenkeel::web::detail {

// How many connections are open, in total and for each peer.
class ConnectionCount {
  public:
    ConnectionCount(std::size_t total, std::size_t per_peer)
        : total_limit_(total), per_peer_limit_(per_peer) {}

    enum class Cap { counts, exempt };
    // False at a limit; else leave() must follow.
    bool enter(const Address& peer, Cap);
    void leave(const Address& peer);
    [[nodiscard]] std::size_t total() const;
    // False when connections are still open after `time`.
    bool wait_for_none(std::chrono::milliseconds time);

  private:
    mutable std::mutex mutex_;
    std::condition_variable none_;
    std::size_t total_limit_;
    std::size_t per_peer_limit_;
    std::size_t total_ = 0;
    std::map<Address, std::size_t> by_peer_;
};

struct Shared {
    Shared(ServerSettings given, Handler function, EventHub& events)
        : settings(std::move(given)),
          handler(std::move(function)),
          hub(events),
          count(settings.connections, settings.connections_per_peer),
          workers(settings.workers, settings.queue) {}

    ServerSettings settings;
    Handler handler;
    EventHub& hub;
    ConnectionCount count;
    std::vector<Network> trusted;
    // In clear to other machines: only what a trusted proxy brings is answered.
    bool only_proxies = false;
    std::mutex tls_mutex;
    std::shared_ptr<boost::asio::ssl::context> tls;  // null: plain
    std::atomic<bool> stopping = false;
    Workers workers;  // last: its jobs use all of the above

    [[nodiscard]] bool is_trusted(const Address&) const;
};

// Calls the handler, checks what it returns, and turns whatever it throws into a
// logged 500 with a code that appears in both.
Response guarded(const Shared&, Request&);

// A refusal that needs no handler: a host that is not ours, clear text from afar.
std::optional<Response> refused_at_door(const Shared&, const Address& peer, const Request&);

}  // namespace evenkeel::web::detail
