#pragma once
// A level, a state that fades towards it (AR(1)) and noise of the single day: what does each day of
// a series say beyond what was expected of it?
//
// Source: Durbin & Koopman (2012), Time Series Analysis by State Space Methods, ch. 2, 4 and 7: the
// Kalman filter, the level by generalised least squares, restricted likelihood.

#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

namespace evenkeel::course::detail {

inline constexpr std::size_t fewest_days = 10;  // observed, for a fit

// The filter of a state with stationary variance 1 - noise and daily noise `noise`, run on the
// series and on a series of ones with the same gains: what the level explains falls out.
struct FadingState {
    double ar1 = 0, noise = 0;
    double state = 0, state_of_one = 0, variance = 1 - noise;

    struct Surprise {
        double value, of_one, variance;
    };
    void predict() {
        state *= ar1;
        state_of_one *= ar1;
        variance = ar1 * ar1 * variance + (1 - noise) * (1 - ar1 * ar1);
    }
    Surprise update(double value) {
        const Surprise found{value - state, 1 - state_of_one, variance + noise};
        const double gain = variance / found.variance;
        state += gain * found.value;
        state_of_one += gain * found.of_one;
        variance *= 1 - gain;
        return found;
    }
};

struct FadingFit {
    FadingState filter;  // after the last day
    double level = 0, information = 0, scale = 0, log_likelihood = -INFINITY;
    double weight = 0;  // for whoever weighs the points of a grid

    bool operator<(const FadingFit& other) const { return log_likelihood < other.log_likelihood; }
};

// The fit at each point of a grid of fadings and, where a state fades slowly enough to be told from
// it, shares of noise. `values`: one for each day, NaN = missing; at least fewest_days observed,
// not all the same.
std::vector<FadingFit> fading_fits(std::span<const double> values);

}  // namespace evenkeel::course::detail
