// Goal: a rule holds exactly when one of its clauses does, is undecided while facts that matter
// were not told, and names what would change it; a book that contradicts itself or holds what
// can never apply is refused. Method: a small book by hand; each fault is made in a copy of it.
#include "guidance/rules.h"

#include <gtest/gtest.h>

namespace evenkeel::guidance {
namespace {

enum : std::size_t { score, wants, now };              // facts
enum : std::size_t { drug, ssri, talking, exercise };  // options

RuleBook book() {
    RuleBook out;
    out.facts = {{"score", "score", FactKind::number, 0, 27, {}},
                 {"wants", "wants", FactKind::flag, 0, 1, {}},
                 {"now", "now", FactKind::choice, 0, 2, {"none", "talking", "drug"}}};
    out.options = {{"drug", "A drug", {}, {}},
                   {"ssri", "An SSRI", drug, {}},
                   {"talking", "Talking", {}, {}},
                   {"exercise", "Exercise", {}, {}}};
    Rule low{.id = "R1",
             .guideline = "g",
             .place = "/r1",
             .when = {},
             .says = "",
             .plain = "",
             .offers = {},
             .against = {drug},
             .note = "",
             .strength = "",
             .citation = {},
             .example = {{10, 1, 0}, score, 16}};
    low.when = {{{score, {{0, 15}}}, {wants, {{1, 1}}}}};
    low.offers = {{.option = talking}, {.option = exercise, .when = {{{now, {{0, 0}}}}}}};
    Rule high = low;
    high.id = "R2", high.place = "/r2", high.against = {};
    high.when = {{{score, {{16, 27}}}}, {{now, {{1, 1}, {2, 2}}}, {wants, {{0, 0}}}}};
    high.offers = {{.option = ssri}};
    high.example = {{16, 1, 0}, score, 15};
    out.rules = {low, high};
    return out;
}

std::vector<Problem> faults_with(void (*break_it)(RuleBook&)) {
    auto broken = book();
    break_it(broken);
    return faults_of(broken);
}

TEST(Rules, HoldWhenOneClauseDoes) {
    const auto found = advise(book(), {10, 1, 0});
    ASSERT_EQ(found.fired.size(), 1U);
    EXPECT_EQ(found.fired[0].rule, 0U);
    EXPECT_EQ(found.fired[0].why, (Clause{{score, {{0, 15}}}, {wants, {{1, 1}}}}));
    EXPECT_EQ(found.fired[0].offers, (std::vector<std::size_t>{0, 1}));
    EXPECT_EQ(advise(book(), {10, 0, 2}).fired[0].rule, 1U);  // by the second clause
    EXPECT_TRUE(advise(book(), {10, 0, 0}).fired.empty());
}

TEST(Rules, AnOfferOfItsOwnConditionIsLeftOutOnlyWhenThatFails) {
    EXPECT_EQ(advise(book(), {10, 1, 1}).fired[0].offers, (std::vector<std::size_t>{0}));
    EXPECT_EQ(advise(book(), {10, 1, {}}).fired[0].offers, (std::vector<std::size_t>{0, 1}));
}

TEST(Rules, WithoutTheFactsTheyAreUndecidedAndNameThem) {
    const auto found = advise(book(), {10, {}, {}});
    ASSERT_EQ(found.undecided.size(), 2U);
    EXPECT_EQ(found.undecided[0].missing, (std::vector<std::size_t>{wants}));
    EXPECT_EQ(found.undecided[1].missing, (std::vector<std::size_t>{now, wants}));
    EXPECT_TRUE(found.fired.empty());
    // What is known decides already: no third fact is asked for.
    EXPECT_EQ(advise(book(), {20, {}, {}}).fired.size(), 1U);
    EXPECT_TRUE(advise(book(), {20, {}, {}}).undecided.empty());
}

TEST(Rules, NameTheOneFactThatWouldChangeThem) {
    const auto found = advise(book(), {15, 0, 0});
    ASSERT_EQ(found.near.size(), 3U);
    EXPECT_EQ(found.near[0].rule, 0U);
    EXPECT_EQ(found.near[0].test, (guidance::Test{wants, {{1, 1}}}));
    EXPECT_EQ(found.near[1].test, (guidance::Test{score, {{16, 27}}}));
    EXPECT_EQ(found.near[2].test, (guidance::Test{now, {{1, 1}, {2, 2}}}));
}

TEST(Rules, AnOptionIsAKindOfItselfAndOfTheWiderOne) {
    EXPECT_TRUE(is_kind_of(book(), ssri, ssri));
    EXPECT_TRUE(is_kind_of(book(), ssri, drug));
    EXPECT_FALSE(is_kind_of(book(), drug, ssri));
}

TEST(Book, ThatHoldsTogetherHasNoFault) {
    EXPECT_EQ(faults_of(book()), std::vector<Problem>{});
}

TEST(Book, AClauseForNobodyIsNamed) {
    const auto found = faults_with([](RuleBook& b) { b.rules[1].when.push_back({{now, {}}}); });
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].where, "/r2/when/2");
    const auto outside = faults_with([](RuleBook& b) {
        b.rules[1].when.push_back({{score, {{28, 30}}}});
    });
    ASSERT_EQ(outside.size(), 1U);
    EXPECT_EQ(outside[0].where, "/r2/when/2");
}

TEST(Book, AClauseThatAnEarlierOneCoversIsNamed) {
    const auto found = faults_with([](RuleBook& b) {
        b.rules[1].when.push_back({{score, {{20, 27}}}, {wants, {{1, 1}}}});
    });
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].where, "/r2/when/2");
}

TEST(Book, ARuleForEverybodyIsNamed) {
    const auto found = faults_with([](RuleBook& b) { b.rules[1].when.clear(); });
    ASSERT_FALSE(found.empty());
    EXPECT_EQ(found[0].where, "/r2/when");
}

TEST(Book, AnOfferAgainstAnotherRuleOfTheGuidelineIsNamed) {
    const auto found = faults_with([](RuleBook& b) {
        b.rules[1].when[0][0].ranges = {{15, 27}};
        b.rules[1].example.not_with = 14;
    });
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].where, "/r2/offers/0");
    EXPECT_EQ(found[0].message, "R1 discourages ssri for a person whom both hold for.");
    auto other_guideline = book();
    other_guideline.rules[1].when[0][0].ranges = {{15, 27}};
    other_guideline.rules[1].example.not_with = 14;
    other_guideline.rules[1].guideline = "h";
    EXPECT_TRUE(faults_of(other_guideline).empty()) << "guidelines may differ";
}

TEST(Book, AnOfferThatIsNeverMadeIsNamed) {
    const auto found = faults_with([](RuleBook& b) {
        b.rules[0].offers[1].when = {{{score, {{20, 27}}}}};
    });
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].where, "/r1/offers/1");
}

TEST(Book, AnExampleThatDoesNotHoldIsNamed) {
    const auto wrong = faults_with([](RuleBook& b) { b.rules[0].example.fires[score] = 16; });
    ASSERT_EQ(wrong.size(), 1U);
    EXPECT_EQ(wrong[0].where, "/r1/example/fires");
    const auto still = faults_with([](RuleBook& b) { b.rules[0].example.not_with = 15; });
    ASSERT_EQ(still.size(), 1U);
    EXPECT_EQ(still[0].where, "/r1/example/not_with");
}

}  // namespace
}  // namespace evenkeel::guidance
