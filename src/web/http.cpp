#include "web/http.h"

#include <algorithm>

namespace evenkeel::web {

namespace {

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

}  // namespace

std::string_view name_of(Method method) {
    switch (method) {
        case Method::get:
            return "GET";
        case Method::head:
            return "HEAD";
        case Method::post:
            return "POST";
        case Method::put:
            return "PUT";
        case Method::patch:
            return "PATCH";
        case Method::remove:
            return "DELETE";
        case Method::options:
            return "OPTIONS";
        case Method::other:
            break;
    }
    return "OTHER";
}

void Headers::add(std::string name, std::string value) {
    for (auto& [known, held] : fields_) {
        if (known != name) continue;
        held += name == "cookie" ? "; " : ", ";
        held += value;
        return;
    }
    fields_.emplace_back(std::move(name), std::move(value));
}

void Headers::erase(std::string_view name) {
    std::erase_if(fields_, [&](const auto& field) { return field.first == name; });
}

const std::string* Headers::find(std::string_view name) const {
    for (const auto& [known, value] : fields_) {
        if (known == name) return &value;
    }
    return nullptr;
}

std::string_view Headers::get(std::string_view name) const {
    const std::string* found = find(name);
    return found == nullptr ? std::string_view{} : *found;
}

std::optional<std::string> Request::cookie(std::string_view name) const {
    std::string_view rest = headers.get("cookie");
    while (!rest.empty()) {
        const auto end = std::min(rest.find(';'), rest.size());
        const std::string_view pair = trimmed(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
        const auto equals = pair.find('=');
        if (equals != std::string_view::npos && pair.substr(0, equals) == name) {
            return std::string(pair.substr(equals + 1));
        }
    }
    return std::nullopt;
}

Response json_response(std::string body, int status) {
    return {.status = status, .body = std::move(body), .content_type = "application/json"};
}

Response no_content() {
    return {.status = 204};
}

}  // namespace evenkeel::web
