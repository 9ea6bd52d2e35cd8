#pragma once
// The service: its hours and holidays, who is on duty, its crisis contacts, and the
// time arithmetic of "due".
//
// Service time passes only while the service is open: a signal raised on Friday
// evening with an hour to answer is due on Monday an hour after opening.

#include "base/result.h"
#include "care/role.h"

namespace evenkeel::care {

enum class Weekday { mon, tue, wed, thu, fri, sat, sun };
constexpr auto enum_names(Weekday) {
    return std::to_array<std::pair<Weekday, std::string_view>>({{Weekday::mon, "mon"},
                                                                {Weekday::tue, "tue"},
                                                                {Weekday::wed, "wed"},
                                                                {Weekday::thu, "thu"},
                                                                {Weekday::fri, "fri"},
                                                                {Weekday::sat, "sat"},
                                                                {Weekday::sun, "sun"}});
}

struct ServiceDay {
    Weekday weekday = Weekday::mon;
    std::string from = "09:00";  // local time of day
    std::string to = "17:00";
    bool operator==(const ServiceDay&) const = default;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("weekday", self.weekday);
        visit("from", self.from, Domain{.max_length = 5, .min_length = 5});
        visit("to", self.to, Domain{.max_length = 5, .min_length = 5});
    }
};

struct DutyShift {
    Id account;
    Instant from{};
    Instant to{};
    std::optional<std::string> phone;
    bool operator==(const DutyShift&) const = default;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("account", self.account);
        visit("from", self.from);
        visit("to", self.to);
        visit("phone", self.phone, Domain{.max_length = 40});
    }
};

// Times to the next step before a signal goes one level up, in service time.
struct Escalation {
    int safety_minutes = 60;   // item 9 >= 2: seen within
    int safety_act_hours = 4;  // seen, then acted on
    int other_seen_hours = 16;
    int other_act_hours = 40;
    int contacts_check_days = 90;  // crisis contacts are checked this often
    bool operator==(const Escalation&) const = default;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("safety_minutes", self.safety_minutes, Domain{.min = 5, .max = 480});
        visit("safety_act_hours", self.safety_act_hours, Domain{.min = 1, .max = 40});
        visit("other_seen_hours", self.other_seen_hours, Domain{.min = 1, .max = 200});
        visit("other_act_hours", self.other_act_hours, Domain{.min = 1, .max = 400});
        visit("contacts_check_days", self.contacts_check_days, Domain{.min = 7, .max = 366});
    }
};

struct OrganisationSet {
    static constexpr std::string_view kind = "organisation_set";
    static constexpr int version = 1;
    std::string name;
    std::string zone;
    std::string region;
    std::vector<ServiceDay> hours;
    std::vector<Day> holidays;
    std::vector<DutyShift> duty;
    Escalation escalation;
    bool operator==(const OrganisationSet&) const = default;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("name", self.name, Domain{.max_length = 200, .min_length = 1});
        visit("zone", self.zone, Domain{.max_length = 64, .min_length = 1});
        visit("region", self.region, Domain{.max_length = 40});
        visit("hours", self.hours, Domain{.max_count = 7});
        visit("holidays", self.holidays, Domain{.max_count = 400});
        visit("duty", self.duty, Domain{.max_count = 500});
        visit("escalation", self.escalation, Domain{.optional = true});
    }
};

enum class ContactKind { emergency, line, text, service };
constexpr auto enum_names(ContactKind) {
    return std::to_array<std::pair<ContactKind, std::string_view>>(
        {{ContactKind::emergency, "emergency"},
         {ContactKind::line, "line"},
         {ContactKind::text, "text"},
         {ContactKind::service, "service"}});
}

struct CrisisContact {
    std::string name;
    std::string number;
    ContactKind kind = ContactKind::line;
    std::optional<std::string> hours;
    std::optional<std::string> note;
    bool operator==(const CrisisContact&) const = default;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("name", self.name, Domain{.max_length = 120, .min_length = 1});
        visit("number", self.number, Domain{.max_length = 40, .min_length = 2});
        visit("kind", self.kind);
        visit("hours", self.hours, Domain{.max_length = 120});
        visit("note", self.note, Domain{.max_length = 300});
    }
};

// The region's numbers, with who looked after them last and when.
struct CrisisContactsSet {
    static constexpr std::string_view kind = "crisis_contacts_set";
    static constexpr int version = 1;
    std::string region;
    std::string owner;  // a name or function, shown to managers
    Day checked_on{};
    std::vector<CrisisContact> contacts;
    bool operator==(const CrisisContactsSet&) const = default;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("region", self.region, Domain{.max_length = 40, .min_length = 1});
        visit("owner", self.owner, Domain{.max_length = 120, .min_length = 1});
        visit("checked_on", self.checked_on);
        visit("contacts", self.contacts, Domain{.max_count = 30});
    }
};

// Someone dialled each number and it answered.
struct CrisisContactsChecked {
    static constexpr std::string_view kind = "crisis_contacts_checked";
    static constexpr int version = 1;
    Day checked_on{};
    bool operator==(const CrisisContactsChecked&) const = default;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("checked_on", self.checked_on);
    }
};

// Every fault of the settings: times of day, order, doubled days, unknown zone.
void check(const OrganisationSet&, Faults&);
// A region needs at least one emergency number or line; numbers hold digits, spaces, + only.
void check(const CrisisContactsSet&, Faults&);

bool is_open(const OrganisationSet&, Instant);

// The instant at which `time` of open hours has passed since `from`. A service
// without hours counts every minute. Looks at most 400 days ahead; a service closed
// longer is due then.
Instant after_service_time(const OrganisationSet&, Instant from, std::chrono::minutes time);

// The end of the working day on which `from` falls; of the next one when it falls
// outside open hours.
Instant end_of_working_day(const OrganisationSet&, Instant from);

// Who is on duty at that instant.
std::optional<DutyShift> on_duty(const OrganisationSet&, Instant);

}  // namespace evenkeel::care
