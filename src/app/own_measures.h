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

// The files of the definitions as one text, to be kept in the record of a backup: whoever
// brings the record back has the measures that its scores were computed with.
Result<std::string> own_measures_as_text(const std::filesystem::path& data);

// How many definitions such a text holds. Fails with invalid_input unless each is whole.
Result<std::size_t> check_own_measures(std::string_view text);

// Writes them out again, each byte for byte, in the place of one with the same id.
Status put_back_own_measures(const std::filesystem::path& data, std::string_view text);

// The note of the record that holds the text.
inline constexpr std::string_view own_measures_note = "own_measures";

}  // namespace evenkeel::app
