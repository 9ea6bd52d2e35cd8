#pragma once
// How much of the variance of a sum is due to the one thing that the items share?
//
// Method: one-factor confirmatory factor analysis by maximum likelihood, Joreskog (1969),
// Psychometrika 34:183-202, by Fisher scoring; omega, McDonald (1999), Test Theory, eq. 6.20.
// Limits: continuous, roughly normal items; one factor. A residual variance below 0 is let
// stand, as in the common programs, and named.

#include <span>
#include <vector>

#include "base/result.h"

namespace evenkeel::measures {

struct OneFactor {
    std::vector<double> loading;   // the factor has variance 1; units of the item
    std::vector<double> residual;  // variance
    double omega = 0;              // (sum loadings)^2 / ((sum loadings)^2 + sum residuals)
    double discrepancy = 0;        // F at the minimum; (n - 1) F or n F is chi-squared
    bool converged = false;
    int iterations = 0;
};

// `covariance`: k x k by columns. The sum of the loadings is positive.
// Fails with invalid_input: fewer than three items (not identified), an item without variance,
// or a matrix that is not positive definite (an item is a sum of others).
Result<OneFactor> one_factor(std::span<const double> covariance, std::size_t k);

}  // namespace evenkeel::measures
