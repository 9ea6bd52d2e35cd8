#include "app/simulate_rows.h"

#include "store/codec.h"

namespace evenkeel::app {
namespace {

constexpr std::size_t most_items = 9;

template <class T>
Json number_or_missing(const std::optional<T>& value) {
    if (!value) return {};
    if constexpr (std::is_integral_v<T>) {
        return {static_cast<std::int64_t>(*value)};
    } else {
        return {static_cast<double>(*value)};
    }
}

template <class T>
Json text_or_missing(const std::optional<T>& value) {
    return value ? Json{to_string(*value)} : Json{};
}

Report begun(std::string_view method, std::size_t n) {
    Report out;
    out.method = std::string(method) + " Simulated: made up, estimated from nobody.";
    out.source = "evenkeel simulate; graded response model of Samejima (1969)";
    out.n = n;
    return out;
}

std::vector<Json> row_of(const simulate::SimulatedPerson& person, const record::Command& command,
                         std::string measure) {
    const auto& who = person.registered.who;
    const Day day = local_day(command.effective_at, who.zone);
    const auto week = (day - person.truth.first_day).count() / 7;
    return {{who.reference},
            {to_string(command.effective_at)},
            {static_cast<std::int64_t>(week)},
            {std::move(measure)}};
}

void add_check_in(std::vector<Json>& row, const practice::CheckIn& check_in) {
    row.resize(row.size() + most_items);
    row.push_back({std::int64_t{check_in.hard ? 1 : 0}});
    for (const auto* each : {&check_in.mood, &check_in.energy, &check_in.sleep, &check_in.interest,
                             &check_in.anxiety, &check_in.rumination}) {
        row.push_back(number_or_missing(*each));
    }
    row.push_back(number_or_missing(check_in.sleep_hours));
    std::string activities;
    for (const auto& each : check_in.activities)
        activities += (activities.empty() ? "" : " ") + each;
    row.push_back(activities.empty() ? Json{} : Json{std::move(activities)});
}

}  // namespace

Report said_by(const std::vector<simulate::SimulatedPerson>& people, Content content) {
    Report out = begun("What simulated people said.", people.size());
    out.columns = {"person", "time", "week", "measure"};
    for (std::size_t i = 1; i <= most_items; ++i)
        out.columns.push_back("item_" + std::to_string(i));
    const bool all = content == Content::everything;
    if (all) {
        for (const auto* each : {"hard", "mood", "energy", "sleep", "interest", "anxiety",
                                 "rumination", "sleep_hours", "activities"}) {
            out.columns.emplace_back(each);
        }
    }
    for (const auto& person : people) {
        for (const auto& command : person.commands) {
            if (const auto* answers = std::get_if<practice::Answers>(&command.body)) {
                auto row = row_of(person, command, answers->instrument);
                for (const auto& each : answers->answers) row.push_back(number_or_missing(each));
                row.resize(out.columns.size());
                out.rows.push_back(std::move(row));
            } else if (const auto* said = std::get_if<practice::CheckIn>(&command.body);
                       said != nullptr && all) {
                auto row = row_of(person, command, "check_in");
                add_check_in(row, *said);
                out.rows.push_back(std::move(row));
            }
        }
    }
    return out;
}

Report truth_of(const std::vector<simulate::SimulatedPerson>& people) {
    Report out = begun("What is true of simulated people.", people.size());
    out.columns = {
        "person",         "week",        "theta",       "course",    "first_day",
        "gain_day",       "relapse_day", "silent_from", "checks_in", "answers_questionnaire",
        "safety_answers", "watched_from"};
    for (const auto& person : people) {
        const auto& truth = person.truth;
        for (std::size_t day = 0; day < truth.course.theta.size(); day += 7) {
            out.rows.push_back({{person.registered.who.reference},
                                {static_cast<std::int64_t>(day / 7)},
                                {truth.course.theta[day]},
                                {std::string(name_of(truth.course.kind))},
                                {to_string(truth.first_day)},
                                number_or_missing(truth.course.gain_day),
                                number_or_missing(truth.course.relapse_day),
                                text_or_missing(truth.silent_from),
                                {truth.habit.checks_in},
                                {truth.habit.answers_questionnaire},
                                {static_cast<std::int64_t>(truth.safety_answers)},
                                text_or_missing(truth.watched_from)});
        }
    }
    return out;
}

Result<Report> entries_of(const simulate::SimulatedService& service, Instant until,
                          const record::Context& context) {
    Report out = begun("The record of a simulated service.", service.people.size());
    out.columns = {"person", "seq", "time", "recorded_at", "kind", "author", "body"};
    for (const auto& person : service.people) {
        record::PersonState state;
        state.id = person.registered.person;
        TRY(const auto entries, record::live_through(state, person.commands, until, context));
        for (const auto& entry : entries) {
            out.rows.push_back({{person.registered.who.reference},
                                {static_cast<std::int64_t>(entry.seq)},
                                {to_string(entry.effective_at)},
                                {to_string(entry.recorded_at)},
                                {std::string(record::kind_of(entry.body))},
                                {std::string(name_of(entry.author.role))},
                                {store::body_json(entry.body)}});
        }
    }
    return out;
}

}  // namespace evenkeel::app
