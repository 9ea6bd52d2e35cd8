#pragma once
// From the files of knowledge/guidelines to one book of rules.

#include <vector>

#include "base/result.h"
#include "guidance/rules.h"
#include "knowledge/detail/named_text.h"

namespace evenkeel::knowledge::detail {

// Rules stand in the order of their guidelines. Fails with invalid_input, every fault of every
// file named as "name#/pointer": fields and domains, an id that stands twice, a fact, value or
// option that does not exist, what guidance::faults_of() finds.
Result<guidance::RuleBook> read_rule_book(const NamedText& facts, const NamedText& options,
                                          const std::vector<NamedText>& guidelines);

}  // namespace evenkeel::knowledge::detail
