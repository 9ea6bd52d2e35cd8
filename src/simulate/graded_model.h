#pragma once
// How does a person of a given severity answer the items of a questionnaire?
//
// Method: graded response model, Samejima (1969), Psychometrika Monograph 17:
//   P(X >= k | theta) = 1 / (1 + exp(-a (theta - b_k)))
// theta: severity, 0 = the middle of the community, 1 = one standard deviation worse.
// Limits: the parameters here are SIMULATED. They were chosen to give believable data,
// were estimated from nobody, and must never be used to score a real person.

#include <optional>
#include <string_view>
#include <vector>

#include "base/random.h"

namespace evenkeel::simulate {

struct GradedItem {
    double slope = 1;                // a > 0
    std::vector<double> thresholds;  // b_1 < b_2 < ...
};

// P(X = 0), P(X = 1), ...; they sum to 1.
std::vector<double> category_probabilities(const GradedItem&, double theta);

int draw_answer(const GradedItem&, double theta, Random&);
std::vector<int> draw_answers(const std::vector<GradedItem>&, double theta, Random&);

double expected_total(const std::vector<GradedItem>&, double theta);

// The theta at which that total is expected; the total must lie strictly inside the
// possible range.
double theta_of_total(const std::vector<GradedItem>&, double total);

// Answers that add up to `total`, drawn at the theta at which it is expected and then
// mended item by item; the last item is `last` where given (a safety item). The total
// must be reachable.
std::vector<int> answers_with_total(const std::vector<GradedItem>&, int total,
                                    std::optional<int> last, Random&);

// "phq-9" and "gad-7"; empty for any other.
const std::vector<GradedItem>& simulated_items(std::string_view instrument);

}  // namespace evenkeel::simulate
