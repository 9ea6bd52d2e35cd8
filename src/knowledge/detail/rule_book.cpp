#include "knowledge/detail/rule_book.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "knowledge/detail/guideline_file.h"
#include "knowledge/guidelines.h"

namespace evenkeel::knowledge {
namespace detail {
namespace {

using exchange::Json;
using guidance::Clause;
using guidance::Condition;
using guidance::Fact;
using guidance::FactKind;
using guidance::KnownFacts;
using guidance::Range;
using guidance::RuleBook;

// The value of a fact, or what is wrong with it.
Result<int> value_of(const Fact& fact, const Json& json) {
    if (fact.kind == FactKind::flag) {
        if (const auto* flag = std::get_if<bool>(&json.value)) return *flag ? 1 : 0;
        return Error{Fault::invalid_input, "", "Give true or false.", {}};
    }
    if (fact.kind == FactKind::choice) {
        const auto* text = json.text();
        const auto found =
            text == nullptr ? fact.values.end() : std::ranges::find(fact.values, *text);
        if (found != fact.values.end()) return static_cast<int>(found - fact.values.begin());
        return Error{Fault::invalid_input,
                     "",
                     fmt::format("Give one of: {}.", fmt::join(fact.values, ", ")),
                     {}};
    }
    const auto* whole = std::get_if<std::int64_t>(&json.value);
    if (whole != nullptr && fact.min <= *whole && *whole <= fact.max) {
        return static_cast<int>(*whole);
    }
    return Error{Fault::invalid_input,
                 "",
                 fmt::format("Give a whole number from {} to {}.", fact.min, fact.max),
                 {}};
}

// {"at_least": 4, "at_most": 9}, either may be missing.
Result<Range> range_of(const Fact& fact, const Json& json) {
    Range out{fact.min, fact.max};
    const auto* object = json.object();
    bool fits = object != nullptr && !object->empty();
    for (std::size_t i = 0; fits && i < object->size(); ++i) {
        const auto& [name, limit] = (*object)[i];
        const auto value = value_of(fact, limit);
        fits = value.ok() && (name == "at_least" || name == "at_most");
        if (fits) (name == "at_least" ? out.from : out.to) = value.value();
    }
    if (fits) return out;
    return Error{Fault::invalid_input,
                 "",
                 fmt::format("Give {{\"at_least\": ..., \"at_most\": ...}} with whole numbers from "
                             "{} to {}; one of them is enough.",
                             fact.min, fact.max),
                 {}};
}

Result<std::vector<Range>> ranges_of(const Fact& fact, const Json& json) {
    if (fact.kind == FactKind::number) {
        TRY(const auto range, range_of(fact, json));
        return std::vector{range};
    }
    exchange::JsonList one_value{json};
    const auto* values = fact.kind == FactKind::choice ? json.list() : &one_value;
    if (values == nullptr || values->empty()) {
        return Error{Fault::invalid_input, "", "Give a list of values.", {}};
    }
    std::vector<Range> out;
    for (const auto& each : *values) {
        TRY(const int value, value_of(fact, each));
        out.push_back({value, value});
    }
    return out;
}

class BookReader {
  public:
    Result<RuleBook> read(const NamedText& facts, const NamedText& options,
                          const std::vector<NamedText>& guidelines) {
        read_facts(facts);
        read_options(options);
        std::vector<std::pair<GuidelineFile, std::string>> files;
        for (const auto& each : guidelines) {
            if (auto file = read_named<GuidelineFile>(each, faults_)) {
                files.emplace_back(std::move(*file), each.name);
            }
        }
        std::ranges::stable_sort(files, {}, [](const auto& each) { return each.first.order; });
        for (const auto& [file, name] : files) {
            for (std::size_t i = 0; i < file.rules.size(); ++i) {
                add_rule(file, file.rules[i], fmt::format("{}#/rules/{}", name, i));
            }
        }
        if (faults_.none()) {  // what is half read would be blamed for what is missing
            for (const auto& problem : guidance::faults_of(book_)) {
                faults_.add(problem.where, problem.message);
            }
        }
        if (!faults_.none()) return faults_.error();
        return std::move(book_);
    }

  private:
    void once(const std::string& id, const std::string& place) {
        if (!ids_.insert(id).second) faults_.add(place, fmt::format("{} stands twice.", id));
    }

    void read_facts(const NamedText& text) {
        const auto file = read_named<FactsFile>(text, faults_);
        if (!file) return;
        for (std::size_t i = 0; i < file->facts.size(); ++i) {
            const auto& each = file->facts[i];
            const auto place = fmt::format("{}#/facts/{}", text.name, i);
            once("fact " + each.id, place + "/id");
            const bool is_number = each.kind == FactKind::number;
            const bool is_choice = each.kind == FactKind::choice;
            if (is_number != (each.min && each.max && *each.min <= *each.max)) {
                faults_.add(place, "A number, and nothing else, has min and max, in this order.");
            }
            if (is_choice != !each.values.empty()) {
                faults_.add(place + "/values", "A choice, and nothing else, has values.");
            }
            Fact fact{.id = each.id,
                      .says = each.says,
                      .kind = each.kind,
                      .values = each.values,
                      .group = each.group.value_or(""),
                      .filled_from = each.filled_from.value_or("")};
            const bool of_record =
                fact.filled_from == "born" || fact.filled_from.starts_with(guidance::score_series);
            if (each.filled_from && (!of_record || !is_number)) {
                faults_.add(place + "/filled_from",
                            "Give born or score.ID of a questionnaire, of a number.");
            }
            if (is_number) fact.min = each.min.value_or(0), fact.max = each.max.value_or(0);
            if (is_choice) fact.max = static_cast<int>(each.values.size()) - 1;
            book_.facts.push_back(std::move(fact));
        }
    }

