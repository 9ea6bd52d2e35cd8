// Goal: sessions start, end and expire as promised, guessing is slow for everybody and
// locks nobody out for longer, and no request of another site changes anything.

#include <optional>
#include <thread>

#include "service.h"
#include "web/second_factor.h"

namespace evenkeel::api {
namespace {

using web::Method;

std::string sign_in(std::string_view who, std::string_view with = password,
                    const std::string& more = {}) {
    return R"({"email":")" + std::string(who) + R"(@example.org","password":")" +
           std::string(with) + "\"" + more + "}";
}

int me(Service& service, const std::string& cookie) {
    return service.send(service.request(cookie, Method::get, "/api/me")).status;
}

TEST(Sessions, LiveInACookieThatScriptsAndOtherSitesCannotUse) {
    Service service;
    const auto plain = service.post("signed_out", "/api/sign-in", sign_in("client_a"));
    ASSERT_EQ(plain.status, 200) << plain.body;
    const auto line = plain.header("Set-Cookie");
    for (const auto part : {"evenkeel=", "; Path=/", "; HttpOnly", "; SameSite=Strict"}) {
        EXPECT_NE(line.find(part), std::string::npos) << line;
    }
    EXPECT_EQ(line.find("Secure"), std::string::npos);
    auto request = service.request({}, Method::post, "/api/sign-in", sign_in("client_a"));
    request.secure = true;
    const auto tls = service.send(std::move(request)).header("Set-Cookie");
    EXPECT_EQ(tls.find("__Host-evenkeel="), 0u);
    EXPECT_NE(tls.find("; Secure"), std::string::npos);
    EXPECT_EQ(me(service, plain.cookie()), 200);
}

TEST(Sessions, ExpireAndEndWithSignOut) {
    Service service;
    const auto cookie = service.post("signed_out", "/api/sign-in", sign_in("client_a")).cookie();
    service.clock.at += std::chrono::hours{12} + std::chrono::seconds{1};
    EXPECT_EQ(me(service, cookie), 401);
    const auto again = service.post("signed_out", "/api/sign-in", sign_in("client_a")).cookie();
    EXPECT_EQ(me(service, again), 200);
    EXPECT_EQ(service.send(service.request(again, Method::post, "/api/sign-out")).status, 204);
    EXPECT_EQ(me(service, again), 401);
    EXPECT_EQ(me(service, "evenkeel=made-up"), 401);
}

TEST(Sessions, OfOtherDevicesEndWhenThePasswordChanges) {
    Service service;
    const auto here = service.post("signed_out", "/api/sign-in", sign_in("client_a")).cookie();
    const auto there = service.post("signed_out", "/api/sign-in", sign_in("client_a")).cookie();
    const auto change = [&](std::string_view current) {
        return service
            .send(service.request(
                here, Method::put, "/api/me/password",
                R"({"current":")" + std::string(current) + R"(","password":"another long one"})"))
            .status;
    };
    EXPECT_EQ(change("wrong"), 422);
    EXPECT_EQ(change(password), 204);
    EXPECT_EQ(me(service, here), 200);
    EXPECT_EQ(me(service, there), 401);
    EXPECT_EQ(service.post("signed_out", "/api/sign-in", sign_in("client_a")).status, 401);
}

// Passwords are hashed one after another: each takes 64 MiB.
TEST(Sessions, OfMoreThanCanWaitAreAskedToComeBackAndItCountsAsNoGuess) {
    Service service;
    auto& hashing = service.site->hashing;
    std::optional held{hashing.take()};
    std::vector<std::thread> waiting;
    for (std::uint64_t i = 0; i < web::HashingTurns::most_waiting_by_default; ++i) {
        waiting.emplace_back([&] { EXPECT_TRUE(hashing.take().ok()); });
    }
    while (hashing.waiting() < waiting.size()) std::this_thread::yield();
    for (std::size_t i = 0; i < 2 * web::GuessingLimit::per_address; ++i) {
        const auto later = service.post("signed_out", "/api/sign-in", sign_in("client_a"));
        ASSERT_EQ(later.status, 503) << later.body;
        EXPECT_EQ(later.header("Retry-After"), "2");
    }
    held.reset();
    for (auto& each : waiting) each.join();
    EXPECT_EQ(service.post("signed_out", "/api/sign-in", sign_in("client_a")).status, 200);
}

TEST(Sessions, OfAnAccountSwitchedOffEndAtOnce) {
    Service service;
    const auto cookie = service.session("therapist_a");
    EXPECT_EQ(me(service, cookie), 200);
    const auto path = "/api/accounts/" + to_string(service.id_of("therapist_a")) + "/disable";
    EXPECT_EQ(service.post("manager", path, "").status, 204);
    EXPECT_EQ(me(service, cookie), 401);
    EXPECT_EQ(service.post("signed_out", "/api/sign-in", sign_in("disabled")).status, 401);
}

TEST(Invitations, WorkOnceAndExpire) {
    Service service;
    const auto invite = [&](const std::string& email) {
        const auto answer = service.post(
            "manager", "/api/accounts",
            R"({"name":"New Colleague","email":")" + email + R"(","role":"therapist"})");
        EXPECT_EQ(answer.status, 201) << answer.body;
        return *answer.json().find("code")->text();
    };
    const auto path = "/api/invitations/" + invite("new@example.org");
    EXPECT_EQ(service.get("signed_out", path).status, 200);
    EXPECT_EQ(service.post("signed_out", path, R"({"password":"short"})").status, 422);
    const std::string chosen = R"({"password":"a long one, chosen"})";
    const auto accepted = service.post("signed_out", path, chosen);
    EXPECT_EQ(accepted.status, 200);
    // Staff outside the demonstration set up a second factor before anything else.
    EXPECT_EQ(*accepted.json().find("second_factor")->text(), "required");
    const auto early =
        service.send(service.request(accepted.cookie(), Method::get, "/api/caseload"));
    EXPECT_EQ(early.status, 403);
    EXPECT_NE(early.body.find("/second_factor"), std::string::npos);
    EXPECT_EQ(service.post("signed_out", path, chosen).status, 404);
    EXPECT_EQ(service.get("signed_out", path).status, 404);
    const auto late = "/api/invitations/" + invite("late@example.org");
    service.clock.at += std::chrono::days{7} + std::chrono::seconds{1};
    EXPECT_EQ(service.get("signed_out", late).status, 404);
    EXPECT_EQ(service.post("signed_out", late, chosen).status, 404);
}

TEST(SecondFactor, IsAskedForAndACodeWorksOnce) {
    Service service;
    const auto cookie = service.post("signed_out", "/api/sign-in", sign_in("no_factor")).cookie();
    const auto offer = service.send(service.request(cookie, Method::post, "/api/me/second-factor"));
    ASSERT_EQ(offer.status, 200) << offer.body;
    const std::string secret = *offer.json().find("secret")->text();
    const auto confirm = [&](const std::string& code) {
        return service
            .send(service.request(cookie, Method::put, "/api/me/second-factor",
                                  R"({"code":")" + code + "\"}"))
            .status;
    };
    EXPECT_EQ(confirm("000000"), 422);
    EXPECT_EQ(confirm(code_at(secret, service.clock.at)), 204);
    EXPECT_EQ(service.send(service.request(cookie, Method::get, "/api/caseload")).status, 200);

