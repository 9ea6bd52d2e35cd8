#pragma once
// Draws from distributions, from a generator that is handed in. The standard library's
// distributions may differ between systems; these give the same numbers everywhere.

#include <array>
#include <cmath>
#include <numbers>
#include <span>

#include "base/random.h"
#include "base/result.h"

namespace evenkeel::simulate {

// Uniform in [0, 1), 53 bits.
inline double uniform(Random& random) {
    return static_cast<double>(random.next() >> 11U) * 0x1p-53;
}

inline double between(Random& random, double low, double high) {
    return low + (high - low) * uniform(random);
}

inline bool chance(Random& random, double probability) {
    return uniform(random) < probability;
}

// 0 .. count - 1, count > 0.
inline std::size_t below(Random& random, std::size_t count) {
    EK_ASSERT(count > 0);
    return static_cast<std::size_t>(uniform(random) * static_cast<double>(count));
}

template <class List>
const auto& one_of(Random& random, const List& list) {
    return list[below(random, std::size(list))];
}

// Box & Muller (1958), Ann Math Stat 29:610; the second of the pair is not kept, so that
// a draw depends on nothing drawn before.
inline double normal(Random& random, double mean = 0, double sd = 1) {
    const double radius = std::sqrt(-2 * std::log(1 - uniform(random)));
    return mean + sd * radius * std::cos(2 * std::numbers::pi * uniform(random));
}

}  // namespace evenkeel::simulate
