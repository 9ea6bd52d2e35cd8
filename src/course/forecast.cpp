#include "course/forecast.h"

#include <algorithm>
#include <cmath>

#include "course/detail/fading_state.h"
#include "course/series.h"
#include "numerics/distributions.h"

namespace evenkeel::course {
namespace {

using detail::FadingFit;

// Weights by likelihood, which sum to 1; what weighs next to nothing goes.
void keep_likely(std::vector<FadingFit>& fits, double best) {
    constexpr double least = 1e-3;
    double sum = 0;
    for (auto& fit : fits) {
        fit.weight = std::exp(fit.log_likelihood - best);
        if (fit.weight >= least) sum += fit.weight;
    }
    std::erase_if(fits, [](const FadingFit& fit) { return fit.weight < least; });
    for (auto& fit : fits) fit.weight /= sum;
}

// The middle 80 % of the person's own surprises, as a share of its width if they were normal. Few
// days say little about a shape: as if there were 30 normal days besides.
double middle_of_surprises(std::span<const double> values, const FadingFit& fit) {
    constexpr double other_days = 30;
    detail::FadingState filter{fit.filter.ar1, fit.filter.noise};
    std::vector<double> sizes;
    double squares = 0;
    for (const double value : values) {
        filter.predict();
        if (std::isnan(value)) continue;
        const auto surprise = filter.update(value);
        const double size = std::abs(surprise.value - surprise.of_one * fit.level);
        sizes.push_back(size / std::sqrt(surprise.variance));
        squares += sizes.back() * sizes.back();
    }
    const auto n = static_cast<double>(sizes.size());
    const auto at = sizes.begin() + static_cast<std::ptrdiff_t>(0.8 * n);
    std::nth_element(sizes.begin(), at, sizes.end());
    const double share = *at / (std::sqrt(squares / n) * numerics::normal_quantile(0.9));
    return (n * share + other_days) / (n + other_days);
}

struct Ahead {
    double mean = 0, variance = 0;
};

// Moves every filter on by a day; mean and variance of the mixture of what they expect.
Ahead next_day(std::vector<FadingFit>& fits) {
    Ahead ahead;
    std::vector<double> means;
    for (auto& fit : fits) {
        fit.filter.predict();
        const double of_level = 1 - fit.filter.state_of_one;
        means.push_back(fit.filter.state + of_level * fit.level);
        ahead.mean += fit.weight * means.back();
        ahead.variance +=
            fit.weight * fit.scale *
            (fit.filter.variance + fit.filter.noise + of_level * of_level / fit.information);
    }
    for (std::size_t k = 0; k < fits.size(); ++k) {
        ahead.variance += fits[k].weight * (means[k] - ahead.mean) * (means[k] - ahead.mean);
    }
    return ahead;
}

}  // namespace

Result<Forecast> forecast(std::span<const double> values, std::size_t n_days) {
    Faults faults;
    check_series(values, "/values", faults);
    const auto observed = observed_of(values).values;
    if (observed.size() < detail::fewest_days) {
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
    auto fits = detail::fading_fits(around);
    const auto best = std::max_element(fits.begin(), fits.end());
    Forecast found{.level = mean + best->level,
                   .ar1 = best->filter.ar1,
                   .noise_share = best->filter.noise,
                   .log_likelihood = best->log_likelihood,
                   .n = observed.size()};
    const double wide_80 = numerics::t_quantile(0.9, n - 1) * middle_of_surprises(around, *best);
    keep_likely(fits, best->log_likelihood);
    const double wide_95 = numerics::t_quantile(0.975, n - 1);
    for (std::size_t day = 0; day < n_days; ++day) {
        const auto ahead = next_day(fits);
        const double expected = mean + ahead.mean, error = std::sqrt(ahead.variance);
        found.days.push_back({expected, expected - wide_80 * error, expected + wide_80 * error,
                              expected - wide_95 * error, expected + wide_95 * error});
    }
    return found;
}

}  // namespace evenkeel::course
