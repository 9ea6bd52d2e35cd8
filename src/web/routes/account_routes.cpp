// Signing in and out, invitations, the own account.

#include <algorithm>

#include "store/one_time_code.h"
#include "web/rate_limit.h"
#include "web/second_factor.h"
#include "web/site.h"

namespace evenkeel::web {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t password_min = 10;

enum class FactorState { on, off, required };
constexpr auto enum_names(FactorState) {
    return std::to_array<std::pair<FactorState, std::string_view>>(
        {{FactorState::on, "on"}, {FactorState::off, "off"}, {FactorState::required, "required"}});
}

struct Me {
    Id account;
    std::string name;
    care::Role role = care::Role::client;
    std::string zone;
    std::string email;
    std::optional<Id> person;
    bool device_is_mine = false;
    FactorState second_factor = FactorState::off;
    Instant server_time{};
    Instant session_expires_at{};
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("account", self.account);
        visit("name", self.name);
        visit("role", self.role);
        visit("zone", self.zone);
        visit("email", self.email);
        visit("person", self.person);
        visit("device_is_mine", self.device_is_mine);
        visit("second_factor", self.second_factor);
        visit("server_time", self.server_time);
        visit("session_expires_at", self.session_expires_at);
    }
};

struct SignIn {
    std::string email;
    std::string password;
    std::optional<std::string> code;
    bool device_is_mine = false;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("email", self.email, Domain{.max_length = 320, .min_length = 1});
        visit("password", self.password, Domain{.max_length = 1024, .min_length = 1});
        visit("code", self.code, Domain{.max_length = 12});
        visit("device_is_mine", self.device_is_mine, Domain{.optional = true});
    }
};

struct NewPassword {
    std::string password;
    std::optional<std::string> email;
    bool device_is_mine = false;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("password", self.password,
              Domain{.max_length = 1024,
                     .min_length = password_min,
                     .says = "At least ten characters. A few unrelated words are good."});
        visit("email", self.email,
              Domain{.max_length = 320,
                     .min_length = 3,
                     .says = "An address or a name of one's own, to sign in with; where the "
                             "invitation needs_sign_in_name"});
        visit("device_is_mine", self.device_is_mine, Domain{.optional = true});
    }
};

struct ChangePassword {
    std::string current;
    std::string password;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("current", self.current, Domain{.max_length = 1024, .min_length = 1});
        visit("password", self.password, Domain{.max_length = 1024, .min_length = password_min});
    }
};

struct InvitationView {
    std::string name;
    care::Role role = care::Role::client;
    std::string service;
    bool needs_sign_in_name = false;  // the service knows no address
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("name", self.name);
        visit("role", self.role);
        visit("service", self.service);
        visit("needs_sign_in_name", self.needs_sign_in_name);
    }
};

struct FactorOffer {
    std::string secret;
    std::string uri;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("secret", self.secret);
        visit("uri", self.uri);
    }
};

struct FactorCode {
    std::string code;
    std::optional<std::string> current;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("code", self.code, Domain{.max_length = 12, .min_length = 6});
        visit("current", self.current,
              Domain{.max_length = 12,
                     .says = "What the app of now shows; needed to replace a second factor"});
    }
};

Result<Me> me_of(const Site& site, const store::Account& account, bool device_is_mine, Instant now,
                 Instant expires) {
    TRY(const auto organisation, site.keeper.organisation());
    Me me{.account = account.id,
          .name = account.name,
          .role = known_code<care::Role>(account.role),
          .zone = "Etc/UTC",
          .email = account.email,
          .person = account.person,
          .device_is_mine = device_is_mine,
          .second_factor = must_enrol(site, account) ? FactorState::required
                           : account.second_factor   ? FactorState::on
                                                     : FactorState::off,
          .server_time = now,
          .session_expires_at = expires};
    if (site.settings.solo) me.name.clear();  // one person needs no name to be told apart
    if (organisation.settings) me.zone = organisation.settings->zone;
    if (account.person) {
        TRY(const auto person, site.keeper.person(*account.person));
        me.zone = person.person.zone;
    }
    return me;
}

Result<Response> start(Call& call, const store::Account& account, bool device_is_mine,
                       bool second_factor_passed) {
    Response response;
    CHECK_OK(start_session(call.site, call.request, account, device_is_mine, second_factor_passed,
                           call.now, response));
    TRY(const Me me, me_of(call.site, account, device_is_mine, call.now, call.now + 12h));
    response.body = exchange::to_json(me);
    response.content_type = "application/json";
    return response;
}

