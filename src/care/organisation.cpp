#include "care/organisation.h"

#include <algorithm>

namespace evenkeel::care {
namespace {

using std::chrono::minutes;

struct Opening {
    Instant from;
    Instant to;
};

constexpr int days_ahead_max = 400;

std::optional<Opening> opening_on(const OrganisationSet& service, Day day) {
    if (std::find(service.holidays.begin(), service.holidays.end(), day) !=
        service.holidays.end()) {
        return std::nullopt;
    }
    for (const auto& each : service.hours) {
        if (static_cast<unsigned>(each.weekday) != weekday_index(day)) continue;
        const auto from = parse_time_of_day(each.from);
        const auto to = parse_time_of_day(each.to);
        EK_ASSERT(from && to);  // checked when the settings were written
        return Opening{instant_of(day, *from, service.zone), instant_of(day, *to, service.zone)};
    }
    return std::nullopt;
}

void check_day(const ServiceDay& day, const std::string& where, Faults& faults) {
    const auto from = parse_time_of_day(day.from);
    const auto to = parse_time_of_day(day.to);
    if (!from) faults.add(where + "/from", "Give a time such as 09:00.");
    if (!to) faults.add(where + "/to", "Give a time such as 17:00.");
    if (from && to && *from >= *to) faults.add(where + "/to", "Close after opening.");
}

}  // namespace

void check(const OrganisationSet& service, Faults& faults) {
    if (!is_zone(service.zone)) {
        faults.add("/zone", "This time zone is not known. Give one such as Europe/London.");
    }
    std::array<bool, 7> taken{};
    for (std::size_t i = 0; i < service.hours.size(); ++i) {
        const auto where = "/hours/" + std::to_string(i);
        check_day(service.hours[i], where, faults);
        bool& seen = taken[static_cast<std::size_t>(service.hours[i].weekday)];
        if (seen) faults.add(where + "/weekday", "This day stands twice. Keep one of them.");
        seen = true;
    }
    for (std::size_t i = 0; i < service.duty.size(); ++i) {
        if (service.duty[i].from >= service.duty[i].to) {
            faults.add("/duty/" + std::to_string(i) + "/to", "End the duty after it begins.");
        }
    }
}

void check(const CrisisContactsSet& set, Faults& faults) {
    bool someone = false;  // who answers at any hour
    for (std::size_t i = 0; i < set.contacts.size(); ++i) {
        const auto& contact = set.contacts[i];
        someone =
            someone || contact.kind == ContactKind::emergency || contact.kind == ContactKind::line;
        const bool digits = std::all_of(contact.number.begin(), contact.number.end(), [](char c) {
            return (c >= '0' && c <= '9') || c == ' ' || c == '+';
        });
        if (!digits) {
            faults.add("/contacts/" + std::to_string(i) + "/number",
                       "Use digits, spaces and + only, so that a phone can dial it.");
        }
    }
    if (!someone) {
        faults.add("/contacts", "Add at least one contact of kind emergency or line.");
    }
}

bool is_open(const OrganisationSet& service, Instant at) {
    const auto opening = opening_on(service, local_day(at, service.zone));
    return opening && opening->from <= at && at < opening->to;
}

Instant after_service_time(const OrganisationSet& service, Instant from, minutes time) {
    if (service.hours.empty()) return from + time;
    Milliseconds left = time;
    Day day = local_day(from, service.zone);
    for (int ahead = 0; ahead < days_ahead_max; ++ahead, day += std::chrono::days{1}) {
        const auto opening = opening_on(service, day);
        if (!opening || opening->to <= from) continue;
        const Instant begin = std::max(opening->from, from);
        if (left <= opening->to - begin) return begin + left;
        left -= opening->to - begin;
    }
    return from + std::chrono::days{days_ahead_max};
}

Instant end_of_working_day(const OrganisationSet& service, Instant from) {
    Day day = local_day(from, service.zone);
    for (int ahead = 0; ahead < days_ahead_max; ++ahead, day += std::chrono::days{1}) {
        const auto opening = opening_on(service, day);
        if (opening && from < opening->to) return opening->to;
    }
    return from + std::chrono::hours{24};
}

std::optional<DutyShift> on_duty(const OrganisationSet& service, Instant at) {
    for (const auto& shift : service.duty) {
        if (shift.from <= at && at < shift.to) return shift;
    }
    return std::nullopt;
}

}  // namespace evenkeel::care
