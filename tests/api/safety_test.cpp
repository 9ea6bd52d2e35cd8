// Goal: an answer about risk reaches a person who acts, whatever the phone does: once,
// first in the caseload, closed only with words; and what is private stays private.

#include "service.h"

namespace evenkeel::api {
namespace {

using web::Method;

std::string entries_of(const Id& person) {
    return "/api/people/" + to_string(person) + "/entries";
}

std::string closing(const Id& signal, const std::string& rest) {
    return R"({"signal":")" + to_string(signal) + R"(",)" + rest + "}";
}

TEST(SafetyItem, ShowsHelpAndStandsFirstInTheCaseloadAtOnce) {
    Service service;
    auto listening =
        service.hub.subscribe({"account." + to_string(service.id_of("therapist_a"))}, [] {});
    // Somebody else asked to be called before: still, risk comes first.
    service.relate(service.ben, "therapist_a", care::Role::supervisor);
    ASSERT_EQ(service.write("client_b", service.ben, service.entry("contact_request", "{}")).status,
              201);
    service.hub.take(*listening);
    const auto written =
        service.write("client_a", service.anna, service.entry("answers", nine(0, "1")));
    ASSERT_EQ(written.status, 201) << written.body;
    EXPECT_TRUE(std::get<bool>(written.json().at({"show", "help"})->value));
    const auto event = service.hub.take(*listening);
    EXPECT_NE(event.text.find(to_string(service.anna)), std::string::npos);

    const auto caseload = service.get("therapist_a", "/api/caseload").json();
    const auto& first = caseload.find("tiers")->list()->front();
    EXPECT_EQ(*first.find("tier")->text(), "safety");
    const auto& row = first.find("people")->list()->front();
    EXPECT_EQ(*row.find("name")->text(), "Anna Berg");
    EXPECT_EQ(*row.at({"reason", "code"})->text(), "reason.safety_item");
    ASSERT_NE(row.find("signal"), nullptr);

    std::size_t writes = 0;
    for (const auto& each : service.audit_of(service.anna)) {
        writes += each.action == "write.answers" && each.actor == service.id_of("client_a");
    }
    EXPECT_EQ(writes, 1u);
    service.expect_sound();
}

TEST(SafetyItem, LeftOutCountsAsAnAnswer) {
    Service service;
    const auto written =
        service.write("client_a", service.anna, service.entry("answers", nine(1, "null")));
    ASSERT_EQ(written.status, 201);
    EXPECT_TRUE(std::get<bool>(written.json().at({"show", "help"})->value));
    EXPECT_EQ(service.state(service.anna).signals.at(0).raised.reason.code,
              "reason.safety_item_skipped");
}

TEST(SafetyItem, ARetryWritesNothingTwiceAndOtherContentIsRefused) {
    Service service;
    const Id id = service.fresh();
    const auto first =
        service.write("client_a", service.anna, service.entry("answers", nine(0, "1"), id));
    ASSERT_EQ(first.status, 201);
    service.clock.at += std::chrono::minutes{3};
    const auto retry =
        service.write("client_a", service.anna, service.entry("answers", nine(0, "1"), id));
    EXPECT_EQ(retry.status, 200);
    EXPECT_TRUE(std::get<bool>(retry.json().at({"show", "help"})->value));
    EXPECT_EQ(service.state(service.anna).signals.size(), 1u);
    EXPECT_EQ(service.state(service.anna).scores.size(), 1u);
    const auto other =
        service.write("client_a", service.anna, service.entry("answers", nine(0, "0"), id));
    EXPECT_EQ(other.status, 409);
    EXPECT_NE(other.body.find("/body/id"), std::string::npos);
    EXPECT_EQ(service.state(service.anna).signals.size(), 1u);
}

TEST(SafetyItem, IsClosedOnceAndOnlyWithAnOutcomeInWords) {
    Service service;
    service.write("client_a", service.anna, service.entry("answers", nine(0, "1")));
    const Id signal = service.state(service.anna).signals.at(0).raised.signal;
    const auto close = [&](const std::string& rest) {
        return service.write("therapist_a", service.anna,
                             service.entry("signal_closed", closing(signal, rest)));
    };
    const auto bare = close(R"("judgement":"right")");
    EXPECT_EQ(bare.status, 422);
    for (const auto where : {"/body/body/action", "/body/body/text"}) {
        EXPECT_NE(bare.body.find(where), std::string::npos) << bare.body;
    }
    EXPECT_EQ(close(R"("action":"messaged","text":"","judgement":"right")").status, 422);
    EXPECT_EQ(close(R"("action":"heard_again","text":"x","judgement":"right")").status, 422);
    EXPECT_TRUE(service.state(service.anna).signals.at(0).open());
    const std::string whole =
        R"("action":"called_spoke","text":"Spoke for ten minutes.","judgement":"right")";
    EXPECT_EQ(close(whole).status, 201);
    EXPECT_EQ(close(whole).status, 409);
    EXPECT_EQ(service.state(service.anna).signals.at(0).steps.size(), 2u);
}

TEST(PrivateCheckIn, IsNowhereOnTheScreensOfStaff) {
    Service service;
    service.clock.at += std::chrono::hours{2};
    const auto body = R"({"hard":true,"mood":0,"sleep_hours":3.5,"activities":["planted-walk"],)"
                      R"("text":"planted-word","to_talk_about":true,"visible_to":"me"})";
    const auto written = service.write("client_a", service.anna, service.entry("check_in", body));
    ASSERT_EQ(written.status, 201);
    const auto moment = to_string(service.clock.at);
    const std::string person = "/api/people/" + to_string(service.anna);
    service.clock.at += std::chrono::hours{1};
    for (const auto& path :
         {person + "/course", person + "/glance", person + "/signals", person + "/safety-plan",
          std::string("/api/caseload"), std::string("/api/signals")}) {
        const auto seen = service.get("therapist_a", path);
        ASSERT_EQ(seen.status, 200) << path;
        EXPECT_EQ(seen.body.find("planted"), std::string::npos) << path;
        EXPECT_EQ(seen.body.find(moment), std::string::npos) << path << seen.body;
        EXPECT_EQ(seen.body.find("\"hard\":true"), std::string::npos) << path;
        EXPECT_EQ(seen.body.find("3.5"), std::string::npos) << path;
    }
    const auto own = service.get("client_a", person + "/course");
    EXPECT_NE(own.body.find("\"hard\":true"), std::string::npos);
    EXPECT_NE(service.get("client_a", person + "/export").body.find("planted-word"),
              std::string::npos);
}

TEST(WrongClock, LosesNothing) {
    Service service;
    const auto send = [&](const char* effective, const char* sent) {
        const std::string id = to_string(service.fresh());
        const auto answer = service.post(
            "client_a", entries_of(service.anna),
            R"({"id":")" + id +
                R"(","kind":"check_in","zone":"America/Anchorage","effective_at":")" + effective +
                R"(","sent_at":")" + sent + R"(","body":{"visible_to":"care_team"}})");
        EXPECT_EQ(answer.status, 201) << effective << " " << sent << " " << answer.body;
    };
    send("1970-01-01T00:02:00Z", "1970-01-01T00:03:00Z");
    send("2200-01-01T00:00:00Z", "2200-01-01T00:00:00Z");
    send("1900-01-01T00:00:00Z", "2200-12-31T23:59:59Z");
    send("2200-12-31T23:59:59Z", "1900-01-01T00:00:00Z");
    send("1900-01-01T00:00:00Z", to_string(service.clock.at).c_str());
    send("2026-03-01T07:00:00Z", to_string(service.clock.at).c_str());  // months late
    const auto state = service.state(service.anna);
    ASSERT_EQ(state.days.size(), 6u);
    for (const auto& each : state.days) EXPECT_LE(each.at, service.clock.at);
    EXPECT_EQ(state.days.back().at, service.clock.at);
    // A minute before sending, by a clock that was 56 years behind.
    EXPECT_TRUE(std::any_of(state.days.begin(), state.days.end(), [&](const auto& each) {
        return each.at == service.clock.at - std::chrono::minutes{1};
    }));
    EXPECT_EQ(
        service.get("therapist_a", "/api/people/" + to_string(service.anna) + "/glance").status,
        200);
    service.expect_sound();
}

TEST(Signals, AFloodOfRequestsLeavesTheRecordReadable) {
    Service service;
    for (int i = 0; i < 120; ++i) {
        ASSERT_EQ(
            service.write("client_a", service.anna, service.entry("contact_request", "{}")).status,
            201);
    }
    EXPECT_LE(service.state(service.anna).signals.size(), 50u);
    service.write("client_a", service.anna, service.entry("answers", nine(0, "3")));
    const auto caseload = service.get("therapist_a", "/api/caseload");
    EXPECT_NE(caseload.body.find("reason.safety_item"), std::string::npos);
}

}  // namespace
}  // namespace evenkeel::api
