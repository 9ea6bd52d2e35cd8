#include "course/detail/mixed_search.h"

#include <algorithm>
#include <cmath>

namespace evenkeel::course::detail {
namespace {

constexpr int max_iterations = 200;
// Expected gain, in units of deviance, below which one last step is taken: the error after it
// is of the order of its square.
constexpr double last_gain = 1e-6;

std::size_t pair_index(std::size_t a, std::size_t b) {
    return std::max(a, b) * (std::max(a, b) + 1) / 2 + std::min(a, b);
}

struct Slope {
    Eigen::VectorXd gradient;
    Eigen::MatrixXd hessian;
};

// Of the profiled deviance, by theta.
Slope slope_of(const Evaluation& at, double degrees, const FactorShape& shape,
               const std::vector<double>& factor) {
    const auto m = static_cast<Eigen::Index>(at.trace.size());
    const Eigen::Map<const Eigen::VectorXd> trace(at.trace.data(), m), square(at.square.data(), m);
    const Eigen::Map<const Eigen::MatrixXd> trace_second(at.trace_second.data(), m, m),
        square_second(at.square_second.data(), m, m);
    const double r2 = at.residual_sum;
    const Eigen::VectorXd natural = trace - degrees / r2 * square;
    const Eigen::MatrixXd second =
        trace_second + degrees / r2 * (square_second - square * square.transpose() / r2);
    const auto jacobian = shape.jacobian(factor);
    return {jacobian.transpose() * natural,
            jacobian.transpose() * second * jacobian + shape.curvature(natural)};
}

// Newton's direction with every curvature taken as positive.
Eigen::VectorXd downhill(const Slope& slope) {
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> parts(slope.hessian);
    const double floor = 1e-9 * std::max(parts.eigenvalues().cwiseAbs().maxCoeff(), 1e-300);
    const Eigen::VectorXd curvature = parts.eigenvalues().cwiseAbs().cwiseMax(floor);
    const Eigen::VectorXd along = parts.eigenvectors().transpose() * slope.gradient;
    return -(parts.eigenvectors() * along.cwiseQuotient(curvature));
}

}  // namespace

FactorShape::FactorShape(std::size_t columns, const std::vector<std::vector<std::size_t>>& blocks)
    : q(columns) {
    for (const auto& block : blocks) {
        for (std::size_t i = 0; i < block.size(); ++i) {
            for (std::size_t j = 0; j <= i; ++j) entries.push_back({block[i], block[j]});
        }
    }
}

std::vector<double> FactorShape::factor(const Eigen::VectorXd& theta) const {
    std::vector<double> out(q * q);
    for (std::size_t k = 0; k < entries.size(); ++k) {
        out[entries[k].a * q + entries[k].b] = theta[static_cast<Eigen::Index>(k)];
    }
    return out;
}

Eigen::MatrixXd FactorShape::jacobian(const std::vector<double>& factor) const {
    Eigen::MatrixXd out = Eigen::MatrixXd::Zero(static_cast<Eigen::Index>(q * (q + 1) / 2),
                                                static_cast<Eigen::Index>(entries.size()));
    for (std::size_t k = 0; k < entries.size(); ++k) {
        const auto [r, c] = entries[k];
        for (std::size_t other = 0; other < q; ++other) {
            // D(r, other) has factor(r, c) * factor(other, c); D(r, r) has it twice.
            out(static_cast<Eigen::Index>(pair_index(r, other)), static_cast<Eigen::Index>(k)) +=
                (other == r ? 2 : 1) * factor[other * q + c];
        }
    }
    return out;
}

Eigen::MatrixXd FactorShape::curvature(const Eigen::VectorXd& gradient) const {
    const auto n = static_cast<Eigen::Index>(entries.size());
    Eigen::MatrixXd out = Eigen::MatrixXd::Zero(n, n);
    for (Eigen::Index k = 0; k < n; ++k) {
        for (Eigen::Index l = 0; l < n; ++l) {
            const auto [r, c] = entries[static_cast<std::size_t>(k)];
            const auto [s, d] = entries[static_cast<std::size_t>(l)];
            if (c != d) continue;
            out(k, l) = (r == s ? 2 : 1) * gradient[static_cast<Eigen::Index>(pair_index(r, s))];
        }
    }
    return out;
}

FactorSearch search_factor(MixedCriterion& criterion, const FactorShape& shape,
                           Eigen::VectorXd start) {
    FactorSearch out;
    out.theta = std::move(start);
    auto factor = shape.factor(out.theta);
    out.at = criterion.with_derivatives(factor);
    if (!out.at.usable || shape.entries.empty()) {
        out.converged = out.at.usable;
        return out;
    }
    bool last = false;
    while (!last && out.iterations < max_iterations) {
        ++out.iterations;
        const auto slope = slope_of(out.at, criterion.degrees(), shape, factor);
        Eigen::VectorXd step = downhill(slope);
        const double gain = -slope.gradient.dot(step) / 2;
        last = gain < last_gain;
        const double longest = 2 * (1 + out.theta.norm());
        if (step.norm() > longest) step *= longest / step.norm();
        // Rounding may hide the last gains, so that a step may seem to lose as much.
        const double noise = 1e-13 * std::abs(out.at.deviance) + (last ? last_gain : 0.0);
        double share = 1;
        Evaluation next;
        while (share > 1e-10) {
            factor = shape.factor(out.theta + share * step);
            next = criterion.with_derivatives(factor);
            if (next.usable && next.deviance <= out.at.deviance - 1e-4 * share * gain + noise) {
                break;
            }
            share /= 2;
        }
        if (share <= 1e-10) {
            factor = shape.factor(out.theta);
            out.at = criterion.with_derivatives(factor);
            break;
        }
        out.theta += share * step;
        out.at = std::move(next);
    }
    out.converged = last;
    return out;
}

}  // namespace evenkeel::course::detail
