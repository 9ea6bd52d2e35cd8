#include "web/server.h"

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <optional>
#include <set>
#include <thread>
#include <utility>

#include "web/address.h"
#include "web/detail/connection.h"
#include "web/detail/shared.h"
#include "web/detail/tls.h"

namespace evenkeel::web {

namespace net = boost::asio;
using tcp = net::ip::tcp;
using ErrorCode = boost::system::error_code;
using Clock = std::chrono::steady_clock;

namespace {

constexpr std::chrono::milliseconds sweep_time{100};
constexpr auto as_value = net::as_tuple(net::use_awaitable);

Address address_of(const tcp::endpoint& endpoint) {
    const auto address = endpoint.address();
    const auto v6 = address.is_v4() ? net::ip::make_address_v6(net::ip::v4_mapped, address.to_v4())
                                    : address.to_v6();
    return {.bytes = v6.to_bytes()};
}

tcp::endpoint endpoint_of(const Address& address, std::uint16_t port) {
    if (address.is_v4()) {
        return {net::ip::make_address_v4(net::ip::v4_mapped, net::ip::address_v6(address.bytes)),
                port};
    }
    return {net::ip::address_v6(address.bytes), port};
}

// The address to listen on; "localhost" is the usual word for 127.0.0.1.
std::optional<Address> listening_address(const std::string& text) {
    return parse_address(text == "localhost" ? "127.0.0.1" : text);
}

enum class Sharing { alone, with_our_threads };

ErrorCode open(tcp::acceptor& acceptor, const tcp::endpoint& endpoint, Sharing sharing) {
    using reuse_port = net::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;
    ErrorCode error;
    acceptor.open(endpoint.protocol(), error);
    if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
    if (!error && sharing == Sharing::with_our_threads)
        acceptor.set_option(reuse_port(true), error);
    if (!error && endpoint.address().is_v6()) {
        acceptor.set_option(net::ip::v6_only(false), error);  // "::" means both kinds
    }
    if (!error) acceptor.bind(endpoint, error);
    if (!error) acceptor.listen(net::socket_base::max_listen_connections, error);
    return error;
}

// One I/O thread with its own event loop, listening socket and connections.
class Loop {
  public:
    explicit Loop(detail::Shared& shared)
        : shared_(shared), acceptor_(context_), pause_(context_), sweep_(context_) {}

    ErrorCode listen(const tcp::endpoint& endpoint) {
        return open(acceptor_, endpoint, Sharing::with_our_threads);
    }
    [[nodiscard]] std::uint16_t port() const { return acceptor_.local_endpoint().port(); }

    void run() {
        net::co_spawn(context_, accept(), net::detached);
        thread_ = std::thread([this] { context_.run(); });
    }

    // From any thread: no new connections, and those that are idle end.
    void quiet() {
        net::post(context_, [this] {
            ErrorCode ignored;
            acceptor_.close(ignored);
            pause_.cancel();
            // stop() may end a connection at once, which changes the set.
            const auto all = connections_;
            for (const auto& connection : all) connection->stop();
        });
    }

    void join() {
        context_.stop();
        if (thread_.joinable()) thread_.join();
    }

  private:
    net::awaitable<void> accept() {
        while (acceptor_.is_open()) {
            auto [failed, socket] = co_await acceptor_.async_accept(as_value);
            if (!failed) {
                take(std::move(socket));
            } else if (acceptor_.is_open()) {
                // No descriptors left, most likely: asking again at once would only spin.
                pause_.expires_after(sweep_time);
                static_cast<void>(co_await pause_.async_wait(as_value));
            }
        }
    }

    void take(tcp::socket socket) {
        ErrorCode error;
        const auto endpoint = socket.remote_endpoint(error);
        if (error || shared_.stopping) return;
        const Address peer = address_of(endpoint);
        using Cap = detail::ConnectionCount::Cap;
        const Cap cap = shared_.is_trusted(peer) ? Cap::exempt : Cap::counts;
        if (!shared_.count.enter(peer, cap)) return;
        socket.set_option(tcp::no_delay(true), error);
        auto connection = detail::make_connection(std::move(socket), peer, shared_);
        connections_.insert(connection);
        connection->start([this, peer](const std::shared_ptr<detail::Connection>& ended) {
            connections_.erase(ended);
            shared_.count.leave(peer);
        });
        if (connections_.size() == 1) sweep_later();
    }

    // Runs only while there is a connection, so that an idle service sleeps.
    void sweep_later() {
        sweep_.expires_after(sweep_time);
        sweep_.async_wait([this](const ErrorCode& failed) {
            if (failed || connections_.empty()) return;
            const auto now = Clock::now();
            for (const auto& connection : connections_) connection->sweep(now);
            sweep_later();
        });
    }

    detail::Shared& shared_;
    net::io_context context_{1};
    std::set<std::shared_ptr<detail::Connection>> connections_;  // gone before the context
    tcp::acceptor acceptor_;
    net::steady_timer pause_;
    net::steady_timer sweep_;
    std::thread thread_;
};

class RunningServer final : public Server {
  public:
    RunningServer(ServerSettings settings, Handler handler, EventHub& hub)
        : shared_(std::move(settings), std::move(handler), hub) {}
    RunningServer(const RunningServer&) = delete;
    RunningServer& operator=(const RunningServer&) = delete;
    ~RunningServer() override { stop(); }

    Status begin();
    [[nodiscard]] std::uint16_t port() const override { return port_; }
    [[nodiscard]] std::size_t connections() const override { return shared_.count.total(); }
    Status reload_tls() override;
    void stop() override;

