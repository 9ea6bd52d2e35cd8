#pragma once
// The probability of one category and its derivatives, without cancellation.
//
// With u = a theta + d_x and v = a theta + d_(x+1), S(u) = 1 / (1 + exp(-u)):
//   P_x = S(u) - S(v) = S(u) S(-v) (1 - exp(v - u)),
// and v - u does not depend on theta. log P is concave in (u, v):
//   dlogP/du = S(-u) + rho,  dlogP/dv = -S(v) - rho,  rho = 1 / (exp(u - v) - 1)
//   second derivatives: -S(u) S(-u) - kappa, -S(v) S(-v) - kappa, and kappa mixed,
//   kappa = rho (1 + rho).
// The lowest category has no u, the highest no v.

#include <cmath>

#include "measures/graded.h"

namespace evenkeel::measures::detail {

inline double logistic(double x) {
    if (x >= 0) return 1 / (1 + std::exp(-x));
    const double e = std::exp(x);
    return e / (1 + e);
}

struct Curve {
    double p = 0;           // probability of the category
    double du = 0, dv = 0;  // of its logarithm
    double duu = 0, dvv = 0, duv = 0;
    double slope = 0, bend = 0;  // of its logarithm in theta
};

Curve curve(const GradedItem&, std::size_t category, double theta);

}  // namespace evenkeel::measures::detail
