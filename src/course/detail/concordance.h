#pragma once
// How often does the person with the higher risk have the event first?

#include <optional>
#include <span>
#include <vector>

namespace evenkeel::course::detail {

struct Concordance {
    double value, se;
};

// Over pairs whose order is known: the earlier one had the event; an event comes before a
// departure at the same time. Equal risks count one half. nullopt without such a pair.
// Rows by descending time. O(n log n).
std::optional<Concordance> concordance(std::span<const double> time, std::span<const char> event,
                                       std::span<const double> risk);

}  // namespace evenkeel::course::detail
