#pragma once
// Puts the route table, the rate limits, the API document and the built screens
// together into what the server calls.

#include "web/assets.h"
#include "web/rate_limit.h"
#include "web/server.h"
#include "web/site.h"

namespace evenkeel::web {

class Application {
  public:
    // Everything in the site must outlive the application.
    Application(Site&, std::string_view version);

    Response answer(Request&);
    [[nodiscard]] std::size_t max_body(Method, std::string_view path) const;
    [[nodiscard]] const Router& router() const { return router_; }
    // The OpenAPI 3.1 document of the table.
    [[nodiscard]] const std::string& api_document() const { return document_; }

  private:
    std::vector<Route> all_routes(Site&);

    std::string document_;
    std::string api_page_;
    Router router_;
    RateLimiter limiter_;
    Assets assets_;
};

}  // namespace evenkeel::web
