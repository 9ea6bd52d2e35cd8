#include "web/detail/connection.h"

#include <algorithm>
#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <exception>
#include <utility>

#include "web/access_log.h"
#include "web/detail/message_reader.h"
#include "web/detail/response_head.h"

namespace evenkeel::web::detail {

namespace net = boost::asio;
using tcp = net::ip::tcp;
using Clock = std::chrono::steady_clock;
using ErrorCode = boost::system::error_code;
template <class T>
using Task = net::awaitable<T>;

namespace {

// Errors come back as values: nothing here throws (style: no catch outside the
// request handler).
constexpr auto as_value = net::as_tuple(net::use_awaitable);

constexpr auto no_deadline = Clock::time_point::max();
constexpr std::chrono::seconds farewell{1};  // for reading on while closing
constexpr std::size_t farewell_bytes = 256 * 1024;

template <class Stream>
constexpr bool is_tls = !std::is_same_v<Stream, tcp::socket>;

template <class Stream>
class ConnectionOn final : public Connection {
  public:
    template <class... Arguments>
    ConnectionOn(const Address& peer, Shared& shared, Arguments&&... arguments)
        : shared_(shared),
          peer_(peer),
          stream_(std::forward<Arguments>(arguments)...),
          wake_(stream_.get_executor()),
          reader_(shared.settings.limits, shared.settings.max_body) {}

    void start(std::function<void(const std::shared_ptr<Connection>&)> ended) override {
        net::co_spawn(
            stream_.get_executor(), [self = self()] { return self->run(); },
            [self = self(), ended = std::move(ended)](const std::exception_ptr& thrown) {
                if (thrown && self->shared_.settings.fault_log) {
                    self->shared_.settings.fault_log(R"({"fault":"a connection broke off"})");
                }
                self->close();
                ended(self);
            });
    }

    void sweep(Clock::time_point now) override {
        if (now < deadline_) return;
        late_ = true;
        // The operation under way ends with operation_aborted. When it had ended
        // already, the next sweep finds the next one.
        ErrorCode ignored;
        socket().cancel(ignored);
    }

    void stop() override {
        stopping_ = true;
        wake_.cancel();
        if (idle_) sweep(no_deadline);
    }

  private:
    std::shared_ptr<ConnectionOn> self() {
        return std::static_pointer_cast<ConnectionOn>(shared_from_this());
    }

    tcp::socket& socket() {
        if constexpr (is_tls<Stream>) {
            return stream_.next_layer();
        } else {
            return stream_;
        }
    }

    void allow(std::chrono::milliseconds time) {
        late_ = false;
        deadline_ = Clock::now() + time;
    }

    void allow_transfer(std::size_t bytes) {
        const Timeouts& times = shared_.settings.timeouts;
        allow(times.transfer + std::chrono::seconds(bytes / times.bytes_per_second));
    }

    void close() {
        ErrorCode ignored;
        socket().close(ignored);
    }

    Task<void> run() {
        if constexpr (is_tls<Stream>) {
            allow(shared_.settings.timeouts.head);
            auto [failed] =
                co_await stream_.async_handshake(net::ssl::stream_base::server, as_value);
            if (failed) co_return;
        }
        auto patience = std::min(shared_.settings.timeouts.head, shared_.settings.timeouts.idle);
        while (!stopping_ && !shared_.stopping) {
            const bool whole = co_await read_request(patience);
            if (!whole) co_return;
            const bool open = co_await serve();
            if (!open) co_return;
            patience = shared_.settings.timeouts.idle;
        }
    }

