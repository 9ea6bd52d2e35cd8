#pragma once
// Has a person's series left the range of its own stable time?
//
// Sources: Shewhart (1931); Roberts (1959), Technometrics 1:239-250 (EWMA); Page (1954),
// Biometrika 41:100-115 (CUSUM); Montgomery (2013), Introduction to Statistical Quality Control,
// ch. 6 and 9, for the formulas. Charts of residuals for dependent days: Alwan & Roberts (1988),
// J Bus Econ Stat 6:87-95.
// Limits: the limits hold their run length (course/run_length.h) for independent normal days with
// a known centre and spread. Few baseline days and dependent days both mean more false alarms.

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "base/result.h"

namespace evenkeel::course {

enum class Chart { ewma, cusum, shewhart };

// How the spread of a single day is judged from the baseline: from the mean difference of
// neighbouring days (mean moving range / 1.128), or as the standard deviation (n - 1).
enum class Spread { moving_range, standard_deviation };

// `residuals`: each day is first compared with what the days before let expect: a state that fades
// and noise of the single day, as the baseline has them (course/forecast.h; nothing from fewer
// than 10 days). The chart then looks at the surprises.
enum class Dependence { ignore, residuals };

struct ChartDesign {
    Chart chart = Chart::ewma;
    Spread spread = Spread::moving_range;
    Dependence dependence = Dependence::ignore;
    double lambda = 0.2;  // ewma: weight of the newest day, 0 < lambda <= 1
    double limit = 3;     // ewma, shewhart: width in standard errors, > 0
    double k = 0.5;       // cusum: half the shift to be found, in sd, >= 0
    double h = 5;         // cusum: decision limit, in sd, > 0
};

inline constexpr double largest_limit = 1000;  // standard errors: beyond it nothing is a limit

// Every fault of a design's numbers, at "/lambda", "/limit", "/k", "/h".
void check_design(const ChartDesign&, Faults&);

// Centre and spread of the baseline, in the units of the values.
struct Baseline {
    double center = 0, sd = 0;
    double ar1 = 0;     // lag-1 autocorrelation over neighbouring observed values
    std::size_t n = 0;  // values observed in the baseline
};

struct ChartPoint {
    std::size_t at = 0;                 // position in the values given
    double value = 0;                   // as charted: the day, or its residual around the centre
    double statistic = 0;               // ewma: the average; shewhart: the value; cusum: see below
    double lower = 0, upper = 0;        // limits of the statistic
    double positive = 0, negative = 0;  // cusum sums in sd; negative <= 0
    bool up = false, down = false;      // beyond the upper, the lower limit
};

struct ControlChart {
    Baseline baseline;
    double ar1_used = 0;             // of the fading state; 0 unless Dependence::residuals
    std::vector<ChartPoint> points;  // one for each observed value; cusum: statistic is the
                                     // larger of positive and -negative with its sign
    // Index into points: the first alarms after the baseline's last value.
    std::optional<std::size_t> first_alarm, first_up, first_down;
};

// Centre and spread of the observed values; NaN = missing. Fails with invalid_input, every fault
// named, if a value is infinite or too large (course/series.h), fewer than 2 are observed, or all
// are the same: no chart can tell a change from a spread of 0.
Result<Baseline> baseline_of(std::span<const double> values, Spread);

// The chart of a whole series. `values` in order of time, NaN = missing: such days are passed
// over. The baseline are the positions from <= i <= to. The statistic starts at the baseline's
// centre with the first value. Alarms inside the baseline are marked but are no first alarm.
// Fails with invalid_input as baseline_of does, or if the design is outside its domain or
// from > to or to is not a position.
Result<ControlChart> control_chart(std::span<const double> values, std::size_t from, std::size_t to,
                                   const ChartDesign&);

// The same with a centre and spread that are known; every value is watched, and Dependence plays
// no part. Fails with invalid_input if a number is outside its domain (sd > 0).
Result<ControlChart> control_chart(std::span<const double> values, const Baseline&,
                                   const ChartDesign&);

// EWMA for many people at once: column-major days x people, NaN = missing, the first
// baseline_days of each are the baseline (sd n - 1). Writes for each person the day (0-based) of
// the first alarm after the baseline, or -1 where there is none or no chart can be drawn.
// Same limits as control_chart with Spread::standard_deviation.
void ewma_first_alarms(std::span<const double> values, std::size_t n_days,
                       std::size_t baseline_days, double lambda, double limit,
                       std::span<int> first_alarm);

}  // namespace evenkeel::course
