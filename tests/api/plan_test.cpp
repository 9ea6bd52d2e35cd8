// Goal: from what the therapist notes to a plan that the client agrees to: the rules say why, the
// client reads plain words alone, a plan changed by two people loses nothing.

#include <fmt/format.h>

#include "service.h"

namespace evenkeel::api {
namespace {

using exchange::Json;

class PlanRoutes : public testing::Test {
  protected:
    Service service;
    const std::string at = "/api/people/" + to_string(service.anna);
    const Id item = service.fresh();

    Answer write(std::string_view caller, std::string_view kind, const std::string& body) {
        service.clock.at += std::chrono::seconds{1};
        return service.write(caller, service.anna, service.entry(kind, body));
    }
    std::string change(std::uint64_t based_on, const std::string& parts) const {
        return fmt::format(R"({{"item":"{}","based_on":{},{}}})", to_string(item), based_on, parts);
    }
    std::uint64_t begin() {
        const auto parts = fmt::format(
            R"("problem":"Evenings alone","goal":{{"words":"See Sam weekly","steps":["Call"]}},
               "review_on":"2026-12-22","responsible":"{}")",
            to_string(service.id_of("therapist_a")));
        const auto written = write("therapist_a", "plan_change", change(0, parts));
        EXPECT_EQ(written.status, 201) << written.body;
        return version();
    }
    std::uint64_t version() {
        return static_cast<std::uint64_t>(
            *service.get("therapist_a", at + "/plan").json().find("version")->number());
    }
    static const Json* named(const Json& json, std::string_view list, std::string_view key,
                             std::string_view value) {
        for (const auto& each : *json.find(list)->list()) {
            if (*each.find(key)->text() == value) return &each;
        }
        return nullptr;
    }
    static std::string first_place(const Answer& refused) {
        return *refused.json().find("problems")->list()->front().find("where")->text();
    }
};

TEST_F(PlanRoutes, FactsLeadToTheSameRulesAsOnTheCommandLine) {
    ASSERT_EQ(write("client_a", "answers", nine(1, "0")).status, 201);
    const auto told =
        write("therapist_a", "facts_told",
              R"({"told_by":"client","facts":[{"fact":"wants_treatment","value":"yes"},
                                {"fact":"treatment","value":"none"}]})");
    ASSERT_EQ(told.status, 201) << told.body;
    const auto known = service.get("therapist_a", at + "/assessment").json();
    EXPECT_EQ(*named(known, "facts", "fact", "wants_treatment")->find("value")->text(), "yes");
    EXPECT_EQ(*named(known, "facts", "fact", "phq9")->find("value")->text(), "8");
    EXPECT_TRUE(std::get<bool>(
        named(known, "facts", "fact", "bipolar_history")->find("to_clinician")->value));

    const auto advice = service.get("therapist_a", at + "/advice").json();
    const auto* rule = named(advice, "rules", "rule", "N04");
    ASSERT_NE(rule, nullptr);
    EXPECT_EQ(*rule->find("section")->text(), "Table 1");
    EXPECT_EQ(*rule->find("why")->list()->front().find("needs")->text(), "15 or less");
    EXPECT_EQ(*rule->find("options")->list()->front().find("option")->text(), "guided-self-help");
    EXPECT_EQ(*named(advice, "would_change", "rule", "N05")->at({"change", "needs"})->text(),
              "16 or more");
    EXPECT_NE(named(advice, "undecided", "rule", "N06"), nullptr);

    const auto own = service.get("client_a", at + "/advice").json();
    const auto* plain = named(own, "rules", "rule", "N04");
    ASSERT_NE(plain, nullptr);
    EXPECT_EQ(plain->find("recommendation"), nullptr);
    EXPECT_TRUE(plain->find("why")->list()->empty());
    EXPECT_TRUE(own.find("undecided")->list()->empty());
    service.expect_sound();
}

