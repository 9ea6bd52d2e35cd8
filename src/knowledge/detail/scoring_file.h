#pragma once
// The scoring file of an instrument: how its answers become a score and what the score is
// compared with. Items are numbered from 1, as printed. Every number names its source.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/describe.h"
#include "exchange/json.h"
#include "knowledge/detail/cited.h"
#include "measures/instrument.h"

namespace evenkeel::measures {

constexpr auto enum_names(LicenceStatus) {
    using P = std::pair<LicenceStatus, std::string_view>;
    return std::array{P{LicenceStatus::free_to_use, "free_to_use"},
                      P{LicenceStatus::own_licence, "own_licence"},
                      P{LicenceStatus::scoring_only, "scoring_only"}};
}
constexpr auto enum_names(Method) {
    using P = std::pair<Method, std::string_view>;
    return std::array{P{Method::sum, "sum"}, P{Method::max_groups, "max_groups"},
                      P{Method::subscales_only, "subscales_only"}};
}
constexpr auto enum_names(MissingPolicy) {
    using P = std::pair<MissingPolicy, std::string_view>;
    return std::array{P{MissingPolicy::none, "none"},
                      P{MissingPolicy::prorate_mean, "prorate_mean"}};
}
constexpr auto enum_names(Side) {
    using P = std::pair<Side, std::string_view>;
    return std::array{P{Side::at_least, "at_least"}, P{Side::at_most, "at_most"}};
}

}  // namespace evenkeel::measures

namespace evenkeel::knowledge::detail {

// A number of an item as printed, from 1.
inline constexpr Domain item_number{.min = 1, .max = 200};
inline constexpr Domain item_numbers{.min = 1, .max = 200, .max_count = 200};
inline constexpr Domain score_value{.min = 0, .max = 10000};

struct WordingFile : Cited {
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        cited(self, visit);
    }
};

struct LicenceFile : Cited {
    measures::LicenceStatus status{};
    std::string text, credit;
    std::optional<std::string> url;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("status", self.status);
        visit("text", self.text, words);
        visit("credit", self.credit, words);
        visit("url", self.url);
        cited(self, visit);
    }
};

struct LoincFile : Cited {
    std::optional<std::string> panel, total;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("panel", self.panel);
        visit("total", self.total);
        cited(self, visit);
    }
};

struct RangeFile {
    int min = 0, max = 0;
    [[nodiscard]] measures::Range range() const { return {min, max}; }
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("min", self.min, score_value);
        visit("max", self.max, score_value);
    }
};

struct MethodFile : Cited {
    measures::Method method{};
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("method", self.method);
        cited(self, visit);
    }
};

struct MissingFile : Cited {
    measures::MissingPolicy policy{};
    int max_missing = 0;
    std::vector<int> required;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("policy", self.policy);
        visit("max_missing", self.max_missing, Domain{.min = 1, .max = 200, .optional = true});
        visit("required", self.required, item_numbers);
        cited(self, visit);
    }
};

struct BandFile : Cited {
    int from = 0, to = 0;
    std::string name;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("from", self.from, score_value);
        visit("to", self.to, score_value);
        visit("name", self.name, words);
        cited(self, visit);
    }
};

struct CutoffFile : Cited {
    int score = 0;
    measures::Side side{};
    std::string meaning;
    std::optional<double> sensitivity, specificity;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("score", self.score, score_value);
        visit("side", self.side);
        visit("meaning", self.meaning, words);
        visit("sensitivity", self.sensitivity, Domain{.min = 0, .max = 1});
        visit("specificity", self.specificity, Domain{.min = 0, .max = 1});
        cited(self, visit);
    }
};

struct SubscaleFile {
    std::string key, name;
    std::vector<int> items;
    int multiplier = 1;
    RangeFile scores;
    std::vector<BandFile> bands;
    std::vector<CutoffFile> cutoffs;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("key", self.key, words);
        visit("name", self.name, words);
        visit("items", self.items, item_numbers);
        visit("multiplier", self.multiplier, Domain{.min = 1, .max = 100, .optional = true});
        visit("scores", self.scores);
        visit("bands", self.bands);
        visit("cutoffs", self.cutoffs);
    }
};

