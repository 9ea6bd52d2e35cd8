#include "course/series.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace evenkeel::course {

void check_series(std::span<const double> values, std::string_view where, Faults& faults) {
    constexpr std::size_t most = 10;
    std::size_t found = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (std::isnan(values[i]) || std::abs(values[i]) <= largest_magnitude) continue;
        if (++found > most) continue;
        faults.add(fmt::format("{}/{}", where, i),
                   std::isinf(values[i]) ? "The value is infinite: give a number or leave it empty."
                                         : "The value is too large to compute with: use a smaller "
                                           "unit.");
    }
    if (found > most) {
        faults.add(std::string(where), fmt::format("And {} more of this kind.", found - most));
    }
}

Observed observed_of(std::span<const double> values) {
    Observed observed;
    observed.values.reserve(values.size());
    observed.positions.reserve(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (std::isnan(values[i])) continue;
        observed.values.push_back(values[i]);
        observed.positions.push_back(i);
    }
    return observed;
}

double mean_of(std::span<const double> values) {
    if (values.empty()) return std::numeric_limits<double>::quiet_NaN();
    // In extended precision, as R does: changes at a tie then fall to the same side.
    const auto n = static_cast<long double>(values.size());
    long double sum = 0, rest = 0;
    for (const double value : values) sum += value;
    const double mean = static_cast<double>(sum / n);
    for (const double value : values) rest += value - mean;
    return static_cast<double>(mean + rest / n);
}

bool constant(std::span<const double> values) {
    if (values.empty()) return true;
    const auto [low, high] = std::minmax_element(values.begin(), values.end());
    return *high - *low <= 1e-13 * std::max(std::abs(*low), std::abs(*high));
}

Result<std::vector<double>> standardized(std::span<const double> values) {
    if (values.size() < 2 || constant(values)) {
        return Error{Fault::invalid_input, "/values",
                     "Fewer than 2 different values: there is no spread to divide by."};
    }
    const double mean = mean_of(values);
    long double squares = 0;
    for (const double value : values) {
        const long double distance = static_cast<long double>(value) - mean;
        squares += distance * distance;
    }
    const double sd =
        std::sqrt(static_cast<double>(squares / static_cast<long double>(values.size() - 1)));
    std::vector<double> out;
    out.reserve(values.size());
    for (const double value : values) out.push_back((value - mean) / sd);
    return out;
}

}  // namespace evenkeel::course
