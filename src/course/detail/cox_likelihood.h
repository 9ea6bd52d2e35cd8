#pragma once
// The partial likelihood of a Cox model, its slope and its curvature, in one walk from the last
// time to the first: the sums over those at risk only grow.

#include <functional>
#include <vector>

#include "course/cox.h"

namespace evenkeel::course::detail {

// Rows by descending time, covariates centred and scaled, row by row.
struct CoxRows {
    std::size_t n = 0, p = 0;
    std::vector<double> time, x;
    std::vector<char> event;
};

struct CoxSums {
    double log_likelihood = 0;
    std::vector<double> gradient;     // p
    std::vector<double> information;  // p x p
};

// Log-likelihood -infinity where beta leaves the range of double.
CoxSums cox_sums(const CoxRows&, const std::vector<double>& beta, Ties);

// What each time with an event adds (Efron or Breslow), in descending order of time.
struct CoxMoment {
    double time;
    std::size_t n_events;
    double hazard;                    // increment of the cumulative hazard at x = 0
    std::vector<double> gradient;     // p
    std::vector<double> information;  // p x p
};
void walk_moments(const CoxRows&, const std::vector<double>& beta, Ties,
                  const std::function<void(const CoxMoment&)>&);

}  // namespace evenkeel::course::detail
