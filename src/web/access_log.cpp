#include "web/access_log.h"

#include <unistd.h>

#include <cmath>
#include <cstdint>

#include "base/clock.h"
#include "exchange/json.h"

namespace evenkeel::web {

std::string access_line(std::chrono::system_clock::time_point at, const Request& request,
                        int status, std::size_t bytes, std::chrono::nanoseconds took) {
    const double milliseconds = std::chrono::duration<double, std::milli>(took).count();
    exchange::JsonWriter out;
    out.begin_object();
    out.key("at");
    out.text(to_string(std::chrono::floor<Milliseconds>(at)));
    out.key("method");
    out.text(name_of(request.method));
    out.key("route");
    out.text(request.route.empty() ? "-" : std::string_view(request.route));
    out.key("status");
    out.number(std::int64_t{status});
    out.key("ms");
    out.number(std::round(milliseconds * 100) / 100);
    out.key("bytes");
    out.number(std::uint64_t{bytes});
    out.end_object();
    return out.take();
}

void log_to_stderr(std::string_view line) {
    std::string text(line);
    text += '\n';
    // A log that cannot be written must not stop the service.
    [[maybe_unused]] const auto written = ::write(STDERR_FILENO, text.data(), text.size());
}

}  // namespace evenkeel::web
