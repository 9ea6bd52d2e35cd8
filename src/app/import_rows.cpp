#include "app/import_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace evenkeel::app {
namespace {

using exchange::Cell;
using exchange::CsvTable;
using std::chrono::days;

// A total that was divided and rounded in the source comes back this close to a whole one.
constexpr double whole_within = 0.05;

constexpr int days_of(TimeUnit unit) {
    switch (unit) {
        case TimeUnit::weeks:
            return 7;
        case TimeUnit::months:
            return 30;
        default:
            return 1;
    }
}

using Rating = std::optional<int> practice::CheckIn::*;
struct RatingColumn {
    std::optional<RatingMapping> CheckInMapping::*mapping;
    Rating field;
};
constexpr auto ratings = std::to_array<RatingColumn>({
    {&CheckInMapping::mood, &practice::CheckIn::mood},
    {&CheckInMapping::energy, &practice::CheckIn::energy},
    {&CheckInMapping::sleep, &practice::CheckIn::sleep},
    {&CheckInMapping::interest, &practice::CheckIn::interest},
    {&CheckInMapping::anxiety, &practice::CheckIn::anxiety},
    {&CheckInMapping::rumination, &practice::CheckIn::rumination},
});

// The columns that the mapping names, by their names.
class Columns {
  public:
    Columns(const CsvTable& table, const Mapping& mapping) : table_(table) {
        need(mapping.person.column, "/person/column");
        need(mapping.time.column, "/time/column");
        need(mapping.time.of_day, "/time/of_day");
        if (mapping.measure) {
            need(mapping.measure->total, "/measure/total");
            for (std::size_t i = 0; i < mapping.measure->items.size(); ++i) {
                need(mapping.measure->items[i], fmt::format("/measure/items/{}", i));
            }
        }
        if (!mapping.check_in) return;
        for (const auto& each : ratings) {
            const auto& rating = (*mapping.check_in).*each.mapping;
            if (rating) need(rating->column, "/check_in");
        }
        need(mapping.check_in->sleep_hours, "/check_in/sleep_hours");
        need(mapping.check_in->text, "/check_in/text");
    }

    [[nodiscard]] const Faults& faults() const { return faults_; }
    [[nodiscard]] std::size_t at(const std::string& name) const { return places_.at(name); }

  private:
    void need(const std::optional<std::string>& name, std::string where) {
        if (!name) return;
        if (const auto place = table_.column(*name)) {
            places_[*name] = *place;
        } else {
            faults_.add(std::move(where), fmt::format("The table has no column \"{}\".", *name));
        }
    }

    const CsvTable& table_;
    std::unordered_map<std::string, std::size_t> places_;
    Faults faults_;
};

class Reading {
  public:
    Reading(const CsvTable& table, const Mapping& mapping, const Columns& columns,
            const measures::Instrument* instrument, Instant now)
        : table_(table), mapping_(mapping), columns_(columns), instrument_(instrument), now_(now) {}

    ImportPlan plan() {
        for (row_ = 0; row_ < table_.n_rows(); ++row_) read_row();
        plan_.n_rows = table_.n_rows();
        std::erase_if(plan_.people, [](const auto& each) { return each.entries.empty(); });
        for (auto& person : plan_.people) {
            std::stable_sort(person.entries.begin(), person.entries.end(),
                             [](const auto& a, const auto& b) {
                                 return a.command.effective_at < b.command.effective_at;
                             });
            person.first = person.entries.front().command.effective_at;
        }
        return std::move(plan_);
    }

