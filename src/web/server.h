#pragma once
// The HTTP/1.1 server: sockets, TLS, limits, time, and one Handler behind them.
//
// One I/O thread per core, each with its own listening socket (SO_REUSEPORT), so
// that no lock lies on the path of a request; handlers run on a bounded pool of
// workers. Nothing that a client sends makes a 5xx: what cannot be read is a 400,
// 408, 411, 413, 414, 417 or 431, each a problem document. HTTP/2 is left to a
// proxy.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "web/event_hub.h"
#include "web/http.h"
#include "web/message_limits.h"
#include "web/metrics.h"

namespace evenkeel::web {

struct Timeouts {
    std::chrono::milliseconds head{10'000};  // from its first byte to its last
    std::chrono::milliseconds idle{60'000};  // between requests
    // A body or a response may take `transfer` and a second for each `bytes_per_second`.
    std::chrono::milliseconds transfer{10'000};
    std::size_t bytes_per_second = 8 * 1024;
    std::chrono::milliseconds stop{10'000};  // for requests under way when stopping
    std::chrono::milliseconds heartbeat{25'000};
    std::chrono::milliseconds stream{900'000};  // life of one stream of events
};

struct ServerSettings {
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;       // 0: the system chooses
    std::string tls_certificate;  // PEM files; both or none
    std::string tls_key;
    std::vector<std::string> trusted_proxies;  // addresses or networks
    // Names by which the service is reached. A request for another host is refused
    // (DNS rebinding); empty: any.
    std::vector<std::string> hosts;
    unsigned io_threads = 0;  // 0: one per core
    unsigned workers = 4;
    std::size_t queue = 256;  // requests that wait for a worker; above: 503
    std::size_t connections = 2048;
    std::size_t connections_per_peer = 256;  // trusted proxies are exempt
    MessageLimits limits = {};
    Timeouts timeouts = {};
    // The largest body of a method and path, asked before the body is read.
    std::function<std::size_t(Method, std::string_view)> max_body = {};
    std::function<void(std::string_view line)> access_log = {};  // one JSON object each
    std::function<void(std::string_view line)> fault_log = {};   // of broken invariants
    Metrics* metrics = nullptr;                                  // must outlive the server
};

// The names to answer to where the operator gave none: of a service for this machine alone
// those of the machine itself, else a page elsewhere could be given our address as its own
// and read the record (DNS rebinding). Behind a proxy or TLS any: a certificate has names.
std::vector<std::string> names_by_default(const ServerSettings&);

// Whether these settings may be served: clinical content crosses a network only
// over TLS. Fails with invalid_input and says the remedy.
Status may_listen(const ServerSettings&);

class Server {
  public:
    // Listens and answers from here on. `hub` must outlive the server.
    // Fails with invalid_input (address, TLS files, networks; every fault named) or
    // unavailable (the port is taken).
    static Result<std::unique_ptr<Server>> start(ServerSettings, Handler, EventHub& hub);

    virtual ~Server() = default;  // stops
    [[nodiscard]] virtual std::uint16_t port() const = 0;
    [[nodiscard]] virtual std::size_t connections() const = 0;
    // Reads certificate and key again, for connections to come. On failure the old
    // ones stay.
    virtual Status reload_tls() = 0;
    // No new connection; requests under way are answered, for at most
    // timeouts.stop; streams of events end. Returns when all is quiet; may be called
    // twice, never from a handler.
    virtual void stop() = 0;
};

}  // namespace evenkeel::web
