#include "course/detail/fading_state.h"

namespace evenkeel::course::detail {
namespace {

FadingFit fit_of(std::span<const double> values, double ar1, double noise) {
    FadingFit fit{.filter = {ar1, noise}};
    double yy = 0, y1 = 0, n = 0;
    double logs = 0, product = 1;  // of the variances: a logarithm only before it overflows
    for (const double value : values) {
        fit.filter.predict();
        if (std::isnan(value)) continue;
        const auto surprise = fit.filter.update(value);
        const double weight = 1 / surprise.variance;
        yy += surprise.value * surprise.value * weight;
        y1 += surprise.value * surprise.of_one * weight;
        fit.information += surprise.of_one * surprise.of_one * weight;
        product *= surprise.variance;
        if (product > 1e100 || product < 1e-100) {
            logs += std::log(product);
            product = 1;
        }
        n += 1;
    }
    logs += std::log(product);
    fit.level = y1 / fit.information;
    fit.scale = (yy - y1 * fit.level) / (n - 1);
    fit.log_likelihood = -0.5 * ((n - 1) * std::log(fit.scale) + logs + std::log(fit.information));
    return fit;
}

}  // namespace

std::vector<FadingFit> fading_fits(std::span<const double> values) {
    std::vector<FadingFit> fits;
    for (int step = -49; step <= 49; ++step) {
        // A state that alternates, or fades at once, is not told from noise.
        const int n_shares = step > 0 ? 10 : 1;
        for (int share = 0; share < n_shares; ++share) {
            fits.push_back(fit_of(values, 0.02 * step, 0.1 * share));
        }
    }
    return fits;
}

}  // namespace evenkeel::course::detail
