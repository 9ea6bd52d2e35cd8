#include "evidence/detail/trial.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace evenkeel::evidence::detail {
namespace {

constexpr int max_iterations = 1000;

void add_at(Eigen::MatrixXd& sum, const Trial& trial, const Eigen::MatrixXd& part) {
    for (Eigen::Index a = 0; a < part.rows(); ++a) {
        const auto row = static_cast<Eigen::Index>(trial.treatments[static_cast<std::size_t>(a)]);
        for (Eigen::Index b = 0; b < part.cols(); ++b) {
            sum(row, static_cast<Eigen::Index>(trial.treatments[static_cast<std::size_t>(b)])) +=
                part(a, b);
        }
    }
}

double at(const Eigen::VectorXd& level, const Trial& trial, Eigen::Index arm) {
    return level(static_cast<Eigen::Index>(trial.treatments[static_cast<std::size_t>(arm)]));
}

// B'W y of one trial: how strongly its results pull at each of its arms.
Eigen::VectorXd pull(const Trial& trial, const Piece& piece) {
    return -(piece.laplacian.cwiseProduct(trial.effect)).rowwise().sum();
}

double q_of(const Trial& trial, const Piece& piece, const Eigen::VectorXd& level) {
    double q = 0;
    for (Eigen::Index a = 0; a < piece.laplacian.rows(); ++a) {
        for (Eigen::Index b = a + 1; b < piece.laplacian.cols(); ++b) {
            const double residual =
                trial.effect(a, b) - (at(level, trial, a) - at(level, trial, b));
            q -= piece.laplacian(a, b) * residual * residual;
        }
    }
    return q;
}

// The inverse of the sum of Laplacians on the space of contrasts: L + cJ/n is regular when the
// graph is connected.
void solve(NetworkFit& fit, const Eigen::MatrixXd& laplacian, const Eigen::VectorXd& right) {
    const Eigen::Index n = laplacian.rows();
    const auto count = static_cast<double>(n);
    const double c = laplacian.trace() / count;
    const Eigen::LLT<Eigen::MatrixXd> factor(laplacian +
                                             Eigen::MatrixXd::Constant(n, n, c / count));
    fit.pseudoinverse = factor.solve(Eigen::MatrixXd::Identity(n, n)) -
                        Eigen::MatrixXd::Constant(n, n, 1 / (c * count));
    fit.level = factor.solve(right);
    fit.log_determinant =
        2 * factor.matrixLLT().diagonal().array().log().sum() - std::log(c) - std::log(count);
}

// What the derivatives of the likelihood in tau2 need. With tau2 each arm gets a random part of
// variance tau2 / 2, so the derivative of a trial's Laplacian L is -L L / 2.
struct Derivatives {
    double quadratic = 0;                   // y'P S P y
    double trace = 0, information = 0;      // of W S and W S W S
    double trace_p = 0, information_p = 0;  // of P S and P S P S
};

Derivatives derivatives(const std::vector<Trial>& trials, const NetworkFit& fit) {
    const Eigen::Index n = fit.level.size();
    Eigen::MatrixXd second = Eigen::MatrixXd::Zero(n, n), third = second;
    Derivatives out;
    for (std::size_t s = 0; s < trials.size(); ++s) {
        const auto& laplacian = fit.pieces[s].laplacian;
        Eigen::VectorXd level(laplacian.rows());
        for (Eigen::Index a = 0; a < level.size(); ++a) level(a) = at(fit.level, trials[s], a);
        out.quadratic += (pull(trials[s], fit.pieces[s]) - laplacian * level).squaredNorm() / 2;
        const Eigen::MatrixXd square = laplacian * laplacian;
        out.trace += laplacian.trace() / 2;
        out.information += square.trace() / 4;
        add_at(second, trials[s], square);
        add_at(third, trials[s], square * laplacian);
    }
    const Eigen::MatrixXd moved = fit.pseudoinverse * second;
    out.trace_p = out.trace - moved.trace() / 2;
    out.information_p =
        out.information +
        ((moved * moved).trace() - 2 * fit.pseudoinverse.cwiseProduct(third).sum()) / 4;
    return out;
}

double contrasts_of(const std::vector<Trial>& trials) {
    double out = 0;
    for (const auto& trial : trials) out += static_cast<double>(trial.treatments.size() - 1);
    return out;
}

// Fisher scoring with the step halved until the likelihood does not fall, and never below 0.
NetworkTau2Search by_likelihood(const std::vector<Trial>& trials, std::size_t n, NetworkTau2 method,
                                double start) {
    const bool restricted = method == NetworkTau2::reml;
    NetworkTau2Search out{.value = start, .converged = false};
    double scale = 0;
    for (const auto& trial : trials) scale = std::max(scale, trial.variance.maxCoeff());
    auto fit = fit_network(trials, n, out.value);
    double likelihood = network_log_likelihood(trials, n, fit, method);
    while (out.iterations < max_iterations && !out.converged) {
        ++out.iterations;
        const auto d = derivatives(trials, fit);
        double step = restricted ? (d.quadratic - d.trace_p) / d.information_p
                                 : (d.quadratic - d.trace) / d.information;
        step = std::max(step, -out.value);
        double next = 0;
        for (;; step /= 2) {
            out.converged = std::abs(step) <= 1e-14 * scale + 1e-12 * out.value;
            next = std::max(0.0, out.value + step);
            if (out.converged) break;
            fit = fit_network(trials, n, next);
            const double reached = network_log_likelihood(trials, n, fit, method);
            if (reached >= likelihood - 1e-12 * std::abs(likelihood)) {
                likelihood = reached;
                break;
            }
        }
        out.value = next;
    }
    const auto none = fit_network(trials, n, 0);
    if (network_log_likelihood(trials, n, none, method) > likelihood) out.value = 0;
    return out;
}

}  // namespace

