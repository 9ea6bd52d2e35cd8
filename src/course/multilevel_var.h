#pragma once
// Which states go before which, and which go together, in the people of a group? And which people
// are high on what they are also high on?
//
// Method: the two-step multilevel VAR(1) of Epskamp, Waldorp, Mottus & Borsboom (2018), Multivar
// Behav Res 53:453-480, after Bringmann et al. (2013), PLoS ONE 8:e60188. Each variable is
// explained by all variables a moment before, centred in the person, and by the person's means of
// the others, with an intercept and effects of each person's own that are independent of each other
// (course/mixed_model.h, maximum likelihood). What is left over goes the same way, each variable by
// the others: the contemporaneous network. The between-person network comes from the effects of
// the means and the spread of the intercepts.
// Limits: as for course/network.h; centring by a mean of few moments draws an effect on oneself
// towards -1 / moments (Nickell 1981, Econometrica 49:1417-1426); the second step takes the first
// as known, so that its edges have no errors here.
// Matrices are stored by columns; effects stand as [to, from].

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"

namespace evenkeel::course {

// Rows of many people. NaN in `values` is missing; a row without a group or moment counts nowhere.
struct PeopleMoments {
    std::span<const std::string> variables;  // their names, for warnings
    std::span<const double> values;          // n_rows x n_variables
    std::span<const long> person;            // >= 0 where `group` is
    std::span<const long> group;             // within which moments follow each other: a day; -1
    std::span<const double> moment;          // such as the beep; NaN = unknown
};

// Absent where the others make up the predictor.
struct PeopleEffect {
    std::optional<double> estimate, se, p;  // p by the normal distribution
    double random_sd = 0;                   // between people
};

// Symmetric; on the diagonal correlations are 1 and partial correlations 0.
struct Associations {
    std::vector<double> correlation, partial_correlation;
};

struct MultilevelVar {
    std::size_t n_people = 0, n_pairs = 0;  // with a complete pair; pairs
    std::size_t n_doubled = 0, n_without_moment = 0;
    std::vector<PeopleEffect> effects;  // [to, from]
    // Absent, with a warning, where the equations give no precision matrix.
    std::optional<Associations> contemporaneous, between;
    double log_likelihood = 0;  // of the first step, all equations
    bool converged = false;     // every equation
    int iterations = 0;         // of all equations
    std::vector<std::string> warnings;
};

// Fails with invalid_input, every fault named ("/values/POSITION", "/variables/J", "/values"):
// fewer than two variables, a value that is infinite or too large, a variable that is the same at
// all moments that follow another, fewer than two people or too few pairs. With not_converged: a
// variable that the others explain to the last digit.
Result<MultilevelVar> multilevel_var(const PeopleMoments&);

}  // namespace evenkeel::course
