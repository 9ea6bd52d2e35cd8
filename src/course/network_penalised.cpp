#include <algorithm>
#include <cmath>

#include "course/network.h"
#include "course/series.h"
#include "numerics/cholesky.h"

namespace evenkeel::course {
namespace {

using numerics::cholesky;
using Matrix = std::vector<double>;  // p x p by columns

constexpr int most_sweeps = 2000;

double soft(double value, double threshold) {
    if (value > threshold) return value - threshold;
    return value < -threshold ? value + threshold : 0;
}

// Regresses variable j on the others within W: the lasso of Friedman et al., eq. 2.4, by
// coordinate descent. beta is column j of `betas`.
void lasso_column(const Matrix& w, std::span<const double> s, std::span<const double> rho,
                  std::size_t p, std::size_t j, Matrix& betas, double tolerance) {
    for (int sweep = 0; sweep < most_sweeps; ++sweep) {
        double moved = 0;
        for (std::size_t k = 0; k < p; ++k) {
            if (k == j) continue;
            double rest = s[j * p + k];
            for (std::size_t l = 0; l < p; ++l) {
                if (l != k && l != j) rest -= w[k * p + l] * betas[j * p + l];
            }
            const double now = soft(rest, rho[j * p + k]) / w[k * p + k];
            moved += std::abs(now - betas[j * p + k]) * w[k * p + k];
            betas[j * p + k] = now;
        }
        if (moved <= tolerance) break;
    }
}

Matrix precision_from(const Matrix& w, const Matrix& betas, std::size_t p) {
    Matrix out(p * p);
    for (std::size_t j = 0; j < p; ++j) {
        double explained = 0;
        for (std::size_t k = 0; k < p; ++k) {
            if (k != j) explained += w[j * p + k] * betas[j * p + k];
        }
        out[j * p + j] = 1 / (w[j * p + j] - explained);
        for (std::size_t k = 0; k < p; ++k) {
            if (k != j) out[j * p + k] = -betas[j * p + k] * out[j * p + j];
        }
    }
    // Each edge is estimated from both ends; they agree up to the tolerance.
    for (std::size_t j = 0; j < p; ++j) {
        for (std::size_t k = 0; k < j; ++k) {
            const double a = out[j * p + k], b = out[k * p + j];
            const double edge = a == 0 || b == 0 ? 0 : (a + b) / 2;
            out[j * p + k] = out[k * p + j] = edge;
        }
    }
    return out;
}

struct Likelihood {
    double log_determinant = 0, trace = 0;
    bool valid = false;
};

Likelihood likelihood_of(const Matrix& precision, std::span<const double> s, std::size_t p) {
    Likelihood out;
    for (std::size_t i = 0; i < p * p; ++i) out.trace += precision[i] * s[i];
    Matrix factor = precision;
    out.valid = cholesky(factor, p);
    if (out.valid) out.log_determinant = numerics::cholesky_log_determinant(factor, p);
    return out;
}

std::size_t edges_of(const Matrix& precision, std::size_t p) {
    std::size_t edges = 0;
    for (std::size_t j = 0; j < p; ++j) {
        for (std::size_t k = 0; k < j; ++k) edges += precision[j * p + k] != 0 ? 1 : 0;
    }
    return edges;
}

std::vector<double> log_path(double largest, double ratio, std::size_t n) {
    std::vector<double> path(n);
    for (std::size_t i = 0; i < n; ++i) {
        const double part = n > 1 ? static_cast<double>(i) / static_cast<double>(n - 1) : 0.0;
        path[i] = largest * std::pow(ratio, part);
    }
    return path;
}

double largest_off_diagonal(const Matrix& a, std::size_t p) {
    double largest = 0;
    for (std::size_t j = 0; j < p; ++j) {
        for (std::size_t k = 0; k < p; ++k) {
            if (k != j) largest = std::max(largest, std::abs(a[j * p + k]));
        }
    }
    return largest;
}

// The first variable that is a combination of those before it.
std::optional<std::size_t> first_dependent(const Matrix& correlation, std::size_t p) {
    for (std::size_t n = 2; n <= p; ++n) {
        Matrix leading;
        for (std::size_t j = 0; j < n; ++j) {
            const auto column = correlation.begin() + static_cast<std::ptrdiff_t>(j * p);
            leading.insert(leading.end(), column, column + static_cast<std::ptrdiff_t>(n));
        }
        if (!numerics::cholesky(leading, n)) return n - 1;
    }
    return std::nullopt;
}

}  // namespace

GlassoFit graphical_lasso(std::span<const double> covariance, std::span<const double> rho,
                          std::size_t p) {
    GlassoFit fit;
    Matrix w(covariance.begin(), covariance.end()), betas(p * p);
    const double size =
        std::max(largest_off_diagonal(w, p), 1e-8 * *std::max_element(w.begin(), w.end()));
    const double tolerance = 1e-9 * size;
    for (int sweep = 0; sweep < most_sweeps && !fit.converged; ++sweep) {
        double moved = 0;
        for (std::size_t j = 0; j < p; ++j) {
            lasso_column(w, covariance, rho, p, j, betas, tolerance);
            for (std::size_t k = 0; k < p; ++k) {
                if (k == j) continue;
                double now = 0;
                for (std::size_t l = 0; l < p; ++l) {
                    if (l != j) now += w[l * p + k] * betas[j * p + l];
                }
                moved = std::max(moved, std::abs(now - w[j * p + k]));
                w[j * p + k] = w[k * p + j] = now;
            }
        }
        fit.converged = moved <= 10 * tolerance;
    }
    fit.precision = precision_from(w, betas, p);
    return fit;
}

std::vector<double> partial_correlations(std::span<const double> precision, std::size_t n) {
    std::vector<double> out(n * n);
    for (std::size_t j = 0; j < n; ++j) {
        for (std::size_t k = 0; k < n; ++k) {
            if (k == j) continue;
            out[j * n + k] =
                -precision[j * n + k] / std::sqrt(precision[j * n + j] * precision[k * n + k]);
        }
    }
    return out;
}

Result<CrossSection> cross_sectional_network(std::span<const double> values, std::size_t p,
                                             double gamma, double lambda) {
    Faults faults;
    check_series(values, "/values", faults);
    const std::size_t n = p > 0 ? values.size() / p : 0;
    if (p < 2) faults.add("/variables", "A network needs at least 2 variables.");
    if (n < 3) faults.add("/values", "A network needs at least 3 complete rows.");
    if (!std::isfinite(gamma) || gamma < 0) faults.add("/gamma", "Gamma must be from 0.");
    Matrix z;
    for (std::size_t j = 0; j < p && n >= 3; ++j) {
        const auto column = standardized(values.subspan(j * n, n));
        if (!column.ok()) {
            faults.add("/variables/" + std::to_string(j),
                       "The variable has the same value in all rows: leave it out.");
            continue;
        }
        z.insert(z.end(), column.value().begin(), column.value().end());
    }
    if (!faults.none()) return faults.error();

    CrossSection found;
    found.correlation.assign(p * p, 1.0);
    for (std::size_t j = 0; j < p; ++j) {
        for (std::size_t k = 0; k < j; ++k) {
            double sum = 0;
            for (std::size_t r = 0; r < n; ++r) sum += z[j * n + r] * z[k * n + r];
            sum /= static_cast<double>(n - 1);
            found.correlation[j * p + k] = found.correlation[k * p + j] = sum;
        }
    }
    const double largest = largest_off_diagonal(found.correlation, p);
    const auto path = lambda >= 0 ? std::vector{lambda} : log_path(largest, 0.01, 100);
    found.ebic = INFINITY;
    const auto rows = static_cast<double>(n);
    for (const double penalty : path) {
        auto fit = graphical_lasso(found.correlation, Matrix(p * p, penalty), p);
        const auto likelihood = likelihood_of(fit.precision, found.correlation, p);
        if (!likelihood.valid) continue;
        const auto edges = static_cast<double>(edges_of(fit.precision, p));
        const double ebic = -rows * (likelihood.log_determinant - likelihood.trace) +
                            edges * std::log(rows) +
                            4 * edges * gamma * std::log(static_cast<double>(p));
        if (!(ebic < found.ebic)) continue;
        found.ebic = ebic;
        found.lambda = penalty;
        found.converged = fit.converged;
        found.precision = std::move(fit.precision);
    }
    if (!std::isfinite(found.ebic)) {
        return Error{Fault::not_converged, "/variables",
                     "No penalty gives a network: variables depend on each other exactly."};
    }
    found.partial_correlation = partial_correlations(found.precision, p);
    found.dependent = first_dependent(found.correlation, p);
    return found;
}

}  // namespace evenkeel::course
