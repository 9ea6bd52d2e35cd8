#pragma once
// Time: instants in UTC to the millisecond, calendar days, time zones.
//
// "Tuesday" is local: a calendar day is a type of its own and comes from an
// instant and a zone. Nothing in the core reads a clock; `Clock` is handed in.

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace evenkeel {

using Milliseconds = std::chrono::milliseconds;
using Instant = std::chrono::sys_time<Milliseconds>;
using Day = std::chrono::sys_days;  // a calendar day, without zone

class Clock {
  public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual Instant now() const = 0;
};

// RFC 3339 in UTC: "2026-11-24T07:14:03.120Z". Reading accepts an offset and 0 to
// 9 decimals (cut to milliseconds); years 1900 to 2200.
std::string to_string(Instant);
std::optional<Instant> parse_instant(std::string_view);

// "2026-11-24"
std::string to_string(Day);
std::optional<Day> parse_day(std::string_view);

// Minutes after local midnight, "09:30".
std::optional<std::chrono::minutes> parse_time_of_day(std::string_view);
std::string to_string_time_of_day(std::chrono::minutes);

// IANA zones, from the system's table. An unknown zone is a caller's mistake:
// check with is_zone() where it comes in.
bool is_zone(std::string_view zone);
Day local_day(Instant, std::string_view zone);
// Minutes after local midnight at that instant.
std::chrono::minutes local_time(Instant, std::string_view zone);
// The instant at which a local day and time of day happens. A time that daylight
// saving skips moves forward by the gap; a time that happens twice is the first.
Instant instant_of(Day, std::chrono::minutes, std::string_view zone);

// 0 = Monday ... 6 = Sunday.
unsigned weekday_index(Day);

}  // namespace evenkeel
