#pragma once
// From a person's state to the rows that others query, and folding them all anew.

#include <vector>

#include "record/state.h"
#include "store/store.h"

namespace evenkeel::store::detail {

Projection projection_of(const record::PersonState&);

// See Keeper::rebuild.
Result<std::vector<Id>> rebuild_projections(Store&, const Id& organisation_stream);

}  // namespace evenkeel::store::detail
