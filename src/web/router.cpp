#include "web/router.h"

#include <algorithm>
#include <set>

namespace evenkeel::web {

namespace {

std::vector<std::string_view> split(std::string_view path) {
    std::vector<std::string_view> segments;
    if (path.starts_with('/')) path.remove_prefix(1);
    while (true) {
        const auto slash = path.find('/');
        segments.push_back(path.substr(0, slash));
        if (slash == std::string_view::npos) return segments;
        path.remove_prefix(slash + 1);
    }
}

bool is_parameter(std::string_view segment) {
    return segment.size() > 2 && segment.starts_with('{') && segment.ends_with('}');
}

// A HEAD is answered as its GET; the server leaves the body out.
Method effective(Method method) {
    return method == Method::head ? Method::get : method;
}

bool fits(const std::vector<std::string>& pattern, const std::vector<std::string_view>& path) {
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (pattern[i].empty() ? path[i].empty() : pattern[i] != path[i]) return false;
    }
    return true;
}

}  // namespace

Router::Router(std::vector<Route> routes) : routes_(std::move(routes)) {
    std::set<std::pair<Method, std::vector<std::string>>> shapes;
    for (std::size_t i = 0; i < routes_.size(); ++i) {
        const Route& route = routes_[i];
        EK_ASSERT(route.pattern.starts_with('/'));
        EK_ASSERT(route.handler != nullptr);
        EK_ASSERT(route.method != Method::head && route.method != Method::other);
        Pattern pattern{.segments = {}, .names = {}, .route = i};
        for (const auto segment : split(route.pattern)) {
            if (!is_parameter(segment)) {
                EK_ASSERT(!segment.empty() || route.pattern == "/");
                // "/" alone is one segment of no length; kept apart from a parameter.
                pattern.segments.emplace_back(route.pattern == "/" ? "/" : segment);
                continue;
            }
            std::string name(segment.substr(1, segment.size() - 2));
            EK_ASSERT(std::find(pattern.names.begin(), pattern.names.end(), name) ==
                      pattern.names.end());
            pattern.names.push_back(std::move(name));
            pattern.segments.emplace_back();
        }
        EK_ASSERT(shapes.emplace(route.method, pattern.segments).second);
        by_length_[pattern.segments.size()].push_back(std::move(pattern));
    }
    // Literals before parameters, from the left: the first that fits is the one.
    for (auto& [unused, patterns] : by_length_) {
        std::stable_sort(patterns.begin(), patterns.end(), [](const auto& a, const auto& b) {
            for (std::size_t i = 0; i < a.segments.size(); ++i) {
                if (a.segments[i].empty() != b.segments[i].empty()) return b.segments[i].empty();
            }
            return false;
        });
    }
}

Match Router::match(Method method, std::string_view path) const {
    Match result;
    auto segments = split(path);
    if (path == "/") segments = {"/"};
    const auto candidates = by_length_.find(segments.size());
    if (candidates == by_length_.end()) return result;
    const std::vector<std::string>* shape = nullptr;
    for (const Pattern& pattern : candidates->second) {
        // A path belongs to the first shape that fits; another, wider shape must not
        // answer a method that this one does not have.
        if (shape != nullptr && pattern.segments != *shape) continue;
        if (shape == nullptr && !fits(pattern.segments, segments)) continue;
        shape = &pattern.segments;
        const Route& route = routes_[pattern.route];
        if (route.method != effective(method)) {
            result.allowed.push_back(route.method);
            continue;
        }
        result.route = &route;
        result.allowed.clear();
        std::size_t name = 0;
        for (std::size_t i = 0; i < segments.size(); ++i) {
            if (!pattern.segments[i].empty()) continue;
            result.parameters.emplace(pattern.names[name++], segments[i]);
        }
        return result;
    }
    return result;
}

std::size_t Router::max_body(Method method, std::string_view path) const {
    const Match found = match(method, path);
    return found.route == nullptr ? Limits{}.max_body : found.route->limits.max_body;
}

Response no_route(const Match& match) {
    if (match.allowed.empty()) return problem(404, "There is nothing at this address.");
    Response response = problem(405, "This address does not take this method.");
    std::string allow;
    for (const Method method : match.allowed) {
        if (!allow.empty()) allow += ", ";
        allow += name_of(method);
        if (method == Method::get) allow += ", HEAD";
    }
    response.headers.emplace_back("Allow", std::move(allow));
    return response;
}

}  // namespace evenkeel::web