    void read_options(const NamedText& text) {
        const auto file = read_named<OptionsFile>(text, faults_);
        if (!file) return;
        for (std::size_t i = 0; i < file->options.size(); ++i) {
            const auto& each = file->options[i];
            const auto place = fmt::format("{}#/options/{}", text.name, i);
            once("option " + each.id, place + "/id");
            guidance::Option option{.id = each.id, .name = each.name, .is_a = {}, .effects = {}};
            // Only what stands above, so that nothing is a kind of itself.
            if (each.is_a) option.is_a = option_named(*each.is_a, place + "/is_a");
            for (const auto& effect : each.effects) {
                option.effects.push_back({effect.against, effect.measure, effect.is,
                                          effect.estimate, effect.from, effect.to,
                                          effect.citation()});
            }
            book_.options.push_back(std::move(option));
        }
    }

    std::size_t option_named(const std::string& id, const std::string& place) {
        const auto found = guidance::option_named(book_, id);
        if (!found) faults_.add(place, fmt::format("There is no option {} above this.", id));
        return found.value_or(0);
    }

    Condition condition(const std::vector<FactsByName>& clauses, const std::string& place) {
        Condition out;
        for (std::size_t i = 0; i < clauses.size(); ++i) {
            Clause clause;
            for (const auto& [id, json] : clauses[i]) {
                const auto where = fmt::format("{}/{}/{}", place, i, id);
                const auto fact = guidance::fact_named(book_, id);
                if (!fact) {
                    faults_.add(where, "There is no such fact in facts.json.");
                    continue;
                }
                auto ranges = ranges_of(book_.facts[*fact], json);
                if (ranges.ok()) {
                    clause.push_back({*fact, std::move(ranges).value()});
                } else {
                    faults_.add(where, ranges.error().message);
                }
            }
            out.push_back(std::move(clause));
        }
        return out;
    }

    KnownFacts known(const FactsByName& described, const std::string& place) {
        exchange::JsonObject object(described.begin(), described.end());
        auto out = read_known_facts(book_, Json{std::move(object)});
        if (out.ok()) return std::move(out).value();
        for (const auto& problem : out.error().problems()) {
            faults_.add(place + problem.where, problem.message);
        }
        return KnownFacts(book_.facts.size());
    }

    guidance::Example example(const ExampleFile& file, const std::string& place) {
        guidance::Example out{.fires = known(file.fires, place + "/fires")};
        const auto change = known(file.not_with, place + "/not_with");
        if (std::ranges::count_if(change, [](const auto& each) { return each.has_value(); }) != 1) {
            faults_.add(place + "/not_with", "Give one fact, the one that makes the difference.");
            return out;
        }
        for (std::size_t i = 0; i < change.size(); ++i) {
            if (change[i]) out.fact = i, out.not_with = *change[i];
        }
        return out;
    }

    void add_rule(const GuidelineFile& guideline, const RuleFile& file, const std::string& place) {
        once("rule " + file.id, place + "/id");
        guidance::Rule rule{.id = file.id,
                            .guideline = guideline.guideline,
                            .place = place,
                            .when = condition(file.when, place + "/when"),
                            .says = file.says,
                            .plain = file.plain,
                            .offers = {},
                            .against = {},
                            .note = file.note.value_or(""),
                            .strength = file.strength.value_or(""),
                            .citation = file.citation(),
                            .example = example(file.example, place + "/example")};
        for (std::size_t i = 0; i < file.offers.size(); ++i) {
            const auto& offer = file.offers[i];
            const auto where = fmt::format("{}/offers/{}", place, i);
            rule.offers.push_back({.option = option_named(offer.option, where + "/option"),
                                   .detail = offer.detail.value_or(""),
                                   .when = condition(offer.when, where + "/when"),
                                   .to_be_verified = offer.to_be_verified});
        }
        for (std::size_t i = 0; i < file.against.size(); ++i) {
            rule.against.push_back(
                option_named(file.against[i], fmt::format("{}/against/{}", place, i)));
        }
        book_.rules.push_back(std::move(rule));
    }

    RuleBook book_;
    std::set<std::string> ids_;
    Faults faults_;
};

}  // namespace

Result<RuleBook> read_rule_book(const NamedText& facts, const NamedText& options,
                                const std::vector<NamedText>& guidelines) {
    return BookReader().read(facts, options, guidelines);
}

}  // namespace detail

Result<guidance::KnownFacts> read_known_facts(const guidance::RuleBook& book,
                                              const exchange::Json& described) {
    const auto* object = described.object();
    if (object == nullptr) {
        return Error{Fault::invalid_input, "", "Give an object with the person's facts.", {}};
    }
    guidance::KnownFacts out(book.facts.size());
    Faults faults;
    for (const auto& [id, json] : *object) {
        const auto fact = guidance::fact_named(book, id);
        if (!fact) {
            faults.add("/" + id, "This fact is not known; `evidence rules` lists those there are.");
            continue;
        }
        if (json.is_null()) continue;
        auto value = detail::value_of(book.facts[*fact], json);
        if (value.ok()) {
            out[*fact] = value.value();
        } else {
            faults.add("/" + id, value.error().message);
        }
    }
    if (!faults.none()) return faults.error();
    return out;
}

}  // namespace evenkeel::knowledge
