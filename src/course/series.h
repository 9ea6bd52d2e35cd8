#pragma once
// What is a usable series? One rule for every method of this module.
//
// A series is a list of numbers in order of time; NaN marks a missing one.

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace evenkeel::course {

// Beyond this size squares and their sums would overflow; no scale of the field comes near.
inline constexpr double largest_magnitude = 1e100;

// Adds a fault for each value that is infinite or beyond largest_magnitude, at
// "<where>/<position>", ten at the most and then one that counts the rest.
void check_series(std::span<const double> values, std::string_view where, Faults&);

// The values that are not missing, and where they stood.
struct Observed {
    std::vector<double> values;
    std::vector<std::size_t> positions;
};
Observed observed_of(std::span<const double> values);

// The mean, summed twice so that adding a constant to all values adds it to the mean.
// NaN for an empty span; values must be finite.
double mean_of(std::span<const double> values);

// Whether values are all the same up to the last digits of their size.
bool constant(std::span<const double> values);

// Values minus their mean, divided by their standard deviation (n - 1). Fails with
// invalid_input if there are fewer than 2 or they are constant.
Result<std::vector<double>> standardized(std::span<const double> values);

}  // namespace evenkeel::course
