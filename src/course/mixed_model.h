#pragma once
// How do people change over time, and how much do they differ? A linear mixed model with one
// grouping factor: y = X beta + Z b + e, b ~ N(0, G), e ~ N(0, sigma^2 R).
//
// Methods: profiled (restricted) maximum likelihood, Bates et al. (2015), J Stat Softw 67(1),
// with exact derivatives and Newton's method; degrees of freedom after Satterthwaite as in
// Kuznetsova et al. (2017), J Stat Softw 82(13), sec. 2; continuous-time AR(1) residuals,
// Pinheiro & Bates (2000), Mixed-Effects Models in S and S-PLUS, sec. 5.3.
// Limits: normal errors; one grouping column; intervals are conditional on the form of G.
// Cost: one pass over rows, then linear in people for each step (with car1: for each step of
// phi a pass).

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "course/design_matrix.h"
#include "numerics/workers.h"

namespace evenkeel::course {

enum class Likelihood { reml, ml };
enum class Residuals { independent, car1 };  // car1 takes DesignMatrix::time

struct MixedModelOptions {
    Likelihood likelihood = Likelihood::reml;
    Residuals residuals = Residuals::independent;
    bool modes = false;
    bool inference = true;  // degrees of freedom, p and intervals
};

// Absent where it cannot be estimated: a column that others make up.
struct FixedEffect {
    std::string term;
    std::optional<double> estimate, se, df, p, lower, upper;  // 95 %
};

struct MixedModel {
    std::vector<FixedEffect> fixed;         // in the order of the design
    std::vector<double> fixed_covariance;   // of all terms, by rows; 0 for those left out
    std::vector<std::string> random;        // names of Z's columns
    std::vector<double> random_covariance;  // G, q x q
    double residual_sd = 0;
    std::optional<double> car1_phi;  // correlation at distance 1 of the time column
    double log_likelihood = 0, aic = 0, bic = 0;
    // G is at the edge of what is possible: a standard deviation of 0 or a correlation of 1.
    bool singular = false;
    bool converged = false;
    int iterations = 0;
    std::size_t n_rows = 0, n_groups = 0;
    // With MixedModelOptions::modes: n_groups x q, and n_groups x q x q (given the fixed part).
    std::vector<double> modes, mode_covariance;
    std::vector<std::string> warnings;

    [[nodiscard]] double random_sd(std::size_t j) const;
    [[nodiscard]] std::optional<double> random_correlation(std::size_t i, std::size_t j) const;
};

// Fails with invalid_input: fewer than two groups, no more rows than random effects or fixed
// effects, a constant response, with car1 a missing or doubled time or nobody with two rows;
// not_converged: a response that the model explains to the last digit. A search that did not
// arrive gives the model with converged = false.
Result<MixedModel> fit_mixed_model(const DesignMatrix&, MixedModelOptions = {},
                                   const numerics::Workers& = numerics::one_worker());

}  // namespace evenkeel::course
