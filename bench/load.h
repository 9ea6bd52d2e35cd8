#pragma once
// A load generator: keep-alive connections driven by one epoll loop, each with one
// request under way. Closed loop: what it tells is saturation, not latency at rest.

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace evenkeel::bench {

struct Load {
    std::uint16_t port = 0;
    int connections = 64;
    std::chrono::milliseconds time{3000};
    // The next request of a connection, head and body.
    std::function<std::string(int connection)> next;
};

struct LoadResult {
    std::uint64_t answered = 0;     // with 2xx
    std::uint64_t refused = 0;      // with anything else
    std::string first_refusal;      // its text, to say what went wrong
    std::vector<std::uint32_t> us;  // of each answer
    double seconds = 0;             // from the first request to the last answer
    double cpu_seconds = 0;         // of this thread: the generator's own cost

    [[nodiscard]] double per_second() const;
    // 0 < q < 1; microseconds.
    [[nodiscard]] double quantile(double q) const;
    void add(const LoadResult&);
};

// Ends the process with a message when the port does not answer.
LoadResult run_load(const Load&);

// A request with its head. `peer` goes into X-Forwarded-For.
std::string http_request(std::string_view method, std::string_view path, std::string_view cookie,
                         std::string_view peer, std::string_view body);

// An answerer that knows one canned reply, on a thread of its own process: the floor
// under every HTTP server on this machine.
struct BareServer {
    int pid = 0;
    std::uint16_t port = 0;
};
BareServer start_bare_server(std::string_view body);

}  // namespace evenkeel::bench
