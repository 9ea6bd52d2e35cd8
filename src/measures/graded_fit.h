#pragma once
// Which discriminations and thresholds make the observed answers most likely?
//
// Method: marginal maximum likelihood, Bock & Aitkin (1981), Psychometrika 46:443-459: a few EM
// cycles from start values, then Newton steps on the marginal log likelihood itself with its exact
// second derivatives (Louis 1982, J R Stat Soc B 44:226-233), which also give the standard
// errors. The integral over severity is a sum over equal steps, as fine as the sharpest item needs.
// Limits: severity is standard normal in the population sampled; answers that are missing are
// missing at random; local maxima are not searched for.

#include <string>
#include <vector>

#include "measures/graded.h"
#include "measures/responses.h"
#include "numerics/workers.h"

namespace evenkeel::measures {

struct GradedErrors {
    double a = 0;
    std::vector<double> b, d;  // NaN where they could not be estimated
};

struct GradedFit {
    std::vector<GradedItem> items;
    std::vector<GradedErrors> errors;
    double log_likelihood = 0;
    bool converged = false;
    int iterations = 0;         // EM cycles and Newton steps
    bool errors_known = false;  // the information matrix was positive definite
};

struct GradedOptions {
    int max_em_cycles = 2000;
    int max_newton_steps = 50;
};

// Fits every item's own categories as they were observed: a category that nobody chose is no
// category. The sum of the discriminations is positive.
// Converged: the log likelihood is within about 1e-8 of its maximum. A discrimination that grows
// beyond 25 (items that repeat each other) ends the search without convergence.
// Fails with invalid_input, where = "/items/INDEX", every fault named: fewer than three items,
// or an item with fewer than two categories.
Result<GradedFit> fit_graded(const Responses&, GradedOptions = {},
                             const numerics::Workers& = numerics::one_worker());

}  // namespace evenkeel::measures
