#pragma once
// The sum of products of two lists, in several sums at once, since one would wait for itself.

#include <cstddef>

namespace evenkeel::numerics {

double dot(const double* a, const double* b, std::size_t n);

}  // namespace evenkeel::numerics