    // False when there is nothing to serve; a refusal has then been answered.
    Task<bool> read_request(std::chrono::milliseconds patience) {
        using State = MessageReader::State;
        State before = State::between;
        bool continued = false;
        State state = reader_.read({});  // what came with the last request
        allow(patience);
        idle_ = state == State::between;
        while (state != State::complete) {
            if (state == State::refused) {
                co_await refuse(reader_.refusal().status, reader_.refusal().detail);
                co_return false;
            }
            if (state == State::head && before == State::between) {
                allow(shared_.settings.timeouts.head);
            }
            if (state == State::body && before != State::body) {
                allow_transfer(reader_.body_limit());
            }
            if (state == State::body && reader_.wants_continue() && !continued) {
                continued = true;
                const bool sent = co_await write("HTTP/1.1 100 Continue\r\n\r\n", {});
                if (!sent) co_return false;
            }
            before = state;
            auto [failed, count] = co_await stream_.async_read_some(net::buffer(bytes_), as_value);
            if (failed) {
                if (late_ && state != State::between) {
                    co_await refuse(408, "The request took too long to arrive.");
                }
                co_return false;
            }
            state = reader_.read({bytes_.data(), count});
            idle_ = state == State::between;
        }
        deadline_ = no_deadline;
        co_return true;
    }

    // False when the connection ends with this request.
    Task<bool> serve() {
        const auto at = std::chrono::system_clock::now();
        const auto begun = Clock::now();
        bool keep = reader_.keep_alive();
        Request request = reader_.take();
        introduce(request);
        Response response = co_await answer(request);
        keep = keep && !stopping_ && !shared_.stopping && !response.subscription;
        const std::string head = response_head(
            request, response, keep ? Persistence::keep_alive : Persistence::close, at);
        const std::string_view body = response_body(request, response);
        allow_transfer(head.size() + body.size());
        const bool sent = co_await write(head, body);
        note(at, request, response.status, body.size(), Clock::now() - begun);
        if (sent && response.subscription && request.method != Method::head) {
            co_await stream_events(*response.subscription);
            co_return false;  // no farewell: the watching read is still under way
        }
        if (sent && !keep) co_await say_farewell();
        co_return sent&& keep;
    }

    // Who asks, as far as trusted proxies can tell. The fields are taken away, so
    // that nothing behind this line can believe a forged one.
    void introduce(Request& request) {
        const Client client =
            client_behind(peer_, is_tls<Stream>, request.headers.get("x-forwarded-for"),
                          request.headers.get("x-forwarded-proto"), shared_.trusted);
        request.peer = to_string(client.address);
        request.secure = client.secure;
        for (const auto* name : {"x-forwarded-for", "x-forwarded-proto", "x-forwarded-host",
                                 "x-real-ip", "forwarded"}) {
            request.headers.erase(name);
        }
    }

    Task<Response> answer(Request& request) {
        if (auto refusal = refused_at_door(shared_, peer_, request)) {
            co_return *std::move(refusal);
        }
        co_return co_await net::async_initiate<const net::use_awaitable_t<>, void(Response)>(
            [this, &request](auto resume) {
                auto held = std::make_shared<decltype(resume)>(std::move(resume));
                auto executor = stream_.get_executor();
                const auto finish = [held, executor](Response response) {
                    net::post(executor, [held, response = std::move(response)]() mutable {
                        std::move (*held)(std::move(response));
                    });
                };
                const bool taken = shared_.workers.offer(
                    [this, &request, finish] { finish(guarded(shared_, request)); });
                if (!taken) {
                    finish(problem(503, "The service is busy. Try again in a few seconds."));
                }
            },
            net::use_awaitable);
    }

    Task<bool> write(std::string_view head, std::string_view body) {
        const std::array<net::const_buffer, 2> buffers{net::buffer(head.data(), head.size()),
                                                       net::buffer(body.data(), body.size())};
        auto [failed, count] = co_await net::async_write(stream_, buffers, as_value);
        co_return !failed && count == head.size() + body.size();
    }

    // For what could not be read: nothing of the request is known.
    Task<void> refuse(int status, std::string detail) {
        const auto at = std::chrono::system_clock::now();
        Request unknown{.method = Method::other};
        unknown.secure = is_tls<Stream>;
        const Response response = problem(status, detail);
        const std::string head = response_head(unknown, response, Persistence::close, at);
        allow_transfer(head.size() + response.body.size());
        const bool sent = co_await write(head, response.body);
        note(at, unknown, status, response.body.size(), std::chrono::nanoseconds{0});
        if (sent) co_await say_farewell();
    }