TEST_F(PlanRoutes, AFactThatSendsThePlanToAClinicianSaysSo) {
    ASSERT_EQ(write("therapist_a", "facts_told",
                    R"({"told_by":"client","facts":[{"fact":"bipolar_history","value":"yes"}]})")
                  .status,
              201);
    const auto advice = service.get("therapist_a", at + "/advice").json();
    EXPECT_NE(named(advice, "rules", "rule", "P01"), nullptr);
}

TEST_F(PlanRoutes, RefusalsNameEveryFieldInPlainWords) {
    const auto refused = write("therapist_a", "plan_change",
                               change(0, R"("problem":"Evenings","review_on":"2026-11-01")"));
    EXPECT_EQ(refused.status, 422) << refused.body;
    std::vector<std::string> places;
    const auto said = refused.json();
    for (const auto& each : *said.find("problems")->list()) {
        places.push_back(*each.find("where")->text());
    }
    EXPECT_EQ(places, (std::vector<std::string>{"/body/body/goal", "/body/body/responsible",
                                                "/body/body/review_on"}));
    EXPECT_EQ(write("client_a", "plan_change", change(0, R"("problem":"Evenings")")).status, 403);
    EXPECT_EQ(write("supervisor", "facts_told", R"({"told_by":"client","facts":[]})").status, 403);
}

TEST_F(PlanRoutes, ThePlanIsAgreedByTheClientAndEachVersionStands) {
    const auto first = begin();
    const auto agreed =
        write("client_a", "plan_answer", fmt::format(R"({{"plan":{},"answer":"agrees"}})", first));
    ASSERT_EQ(agreed.status, 201) << agreed.body;
    ASSERT_EQ(write("client_a", "goal_rated",
                    fmt::format(R"({{"item":"{}","rating":3}})", to_string(item)))
                  .status,
              201);
    const auto own = service.get("client_a", at + "/plan").json();
    EXPECT_EQ(*own.at({"answer", "answer"})->text(), "agrees");
    EXPECT_TRUE(own.find("team")->list()->empty());
    const auto& shown = own.find("items")->list()->front();
    EXPECT_EQ(shown.find("ratings")->list()->front().find("rating")->number(), 3);

    const auto change_method = change(
        first, R"("method":{"option":"ba","rule":"N04","reason":"She wants to do more again"})");
    ASSERT_EQ(write("therapist_a", "plan_change", change_method).status, 201);
    const auto versions = service.get("therapist_a", at + "/plan/versions").json();
    const auto& all = *versions.find("versions")->list();
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].find("answer"), nullptr) << "a new version is not agreed yet";
    EXPECT_EQ(*all[1].at({"answer", "answer"})->text(), "agrees");
    const auto stale =
        write("client_a", "plan_answer", fmt::format(R"({{"plan":{},"answer":"agrees"}})", first));
    EXPECT_EQ(stale.status, 409);
    EXPECT_EQ(first_place(stale), "/body/body/plan");
    service.expect_sound();
}

TEST_F(PlanRoutes, TouchingChangesAreAConflictAndOthersMerge) {
    const auto seen = begin();
    ASSERT_EQ(write("therapist_a", "plan_change", change(seen, R"("measure":"phq-9")")).status,
              201);
    ASSERT_EQ(write("therapist_a", "plan_change", change(seen, R"("problem":"Nights")")).status,
              201);
    const auto refused = write("therapist_a", "plan_change", change(seen, R"("problem":"Days")"));
    EXPECT_EQ(refused.status, 409);
    EXPECT_EQ(first_place(refused), "/body/body/problem");
    const auto plan = service.get("therapist_a", at + "/plan").json();
    const auto& shown = plan.find("items")->list()->front();
    EXPECT_EQ(*shown.find("problem")->text(), "Nights");
    EXPECT_EQ(*shown.find("measure")->text(), "phq-9");
}

}  // namespace
}  // namespace evenkeel::api
