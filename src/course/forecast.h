#pragma once
// What may the next days be like, if nothing changes?
//
// Source: Durbin & Koopman (2012), Time Series Analysis by State Space Methods, ch. 2, 4 and 7: a
// level, a state that fades towards it (AR(1)) and noise of the single day, by the Kalman filter;
// the level by generalised least squares, the rest by restricted likelihood on a grid, of which
// every point counts by its likelihood (a flat prior), so that what the days do not tell of the
// fading widens the intervals. The 80 % interval is narrower or wider as the middle 80 % of the
// person's own surprises is: with heavy tails the normal one holds too much.
// Limits: no trend and no weekly cycle.

#include <cstddef>
#include <span>
#include <vector>

#include "base/result.h"

namespace evenkeel::course {

struct ForecastDay {
    double expected = 0, lower_80 = 0, upper_80 = 0, lower_95 = 0, upper_95 = 0;
};

struct Forecast {
    // Of the likeliest point; the share of the day's noise in all variance.
    double level = 0, ar1 = 0, noise_share = 0;
    double log_likelihood = 0;  // restricted
    std::size_t n = 0;          // observed days
    std::vector<ForecastDay> days;
};

// `values`: one for each day, NaN = missing, which widens what follows but is not filled in.
// Fails with invalid_input, every fault named, if fewer than 10 days are observed, they are
// constant, infinite or too large, or n_days is not from 1 to 3650.
Result<Forecast> forecast(std::span<const double> values, std::size_t n_days);

}  // namespace evenkeel::course
