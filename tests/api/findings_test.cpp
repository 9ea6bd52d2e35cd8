// Goal: what the methods say arrives at the therapist with its derivation, from entries that a
// client writes, and at nobody else; what is kept private moves no number.

#include <fmt/format.h>

#include "service.h"

namespace evenkeel::api {
namespace {

using namespace std::chrono_literals;
using exchange::Json;

class FindingsApi : public testing::Test {
  protected:
    Service service;

    void check_in(int mood, const std::string& more = {}) {
        const auto body = fmt::format(R"({{"mood":{},"visible_to":"{}"}})", mood,
                                      more.empty() ? "care_team" : more);
        EXPECT_EQ(service.write("client_a", service.anna, service.entry("check_in", body)).status,
                  201);
    }

    Json glance() {
        const auto path = "/api/people/" + to_string(service.anna) + "/glance";
        const auto answer = service.get("therapist_a", path);
        EXPECT_EQ(answer.status, 200);
        return answer.json();
    }

    static const Json* finding(const Json& glance, std::string_view kind) {
        for (const auto& each : *glance.find("findings")->list()) {
            if (*each.find("finding")->text() == kind) return &each;
        }
        return nullptr;
    }
};

TEST_F(FindingsApi, TheTherapistReadsTheChangeWithItsDerivationOnceItWasAnalysed) {
    service.write("client_a", service.anna, service.entry("answers", nine(2, "0")));
    service.clock.at += 24h * 7;
    service.write("client_a", service.anna, service.entry("answers", nine(1, "0")));
    EXPECT_TRUE(glance().find("findings")->list()->empty()) << "not before the analysis";
    must(service.keeper->work_off());
    const auto now = glance();
    const auto* change = finding(now, "reliable_change");
    ASSERT_NE(change, nullptr);
    EXPECT_EQ(*change->find("standing")->text(), "better");
    EXPECT_EQ(change->at({"values", "change"})->number(), -8.0);
    EXPECT_EQ(*change->at({"says", "code"})->text(), "finding.reliable_change.better");
    EXPECT_EQ(*change->at({"why", "method"})->text(), "reliable change 1");
    EXPECT_EQ(*change->find("page")->text(), "/methods/clinical-change");
    EXPECT_EQ(service.get("signed_out", *change->find("page")->text()).status, 200);
    const auto course =
        service.get("client_a", "/api/people/" + to_string(service.anna) + "/course");
    EXPECT_EQ(course.status, 200);
    EXPECT_EQ(course.json().find("findings"), nullptr) << "the client has own words for it";
    service.expect_sound();
}

TEST_F(FindingsApi, APrivateDayMovesNoNumberOfTheDiary) {
    for (int day = 0; day < 32; ++day) {
        check_in(1 + day * 7 % 5 / 2);
        service.clock.at += 24h;
    }
    must(service.keeper->work_off());
    const auto before = glance();
    const auto* limits = finding(before, "control_limits");
    ASSERT_NE(limits, nullptr);
    for (int day = 0; day < 10; ++day) {
        check_in(4, "me");
        service.clock.at += 24h;
    }
    must(service.keeper->work_off());
    const auto after = glance();
    for (const auto* key : {"values", "from", "to", "n"}) {
        EXPECT_EQ(exchange::write_json(*finding(after, "control_limits")->find(key)),
                  exchange::write_json(*limits->find(key)))
            << key;
    }
}

TEST_F(FindingsApi, AMethodWithoutAPageIsNotFound) {
    EXPECT_EQ(service.get("signed_out", "/methods/astrology").status, 404);
}

}  // namespace
}  // namespace evenkeel::api