  private:
    void read_row() {
        faulty_ = false;
        const auto who = person_id();
        const auto at = time();
        std::vector<std::pair<std::string, record::Body>> bodies;
        if (mapping_.measure) {
            if (auto answers = this->answers()) {
                const std::string key = "answers." + answers->instrument;
                bodies.emplace_back(key, std::move(*answers));
            }
        }
        if (mapping_.check_in) {
            if (auto said = check_in()) bodies.emplace_back("check_in", std::move(*said));
        }
        if (faulty_ || !who || !at) {
            ++plan_.n_bad_rows;
            return;
        }
        if (bodies.empty()) ++plan_.n_empty_rows;
        std::vector<record::Command> commands;
        for (auto& [key, body] : bodies) {
            if (auto command = command_of(*who, *at, key, std::move(body))) {
                commands.push_back(std::move(*command));
            }
        }
        if (faulty_) {
            ++plan_.n_bad_rows;
            return;
        }
        auto& entries = person(*who).entries;
        for (auto& command : commands) entries.push_back({std::move(command), table_.line(row_)});
    }

    void fault(const std::string& column, std::string message) {
        faulty_ = true;
        plan_.bad_rows.push_back({table_.place(row_, columns_.at(column)),
                                  fmt::format("Column \"{}\": {}", column, message)});
    }

    [[nodiscard]] Cell cell(const std::string& column) const {
        return table_.cell(row_, columns_.at(column));
    }
    [[nodiscard]] char decimal() const { return table_.format().decimal; }

    std::optional<std::string> person_id() {
        if (mapping_.person.one) return mapping_.person.one;
        const auto& column = *mapping_.person.column;
        const auto id = cell(column);
        if (!id || id->size() > 40) {
            fault(column, id ? "this id has more than 40 characters."
                             : "no id, so nobody can tell whose row this is.");
            return std::nullopt;
        }
        return std::string(*id);
    }

    std::optional<Instant> time() {
        const auto found = mapping_.time.column ? time_in_column() : time_on(*mapping_.time.from);
        if (found && *found > now_) {
            if (mapping_.time.column) {
                fault(*mapping_.time.column, to_string(*found) + " lies in the future.");
            }
            return std::nullopt;
        }
        return found;
    }

    std::optional<Instant> time_in_column() {
        const auto& column = *mapping_.time.column;
        const auto text = cell(column);
        if (!text) {
            fault(column, "no time, so nobody can tell when this was.");
            return std::nullopt;
        }
        if (mapping_.time.from) {
            const auto count = exchange::parse_number(*text, decimal());
            if (!count || std::abs(*count) > 100'000) {
                fault(column,
                      fmt::format("\"{}\" is no count of {}.", *text, name_of(mapping_.time.unit)));
                return std::nullopt;
            }
            const double whole_days =
                std::floor((*count - mapping_.time.first) * days_of(mapping_.time.unit));
            return time_on(*mapping_.time.from + days{static_cast<int>(whole_days)});
        }
        if (const auto instant = parse_instant(*text)) return instant;
        if (const auto day = parse_day(*text)) return time_on(*day);
        fault(column, fmt::format("\"{}\" is no day such as 2026-11-24 and no time such as "
                                  "2026-11-24T07:14:00Z.",
                                  *text));
        return std::nullopt;
    }

    std::optional<Instant> time_on(Day day) {
        auto of_day = parse_time_of_day(mapping_.time.at);
        if (mapping_.time.of_day) {
            const auto text = cell(*mapping_.time.of_day);
            if (text) of_day = parse_time_of_day(*text);
            if (!of_day) {
                fault(*mapping_.time.of_day,
                      fmt::format("\"{}\" is no time of day such as 08:58.", *text));
                return std::nullopt;
            }
        }
        return instant_of(day, *of_day, mapping_.person.zone);
    }

    std::optional<practice::Answers> answers() {
        const auto& measure = *mapping_.measure;
        practice::Answers out{
            .instrument = instrument_->id, .answers = {}, .extra = {}, .visible_to = {}};
        if (measure.own) {
            if (!cell(*measure.total)) return std::nullopt;
            out.answers = {total(*measure.total, measure.times)};
        } else {
            for (const auto& column : measure.items) out.answers.push_back(answer(column));
        }
        const bool any = std::any_of(out.answers.begin(), out.answers.end(),
                                     [](const auto& each) { return each.has_value(); });
        return any && !faulty_ ? std::optional{std::move(out)} : std::nullopt;
    }

