#pragma once
// The simulated service: its people on the staff side, its hours and numbers, and what
// its staff do when a signal is raised.
//
// Limits: names and telephone numbers are fiction. 01632 960 000 to 960 999 belong to no
// one: Ofcom keeps them for drama. The emergency numbers are real and are shown as such.

#include <span>
#include <string>
#include <vector>

#include "record/timeline.h"

namespace evenkeel::simulate {

struct StaffMember {
    Id account;
    care::Role role = care::Role::therapist;
    std::string name;
    std::string email;
};

struct Staff {
    std::vector<StaffMember> members;
    // The first with that role, or with that address; they exist.
    [[nodiscard]] const StaffMember& with_role(care::Role) const;
    [[nodiscard]] const StaffMember& with_email(std::string_view) const;
    [[nodiscard]] std::vector<Id> all_with_role(care::Role) const;
    [[nodiscard]] care::Author author(const Id& account) const;
};

// Two therapists, supervisor, prescriber, duty clinician, group co-leader, manager,
// administrator.
Staff simulated_staff(Instant joined, Random&);

// With a duty roster from `weeks_before` before today, at most 90, to eight weeks ahead.
care::OrganisationSet simulated_organisation(const Staff&, Day today, int weeks_before = 30);
care::CrisisContactsSet simulated_contacts(Day checked_on);

// How the staff treat the signals of one person.
enum class Handling {
    close,      // seen, looked into, closed with a reason
    keep_open,  // seen and worked on, not closed yet
    untouched,  // nobody has looked
};

struct LifeSettings {
    Handling handling = Handling::close;
    Instant untouched_from{};  // signals raised from here on are nobody's yet; {} = none
    Instant until{};           // now
};

// A lived life: the commands handed in with what the staff did woven in, in order of
// time, and where they lead.
struct Life {
    std::vector<record::Command> commands;
    record::PersonState state;
};

// `planned`: commands of the person and of the staff who care for them, in order of time.
// Fails as record::happen does.
Result<Life> lived(std::span<const record::Command> planned, const Staff&, const LifeSettings&,
                   record::Context, Random&);

}  // namespace evenkeel::simulate
