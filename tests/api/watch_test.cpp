// Goal: from "not on track" to the way back, over the routes: each step is refused until what it
// needs is there, in words that say so, and the person reads what the therapist wrote.

#include <fmt/format.h>

#include "service.h"

namespace evenkeel::api {
namespace {

using namespace std::chrono_literals;
using exchange::Json;

constexpr std::string_view plan =
    R"({"parts":{"signs":[{"domain":"sleep","sign":"I wake at four."}],"triggers":[],"events":[],)"
    R"("coping":[],"supporters":[],"early":{"when":"","step":"Walk."},)"
    R"("worse":{"when":"","step":"Call."},"urgent":{"when":"","step":"Safety plan."}}})";

class WatchApi : public testing::Test {
  protected:
    Service service;
    const std::string at = "/api/people/" + to_string(service.anna);

    Answer write(std::string_view caller, std::string_view kind, std::string_view body,
                 const std::string& more = {}) {
        return service.write(caller, service.anna, service.entry(kind, std::string(body), more));
    }
    Json get(std::string_view caller, const std::string& path) {
        const auto answer = service.get(caller, path);
        EXPECT_EQ(answer.status, 200) << answer.body;
        return answer.json();
    }
    static std::string message(const Answer& answer) {
        return *answer.json().find("problems")->list()->front().find("message")->text();
    }
    void later(std::chrono::hours time) { service.clock.at += time; }
};

TEST_F(WatchApi, NotOnTrackIsClosedWithTheSupportToolOnly) {
    write("client_a", "answers", nine(2, "0"));
    later(24h * 28);
    write("client_a", "answers", nine(2, "0"));
    must(service.keeper->work_off());
    const auto signals = get("therapist_a", at + "/signals");
    const auto& signal = signals.find("signals")->list()->front();
    ASSERT_EQ(*signal.find("kind")->text(), "not_on_track");
    ASSERT_EQ(*signal.find("support_tool")->text(), "not_on_track");
    const auto close = [&](const std::string& support) {
        return write(
            "therapist_a", "signal_closed",
            fmt::format(R"({{"signal":"{}","action":"talked_in_meeting","text":"Smaller.",)"
                        R"("judgement":"right"{}}})",
                        *signal.find("id")->text(), support));
    };
    const auto without = close("");
    EXPECT_EQ(without.status, 422);
    EXPECT_EQ(message(without),
              "Look at the areas of the support tool first, and say whether the plan changes.");
    std::string areas;
    const auto tool = get("therapist_a", "/api/support-tools/not_on_track");
    EXPECT_EQ(tool.find("areas")->list()->size(), 7u);
    for (const auto& each : *tool.find("areas")->list()) {
        areas += fmt::format(R"({}{{"area":"{}","look":"not_part"}})", areas.empty() ? "" : ",",
                             *each.find("area")->text());
    }
    EXPECT_EQ(close(R"(,"support":{"areas":[)" + areas + R"(],"outcome":"plan_changes"})").status,
              201);
    EXPECT_EQ(service.get("therapist_a", "/api/support-tools/moon").status, 404);
    for (const auto* page : {"/course", "/relapse-plan", "/discharge-summary"}) {
        EXPECT_EQ(service.get("client_a", at + page).body.find("not_on_track"), std::string::npos)
            << "no verdict for the person: " << page;
    }
    service.expect_sound();
}

TEST_F(WatchApi, CareGoesOverIntoTheWatchAndBackToTheSameTherapist) {
    write("client_a", "answers", nine(2, "0"));
    later(24h * 21);
    write("client_a", "answers", nine(0, "0"));
    const std::string discharge =
        R"({"watch":"agreed","watch_months":12,"done":"Three meetings of CBT."})";
    EXPECT_EQ(get("client_a", at + "/relapse-plan").find("missing")->list()->size(), 2u);
    const auto early = write("therapist_a", "discharged", discharge);
    EXPECT_EQ(early.status, 422);
    EXPECT_EQ(message(early), "The relapse plan needs at least one early sign. Write it together.");
    EXPECT_EQ(write("client_a", "relapse_plan", plan).status, 201);
    const auto blind = write("therapist_a", "relapse_plan", plan);
    EXPECT_EQ(blind.status, 409);
    const auto version = *get("therapist_a", at + "/relapse-plan").find("entry")->text();
    EXPECT_EQ(
        write("therapist_a", "relapse_plan", plan, fmt::format(R"("supersedes":"{}",)", version))
            .status,
        201);
    EXPECT_EQ(write("therapist_a", "discharged", discharge).status, 201);
    EXPECT_EQ(write("therapist_a", "discharged", discharge).status, 409) << "twice";

    const auto summary = get("client_a", at + "/discharge-summary");
    EXPECT_EQ(summary.at({"first", "total"})->number(), 16);
    EXPECT_EQ(summary.at({"last", "total"})->number(), 0);
    EXPECT_EQ(*summary.at({"change", "code"})->text(), "change.better_than_chance");
    EXPECT_EQ(*summary.at({"discharge", "done"})->text(), "Three meetings of CBT.");
    const auto today = get("client_a", "/api/today");
    EXPECT_EQ(*today.find("phase")->text(), "watch");
    EXPECT_EQ(today.find("questionnaire"), nullptr) << "answered today";
    later(24h * 7);
    EXPECT_NE(get("client_a", "/api/today").find("questionnaire"), nullptr) << "a week later";

    EXPECT_EQ(write("client_a", "watch_changed", R"({"change":"paused"})").status, 201);
    EXPECT_EQ(get("client_a", "/api/today").find("questionnaire"), nullptr) << "nothing is asked";
    EXPECT_EQ(write("client_a", "care_resumed", R"({"text":"It is back."})").status, 201);
    const auto glance = get("therapist_a", at + "/glance");
    EXPECT_EQ(*glance.find("phase")->text(), "care");
    EXPECT_EQ(glance.find("scores")->list()->size(), 2u) << "the time before stays in sight";
    EXPECT_EQ(*glance.find("signals")->list()->front().find("kind")->text(), "came_back");
    EXPECT_EQ(write("client_a", "care_resumed", "{}").status, 409);
    service.expect_sound();
}

}  // namespace
}  // namespace evenkeel::api
