#include "base/clock.h"

#include <date/tz.h>
#include <fmt/format.h>

#include <algorithm>

#include "base/result.h"

namespace evenkeel {
namespace {

using std::chrono::minutes;

// Reads exactly `digits` decimal digits from the front.
std::optional<int> take_number(std::string_view& text, std::size_t digits) {
    if (text.size() < digits) return std::nullopt;
    int value = 0;
    for (std::size_t i = 0; i < digits; ++i) {
        if (text[i] < '0' || text[i] > '9') return std::nullopt;
        value = value * 10 + (text[i] - '0');
    }
    text.remove_prefix(digits);
    return value;
}

bool take_char(std::string_view& text, char c) {
    if (text.empty() || text.front() != c) return false;
    text.remove_prefix(1);
    return true;
}

std::optional<Day> take_day(std::string_view& text) {
    const auto year = take_number(text, 4);
    if (!year || !take_char(text, '-')) return std::nullopt;
    const auto month = take_number(text, 2);
    if (!month || !take_char(text, '-')) return std::nullopt;
    const auto day = take_number(text, 2);
    if (!day || *year < 1900 || *year > 2200) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year{*year},
                                           std::chrono::month{static_cast<unsigned>(*month)},
                                           std::chrono::day{static_cast<unsigned>(*day)}};
    if (!date.ok()) return std::nullopt;
    return Day{date};
}

std::optional<minutes> take_time_of_day(std::string_view& text) {
    const auto hour = take_number(text, 2);
    if (!hour || !take_char(text, ':')) return std::nullopt;
    const auto minute = take_number(text, 2);
    if (!minute || *hour > 23 || *minute > 59) return std::nullopt;
    return minutes{*hour * 60 + *minute};
}

std::optional<Milliseconds> take_seconds(std::string_view& text) {
    const auto seconds = take_number(text, 2);
    if (!seconds || *seconds > 60) return std::nullopt;
    int ms = 0;
    if (take_char(text, '.')) {
        int scale = 100;
        std::size_t digits = 0;
        for (; !text.empty() && text.front() >= '0' && text.front() <= '9'; ++digits) {
            ms += (text.front() - '0') * scale;
            scale /= 10;
            text.remove_prefix(1);
        }
        if (digits == 0 || digits > 9) return std::nullopt;
    }
    return Milliseconds{*seconds * 1000 + ms};
}

std::optional<minutes> take_offset(std::string_view& text) {
    if (take_char(text, 'Z') || take_char(text, 'z')) return minutes{0};
    const bool east = take_char(text, '+');
    if (!east && !take_char(text, '-')) return std::nullopt;
    const auto offset = take_time_of_day(text);
    if (!offset) return std::nullopt;
    return east ? *offset : -*offset;
}

const date::time_zone* find_zone(std::string_view zone) {
    try {
        return date::locate_zone(std::string(zone));
    } catch (const std::runtime_error&) {  // the library's only way to say "unknown"
        return nullptr;
    }
}

const date::time_zone& zone_named(std::string_view zone) {
    const auto* found = find_zone(zone);
    EK_ASSERT(found != nullptr);
    return *found;
}

// A state holds a time for each check-in and is written at each entry: fmt's way through
// a format string costs several times as much.
void put_digits(char* at, int count, std::int64_t number) {
    for (; count > 0; number /= 10) at[--count] = static_cast<char>('0' + number % 10);
}

}  // namespace

std::string to_string(Instant instant) {
    const Day day = std::chrono::floor<std::chrono::days>(instant);
    const auto ms = (instant - day).count();
    std::string text = to_string(day);
    text += "T00:00:00.000Z";
    char* const time = text.data() + text.size() - 13;
    put_digits(time, 2, ms / 3'600'000);
    put_digits(time + 3, 2, ms / 60'000 % 60);
    put_digits(time + 6, 2, ms / 1000 % 60);
    put_digits(time + 9, 3, ms % 1000);
    return text;
}

std::optional<Instant> parse_instant(std::string_view text) {
    const auto day = take_day(text);
    if (!day || !(take_char(text, 'T') || take_char(text, 't'))) return std::nullopt;
    const auto time = take_time_of_day(text);
    if (!time || !take_char(text, ':')) return std::nullopt;
    const auto seconds = take_seconds(text);
    if (!seconds) return std::nullopt;
    const auto offset = take_offset(text);
    if (!offset || !text.empty()) return std::nullopt;
    return Instant{*day} + *time + *seconds - *offset;
}

std::string to_string(Day day) {
    const std::chrono::year_month_day date{day};
    const int year = static_cast<int>(date.year());
    if (year < 0 || year > 9999) {
        return fmt::format("{:04}-{:02}-{:02}", year, static_cast<unsigned>(date.month()),
                           static_cast<unsigned>(date.day()));
    }
    std::string text = "0000-00-00";
    put_digits(text.data(), 4, year);
    put_digits(text.data() + 5, 2, static_cast<unsigned>(date.month()));
    put_digits(text.data() + 8, 2, static_cast<unsigned>(date.day()));
    return text;
}

std::optional<Day> parse_day(std::string_view text) {
    const auto day = take_day(text);
    if (!day || !text.empty()) return std::nullopt;
    return day;
}

std::optional<minutes> parse_time_of_day(std::string_view text) {
    const auto time = take_time_of_day(text);
    if (!time || !text.empty()) return std::nullopt;
    return time;
}

std::string to_string_time_of_day(minutes time) {
    return fmt::format("{:02}:{:02}", time.count() / 60, time.count() % 60);
}

bool is_zone(std::string_view zone) {
    return zone.size() <= 64 && find_zone(zone) != nullptr;
}

Day local_day(Instant instant, std::string_view zone) {
    const auto local = zone_named(zone).to_local(instant);
    return Day{std::chrono::floor<std::chrono::days>(local).time_since_epoch()};
}

minutes local_time(Instant instant, std::string_view zone) {
    const auto local = zone_named(zone).to_local(instant);
    return std::chrono::floor<minutes>(local - std::chrono::floor<std::chrono::days>(local));
}

Instant instant_of(Day day, minutes time, std::string_view zone) {
    const date::local_time<Milliseconds> local{day.time_since_epoch() + time};
    const auto info = zone_named(zone).get_info(local);
    // In a gap `first` is the offset before it, which moves the time forward;
    // of a doubled time it is the earlier one.
    return Instant{local.time_since_epoch() - info.first.offset};
}

unsigned weekday_index(Day day) {
    return (std::chrono::weekday{day}.c_encoding() + 6) % 7;
}

}  // namespace evenkeel
