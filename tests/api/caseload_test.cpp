// Goal: each row of the caseload carries what its line of scores is drawn on.

#include "service.h"

namespace evenkeel::api {
namespace {

class CaseloadRow : public testing::Test {
  protected:
    Service service;

    exchange::Json row() {
        const auto caseload = service.get("therapist_a", "/api/caseload").json();
        return caseload.find("tiers")->list()->front().find("people")->list()->front();
    }
    void answer(const std::string& instrument, const std::string& answers) {
        const auto body = R"({"instrument":")" + instrument + R"(","answers":)" + answers + "}";
        const auto written =
            service.write("client_a", service.anna, service.entry("answers", body));
        ASSERT_EQ(written.status, 201) << written.body;
    }
    static std::string scale_of(const exchange::Json& row) {
        const auto* scale = row.find("scale");
        return scale == nullptr ? "none" : exchange::to_json(*scale);
    }
};

TEST_F(CaseloadRow, HasNoScaleBeforeTheFirstScore) {
    EXPECT_EQ(scale_of(row()), "none");
    EXPECT_TRUE(row().find("scores")->list()->empty());
}

// Ends as published: PHQ-9 0 to 27, GAD-7 0 to 21.
TEST_F(CaseloadRow, HasTheEndsOfTheScaleItsScoresAreOn) {
    answer("phq-9", "[1,1,1,1,1,1,1,1,0]");
    EXPECT_EQ(scale_of(row()), R"({"min":0,"max":27})");
    care::EpisodeTermsChanged terms;
    terms.therapy = "CBT";
    terms.questionnaire = "gad-7";
    service.write_for_team(service.anna, terms);
    EXPECT_EQ(scale_of(row()), "none") << "no score of the new questionnaire yet";
    answer("gad-7", "[3,3,3,3,3,3,3]");
    EXPECT_EQ(scale_of(row()), R"({"min":0,"max":21})");
    EXPECT_EQ(row().find("scores")->list()->size(), 1u);
}

}  // namespace
}  // namespace evenkeel::api
