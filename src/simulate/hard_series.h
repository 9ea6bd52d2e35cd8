#pragma once
// Series that break what the methods for one person's series assume: shocks drawn from what real
// people's series leave over and thrown further (heavy tails), a weekly cycle, and a course that is
// not the one the growth model has.
//
// Limits: made to judge methods (simulate/judge.h), not to look like anybody.

#include <span>
#include <vector>

#include "base/random.h"

namespace evenkeel::simulate {

// What each person's mean and, as far as it goes, the value before leave over of real series:
// pooled, with mean 0 and variance 1. One series for each person and question, NaN = missing; those
// with fewer than 8 values or without any spread are passed over. Needs at least one that is not.
std::vector<double> leftovers(std::span<const std::vector<double>> series);

struct HardDays {
    double level = 0, spread = 1;  // spread: sd of a shock
    double carried_over = 0.4;     // of yesterday's deviation
    double weekend = 1;            // how much higher two days of seven are, in spreads
    double reports = 0.8;          // probability that a day is there
};

// NaN = a day that is missing. Shocks: leftovers divided by the root of a chi-squared with 5
// degrees of freedom over 5, so that they have tails like a t distribution's.
std::vector<double> draw_hard_days(const HardDays&, std::span<const double> leftovers,
                                   std::size_t n_days, Random&);

struct ScoreSeries {
    std::vector<double> day, score;
};

// About weekly totals from 0 to 27 of a person who approaches another level at a pace of their own,
// exponentially in time, with a higher total at weekends; the first at day 0.
ScoreSeries draw_hard_scores(std::span<const double> leftovers, int n_weeks, Random&);

}  // namespace evenkeel::simulate
