#include "course/run_length.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

#include "numerics/distributions.h"
#include "numerics/optimise.h"
#include "numerics/quadrature.h"

namespace evenkeel::course {
namespace {

using numerics::normal_cdf;
using numerics::normal_density;
using numerics::normal_upper;
using numerics::Quadrature;

constexpr double longest = 1e10;
constexpr std::size_t most_points = 640;

// Solves a x = b in place by elimination with row exchanges; a by rows, n x n. False if singular.
bool solve(std::vector<double>& a, std::vector<double>& b) {
    const std::size_t n = b.size();
    for (std::size_t k = 0; k < n; ++k) {
        std::size_t pivot = k;
        for (std::size_t i = k + 1; i < n; ++i) {
            if (std::abs(a[i * n + k]) > std::abs(a[pivot * n + k])) pivot = i;
        }
        if (!(std::abs(a[pivot * n + k]) > 1e-300)) return false;
        if (pivot != k) {
            std::swap_ranges(&a[k * n], &a[k * n] + n, &a[pivot * n]);
            std::swap(b[k], b[pivot]);
        }
        for (std::size_t i = k + 1; i < n; ++i) {
            const double factor = a[i * n + k] / a[k * n + k];
            if (factor == 0) continue;
            for (std::size_t j = k; j < n; ++j) a[i * n + j] -= factor * a[k * n + j];
            b[i] -= factor * b[k];
        }
    }
    for (std::size_t k = n; k-- > 0;) {
        for (std::size_t j = k + 1; j < n; ++j) b[k] -= a[k * n + j] * b[j];
        b[k] /= a[k * n + k];
    }
    return true;
}

// A chart between alarms as a chain on an interval: from u, the statistic moves to x with a
// density, or is held at the lower end with a probability.
struct Chain {
    double lower = 0, upper = 0;
    double start = 0;
    std::function<double(double from, double to)> density;
    std::function<double(double from)> held_below;  // empty: an alarm below too
};

// L(u) = 1 + held(u) L(lower) + integral of density(u, x) L(x) dx, at the rule's points and, where
// the statistic can be held, at the lower end as a last unknown.
std::vector<double> run_lengths(const Chain& chain, const Quadrature& rule) {
    const std::size_t n = rule.points.size(), all = n + (chain.held_below ? 1 : 0);
    std::vector<double> matrix(all * all), lengths(all, 1.0);
    for (std::size_t i = 0; i < all; ++i) {
        const double u = i < n ? rule.points[i] : chain.lower;
        for (std::size_t j = 0; j < n; ++j) {
            matrix[i * all + j] = -rule.weights[j] * chain.density(u, rule.points[j]);
        }
        if (chain.held_below) matrix[i * all + n] = -chain.held_below(u);
        matrix[i * all + i] += 1;
    }
    if (!solve(matrix, lengths)) return {};
    return lengths;
}

double length_from(const Chain& chain, const Quadrature& rule, const std::vector<double>& lengths,
                   double u) {
    double length = 1;
    const std::size_t n = rule.points.size();
    for (std::size_t j = 0; j < n; ++j) {
        length += rule.weights[j] * chain.density(u, rule.points[j]) * lengths[j];
    }
    return chain.held_below ? length + chain.held_below(u) * lengths[n] : length;
}

Error unsolved() {
    return {Fault::not_converged, "",
            "The run length is beyond 1e10 days or cannot be computed to 4 figures: choose a "
            "narrower limit or a larger lambda."};
}

// Doubles the number of points until the answer stands.
Result<double> refined(const std::function<double(std::size_t)>& with_points) {
    double before = with_points(40);
    for (std::size_t n = 80; n <= most_points; n *= 2) {
        const double now = with_points(n);
        if (!std::isfinite(now) || now < 1 - 1e-6 || now > longest) break;
        // The equation loses a figure for each factor of ten in the length.
        if (std::abs(now - before) <= (1e-7 + 1e-14 * now) * now) return std::max(now, 1.0);
        before = now;
    }
    return unsolved();
}

Result<double> chain_length(const Chain& chain) {
    return refined([&](std::size_t n) {
        const Quadrature rule = numerics::gauss_legendre(n, chain.lower, chain.upper);
        const std::vector<double> lengths = run_lengths(chain, rule);
        return lengths.empty() ? INFINITY : length_from(chain, rule, lengths, chain.start);
    });
}

Chain ewma_chain(const RunLengthQuestion& question) {
    const double lambda = question.design.lambda, shift = question.shift;
    const double reach = question.design.limit * std::sqrt(lambda / (2 - lambda));
    Chain chain{.lower = -reach, .upper = reach, .start = 0};
    chain.density = [=](double from, double to) {
        return normal_density((to - (1 - lambda) * from) / lambda - shift) / lambda;
    };
    if (question.sides == Sides::one) {
        chain.lower = 0;
        chain.held_below = [=](double from) {
            return normal_cdf(-(1 - lambda) * from / lambda - shift);
        };
    }
    return chain;
}

// Limits that widen: the days until they stand are counted one by one by the density of the
// statistic among the runs without an alarm; what then remains are runs with fixed limits.
double varying_length(const RunLengthQuestion& question, std::size_t n) {
    const Chain chain = ewma_chain(question);
    const double lambda = question.design.lambda, kept = (1 - lambda) * (1 - lambda);
    const auto rule_within = [&](double reach) {
        return numerics::gauss_legendre(n, -reach, reach);
    };
    const Quadrature unit = rule_within(1);
    double remaining = kept, length = 1;
    double reach = chain.upper * std::sqrt(1 - remaining);
    std::vector<double> at(n), mass(n), next(n);
    for (std::size_t j = 0; j < n; ++j) {
        at[j] = reach * unit.points[j];
        mass[j] = reach * unit.weights[j] * chain.density(0, at[j]);
    }
    while (remaining > 1e-10) {
        for (const double part : mass) length += part;
        remaining *= kept;
        const double wider = chain.upper * std::sqrt(1 - remaining);
        for (std::size_t j = 0; j < n; ++j) {
            double density = 0;
            for (std::size_t i = 0; i < n; ++i) {
                density += mass[i] * chain.density(at[i], wider * unit.points[j]);
            }
            next[j] = wider * unit.weights[j] * density;
        }
        reach = wider;
        for (std::size_t j = 0; j < n; ++j) at[j] = reach * unit.points[j];
        mass.swap(next);
    }
    const Quadrature rule = rule_within(chain.upper);
    const std::vector<double> lengths = run_lengths(chain, rule);
    if (lengths.empty()) return INFINITY;
    for (std::size_t j = 0; j < n; ++j) {
        length += mass[j] * length_from(chain, rule, lengths, at[j]);
    }
    return length;
}

Result<double> ewma_length(const RunLengthQuestion& question) {
    if (question.design.lambda == 1 && question.limits == Limits::fixed &&
        question.sides == Sides::two) {
        const double limit = question.design.limit;
        return 1 / (normal_cdf(-limit - question.shift) + normal_upper(limit - question.shift));
    }
    if (question.limits == Limits::fixed) return chain_length(ewma_chain(question));
    return refined([&](std::size_t n) { return varying_length(question, n); });
}

Result<double> cusum_half(double k, double h, double shift) {
    return chain_length(
        {.lower = 0,
         .upper = h,
         .start = 0,
         .density = [=](double from, double to) { return normal_density(to - from + k - shift); },
         .held_below = [=](double from) { return normal_cdf(k - from - shift); }});
}

Result<double> cusum_length(const RunLengthQuestion& question) {
    const ChartDesign& design = question.design;
    TRY(const double up, cusum_half(design.k, design.h, question.shift));
    if (question.sides == Sides::one) return up;
    // Under a shift the other half hardly ever alarms: where its length is out of reach, leaving it
    // out changes the sum by a part of up / 1e10.
    const auto down = cusum_half(design.k, design.h, -question.shift);
    return down.ok() ? 1 / (1 / up + 1 / down.value()) : up;
}

double& limit_of(ChartDesign& design) {
    return design.chart == Chart::cusum ? design.h : design.limit;
}

}  // namespace

Result<double> average_run_length(const RunLengthQuestion& question) {
    Faults faults;
    check_design(question.design, faults);
    if (!std::isfinite(question.shift)) faults.add("/shift", "The shift must be a finite number.");
    const ChartDesign& design = question.design;
    if (question.limits == Limits::varying &&
        (design.chart != Chart::ewma || question.sides == Sides::one)) {
        faults.add("/limits", "Only a two-sided EWMA chart has varying limits.");
    }
    if (!faults.none()) return faults.error();
    switch (design.chart) {
        case Chart::ewma:
            return ewma_length(question);
        case Chart::cusum:
            return cusum_length(question);
        case Chart::shewhart:
            break;
    }
    const double above = normal_upper(design.limit - question.shift);
    const double below =
        question.sides == Sides::two ? normal_cdf(-design.limit - question.shift) : 0;
    if (!(above + below > 1 / longest)) return unsolved();
    return 1 / (above + below);
}

Result<double> limit_for(RunLengthQuestion question, double arl0) {
    if (!(arl0 > 1) || arl0 > longest / 10) {
        return Error{Fault::invalid_input, "/arl0",
                     "The run length must be above 1 and at most 1e9 days."};
    }
    double& limit = limit_of(question.design);
    limit = 1;
    Faults faults;
    check_design(question.design, faults);
    if (!faults.none()) return faults.error();
    const auto excess = [&](double at) {
        limit = at;
        const auto length = average_run_length(question);
        // What cannot be computed is too long: the search comes back from there.
        return length.ok() ? std::log(length.value() / arl0) : 40.0;
    };
    limit = 1;
    CHECK_OK(average_run_length(question));
    double low = 1e-6, high = 1;
    while (excess(high) < 0) {
        low = high;
        high *= 1.5;
        if (high > largest_limit) return unsolved();
    }
    TRY(const numerics::Root root, numerics::brent_root(excess, low, high, {1e-11, 1e-12, 200}));
    if (!root.converged || std::abs(root.value) > 1e-5) return unsolved();
    return root.at;
}

}  // namespace evenkeel::course
