#pragma once
// Where is the deviance of a mixed model smallest? Newton's method on the lower factor of D,
// each direction bent downhill where the surface is not convex.
//
// The factor's sign does not matter to D, so the search needs no bounds: at the edge (a
// standard deviation of 0) the surface is even, and Newton's method arrives there as anywhere.

#include <Eigen/Dense>

#include "course/detail/mixed_criterion.h"

namespace evenkeel::course::detail {

// Which entries of the q x q factor are free: the lower triangles of the blocks.
struct FactorShape {
    std::size_t q = 0;
    std::vector<Pair> entries;  // row, column
    FactorShape(std::size_t q, const std::vector<std::vector<std::size_t>>& blocks);
    [[nodiscard]] std::vector<double> factor(const Eigen::VectorXd& theta) const;
    // d D / d theta for each pair of D: m x n_theta.
    [[nodiscard]] Eigen::MatrixXd jacobian(const std::vector<double>& factor) const;
    // Sum over pairs of gradient(pair) * d2 D(pair) / d theta2.
    [[nodiscard]] Eigen::MatrixXd curvature(const Eigen::VectorXd& gradient) const;
};

struct FactorSearch {
    Eigen::VectorXd theta;
    Evaluation at;  // with derivatives
    bool converged = false;
    int iterations = 0;
};

FactorSearch search_factor(MixedCriterion&, const FactorShape&, Eigen::VectorXd start);

}  // namespace evenkeel::course::detail