  private:
    Status listen(const Address&);

    detail::Shared shared_;
    std::vector<std::unique_ptr<Loop>> loops_;
    std::uint16_t port_ = 0;
};

Status RunningServer::begin() {
    const ServerSettings& settings = shared_.settings;
    CHECK_OK(may_listen(settings));
    for (const auto& text : settings.trusted_proxies) {
        TRY(const Network network, parse_network(text));
        shared_.trusted.push_back(network);
    }
    CHECK_OK(reload_tls());
    const auto address = listening_address(settings.address);
    EK_ASSERT(address.has_value());
    shared_.only_proxies = !shared_.tls && !address->is_loopback();
    CHECK_OK(listen(*address));
    if (settings.metrics != nullptr) {
        settings.metrics->gauge("evenkeel_worker_queue_length", "Requests that wait for a worker.",
                                [this] { return static_cast<double>(shared_.workers.waiting()); });
        settings.metrics->gauge("evenkeel_connections", "Connections that are open.",
                                [this] { return static_cast<double>(shared_.count.total()); });
    }
    for (const auto& loop : loops_) loop->run();
    return Done{};
}

Status RunningServer::listen(const Address& address) {
    const ServerSettings& settings = shared_.settings;
    const auto taken = [&](const ErrorCode& error) {
        return Error{.fault = Fault::unavailable,
                     .where = "/port",
                     .message = fmt::format("Cannot listen on {} port {} ({}). Stop what uses it, "
                                            "or choose another port.",
                                            settings.address, settings.port, error.message()),
                     .also = {}};
    };
    // SO_REUSEPORT would let a second server of the same user share the port without a
    // word; a socket without it finds out.
    if (settings.port != 0) {
        net::io_context context;
        tcp::acceptor probe(context);
        const auto error = open(probe, endpoint_of(address, settings.port), Sharing::alone);
        if (error) return taken(error);
    }
    const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
    const unsigned threads = settings.io_threads == 0 ? cores : settings.io_threads;
    port_ = settings.port;
    for (unsigned i = 0; i < threads; ++i) {
        loops_.push_back(std::make_unique<Loop>(shared_));
        const auto error = loops_.back()->listen(endpoint_of(address, port_));
        if (error) return taken(error);
        port_ = loops_.back()->port();
    }
    return Done{};
}

Status RunningServer::reload_tls() {
    const ServerSettings& settings = shared_.settings;
    if (settings.tls_certificate.empty()) return Done{};
    TRY(auto context, detail::tls_context(settings.tls_certificate, settings.tls_key));
    const std::lock_guard lock(shared_.tls_mutex);
    shared_.tls = std::move(context);
    return Done{};
}

void RunningServer::stop() {
    if (shared_.stopping.exchange(true)) return;
    for (const auto& loop : loops_) loop->quiet();
    shared_.count.wait_for_none(shared_.settings.timeouts.stop);
    for (const auto& loop : loops_) loop->join();
    // What still runs finishes; its answer finds no loop and goes nowhere.
    shared_.workers.stop();
    loops_.clear();
    if (shared_.settings.metrics != nullptr) {
        shared_.settings.metrics->forget_gauge("evenkeel_worker_queue_length");
        shared_.settings.metrics->forget_gauge("evenkeel_connections");
    }
}

// Each connection needs a descriptor; the usual soft limit of 1024 is less than the
// hard one, and raising it needs no right.
void raise_descriptor_limit() {
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = std::max(limit.rlim_cur, std::min<rlim_t>(limit.rlim_max, 16384));
    setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace

std::vector<std::string> names_by_default(const ServerSettings& settings) {
    const auto address = listening_address(settings.address);
    const bool this_machine = address && address->is_loopback();
    if (!this_machine || !settings.trusted_proxies.empty() || !settings.tls_certificate.empty()) {
        return {};
    }
    return {"localhost", "127.0.0.1", "[::1]", settings.address};
}

Status may_listen(const ServerSettings& settings) {
    Faults faults;
    const auto address = listening_address(settings.address);
    if (!address) faults.add("/address", "Give an address such as 127.0.0.1 or ::1.");
    if (settings.tls_certificate.empty() != settings.tls_key.empty()) {
        faults.add(settings.tls_key.empty() ? "/tls_key" : "/tls_certificate",
                   "TLS needs both a certificate and its key: give --tls-cert and --tls-key.");
    }
    for (std::size_t i = 0; i < settings.trusted_proxies.size(); ++i) {
        const auto network = parse_network(settings.trusted_proxies[i]);
        if (!network.ok()) {
            faults.add(fmt::format("/trusted_proxies/{}", i), network.error().message);
        }
    }
    if (address && !address->is_loopback() && settings.tls_certificate.empty() &&
        settings.trusted_proxies.empty()) {
        faults.add("/address",
                   "Other machines are answered only over HTTPS. Give --tls-cert and --tls-key, or "
                   "name your HTTPS proxy with --trusted-proxy, or listen on 127.0.0.1.");
    }
    if (!faults.none()) return faults.error();
    return Done{};
}

Result<std::unique_ptr<Server>> Server::start(ServerSettings settings, Handler handler,
                                              EventHub& hub) {
    EK_ASSERT(handler != nullptr);
    EK_ASSERT(settings.workers > 0 && settings.timeouts.bytes_per_second > 0);
    raise_descriptor_limit();
    auto server = std::make_unique<RunningServer>(std::move(settings), std::move(handler), hub);
    CHECK_OK(server->begin());
    return std::unique_ptr<Server>(std::move(server));
}

}  // namespace evenkeel::web
