#pragma once
// From the two files of an instrument to one definition.

#include <optional>
#include <string>

#include "base/result.h"
#include "knowledge/detail/named_text.h"
#include "measures/instrument.h"

namespace evenkeel::knowledge::detail {

struct Definition {
    measures::Instrument instrument;   // `alternative` still without its instrument
    std::string alternative_id;        // of the shorter scale; empty when there is none
    std::size_t n_display_before = 0;  // display items before the first question
};

// Fails with invalid_input, every fault of both files named as "name#/pointer": fields and
// domains, files that do not agree, an item that is neither a question nor a display.
// What check_definition() asks is not asked here.
Result<Definition> read_definition(const NamedText& questionnaire, const NamedText& scoring);

// A pointer of check_definition() as the place in the file where it can be mended.
std::string place_in_file(const std::string& pointer, const Definition&,
                          const std::string& questionnaire, const std::string& scoring);

}  // namespace evenkeel::knowledge::detail
