#pragma once
// The OpenAPI 3.1 document, made from the route table: what it says is what runs.

#include <string>
#include <string_view>
#include <vector>

#include "web/router.h"

namespace evenkeel::web {

// The document as JSON. Each operation names its access rule as "x-access" and its
// largest body as "x-max-body".
std::string openapi_document(const std::vector<Route>&, std::string_view title,
                             std::string_view version);

}  // namespace evenkeel::web