    std::optional<int> answer(const std::string& column) {
        const auto text = cell(column);
        if (!text) return std::nullopt;
        const auto whole = exchange::parse_whole(*text, decimal());
        if (!whole || *whole < instrument_->values.min || *whole > instrument_->values.max) {
            fault(column, fmt::format("\"{}\" is no whole number from {} to {}.", *text,
                                      instrument_->values.min, instrument_->values.max));
            return std::nullopt;
        }
        return static_cast<int>(*whole);
    }

    std::optional<int> total(const std::string& column, double times) {
        const auto text = *cell(column);
        const auto number = exchange::parse_number(text, decimal());
        const double value = number.value_or(0) * times;
        const double whole = std::round(value);
        if (!number || std::abs(value - whole) > whole_within || whole < instrument_->scores.min ||
            whole > instrument_->scores.max) {
            fault(column, fmt::format("\"{}\"{} is no whole number from {} to {}.", text,
                                      times == 1 ? "" : fmt::format(" times {}", times),
                                      instrument_->scores.min, instrument_->scores.max));
            return std::nullopt;
        }
        return static_cast<int>(whole);
    }

    std::optional<int> rating(const RatingMapping& mapping) {
        const auto text = cell(mapping.column);
        if (!text) return std::nullopt;
        const auto number = exchange::parse_number(*text, decimal());
        const double least = std::min(mapping.low, mapping.high);
        const double most = std::max(mapping.low, mapping.high);
        if (!number || *number < least || *number > most) {
            fault(mapping.column,
                  fmt::format("\"{}\" is no number from {} to {}.", *text, least, most));
            return std::nullopt;
        }
        return static_cast<int>(
            std::lround(4 * (*number - mapping.low) / (mapping.high - mapping.low)));
    }

    std::optional<practice::CheckIn> check_in() {
        const auto& mapping = *mapping_.check_in;
        practice::CheckIn out;
        bool any = false;
        for (const auto& each : ratings) {
            const auto& from = mapping.*each.mapping;
            if (!from) continue;
            out.*each.field = rating(*from);
            any = any || (out.*each.field).has_value();
        }
        if (mapping.sleep_hours && cell(*mapping.sleep_hours)) {
            out.sleep_hours = exchange::parse_number(*cell(*mapping.sleep_hours), decimal());
            if (!out.sleep_hours || *out.sleep_hours < 0 || *out.sleep_hours > 24) {
                fault(*mapping.sleep_hours, "give hours from 0 to 24.");
            }
            any = true;
        }
        if (mapping.text && cell(*mapping.text)) {
            out.text = cell(*mapping.text);
            if (out.text->size() > 2000) fault(*mapping.text, "more than 2,000 bytes of text.");
            any = true;
        }
        return any && !faulty_ ? std::optional{std::move(out)} : std::nullopt;
    }

    ImportedPerson& person(const std::string& source_id) {
        const auto [place, fresh] = index_.try_emplace(source_id, plan_.people.size());
        if (fresh) {
            const Id id = person_id_of(source_id);
            plan_.people.push_back({.person = id,
                                    .account = derived_id(id, "client"),
                                    .source_id = source_id,
                                    .first = {},
                                    .entries = {}});
        }
        return plan_.people[place->second];
    }

    [[nodiscard]] Id person_id_of(const std::string& source_id) const {
        return derived_id(Id{}, "import." + mapping_.person.prefix + source_id);
    }

    // Nothing when the same row stands before: a doubled line adds nothing.
    std::optional<record::Command> command_of(const std::string& who, Instant at,
                                              const std::string& key, record::Body body) {
        const Id person = person_id_of(who);
        Id id;
        while (true) {
            const auto moment = static_cast<std::uint64_t>(at.time_since_epoch().count());
            id = derived_id(person, key, moment);
            const auto [stands, fresh] = seen_.try_emplace(id, Seen{table_.line(row_), body});
            if (fresh) break;
            if (stands->second.body == body) {
                ++plan_.n_doubled;
                return std::nullopt;
            }
            if (mapping_.time.repeats == Repeats::fault) {
                const std::string column =
                    mapping_.time.column.value_or(mapping_.person.column.value_or(first_column()));
                fault(column, fmt::format("line {} says something else of the same person at "
                                          "the same time.",
                                          stands->second.line));
                return std::nullopt;
            }
            at += std::chrono::minutes{1};
        }
        return record::Command{.id = id,
                               .stream = person,
                               .body = std::move(body),
                               .effective_at = at,
                               .zone = mapping_.person.zone,
                               .supersedes = {},
                               .author = {derived_id(person, "client"), care::Role::client}};
    }

