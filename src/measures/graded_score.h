#pragma once
// How severe is it for the person behind one pattern of answers, and how sure is that?
//
// Methods: EAP, Bock & Mislevy (1982), Appl Psychol Meas 6:431-444; MAP, Samejima (1969); WLE,
// Warm (1989), Psychometrika 54:427-450, with the general weight J / (2 I).
// Limits: EAP and MAP lean on the standard normal population; the answers of a community sample
// give another unit than those of people in treatment.

#include <optional>
#include <span>
#include <vector>

#include "measures/graded.h"
#include "measures/responses.h"
#include "numerics/workers.h"

namespace evenkeel::measures {

enum class TraitMethod { eap, map, wle };

struct TraitScore {
    double theta = 0;  // in sd of the population
    double se = 0;     // EAP: posterior sd; MAP: curvature of the log posterior; WLE: 1/sqrt(I)
};

// The score of each pattern; absent where a search did not arrive. `responses` must be tabulated
// with the items' own categories. Fails as check_graded(), and with invalid_input when the items
// and the responses differ in number or categories.
Result<std::vector<std::optional<TraitScore>>> score_graded(
    std::span<const GradedItem>, const Responses&, TraitMethod,
    const numerics::Workers& = numerics::one_worker());

struct NextItem {
    TraitScore score;                 // EAP of what is answered so far
    std::optional<std::size_t> item;  // ask this next; absent: precise enough, or none is left
    bool precise = false;             // score.se <= the precision wanted
};

// Adaptive short form: the item, among those `askable`, from which most information is expected,
// averaged over the severities that the answers so far leave likely (van der Linden 1998,
// Psychometrika 63:201-216). Stops when the standard error is at most `wanted_se`.
//
// The safety item is never askable here: it is asked apart, of everyone.
// `answers`: for each item the position of the answer in its categories, absent when not asked.
// Fails as check_graded(), and with invalid_input for lists of another length, an answer that is
// no position, or wanted_se <= 0.
Result<NextItem> next_item(std::span<const GradedItem>,
                           std::span<const std::optional<std::size_t>> answers,
                           const std::vector<bool>& askable, double wanted_se);

}  // namespace evenkeel::measures