Error wrong_sign_in() {
    return {Fault::unauthenticated,
            "/body/password",
            "This email and password do not belong together. Check both, or ask your service "
            "for a new code.",
            {}};
}

// Checks the code and remembers its step in one transaction, so that it works once.
Status pass_second_factor(Call& call, const store::Account& account, const SignIn& body) {
    if (!account.second_factor) return Done{};
    if (!body.code) {
        return Error{
            Fault::unauthenticated, "/code", "Enter the six digits that your app shows.", {}};
    }
    return change_account(
        call.site, account.id, [&](store::Writing&, store::Account& current) -> Status {
            if (!current.second_factor) return Done{};
            TRY(const auto secret,
                call.site.vault.open_for_service("second_factor", *current.second_factor));
            const auto step =
                second_factor_step(secret, *body.code, call.now, current.last_code_step);
            if (!step) {
                return Error{Fault::unauthenticated,
                             "/code",
                             "This code does not fit. Wait for the next one and try again.",
                             {}};
            }
            current.last_code_step = *step;
            return Done{};
        });
}

// Whether this is the password; without a hash it never is, and takes as long to say. Fails
// with unavailable when too many passwords wait to be hashed.
Result<bool> is_password(Site& site, const std::string& password,
                         const std::optional<std::string>& hash) {
    TRY(const auto turn, site.hashing.take());
    static const std::string nobody = store::hash_password("nobody");
    return store::password_matches(password, hash.value_or(nobody)) && hash.has_value();
}

Result<std::string> hash_of(Site& site, const std::string& password) {
    TRY(const auto turn, site.hashing.take());
    return store::hash_password(password);
}

constexpr std::string_view too_many_guesses =
    "Too many tries. Wait a quarter of an hour, then try again, or ask your service for a new "
    "code. Get help now works without signing in.";

Result<Response> sign_in(Call& call) {
    TRY(const auto body, body_of<SignIn>(call.request));
    auto& guessing = call.site.guessing;
    const auto& peer = call.request.peer;
    if (const auto wait = guessing.guess(body.email, peer, call.now)) {
        return slow_down(*wait, too_many_guesses);
    }
    std::optional<store::Account> account;
    CHECK_OK(call.site.store.read([&](store::Reading& reading) -> Status {
        TRY(account, reading.account_by_email(body.email));
        return Done{};
    }));
    const bool usable = account && account->active && account->password_hash;
    const auto matches =
        is_password(call.site, body.password, usable ? account->password_hash : std::nullopt);
    if (!matches.ok()) {
        guessing.was_no_guess(body.email, peer);
        return matches.error();
    }
    if (!matches.value()) return wrong_sign_in();
    const auto passed = pass_second_factor(call, *account, body);
    if (!passed.ok()) {
        if (!body.code) guessing.was_no_guess(body.email, peer);
        return passed.error();
    }
    guessing.was_right(body.email, peer);
    return start(call, *account, body.device_is_mine, account->second_factor.has_value());
}

Result<Response> sign_out(Call& call) {
    Response response = no_content();
    CHECK_OK(end_session(call.site, call.request, response));
    return response;
}

Result<Response> get_me(Call& call) {
    const auto& session = call.who().session;
    TRY(const Me me,
        me_of(call.site, call.who().account, session.device_is_mine, call.now, session.expires));
    return reply(me);
}

Error no_such_code() {
    return {Fault::not_found,
            "",
            "This code is used up or too old. Ask your service for a new one.",
            {}};
}

Result<store::Account> invited(Call& call, store::Invitation& invitation) {
    const auto hash = store::one_time_code_hash(call.site.vault, call.parameter("code"));
    std::optional<store::Account> account;
    CHECK_OK(call.site.store.read([&](store::Reading& reading) -> Status {
        TRY(const auto found, reading.invitation(hash));
        if (!found || found->used || found->expires <= call.now) return no_such_code();
        invitation = *found;
        TRY(account, reading.account(found->account));
        return Done{};
    }));
    if (!account || !account->active) return no_such_code();
    return *account;
}