    [[nodiscard]] std::string first_column() const {
        if (mapping_.measure && mapping_.measure->total) return *mapping_.measure->total;
        if (mapping_.measure) return mapping_.measure->items.front();
        for (const auto& each : ratings) {
            const auto& from = (*mapping_.check_in).*each.mapping;
            if (from) return from->column;
        }
        return mapping_.check_in->text.value_or(mapping_.check_in->sleep_hours.value_or(""));
    }

    struct Seen {
        std::size_t line = 0;
        record::Body body;
    };

    const CsvTable& table_;
    const Mapping& mapping_;
    const Columns& columns_;
    const measures::Instrument* instrument_;
    Instant now_;
    ImportPlan plan_;
    std::size_t row_ = 0;  // the one at hand
    bool faulty_ = false;
    std::unordered_map<std::string, std::size_t> index_;
    std::unordered_map<Id, Seen> seen_;
};

}  // namespace

std::size_t ImportPlan::n_entries() const {
    std::size_t n = 0;
    for (const auto& person : people) n += person.entries.size();
    return n;
}

Result<ImportPlan> plan_import(const exchange::CsvTable& table, const Mapping& mapping,
                               const measures::Instrument* instrument, Instant now) {
    EK_ASSERT(!mapping.measure || instrument != nullptr);
    if (mapping.measure && mapping.measure->instrument &&
        mapping.measure->items.size() != instrument->items.size()) {
        return Error{Fault::invalid_input,
                     "/measure/items",
                     fmt::format("{} has {} items; {} columns are named.", instrument->id,
                                 instrument->items.size(), mapping.measure->items.size()),
                     {}};
    }
    const Columns columns{table, mapping};
    if (!columns.faults().none()) return columns.faults().error();
    return Reading{table, mapping, columns, instrument, now}.plan();
}

std::vector<record::Command> registration_of(const ImportedPerson& person, const Mapping& mapping,
                                             const std::string& questionnaire,
                                             const Id& therapist) {
    const auto& who = mapping.person;
    const std::string reference = who.prefix + person.source_id;
    std::string name = who.name.value_or("{id}");
    if (const auto place = name.find("{id}"); place != std::string::npos) {
        name.replace(place, 4, who.name ? person.source_id : reference);
    }
    const EpisodeMapping episode = mapping.episode.value_or(EpisodeMapping{});
    // A moment before the first row, so that it belongs to the episode.
    const Instant opened = person.first - Milliseconds{1000};
    const care::Author author{therapist, care::Role::therapist};
    const auto command = [&](const char* purpose, record::Body body) {
        return record::Command{.id = derived_id(person.person, purpose),
                               .stream = person.person,
                               .body = std::move(body),
                               .effective_at = opened,
                               .zone = who.zone,
                               .supersedes = {},
                               .author = author};
    };
    care::EpisodeOpened terms;
    terms.therapy = episode.therapy;
    terms.questionnaire = questionnaire;
    terms.questionnaire_every_days = episode.questionnaire_every_days;
    terms.check_in_every_days = episode.check_in_every_days;
    return {command("registered", care::PersonRegistered{.name = std::move(name),
                                                         .reference = reference,
                                                         .born = {},
                                                         .pronoun = care::Pronoun::they,
                                                         .zone = who.zone}),
            command("relation", care::RelationStarted{{therapist, care::Role::therapist}}),
            command("episode", std::move(terms))};
}

}  // namespace evenkeel::app
