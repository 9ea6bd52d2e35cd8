#pragma once
// Who people are to the service.
//
// A role says what someone may do at all; a relation (care/relation.h) says for whom. A role
// alone opens no record.

#include <array>

#include "base/describe.h"

namespace evenkeel::care {

enum class Role {
    client,
    supporter,
    therapist,
    group_co_leader,
    supervisor,
    prescriber,
    specialist,
    duty_clinician,
    manager,
    administrator,
    system,  // the service itself: computed results and timers
};

constexpr auto enum_names(Role) {
    return std::to_array<std::pair<Role, std::string_view>>({
        {Role::client, "client"},
        {Role::supporter, "supporter"},
        {Role::therapist, "therapist"},
        {Role::group_co_leader, "group_co_leader"},
        {Role::supervisor, "supervisor"},
        {Role::prescriber, "prescriber"},
        {Role::specialist, "specialist"},
        {Role::duty_clinician, "duty_clinician"},
        {Role::manager, "manager"},
        {Role::administrator, "administrator"},
        {Role::system, "system"},
    });
}

constexpr bool is_staff(Role role) {
    return role != Role::client && role != Role::supporter && role != Role::system;
}

// Treats people: may stand in a relation to one and own a signal. Managers and
// administrators see no clinical content.
constexpr bool is_clinician(Role role) {
    return is_staff(role) && role != Role::manager && role != Role::administrator;
}

// Who wrote something. A nil account is the service itself.
struct Author {
    Id account;
    Role role = Role::system;
    bool operator==(const Author&) const = default;
};

}  // namespace evenkeel::care
