#pragma once
// Entries and states as the JSON text that the store seals.
//
// An entry's body is {"zone", "role", "data"}; `data` is the described struct of the
// kind. Reading fails with invalid_input when the kind is unknown or the body does not
// fit: a newer program wrote it, or it is damaged.

#include "exchange/json.h"
#include "record/state.h"
#include "store/store.h"

namespace evenkeel::store {

StoredEntry stored(const record::Entry&);
Result<record::Entry> entry_of(const StoredEntry&);

// Reads the body of a kind from outside; every fault named, pointers into the body.
// Fails with invalid_input (where = "/kind") when the kind is unknown.
Result<record::Body> body_of_kind(std::string_view kind, const exchange::Json& data);
std::string body_json(const record::Body&);

}  // namespace evenkeel::store
