#pragma once
// The files of knowledge/guidelines: facts.json, options.json, and one file for each guideline.

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/describe.h"
#include "exchange/json.h"
#include "guidance/rules.h"
#include "knowledge/detail/cited.h"

namespace evenkeel::guidance {

constexpr auto enum_names(FactKind) {
    using P = std::pair<FactKind, std::string_view>;
    return std::array{P{FactKind::flag, "flag"}, P{FactKind::number, "number"},
                      P{FactKind::choice, "choice"}};
}

}  // namespace evenkeel::guidance

namespace evenkeel::knowledge::detail {

inline constexpr Domain name_in_file{.max_length = 60, .min_length = 1};
inline constexpr Domain paragraph{.max_length = 1000, .min_length = 1};

struct FactFile {
    std::string id, says;
    guidance::FactKind kind{};
    std::optional<int> min, max;
    std::vector<std::string> values;
    std::optional<std::string> group, filled_from;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("id", self.id, name_in_file);
        visit("kind", self.kind);
        visit("min", self.min, Domain{.says = "of a number"});
        visit("max", self.max, Domain{.says = "of a number"});
        visit("values", self.values, Domain{.max_length = 60, .says = "of a choice"});
        visit("says", self.says, words);
        visit("group", self.group, words);
        visit("filled_from", self.filled_from,
              Domain{.max_length = 60, .says = "born, or score.ID of a questionnaire"});
    }
};

struct FactsFile {
    std::vector<FactFile> facts;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("facts", self.facts);
    }
};

struct EffectFile : Cited {
    std::string against, measure, is;
    std::optional<double> estimate;
    double from = 0, to = 0;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("against", self.against, words);
        visit("measure", self.measure, Domain{.max_length = 20, .min_length = 1});
        visit("estimate", self.estimate);
        visit("from", self.from);
        visit("to", self.to);
        visit("is", self.is, Domain{.min_length = 1, .says = "what from and to are"});
        cited(self, visit);
    }
};

struct OptionFile {
    std::string id, name;
    std::optional<std::string> is_a;
    std::vector<EffectFile> effects;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("id", self.id, name_in_file);
        visit("name", self.name, words);
        visit("is_a", self.is_a, Domain{.says = "the id of a wider option"});
        visit("effects", self.effects);
    }
};

struct OptionsFile {
    std::vector<OptionFile> options;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("options", self.options);
    }
};

// Facts by id. In a clause: true or false of a flag, a list of values of a choice, {"at_least",
// "at_most"} of a number. Of a person: true or false, one value, a number.
using FactsByName = std::map<std::string, exchange::Json>;

inline constexpr Domain clauses{.says = "one must hold; in each, all facts must"};

struct OfferFile {
    std::string option;
    std::optional<std::string> detail;
    std::vector<FactsByName> when;
    bool to_be_verified = false;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("option", self.option, name_in_file);
        visit("detail", self.detail, words);
        visit("when", self.when, clauses);
        visit("to_be_verified", self.to_be_verified, Domain{.optional = true});
    }
};

struct ExampleFile {
    FactsByName fires, not_with;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("fires", self.fires, Domain{.says = "a person the rule holds for"});
        visit("not_with", self.not_with, Domain{.says = "one fact with which it does not"});
    }
};

struct RuleFile : Cited {
    std::string id, says, plain;
    std::vector<FactsByName> when;
    std::vector<OfferFile> offers;
    std::vector<std::string> against;
    std::optional<std::string> note, strength;
    ExampleFile example;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("id", self.id, Domain{.max_length = 10, .min_length = 1});
        visit("when", self.when, clauses);
        visit("says", self.says, paragraph);
        visit("plain", self.plain, paragraph);
        visit("offers", self.offers, Domain{.says = "in the published order"});
        visit("against", self.against, Domain{.says = "options that are discouraged"});
        visit("strength", self.strength, words);
        visit("note", self.note, words);
        visit("example", self.example);
        cited(self, visit);
    }
};

struct GuidelineFile {
    std::string guideline, title;
    int order = 0;
    std::vector<RuleFile> rules;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("guideline", self.guideline, name_in_file);
        visit("title", self.title, words);
        visit("order", self.order, Domain{.min = 1, .max = 100, .says = "lowest first"});
        visit("rules", self.rules);
    }
};

}  // namespace evenkeel::knowledge::detail
