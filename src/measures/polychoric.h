#pragma once
// How are two ordered answers related, seen as cuts of two continuous normal variables?
//
// Method: two-step maximum likelihood, Olsson (1979), Psychometrika 44:443-460: thresholds from
// the margins, then the correlation of each pair. Alpha from these correlations: Zumbo,
// Gadermann & Zeisser (2007), J Mod Appl Stat Methods 6(1):21-29.
// Limits: the variables behind the answers are bivariate normal. The matrix of pairs need not
// be positive definite; it is never smoothed silently.

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"

namespace evenkeel::measures {

struct Polychoric {
    std::size_t n_complete = 0;
    std::vector<double> correlation;  // k x k by columns
    bool positive_definite = false;
    std::optional<double> alpha;  // of the correlations
    // Pairs whose likelihood still rises at a correlation of +-1, as (row, column).
    std::vector<std::pair<std::size_t, std::size_t>> at_bound;
};

// `items` as in item_moments(); complete rows only. The categories of an item are its distinct
// values. Fails with invalid_input, where = "/items/INDEX", every fault named: an item with
// fewer than 2 or more than 30 categories; fewer than two complete rows.
Result<Polychoric> polychoric(std::span<const std::vector<double>> items);

}  // namespace evenkeel::measures
