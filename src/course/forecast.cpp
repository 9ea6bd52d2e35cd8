#include "course/forecast.h"

#include <array>
#include <cmath>

#include "course/series.h"
#include "numerics/distributions.h"

namespace evenkeel::course {
namespace {

constexpr std::size_t fewest = 10;
constexpr std::array noise_shares{0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9};

// The filter of a fading state with stationary variance 1 - noise and daily noise `noise`, run on
// the series and on a series of ones with the same gains: what the level explains falls out.
struct Filter {
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

struct Fit {
    Filter filter;
    double level = 0, information = 0, scale = 0, log_likelihood = -INFINITY;
};

Fit fit_of(std::span<const double> values, double ar1, double noise, double n) {
    Fit fit{.filter = {ar1, noise}};
    double yy = 0, y1 = 0, logs = 0;
    for (const double value : values) {
        fit.filter.predict();
        if (std::isnan(value)) continue;
        const auto surprise = fit.filter.update(value);
        yy += surprise.value * surprise.value / surprise.variance;
        y1 += surprise.value * surprise.of_one / surprise.variance;
        fit.information += surprise.of_one * surprise.of_one / surprise.variance;
        logs += std::log(surprise.variance);
    }
    fit.level = y1 / fit.information;
    fit.scale = (yy - y1 * fit.level) / (n - 1);
    fit.log_likelihood = -0.5 * ((n - 1) * std::log(fit.scale) + logs + std::log(fit.information));
    return fit;
}

}  // namespace

Result<Forecast> forecast(std::span<const double> values, std::size_t n_days) {
    Faults faults;
    check_series(values, "/values", faults);
    const auto observed = observed_of(values).values;
    if (observed.size() < fewest) {
        faults.add("/values", "A forecast needs at least 10 observed days.");
    } else if (constant(observed)) {
        faults.add("/values", "All values are the same: nothing says how far a day may stray.");
    }
    if (n_days < 1 || n_days > 3650) faults.add("/days", "Give 1 to 3650 days.");
    if (!faults.none()) return faults.error();

    // Around the mean, so that adding a constant only moves the forecast.
    const double mean = mean_of(observed), n = static_cast<double>(observed.size());
    std::vector<double> around(values.begin(), values.end());
    for (double& value : around) value -= mean;
    Fit best;
    for (int step = 0; step <= 49; ++step) {
        for (const double noise : noise_shares) {
            if (step == 0 && noise > 0) continue;  // without fading all is noise of the day
            const Fit fit = fit_of(around, 0.02 * step, noise, n);
            if (fit.log_likelihood > best.log_likelihood) best = fit;
        }
    }
    Forecast found{.level = mean + best.level,
                   .ar1 = best.filter.ar1,
                   .noise_share = best.filter.noise,
                   .log_likelihood = best.log_likelihood,
                   .n = observed.size()};
    const double wide_80 = numerics::t_quantile(0.9, n - 1);
    const double wide_95 = numerics::t_quantile(0.975, n - 1);
    for (std::size_t day = 0; day < n_days; ++day) {
        best.filter.predict();
        const double of_level = 1 - best.filter.state_of_one;
        const double expected = mean + best.filter.state + of_level * best.level;
        const double error = std::sqrt(best.scale * (best.filter.variance + best.filter.noise +
                                                     of_level * of_level / best.information));
        found.days.push_back({expected, expected - wide_80 * error, expected + wide_80 * error,
                              expected - wide_95 * error, expected + wide_95 * error});
    }
    return found;
}

}  // namespace evenkeel::course
