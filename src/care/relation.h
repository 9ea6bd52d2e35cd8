#pragma once
// What an account is to one person: in which role, on what basis, from when, until when and
// why. Every way to somebody's record but the own one is such a relation.
//
// The bases differ in who gives them, and all else follows from that: what the team gives
// makes responsible and can be ended; what a clinician takes in an emergency ("break-glass")
// opens the record, is told to the therapist and ends by itself; what the service gives goes
// with the open signal that it is for.

#include <optional>

#include "care/role.h"

namespace evenkeel::care {

enum class Basis {
    assigned,   // in their care
    cover,      // stands in for who is assigned, until a day agreed before
    emergency,  // opened the record without a relation, with a written reason
    signal,     // owns an open signal of this person
};
constexpr auto enum_names(Basis) {
    return std::to_array<std::pair<Basis, std::string_view>>({{Basis::assigned, "assigned"},
                                                              {Basis::cover, "cover"},
                                                              {Basis::emergency, "emergency"},
                                                              {Basis::signal, "signal"}});
}

enum class Giver { team, oneself, service };

constexpr Giver giver_of(Basis basis) {
    switch (basis) {
        case Basis::assigned:
        case Basis::cover:
            return Giver::team;
        case Basis::emergency:
            return Giver::oneself;
        case Basis::signal:
            break;
    }
    return Giver::service;
}

// As whom somebody acts who has no relation that the team gave.
inline constexpr Role without_team = Role::duty_clinician;

inline constexpr std::chrono::hours emergency_lasts{24};
inline constexpr std::size_t emergency_reason_min = 10;  // bytes

struct Relation {
    Id staff;  // an account; also a supporter's
    Role role = Role::therapist;
    Basis basis = Basis::assigned;
    std::optional<Instant> until = {};  // of an emergency the decision sets it
    std::optional<std::string> reason = {};
    bool operator==(const Relation&) const = default;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("staff", self.staff);
        visit("role", self.role);
        visit("basis", self.basis, Domain{.optional = true});
        visit("until", self.until);
        visit("reason", self.reason, Domain{.max_length = 1000});
    }
};

struct RelationStarted : Relation {
    static constexpr std::string_view kind = "relation_started";
    static constexpr int version = 1;
    bool operator==(const RelationStarted&) const = default;
};

// Ends what the team gave in that role, or of it only what is on that basis; nothing else is
// ended early.
struct RelationEnded {
    static constexpr std::string_view kind = "relation_ended";
    static constexpr int version = 1;
    Id staff;
    Role role = Role::therapist;
    std::optional<Basis> basis = {};
    bool operator==(const RelationEnded&) const = default;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("staff", self.staff);
        visit("role", self.role);
        visit("basis", self.basis);
    }
};

// Somebody stands in for a colleague: the covers of one and the same time, whoever is in care.
struct Cover {
    Id away;  // assigned where the other stands in
    Id by;
    Instant since{};
    Instant until{};
    int people = 0;
    bool operator==(const Cover&) const = default;
};

}  // namespace evenkeel::care
