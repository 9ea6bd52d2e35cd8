// Goal: the shipped guideline rules are those of the clinical reference, hold together, and stay
// what they are when more becomes known of a person; a folder that does not hold together is
// refused with every fault named. Method: each rule's own pair of people, random people, and
// copies of the folder that are broken.
#include "knowledge/guidelines.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <random>

#include "exchange/input.h"
#include "exchange/schema.h"
#include "knowledge/detail/guideline_file.h"
#include "knowledge/load.h"

namespace evenkeel::knowledge {
namespace {

namespace fs = std::filesystem;
using guidance::KnownFacts;
using guidance::Truth;

const fs::path shipped = fs::path(EVENKEEL_SOURCE_DIR) / "knowledge";

const guidance::RuleBook& book() {
    static const auto loaded = load_knowledge(shipped);
    return loaded.value().rules;
}

KnownFacts anybody(std::mt19937_64& random) {
    KnownFacts out;
    for (const auto& fact : book().facts) {
        out.emplace_back(std::uniform_int_distribution<int>{fact.min, fact.max}(random));
    }
    return out;
}

TEST(Guidelines, AreAllRowsOfTheReferenceAndTheQuestionsBeforeAnyPlan) {
    std::vector<std::string> ids;
    for (const auto& rule : book().rules) ids.push_back(rule.id);
    std::vector<std::string> wanted{"P01"};
    for (int i = 1; i <= 22; ++i) wanted.push_back((i < 10 ? "N0" : "N") + std::to_string(i));
    for (int i = 1; i <= 5; ++i) wanted.push_back("D0" + std::to_string(i));
    for (const auto* id : {"K01", "K02", "A01"}) wanted.emplace_back(id);
    EXPECT_EQ(ids, wanted);
}

TEST(Guidelines, EachHasAPersonItHoldsForAndOneWhoDiffersInOneFact) {
    for (const auto& rule : book().rules) {
        auto person = rule.example.fires;
        EXPECT_EQ(holds(rule.when, person), Truth::yes) << rule.id;
        person[rule.example.fact] = rule.example.not_with;
        EXPECT_EQ(holds(rule.when, person), Truth::no) << rule.id;
    }
}

TEST(Guidelines, NeverOfferWhatTheyDiscourageForTheSamePerson) {
    std::mt19937_64 random{20261126};
    for (int i = 0; i < 5000; ++i) {
        const auto found = guidance::advise(book(), anybody(random));
        for (const auto& one : found.fired) {
            const auto& rule = book().rules[one.rule];
            for (const auto& other : found.fired) {
                if (book().rules[other.rule].guideline != rule.guideline) continue;
                for (const auto wider : book().rules[other.rule].against) {
                    for (const auto offer : one.offers) {
                        EXPECT_FALSE(is_kind_of(book(), rule.offers[offer].option, wider))
                            << rule.id << " and " << book().rules[other.rule].id;
                    }
                }
            }
        }
    }
}

TEST(Guidelines, WhatIsDecidedStaysSoWhenMoreBecomesKnown) {
    std::mt19937_64 random{7};
    for (int i = 0; i < 2000; ++i) {
        const auto whole = anybody(random);
        auto part = whole;
        for (auto& each : part) {
            if (random() % 2 == 0) each.reset();
        }
        for (const auto& rule : book().rules) {
            const auto early = holds(rule.when, part);
            if (early != Truth::unknown) {
                EXPECT_EQ(holds(rule.when, whole), early) << rule.id;
            }
            EXPECT_NE(holds(rule.when, whole), Truth::unknown) << rule.id;
        }
    }
}

TEST(Guidelines, TheNearFactMakesTheRuleHold) {
    std::mt19937_64 random{8};
    for (int i = 0; i < 500; ++i) {
        const auto person = anybody(random);
        for (const auto& near : guidance::advise(book(), person).near) {
            auto changed = person;
            changed[near.test.fact] = near.test.ranges.front().from;
            EXPECT_EQ(holds(book().rules[near.rule].when, changed), Truth::yes);
        }
    }
}

TEST(Guidelines, TheSchemaIsThatOfTheLoader) {
    const auto text = exchange::read_file(shipped / "schemas/guideline.schema.json");
    ASSERT_TRUE(text.ok());
    EXPECT_EQ(exchange::write_json(exchange::parse_json(text.value()).value()),
              exchange::schema_of<detail::GuidelineFile>());
}

Result<KnownFacts> person(std::string_view text) {
    return read_known_facts(book(), exchange::parse_json(text).value());
}

TEST(Person, FactsAreReadByTheirKindAndNullIsNotTold) {
    const auto read = person(R"({"phq9": 12, "wants_treatment": true, "treatment": "therapy",
                                 "age": null})");
    ASSERT_TRUE(read.ok());
    EXPECT_EQ(std::ranges::count_if(read.value(), [](auto each) { return each.has_value(); }), 3);
    EXPECT_EQ(read.value()[0], 12);
}

TEST(Person, EveryFaultIsNamed) {
    const auto read = person(R"({"phq9": 28, "age": 30.5, "wants_treatment": "yes",
                                 "treatment": "tea", "mood": 1})");
    ASSERT_FALSE(read.ok());
    const auto found = read.error().problems();
    ASSERT_EQ(found.size(), 5U);
    EXPECT_EQ(found[0], (Problem{"/phq9", "Give a whole number from 0 to 27."}));
    EXPECT_EQ(found[1].where, "/age");
    EXPECT_EQ(found[2], (Problem{"/wants_treatment", "Give true or false."}));
    EXPECT_EQ(found[3].where, "/treatment");
    EXPECT_EQ(found[4].where, "/mood");
    EXPECT_EQ(person("[]").error().where, "");
}

