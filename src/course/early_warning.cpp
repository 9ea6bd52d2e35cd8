#include "course/early_warning.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <random>
#include <tuple>

#include "course/series.h"

namespace evenkeel::course {
namespace {

constexpr double not_defined = std::numeric_limits<double>::quiet_NaN();

// R's ksmooth: the sd of a normal kernel whose quartiles lie at +-0.25.
constexpr double sd_of_unit_bandwidth = 0.3706506;

std::vector<double> smooth(std::span<const double> values, double bandwidth) {
    const double sd = sd_of_unit_bandwidth * bandwidth;
    const auto reach =
        static_cast<std::size_t>(std::min(std::floor(4 * sd), static_cast<double>(values.size())));
    std::vector<double> weights(reach + 1), out(values.size());
    for (std::size_t i = 0; i <= reach; ++i) {
        const double distance = static_cast<double>(i) / sd;
        weights[i] = std::exp(-0.5 * distance * distance);
    }
    for (std::size_t i = 0; i < values.size(); ++i) {
        const std::size_t from = i - std::min(i, reach);
        const std::size_t to = std::min(values.size() - 1, i + reach);
        double sum = 0, weight = 0;
        for (std::size_t j = from; j <= to; ++j) {
            const double w = weights[j < i ? i - j : j - i];
            sum += w * values[j];
            weight += w;
        }
        out[i] = sum / weight;
    }
    return out;
}

// Pairs out of order, by merge sort.
std::uint64_t inversions(std::vector<std::uint32_t>& ranks, std::vector<std::uint32_t>& space,
                         std::size_t from, std::size_t to) {
    if (to - from < 2) return 0;
    const std::size_t middle = from + (to - from) / 2;
    std::uint64_t count = inversions(ranks, space, from, middle);
    count += inversions(ranks, space, middle, to);
    std::size_t left = from, right = middle;
    for (std::size_t k = from; k < to; ++k) {
        const bool take_right = right < to && (left == middle || ranks[right] < ranks[left]);
        if (take_right) count += middle - left;
        space[k] = ranks[take_right ? right++ : left++];
    }
    std::copy(space.begin() + static_cast<std::ptrdiff_t>(from),
              space.begin() + static_cast<std::ptrdiff_t>(to),
              ranks.begin() + static_cast<std::ptrdiff_t>(from));
    return count;
}

std::vector<double> ar1_series(std::size_t n, double ar1, std::mt19937_64& engine) {
    std::normal_distribution<double> normal;
    std::vector<double> values(n);
    values[0] = normal(engine) / std::sqrt(1 - ar1 * ar1);
    for (std::size_t i = 1; i < n; ++i) values[i] = ar1 * values[i - 1] + normal(engine);
    return values;
}

double lag1(std::span<const double> values) {
    return rolling_indicators(values, values.size()).ar1[0];
}

std::array<std::optional<double>, 3> taus(const Indicators& indicators) {
    return {kendall_tau(indicators.ar1), kendall_tau(indicators.variance),
            kendall_tau(indicators.skewness)};
}

// About 10 seconds of work; below 99 surrogates a p of 0.01 cannot be had, so then there are none.
std::size_t affordable(std::size_t asked, std::size_t n, std::size_t window) {
    const double each = static_cast<double>(n - window + 1) * static_cast<double>(window) +
                        100.0 * static_cast<double>(n);
    const double most = 5e9 / each;
    if (static_cast<double>(asked) <= most) return asked;
    return most < 99 ? 0 : static_cast<std::size_t>(most);
}

// (1 + those that rise as much) / (1 + all); values within 1e-12 rise as much.
void compare(Tendency& found, std::span<const double> ascending) {
    if (!found.tau || ascending.empty()) return;
    const auto first = std::ranges::lower_bound(ascending, *found.tau - 1e-12);
    found.p_surrogate = static_cast<double>(1 + (ascending.end() - first)) /
                        static_cast<double>(1 + ascending.size());
}

// Up to a multiple of the step, and away from 1, where a series has no variance.
double shared_ar1(double ar1, double step) {
    constexpr double steepest = 0.99;
    // A hair of tolerance: what stands on a step stays there.
    if (step > 0) ar1 = std::ceil(ar1 / step - 1e-9) * step + 0.0;  // and no -0
    return std::clamp(ar1, -steepest, steepest);
}

}  // namespace

std::vector<double> detrended(std::span<const double> values, Detrend detrend, double bandwidth) {
    std::vector<double> out(values.begin(), values.end());
    if (detrend == Detrend::none || values.empty()) return out;
    if (detrend == Detrend::gaussian) {
        const auto trend = smooth(values, bandwidth);
        for (std::size_t i = 0; i < out.size(); ++i) out[i] -= trend[i];
        return out;
    }
    const double middle = (static_cast<double>(values.size()) - 1) / 2, mean = mean_of(values);
    double products = 0, squares = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const double time = static_cast<double>(i) - middle;
        products += time * (values[i] - mean);
        squares += time * time;
    }
    const double slope = squares > 0 ? products / squares : 0;
    for (std::size_t i = 0; i < out.size(); ++i) {
        out[i] -= mean + slope * (static_cast<double>(i) - middle);
    }
    return out;
}

