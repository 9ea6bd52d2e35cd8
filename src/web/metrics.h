#pragma once
// Counts and latencies of requests, as Prometheus text.
//
// Labels are route patterns, never paths: a path holds the id of a person.
//
// Source: Prometheus text exposition format, version 0.0.4.

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "web/http.h"

namespace evenkeel::web {

class Metrics {
  public:
    // Thread-safe. `route` is a pattern, "" where none matched.
    void count(Method, std::string_view route, int status, std::chrono::nanoseconds took);
    // A number read when the text is asked for, such as the length of a queue.
    // `name` like "evenkeel_worker_queue_length".
    void gauge(std::string name, std::string help, std::function<double()>);
    void forget_gauge(std::string_view name);

    [[nodiscard]] std::string text() const;

    // Upper bounds of the latency buckets, seconds; +Inf comes after them.
    static constexpr std::array<double, 10> bounds{0.001, 0.0025, 0.005, 0.01, 0.025,
                                                   0.05,  0.1,    0.25,  1.0,  5.0};

  private:
    struct Series {
        std::array<std::uint64_t, 5> by_class{};  // 1xx to 5xx
        std::array<std::uint64_t, bounds.size() + 1> by_bound{};
        double seconds = 0;
    };
    struct Gauge {
        std::string help;
        std::function<double()> read;
    };
    mutable std::mutex mutex_;
    std::map<std::pair<std::string, Method>, Series, std::less<>> series_;
    std::map<std::string, Gauge, std::less<>> gauges_;
};

// Answers GET /metrics, for a listener of its own.
Handler metrics_handler(const Metrics&);

}  // namespace evenkeel::web
