#include "web/metrics.h"

#include <fmt/format.h>

#include <iterator>

namespace evenkeel::web {

namespace {

// Label values: backslash, quote and line break are escaped.
std::string label(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '\\' || c == '"') out += '\\';
        out += c == '\n' ? ' ' : c;
    }
    return out;
}

}  // namespace

void Metrics::count(Method method, std::string_view route, int status,
                    std::chrono::nanoseconds took) {
    const double seconds = std::chrono::duration<double>(took).count();
    std::size_t bucket = 0;
    while (bucket < bounds.size() && seconds > bounds[bucket]) ++bucket;
    const auto status_class =
        static_cast<std::size_t>(status < 100 || status > 599 ? 4 : status / 100 - 1);
    const std::lock_guard lock(mutex_);
    Series& series = series_[{std::string(route), method}];
    ++series.by_class[status_class];
    ++series.by_bound[bucket];
    series.seconds += seconds;
}

void Metrics::gauge(std::string name, std::string help, std::function<double()> read) {
    const std::lock_guard lock(mutex_);
    gauges_.insert_or_assign(std::move(name), Gauge{std::move(help), std::move(read)});
}

void Metrics::forget_gauge(std::string_view name) {
    const std::lock_guard lock(mutex_);
    const auto found = gauges_.find(name);
    if (found != gauges_.end()) gauges_.erase(found);
}

std::string Metrics::text() const {
    std::string text;
    auto out = std::back_inserter(text);
    const std::lock_guard lock(mutex_);
    text +=
        "# HELP evenkeel_requests_total Requests answered.\n"
        "# TYPE evenkeel_requests_total counter\n";
    for (const auto& [key, series] : series_) {
        for (std::size_t i = 0; i < series.by_class.size(); ++i) {
            if (series.by_class[i] == 0) continue;
            fmt::format_to(
                out, "evenkeel_requests_total{{method=\"{}\",route=\"{}\",status=\"{}xx\"}} {}\n",
                name_of(key.second), label(key.first), i + 1, series.by_class[i]);
        }
    }
    text +=
        "# HELP evenkeel_request_seconds Time from the whole request to the whole answer.\n"
        "# TYPE evenkeel_request_seconds histogram\n";
    for (const auto& [key, series] : series_) {
        const std::string labels =
            fmt::format("method=\"{}\",route=\"{}\"", name_of(key.second), label(key.first));
        std::uint64_t sum = 0;
        for (std::size_t i = 0; i < series.by_bound.size(); ++i) {
            sum += series.by_bound[i];
            const std::string bound = i < bounds.size() ? fmt::format("{}", bounds[i]) : "+Inf";
            fmt::format_to(out, "evenkeel_request_seconds_bucket{{{},le=\"{}\"}} {}\n", labels,
                           bound, sum);
        }
        fmt::format_to(out, "evenkeel_request_seconds_sum{{{}}} {}\n", labels, series.seconds);
        fmt::format_to(out, "evenkeel_request_seconds_count{{{}}} {}\n", labels, sum);
    }
    for (const auto& [name, gauge] : gauges_) {
        fmt::format_to(out, "# HELP {0} {1}\n# TYPE {0} gauge\n{0} {2}\n", name, gauge.help,
                       gauge.read());
    }
    return text;
}

Handler metrics_handler(const Metrics& metrics) {
    return [&metrics](Request& request) {
        if (request.path != "/metrics") return problem(404, "The numbers are at /metrics.");
        if (request.method != Method::get && request.method != Method::head) {
            Response response = problem(405, "The numbers can only be read.");
            response.headers.emplace_back("Allow", "GET, HEAD");
            return response;
        }
        Response response;
        response.body = metrics.text();
        response.content_type = "text/plain; version=0.0.4; charset=utf-8";
        return response;
    };
}

}  // namespace evenkeel::web
