// Goal: `evidence rules` keeps its contract: which rules hold, why, source and section, all faults
// of the person's file with their places. Method: calls of run() as main makes them.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "app/command.h"
#include "exchange/json.h"

namespace evenkeel::app {
namespace {

struct Answer {
    int code;
    exchange::Json json;
    std::string out, err;
};

Answer rules(const std::string& person, std::vector<std::string> more = {"--json"}) {
    std::vector<std::string> arguments{"evidence", "rules", "--knowledge",
                                       EVENKEEL_SOURCE_DIR "/knowledge"};
    if (!person.empty()) {
        const auto* test = testing::UnitTest::GetInstance()->current_test_info();
        const auto path = testing::TempDir() + "evenkeel_rules_" + test->name() + ".json";
        std::ofstream(path, std::ios::binary) << person;
        arguments.insert(arguments.end(), {"--person", path});
    }
    arguments.insert(arguments.end(), more.begin(), more.end());
    std::ostringstream out, err;
    const int code = run(arguments, {"evenkeel", out, err, false});
    auto json = exchange::parse_json(out.str());
    return {code, json.ok() ? json.value() : exchange::Json{}, out.str(), err.str()};
}

const exchange::Json* row(const Answer& answer, std::string_view list, std::string_view id) {
    const auto* rows = answer.json.find(list);
    if (rows == nullptr || rows->list() == nullptr) return nullptr;
    for (const auto& each : *rows->list()) {
        if (each.find("rule") != nullptr && *each.find("rule")->text() == id) return &each;
    }
    return nullptr;
}

TEST(Rules, SayWhichHoldWhyAndFromWhere) {
    const auto said = rules(R"({"phq9": 12, "wants_treatment": true, "treatment": "none"})");
    ASSERT_EQ(said.code, 0) << said.err;
    const auto* rule = row(said, "rules", "N04");
    ASSERT_NE(rule, nullptr);
    EXPECT_EQ(*rule->find("section")->text(), "Table 1");
    EXPECT_NE(rule->find("source")->text()->find("NG222"), std::string::npos);
    const auto& why = rule->find("why")->list()->front();
    EXPECT_EQ(*why.find("fact")->text(), "phq9");
    EXPECT_EQ(why.find("value")->number(), 12);
    EXPECT_EQ(*why.find("needs")->text(), "15 or less");
    EXPECT_EQ(row(said, "rules", "N05"), nullptr);
    EXPECT_EQ(*row(said, "would_change", "N05")->find("needs")->text(), "16 or more");
    EXPECT_EQ(*row(said, "undecided", "N06")->find("missing")->list()->front().text(),
              "relationship_problem");
}

TEST(Rules, OfferInThePublishedOrderAndSayWhatAnOfferDependsOn) {
    const auto said = rules(R"({"phq9": 12, "wants_treatment": true, "treatment": "none"})");
    std::vector<std::string> order;
    for (const auto& each : *said.json.find("offers")->list()) {
        if (*each.find("rule")->text() == "N04") order.push_back(*each.find("option")->text());
    }
    ASSERT_EQ(order.size(), 11U);
    EXPECT_EQ(order.front(), "guided-self-help");
    EXPECT_EQ(order[8], "ssri");
    const auto no = rules(R"({"phq9": 12, "wants_treatment": true, "treatment": "none",
                              "prefers_antidepressant": false})");
    for (const auto& each : *no.json.find("offers")->list()) {
        EXPECT_FALSE(*each.find("rule")->text() == "N04" && *each.find("option")->text() == "ssri");
    }
}

TEST(Rules, EffectsStandWithTheirIntervalAndSource) {
    const auto said = rules(R"({"phq9": 21})");
    const auto& effects = *said.json.find("effects")->list();
    ASSERT_EQ(effects.size(), 2U);  // of both together, by D02
    EXPECT_EQ(effects[0].find("estimate")->number(), 0.30);
    EXPECT_EQ(effects[0].find("lower")->number(), 0.14);
    EXPECT_EQ(effects[0].find("upper")->number(), 0.45);
    EXPECT_NE(effects[0].find("source")->text()->find("Simon"), std::string::npos)
        << *effects[0].find("source")->text();
}

TEST(Rules, WithoutAPersonTheyAndTheirFactsAreListed) {
    const auto said = rules("");
    ASSERT_EQ(said.code, 0);
    EXPECT_EQ(said.json.find("rules")->list()->size(), 31U);
    EXPECT_EQ(*row(said, "rules", "N08")->find("why")->text(),
              "age in years: 25 or less; what is planned for an antidepressant: starting or "
              "raising_dose -- or -- what is planned for an antidepressant: starting or "
              "raising_dose; a clinician judges the risk of suicide to be raised: yes");
    EXPECT_GT(said.json.find("facts")->list()->size(), 30U);
    EXPECT_EQ(rules("", {}).code, 0);
    EXPECT_EQ(rules("", {"--csv"}).out.find("rule,guideline,"), 0U);
}

TEST(Rules, RefuseAPersonWithEveryFault) {
    const auto said = rules(R"({"phq9": -1, "weather": "rain"})");
    EXPECT_EQ(said.code, 3);
    ASSERT_EQ(said.json.find("problems")->list()->size(), 2U);
    EXPECT_EQ(rules("{").code, 3);
    EXPECT_EQ(rules("", {"--person", "/nowhere.json", "--json"}).code, 5);
}

}  // namespace
}  // namespace evenkeel::app
