#include "course/network.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <string>
#include <utility>

#include "course/series.h"
#include "numerics/cholesky.h"
#include "numerics/dot.h"

namespace evenkeel::course {
namespace {

using numerics::cholesky;

// Means and centred cross-products of the pairs: all that least squares needs.
struct Moments {
    std::vector<double> mean_before, mean_after;
    std::vector<double> xx, xy;  // p x p sums; xy[from, to]
    std::vector<double> yy;      // only where residuals are asked for
};
enum class Sums { for_effects, for_residuals_too };

std::vector<double> products(const std::vector<double>& a, const std::vector<double>& b,
                             std::size_t n, std::size_t p) {
    std::vector<double> out(p * p);
    for (std::size_t j = 0; j < p; ++j) {
        const bool symmetric = &a == &b;
        for (std::size_t i = symmetric ? j : 0; i < p; ++i) {
            out[j * p + i] = numerics::dot(&a[i * n], &b[j * n], n);
            if (symmetric) out[i * p + j] = out[j * p + i];
        }
    }
    return out;
}

std::vector<double> centred(const std::vector<double>& values, std::size_t n, std::size_t p,
                            std::vector<double>& means) {
    std::vector<double> out(values);
    means.resize(p);
    for (std::size_t j = 0; j < p; ++j) {
        means[j] = mean_of(std::span(values).subspan(j * n, n));
        for (std::size_t r = 0; r < n; ++r) out[j * n + r] -= means[j];
    }
    return out;
}

Moments moments_of(const LaggedPairs& pairs, Sums sums) {
    Moments moments;
    const std::size_t n = pairs.n, p = pairs.n_variables;
    const auto x = centred(pairs.before, n, p, moments.mean_before);
    const auto y = centred(pairs.after, n, p, moments.mean_after);
    moments.xx = products(x, x, n, p);
    moments.xy = products(x, y, n, p);
    if (sums == Sums::for_residuals_too) moments.yy = products(y, y, n, p);
    return moments;
}

void check_pairs(const LaggedPairs& pairs, Faults& faults) {
    check_series(pairs.before, "/values", faults);
    if (pairs.n_variables == 0 || pairs.n <= pairs.n_variables + 1) {
        faults.add("/values", "There are " + std::to_string(pairs.n) +
                                  " pairs of moments that follow each other, and " +
                                  std::to_string(pairs.n_variables + 2) +
                                  " are needed at the least: give more days or fewer variables.");
        return;
    }
    for (std::size_t j = 0; j < pairs.n_variables; ++j) {
        const auto column = [&](const std::vector<double>& values) {
            return std::span(values).subspan(j * pairs.n, pairs.n);
        };
        if (constant(column(pairs.before)) || constant(column(pairs.after))) {
            faults.add("/variables/" + std::to_string(j),
                       "The variable has the same value at all moments: leave it out.");
        }
    }
}

Error collinear() {
    return {Fault::invalid_input, "/variables",
            "A variable is a combination of the others: leave one of them out."};
}

// Effects from the normal equations with `ridge` added to the diagonal; [from, to] by columns.
bool solve_effects(const Moments& moments, std::size_t p, const std::vector<double>& ridge,
                   std::vector<double>& factor, std::vector<double>& effects) {
    factor = moments.xx;
    for (std::size_t j = 0; j < p; ++j) factor[j * p + j] += ridge[j];
    if (!cholesky(factor, p)) return false;
    effects = moments.xy;
    for (std::size_t to = 0; to < p; ++to) {
        numerics::cholesky_solve(factor, p, std::span(effects).subspan(to * p, p));
    }
    return true;
}

// Sums of squares and products of the residuals for effects [from, to].
std::vector<double> residual_products(const Moments& moments, std::size_t p,
                                      const std::vector<double>& effects) {
    std::vector<double> out(p * p);
    for (std::size_t b = 0; b < p; ++b) {
        for (std::size_t a = 0; a < p; ++a) {
            double sum = moments.yy[b * p + a];
            for (std::size_t i = 0; i < p; ++i) {
                sum -= effects[a * p + i] * moments.xy[b * p + i] +
                       effects[b * p + i] * moments.xy[a * p + i];
                for (std::size_t j = 0; j < p; ++j) {
                    sum += effects[a * p + i] * moments.xx[j * p + i] * effects[b * p + j];
                }
            }
            out[b * p + a] = sum;
        }
    }
    return out;
}

std::vector<double> transposed(const std::vector<double>& a, std::size_t p) {
    std::vector<double> out(p * p);
    for (std::size_t j = 0; j < p; ++j) {
        for (std::size_t i = 0; i < p; ++i) out[i * p + j] = a[j * p + i];
    }
    return out;
}

std::vector<double> intercepts(const Moments& moments, std::size_t p,
                               const std::vector<double>& effects) {
    std::vector<double> out(moments.mean_after);
    for (std::size_t to = 0; to < p; ++to) {
        for (std::size_t from = 0; from < p; ++from) {
            out[to] -= effects[to * p + from] * moments.mean_before[from];
        }
    }
    return out;
}

// Partial correlations and likelihood, where the residuals' covariance has an inverse.
void add_residual_network(VarFit& fit, double rows) {
    const std::size_t p = fit.n_variables;
    auto factor = fit.residual_covariance;
    if (!cholesky(factor, p)) return;
    fit.partial_correlation = partial_correlations(numerics::cholesky_inverse(factor, p), p);
    const auto q = static_cast<double>(p);
    const double log_determinant =
        numerics::cholesky_log_determinant(factor, p) + q * std::log((rows - q - 1) / rows);
    fit.log_likelihood = -rows / 2 * (q * std::log(2 * std::numbers::pi) + log_determinant + q);
}

}  // namespace

LaggedPairs lagged_pairs(std::span<const double> values, std::size_t n_variables,
                         std::span<const long> group, std::span<const double> moment) {
    const std::size_t n_rows = group.size();
    EK_ASSERT(moment.size() == n_rows && values.size() == n_rows * n_variables);
    LaggedPairs pairs{.n_variables = n_variables};
    std::map<std::pair<long, double>, std::size_t> rows;
    for (std::size_t row = 0; row < n_rows; ++row) {
        if (group[row] < 0 || std::isnan(moment[row])) {
            ++pairs.n_without_moment;
        } else if (rows.emplace(std::pair{group[row], moment[row]}, row).second) {
            pairs.rows.push_back(row);
        } else {
            ++pairs.n_doubled;
        }
    }
    std::vector<std::pair<std::size_t, std::size_t>> found;
    for (const std::size_t row : pairs.rows) {
        const auto before = rows.find({group[row], moment[row] - 1});
        if (before == rows.end()) continue;
        bool complete = true;
        for (std::size_t j = 0; j < n_variables; ++j) {
            complete = complete && !std::isnan(values[j * n_rows + row]) &&
                       !std::isnan(values[j * n_rows + before->second]);
        }
        if (!complete) continue;
        found.emplace_back(before->second, row);
        pairs.after_row.push_back(row);
    }
    pairs.n = found.size();
    for (std::size_t j = 0; j < n_variables; ++j) {
        for (const auto& [before, after] : found) {
            pairs.before.push_back(values[j * n_rows + before]);
            pairs.after.push_back(values[j * n_rows + after]);
        }
    }
    return pairs;
}

LaggedPairs resampled_blocks(const LaggedPairs& pairs, std::size_t block, std::mt19937_64& engine) {
    EK_ASSERT(block >= 1 && block <= pairs.n);
    std::uniform_int_distribution<std::size_t> start(0, pairs.n - block);
    std::vector<std::size_t> rows;
    while (rows.size() < pairs.n) {
        const std::size_t first = start(engine);
        for (std::size_t i = 0; i < block && rows.size() < pairs.n; ++i) rows.push_back(first + i);
    }
    LaggedPairs drawn{.n = pairs.n, .n_variables = pairs.n_variables};
    for (std::size_t j = 0; j < pairs.n_variables; ++j) {
        for (const std::size_t row : rows) {
            drawn.before.push_back(pairs.before[j * pairs.n + row]);
            drawn.after.push_back(pairs.after[j * pairs.n + row]);
        }
    }
    return drawn;
}

Result<VarFit> vector_autoregression(const LaggedPairs& pairs, double lambda) {
    Faults faults;
    check_pairs(pairs, faults);
    if (!(lambda >= 0) || std::isinf(lambda)) {
        faults.add("/lambda", "The penalty must be a number from 0.");
    }
    if (!faults.none()) return faults.error();
    const std::size_t n = pairs.n, p = pairs.n_variables;
    const auto rows = static_cast<double>(n);
    const Moments moments = moments_of(pairs, Sums::for_residuals_too);
    std::vector<double> ridge(p), factor, effects;
    for (std::size_t j = 0; j < p; ++j) ridge[j] = lambda * moments.xx[j * p + j] / rows;
    if (!solve_effects(moments, p, ridge, factor, effects)) return collinear();

    VarFit fit{.n_pairs = n, .n_variables = p};
    fit.effect = transposed(effects, p);
    fit.intercept = intercepts(moments, p, effects);
    fit.residual_covariance = residual_products(moments, p, effects);
    for (double& value : fit.residual_covariance) value /= rows - static_cast<double>(p) - 1;
    for (std::size_t j = 0; j < p; ++j) {
        const double left =
            fit.residual_covariance[j * p + j] * (rows - static_cast<double>(p) - 1);
        if (left > 1e-13 * moments.yy[j * p + j]) continue;
        faults.add("/variables/" + std::to_string(j),
                   "The others explain the variable to the last digit: leave it out.");
    }
    if (!faults.none()) return faults.error();
    add_residual_network(fit, rows);
    if (lambda > 0) return fit;
    const auto inverse = numerics::cholesky_inverse(factor, p);
    fit.effect_se.resize(p * p);
    for (std::size_t from = 0; from < p; ++from) {
        for (std::size_t to = 0; to < p; ++to) {
            fit.effect_se[from * p + to] =
                std::sqrt(inverse[from * p + from] * fit.residual_covariance[to * p + to]);
        }
    }
    return fit;
}

bool var_coefficients(const LaggedPairs& pairs, std::span<double> out) {
    const std::size_t p = pairs.n_variables;
    EK_ASSERT(out.size() == p * (p + 1));
    if (pairs.n <= p + 1) return false;
    const Moments moments = moments_of(pairs, Sums::for_effects);
    std::vector<double> factor, effects;
    if (!solve_effects(moments, p, std::vector<double>(p), factor, effects)) return false;
    const auto intercept = intercepts(moments, p, effects);
    for (std::size_t to = 0; to < p; ++to) {
        out[to * (p + 1)] = intercept[to];
        for (std::size_t from = 0; from < p; ++from) {
            out[to * (p + 1) + 1 + from] = effects[to * p + from];
        }
    }
    return true;
}

}  // namespace evenkeel::course