Indicators rolling_indicators(std::span<const double> values, std::size_t window) {
    EK_ASSERT(window >= 2 && window <= values.size());
    const std::size_t n = values.size() - window + 1;
    const auto width = static_cast<double>(window);
    Indicators found{std::vector<double>(n), std::vector<double>(n), std::vector<double>(n)};
    std::vector<double> centred(window);
    for (std::size_t w = 0; w < n; ++w) {
        const double* first = values.data() + w;
        double sum = 0, low = first[0], high = first[0];
        for (std::size_t i = 0; i < window; ++i) {
            sum += first[i];
            low = std::min(low, first[i]);
            high = std::max(high, first[i]);
        }
        if (low == high) {
            found.ar1[w] = found.skewness[w] = not_defined;
            continue;
        }
        const double mean = sum / width;
        double squares = 0, cubes = 0, products = 0;
        for (std::size_t i = 0; i < window; ++i) {
            centred[i] = first[i] - mean;
            squares += centred[i] * centred[i];
            cubes += centred[i] * centred[i] * centred[i];
        }
        for (std::size_t i = 1; i < window; ++i) products += centred[i] * centred[i - 1];
        found.ar1[w] = products / squares;
        found.variance[w] = squares / (width - 1);
        found.skewness[w] = cubes / width / std::pow(squares / width, 1.5);
    }
    return found;
}

std::optional<double> kendall_tau(std::span<const double> values) {
    const std::vector<double> observed = observed_of(values).values;
    const std::size_t n = observed.size();
    if (n < 2) return std::nullopt;
    std::vector<std::uint32_t> order(n), ranks(n), space(n);
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(),
              [&](std::uint32_t a, std::uint32_t b) { return observed[a] < observed[b]; });
    const double largest =
        std::max(std::abs(observed[order.front()]), std::abs(observed[order.back()]));
    double tied_pairs = 0, run = 1;
    std::uint32_t rank = 0;
    ranks[order[0]] = 0;
    for (std::size_t i = 1; i < n; ++i) {
        if (observed[order[i]] - observed[order[i - 1]] > 1e-12 * largest) {
            tied_pairs += run * (run - 1) / 2;
            run = 0;
            ++rank;
        }
        ++run;
        ranks[order[i]] = rank;
    }
    tied_pairs += run * (run - 1) / 2;
    if (rank == 0) return std::nullopt;
    const double pairs = static_cast<double>(n) * (static_cast<double>(n) - 1) / 2;
    const auto discordant = static_cast<double>(inversions(ranks, space, 0, n));
    return (pairs - tied_pairs - 2 * discordant) / std::sqrt(pairs * (pairs - tied_pairs));
}

