#include "web/assets.h"

#include <algorithm>
#include <array>
#include <string>

namespace evenkeel::web {

namespace {

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// Calls `visit` with each element of a comma-separated list until it says true.
template <class Visit>
bool any_element(std::string_view list, Visit&& visit) {
    while (!list.empty()) {
        const auto comma = std::min(list.find(','), list.size());
        if (visit(trimmed(list.substr(0, comma)))) return true;
        list.remove_prefix(std::min(comma + 1, list.size()));
    }
    return false;
}

// RFC 9110, section 12.5.3; "*" is not taken as a wish for a certain coding.
bool accepts(std::string_view accept_encoding, std::string_view coding) {
    return any_element(accept_encoding, [&](std::string_view element) {
        const auto semicolon = std::min(element.find(';'), element.size());
        if (trimmed(element.substr(0, semicolon)) != coding) return false;
        const auto weight = trimmed(element.substr(std::min(semicolon + 1, element.size())));
        // q=0, q=0.0, q=0.000 all mean "not this one".
        return !weight.starts_with("q=0") ||
               weight.find_first_of("123456789") != std::string_view::npos;
    });
}

bool is_below(std::string_view path, std::string_view folder) {
    return path.starts_with(folder) && (path.size() == folder.size() || path[folder.size()] == '/');
}

// Addresses of screens have no extension; "/x.js" is a file that does not exist.
bool is_screen(std::string_view path) {
    if (is_below(path, "/api") || is_below(path, "/fhir")) return false;
    return path.substr(path.rfind('/')).find('.') == std::string_view::npos;
}

Response not_built() {
    Response response;
    response.content_type = "text/html; charset=utf-8";
    response.embedded =
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">"
        "<title>Evenkeel</title></head><body><h1>Evenkeel</h1>"
        "<p>This program was built without its screens. Build it with ./run, or build the folder "
        "ui first.</p><p><a href=\"/help\">Get help now</a></p></body></html>\n";
    return response;
}

}  // namespace

const Asset* Assets::find(std::string_view path) const {
    const auto found = std::lower_bound(
        table_.begin(), table_.end(), path,
        [](const Asset& asset, std::string_view wanted) { return asset.path < wanted; });
    return found != table_.end() && found->path == path ? &*found : nullptr;
}

std::optional<Response> Assets::answer(const Request& request) const {
    if (request.method != Method::get && request.method != Method::head) return std::nullopt;
    const Asset* asset = find(request.path);
    if (asset == nullptr && is_screen(request.path)) {
        if (empty()) return not_built();
        asset = find("/index.html");
    }
    if (asset == nullptr) return std::nullopt;

    Response response;
    response.content_type = asset->content_type;
    response.embedded = asset->bytes;
    std::string tag(asset->etag);
    const auto accept = request.headers.get("accept-encoding");
    const auto use = [&](std::string_view packed, std::string_view coding) {
        if (packed.empty() || !accepts(accept, coding)) return false;
        response.embedded = packed;
        response.headers.emplace_back("Content-Encoding", coding);
        // Two codings of one file are two representations (RFC 9110, section 8.8.3.3).
        tag.insert(tag.size() - 1, "-" + std::string(coding));
        return true;
    };
    if (!use(asset->brotli, "br")) use(asset->gzip, "gzip");
    response.headers.emplace_back("ETag", tag);
    response.headers.emplace_back("Vary", "Accept-Encoding");
    response.headers.emplace_back(
        "Cache-Control", asset->immutable ? "public, max-age=31536000, immutable" : "no-cache");
    const bool known =
        any_element(request.headers.get("if-none-match"), [&](std::string_view each) {
            if (each.starts_with("W/")) each.remove_prefix(2);
            return each == "*" || each == tag;
        });
    if (known) {
        response.status = 304;
        response.embedded = {};
        response.content_type.clear();
        std::erase_if(response.headers,
                      [](const auto& field) { return field.first == "Content-Encoding"; });
    }
    return response;
}

}  // namespace evenkeel::web
