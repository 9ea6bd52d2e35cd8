#pragma once
// Which characteristics go with an earlier event? Proportional hazards regression.
//
// Methods: Cox (1972), J R Stat Soc B 34:187-220; ties after Efron (1977), J Am Stat Assoc
// 72:557-565, Breslow (1974), Biometrics 30:89-99, and exactly by the recursion of Gail, Lubin &
// Rubinstein (1981), Biometrika 68:703-707; proportional hazards by the score test of
// Grambsch & Therneau (1994), Biometrika 81:515-526, against 1 - S(t-); concordance, Harrell et
// al. (1982), JAMA 247:2543-2546, its error by the infinitesimal jackknife.
// Limits: one event per person, no late entry; hazards proportional over time (tested).

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "course/design_matrix.h"
#include "course/survival.h"

namespace evenkeel::course {

enum class Ties { efron, breslow, exact };

// Absent where it cannot be estimated: a column that is constant or that others make up, or a
// hazard ratio that grows without end.
struct CoxCoefficient {
    std::string term;
    std::optional<double> estimate, se, z, p, hazard_ratio, lower, upper;  // 95 %, of the ratio
};

struct ProportionalHazards {
    std::string term;  // "GLOBAL" last
    SurvivalTest test;
};

struct BaselineHazard {
    double time, cumulative;  // of somebody with every covariate 0
};

struct CoxModel {
    std::vector<CoxCoefficient> coefficients;
    double log_likelihood = 0, log_likelihood_null = 0;
    SurvivalTest score, wald, likelihood_ratio;
    std::optional<double> concordance, concordance_se;
    std::vector<ProportionalHazards> proportional_hazards;  // Efron's sums; with Breslow, its own
    std::vector<BaselineHazard> baseline;  // Breslow's estimate; with Efron, Efron's
    std::size_t n = 0, n_events = 0;
    bool converged = false;
    int iterations = 0;
    std::vector<std::string> warnings;
};

// `covariates` has no intercept; rows are those of `time` and `event` (1 or 0), all present.
// Fails with invalid_input: faults of rows_with_times, nobody with an event, a covariate that
// is not finite; exact ties of more work than a minute.
Result<CoxModel> cox_regression(std::span<const double> time, std::span<const double> event,
                                const Matrix& covariates, Ties = Ties::efron);

}  // namespace evenkeel::course
