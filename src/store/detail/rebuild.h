#pragma once
// Folding every stream anew, to the bytes that writing left.

#include <vector>

#include "store/store.h"

namespace evenkeel::store::detail {

// See Keeper::rebuild.
Result<std::vector<Id>> rebuild_projections(Store&, const Id& organisation_stream);

}  // namespace evenkeel::store::detail