    const auto enter = [&](const std::string& code) {
        return service
            .post("signed_out", "/api/sign-in",
                  sign_in("no_factor", password, code.empty() ? "" : R"(,"code":")" + code + "\""))
            .status;
    };
    const auto asked = service.post("signed_out", "/api/sign-in", sign_in("no_factor"));
    EXPECT_EQ(asked.status, 401);
    EXPECT_NE(asked.body.find(R"("where":"/code")"), std::string::npos);
    EXPECT_TRUE(asked.header("Set-Cookie").empty());
    EXPECT_EQ(enter(code_at(secret, service.clock.at)), 401);  // it confirmed already
    service.clock.at += std::chrono::minutes{2};
    EXPECT_EQ(enter(code_at(secret, service.clock.at - std::chrono::minutes{2})), 401);
    const auto previous = code_at(secret, service.clock.at - std::chrono::seconds{30});
    EXPECT_EQ(enter(previous), 200);
    EXPECT_EQ(enter(previous), 401);
    EXPECT_EQ(enter(code_at(secret, service.clock.at)), 200);
}

TEST(CrossSite, NothingIsChangedByARequestOfAnotherSite) {
    Service service;
    const auto cookie = service.session("client_a");
    const auto path = "/api/people/" + to_string(service.anna) + "/entries";
    const auto body = service.entry("contact_request", "{}");
    auto bare = service.request(cookie, Method::post, path, body);
    bare.headers.erase("x-evenkeel");
    EXPECT_EQ(service.send(bare).status, 403);
    for (const auto site : {"cross-site", "same-site"}) {
        auto foreign = service.request(cookie, Method::post, path, body);
        foreign.headers.add("sec-fetch-site", site);
        EXPECT_EQ(service.send(foreign).status, 403) << site;
    }
    auto form = service.request(cookie, Method::post, path, body);
    form.headers.erase("content-type");
    form.headers.add("content-type", "text/plain");
    EXPECT_EQ(service.send(form).status, 422);
    EXPECT_TRUE(service.state(service.anna).signals.empty());
    auto own = service.request(cookie, Method::post, path, body);
    own.headers.add("sec-fetch-site", "same-origin");
    EXPECT_EQ(service.send(own).status, 201);
}