    // Closing while bytes still arrive would make the system send a reset, which
    // can take the answer away from under the client (RFC 9112, section 9.6).
    Task<void> say_farewell() {
        allow(farewell);
        if constexpr (is_tls<Stream>) {
            auto [failed] = co_await stream_.async_shutdown(as_value);
            if (failed) late_ = late_ || failed == net::error::operation_aborted;
        }
        ErrorCode ignored;
        socket().shutdown(tcp::socket::shutdown_send, ignored);
        std::size_t read = 0;
        while (!late_ && read < farewell_bytes) {
            auto [failed, count] = co_await socket().async_read_some(net::buffer(bytes_), as_value);
            if (failed) break;
            read += count;
        }
    }

    void note(std::chrono::system_clock::time_point at, const Request& request, int status,
              std::size_t bytes, std::chrono::nanoseconds took) {
        if (shared_.settings.metrics != nullptr) {
            shared_.settings.metrics->count(request.method, request.route, status, took);
        }
        if (shared_.settings.access_log) {
            shared_.settings.access_log(access_line(at, request, status, bytes, took));
        }
    }

    // Leaves the hub on every way out.
    struct Membership {
        EventHub& hub;
        std::shared_ptr<Subscriber> subscriber;
        ~Membership() { hub.unsubscribe(subscriber); }
    };

    Task<void> stream_events(const Subscription& subscription) {
        const Membership member{
            shared_.hub, shared_.hub.subscribe(subscription.topics, [weak = std::weak_ptr(self()),
                                                                     at = stream_.get_executor()] {
                net::post(at, [weak] {
                    if (const auto strong = weak.lock()) strong->wake_.cancel();
                });
            })};
        watch_for_end();
        const Timeouts& times = shared_.settings.timeouts;
        const auto end = Clock::now() + times.stream;
        auto beat = Clock::now() + times.heartbeat;
        std::string text = "retry: 2000\n\n";
        while (!gone_) {
            auto waiting = shared_.hub.take(*member.subscriber);
            text += waiting.text;
            const auto now = Clock::now();
            const bool last = waiting.ended || stopping_ || shared_.stopping || now >= end;
            if (text.empty() && now >= beat) text = ":\n\n";
            if (!text.empty()) {
                allow_transfer(text.size());
                const bool sent = co_await write(text, {});
                deadline_ = no_deadline;
                if (!sent || last) co_return;
                text.clear();
                beat = Clock::now() + times.heartbeat;
                continue;
            }
            if (last) co_return;
            wake_.expires_at(std::min(beat, end));
            static_cast<void>(co_await wake_.async_wait(as_value));
        }
    }

    // A stream reads nothing, so only a read under way tells that the browser left.
    void watch_for_end() {
        stream_.async_read_some(net::buffer(bytes_),
                                [self = self()](const ErrorCode& failed, std::size_t) {
                                    if (!failed) return self->watch_for_end();
                                    self->gone_ = true;
                                    self->wake_.cancel();
                                });
    }

    Shared& shared_;
    Address peer_;
    Stream stream_;
    net::steady_timer wake_;
    MessageReader reader_;
    std::array<char, 16 * 1024> bytes_{};
    Clock::time_point deadline_ = no_deadline;
    bool late_ = false;
    bool idle_ = true;
    bool stopping_ = false;
    bool gone_ = false;
};

}  // namespace

std::shared_ptr<Connection> make_connection(tcp::socket socket, const Address& peer,
                                            Shared& shared) {
    std::shared_ptr<net::ssl::context> tls;
    {
        const std::lock_guard lock(shared.tls_mutex);
        tls = shared.tls;
    }
    if (!tls) {
        return std::make_shared<ConnectionOn<tcp::socket>>(peer, shared, std::move(socket));
    }
    return std::make_shared<ConnectionOn<net::ssl::stream<tcp::socket>>>(peer, shared,
                                                                         std::move(socket), *tls);
}

}  // namespace evenkeel::web::detail
