#pragma once
// How consistently do the items of a scale measure one thing?
//
// Methods: alpha, Cronbach (1951), Psychometrika 16:297-334; corrected item-total
// correlations, Nunnally & Bernstein (1994), Psychometric Theory, ch. 8.
// Limits: alpha equals the reliability only when all items measure one thing equally well;
// else it is a lower bound. It is a property of scores in a sample, not of a questionnaire.

#include <optional>
#include <span>
#include <vector>

#include "base/result.h"

namespace evenkeel::measures {

// Moments of the complete rows.
struct ItemMoments {
    std::size_t n_complete = 0;
    std::vector<double> mean;
    std::vector<double> covariance;  // k x k by columns, divisor n - 1
};

// `items`: one vector for each item, all of the same length, NaN where missing. Rows with any
// missing item are left out. One pass over the data.
// Fails with invalid_input: fewer than two complete rows, columns of different lengths, or values
// so large that their squares are no numbers.
Result<ItemMoments> item_moments(std::span<const std::vector<double>> items);

struct ItemStatistics {
    double mean = 0, sd = 0;
    std::optional<double> r_drop;            // with the sum of the other items
    std::optional<double> alpha_if_dropped;  // absent with fewer than three items
};

struct Consistency {
    std::optional<double> alpha;               // of the sum of the items as they are
    std::optional<double> alpha_standardized;  // of the sum of the items in sd units
    double total_sd = 0;                       // of the sum, score points
    std::optional<double> sem;                 // total_sd * sqrt(1 - alpha), score points
    std::vector<ItemStatistics> items;
};

//   alpha = k / (k - 1) * (1 - sum of item variances / variance of the sum)
//
// What cannot be computed is absent: alpha of a sum that does not vary, correlations of an
// item that does not vary. Alpha may be negative; it is given as it is.
// Fails with invalid_input for fewer than two items.
Result<Consistency> consistency(const ItemMoments&);

}  // namespace evenkeel::measures