Result<Response> get_invitation(Call& call) {
    store::Invitation invitation;
    TRY(const auto account, invited(call, invitation));
    TRY(const auto organisation, call.site.keeper.organisation());
    InvitationView view{.name = account.name,
                        .role = known_code<care::Role>(account.role),
                        .service = {},
                        .needs_sign_in_name = account.email.empty()};
    if (call.site.settings.solo) view.name.clear();
    if (organisation.settings) view.service = organisation.settings->name;
    return reply(view);
}

// Without spaces around it, or nobody could type it again.
Status check_sign_in_name(const std::string& name) {
    const auto is_space = [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); };
    if (std::none_of(name.begin(), name.end(), is_space)) return Done{};
    return Error{Fault::invalid_input, "/body/email", "Leave out spaces.", {}};
}

Result<Response> accept_invitation(Call& call) {
    TRY(const auto body, body_of<NewPassword>(call.request));
    store::Invitation invitation;
    TRY(auto account, invited(call, invitation));
    if (account.email.empty()) {
        if (!body.email) {
            return Error{Fault::invalid_input,
                         "/body/email",
                         "Choose an address or a name to sign in with.",
                         {}};
        }
        CHECK_OK(check_sign_in_name(*body.email));
    }
    TRY(const auto hash, hash_of(call.site, body.password));
    const auto written = change_account(
        call.site, account.id, [&](store::Writing& writing, store::Account& current) -> Status {
            TRY(const auto again, writing.invitation(invitation.code_hash));
            if (!again || again->used) return no_such_code();
            invitation.used = true;
            CHECK_OK(writing.put_invitation(invitation));
            CHECK_OK(writing.drop_sessions_of(account.id));
            current.password_hash = hash;
            if (current.email.empty()) current.email = body.email.value_or("");
            account.email = current.email;
            return Done{};
        });
    if (!written.ok() && written.error().fault == Fault::conflict) {
        return in_body(written.error());  // the name is taken
    }
    CHECK_OK(written);
    if (account.second_factor) {
        return Error{Fault::unauthenticated,
                     "/code",
                     "Your password is set. Sign in with it and the code that your app shows.",
                     {}};
    }
    return start(call, account, body.device_is_mine, false);
}

Result<Response> change_password(Call& call) {
    TRY(const auto body, body_of<ChangePassword>(call.request));
    const store::Account& account = call.who().account;
    // A session left open on a shared device must not help to guess the password.
    const auto who = "account:" + to_string(account.id);
    auto& guessing = call.site.guessing;
    if (const auto wait = guessing.guess(who, call.request.peer, call.now)) {
        return slow_down(*wait, too_many_guesses);
    }
    const auto matches = is_password(call.site, body.current, account.password_hash);
    if (!matches.ok()) {
        guessing.was_no_guess(who, call.request.peer);
        return matches.error();
    }
    if (!matches.value()) {
        return Error{Fault::invalid_input, "/body/current", "This is not your password now.", {}};
    }
    guessing.was_right(who, call.request.peer);
    TRY(const auto hash, hash_of(call.site, body.password));
    CHECK_OK(change_account(call.site, account.id,
                            [&](store::Writing& writing, store::Account& current) -> Status {
                                current.password_hash = hash;
                                CHECK_OK(writing.drop_sessions_of(account.id));
                                CHECK_OK(writing.put_session(call.who().session));
                                return writing.audit(audit_row(call, "password.changed"));
                            }));
    return no_content();
}

// The secret is kept only when a code proves that the app has it.
Result<Response> begin_second_factor(Call& call) {
    TRY(const auto organisation, call.site.keeper.organisation());
    const auto secret = new_second_factor_secret();
    const auto sealed = call.site.vault.seal_for_service("second_factor_offer", secret);
    CHECK_OK(call.site.store.write([&](store::Writing& writing) {
        return writing.put_note("second_factor_offer." + to_string(call.who().account.id),
                                hex_text(sealed));
    }));
    const std::string service = organisation.settings ? organisation.settings->name : "Evenkeel";
    return reply(FactorOffer{secret, second_factor_uri(secret, call.who().account.email, service)});
}

Error code_does_not_fit(std::string_view where) {
    return {Fault::invalid_input,
            std::string(where),
            "This code does not fit. Wait for the next one and try again.",
            {}};
}

