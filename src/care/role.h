#pragma once
// Who people are to the service, and what a member of staff is to one person.
//
// A role says what someone may do at all; a relation says for whom. Reading a
// person's record always needs a relation (care/access.h).

#include <array>
#include <optional>

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

// Who wrote something. A nil account is the service itself.
struct Author {
    Id account;
    Role role = Role::system;
    bool operator==(const Author&) const = default;
};

struct RelationStarted {
    static constexpr std::string_view kind = "relation_started";
    static constexpr int version = 1;
    Id staff;
    Role role = Role::therapist;
    bool operator==(const RelationStarted&) const = default;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("staff", self.staff);
        visit("role", self.role);
    }
};

struct RelationEnded {
    static constexpr std::string_view kind = "relation_ended";
    static constexpr int version = 1;
    Id staff;
    Role role = Role::therapist;
    bool operator==(const RelationEnded&) const = default;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("staff", self.staff);
        visit("role", self.role);
    }
};

// A clinician without a relation opened the record in an emergency ("break-glass"), with
// a written reason. It ends by itself at `until`, which the decision sets; nothing else
// ends or lengthens it.
struct EmergencyAccess {
    static constexpr std::string_view kind = "emergency_access";
    static constexpr int version = 1;
    Id staff;
    std::string reason;
    std::optional<Instant> until;
    bool operator==(const EmergencyAccess&) const = default;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("staff", self.staff);
        visit("reason", self.reason, Domain{.max_length = 1000, .min_length = 10});
        visit("until", self.until);
    }
};
inline constexpr std::chrono::hours emergency_access_lasts{24};

}  // namespace evenkeel::care
