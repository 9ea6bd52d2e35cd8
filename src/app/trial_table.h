#pragma once
// Trials from a table, one row for each arm or for each contrast, as a network of treatments.

#include <string>
#include <vector>

#include "app/table_input.h"
#include "evidence/network.h"

namespace evenkeel::app {

// Names of columns; which are needed follows from `arms` and whether events are given.
struct TrialColumns {
    bool arms = false;  // else contrasts
    std::string study, treatment, events, n, mean, sd, treat1, treat2, effect, se;
};

struct TrialTable {
    evidence::Network network;  // treatments in alphabetical order without regard to case
    std::vector<std::string> warnings;
    // Where to look for a study (its first row) or a contrast of the network, as line:column.
    std::vector<std::string> study_places, contrast_places;
};

// Rows without data are left out with a warning, and treatments that no trial compares any more.
// Fails with invalid_input, every fault with its row and column.
Result<TrialTable> read_trials(const exchange::CsvTable&, const TrialColumns&, evidence::Measure);

// Puts rows and columns for the positions that faults of network_analysis name.
Error in_the_table(const Error&, const TrialTable&);

}  // namespace evenkeel::app
