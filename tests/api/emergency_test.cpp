// Goal: access in an emergency is for clinicians with an exact identifier and a reason,
// ends by itself, and nobody it concerns can miss it.

#include <fmt/format.h>

#include "service.h"

namespace evenkeel::api {
namespace {

using namespace std::chrono_literals;

class EmergencyAccess : public testing::Test {
  protected:
    Service service;
    const std::string glance = "/api/people/" + to_string(service.ben) + "/glance";

    Answer open(std::string_view caller, const std::string& who,
                const std::string& reason = "Police called about him", Id id = {}) {
        if (id.is_nil()) id = service.fresh();
        return service.post(
            caller, "/api/emergency-access",
            fmt::format(R"({{"id":"{}","who":"{}","reason":"{}"}})", to_string(id), who, reason));
    }
    std::vector<store::AuditRow> kept() {
        auto rows = service.audit_of(service.ben);
        std::erase_if(rows, [](const auto& row) { return row.action != "emergency_access"; });
        return rows;
    }
};

TEST_F(EmergencyAccess, OpensOneRecordForADayAndEndsByItself) {
    ASSERT_EQ(service.get("prescriber", glance).status, 403);
    const auto opened = open("prescriber", "client_b@example.org");
    ASSERT_EQ(opened.status, 201) << opened.body;
    EXPECT_EQ(*opened.json().find("until")->text(), to_string(service.clock.at + 24h));
    EXPECT_EQ(service.get("prescriber", glance).status, 200);
    EXPECT_NE(service.get("prescriber", "/api/caseload").body.find("Ben Carter"),
              std::string::npos);
    EXPECT_EQ(service.get("specialist", glance).status, 403);
    service.clock.at += 24h - 1s;
    EXPECT_EQ(service.get("prescriber", glance).status, 200);
    service.clock.at += 1s;
    EXPECT_EQ(service.get("prescriber", glance).status, 403);
    EXPECT_EQ(service.get("prescriber", "/api/caseload").body.find("Ben Carter"),
              std::string::npos);
    service.expect_sound();
}

TEST_F(EmergencyAccess, IsKeptWithItsReasonAndShownToThePersonAndTheTherapist) {
    ASSERT_EQ(open("prescriber", to_string(service.ben)).status, 201);
    ASSERT_EQ(kept().size(), 1u);
    EXPECT_EQ(kept()[0].actor, service.id_of("prescriber"));
    EXPECT_EQ(kept()[0].reason, "Police called about him");
    const auto looked =
        service.get("client_b", "/api/people/" + to_string(service.ben) + "/looked").json();
    const auto& look = looked.find("looks")->list()->front();
    EXPECT_EQ(*look.find("who")->text(), "prescriber");
    EXPECT_EQ(*look.find("what")->text(), "emergency_access");
    EXPECT_EQ(*look.find("reason")->text(), "Police called about him");
    const auto signals = service.get("therapist_b", "/api/signals").json();
    ASSERT_EQ(signals.find("signals")->list()->size(), 1u);
    const auto& signal = signals.find("signals")->list()->front();
    EXPECT_EQ(*signal.find("kind")->text(), "emergency_access");
    EXPECT_EQ(*signal.at({"reason", "values", "who"})->text(), "prescriber");
    EXPECT_EQ(signal.at({"reason", "values", "account"}), nullptr);
    // It waits for an answer and goes on to others without one.
    service.clock.at += 26h;
    must(service.keeper->work_off());
    EXPECT_EQ(service.state(service.ben).signals.at(0).owner, service.id_of("duty"));
    const auto close =
        R"({"signal":")" + *signal.find("id")->text() +
        R"(","action":"nothing_needed","text":"We spoke, it was right.","judgement":"right"})";
    EXPECT_EQ(
        service.write("therapist_b", service.ben, service.entry("signal_closed", close)).status,
        201);
}

TEST_F(EmergencyAccess, OfADutyClinicianIsNotToldToHerself) {
    service.disable("therapist_b");
    ASSERT_EQ(open("duty", to_string(service.ben)).status, 201);
    EXPECT_EQ(service.state(service.ben).signals.at(0).owner, service.id_of("manager"));
    EXPECT_NE(service.get("manager", "/api/duties").body.find("emergency_access"),
              std::string::npos);
}

