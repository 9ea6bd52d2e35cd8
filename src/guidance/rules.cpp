#include "guidance/rules.h"

#include <fmt/format.h>

#include <algorithm>

namespace evenkeel::guidance {
namespace {

const Test* test_of(const Clause& clause, std::size_t fact) {
    const auto found = std::ranges::find(clause, fact, &Test::fact);
    return found == clause.end() ? nullptr : &*found;
}

bool passes(const Test& test, int value) {
    return std::ranges::any_of(test.ranges,
                               [&](Range r) { return r.from <= value && value <= r.to; });
}

Truth holds(const Test& test, const KnownFacts& person) {
    const auto value = person[test.fact];
    if (!value) return Truth::unknown;
    return passes(test, *value) ? Truth::yes : Truth::no;
}

Truth holds(const Clause& clause, const KnownFacts& person) {
    auto all = Truth::yes;
    for (const auto& test : clause) all = std::min(all, holds(test, person));
    return all;
}

Test meet(const Test& a, const Test& b) {
    Test both{.fact = a.fact, .ranges = {}};
    for (const auto& x : a.ranges) {
        for (const auto& y : b.ranges) {
            const Range common{std::max(x.from, y.from), std::min(x.to, y.to)};
            if (common.from <= common.to) both.ranges.push_back(common);
        }
    }
    return both;
}

// Whoever the one and the other hold for.
Clause meet(const Clause& a, const Clause& b) {
    Clause both = a;
    for (const auto& test : b) {
        const auto same = std::ranges::find(both, test.fact, &Test::fact);
        if (same == both.end()) {
            both.push_back(test);
        } else {
            *same = meet(*same, test);
        }
    }
    return both;
}

bool can_hold(const RuleBook& book, const Clause& clause) {
    return std::ranges::all_of(clause, [&](const Test& test) {
        const auto& fact = book.facts[test.fact];
        return !meet(test, {test.fact, {{fact.min, fact.max}}}).ranges.empty();
    });
}

// Every person the narrow clause holds for, the wide one holds for too.
bool covers(const Clause& wide, const Clause& narrow) {
    return std::ranges::all_of(wide, [&](const Test& test) {
        const auto* own = test_of(narrow, test.fact);
        return own != nullptr && std::ranges::all_of(own->ranges, [&](Range r) {
                   return std::ranges::any_of(
                       test.ranges, [&](Range w) { return w.from <= r.from && r.to <= w.to; });
               });
    });
}

Condition meet(const Condition& a, const Condition& b) {
    if (b.empty()) return a;
    Condition both;
    for (const auto& x : a) {
        for (const auto& y : b) both.push_back(meet(x, y));
    }
    return both;
}

bool can_hold(const RuleBook& book, const Condition& condition) {
    return std::ranges::any_of(condition,
                               [&](const Clause& clause) { return can_hold(book, clause); });
}

// The tests of a clause that fails in one fact and holds in all others.
std::optional<Test> only_failure(const Clause& clause, const KnownFacts& person) {
    std::optional<Test> failed;
    for (const auto& test : clause) {
        const auto truth = holds(test, person);
        if (truth == Truth::yes) continue;
        if (truth == Truth::unknown || failed) return std::nullopt;
        failed = test;
    }
    return failed;
}

Finding finding(const Rule& rule, std::size_t position, const KnownFacts& person) {
    Finding out{.rule = position, .why = {}, .offers = {}};
    for (const auto& clause : rule.when) {
        if (holds(clause, person) != Truth::yes) continue;
        out.why = clause;
        break;
    }
    for (std::size_t i = 0; i < rule.offers.size(); ++i) {
        if (holds(rule.offers[i].when, person) != Truth::no) out.offers.push_back(i);
    }
    return out;
}

Undecided undecided(const Rule& rule, std::size_t position, const KnownFacts& person) {
    Undecided out{.rule = position, .missing = {}};
    for (const auto& clause : rule.when) {
        if (holds(clause, person) != Truth::unknown) continue;
        for (const auto& test : clause) {
            if (!person[test.fact] && std::ranges::count(out.missing, test.fact) == 0) {
                out.missing.push_back(test.fact);
            }
        }
    }
    return out;
}

class Checker {
  public:
    explicit Checker(const RuleBook& book) : book_(book) {}

