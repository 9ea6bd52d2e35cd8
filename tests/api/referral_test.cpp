// Goal: whoever asks for care, signed out and without script, reaches a person; from there to a
// therapist with a code that works, and nobody sees more than they may.

#include <fmt/format.h>

#include <algorithm>

#include "service.h"
#include "store/codec.h"

namespace evenkeel::api {
namespace {

using web::Method;

class Referrals : public testing::Test {
  protected:
    Service service;

    std::string new_form_id() {
        const auto page = service.get("signed_out", "/start").body;
        const auto at = page.find("name=\"id\" value=\"");
        return at == std::string::npos ? "" : page.substr(at + 17, 36);
    }
    Answer send(const std::string& body) {
        auto request = service.request("", Method::post, "/start", body);
        request.headers.erase("content-type");
        request.headers.erase("x-evenkeel");  // a page without script sets none
        request.headers.add("content-type", "application/x-www-form-urlencoded");
        return service.send(request);
    }
    static std::string form(const std::string& id, const std::string& thoughts = "no") {
        return "id=" + id + "&name=Noor+Haddad&phone=01632+960+001&trouble=I+cannot%0D%0Aget+up." +
               "&thoughts=" + thoughts + "&consent=yes";
    }
    // Who waits, as the caller sees it.
    std::vector<exchange::Json> waiting(std::string_view caller) {
        return *service.get(caller, "/api/waiting").json().find("people")->list();
    }
    Id only_person() {
        const auto all = waiting("manager");
        EXPECT_EQ(all.size(), 1u);
        return *parse_id(*all.front().find("person")->text());
    }
    Answer step(std::string_view caller, const Id& person, const std::string& rest, const Id& id) {
        return service.post(caller, "/api/referrals/" + to_string(person) + "/steps",
                            fmt::format(R"({{"id":"{}","step":{}}})", to_string(id), rest));
    }
    Answer step(std::string_view caller, const Id& person, const std::string& rest) {
        return step(caller, person, rest, service.fresh());
    }
    static std::string terms(int every_days) {
        return fmt::format(R"("terms":{{"therapy":"CBT","questionnaire":"phq-9",)"
                           R"("questionnaire_every_days":{0},"check_in_every_days":{0}}})",
                           every_days);
    }
    std::string accepted() const { return R"({"move":"accepted",)" + terms(28) + "}"; }
    std::string assigned() const {
        return R"({"move":"assigned","therapist":")" + to_string(service.id_of("therapist_a")) +
               R"(",)" + terms(7) + "}";
    }
};

TEST_F(Referrals, ThePageNeedsNoScriptAndHelpIsItsFirstLink) {
    const auto page = service.get("signed_out", "/start");
    EXPECT_EQ(page.status, 200);
    EXPECT_EQ(page.header("Cache-Control"), "no-store");
    EXPECT_EQ(page.body.find("<script"), std::string::npos);
    EXPECT_EQ(page.body.find("href=\"", page.body.find("<body")), page.body.find("href=\"/help\""));
}

TEST_F(Referrals, AnAnswerThatTellsOfDangerShowsHelpAndStandsWithItsSignals) {
    service.set_crisis_contacts();
    const auto sent = send(form(new_form_id(), "yes_or_unsure"));
    EXPECT_EQ(sent.status, 200);
    EXPECT_LT(sent.body.find("href=\"tel:"), sent.body.find("What you sent"));
    const Id person = only_person();
    const auto state = service.state(person);
    EXPECT_EQ(state.person.name, "Noor Haddad");
    EXPECT_EQ(state.referral->received.trouble, "I cannot\r\nget up.");
    ASSERT_EQ(state.signals.size(), 2u);
    EXPECT_EQ(state.signals[0].kind(), care::SignalKind::referral_thoughts);
    EXPECT_EQ(state.signals[0].owner, service.id_of("duty"));
    const auto first = service.get("duty", "/api/caseload").json();
    EXPECT_EQ(*first.find("tiers")->list()->front().find("tier")->text(), "safety");
    service.expect_sound();
}

TEST_F(Referrals, AreKeptOnceHoweverOftenTheyAreSent) {
    const auto id = new_form_id();
    EXPECT_EQ(send(form(id)).status, 200);
    service.clock.at += std::chrono::minutes{5};
    const auto again = send(form(id));
    EXPECT_EQ(again.status, 200);
    EXPECT_NE(again.body.find("Thanks for telling us."), std::string::npos);
    const auto other = send(form(id, "yes_or_unsure"));
    EXPECT_EQ(other.status, 200);
    EXPECT_NE(other.body.find("We have what you sent first."), std::string::npos);
    EXPECT_NE(other.body.find("You do not have to get through this alone."), std::string::npos);
    EXPECT_EQ(service.state(only_person()).signals.size(), 1u);
}

