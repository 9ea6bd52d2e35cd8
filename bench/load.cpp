#include "load.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <csignal>
#include <ctime>

#include "server_process.h"

namespace evenkeel::bench {
namespace {

using Clock = std::chrono::steady_clock;

double thread_cpu_seconds() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_port = htons(port);
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return at;
}

int connected(std::uint16_t port) {
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const auto at = loopback(port);
    if (fd < 0 || connect(fd, reinterpret_cast<const sockaddr*>(&at), sizeof at) != 0) {
        give_up(fmt::format("nothing answers at port {}", port));
    }
    const int on = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return fd;
}

void send_all(int fd, std::string_view text) {
    while (!text.empty()) {
        const auto sent = send(fd, text.data(), text.size(), MSG_NOSIGNAL);
        if (sent <= 0) give_up("a connection broke off while sending");
        text.remove_prefix(static_cast<std::size_t>(sent));
    }
}

// Length of the answer at the front of `text`; 0 when it is not whole yet.
std::size_t whole_answer(std::string_view text) {
    const auto end = text.find("\r\n\r\n");
    if (end == std::string_view::npos) return 0;
    std::string head(text.substr(0, end + 2));
    std::ranges::transform(head, head.begin(), [](unsigned char c) { return std::tolower(c); });
    std::size_t length = 0;
    constexpr std::string_view name = "\r\ncontent-length:";
    if (const auto at = head.find(name); at != std::string::npos) {
        const auto begin = head.find_first_not_of(' ', at + name.size());
        std::from_chars(head.data() + begin, head.data() + head.size(), length);
    }
    return text.size() >= end + 4 + length ? end + 4 + length : 0;
}

struct Connection {
    int fd = -1;
    Clock::time_point sent;
    std::string received;
};

class Generator {
  public:
    explicit Generator(const Load& load) : load_(load), epoll_(epoll_create1(EPOLL_CLOEXEC)) {
        for (int i = 0; i < load.connections; ++i) {
            connections_.push_back({.fd = connected(load.port), .sent = {}, .received = {}});
            epoll_event event{.events = EPOLLIN, .data = {.u32 = static_cast<unsigned>(i)}};
            epoll_ctl(epoll_, EPOLL_CTL_ADD, connections_.back().fd, &event);
        }
    }
    Generator(const Generator&) = delete;
    Generator& operator=(const Generator&) = delete;
    ~Generator() {
        for (const auto& each : connections_) close(each.fd);
        close(epoll_);
    }

    LoadResult run() {
        const double cpu = thread_cpu_seconds();
        const auto begin = Clock::now();
        end_ = begin + load_.time;
        for (int i = 0; i < load_.connections; ++i) ask(i);
        std::array<epoll_event, 64> events{};
        while (under_way_ > 0) {
            const int n = epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), 20000);
            if (n <= 0) give_up("the server stopped answering");
            for (int i = 0; i < n; ++i) receive(static_cast<int>(events[i].data.u32));
        }
        result_.seconds = std::chrono::duration<double>(Clock::now() - begin).count();
        result_.cpu_seconds = thread_cpu_seconds() - cpu;
        return std::move(result_);
    }

  private:
    void ask(int which) {
        auto& connection = connections_[static_cast<std::size_t>(which)];
        const std::string text = load_.next(which);
        connection.sent = Clock::now();
        send_all(connection.fd, text);
        ++under_way_;
    }

    void receive(int which) {
        auto& connection = connections_[static_cast<std::size_t>(which)];
        std::array<char, 64 * 1024> bytes;  // not cleared: this is the measuring loop
        const auto count = recv(connection.fd, bytes.data(), bytes.size(), 0);
        if (count <= 0) give_up("the server closed a connection");
        connection.received.append(bytes.data(), static_cast<std::size_t>(count));
        const auto length = whole_answer(connection.received);
        if (length == 0) return;
        const auto now = Clock::now();
        note(std::string_view(connection.received).substr(0, length), now - connection.sent);
        connection.received.erase(0, length);
        --under_way_;
        if (now < end_) ask(which);
    }

    void note(std::string_view answer, Clock::duration took) {
        const auto us = std::chrono::duration_cast<std::chrono::microseconds>(took).count();
        result_.us.push_back(static_cast<std::uint32_t>(us));
        if (answer.substr(9, 1) == "2") {
            ++result_.answered;
        } else {
            if (result_.refused++ == 0) result_.first_refusal = answer;
        }
    }

    const Load& load_;
    const int epoll_;
    std::vector<Connection> connections_;
    int under_way_ = 0;
    Clock::time_point end_;
    LoadResult result_;
};

