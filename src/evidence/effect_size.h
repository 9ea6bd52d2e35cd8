#pragma once
// From what happened in each arm of a trial to contrasts between its arms.
//
// Sources: Cochrane Handbook 6.4, ch. 6 and 10.4 (odds ratio, risk ratio, risk difference, mean
// difference; log scale for ratios); standardised mean difference with the standard deviation
// pooled over all arms, Crippa & Orsini (2016), BMC Med Res Methodol 16:91, eq. 4 and 5: unlike
// Hedges' g it is consistent in trials with more than two arms. For two arms it is Cohen's d.
// Zero cells: 0.5 is added to the events and the non-events of every arm of a trial with one.

#include <span>
#include <string>
#include <vector>

#include "base/result.h"

namespace evenkeel::evidence {

enum class Measure { odds_ratio, risk_ratio, risk_difference, mean_difference, smd };

// Ratios are pooled as logarithms.
bool on_log_scale(Measure);

// Positions in a list of names; NaN marks what is missing.
struct BinaryArm {
    std::size_t study = 0, treatment = 0;
    double events = 0, n = 0;
};
struct ContinuousArm {
    std::size_t study = 0, treatment = 0;
    double mean = 0, sd = 0, n = 0;
};

// The effect of treat1 minus treat2 (of their logarithms, for ratios).
struct Contrast {
    std::size_t study = 0, treat1 = 0, treat2 = 0;
    double effect = 0, variance = 0;
};

struct ArmContrasts {
    std::vector<Contrast> contrasts;    // every pair of arms of each trial, in order of the input
    std::vector<std::string> warnings;  // what was left out or corrected
};

// Arms with a missing number are left out with a warning, and so is a trial that keeps fewer than
// two, or that tells nothing: no events in any arm, or, for odds ratios, nothing but events.
//
// Fails with invalid_input, every fault named with "/arms/i": counts or standard deviations that
// cannot be, a treatment twice in one trial, a trial with one arm. `studies` and `treatments` are
// the names for the messages.
Result<ArmContrasts> contrasts_of(std::span<const BinaryArm>, Measure,
                                  const std::vector<std::string>& studies,
                                  const std::vector<std::string>& treatments);
Result<ArmContrasts> contrasts_of(std::span<const ContinuousArm>, Measure,
                                  const std::vector<std::string>& studies,
                                  const std::vector<std::string>& treatments);

}  // namespace evenkeel::evidence
