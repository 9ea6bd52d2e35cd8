#pragma once
// The order of many numbers, faster than by comparing: a radix sort of their bits.

#include <cstdint>
#include <span>
#include <vector>

namespace evenkeel::course::detail {

// Positions by ascending value; equal values keep their order, and -0 is 0. Values are finite.
std::vector<std::uint32_t> ascending_order(std::span<const double> values);

}  // namespace evenkeel::course::detail
