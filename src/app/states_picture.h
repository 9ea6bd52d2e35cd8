#pragma once
// Networks of a person's states as SVG: what goes before what, and what goes together.

#include <span>
#include <string>
#include <vector>

#include "exchange/graph.h"

namespace evenkeel::app {

struct StatesView {
    std::string title;
    exchange::Ends ends = exchange::Ends::plain;
    std::vector<double> weights;  // n x n by columns: [to, from]; without arrows the lower half
    std::vector<bool> shown;      // of each weight
};

// Width by size, sign by line and ink: full lines are positive, dashed ones negative.
std::string states_picture(const std::string& title, const std::string& says,
                           const std::vector<std::string>& names, std::span<const StatesView>);

}  // namespace evenkeel::app
