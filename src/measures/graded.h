#pragma once
// What does an answer in ordered categories say about the severity behind it?
//
// Method: graded response model, Samejima (1969), Psychometrika Monograph 17, logistic without
// the factor 1.7: P(x >= k | theta) = 1 / (1 + exp(-(a theta + d_k))), b_k = -d_k / a. Severity
// is standard normal in the population.
// Limits: one severity behind all items; answers independent given it.

#include <span>
#include <vector>

#include "base/result.h"

namespace evenkeel::measures {

struct GradedItem {
    std::vector<double> categories;  // ascending; one more than d
    double a = 1;                    // discrimination; negative when higher answers mean less
    std::vector<double> d;           // falling

    [[nodiscard]] std::vector<double> b() const;  // locations -d / a
};

// A question at one severity: the chance of each category.
std::vector<double> category_probabilities(const GradedItem&, double theta);

// Fisher information of one item, and the mean answer (in category values) expected.
double item_information(const GradedItem&, double theta);
double expected_answer(const GradedItem&, double theta);

// Fails with invalid_input, where = "/items/INDEX/...", every fault named: a not finite or 0, d
// not finite or not falling, categories not ascending or not one more than d, no item.
Status check_graded(std::span<const GradedItem>);

}  // namespace evenkeel::measures
