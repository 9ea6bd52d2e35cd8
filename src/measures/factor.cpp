#include "measures/factor.h"

#include <Eigen/Cholesky>
#include <Eigen/Eigenvalues>
#include <cmath>
#include <limits>

#include "numerics/optimise.h"

namespace evenkeel::measures {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

// The discrepancy of S = sample and Sigma = loading loading' + diag(residual), in correlation
// units: F = log|Sigma| + tr(S Sigma^-1) - log|S| - k.
class Discrepancy {
  public:
    Discrepancy(const MatrixXd& sample, double log_det) : sample_(sample), log_det_(log_det) {}

    // `x` holds loadings, then residual variances. Infinity outside the domain.
    double value(const VectorXd& x) {
        const Index k = sample_.rows();
        MatrixXd sigma = x.head(k) * x.head(k).transpose();
        sigma.diagonal() += x.tail(k);
        const Eigen::LLT<MatrixXd> chol(sigma);
        if (chol.info() != Eigen::Success) return std::numeric_limits<double>::infinity();
        inverse_ = chol.solve(MatrixXd::Identity(k, k));
        const double log_det = 2 * chol.matrixLLT().diagonal().array().log().sum();
        return log_det + (sample_.cwiseProduct(inverse_)).sum() - log_det_ - static_cast<double>(k);
    }

    // At the x of the last value().
    [[nodiscard]] VectorXd gradient(const VectorXd& x) const {
        const Index k = sample_.rows();
        const MatrixXd w = inverse_ - inverse_ * sample_ * inverse_;
        VectorXd out(2 * k);
        out << 2 * w * x.head(k), w.diagonal();
        return out;
    }

    [[nodiscard]] MatrixXd information(const VectorXd& x) const {
        const Index k = sample_.rows();
        const VectorXd u = inverse_ * x.head(k);
        MatrixXd out(2 * k, 2 * k);
        out.topLeftCorner(k, k) = 2 * (inverse_ * x.head(k).dot(u) + u * u.transpose());
        out.topRightCorner(k, k) = 2 * (u.asDiagonal() * inverse_).transpose();
        out.bottomLeftCorner(k, k) = out.topRightCorner(k, k).transpose();
        out.bottomRightCorner(k, k) = inverse_.cwiseProduct(inverse_);
        return out;
    }

  private:
    const MatrixXd& sample_;
    double log_det_;
    MatrixXd inverse_;
};

VectorXd start(const MatrixXd& correlation) {
    const Index k = correlation.rows();
    const Eigen::SelfAdjointEigenSolver<MatrixXd> solver(correlation);
    const double size = std::sqrt(std::max(solver.eigenvalues()[k - 1] - 1, 0.1));
    VectorXd out(2 * k);
    out.head(k) = (size * solver.eigenvectors().col(k - 1)).cwiseMax(-0.95).cwiseMin(0.95);
    out.tail(k) = (1 - out.head(k).array().square()).matrix();
    return out;
}

constexpr int max_iterations = 500;

// Steps of Fisher scoring, halved until the discrepancy falls.
OneFactor search(const MatrixXd& correlation, double log_det, VectorXd& x) {
    Discrepancy f(correlation, log_det);
    OneFactor out;
    double value = f.value(x);
    while (out.iterations < max_iterations) {
        const VectorXd gradient = f.gradient(x);
        if (gradient.cwiseAbs().maxCoeff() < 1e-10) {
            out.converged = true;
            break;
        }
        const Eigen::LDLT<MatrixXd> solver(f.information(x));
        if (solver.info() != Eigen::Success) break;
        const VectorXd step = solver.solve(gradient);
        double scale = 1, next = 0;
        do {
            next = f.value(x - scale * step);
            scale /= 2;
        } while (!(next <= value) && scale > 1e-12);
        if (!(next <= value)) {
            // Rounding hides any descent that is left: arrived, if the slope says so too.
            value = f.value(x);
            out.converged = gradient.cwiseAbs().maxCoeff() < 1e-7;
            break;
        }
        x -= 2 * scale * step;
        value = next;
        ++out.iterations;
    }
    out.discrepancy = value;
    return out;
}

// Where scoring stalls, near a residual variance below 0, the information is nearly singular;
// quasi-Newton descent needs none.
void descend(const MatrixXd& correlation, double log_det, VectorXd& x, OneFactor& out) {
    Discrepancy f(correlation, log_det);
    const auto value = [&f](std::span<const double> at, std::span<double> gradient) {
        const VectorXd here = Eigen::Map<const VectorXd>(at.data(), static_cast<Index>(at.size()));
        const double found = f.value(here);
        if (!gradient.empty() && std::isfinite(found)) {
            Eigen::Map<VectorXd>(gradient.data(), static_cast<Index>(gradient.size())) =
                f.gradient(here);
        }
        return found;
    };
    const auto found = numerics::bfgs_minimum(value, {x.begin(), x.end()}, {1e-9, 1000});
    x = Eigen::Map<const VectorXd>(found.at.data(), x.size());
    out.converged = found.converged;
    out.iterations += found.iterations;
    out.discrepancy = found.value;
}

}  // namespace

Result<OneFactor> one_factor(std::span<const double> covariance, std::size_t k) {
    EK_ASSERT(covariance.size() == k * k);
    if (k < 3) {
        return Error{
            Fault::invalid_input, "/items", "One factor is identified by three items or more.", {}};
    }
    const auto size = static_cast<Index>(k);
    const MatrixXd sample = Eigen::Map<const MatrixXd>(covariance.data(), size, size);
    if (!(sample.diagonal().minCoeff() > 0)) {
        return Error{Fault::invalid_input, "/items", "An item does not vary.", {}};
    }
    const VectorXd sd = sample.diagonal().cwiseSqrt();
    const MatrixXd correlation =
        sd.cwiseInverse().asDiagonal() * sample * sd.cwiseInverse().asDiagonal();
    const Eigen::SelfAdjointEigenSolver<MatrixXd> solver(correlation, Eigen::EigenvaluesOnly);
    if (!(solver.eigenvalues().minCoeff() > 1e-10)) {
        return Error{Fault::invalid_input,
                     "/items",
                     "An item is a sum of other items: their matrix has no inverse.",
                     {}};
    }
    const double log_det = solver.eigenvalues().array().log().sum();
    VectorXd x = start(correlation);
    auto out = search(correlation, log_det, x);
    if (!out.converged) descend(correlation, log_det, x, out);
    VectorXd loading = x.head(size).cwiseProduct(sd);
    if (loading.sum() < 0) loading = -loading;
    const VectorXd residual = x.tail(size).cwiseProduct(sd.cwiseProduct(sd));
    out.loading.assign(loading.begin(), loading.end());
    out.residual.assign(residual.begin(), residual.end());
    const double common = loading.sum() * loading.sum();
    out.omega = common / (common + residual.sum());
    return out;
}

}  // namespace evenkeel::measures
