#pragma once
// Who may use a route.
//
// There is no default on purpose: a route that does not say who may use it does not
// compile (router_test.cpp proves it).

#include <string_view>

namespace evenkeel::web {

struct Access {
    explicit constexpr Access(std::string_view rule) : name(rule) {}
    std::string_view name;  // of the rule, as the API document prints it
};

}  // namespace evenkeel::web
