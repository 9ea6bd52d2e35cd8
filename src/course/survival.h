#pragma once
// How long until it happens, when some people are not seen until the end? Survival by
// Kaplan-Meier, its median and restricted mean, and whether groups differ.
//
// Methods: Kaplan & Meier (1958), J Am Stat Assoc 53:457-481; Greenwood's variance; intervals
// on the scales of Kalbfleisch & Prentice (2002), sec. 1.4; the restricted mean's variance,
// Klein & Moeschberger (2003), sec. 4.5; G-rho tests, Harrington & Fleming (1982), Biometrika
// 69:553-566 (rho = 0 is the log-rank test).
// Limits: leaving must say nothing about what would have happened; groups are not adjusted.

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/result.h"

namespace evenkeel::course {

enum class SurvivalInterval { log, plain, log_log };

struct SurvivalPoint {
    double time = 0;
    std::size_t at_risk = 0, events = 0, censored = 0;
    double survival = 1, cumulative_hazard = 0;  // Nelson-Aalen
    // Absent where the scale has no value: after the last person, or before the first event.
    std::optional<double> se, lower, upper;  // 95 %
};

struct SurvivalCurve {
    std::size_t n = 0, n_events = 0;
    std::vector<SurvivalPoint> points;  // every time with an event or a departure
    // Absent where the curve (or its bound) does not come down to one half.
    std::optional<double> median, median_lower, median_upper;
    double horizon = 0, restricted_mean = 0;  // mean time until the event, at most the horizon
    std::optional<double> restricted_mean_se;
};

struct SurvivalTest {
    double statistic = 0;
    std::size_t df = 0;
    double p = 1;
};

struct SurvivalOptions {
    SurvivalInterval interval = SurvivalInterval::log;
    std::optional<double> horizon;  // else the last time of all
};

struct Survival {
    std::vector<SurvivalCurve> curves;     // by group
    std::optional<SurvivalTest> log_rank;  // of two groups or more
    std::optional<SurvivalTest> peto;      // rho = 1: early differences weigh more
    double horizon = 0;
    std::size_t n_left_out = 0;  // a missing time, event or group (-1)
};

inline constexpr std::size_t max_survival_groups = 100;

// `event` is 1 or 0 (left without it). `group` from 0 to n_groups - 1, or empty.
// Fails with invalid_input, every fault named with "/rows/ROW": a time below 0 or not finite,
// an event other than 0 and 1; nobody with a time, more than max_survival_groups groups, a
// horizon that is not above 0.
Result<Survival> survival(std::span<const double> time, std::span<const double> event,
                          std::span<const std::int32_t> group, std::size_t n_groups,
                          SurvivalOptions = {});

// Checks times and events, and gives the rows that have both. Faults as above.
Result<std::vector<std::size_t>> rows_with_times(std::span<const double> time,
                                                 std::span<const double> event);

}  // namespace evenkeel::course
