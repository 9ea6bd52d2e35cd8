#include <algorithm>
#include <cmath>

#include "course/network.h"
#include "course/series.h"
#include "numerics/cholesky.h"

namespace evenkeel::course {
namespace {

using Matrix = std::vector<double>;  // p x p by columns

constexpr int most_rounds = 500;
constexpr double path_ratio = 0.05;
constexpr double tolerance = 1e-7;  // of the least-squares effects, for a sweep and a round
constexpr double forbidden = 1e12;  // a penalty that no edge survives

// Everything the path needs, once: moments divided by n around the means (the intercept is not
// penalised), and those around 0 that set where the path begins.
struct Sums {
    std::size_t p = 0;
    double n = 0;
    Matrix xx, xy, yy, raw_xy, raw_yy;  // xy[from, to]: column `to`
    std::vector<double> raw_y, mean_x, mean_y;
};

Matrix products(const std::vector<double>& a, const std::vector<double>& b, std::size_t n,
                std::size_t p, const std::vector<double>& mean_a,
                const std::vector<double>& mean_b) {
    Matrix out(p * p);
    for (std::size_t j = 0; j < p; ++j) {
        for (std::size_t i = 0; i < p; ++i) {
            double sum = 0;
            for (std::size_t r = 0; r < n; ++r) {
                sum += (a[i * n + r] - mean_a[i]) * (b[j * n + r] - mean_b[j]);
            }
            out[j * p + i] = sum / static_cast<double>(n);
        }
    }
    return out;
}

Sums sums_of(const LaggedPairs& pairs) {
    const std::size_t n = pairs.n, p = pairs.n_variables;
    Sums sums{.p = p, .n = static_cast<double>(n)};
    for (std::size_t j = 0; j < p; ++j) {
        sums.mean_x.push_back(mean_of(std::span(pairs.before).subspan(j * n, n)));
        sums.mean_y.push_back(mean_of(std::span(pairs.after).subspan(j * n, n)));
    }
    const std::vector<double> zero(p);
    sums.xx = products(pairs.before, pairs.before, n, p, sums.mean_x, sums.mean_x);
    sums.xy = products(pairs.before, pairs.after, n, p, sums.mean_x, sums.mean_y);
    sums.yy = products(pairs.after, pairs.after, n, p, sums.mean_y, sums.mean_y);
    sums.raw_xy = products(pairs.before, pairs.after, n, p, zero, zero);
    sums.raw_yy = products(pairs.after, pairs.after, n, p, zero, zero);
    return sums;
}

// The residual covariance for effects [from, to]; xb = xx * effects is handed in.
Matrix residuals(const Sums& sums, const Matrix& effects, const Matrix& xb) {
    const std::size_t p = sums.p;
    Matrix out(p * p);
    for (std::size_t b = 0; b < p; ++b) {
        for (std::size_t a = 0; a <= b; ++a) {
            double sum = sums.yy[b * p + a];
            for (std::size_t i = 0; i < p; ++i) {
                sum -= effects[a * p + i] * (sums.xy[b * p + i] - xb[b * p + i]) +
                       effects[b * p + i] * sums.xy[a * p + i];
            }
            out[b * p + a] = out[a * p + b] = sum;
        }
    }
    return out;
}

struct Step {
    Matrix effects, kappa, covariance;
    bool converged = false;
    int rounds = 0;
};

// Rothman et al., algorithm 1: each effect in turn, with the others and kappa held.
// gradient[from, to] = (xy - xx effects) kappa is kept up to date.
bool descend(const Sums& sums, const Matrix& kappa, double lambda, double enough, Step& step) {
    const std::size_t p = sums.p;
    Matrix rest(p * p), gradient(p * p);
    for (std::size_t to = 0; to < p; ++to) {
        for (std::size_t from = 0; from < p; ++from) {
            double sum = sums.xy[to * p + from];
            for (std::size_t i = 0; i < p; ++i) {
                sum -= sums.xx[i * p + from] * step.effects[to * p + i];
            }
            rest[to * p + from] = sum;
        }
    }
    for (std::size_t to = 0; to < p; ++to) {
        for (std::size_t c = 0; c < p; ++c) {
            const double weight = kappa[to * p + c];
            if (weight == 0) continue;
            for (std::size_t i = 0; i < p; ++i) gradient[to * p + i] += rest[c * p + i] * weight;
        }
    }
    for (int sweep = 0; sweep < most_rounds; ++sweep) {
        double moved = 0;
        for (std::size_t from = 0; from < p; ++from) {
            for (std::size_t to = 0; to < p; ++to) {
                const double curvature = sums.xx[from * p + from] * kappa[to * p + to];
                double& effect = step.effects[to * p + from];
                const double wanted = effect + gradient[to * p + from] / curvature;
                const double penalty = lambda / curvature;
                const double beyond = std::abs(wanted) - penalty;
                const double now = beyond > 0 ? std::copysign(beyond, wanted) : 0;
                const double change = now - effect;
                if (change == 0) continue;
                effect = now;
                moved += std::abs(change);
                for (std::size_t c = 0; c < p; ++c) {
                    const double weight = change * kappa[c * p + to];
                    if (weight == 0) continue;
                    for (std::size_t i = 0; i < p; ++i) {
                        gradient[c * p + i] -= sums.xx[from * p + i] * weight;
                    }
                }
            }
        }
        if (moved <= enough) return true;
    }
    return false;
}

Matrix covariance_for(const Sums& sums, const Matrix& effects) {
    const std::size_t p = sums.p;
    Matrix xb(p * p);
    for (std::size_t to = 0; to < p; ++to) {
        for (std::size_t i = 0; i < p; ++i) {
            for (std::size_t k = 0; k < p; ++k) {
                xb[to * p + k] += sums.xx[i * p + k] * effects[to * p + i];
            }
        }
    }
    return residuals(sums, effects, xb);
}

// Algorithm 2: effects and precision in turn until the effects stand.
void fit_pair(const Sums& sums, double lambda_beta, double lambda_kappa, double size, Step& step) {
    const std::size_t p = sums.p;
    const Matrix rho(p * p, lambda_kappa);
    step.converged = false;
    step.covariance = covariance_for(sums, step.effects);
    for (step.rounds = 1; step.rounds <= most_rounds && !step.converged; ++step.rounds) {
        auto kappa = graphical_lasso(step.covariance, rho, p);
        step.kappa = std::move(kappa.precision);
        const Matrix before = step.effects;
        const bool arrived = descend(sums, step.kappa, lambda_beta, 0.1 * tolerance * size, step);
        double moved = 0;
        for (std::size_t i = 0; i < p * p; ++i) moved += std::abs(step.effects[i] - before[i]);
        step.covariance = covariance_for(sums, step.effects);
        step.converged = arrived && kappa.converged && moved <= tolerance * size;
    }
}

// The likelihood is that of the same edges without a penalty on the precision.
double ebic_of(const Sums& sums, const Step& step, double gamma) {
    const std::size_t p = sums.p;
    Matrix rho(p * p);
    double parameters = 0;
    for (std::size_t j = 0; j < p; ++j) {
        for (std::size_t k = 0; k < p; ++k) {
            parameters += step.effects[j * p + k] != 0 ? 1 : 0;
            if (k == j) continue;
            const bool edge = step.kappa[j * p + k] != 0;
            rho[j * p + k] = edge ? 0 : forbidden;
            parameters += edge && k < j ? 1 : 0;
        }
    }
    auto refit = graphical_lasso(step.covariance, rho, p).precision;
    double trace = 0;
    for (std::size_t i = 0; i < p * p; ++i) trace += refit[i] * step.covariance[i];
    if (!numerics::cholesky(refit, p)) return INFINITY;
    return -sums.n * (numerics::cholesky_log_determinant(refit, p) - trace) +
           parameters * (std::log(sums.n) + 4 * gamma * std::log(2 * static_cast<double>(p)));
}

struct Candidate {
    Step step;
    double lambda_beta = 0, lambda_kappa = 0, ebic = INFINITY;
};

// Along the penalties of the precision, each search beginning where the one before ended.
Candidate best_of(const Sums& sums, double lambda_beta, const std::vector<double>& lambda_kappas,
                  double size, double gamma) {
    Candidate best{.lambda_beta = lambda_beta};
    Step step{.effects = Matrix(sums.p * sums.p)};
    for (const double lambda_kappa : lambda_kappas) {
        fit_pair(sums, lambda_beta, lambda_kappa, size, step);
        const double ebic = ebic_of(sums, step, gamma);
        if (!(ebic < best.ebic)) continue;
        best = {step, lambda_beta, lambda_kappa, ebic};
    }
    return best;
}

std::vector<double> path_from(double largest, std::size_t n) {
    std::vector<double> path(n);
    for (std::size_t i = 0; i < n; ++i) {
        path[i] =
            largest *
            std::pow(path_ratio, n > 1 ? static_cast<double>(i) / static_cast<double>(n - 1) : 0.0);
    }
    return path;
}

struct Paths {
    std::vector<double> kappa, beta;
};

// kappa: from the largest correlation of the later moments; beta: from the largest regression of
// the earlier on the later ones, both around 0 and so with the intercept's.
Result<Paths> paths_of(const Sums& sums, std::size_t n_lambda) {
    const std::size_t p = sums.p;
    double largest_kappa = 0, largest_beta = 0;
    for (std::size_t j = 0; j < p; ++j) {
        for (std::size_t k = 0; k < j; ++k) {
            largest_kappa = std::max(
                largest_kappa, std::abs(sums.raw_yy[j * p + k]) /
                                   std::sqrt(sums.raw_yy[j * p + j] * sums.raw_yy[k * p + k]));
        }
    }
    Matrix factor = sums.raw_yy;
    if (!numerics::cholesky(factor, p)) {
        return Error{Fault::invalid_input, "/variables",
                     "A variable is a combination of the others: leave one of them out."};
    }
    for (std::size_t from = 0; from <= p; ++from) {
        std::vector<double> row(p);
        for (std::size_t to = 0; to < p; ++to) {
            row[to] = from < p ? sums.raw_xy[to * p + from] : sums.mean_y[to];
        }
        numerics::cholesky_solve(factor, p, row);
        for (const double value : row) largest_beta = std::max(largest_beta, std::abs(value));
    }
    return Paths{path_from(std::max(largest_kappa, 1e-8), n_lambda),
                 path_from(std::max(largest_beta, 1e-8), n_lambda)};
}

}  // namespace

Result<GraphicalVarFit> graphical_var(const LaggedPairs& pairs, const GraphicalVarOptions& options,
                                      const numerics::Workers& workers) {
    // Least squares finds every fault of the pairs, and says how large effects are.
    TRY(const VarFit plain, vector_autoregression(pairs));
    if (!std::isfinite(options.gamma) || options.gamma < 0 || options.n_lambda == 0) {
        return Error{Fault::invalid_input, "/gamma", "Gamma must be a number from 0."};
    }
    const Sums sums = sums_of(pairs);
    const std::size_t p = sums.p;
    double size = 1e-8;
    for (const double effect : plain.effect) size += std::abs(effect);
    TRY(Paths paths, paths_of(sums, options.n_lambda));
    if (options.lambda_beta >= 0 && options.lambda_kappa >= 0) {
        paths = {{options.lambda_kappa}, {options.lambda_beta}};
    }

    // Each penalty of the effects is a path of its own.
    std::vector<Candidate> candidates(paths.beta.size());
    workers.each(paths.beta.size(), [&](std::size_t i) {
        candidates[i] = best_of(sums, paths.beta[i], paths.kappa, size, options.gamma);
    });
    const auto found =
        std::min_element(candidates.begin(), candidates.end(),
                         [](const auto& a, const auto& b) { return a.ebic < b.ebic; });
    const Step& chosen = found->step;
    GraphicalVarFit best{.n_pairs = pairs.n,
                         .n_variables = p,
                         .lambda_beta = found->lambda_beta,
                         .lambda_kappa = found->lambda_kappa,
                         .ebic = found->ebic};
    if (!std::isfinite(best.ebic)) {
        return Error{Fault::not_converged, "/variables",
                     "No penalty gives a network: the residuals depend on each other exactly."};
    }
    best.converged = chosen.converged;
    best.iterations = chosen.rounds - 1;
    best.precision = chosen.kappa;
    best.partial_correlation = partial_correlations(chosen.kappa, p);
    best.residual_covariance = chosen.covariance;
    for (double& value : best.residual_covariance) {
        value *= sums.n / (sums.n - static_cast<double>(p) - 1);
    }
    best.effect.resize(p * p);
    best.intercept = sums.mean_y;
    for (std::size_t to = 0; to < p; ++to) {
        for (std::size_t from = 0; from < p; ++from) {
            best.effect[from * p + to] = chosen.effects[to * p + from];
            best.intercept[to] -= chosen.effects[to * p + from] * sums.mean_x[from];
        }
    }
    return best;
}

}  // namespace evenkeel::course