// Everybody of the care team is gone: only a manager can be told.
TEST_F(EmergencyAccess, ThatCameToAManagerIsClosedByOneWithoutTheRecord) {
    service.disable("therapist_b");
    ASSERT_EQ(open("duty", to_string(service.ben), "A neighbour called").status, 201);
    const auto first = [&] {
        return service.get("manager", "/api/duties").json().find("unread_signals")->list()->front();
    };
    const auto told = first();
    EXPECT_EQ(*told.at({"reason", "values", "who"})->text(), "duty");
    EXPECT_EQ(*told.at({"reason", "values", "text"})->text(), "A neighbour called");
    EXPECT_EQ(service.get("manager", "/api/duties").body.find("Ben"), std::string::npos);
    EXPECT_EQ(service.get("administrator", "/api/duties").body.find("neighbour"),
              std::string::npos);
    const auto path = "/api/duties/signals/" + *told.find("signal")->text() + "/close";
    const auto close = [&](std::string_view caller, const std::string& where, const Id& id) {
        return service.post(caller, where,
                            fmt::format(R"({{"id":"{}","action":"called_spoke","text":"We spoke.",)"
                                        R"("judgement":"right"}})",
                                        to_string(id)));
    };
    EXPECT_EQ(close("administrator", path, service.fresh()).status, 403);
    EXPECT_EQ(close("manager", path, derived_id(service.fresh(), "x")).status, 422);
    const Id id = service.fresh();
    ASSERT_EQ(close("manager", path, id).status, 204);
    EXPECT_EQ(close("manager", path, id).status, 204) << "a retry";
    EXPECT_EQ(close("manager", path, service.fresh()).status, 409);
    const auto signal = service.state(service.ben).signals.at(0);
    EXPECT_FALSE(signal.open());
    EXPECT_EQ(signal.steps.back().who, service.id_of("manager"));
    EXPECT_EQ(service.get("manager", glance).status, 403);
    EXPECT_TRUE(
        service.get("manager", "/api/duties").json().find("unread_signals")->list()->empty());
    service.expect_sound();
}

TEST_F(EmergencyAccess, NothingElseIsClosedByAManager) {
    service.write("client_a", service.anna, service.entry("answers", nine(1, "2")));
    for (int i = 0; i < 40; ++i) {
        service.clock.at += 1h;
        must(service.keeper->work_off());
    }
    ASSERT_EQ(service.state(service.anna).signals.at(0).owner, service.id_of("manager"));
    ASSERT_EQ(open("prescriber", to_string(service.ben)).status, 201);
    for (const Id& person : {service.anna, service.ben}) {
        const auto signal = to_string(service.state(person).signals.at(0).raised.signal);
        const auto answer = service.post(
            "manager", "/api/duties/signals/" + signal + "/close",
            fmt::format(R"({{"id":"{}","action":"messaged","text":"x","judgement":"right"}})",
                        to_string(service.fresh())));
        EXPECT_EQ(answer.status, 403) << answer.body;
        EXPECT_TRUE(service.state(person).signals.at(0).open());
    }
    const auto told = service.get("manager", "/api/duties").json();
    for (const auto& each : *told.find("unread_signals")->list()) {
        EXPECT_EQ(each.find("reason"), nullptr);
    }
}

TEST_F(EmergencyAccess, FindsTheReferenceOnPaperHoweverItIsTyped) {
    for (const auto* typed : {"EK-20431", " ek 20431", "Ek20431"}) {
        const auto opened = open("prescriber", typed);
        ASSERT_EQ(opened.status, 201) << typed << opened.body;
        EXPECT_EQ(*opened.json().find("person")->text(), to_string(service.ben));
        service.clock.at += 25h;
    }
    EXPECT_EQ(open("prescriber", "EK-20432").status, 404);
    EXPECT_EQ(open("prescriber", "EK-2043").status, 404);
    EXPECT_EQ(open("prescriber", "---").status, 404);
}

TEST_F(EmergencyAccess, RefusesAReferenceThatTwoPeopleHave) {
    service.add_person(service.fresh(), "Dora Ek", 20431);
    const auto refused = open("prescriber", "EK-20431");
    EXPECT_EQ(refused.status, 409);
    EXPECT_NE(refused.body.find("/body/who"), std::string::npos);
    EXPECT_EQ(open("prescriber", "client_b@example.org").status, 201);
}

TEST_F(EmergencyAccess, NeedsAReasonAndAnExactIdentifier) {
    EXPECT_EQ(open("prescriber", to_string(service.ben), "urgent").status, 422);
    for (const auto* who : {"Ben Carter", "Ben", "client_b", "client_b@example.or",
                            "therapist_b@example.org", "018f3c2e-7b1a-7c3d-9e4f-0123456789ab"}) {
        const auto answer = open("prescriber", who);
        EXPECT_EQ(answer.status, 404) << who << answer.body;
        EXPECT_EQ(answer.body.find("Ben"), std::string::npos);
    }
    EXPECT_TRUE(kept().empty());
    EXPECT_EQ(service.get("prescriber", glance).status, 403);
}

