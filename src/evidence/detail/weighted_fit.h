#pragma once
// One weighted regression of effects on moderators, and what the estimators of tau2 need of it.
//
// The moderators enter as an orthonormal basis of their space: every quantity but the
// coefficients depends on the space alone, and years such as 1998 cost no digits.

#include <Eigen/Dense>

#include "evidence/meta_analysis.h"

namespace evenkeel::evidence::detail {

struct Regression {
    Eigen::VectorXd effect, variance;  // scaled: see meta_analysis.cpp
    Eigen::MatrixXd basis;             // k x p, orthonormal columns
    Eigen::MatrixXd triangle;          // X = basis * triangle

    [[nodiscard]] double k() const { return static_cast<double>(effect.size()); }
    [[nodiscard]] double p() const { return static_cast<double>(basis.cols()); }
};

// With w = 1/(v + tau2), P = W - WX (X'WX)^-1 X'W and residual r.
struct WeightedFit {
    Eigen::VectorXd weights, residual;
    Eigen::VectorXd coefficients;  // in the basis
    Eigen::MatrixXd inverse;       // (X'WX)^-1 in the basis
    double rss = 0;                // y'Py
    double log_determinant = 0;    // of X'WX in the basis
};
WeightedFit weighted_fit(const Regression&, double tau2);

double trace_p(const Regression&, const WeightedFit&);
double trace_pp(const Regression&, const WeightedFit&);
double quadratic_pp(const WeightedFit&);  // y'PPy

// The (restricted) log-likelihood of the scaled data; restricted without |X'X|, which is 1 in
// the basis.
double log_likelihood(const Regression&, const WeightedFit&, HeterogeneityMethod);

struct Tau2 {
    double value = 0, se = 0;
    bool converged = true;
    int iterations = 0;
};
// k > p. `fe` gives 0.
Tau2 estimate_tau2(const Regression&, HeterogeneityMethod);

// The tau2 >= 0 at which y'Py = target; 0 when it is below the target already at tau2 = 0.
Tau2 tau2_where_rss_is(const Regression&, double target);

}  // namespace evenkeel::evidence::detail
