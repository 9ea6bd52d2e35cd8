#pragma once
// How sure is it that one treatment is better than the others, and which rank may it have?
//
// Sources: P-scores, Rücker & Schwarzer (2015), BMC Med Res Methodol 15:58: the mean probability
// of being better than another treatment, equal to SUCRA's expectation; rank probabilities from
// draws of the joint normal distribution of the network estimates, Salanti et al. (2011), J Clin
// Epidemiol 64:163-171.
// Limits: a rank says nothing about how large a difference is, nor how good the trials were. Close
// treatments change ranks by chance; read ranks beside the effects.

#include <cstddef>
#include <vector>

#include "base/random.h"
#include "evidence/network.h"
#include "numerics/workers.h"

namespace evenkeel::evidence {

enum class SmallValues { good, bad };

// One for each treatment, 0 to 1.
std::vector<double> p_scores(const Pooled&, SmallValues);

// probability[t][r] that treatment t has rank r (0 = best). Draws in pairs of opposite sign, so
// `draws` is rounded up to a multiple of 500; the error of a probability is at most 0.5 /
// sqrt(draws).
std::vector<std::vector<double>> rank_probabilities(
    const Pooled&, SmallValues, Random&, std::size_t draws = 20'000,
    const numerics::Workers& = numerics::one_worker());

}  // namespace evenkeel::evidence