TEST_F(EmergencyAccess, CannotBeTriedAgainAndAgain) {
    int refused = 0;
    for (int i = 0; i < 12; ++i) {
        refused += open("specialist", "nobody@example.org").status == 429;
    }
    EXPECT_EQ(refused, 2);
    EXPECT_EQ(open("specialist", to_string(service.ben)).status, 429);
    EXPECT_EQ(open("prescriber", to_string(service.ben)).status, 201);
}

TEST_F(EmergencyAccess, TheSameRequestTwiceOpensOnce) {
    const Id id = service.fresh();
    ASSERT_EQ(open("prescriber", to_string(service.ben), "Police called", id).status, 201);
    service.clock.at += 1min;
    EXPECT_EQ(open("prescriber", to_string(service.ben), "Police called", id).status, 201);
    EXPECT_EQ(service.state(service.ben).signals.size(), 1u);
    EXPECT_EQ(open("prescriber", to_string(service.ben), "Police called again").status, 409);
    EXPECT_EQ(open("therapist_b", to_string(service.ben)).status, 409);
}

TEST_F(EmergencyAccess, OpensNoOtherWayAndGivesNoRelation) {
    const auto body = R"({"staff":")" + to_string(service.id_of("therapist_a")) +
                      R"(","role":"therapist","basis":"emergency","reason":"A long reason"})";
    EXPECT_EQ(
        service.write("therapist_a", service.anna, service.entry("relation_started", body)).status,
        403);
    ASSERT_EQ(open("therapist_a", to_string(service.ben)).status, 201);
    const auto self =
        R"({"staff":")" + to_string(service.id_of("therapist_a")) + R"(","role":"therapist"})";
    EXPECT_EQ(
        service.write("therapist_a", service.ben, service.entry("relation_started", self)).status,
        403);
    EXPECT_EQ(
        service.write("therapist_a", service.ben, service.entry("safety_plan", R"({"parts":{}})"))
            .status,
        403);
}

TEST(Signals, ThatStandOpenGoToDutyWhenTheAccountIsSwitchedOff) {
    Service service;
    ASSERT_EQ(service.write("client_b", service.ben, service.entry("answers", nine(1, "2"))).status,
              201);
    const auto before = service.state(service.ben).signals.at(0);
    ASSERT_EQ(before.owner, service.id_of("therapist_b"));
    ASSERT_EQ(service
                  .post("manager",
                        "/api/accounts/" + to_string(service.id_of("therapist_b")) + "/disable", {})
                  .status,
              204);
    const auto after = service.state(service.ben).signals.at(0);
    EXPECT_EQ(after.owner, service.id_of("duty"));
    EXPECT_EQ(after.escalation, 1);
    EXPECT_EQ(after.due, before.due);
    EXPECT_NE(service.get("duty", "/api/signals").body.find("Ben Carter"), std::string::npos);
    service.expect_sound();
}

TEST(Signals, GoToWhoeverStandsInForTheTherapist) {
    Service service;
    service.write_for_team(
        service.ben, care::RelationStarted{{service.id_of("therapist_a"), care::Role::therapist,
                                            care::Basis::cover, service.clock.at + 24h}});
    ASSERT_EQ(service.write("client_b", service.ben, service.entry("answers", nine(1, "2"))).status,
              201);
    EXPECT_EQ(service.state(service.ben).signals.at(0).owner, service.id_of("therapist_a"));
    service.clock.at += 24h;
    const auto glance = "/api/people/" + to_string(service.ben) + "/course";
    EXPECT_EQ(service.get("therapist_a", glance).status, 200) << "owns the signal still";
    ASSERT_EQ(service.write("client_b", service.ben, service.entry("contact_request", "{}")).status,
              201);
    EXPECT_EQ(service.state(service.ben).signals.at(1).owner, service.id_of("therapist_b"));
}

TEST(Signals, OfASwitchedOffTherapistsClientsGoToDutyAtOnce) {
    Service service;
    service.disable("therapist_b");
    ASSERT_EQ(service.write("client_b", service.ben, service.entry("answers", nine(1, "2"))).status,
              201);
    EXPECT_EQ(service.state(service.ben).signals.at(0).owner, service.id_of("duty"));
    EXPECT_NE(service.get("duty", "/api/signals").body.find("Ben Carter"), std::string::npos);
    // Nor does the screen say that somebody reads who cannot sign in.
    EXPECT_EQ(service.get("client_b", "/api/today").json().at({"watching", "reader"}), nullptr);
}

}  // namespace
}  // namespace evenkeel::api