// What is wrong when `old` in the file of a guideline becomes `with`.
std::vector<Problem> broken(const std::string& file, const std::string& old,
                            const std::string& with) {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    const auto folder = fs::path(testing::TempDir()) / (std::string("guidelines_") + test->name());
    fs::remove_all(folder);
    fs::copy(shipped, folder, fs::copy_options::recursive);
    auto text = exchange::read_file(folder / "guidelines" / file).value();
    const auto at = text.find(old);
    EXPECT_NE(at, std::string::npos) << old;
    text.replace(at, old.size(), with);
    std::ofstream(folder / "guidelines" / file, std::ios::binary) << text;
    const auto loaded = load_knowledge(folder);
    fs::remove_all(folder);
    return loaded.ok() ? std::vector<Problem>{} : loaded.error().problems();
}

TEST(BrokenGuidelines, AContradictionIsNamedInTheOfferThatMakesIt) {
    // Without its own condition the SSRI of N04 is offered to those whom N03 discourages.
    const auto found = broken(
        "nice-ng222.json", "\"ssri\", \"when\": [{\"prefers_antidepressant\": true}]", "\"ssri\"");
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].where, "guidelines/nice-ng222.json#/rules/3/offers/8");
    EXPECT_EQ(found[0].message, "N03 discourages ssri for a person whom both hold for.");
}

TEST(BrokenGuidelines, AValueOutsideTheFactIsNamed) {
    const auto found = broken("nice-ng222.json", "{\"at_most\": 15}", "{\"at_most\": 28}");
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].where, "guidelines/nice-ng222.json#/rules/0/when/0/phq9");
}

TEST(BrokenGuidelines, ARuleWithoutAListedSourceIsNamed) {
    const auto found =
        broken("va-dod-2022.json", "\"source\": \"va-dod-2022\"", "\"source\": \"hearsay\"");
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].where, "guidelines/va-dod-2022.json#/rules/0/source");
}

TEST(BrokenGuidelines, UnknownFactsAndOptionsAndDoubledIdsAreNamedTogether) {
    auto found = broken("facts.json", "\"id\": \"psychotic_symptoms\"", "\"id\": \"phq9\"");
    ASSERT_FALSE(found.empty());
    EXPECT_EQ(found[0], (Problem{"guidelines/facts.json#/facts/9/id", "fact phq9 stands twice."}));
    found = broken("options.json", "\"id\": \"vortioxetine\"", "\"id\": \"vortioxetin\"");
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].where, "guidelines/nice-ng222.json#/rules/13/offers/0/option");
}

TEST(BrokenGuidelines, AFactIsFilledOnlyFromWhatTheRecordKnows) {
    const auto found =
        broken("facts.json", "\"filled_from\": \"born\"", "\"filled_from\": \"shoe\"");
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].where, "guidelines/facts.json#/facts/1/filled_from");
}

TEST(BrokenGuidelines, TheExampleDiffersInOneFact) {
    const auto found = broken("apa-2019.json", "\"not_with\": {\"treatment\": \"therapy\"}",
                              "\"not_with\": {\"treatment\": \"therapy\", \"phq9\": 3}");
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].where, "guidelines/apa-2019.json#/rules/0/example/not_with");
}

}  // namespace
}  // namespace evenkeel::knowledge
