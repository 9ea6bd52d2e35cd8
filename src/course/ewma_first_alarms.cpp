#include <algorithm>
#include <array>
#include <cmath>

#include "base/result.h"
#include "course/control_chart.h"

namespace evenkeel::course {
namespace {

// People side by side: the recurrence of one person waits for itself, those of eight do not.
constexpr std::size_t lanes = 8;
using Lanes = std::array<double, lanes>;

struct Limits {
    Lanes center{}, variance{};
};

// days: n_days rows of `lanes` values.
Limits baseline(const double* days, std::size_t n_days) {
    Limits limits;
    Lanes n{}, squares{};
    for (std::size_t d = 0; d < n_days; ++d) {
        for (std::size_t l = 0; l < lanes; ++l) {
            const double x = days[d * lanes + l];
            limits.center[l] += x == x ? x : 0;
            n[l] += x == x ? 1 : 0;
        }
    }
    for (std::size_t l = 0; l < lanes; ++l) limits.center[l] /= n[l];
    for (std::size_t d = 0; d < n_days; ++d) {
        for (std::size_t l = 0; l < lanes; ++l) {
            const double distance = days[d * lanes + l] - limits.center[l];
            squares[l] += distance == distance ? distance * distance : 0;
        }
    }
    for (std::size_t l = 0; l < lanes; ++l) limits.variance[l] = squares[l] / (n[l] - 1);
    return limits;
}

void follow(const double* days, std::size_t n_days, std::size_t baseline_days, double lambda,
            double limit, const Limits& limits, Lanes& first) {
    Lanes average{}, remaining, width;
    remaining.fill(1);
    first.fill(-1);
    const double kept = (1 - lambda) * (1 - lambda);
    for (std::size_t l = 0; l < lanes; ++l) {
        width[l] = limit * limit * limits.variance[l] * lambda / (2 - lambda);
    }
    for (std::size_t d = 0; d < n_days; ++d) {
        const double day = static_cast<double>(d), watched = d >= baseline_days ? 1 : 0;
        for (std::size_t l = 0; l < lanes; ++l) {
            const double x = days[d * lanes + l] - limits.center[l];
            const bool here = x == x;
            average[l] += here ? lambda * (x - average[l]) : 0;
            remaining[l] *= here ? kept : 1;
            // Squares on both sides, since a root for each day would be the dearest step.
            const double beyond = average[l] * average[l] > width[l] * (1 - remaining[l]) ? 1 : 0;
            const double fresh = here ? watched : 0;
            first[l] = beyond * fresh > 0 && first[l] < 0 ? day : first[l];
        }
    }
}

}  // namespace

void ewma_first_alarms(std::span<const double> values, std::size_t n_days,
                       std::size_t baseline_days, double lambda, double limit,
                       std::span<int> first_alarm) {
    const std::size_t n_people = first_alarm.size();
    EK_ASSERT(values.size() == n_days * n_people && baseline_days <= n_days);
    EK_ASSERT(lambda > 0 && lambda <= 1 && limit > 0);
    std::vector<double> days(n_days * lanes);
    Lanes first;
    for (std::size_t start = 0; start < n_people; start += lanes) {
        const std::size_t here = std::min(lanes, n_people - start);
        for (std::size_t l = 0; l < lanes; ++l) {
            const double* person = &values[(start + std::min(l, here - 1)) * n_days];
            for (std::size_t d = 0; d < n_days; ++d) days[d * lanes + l] = person[d];
        }
        const Limits limits = baseline(days.data(), baseline_days);
        follow(days.data(), n_days, baseline_days, lambda, limit, limits, first);
        for (std::size_t l = 0; l < here; ++l) {
            // Without spread there is no chart.
            first_alarm[start + l] = limits.variance[l] > 0 ? static_cast<int>(first[l]) : -1;
        }
    }
}

}  // namespace evenkeel::course
