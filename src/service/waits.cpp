#include "service/waits.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "course/survival.h"

namespace evenkeel::service {
namespace {

constexpr double rounding = 1e-9;  // of a product of shares; a share of people is far coarser

}  // namespace

std::optional<WaitForecast> wait_forecast(std::span<const Wait> waits, double waited_days) {
    EK_ASSERT(std::isfinite(waited_days) && waited_days >= 0);
    WaitForecast out{.people = waits.size()};
    // Who waited at least as long: the curve of these is the curve of all, given the wait so far.
    std::vector<double> days, began;
    for (const auto& each : waits) {
        EK_ASSERT(std::isfinite(each.days) && each.days >= 0);
        out.began += each.began ? 1 : 0;
        if (each.days <= waited_days) continue;
        days.push_back(each.days);
        began.push_back(each.began ? 1 : 0);
    }
    out.alike = days.size();
    if (out.began < began_min || out.alike < alike_min) return std::nullopt;
    const auto curves = course::survival(days, began, {}, 1);
    EK_ASSERT(curves.ok());
    std::optional<double> low;
    for (const auto& point : curves.value().curves.front().points) {
        const double share = 1 - point.survival + rounding;
        if (!low && share >= forecast_low) low = point.time - waited_days;
        if (!out.to_days && share >= forecast_high) out.to_days = point.time - waited_days;
    }
    if (!low) return std::nullopt;  // hardly any of them began
    out.from_days = *low;
    return out;
}

}  // namespace evenkeel::service