Result<EarlyWarning> early_warning(std::span<const double> values,
                                   const EarlyWarningOptions& options,
                                   const SurrogateSource& source) {
    Faults faults;
    check_series(values, "/values", faults);
    const std::size_t n = values.size();
    if (std::any_of(values.begin(), values.end(), [](double v) { return std::isnan(v); })) {
        faults.add("/values", "A value is missing: leave missing ones out.");
    } else if (n > 0 && constant(values)) {
        faults.add("/values", "All values are the same: there is nothing to follow.");
    }
    if (options.window < 3 || options.window > n) {
        faults.add("/window",
                   "The window must have at least 3 values and at most as many as the "
                   "series.");
    }
    if (!(options.bandwidth >= 0) || std::isinf(options.bandwidth)) {
        faults.add("/bandwidth", "The bandwidth must be a number above 0.");
    }
    if (!(options.surrogate_step >= 0 && options.surrogate_step <= 0.5)) {
        faults.add("/surrogate_step", "The step must be a number from 0 to 0.5.");
    }
    if (!faults.none()) return faults.error();

    EarlyWarning found;
    found.bandwidth = options.bandwidth > 0
                          ? options.bandwidth
                          : std::max(1.0, std::nearbyint(0.1 * static_cast<double>(n)));
    const auto series = detrended(values, options.detrend, found.bandwidth);
    found.indicators = rolling_indicators(series, options.window);
    for (std::size_t end = options.window; end <= n; ++end) found.window_end.push_back(end);
    const auto [ar1, variance, skewness] = taus(found.indicators);
    found.ar1.tau = ar1;
    found.variance.tau = variance;
    found.skewness.tau = skewness;
    found.surrogate_ar1 = shared_ar1(constant(series) ? 0 : lag1(series), options.surrogate_step);
    auto made = options;
    made.bandwidth = found.bandwidth;
    made.n_surrogates = affordable(options.n_surrogates, n, options.window);
    found.n_surrogates = made.n_surrogates;
    const auto surrogates = source ? source(n, found.surrogate_ar1, made)
                                   : std::make_shared<const SurrogateTendencies>(
                                         surrogate_tendencies(n, found.surrogate_ar1, made));
    compare(found.ar1, surrogates->ar1);
    compare(found.variance, surrogates->variance);
    compare(found.skewness, surrogates->skewness);
    return found;
}

SurrogateTendencies surrogate_tendencies(std::size_t length, double ar1,
                                         const EarlyWarningOptions& options) {
    SurrogateTendencies out;
    const std::array<std::vector<double>*, 3> lists{&out.ar1, &out.variance, &out.skewness};
    std::mt19937_64 engine(options.seed);
    for (std::size_t s = 0; s < options.n_surrogates; ++s) {
        const auto series =
            detrended(ar1_series(length, ar1, engine), options.detrend, options.bandwidth);
        const auto found = taus(rolling_indicators(series, options.window));
        for (std::size_t i = 0; i < 3; ++i) lists[i]->push_back(found[i].value_or(0));
    }
    for (auto* list : lists) std::ranges::sort(*list);
    return out;
}

SurrogateSource remembered_surrogates() {
    using Key =
        std::tuple<std::size_t, double, std::size_t, Detrend, double, std::size_t, std::uint64_t>;
    using Made = std::map<Key, std::shared_ptr<const SurrogateTendencies>>;
    return [made = std::make_shared<Made>()](std::size_t length, double ar1,
                                             const EarlyWarningOptions& options) {
        auto& place = (*made)[{length, ar1, options.window, options.detrend, options.bandwidth,
                               options.n_surrogates, options.seed}];
        if (!place) {
            place = std::make_shared<const SurrogateTendencies>(
                surrogate_tendencies(length, ar1, options));
        }
        return place;
    };
}

}  // namespace evenkeel::course
