#include "evidence/detail/weighted_fit.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace evenkeel::evidence::detail {
namespace {

constexpr int max_iterations = 1000;

// X'W^power X in the basis.
Eigen::MatrixXd moment(const Regression& data, const WeightedFit& fit, int power) {
    Eigen::VectorXd w = fit.weights;
    for (int i = 1; i < power; ++i) w = w.cwiseProduct(fit.weights);
    const Eigen::Index p = data.basis.cols();
    Eigen::MatrixXd out(p, p);
    for (Eigen::Index a = 0; a < p; ++a) {
        const Eigen::VectorXd weighted = w.cwiseProduct(data.basis.col(a));
        for (Eigen::Index b = 0; b <= a; ++b) {
            out(a, b) = out(b, a) = weighted.dot(data.basis.col(b));
        }
    }
    return out;
}

Tau2 hedges(const Regression& data) {
    const Eigen::VectorXd leverage = data.basis.rowwise().squaredNorm();
    const Eigen::VectorXd fitted = data.basis * (data.basis.transpose() * data.effect);
    const double rss = (data.effect - fitted).squaredNorm();
    const double expected =
        data.variance.dot((1.0 - leverage.array()).matrix());  // tr(PV) with P = I - H
    const double df = data.k() - data.p();
    return {.value = std::max(0.0, (rss - expected) / df)};
}

Tau2 dersimonian_laird(const Regression& data) {
    const auto fit = weighted_fit(data, 0);
    const double excess = fit.rss - (data.k() - data.p());
    return {.value = std::max(0.0, excess / trace_p(data, fit))};
}

Tau2 sidik_jonkman(const Regression& data) {
    const double mean = data.effect.mean();
    const double start = (data.effect.array() - mean).square().sum() / data.k();
    if (start <= 0) return {};
    const auto fit = weighted_fit(data, start);
    return {.value = start * fit.rss / (data.k() - data.p())};
}

// Fisher scoring with the step halved until the likelihood does not fall, and never below 0.
Tau2 by_likelihood(const Regression& data, HeterogeneityMethod method) {
    const bool restricted = method == HeterogeneityMethod::reml;
    const double small = 1e-13 * data.variance.mean();
    Tau2 out{.value = hedges(data).value, .converged = false};
    auto fit = weighted_fit(data, out.value);
    double likelihood = log_likelihood(data, fit, method);
    while (out.iterations < max_iterations && !out.converged) {
        ++out.iterations;
        const double trace = restricted ? trace_p(data, fit) : fit.weights.sum();
        const double information = restricted ? trace_pp(data, fit) : fit.weights.squaredNorm();
        double step = (quadratic_pp(fit) - trace) / information;
        if (out.value + step < 0) step = out.value > 0 ? -out.value : 0;
        const double tolerance = small + 1e-12 * out.value;
        double next = 0;
        for (;; step /= 2) {
            out.converged = std::abs(step) <= tolerance;
            next = std::max(0.0, out.value + step);
            if (out.converged) break;
            fit = weighted_fit(data, next);
            const double reached = log_likelihood(data, fit, method);
            // Near the top the likelihood is flat to its last digits: the score is the better
            // guide.
            if (reached >= likelihood - 1e-12 * std::abs(likelihood)) {
                likelihood = reached;
                break;
            }
        }
        out.value = next;
    }
    fit = weighted_fit(data, out.value);
    const auto none = weighted_fit(data, 0);
    if (log_likelihood(data, none, method) > log_likelihood(data, fit, method)) {
        out.value = 0;  // a second, higher top at the edge
    }
    return out;
}

double standard_error(const Regression& data, double tau2, HeterogeneityMethod method) {
    const auto fit = weighted_fit(data, tau2);
    switch (method) {
        case HeterogeneityMethod::reml:
            return std::sqrt(2 / trace_pp(data, fit));
        case HeterogeneityMethod::ml:
            return std::sqrt(2 / fit.weights.squaredNorm());
        default:
            return std::nan("");
    }
}

}  // namespace

WeightedFit weighted_fit(const Regression& data, double tau2) {
    WeightedFit fit;
    fit.weights = (data.variance.array() + tau2).inverse().matrix();
    const Eigen::LLT<Eigen::MatrixXd> factor(moment(data, fit, 1));
    const Eigen::Index p = data.basis.cols();
    const Eigen::VectorXd right = data.basis.transpose() * fit.weights.cwiseProduct(data.effect);
    fit.coefficients = factor.solve(right);
    fit.residual = data.effect - data.basis * fit.coefficients;
    fit.inverse = factor.solve(Eigen::MatrixXd::Identity(p, p));
    fit.rss = fit.weights.dot(fit.residual.cwiseAbs2());
    fit.log_determinant = 2 * factor.matrixLLT().diagonal().array().log().sum();
    return fit;
}

double trace_p(const Regression& data, const WeightedFit& fit) {
    return fit.weights.sum() - (fit.inverse * moment(data, fit, 2)).trace();
}

double trace_pp(const Regression& data, const WeightedFit& fit) {
    const Eigen::MatrixXd second = fit.inverse * moment(data, fit, 2);
    const double third = (fit.inverse * moment(data, fit, 3)).trace();
    return fit.weights.squaredNorm() - 2 * third + (second * second).trace();
}

double quadratic_pp(const WeightedFit& fit) {
    return fit.weights.cwiseProduct(fit.residual).squaredNorm();
}

double log_likelihood(const Regression& data, const WeightedFit& fit, HeterogeneityMethod method) {
    const bool restricted = method == HeterogeneityMethod::reml;
    const double n = restricted ? data.k() - data.p() : data.k();
    const double half_log = n * std::log(2 * std::numbers::pi) - fit.weights.array().log().sum() +
                            fit.rss + (restricted ? fit.log_determinant : 0);
    return -half_log / 2;
}

Tau2 tau2_where_rss_is(const Regression& data, double target) {
    // y'Py falls and is convex in tau2, so Newton's steps from the left never pass the root.
    const double small = 1e-14 * data.variance.mean();
    Tau2 out{.value = 0, .converged = false};
    while (out.iterations < max_iterations && !out.converged) {
        ++out.iterations;
        const auto fit = weighted_fit(data, out.value);
        const double step = (fit.rss - target) / quadratic_pp(fit);
        out.converged = step <= small + 1e-13 * out.value;
        if (step > 0) out.value += step;
    }
    return out;
}

Tau2 estimate_tau2(const Regression& data, HeterogeneityMethod method) {
    Tau2 out;
    switch (method) {
        case HeterogeneityMethod::reml:
        case HeterogeneityMethod::ml:
            out = by_likelihood(data, method);
            break;
        case HeterogeneityMethod::dl:
            out = dersimonian_laird(data);
            break;
        case HeterogeneityMethod::he:
            out = hedges(data);
            break;
        case HeterogeneityMethod::sj:
            out = sidik_jonkman(data);
            break;
        case HeterogeneityMethod::pm:
        case HeterogeneityMethod::eb:
            out = tau2_where_rss_is(data, data.k() - data.p());
            break;
        case HeterogeneityMethod::fe:
            break;
    }
    out.se = standard_error(data, out.value, method);
    return out;
}

}  // namespace evenkeel::evidence::detail
