#pragma once
// What the columns of somebody else's table mean here: a mapping file in TOML.
//
// docs/guide/import.md explains each field, docs/guide/mappings/ has examples. Unknown
// fields are faults, so that a misspelt one never vanishes silently.

#include <string>
#include <vector>

#include "base/describe.h"
#include "care/person.h"
#include "measures/instrument.h"
#include "practice/check_in.h"

namespace evenkeel::app {

// Who a row is about.
struct PersonMapping {
    std::optional<std::string> column;  // else every row is about the one person ...
    std::optional<std::string> one;     // ... of this name in the source
    std::string prefix;                 // of the reference shown here: prefix + source's id
    std::optional<std::string> name;    // shown; "{id}" is the source's id
    std::string therapist;              // e-mail of the account they are assigned to
    std::string zone;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("column", self.column, Domain{.max_length = 200, .min_length = 1});
        visit("one", self.one, Domain{.max_length = 40, .min_length = 1});
        visit("prefix", self.prefix, Domain{.max_length = 20, .min_length = 1});
        visit("name", self.name, Domain{.max_length = 120, .min_length = 1});
        visit("therapist", self.therapist, Domain{.max_length = 200, .min_length = 3});
        visit("zone", self.zone, Domain{.max_length = 64, .min_length = 1});
    }
};

enum class TimeUnit { days, weeks, months };
constexpr auto enum_names(TimeUnit) {
    return std::to_array<std::pair<TimeUnit, std::string_view>>(
        {{TimeUnit::days, "days"}, {TimeUnit::weeks, "weeks"}, {TimeUnit::months, "months"}});
}

// What it means when a person has two different rows at one moment.
enum class Repeats { fault, a_minute_later };
constexpr auto enum_names(Repeats) {
    return std::to_array<std::pair<Repeats, std::string_view>>(
        {{Repeats::fault, "fault"}, {Repeats::a_minute_later, "a_minute_later"}});
}

// When it happened: an instant or a day in `column`, or a count since `from`.
struct TimeMapping {
    std::optional<std::string> column;  // without it every row happened at `from`
    std::optional<std::string> of_day;  // column with the time of day, "08:58"
    std::optional<Day> from;            // then `column` counts from this day
    int first = 0;                      // the count of that day: 1 when the first day is day 1
    TimeUnit unit = TimeUnit::days;     // a month counts 30 days
    std::string at = "12:00";           // where no time of day is given
    Repeats repeats = Repeats::fault;   // a_minute_later: in the order of the table
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("column", self.column, Domain{.max_length = 200, .min_length = 1});
        visit("of_day", self.of_day, Domain{.max_length = 200, .min_length = 1});
        visit("from", self.from);
        visit("first", self.first, Domain{.min = 0, .max = 1, .optional = true});
        visit("unit", self.unit, Domain{.optional = true});
        visit("at", self.at, Domain{.max_length = 5, .min_length = 5, .optional = true});
        visit("repeats", self.repeats, Domain{.optional = true});
    }
};

struct BandMapping {
    int from = 0, to = 0;
    std::string name;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("from", self.from);
        visit("to", self.to);
        visit("name", self.name, Domain{.max_length = 60, .min_length = 1});
    }
};

enum class Better { lower, higher };
constexpr auto enum_names(Better) {
    return std::to_array<std::pair<Better, std::string_view>>(
        {{Better::lower, "lower"}, {Better::higher, "higher"}});
}

// A measure of the operator's own: a total and its range, no wording. Also the form of
// the file measures/ID.json in the data folder.
struct OwnMeasure {
    std::string id, title;
    int min = 0, max = 0;
    Better better = Better::lower;
    std::vector<BandMapping> bands;
    std::string source;  // where the total and its range come from
    bool operator==(const OwnMeasure&) const = default;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("id", self.id, Domain{.max_length = 40, .min_length = 2});
        visit("title", self.title, Domain{.max_length = 120, .min_length = 1});
        visit("min", self.min, Domain{.min = -10'000, .max = 10'000});
        visit("max", self.max, Domain{.min = -10'000, .max = 10'000});
        visit("better", self.better);
        visit("bands", self.bands, Domain{.max_count = 20});
        visit("source", self.source, Domain{.max_length = 400, .min_length = 1});
    }
};
inline bool operator==(const BandMapping& a, const BandMapping& b) {
    return a.from == b.from && a.to == b.to && a.name == b.name;
}

struct MeasureMapping {
    std::optional<std::string> instrument;  // a known one, with `items`
    std::vector<std::string> items;         // columns, in the order of the instrument
    std::optional<std::string> total;       // the column of an own measure's total
    double times = 1;  // the source gives the total divided by this (a mean of 13 items: 13)
    std::optional<OwnMeasure> own;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("instrument", self.instrument, Domain{.max_length = 40, .min_length = 1});
        visit("items", self.items, Domain{.max_count = 200});
        visit("total", self.total, Domain{.max_length = 200, .min_length = 1});
        visit("times", self.times, Domain{.min = 0.001, .max = 1000, .optional = true});
        visit("own", self.own);
    }
};

// From the source's range to five choices: `low` becomes 0, `high` becomes 4, in between
// in proportion and rounded; `low` may be the greater one.
struct RatingMapping {
    std::string column;
    double low = 0, high = 4;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("column", self.column, Domain{.max_length = 200, .min_length = 1});
        visit("low", self.low);
        visit("high", self.high);
    }
};

struct CheckInMapping {
    std::optional<RatingMapping> mood, energy, sleep, interest, anxiety, rumination;
    std::optional<std::string> sleep_hours, text;  // columns
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("mood", self.mood);
        visit("energy", self.energy);
        visit("sleep", self.sleep);
        visit("interest", self.interest);
        visit("anxiety", self.anxiety);
        visit("rumination", self.rumination);
        visit("sleep_hours", self.sleep_hours, Domain{.max_length = 200, .min_length = 1});
        visit("text", self.text, Domain{.max_length = 200, .min_length = 1});
    }
};

struct EpisodeMapping {
    std::string therapy = "Imported";
    std::optional<std::string> questionnaire;  // else the measure of this mapping
    int questionnaire_every_days = 7;
    int check_in_every_days = 2;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("therapy", self.therapy, Domain{.max_length = 80, .optional = true});
        visit("questionnaire", self.questionnaire, Domain{.max_length = 40, .min_length = 1});
        visit("questionnaire_every_days", self.questionnaire_every_days,
              Domain{.min = 1, .max = 92, .optional = true});
        visit("check_in_every_days", self.check_in_every_days,
              Domain{.min = 1, .max = 92, .optional = true});
    }
};

struct FileMapping {
    std::string delimiter = ",", decimal = ".";
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("delimiter", self.delimiter,
              Domain{.max_length = 1, .min_length = 1, .optional = true});
        visit("decimal", self.decimal, Domain{.max_length = 1, .min_length = 1, .optional = true});
    }
};

struct Mapping {
    std::optional<FileMapping> file;
    PersonMapping person;
    TimeMapping time;
    std::optional<EpisodeMapping> episode;
    std::optional<MeasureMapping> measure;
    std::optional<CheckInMapping> check_in;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("file", self.file);
        visit("person", self.person);
        visit("time", self.time);
        visit("episode", self.episode);
        visit("measure", self.measure);
        visit("check_in", self.check_in);
    }
};

// Reads and checks. Fails with invalid_input, every fault named: "line:column" for what is
// not TOML, else a pointer such as /measure/own/max.
Result<Mapping> read_mapping(std::string_view toml);

}  // namespace evenkeel::app