TEST_F(Referrals, WhatIsMissingIsNamedAndWhatWasWrittenStays) {
    const auto id = new_form_id();
    const auto sent = send("id=" + id + "&trouble=a%3Cb%22&name=++&email=me");
    EXPECT_EQ(sent.status, 422);
    for (const auto part : {"href=\"#name\"", "href=\"#email\"", "href=\"#consent\"",
                            "a&lt;b&quot;", "aria-invalid=\"true\""}) {
        EXPECT_NE(sent.body.find(part), std::string::npos) << part;
    }
    EXPECT_NE(sent.body.find("value=\"" + id + "\""), std::string::npos);
    EXPECT_TRUE(waiting("manager").empty());
    for (const auto* bad : {"id=x&name=a", "%", "id=1&id=2", ""}) {
        EXPECT_EQ(send(bad).status, 422) << bad;
    }
    EXPECT_EQ(send(form(id) + "&reach=" + std::string(40'000, 'a')).status, 422);
}

TEST_F(Referrals, ComeFromNoOtherSiteAndNotWhereNobodyReads) {
    auto foreign = service.request("", Method::post, "/start", form(new_form_id()));
    foreign.headers.erase("content-type");
    foreign.headers.add("content-type", "application/x-www-form-urlencoded");
    foreign.headers.add("sec-fetch-site", "cross-site");
    EXPECT_EQ(service.send(foreign).status, 403);
    EXPECT_TRUE(waiting("manager").empty());
    // A service without hours promises no reader.
    must(service.keeper->write_organisation(
        care::OrganisationSet{.name = "Service", .zone = "Europe/London"}, {},
        {.at = service.clock.at, .action = "write.organisation"}));
    EXPECT_EQ(service.get("signed_out", "/start").status, 404);
    EXPECT_EQ(send(form(to_string(service.fresh()))).status, 404);
}

TEST_F(Referrals, GoFromTheListToATherapistWithACodeThatWorks) {
    send(form(new_form_id()));
    const Id person = only_person();
    const Id id = service.fresh();
    const auto taken = step("duty", person, accepted(), id);
    ASSERT_EQ(taken.status, 201) << taken.body;
    const auto code = *taken.json().at({"invitation", "code"})->text();
    // The same request again gives a code again, for the same account.
    EXPECT_EQ(step("duty", person, accepted(), id).status, 200);
    EXPECT_EQ(service.get("signed_out", "/api/invitations/" + code).status, 200);
    EXPECT_EQ(step("manager", person, accepted()).status, 409);
    const auto late = step("manager", person, assigned());
    ASSERT_EQ(late.status, 201) << late.body;
    const auto second = *late.json().at({"invitation", "code"})->text();
    const auto in = service.post("signed_out", "/api/invitations/" + second,
                                 R"({"password":"four unrelated words","email":"noor"})");
    ASSERT_LT(in.status, 300) << in.body;
    EXPECT_EQ(service.get("therapist_a", "/api/people/" + to_string(person) + "/glance").status,
              200);
    EXPECT_TRUE(waiting("manager").empty());
    service.expect_sound();
}

TEST_F(Referrals, OfAPersonWhoWaitsShowThemWhereTheyStand) {
    send(form(new_form_id()));
    const Id person = only_person();
    const auto taken = step("duty", person, accepted()).json();
    const auto code = *taken.at({"invitation", "code"})->text();
    const auto in = service.post("signed_out", "/api/invitations/" + code,
                                 R"({"password":"four unrelated words","email":"noor"})");
    const auto today = service.send(service.request(in.cookie(), Method::get, "/api/today")).json();
    EXPECT_EQ(*today.at({"wait", "stage"})->text(), "waiting");
    EXPECT_EQ(today.at({"wait", "forecast"}), nullptr);  // nobody waited here before
    EXPECT_NE(today.find("questionnaire"), nullptr);
    EXPECT_EQ(*today.at({"watching", "reader"})->text(), "duty");
}

TEST_F(Referrals, WorseningInTheWaitReachesWhoeverTookThemIn) {
    send(form(new_form_id()));
    const Id person = only_person();
    step("duty", person, accepted());
    const auto answer = [&](int each) {
        const auto body = must(exchange::parse_json(nine(each, "0")));
        must(service.keeper->write({.id = service.fresh(),
                                    .stream = person,
                                    .body = must(store::body_of_kind("answers", body)),
                                    .effective_at = service.clock.at,
                                    .zone = "Europe/London",
                                    .supersedes = {},
                                    .author = {service.fresh(), care::Role::client}},
                                   {.at = service.clock.at, .action = "write.answers"}));
        must(service.keeper->work_off());
    };
    answer(1);
    service.clock.at += std::chrono::days{28};
    answer(2);
    const auto state = service.state(person);
    const auto worse = std::ranges::find(state.signals, care::SignalKind::deterioration,
                                         [](const auto& each) { return each.kind(); });
    ASSERT_NE(worse, state.signals.end());
    EXPECT_EQ(worse->owner, service.id_of("duty"));
    const auto reason = [&](std::string_view caller) {
        return *waiting(caller).front().at({"reason", "code"})->text();
    };
    EXPECT_EQ(reason("duty"), "reason.wait_worse");
    EXPECT_EQ(reason("manager"), "reason.wait_clinical");
}

// Twenty-five waits of 10 to 34 days, then a forecast for who comes after.
TEST_F(Referrals, TheForecastComesFromTheWaitsOfThisService) {
    for (int i = 0; i < 25; ++i) send(form(new_form_id()));
    std::vector<Id> people;
    for (const auto& each : waiting("manager")) {
        people.push_back(*parse_id(*each.find("person")->text()));
        ASSERT_EQ(step("manager", people.back(), accepted()).status, 201);
    }
    EXPECT_EQ(waiting("manager").front().find("forecast"), nullptr);
    service.clock.at += std::chrono::days{10};
    for (const Id& person : people) {
        ASSERT_EQ(step("manager", person, assigned()).status, 201);
        service.clock.at += std::chrono::days{1};
    }
    send(form(new_form_id()));
    const Id person = only_person();
    step("manager", person, accepted());
    const auto row = waiting("manager").front();
    ASSERT_NE(row.find("forecast"), nullptr);
    EXPECT_EQ(row.at({"forecast", "people"})->number(), 25);
    EXPECT_EQ(row.at({"forecast", "from_days"})->number(), 12);
    EXPECT_EQ(row.at({"forecast", "to_days"})->number(), 32);
}

TEST_F(Referrals, TheListHasNoWordsOfAnybodyAndTheReferralOpensByRelation) {
    send(form(new_form_id()));
    const Id person = only_person();
    const auto path = "/api/people/" + to_string(person) + "/referral";
    for (const auto caller : {"manager", "duty"}) {
        const auto list = service.get(caller, "/api/waiting").body;
        EXPECT_EQ(list.find("get up"), std::string::npos);
        EXPECT_EQ(list.find("01632"), std::string::npos);
    }
    EXPECT_NE(service.get("duty", path).body.find("get up"), std::string::npos);
    for (const auto caller : {"manager", "therapist_a", "client_a", "supervisor"}) {
        EXPECT_EQ(service.get(caller, path).status, 403) << caller;
    }
    EXPECT_EQ(step("duty", person, R"({"move":"declined"})").status, 422);
    EXPECT_EQ(step("duty", service.anna, accepted()).status, 404);
    // Not past the list: by no entry of the record's own way.
    EXPECT_EQ(service.write("duty", person, service.entry("referral_step", accepted())).status,
              403);
}

TEST_F(Referrals, ByAProfessionalNeedTheirNameAndTheConsent) {
    const auto refer = [&](std::string_view caller, const std::string& more) {
        return service.post(
            caller, "/api/referrals",
            fmt::format(R"({{"id":"{}","name":"Noor","referral":{{"source":"self","trouble":"x",)"
                        R"("thoughts":"no","phone":"01632 960 001"{}}}}})",
                        to_string(service.fresh()), more));
    };
    const auto bare = refer("therapist_b", R"(,"consent":false)");
    EXPECT_EQ(bare.status, 422);
    for (const auto where : {"/body/referral/consent", "/body/referral/referrer"}) {
        EXPECT_NE(bare.body.find(where), std::string::npos) << bare.body;
    }
    EXPECT_TRUE(waiting("manager").empty());
    ASSERT_EQ(refer("therapist_b", R"(,"consent":true,"referrer":"Dr B"})").status, 422);
    ASSERT_EQ(refer("therapist_b", R"(,"consent":true,"referrer":"Dr B")").status, 201);
    EXPECT_EQ(service.state(only_person()).referral->received.source,
              care::ReferralSource::professional);
}

}  // namespace
}  // namespace evenkeel::api
