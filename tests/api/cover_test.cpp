// Goal: while a therapist is away, a colleague has access to everybody in their care and gets
// their signals; what cannot be is refused in words that name the way out.

#include <fmt/format.h>

#include "service.h"

namespace evenkeel::api {
namespace {

using namespace std::chrono_literals;

class Cover : public testing::Test {
  protected:
    Service service;
    const std::string glance = "/api/people/" + to_string(service.ben) + "/glance";

    // Of therapist_b, who alone is responsible for Ben; the clock says 24 November.
    Answer arrange(std::string_view caller, std::string_view by,
                   std::string_view first = "2026-11-24", std::string_view last = "2026-11-27",
                   std::string_view away = "therapist_b", Id id = {}) {
        if (id.is_nil()) id = service.fresh();
        return service.post(
            caller, "/api/cover",
            fmt::format(R"({{"id":"{}","away":"{}","by":"{}","first_day":"{}","last_day":"{}"}})",
                        to_string(id), to_string(service.id_of(away)), to_string(service.id_of(by)),
                        first, last));
    }
    Answer end(std::string_view caller, std::string_view by,
               std::string_view away = "therapist_b") {
        return service.post(
            caller, "/api/cover/end",
            fmt::format(R"({{"id":"{}","away":"{}","by":"{}"}})", to_string(service.fresh()),
                        to_string(service.id_of(away)), to_string(service.id_of(by))));
    }
    std::size_t listed(std::string_view caller) {
        return service.get(caller, "/api/cover").json().find("covers")->list()->size();
    }
    // The places that a refusal names.
    static std::string places(const Answer& answer) {
        std::string out = std::to_string(answer.status) + " ";
        const auto problem = answer.json();
        for (const auto& each : *problem.find("problems")->list()) {
            out += *each.find("where")->text() + " ";
        }
        return out;
    }
};

TEST_F(Cover, OpensEverybodyInTheirCareOnTheDaysAgreedAndEndsByItself) {
    ASSERT_EQ(service.get("therapist_a", glance).status, 403);
    const auto arranged = arrange("therapist_b", "therapist_a", "2026-11-25");
    ASSERT_EQ(arranged.status, 201) << arranged.body;
    EXPECT_EQ(*arranged.json().find("first_day")->text(), "2026-11-25");
    EXPECT_EQ(*arranged.json().find("last_day")->text(), "2026-11-27");
    EXPECT_EQ(service.get("therapist_a", glance).status, 403) << "not before the first day";
    service.clock.at += 12h;  // midnight in London
    EXPECT_EQ(service.get("therapist_a", glance).status, 200);
    EXPECT_EQ(service.get("therapist_b", glance).status, 200) << "who is away keeps access";
    ASSERT_EQ(service.write("client_b", service.ben, service.entry("answers", nine(1, "2"))).status,
              201);
    EXPECT_EQ(service.state(service.ben).signals.at(0).owner, service.id_of("therapist_a"));
    service.clock.at += 72h - 1s;
    EXPECT_EQ(listed("therapist_b"), 1u);
    service.clock.at += 1s;
    EXPECT_EQ(listed("therapist_b"), 0u);
    service.expect_sound();
}

TEST_F(Cover, IsSeenByBothAndByAManagerWithoutTheNameOfAnybodyInCare) {
    ASSERT_EQ(arrange("manager", "therapist_a").status, 201);
    for (const auto who : {"manager", "therapist_a", "therapist_b"}) {
        const auto answer = service.get(who, "/api/cover");
        const auto said = answer.json();
        ASSERT_EQ(said.find("covers")->list()->size(), 1u) << who;
        const auto& cover = said.find("covers")->list()->front();
        EXPECT_EQ(*cover.find("away_name")->text(), "therapist_b");
        EXPECT_EQ(*cover.find("by_name")->text(), "therapist_a");
        EXPECT_EQ(answer.body.find("Ben"), std::string::npos);
    }
}

TEST_F(Cover, EndsAtOnceAndTheAssignedRelationStays) {
    ASSERT_EQ(arrange("therapist_b", "therapist_a").status, 201);
    ASSERT_EQ(service.get("therapist_a", glance).status, 200);
    service.clock.at += 1h;
    EXPECT_EQ(end("therapist_b", "therapist_a").status, 204);
    EXPECT_EQ(service.get("therapist_a", glance).status, 403);
    EXPECT_EQ(service.get("therapist_b", glance).status, 200);
    EXPECT_EQ(listed("manager"), 0u);
    EXPECT_EQ(end("therapist_b", "therapist_a").status, 204) << "a retry";
    // Those days are free again.
    EXPECT_EQ(arrange("therapist_b", "supervisor").status, 201);
    service.expect_sound();
}

TEST_F(Cover, OfSomebodyAssignedMeanwhileEndsWithoutTheirAssignment) {
    ASSERT_EQ(arrange("therapist_b", "therapist_a").status, 201);
    service.relate(service.ben, "therapist_a", care::Role::therapist);
    service.clock.at += 1h;
    ASSERT_EQ(end("manager", "therapist_a").status, 204);
    EXPECT_EQ(service.get("therapist_a", glance).status, 200);
}

TEST_F(Cover, IsArrangedOnceHoweverOftenItIsSent) {
    const Id id = service.fresh();
    for (int times = 0; times < 3; ++times) {
        EXPECT_EQ(
            arrange("therapist_b", "therapist_a", "2026-11-24", "2026-11-27", "therapist_b", id)
                .status,
            201);
    }
    EXPECT_EQ(service.state(service.ben).relations.size(), 2u);
    EXPECT_EQ(
        arrange("therapist_b", "therapist_a", "2026-11-24", "2026-11-30", "therapist_b", id).status,
        409);
}

TEST_F(Cover, ThatOverlapsAnotherIsRefused) {
    ASSERT_EQ(arrange("therapist_b", "therapist_a").status, 201);
    EXPECT_EQ(places(arrange("therapist_b", "supervisor", "2026-11-27", "2026-11-28")),
              "409 /body/last_day ");
    EXPECT_EQ(arrange("therapist_b", "supervisor", "2026-11-28", "2026-11-28").status, 201);
}

TEST_F(Cover, GoesInNoCircle) {
    // Nobody stands in for themselves.
    EXPECT_EQ(places(arrange("therapist_b", "therapist_b")), "409 /body/by ");
    ASSERT_EQ(arrange("therapist_b", "therapist_a").status, 201);
    // Whoever stands in cannot be away then, and whoever is away cannot stand in.
    const auto circle =
        arrange("manager", "therapist_b", "2026-11-26", "2026-11-30", "therapist_a");
    EXPECT_EQ(places(circle), "409 /body/by /body/last_day ") << circle.body;
    EXPECT_EQ(places(arrange("manager", "supervisor", "2026-11-26", "2026-11-30", "therapist_a")),
              "409 /body/last_day ");
    EXPECT_EQ(arrange("manager", "therapist_b", "2026-11-28", "2026-11-30", "therapist_a").status,
              201);
    service.expect_sound();
}

TEST_F(Cover, ThatCannotBeIsRefusedWithTheWayOut) {
    EXPECT_EQ(places(arrange("therapist_b", "therapist_a", "2026-11-23", "2026-11-22")),
              "422 /body/first_day /body/last_day ");
    EXPECT_EQ(places(arrange("therapist_b", "therapist_a", "2026-11-24", "2028-01-01")),
              "422 /body/last_day ");
    for (const auto by : {"manager", "client_b", "disabled"}) {
        EXPECT_EQ(places(arrange("therapist_b", by)), "422 /body/by ") << by;
    }
    EXPECT_EQ(places(arrange("therapist_a", "supervisor")), "403 /body/away ");
    EXPECT_EQ(end("therapist_a", "supervisor").status, 403);
    EXPECT_EQ(places(arrange("manager", "therapist_a", "2026-11-24", "2026-11-27", "supervisor")),
              "409 /body/away ");
    const auto nobody =
        fmt::format(R"({{"id":"{}","by":"{}","first_day":"2026-11-24","last_day":"2026-11-24"}})",
                    to_string(service.fresh()), to_string(service.id_of("therapist_a")));
    EXPECT_EQ(places(service.post("manager", "/api/cover", nobody)), "422 /body/away ");
}

}  // namespace
}  // namespace evenkeel::api
