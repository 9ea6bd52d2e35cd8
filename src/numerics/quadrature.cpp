#include "numerics/quadrature.h"

#include <Eigen/Eigenvalues>
#include <cmath>

#include "base/result.h"
#include "numerics/distributions.h"

namespace evenkeel::numerics {
namespace {

// Points and weights of the orthonormal polynomials with the given off-diagonal of a Jacobi
// matrix whose diagonal is 0; `mass` is the integral of the weight function.
template <class OffDiagonal>
Quadrature golub_welsch(std::size_t n, double mass, OffDiagonal off_diagonal) {
    const auto size = static_cast<Eigen::Index>(n);
    Eigen::VectorXd beside(std::max<Eigen::Index>(size - 1, 0));
    for (Eigen::Index k = 0; k + 1 < size; ++k) {
        beside[k] = off_diagonal(static_cast<double>(k + 1));
    }
    Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver;
    solver.computeFromTridiagonal(Eigen::VectorXd::Zero(size), beside);
    Quadrature out;
    for (Eigen::Index i = 0; i < size; ++i) {
        // The rule is symmetric: taking both halves together keeps it so to the last digit.
        const auto mirrored = size - 1 - i;
        const auto& at = solver.eigenvalues();
        out.points.push_back((at[i] - at[mirrored]) / 2);
        const double here = solver.eigenvectors()(0, i);
        const double there = solver.eigenvectors()(0, mirrored);
        out.weights.push_back(mass * (here * here + there * there) / 2);
    }
    return out;
}

}  // namespace

Quadrature gauss_legendre(std::size_t n, double from, double to) {
    EK_ASSERT(n >= 1);
    auto out = golub_welsch(n, 2, [](double k) { return k / std::sqrt(4 * k * k - 1); });
    const double half = (to - from) / 2;
    for (auto& x : out.points) x = from + half * (x + 1);
    for (auto& w : out.weights) w *= half;
    return out;
}

Quadrature gauss_hermite(std::size_t n) {
    EK_ASSERT(n >= 1 && n <= 200);
    return golub_welsch(n, 1, [](double k) { return std::sqrt(k); });
}

Quadrature normal_grid(std::size_t n, double from, double to) {
    EK_ASSERT(n >= 2 && from < to);
    Quadrature out;
    double sum = 0;
    for (std::size_t i = 0; i < n; ++i) {
        const double x = from + (to - from) * static_cast<double>(i) / static_cast<double>(n - 1);
        out.points.push_back(x);
        out.weights.push_back(normal_density(x));
        sum += out.weights.back();
    }
    for (auto& w : out.weights) w /= sum;
    return out;
}

}  // namespace evenkeel::numerics
