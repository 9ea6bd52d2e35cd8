#pragma once
// Measures that the operator has defined: files measures/ID.json in the data folder.
//
// Why files and not entries: docs/adr/0009-own-measures.md.

#include <filesystem>

#include "app/import_mapping.h"
#include "knowledge/load.h"

namespace evenkeel::app {

// One item that is the total itself. Fails with invalid_input where check_definition() does.
Result<measures::Instrument> instrument_of(const OwnMeasure&);

// Adds the measures of the folder to what is known. Fails with invalid_input (a damaged
// file; an id that a shipped instrument has), unavailable. No folder: nothing to add.
Status add_own_measures(const std::filesystem::path& data, knowledge::Knowledge&);

// Writes the definition, unless the same stands there. Fails with conflict when another
// definition has the id: scores were computed with it.
Status keep_own_measure(const std::filesystem::path& data, const OwnMeasure&);

}  // namespace evenkeel::app