TEST(Guessing, ClosesAnAddressForAQuarterOfAnHourKnownOrNot) {
    Service service;
    std::vector<std::string> said;
    for (const std::string who : {"client_a", "nobody"}) {
        const auto start = service.clock.at;
        for (int i = 0; i < 10; ++i) {
            EXPECT_EQ(service.post("signed_out", "/api/sign-in", sign_in(who, "wrong")).status,
                      401);
            service.clock.at += std::chrono::seconds{30};
        }
        // Closed for the right password too, or the answer would tell which is right.
        const auto closed = service.post("signed_out", "/api/sign-in", sign_in(who));
        EXPECT_EQ(closed.status, 429);
        EXPECT_EQ(closed.header("Retry-After"), "600");
        said.push_back(closed.body);
        // Going on does not keep the owner out for longer.
        service.clock.at = start + std::chrono::minutes{14};
        EXPECT_EQ(service.post("signed_out", "/api/sign-in", sign_in(who, "wrong")).status, 429);
        service.clock.at = start + std::chrono::minutes{15};
        EXPECT_EQ(service.post("signed_out", "/api/sign-in", sign_in(who)).status,
                  who == "nobody" ? 401 : 200);
    }
    EXPECT_EQ(said[0], said[1]);
}

TEST(Guessing, CountsWrongCodesAndNotTheQuestionForOne) {
    Service service;
    const auto ask = [&](const std::string& more) {
        return service.post("signed_out", "/api/sign-in", sign_in("therapist_a", password, more))
            .status;
    };
    for (int i = 0; i < 10; ++i) {
        EXPECT_EQ(ask(R"(,"code":"000000")"), 401);
        EXPECT_EQ(ask(""), i == 9 ? 429 : 401);
    }
}

TEST(Guessing, RemembersABoundedNumber) {
    web::GuessingLimit limit;
    const Instant now = *parse_instant("2026-11-24T12:00:00Z");
    for (int i = 0; i < 10; ++i) EXPECT_FALSE(limit.guess("Owner@example.org", "10.0.0.1", now));
    for (std::size_t i = 0; i < web::GuessingLimit::max_remembered + 100; ++i) {
        const auto text = std::to_string(i);
        EXPECT_FALSE(limit.guess(text, text, now));
        ASSERT_LE(limit.remembered(), web::GuessingLimit::max_remembered);
    }
    EXPECT_TRUE(limit.guess("owner@EXAMPLE.org", "10.0.0.2", now));  // a flood does not free it
}

TEST(Guessing, ClosesAPeerThatTriesManyAddresses) {
    web::GuessingLimit limit;
    const Instant now = *parse_instant("2026-11-24T12:00:00Z");
    for (std::size_t i = 0; i < web::GuessingLimit::per_peer; ++i) {
        EXPECT_FALSE(limit.guess(std::to_string(i), "2001:db8::1", now));
    }
    EXPECT_TRUE(limit.guess("another", "2001:db8::2", now));
    EXPECT_FALSE(limit.guess("another", "2001:db9::2", now));
}

TEST(SecondFactor, IsReplacedOnlyByWhoeverHoldsTheOneOfNow) {
    Service service;
    const std::string now_secret = "GEZDGNBVGY3TQOJQ";  // of every member of staff here
    const auto cookie = service.session("therapist_a");
    const auto ask = [&](Method method, const std::string& body) {
        return service.send(service.request(cookie, method, "/api/me/second-factor", body));
    };
    const auto offer = ask(Method::post, {}).json();
    const auto fresh = code_at(*offer.find("secret")->text(), service.clock.at);
    const auto confirm = [&](const std::string& current) {
        return ask(Method::put, R"({"code":")" + fresh + "\"" + current + "}");
    };
    const auto without = confirm("");
    EXPECT_EQ(without.status, 422);
    EXPECT_NE(without.body.find("/body/current"), std::string::npos) << without.body;
    EXPECT_EQ(confirm(R"(,"current":"000000")").status, 422);
    EXPECT_EQ(confirm(R"(,"current":")" + fresh + "\"").status, 422);
    const auto held = R"(,"current":")" + code_at(now_secret, service.clock.at) + "\"";
    EXPECT_EQ(confirm(held).status, 204);
    EXPECT_EQ(me(service, cookie), 200);
    for (int i = 0; i < 12; ++i) confirm(R"(,"current":"000000")");
    EXPECT_EQ(confirm(R"(,"current":"000000")").status, 409);  // nothing was begun anew
}