[[noreturn]] void answer_for_ever(int listening, const std::string& reply) {
    const int epoll = epoll_create1(0);
    epoll_event event{.events = EPOLLIN, .data = {.fd = listening}};
    epoll_ctl(epoll, EPOLL_CTL_ADD, listening, &event);
    std::array<epoll_event, 64> events{};
    std::array<char, 16 * 1024> bytes{};
    for (;;) {
        const int n = epoll_wait(epoll, events.data(), static_cast<int>(events.size()), -1);
        for (int i = 0; i < n; ++i) {
            const int fd = events[i].data.fd;
            if (fd == listening) {
                event.data.fd = accept(listening, nullptr, nullptr);
                epoll_ctl(epoll, EPOLL_CTL_ADD, event.data.fd, &event);
                continue;
            }
            // One read holds one small request; the floor needs no parser.
            if (recv(fd, bytes.data(), bytes.size(), 0) <= 0) {
                close(fd);
            } else {
                send_all(fd, reply);
            }
        }
    }
}

}  // namespace

double LoadResult::per_second() const {
    return seconds > 0 ? static_cast<double>(answered) / seconds : 0;
}

double LoadResult::quantile(double q) const {
    if (us.empty()) return 0;
    auto sorted = us;
    const auto at = static_cast<std::ptrdiff_t>(q * static_cast<double>(sorted.size() - 1));
    std::nth_element(sorted.begin(), sorted.begin() + at, sorted.end());
    return sorted[static_cast<std::size_t>(at)];
}

void LoadResult::add(const LoadResult& other) {
    answered += other.answered;
    refused += other.refused;
    if (first_refusal.empty()) first_refusal = other.first_refusal;
    us.insert(us.end(), other.us.begin(), other.us.end());
    seconds += other.seconds;
    cpu_seconds += other.cpu_seconds;
}

LoadResult run_load(const Load& load) {
    return Generator(load).run();
}

std::string http_request(std::string_view method, std::string_view path, std::string_view cookie,
                         std::string_view peer, std::string_view body) {
    std::string out = fmt::format(
        "{} {} HTTP/1.1\r\nHost: localhost\r\nX-Evenkeel: 1\r\nCookie: {}\r\n"
        "X-Forwarded-For: {}\r\nSec-Fetch-Site: same-origin\r\nUser-Agent: bench\r\n",
        method, path, cookie, peer);
    if (!body.empty()) {
        out += fmt::format("Content-Type: application/json\r\nContent-Length: {}\r\n", body.size());
    }
    out += "\r\n";
    out += body;
    return out;
}

BareServer start_bare_server(std::string_view body) {
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    auto at = loopback(0);
    socklen_t size = sizeof at;
    if (bind(fd, reinterpret_cast<const sockaddr*>(&at), size) != 0 || listen(fd, 256) != 0 ||
        getsockname(fd, reinterpret_cast<sockaddr*>(&at), &size) != 0) {
        give_up("the bare server cannot listen");
    }
    const std::string reply = fmt::format(
        "HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{}",
        body.size(), body);
    const int pid = fork();
    if (pid == 0) answer_for_ever(fd, reply);
    close(fd);
    ends_with_us(pid);
    return {pid, ntohs(at.sin_port)};
}

}  // namespace evenkeel::bench