    std::vector<Problem> check() {
        for (const auto& rule : book_.rules) {
            check_clauses(rule);
            for (std::size_t i = 0; i < rule.offers.size(); ++i) check_offer(rule, i);
            check_example(rule);
        }
        return faults_.all();
    }

  private:
    void check_clauses(const Rule& rule) {
        if (rule.when.empty()) {
            faults_.add(rule.place + "/when", "A rule needs a clause: whom does it hold for?");
        }
        for (std::size_t i = 0; i < rule.when.size(); ++i) {
            const auto place = fmt::format("{}/when/{}", rule.place, i);
            if (!can_hold(book_, rule.when[i])) {
                faults_.add(place, "Nobody can be like this: the clause is never reached.");
                continue;
            }
            for (std::size_t before = 0; before < i; ++before) {
                if (!covers(rule.when[before], rule.when[i])) continue;
                faults_.add(place, fmt::format("Clause {} already covers this one.", before));
            }
        }
    }

    void check_offer(const Rule& rule, std::size_t i) {
        const auto& offer = rule.offers[i];
        const auto place = fmt::format("{}/offers/{}", rule.place, i);
        const auto whom = meet(rule.when, offer.when);
        if (!can_hold(book_, whom)) {
            faults_.add(place, "This offer is never made: its rule rules it out.");
        }
        for (const auto& other : book_.rules) {
            if (other.guideline != rule.guideline || !discourages(other, offer.option)) continue;
            if (!can_hold(book_, meet(whom, other.when))) continue;
            faults_.add(place, fmt::format("{} discourages {} for a person whom both hold for.",
                                           other.id, book_.options[offer.option].id));
        }
    }

    [[nodiscard]] bool discourages(const Rule& rule, std::size_t option) const {
        return std::ranges::any_of(
            rule.against, [&](std::size_t wider) { return is_kind_of(book_, option, wider); });
    }

    void check_example(const Rule& rule) {
        auto person = rule.example.fires;
        if (holds(rule.when, person) != Truth::yes) {
            faults_.add(rule.place + "/example/fires", "The rule does not hold for this person.");
        }
        person[rule.example.fact] = rule.example.not_with;
        if (holds(rule.when, person) != Truth::no) {
            faults_.add(rule.place + "/example/not_with",
                        "With this fact the rule still holds, or is undecided.");
        }
    }

    const RuleBook& book_;
    Faults faults_;
};

template <class Named>
std::optional<std::size_t> position_of(const std::vector<Named>& all, std::string_view id) {
    const auto found = std::ranges::find(all, id, &Named::id);
    if (found == all.end()) return std::nullopt;
    return static_cast<std::size_t>(found - all.begin());
}

}  // namespace

std::optional<std::size_t> fact_named(const RuleBook& book, std::string_view id) {
    return position_of(book.facts, id);
}

std::optional<std::size_t> option_named(const RuleBook& book, std::string_view id) {
    return position_of(book.options, id);
}

std::optional<std::size_t> rule_named(const RuleBook& book, std::string_view id) {
    return position_of(book.rules, id);
}

Truth holds(const Condition& condition, const KnownFacts& person) {
    if (condition.empty()) return Truth::yes;
    auto any = Truth::no;
    for (const auto& clause : condition) any = std::max(any, holds(clause, person));
    return any;
}

Advice advise(const RuleBook& book, const KnownFacts& person) {
    EK_ASSERT(person.size() == book.facts.size());
    Advice out;
    for (std::size_t i = 0; i < book.rules.size(); ++i) {
        const auto& rule = book.rules[i];
        const auto truth = holds(rule.when, person);
        if (truth == Truth::yes) out.fired.push_back(finding(rule, i, person));
        if (truth == Truth::unknown) out.undecided.push_back(undecided(rule, i, person));
        if (truth != Truth::no) continue;
        for (const auto& clause : rule.when) {
            if (auto test = only_failure(clause, person)) out.near.push_back({i, *test});
        }
    }
    return out;
}

bool is_kind_of(const RuleBook& book, std::size_t option, std::size_t wider) {
    for (std::optional at = option; at; at = book.options[*at].is_a) {
        if (*at == wider) return true;
    }
    return false;
}

std::vector<Problem> faults_of(const RuleBook& book) {
    return Checker(book).check();
}

}  // namespace evenkeel::guidance
