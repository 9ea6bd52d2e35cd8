#pragma once
// Looking at everybody's series anew, in parallel and with little memory.

#include "store/keeper.h"

namespace evenkeel::store::detail {

// See Keeper::refresh. `organisation_stream` is nobody's.
Result<Refreshed> refresh_findings(Keeper&, const Id& organisation_stream, unsigned threads);

}  // namespace evenkeel::store::detail
