#pragma once
// The guideline rules of knowledge/guidelines, and a described person to ask them about.

#include "base/result.h"
#include "exchange/json.h"
#include "guidance/rules.h"

namespace evenkeel::knowledge {

// An object of facts by id: true or false of a flag, one of its values of a choice, a whole number;
// null or absent = nobody has told. Fails with invalid_input, every fault by its pointer: an
// unknown fact, a value of another kind or outside the fact's domain.
Result<guidance::KnownFacts> read_known_facts(const guidance::RuleBook&,
                                              const exchange::Json& described);

}  // namespace evenkeel::knowledge
