#include "knowledge/detail/definition.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "exchange/json.h"
#include "knowledge/detail/questionnaire_file.h"
#include "knowledge/detail/scoring_file.h"

namespace evenkeel::knowledge::detail {
namespace {

using measures::Instrument;

std::size_t position(int number) {
    return static_cast<std::size_t>(number - 1);
}

std::vector<std::size_t> positions(const std::vector<int>& numbers) {
    std::vector<std::size_t> out;
    for (const auto number : numbers) out.push_back(position(number));
    return out;
}

std::string loinc_of(const std::vector<Coding>& codes) {
    for (const auto& code : codes) {
        if (code.system == loinc_system) return code.code;
    }
    return "";
}

std::vector<measures::Choice> choices_of(const QuestionnaireItem& item, const std::string& place,
                                         Faults& faults) {
    std::vector<measures::Choice> out;
    for (std::size_t i = 0; i < item.answer_option.size(); ++i) {
        const auto& option = item.answer_option[i];
        const auto& coding = option.value_coding;
        const auto where = fmt::format("{}/answerOption/{}", place, i);
        if (option.extension.size() != 1 || option.extension[0].url != ordinal_value) {
            faults.add(where + "/extension", "Give the value by the extension ordinalValue.");
            continue;
        }
        const double value = option.extension[0].value_decimal;
        if (std::trunc(value) != value) {
            faults.add(where + "/extension/0/valueDecimal", "Give a whole number.");
        }
        out.push_back({static_cast<int>(value), coding.display.value_or(""),
                       coding.system == loinc_system ? coding.code : ""});
    }
    return out;
}

measures::Item item_of(const QuestionnaireItem& item, const std::string& place, Faults& faults) {
    measures::Item out;
    out.key = item.link_id;
    out.text = item.text.value_or("");
    out.loinc = loinc_of(item.code);
    out.answers = choices_of(item, place, faults);
    return out;
}

// The unscored question that may follow the items (PHQ-9 difficulty).
bool is_extra(const QuestionnaireFile& file, const QuestionnaireItem& item) {
    return item.link_id == file.id + ".difficulty";
}

void take_questionnaire(const QuestionnaireFile& file, const std::string& name, Definition& out,
                        Faults& faults) {
    auto& instrument = out.instrument;
    if (file.resource_type != "Questionnaire") {
        faults.add(name + "#/resourceType", "This must be a Questionnaire.");
    }
    instrument.language = file.language;
    instrument.title = file.title;
    for (std::size_t i = 0; i < file.item.size(); ++i) {
        const auto& item = file.item[i];
        const auto place = fmt::format("{}#/item/{}", name, i);
        if (item.type == ItemType::display) {
            if (!instrument.items.empty()) {
                faults.add(place, "A display item stands before the questions, not among them.");
            }
            if (!instrument.intro.empty()) instrument.intro += "\n";
            instrument.intro += item.text.value_or("");
            ++out.n_display_before;
            continue;
        }
        if (is_extra(file, item)) {
            instrument.extra = item_of(item, place, faults);
            continue;
        }
        const auto expected = fmt::format("{}.{}", file.id, instrument.items.size() + 1);
        if (item.link_id != expected) {
            faults.add(place + "/linkId", fmt::format("Items are numbered: {}.", expected));
        }
        instrument.items.push_back(item_of(item, place, faults));
    }
}

std::vector<measures::Band> bands_of(const std::vector<BandFile>& files) {
    std::vector<measures::Band> out;
    for (const auto& each : files) {
        out.push_back({{each.from, each.to}, each.name, each.citation()});
    }
    return out;
}

std::vector<measures::Cutoff> cutoffs_of(const std::vector<CutoffFile>& files) {
    std::vector<measures::Cutoff> out;
    for (const auto& each : files) {
        out.push_back({each.score, each.side, each.meaning, each.sensitivity, each.specificity,
                       each.citation()});
    }
    return out;
}

void mark_items(const std::vector<int>& numbers, bool measures::Item::*mark,
                const std::string& place, Instrument& instrument, Faults& faults) {
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        if (position(numbers[i]) < instrument.items.size()) {
            instrument.items[position(numbers[i])].*mark = true;
        } else {
            faults.add(fmt::format("{}/{}", place, i), "This item does not exist.");
        }
    }
}

void take_method(const ScoringFile& file, const std::string& name, Definition& out,
                 Faults& faults) {
    auto& instrument = out.instrument;
    instrument.values = file.values.range();
    instrument.scores = file.scores.range();
    instrument.direction = file.direction;
    instrument.multiplier = file.multiplier;
    instrument.method = file.scoring.method;
    instrument.scoring_citation = file.scoring.citation();
    mark_items(file.reverse, &measures::Item::reverse, name + "#/reverse", instrument, faults);
    mark_items(file.may_not_apply, &measures::Item::may_not_apply, name + "#/may_not_apply",
               instrument, faults);
    for (const auto& group : file.groups) instrument.groups.push_back(positions(group));
    for (const auto& each : file.subscales) {
        instrument.subscales.push_back({each.key, each.name, positions(each.items), each.multiplier,
                                        each.scores.range(), bands_of(each.bands),
                                        cutoffs_of(each.cutoffs)});
    }
    instrument.missing = {file.missing.policy, static_cast<std::size_t>(file.missing.max_missing),
                          positions(file.missing.required), file.missing.citation()};
    if (file.pattern) {
        const auto& pattern = *file.pattern;
        instrument.pattern =
            measures::SymptomPattern{pattern.present_at,
                                     positions(pattern.core),
                                     static_cast<std::size_t>(pattern.major_at_least),
                                     static_cast<std::size_t>(pattern.other_at_least),
                                     pattern.needs,
                                     pattern.citation()};
    }
    if (file.alternative) {
        instrument.alternative = {nullptr, positions(file.alternative->items)};
        out.alternative_id = file.alternative->instrument;
    }
    for (const auto& each : file.safety_items) {
        instrument.safety_items.push_back(
            {position(each.item), each.at_least, each.left_out_counts, each.citation()});
    }
}

void take_reliable_points(const exchange::Json& json, const std::string& place,
                          Instrument& instrument, Faults& faults) {
    if (const auto* text = json.text(); text != nullptr && *text == rci_not_available) return;
    auto read = exchange::read_json<ReliablePointsFile>(json);
    if (read.ok()) {
        instrument.rci = measures::ReliablePoints{read.value().points, read.value().citation()};
        return;
    }
    for (const auto& problem : read.error().problems()) {
        faults.add(place + problem.where,
                   problem.where.empty()
                       ? "Give points with their source, or the text \"not available\"."
                       : problem.message);
    }
}

void take_comparisons(const ScoringFile& file, const std::string& name, Definition& out,
                      Faults& faults) {
    auto& instrument = out.instrument;
    instrument.bands = bands_of(file.bands);
    instrument.cutoffs = cutoffs_of(file.cutoffs);
    for (const auto& each : file.reliability) {
        instrument.reliability.push_back(
            {each.kind, each.population, each.lower, each.upper, each.citation()});
    }
    for (const auto& each : file.norms) {
        instrument.norms.push_back({each.population, each.mean, each.sd, each.citation()});
    }
    take_reliable_points(file.rci, name + "#/rci", instrument, faults);
}

void take_terms(const ScoringFile& file, Definition& out) {
    auto& instrument = out.instrument;
    instrument.id = file.instrument;
    instrument.version = file.version;
    instrument.licence = {file.licence.status, file.licence.text, file.licence.url.value_or(""),
                          file.licence.credit};
    instrument.recall_days = file.recall_days;
    instrument.minutes = file.minutes;
    if (file.loinc) {
        instrument.loinc_panel = file.loinc->panel.value_or("");
        instrument.loinc_total = file.loinc->total.value_or("");
    }
}

void compare_files(const QuestionnaireFile& questionnaire, const ScoringFile& scoring,
                   const std::string& name, Faults& faults) {
    if (questionnaire.id != scoring.instrument) {
        faults.add(name + "#/instrument",
                   fmt::format("The questionnaire calls itself {}.", questionnaire.id));
    }
    if (questionnaire.version != scoring.version) {
        faults.add(name + "#/version",
                   fmt::format("The questionnaire is of version {}.", questionnaire.version));
    }
    const auto panel = loinc_of(questionnaire.code);
    if (scoring.loinc && scoring.loinc->panel.value_or("") != panel) {
        faults.add(name + "#/loinc/panel", "The questionnaire names another panel.");
    }
    if (scoring.licence.status != measures::LicenceStatus::scoring_only) return;
    for (const auto& item : questionnaire.item) {
        if (item.text || !item.answer_option.empty()) {
            faults.add(name + "#/licence/status", "Scoring only, yet the wording is there.");
            return;
        }
    }
}

}  // namespace

