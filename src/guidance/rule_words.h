#pragma once
// Facts and tests of the rules in words: the same on the command line and on a screen.

#include "guidance/rules.h"

namespace evenkeel::guidance {

// "yes", "12", "limited"
std::string in_words(const Fact&, int value);

// The value that these words name; none when the fact has no such value.
std::optional<int> value_named(const Fact&, std::string_view words);

// What values there are: "yes or no", "a whole number from 0 to 27", "one of: none, limited"
std::string values_in_words(const Fact&);

// "15 or less", "4 to 9", "yes", "none or limited"
std::string needs(const Fact&, const Test&);

// "PHQ-9 total: 15 or less; wants treatment: yes", or one such for each clause
std::string in_words(const RuleBook&, const Condition&);

}  // namespace evenkeel::guidance