Trial with_independent_errors(const Trial& trial, std::size_t reference) {
    const auto& arms = trial.treatments;
    const auto found = std::find(arms.begin(), arms.end(), reference);
    const auto base =
        static_cast<Eigen::Index>((found == arms.end() ? arms.end() - 1 : found) - arms.begin());
    Trial out = trial;
    for (Eigen::Index a = 0; a < out.effect.rows(); ++a) {
        for (Eigen::Index b = 0; b < out.effect.cols(); ++b) {
            if (a == b) continue;
            out.effect(a, b) = trial.effect(a, base) - trial.effect(b, base);
            out.variance(a, b) = trial.variance(a, base) + trial.variance(b, base);
        }
    }
    return out;
}

std::optional<Piece> piece_of(const Trial& trial, double tau2) {
    const Eigen::Index n = trial.variance.rows();
    const auto v = [&](Eigen::Index a, Eigen::Index b) {
        return a == b ? 0.0 : trial.variance(a, b) + tau2;
    };
    Piece piece;
    piece.laplacian.resize(n, n);
    if (n == 2) {
        const double weight = 1 / v(0, 1);
        piece.laplacian << weight, -weight, -weight, weight;
        piece.log_determinant = std::log(v(0, 1));
        return piece;
    }
    Eigen::MatrixXd covariance(n - 1, n - 1);
    for (Eigen::Index a = 1; a < n; ++a) {
        for (Eigen::Index b = 1; b < n; ++b) {
            covariance(a - 1, b - 1) = (v(0, a) + v(0, b) - v(a, b)) / 2;
        }
    }
    const Eigen::LLT<Eigen::MatrixXd> factor(covariance);
    if (factor.info() != Eigen::Success) return std::nullopt;
    const Eigen::MatrixXd inverse = factor.solve(Eigen::MatrixXd::Identity(n - 1, n - 1));
    piece.laplacian.bottomRightCorner(n - 1, n - 1) = inverse;
    piece.laplacian.col(0).tail(n - 1) = -inverse.rowwise().sum();
    piece.laplacian.row(0).tail(n - 1) = -inverse.colwise().sum();
    piece.laplacian(0, 0) = inverse.sum();
    piece.log_determinant = 2 * factor.matrixLLT().diagonal().array().log().sum();
    return piece;
}

NetworkFit fit_network(const std::vector<Trial>& trials, std::size_t n, double tau2) {
    const auto size = static_cast<Eigen::Index>(n);
    Eigen::MatrixXd laplacian = Eigen::MatrixXd::Zero(size, size);
    Eigen::VectorXd right = Eigen::VectorXd::Zero(size);
    NetworkFit fit;
    fit.pieces.reserve(trials.size());
    for (const auto& trial : trials) {
        auto piece = piece_of(trial, tau2);
        EK_ASSERT(piece.has_value());
        add_at(laplacian, trial, piece->laplacian);
        const auto part = pull(trial, *piece);
        for (Eigen::Index a = 0; a < part.size(); ++a) {
            right(static_cast<Eigen::Index>(trial.treatments[static_cast<std::size_t>(a)])) +=
                part(a);
        }
        fit.pieces.push_back(std::move(*piece));
    }
    solve(fit, laplacian, right);
    for (std::size_t s = 0; s < trials.size(); ++s) {
        fit.q += q_of(trials[s], fit.pieces[s], fit.level);
    }
    return fit;
}

double expected_gain(const std::vector<Trial>& trials, const NetworkFit& fit) {
    return derivatives(trials, fit).trace_p;
}

double network_log_likelihood(const std::vector<Trial>& trials, std::size_t n,
                              const NetworkFit& fit, NetworkTau2 method) {
    const bool restricted = method != NetworkTau2::ml;
    double count = contrasts_of(trials);
    double twice = fit.q + (restricted ? fit.log_determinant : 0);
    for (const auto& piece : fit.pieces) twice += piece.log_determinant;
    if (restricted) count -= static_cast<double>(n - 1);
    return -(twice + count * std::log(2 * std::numbers::pi)) / 2;
}

NetworkTau2Search estimate_network_tau2(const std::vector<Trial>& trials, std::size_t n,
                                        NetworkTau2 method) {
    const double df = contrasts_of(trials) - static_cast<double>(n - 1);
    if (df <= 0) return {};
    const auto fit = fit_network(trials, n, 0);
    const double moments = std::max(0.0, (fit.q - df) / expected_gain(trials, fit));
    if (method == NetworkTau2::dl) return {.value = moments};
    return by_likelihood(trials, n, method, moments);
}

}  // namespace evenkeel::evidence::detail