Result<Definition> read_definition(const NamedText& questionnaire, const NamedText& scoring) {
    Faults faults;
    const auto asked = read_named<QuestionnaireFile>(questionnaire, faults);
    const auto scored = read_named<ScoringFile>(scoring, faults);
    if (!asked || !scored) return faults.error();
    Definition out;
    compare_files(*asked, *scored, scoring.name, faults);
    take_questionnaire(*asked, questionnaire.name, out, faults);
    take_terms(*scored, out);
    take_method(*scored, scoring.name, out, faults);
    take_comparisons(*scored, scoring.name, out, faults);
    if (!faults.none()) return faults.error();
    return out;
}

std::string place_in_file(const std::string& pointer, const Definition& definition,
                          const std::string& questionnaire, const std::string& scoring) {
    constexpr std::string_view items = "/items/";
    if (pointer == "/items") return questionnaire + "#/item";
    if (!pointer.starts_with(items)) return scoring + "#" + pointer;
    std::size_t item = 0;
    const char* begin = pointer.data() + items.size();
    const auto [end, fault] = std::from_chars(begin, pointer.data() + pointer.size(), item);
    EK_ASSERT(fault == std::errc());
    std::string rest(end, pointer.data() + pointer.size());
    if (rest == "/key") rest = "/linkId";
    if (rest.starts_with("/answers")) rest = "/answerOption" + rest.substr(8);
    return fmt::format("{}#/item/{}{}", questionnaire, item + definition.n_display_before, rest);
}

}  // namespace evenkeel::knowledge::detail
