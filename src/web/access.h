#pragma once
// Who may use a route: the one description that the check, the API document and the
// authorisation test share.
//
// There is no default on purpose: a route that does not say who may use it does not
// compile (router_test.cpp proves it). Denied unless a rule allows. Reading a person's record needs
// to be that person or to stand in a relation to them; a role alone never opens a record.

#include <cstdint>
#include <initializer_list>
#include <string_view>

#include "care/role.h"

namespace evenkeel::web {

class Access {
  public:
    enum class Rule { anyone, signed_in, roles, person };

    // Signed out too.
    static constexpr Access anyone(std::string_view name) { return {name, Rule::anyone, 0, false}; }
    // Any account. `enrolling`: also before a required second factor is set up.
    static constexpr Access signed_in(std::string_view name, bool enrolling = false) {
        Access out{name, Rule::signed_in, 0, false};
        out.enrolling_ = enrolling;
        return out;
    }
    static constexpr Access roles(std::string_view name, std::initializer_list<care::Role> roles) {
        return {name, Rule::roles, mask_of(roles), false};
    }
    // The record named by the path parameter {person}: its owner, and staff or
    // supporters in one of these relations now.
    static constexpr Access person(std::string_view name,
                                   std::initializer_list<care::Role> relations, bool own = true) {
        return {name, Rule::person, mask_of(relations), own};
    }

    [[nodiscard]] constexpr bool holds(care::Role role) const {
        return (mask_ & (1U << static_cast<unsigned>(role))) != 0;
    }
    [[nodiscard]] constexpr Rule rule() const { return rule_; }
    [[nodiscard]] constexpr bool own() const { return own_; }
    [[nodiscard]] constexpr bool enrolling() const { return enrolling_; }

    std::string_view name;  // as the API document prints it

  private:
    constexpr Access(std::string_view text, Rule rule, std::uint32_t mask, bool own)
        : name(text), rule_(rule), mask_(mask), own_(own) {}
    static constexpr std::uint32_t mask_of(std::initializer_list<care::Role> roles) {
        std::uint32_t mask = 0;
        for (const auto role : roles) mask |= 1U << static_cast<unsigned>(role);
        return mask;
    }

    Rule rule_;
    std::uint32_t mask_;
    bool own_;
    bool enrolling_ = false;
};

}  // namespace evenkeel::web
