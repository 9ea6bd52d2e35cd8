#pragma once
// Is a person's series losing its power to spring back: slower, wider, more lopsided?
//
// Sources: Scheffer et al. (2009), Nature 461:53-59; Dakos et al. (2012), PLoS ONE 7:e41010
// (rolling indicators, Gaussian detrending, Kendall's tau, surrogates); van de Leemput et al.
// (2014), PNAS 111:87-92, for depression; Kendall (1970), Rank Correlation Methods (tau-b).
// Limits: overlapping windows are dependent, so tau has no p value of its own; the surrogates give
// one under a stationary AR(1) series without change. One person's indicators may rise without a
// transition, and a transition may come without them.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "base/result.h"

namespace evenkeel::course {

enum class Detrend { none, linear, gaussian };

// The series without its trend over the positions 1 to n. Gaussian: minus a kernel average whose
// quartiles lie at a quarter of the bandwidth (sd 0.3706506 * bandwidth), cut off at 4 sd.
// bandwidth > 0 in positions; the other kinds do not look at it. No missing values.
std::vector<double> detrended(std::span<const double> values, Detrend, double bandwidth);

// One value for each window of a series, the first one for the first `window` values.
struct Indicators {
    std::vector<double> ar1;       // lag-1 autocorrelation, divisor n in both sums
    std::vector<double> variance;  // n - 1
    std::vector<double> skewness;  // m3 / m2^1.5
};

// A window with one value throughout has variance 0 and, as the only gap here, NaN for the two
// others. 3 <= window <= length; finite values.
Indicators rolling_indicators(std::span<const double> values, std::size_t window);

// Kendall's tau-b of the values with their order. Values within 1e-12 of the largest are a tie, so
// that windows with the same values in another order are. NaN are left out; nullopt with fewer
// than 2 different values.
std::optional<double> kendall_tau(std::span<const double> values);

struct EarlyWarningOptions {
    std::size_t window = 0;
    Detrend detrend = Detrend::none;
    double bandwidth = 0;  // 0: a tenth of the series
    std::size_t n_surrogates = 1000;
    std::uint64_t seed = 1;
    // Rounds the surrogates' autocorrelation up to a multiple of this, so that many people share
    // them: slower series wander more, so it errs towards silence. 0: the series' own.
    double surrogate_step = 0;
};

// The tendencies of surrogates in ascending order, one list for each indicator.
struct SurrogateTendencies {
    std::vector<double> ar1, variance, skewness;
};

// A series without change of `length` values and this lag-1 autocorrelation (-1 < ar1 < 1), as
// often as options.n_surrogates says. The bandwidth is that of the options, above 0 where the
// detrending has one. A function of its arguments: whoever asks often may remember it.
SurrogateTendencies surrogate_tendencies(std::size_t length, double ar1,
                                         const EarlyWarningOptions&);

// Where surrogates come from: surrogate_tendencies, or a memory before it.
using SurrogateSource = std::function<std::shared_ptr<const SurrogateTendencies>(
    std::size_t length, double ar1, const EarlyWarningOptions&)>;

// A source that remembers what it made, for one thread at a time.
SurrogateSource remembered_surrogates();

struct Tendency {
    std::optional<double> tau;          // absent: fewer than 2 different values
    std::optional<double> p_surrogate;  // share of surrogates that rise as much or more
};

struct EarlyWarning {
    Indicators indicators;
    std::vector<std::size_t> window_end;  // 1-based position of each window's last value
    Tendency ar1, variance, skewness;
    double bandwidth = 0;
    double surrogate_ar1 = 0;      // of the surrogates, from the detrended series, rounded up
    std::size_t n_surrogates = 0;  // made: fewer than asked for when the series is very long
};

// Indicators, their tendency, and how often a series without change shows as much: (1 + number of
// surrogates with tau >= the observed) / (1 + number). Surrogates are stationary AR(1) series of
// the same length, detrended like the series itself. No missing values: gaps are closed.
// Fails with invalid_input, every fault named, if a value is missing, infinite or too large, the
// series is constant, window is not from 3 to the length, or the bandwidth is negative.
// A step below 0 or above 0.5 is a fault too, at "/surrogate_step".
Result<EarlyWarning> early_warning(std::span<const double> values, const EarlyWarningOptions&,
                                   const SurrogateSource& = {});

}  // namespace evenkeel::course
