#pragma once
// The built pages, carried inside the binary (cmake/Embed.cmake makes the table).
//
// Every GET outside /api that names no file and has no extension answers with
// index.html: the addresses of the screens belong to the page's own router.

#include <optional>
#include <span>
#include <string_view>

#include "web/http.h"

namespace evenkeel::web {

struct Asset {
    std::string_view path;  // "/assets/index-Ab12Cd34.js"
    std::string_view content_type;
    std::string_view bytes;
    std::string_view gzip;    // empty: not worth it
    std::string_view brotli;  // empty: not worth it, or no tool at build time
    std::string_view etag;    // quoted
    bool immutable = false;   // the name holds a hash of the content
};

class Assets {
  public:
    explicit Assets(std::span<const Asset> table) : table_(table) {}  // sorted by path

    // The answer to a GET or HEAD of a page, nullopt where the path is not ours
    // (below /api, /fhir, or a file that does not exist). Conditional requests and
    // Accept-Encoding are honoured.
    [[nodiscard]] std::optional<Response> answer(const Request&) const;
    [[nodiscard]] bool empty() const { return table_.empty(); }

  private:
    [[nodiscard]] const Asset* find(std::string_view path) const;
    std::span<const Asset> table_;
};

// The table of the folder ui/dist as it was at build time; empty without it.
std::span<const Asset> embedded_ui();

}  // namespace evenkeel::web