TEST(SecondFactor, CannotBeGuessedThroughASessionLeftOpen) {
    Service service;
    const auto cookie = service.session("therapist_a");
    const auto ask = [&](Method method, const std::string& body) {
        return service.send(service.request(cookie, method, "/api/me/second-factor", body));
    };
    const auto secret = *ask(Method::post, {}).json().find("secret")->text();
    int refused = 0;
    for (int i = 0; i < 12; ++i) {
        const auto body =
            R"({"code":")" + code_at(secret, service.clock.at) + R"(","current":"000000"})";
        refused += ask(Method::put, body).status == 429;
    }
    EXPECT_EQ(refused, 2);
}

TEST(SecondFactor, ThatWasLostIsResetByAManager) {
    Service service;
    const auto cookie = service.session("therapist_a");
    const auto path =
        "/api/accounts/" + to_string(service.id_of("therapist_a")) + "/reset-second-factor";
    EXPECT_EQ(service.post("therapist_b", path, "{}").status, 403);
    EXPECT_EQ(service.post("manager", path, "{}").status, 204);
    EXPECT_EQ(me(service, cookie), 401);
    const auto in = service.post("signed_out", "/api/sign-in", sign_in("therapist_a"));
    ASSERT_EQ(in.status, 200) << in.body;
    EXPECT_EQ(*in.json().find("second_factor")->text(), "required");
    const auto own =
        "/api/accounts/" + to_string(service.id_of("manager")) + "/reset-second-factor";
    EXPECT_EQ(service.post("manager", own, "{}").status, 409);
    const auto client =
        "/api/accounts/" + to_string(service.id_of("client_a")) + "/reset-second-factor";
    EXPECT_EQ(service.post("manager", client, "{}").status, 404);
}

TEST(Invitations, WithoutAnAddressLetThePersonChooseANameToSignInWith) {
    Service service;
    const auto invite = [&](const std::string& more) {
        const auto made =
            service.post("therapist_a", "/api/people",
                         R"({"name":"X","terms":{"therapy":"","questionnaire":"phq-9",)"
                         R"("questionnaire_every_days":7,"check_in_every_days":2})" +
                             more + "}");
        return "/api/invitations/" + *made.json().at({"invitation", "code"})->text();
    };
    const auto accept = [&](const std::string& path, const std::string& more) {
        return service.post("signed_out", path,
                            R"({"password":"four unrelated words")" + more + "}");
    };
    const auto path = invite("");
    const auto offered = service.get("signed_out", path).json();
    EXPECT_TRUE(std::get<bool>(offered.find("needs_sign_in_name")->value));
    for (const auto* bad :
         {"", R"(,"email":"x y")", R"(,"email":"ab")", R"(,"email":"Client_A@example.org")"}) {
        const auto refused = accept(path, bad);
        EXPECT_TRUE(refused.status == 422 || refused.status == 409) << bad << refused.body;
        EXPECT_NE(refused.body.find("/body/email"), std::string::npos) << refused.body;
    }
    EXPECT_EQ(accept(path, R"(,"email":"riverbank7")").status, 200);
    const auto in = service.post("signed_out", "/api/sign-in",
                                 R"({"email":"Riverbank7","password":"four unrelated words"})");
    EXPECT_EQ(in.status, 200) << in.body;
    // An address that the service knows is not changed by the way.
    const auto known = invite(R"(,"email":"known@example.org")");
    const auto view = service.get("signed_out", known).json();
    EXPECT_FALSE(std::get<bool>(view.find("needs_sign_in_name")->value));
    EXPECT_EQ(accept(known, R"(,"email":"other@example.org")").status, 200);
    EXPECT_EQ(service
                  .post("signed_out", "/api/sign-in",
                        R"({"email":"known@example.org","password":"four unrelated words"})")
                  .status,
              200);
}

}  // namespace
}  // namespace evenkeel::api