// Whoever replaces a second factor must hold the one of now: a session that somebody else
// found open is not enough. A lost one is reset by a manager or an administrator.
Status holds_current_factor(Call& call, const store::Account& account, const FactorCode& body) {
    if (!account.second_factor) return Done{};
    if (!body.current) {
        return Error{Fault::invalid_input,
                     "/body/current",
                     "Enter the six digits that your app of now shows. When you have lost it, ask "
                     "a manager to reset it.",
                     {}};
    }
    TRY(const auto secret,
        call.site.vault.open_for_service("second_factor", *account.second_factor));
    if (second_factor_step(secret, *body.current, call.now, account.last_code_step)) return Done{};
    return code_does_not_fit("/body/current");
}

Result<Response> confirm_second_factor(Call& call) {
    TRY(const auto body, body_of<FactorCode>(call.request));
    std::optional<std::string> offer;
    const auto note = "second_factor_offer." + to_string(call.who().account.id);
    CHECK_OK(call.site.store.read([&](store::Reading& reading) -> Status {
        TRY(offer, reading.note(note));
        return Done{};
    }));
    const auto sealed = offer ? bytes_of_hex(*offer) : std::nullopt;
    if (!sealed || sealed->empty()) {
        return Error{Fault::conflict, "", "Start setting up the second factor again.", {}};
    }
    TRY(const auto secret, call.site.vault.open_for_service("second_factor_offer", *sealed));
    const auto step = second_factor_step(secret, body.code, call.now, 0);
    if (!step) return code_does_not_fit("/body/code");
    // A session left open must not help to guess the code of now.
    const auto who = "account:" + to_string(call.who().account.id);
    if (const auto wait = call.site.guessing.guess(who, call.request.peer, call.now)) {
        return slow_down(*wait, too_many_guesses);
    }
    store::Session session = call.who().session;
    session.second_factor_passed = true;
    CHECK_OK(change_account(call.site, session.account,
                            [&](store::Writing& writing, store::Account& current) -> Status {
                                CHECK_OK(holds_current_factor(call, current, body));
                                current.second_factor =
                                    call.site.vault.seal_for_service("second_factor", secret);
                                current.last_code_step = *step;
                                CHECK_OK(writing.put_note(note, ""));
                                CHECK_OK(writing.drop_sessions_of(session.account));
                                CHECK_OK(writing.put_session(session));
                                return writing.audit(audit_row(call, "second_factor.on"));
                            }));
    call.site.guessing.was_right(who, call.request.peer);
    return no_content();
}

}  // namespace

std::vector<Route> account_routes(Site& site) {
    const auto anyone = Access::anyone("anyone");
    const auto own = Access::signed_in("the own account", true);
    const Limits signing{.max_body = 8 * 1024, .rate = RateClass::sign_in};
    using exchange::schema_of;
    std::vector<Route> out;
    const auto add = [&](Method method, std::string pattern, Access access, RouteText text,
                         RouteFunction function) {
        out.push_back(guarded_route(site, method, std::move(pattern), access, text, function));
    };
    add(Method::post, "/api/sign-in", anyone,
        {"Sign in", schema_of<SignIn>, schema_of<Me>, signing}, sign_in);
    add(Method::post, "/api/sign-out", anyone, {.summary = "Sign out", .success = no_body},
        sign_out);
    add(Method::get, "/api/me", own, {"The own account", nullptr, schema_of<Me>}, get_me);
    add(Method::get, "/api/invitations/{code}", anyone,
        {"Who an invitation is for", nullptr, schema_of<InvitationView>, signing}, get_invitation);
    add(Method::post, "/api/invitations/{code}", anyone,
        {"Accept an invitation with a password", schema_of<NewPassword>, schema_of<Me>, signing},
        accept_invitation);
    add(Method::put, "/api/me/password", own,
        {.summary = "Change the own password",
         .request_schema = schema_of<ChangePassword>,
         .limits = signing,
         .success = no_body},
        change_password);
    add(Method::post, "/api/me/second-factor", own,
        {"Begin to set up a second factor", nullptr, schema_of<FactorOffer>}, begin_second_factor);
    add(Method::put, "/api/me/second-factor", own,
        {.summary = "Confirm the second factor with a code",
         .request_schema = schema_of<FactorCode>,
         .limits = signing,
         .success = no_body},
        confirm_second_factor);
    return out;
}

}  // namespace evenkeel::web
