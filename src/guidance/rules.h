#pragma once
// Which recommendations of which guideline apply to a described person, why, and which fact
// would change that?
//
// Rules, facts and options are data (knowledge/guidelines/): a rule holds when one of its clauses
// holds, a clause when each of its tests does. With facts that nobody has told yet a rule is
// undecided, never silently false. Guidelines may differ from each other; inside one guideline
// two rules that can hold for the same person must not offer and discourage the same thing.
//
// Limits: decision support. A rule that holds is a recommendation to talk about, not a decision.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "measures/instrument.h"

namespace evenkeel::guidance {

// "score.phq-9": the scores of a questionnaire, as Fact::filled_from names them.
inline constexpr std::string_view score_series = "score.";

enum class FactKind { flag, number, choice };

// Something that may be known of a person. A value is a whole number: of a number itself, of a
// flag 0 or 1, of a choice the position among its values.
struct Fact {
    std::string id, says;
    FactKind kind = FactKind::flag;
    int min = 0, max = 1;             // the values there are, both included
    std::vector<std::string> values;  // of a choice
    std::string group;                // the heading under which it is asked; empty: none
    // From where the record itself knows it, so that nobody is asked: "born", or a series such as
    // "score.phq-9"; empty: it has to be told.
    std::string filled_from;
};

// One value for each fact of the book, in its order; none where nobody has told.
using KnownFacts = std::vector<std::optional<int>>;

struct Range {
    int from = 0, to = 0;  // both included
    bool operator==(const Range&) const = default;
};
// The values of one fact that pass: those in any of the ranges.
struct Test {
    std::size_t fact = 0;
    std::vector<Range> ranges;
    bool operator==(const Test&) const = default;
};
using Clause = std::vector<Test>;       // all must pass; at most one test for each fact
using Condition = std::vector<Clause>;  // one must hold; without a clause it always holds

// How well something did on average against something else, as published.
struct Effect {
    std::string against, measure, interval_is;
    std::optional<double> estimate;
    double from = 0, to = 0;
    measures::Citation citation;
};

struct Option {
    std::string id, name;
    std::optional<std::size_t> is_a;  // position of the wider option
    std::vector<Effect> effects;
};

struct Offer {
    std::size_t option = 0;
    std::string detail;
    Condition when;  // beside that of the rule
    bool to_be_verified = false;
};

// Two people who differ in one fact: the rule holds for the first and not for the second.
struct Example {
    KnownFacts fires;
    std::size_t fact = 0;
    int not_with = 0;
};

struct Rule {
    std::string id, guideline;  // "N04", "nice-ng222"
    std::string place;          // in the data, for faults
    Condition when;
    std::string says, plain;           // for clinicians; for the person
    std::vector<Offer> offers;         // in the published order
    std::vector<std::size_t> against;  // options
    std::string note, strength;        // empty: none
    measures::Citation citation;
    Example example;
};

struct RuleBook {
    std::vector<Fact> facts;
    std::vector<Option> options;
    std::vector<Rule> rules;
};

enum class Truth { no, unknown, yes };

// Positions by id; none when the book has no such.
std::optional<std::size_t> fact_named(const RuleBook&, std::string_view id);
std::optional<std::size_t> option_named(const RuleBook&, std::string_view id);
std::optional<std::size_t> rule_named(const RuleBook&, std::string_view id);

Truth holds(const Condition&, const KnownFacts&);

struct Finding {
    std::size_t rule = 0;
    Clause why;                       // the tests of the first clause that holds
    std::vector<std::size_t> offers;  // those whose own condition holds or is undecided
};
struct Undecided {
    std::size_t rule = 0;
    std::vector<std::size_t> missing;  // facts that would decide, each once
};
// It does not hold, and would if this one fact passed this test.
struct Near {
    std::size_t rule = 0;
    Test test;
};
struct Advice {
    std::vector<Finding> fired;
    std::vector<Undecided> undecided;
    std::vector<Near> near;
};

// In the order of the book. `KnownFacts` has one place for each fact of the book.
Advice advise(const RuleBook&, const KnownFacts&);

// Does `option` equal `wider`, or is it a kind of it?
bool is_kind_of(const RuleBook&, std::size_t option, std::size_t wider);

// Everything that can be found wrong without a clinician, by the rule's place: a rule without a
// clause; a clause that no value can satisfy, or that an earlier one already covers; an offer that
// can never be made, or that a rule of the same guideline discourages for a person whom both hold
// for; an example that does not hold, or that holds with the changed fact too.
std::vector<Problem> faults_of(const RuleBook&);

}  // namespace evenkeel::guidance