struct PatternFile : Cited {
    std::vector<int> present_at, core;
    int major_at_least = 0, other_at_least = 0;
    std::string needs;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("present_at", self.present_at, Domain{.min = 0, .max = 100});
        visit("core", self.core, item_numbers);
        visit("major_at_least", self.major_at_least, item_number);
        visit("other_at_least", self.other_at_least, item_number);
        visit("needs", self.needs, words);
        cited(self, visit);
    }
};

struct AlternativeFile : Cited {
    std::string instrument;
    std::vector<int> items;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("instrument", self.instrument, words);
        visit("items", self.items, item_numbers);
        cited(self, visit);
    }
};

struct SafetyFile : Cited {
    int item = 0, at_least = 0;
    bool left_out_counts = false;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("item", self.item, item_number);
        visit("at_least", self.at_least, Domain{.min = 0, .max = 100});
        visit("left_out_counts", self.left_out_counts);
        cited(self, visit);
    }
};

struct ReliabilityFile : Cited {
    std::string kind, population;
    double lower = 0, upper = 0;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("kind", self.kind, words);
        visit("population", self.population, words);
        visit("lower", self.lower, Domain{.min = 0, .max = 1});
        visit("upper", self.upper, Domain{.min = 0, .max = 1});
        cited(self, visit);
    }
};

struct NormFile : Cited {
    std::string population;
    double mean = 0;
    std::optional<double> sd;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("population", self.population, words);
        visit("mean", self.mean, score_value);
        visit("sd", self.sd, score_value);
        cited(self, visit);
    }
};

struct ReliablePointsFile : Cited {
    double points = 0;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("points", self.points, score_value);
        cited(self, visit);
    }
};

struct ScoringFile {
    std::string instrument, version;
    LicenceFile licence;
    WordingFile wording;
    int recall_days = 0, minutes = 0;
    std::optional<LoincFile> loinc;
    RangeFile values, scores;
    measures::Direction direction{};
    int multiplier = 1;
    std::vector<int> reverse, may_not_apply;
    std::vector<std::vector<int>> groups;
    MethodFile scoring;
    MissingFile missing;
    std::vector<SubscaleFile> subscales;
    std::optional<PatternFile> pattern;
    std::optional<AlternativeFile> alternative;
    std::vector<SafetyFile> safety_items;
    std::vector<BandFile> bands;
    std::vector<CutoffFile> cutoffs;
    std::vector<ReliabilityFile> reliability;
    std::vector<NormFile> norms;
    exchange::Json rci;  // ReliablePointsFile, or the text below

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("instrument", self.instrument, Domain{.max_length = 40, .min_length = 1});
        visit("version", self.version, Domain{.min_length = 1});
        visit("licence", self.licence);
        visit("wording", self.wording);
        visit("recall_days", self.recall_days, Domain{.min = 0, .max = 400, .says = "0 = now"});
        visit("minutes", self.minutes, Domain{.min = 1, .max = 120});
        visit("loinc", self.loinc);
        visit("values", self.values, Domain{.says = "of one answer"});
        visit("scores", self.scores, Domain{.says = "of the total"});
        visit("direction", self.direction);
        visit("multiplier", self.multiplier, Domain{.min = 1, .max = 100, .optional = true});
        visit("reverse", self.reverse, item_numbers);
        visit("may_not_apply", self.may_not_apply, item_numbers);
        visit("groups", self.groups, item_numbers);
        visit("scoring", self.scoring);
        visit("missing", self.missing);
        visit("subscales", self.subscales);
        visit("pattern", self.pattern);
        visit("alternative", self.alternative);
        visit("safety_items", self.safety_items);
        visit("bands", self.bands);
        visit("cutoffs", self.cutoffs);
        visit("reliability", self.reliability);
        visit("norms", self.norms);
        visit("rci", self.rci,
              Domain{.says = "{points, source, page} or the text \"not available\""});
    }
};

inline constexpr std::string_view rci_not_available = "not available";

}  // namespace evenkeel::knowledge::detail
