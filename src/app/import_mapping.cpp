#include "app/import_mapping.h"

#include <algorithm>

#include "exchange/toml.h"

namespace evenkeel::app {
namespace {

void check_person(const PersonMapping& person, Faults& faults) {
    if (person.column.has_value() == person.one.has_value()) {
        faults.add("/person", "Give either `column` or `one`: a column of ids, or one person.");
    }
    if (!is_zone(person.zone)) {
        faults.add("/person/zone", "This time zone is not known. Give one such as Europe/London.");
    }
}

void check_time(const TimeMapping& time, Faults& faults) {
    if (!time.column && !time.from) {
        faults.add("/time", "Give `column`, or `from` when everything happened on one day.");
    }
    if (!parse_time_of_day(time.at)) {
        faults.add("/time/at", "Give a time of day such as 12:00.");
    }
}

bool is_plain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
}

void check_measure(const MeasureMapping& measure, Faults& faults) {
    if (measure.instrument.has_value() == measure.own.has_value()) {
        faults.add("/measure", "Give either `instrument` or `own`.");
    }
    if (measure.instrument && measure.items.empty()) {
        faults.add("/measure/items", "Name the item columns in the order of the instrument.");
    }
    if (!measure.own) return;
    if (!measure.total) faults.add("/measure/total", "Name the column of the total.");
    // The id becomes a file name.
    if (!std::all_of(measure.own->id.begin(), measure.own->id.end(), is_plain)) {
        faults.add("/measure/own/id", "Use lower-case letters, digits and - only.");
    }
    if (measure.own->min >= measure.own->max) {
        faults.add("/measure/own/max", "Give a maximum above the minimum.");
    }
}

void check_check_in(const CheckInMapping& check_in, Faults& faults) {
    CheckInMapping::fields(
        check_in, [&]<class F>(std::string_view name, const F& field, const Domain& = {}) {
            if constexpr (std::is_same_v<F, std::optional<RatingMapping>>) {
                if (field && field->low == field->high) {
                    faults.add("/check_in/" + std::string(name),
                               "`low` and `high` are the same; no scale lies between them.");
                }
            }
        });
}

}  // namespace

Result<Mapping> read_mapping(std::string_view toml) {
    TRY(const auto tree, exchange::parse_toml(toml));
    TRY(auto mapping, exchange::read_json<Mapping>(tree));
    Faults faults;
    check_person(mapping.person, faults);
    check_time(mapping.time, faults);
    if (mapping.measure) check_measure(*mapping.measure, faults);
    if (mapping.check_in) check_check_in(*mapping.check_in, faults);
    if (!mapping.measure && !mapping.check_in) {
        faults.add("", "Say what to import: a [measure], a [check_in], or both.");
    }
    if (!faults.none()) return faults.error();
    return mapping;
}

}  // namespace evenkeel::app
