// Sessions: a random token in an HttpOnly, SameSite cookie; only its keyed hash is
// stored. Client devices marked "mine" stay signed in for long, everything else for
// a working day.

#include "web/site.h"

namespace evenkeel::web {
namespace {

using namespace std::chrono_literals;

constexpr auto session_of_staff = 12h;
constexpr auto session_of_client = 12h;
constexpr auto session_on_own_device = 24h * 180;
// Writing last_seen at every request would be a durable write for nothing.
constexpr auto seen_grain = 10min;

// The __Host- prefix needs TLS; on loopback without it the plain name is used.
const char* cookie_name(const Request& request) {
    return request.secure ? "__Host-evenkeel" : "evenkeel";
}

std::string cookie_text(const Request& request, std::string_view value, std::int64_t max_age) {
    std::string out = std::string(cookie_name(request)) + "=" + std::string(value) +
                      "; Path=/; HttpOnly; SameSite=Strict; Max-Age=" + std::to_string(max_age);
    if (request.secure) out += "; Secure";
    return out;
}

// 192 random bits as text for a cookie.
std::string random_token() {
    constexpr char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    store::SystemRandom random;
    std::array<std::uint8_t, 32> raw{};
    random.fill(raw);
    std::string token;
    for (const auto each : raw) token.push_back(letters[each & 63]);
    return token;
}

Error please_sign_in() {
    return {
        Fault::unauthenticated, "", "Sign in to go on. What you wrote is kept on this device.", {}};
}

}  // namespace

bool must_enrol(const Site& site, const store::Account& account) {
    const auto role = enum_named<care::Role>(account.role);
    return !site.settings.demo && role && care::is_staff(*role) && !account.second_factor;
}

Result<Actor> signed_in(Site& site, const Request& request, Instant now) {
    const auto token = request.cookie(cookie_name(request));
    if (!token || token->empty()) return please_sign_in();
    const auto hash = site.vault.lookup_hash("session:" + *token);
    std::optional<store::Session> session;
    std::optional<store::Account> account;
    CHECK_OK(site.store.read([&](store::Reading& reading) -> Status {
        TRY(session, reading.session(hash));
        if (!session || session->expires <= now) return Done{};
        TRY(account, reading.account(session->account));
        return Done{};
    }));
    if (!session || session->expires <= now || !account || !account->active) {
        return please_sign_in();
    }
    // A password set anew by an invitation does not stand in for the second factor.
    if (account->second_factor && !session->second_factor_passed) return please_sign_in();
    const auto role = known_code<care::Role>(account->role);
    if (now - session->last_seen > seen_grain) {
        session->expires += now - session->last_seen;
        session->last_seen = now;
        CHECK_OK(site.store.write([&](store::Writing& writing) -> Status {
            // Signed out in between: the session must not rise again.
            TRY(const auto stands, writing.session(hash));
            if (!stands) return please_sign_in();
            return writing.put_session(*session);
        }));
    }
    return Actor{std::move(*account), role, *session};
}

Status start_session(Site& site, const Request& request, const store::Account& account,
                     bool device_is_mine, bool second_factor_passed, Instant now,
                     Response& response) {
    const auto role = enum_named<care::Role>(account.role);
    const bool staff = role && care::is_staff(*role);
    const Milliseconds life = staff            ? Milliseconds{session_of_staff}
                              : device_is_mine ? Milliseconds{session_on_own_device}
                                               : Milliseconds{session_of_client};
    const auto token = random_token();
    const store::Session session{.token_hash = site.vault.lookup_hash("session:" + token),
                                 .account = account.id,
                                 .created = now,
                                 .last_seen = now,
                                 .expires = now + life,
                                 .device_is_mine = device_is_mine && !staff,
                                 .second_factor_passed = second_factor_passed};
    CHECK_OK(site.store.write([&](store::Writing& writing) -> Status {
        CHECK_OK(writing.put_session(session));
        return writing.audit(
            {.at = now, .actor = account.id, .action = "sign_in", .outcome = "allowed"});
    }));
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(life).count();
    response.headers.emplace_back("Set-Cookie", cookie_text(request, token, seconds));
    return Done{};
}

Status end_session(Site& site, const Request& request, Response& response) {
    if (const auto token = request.cookie(cookie_name(request))) {
        const auto hash = site.vault.lookup_hash("session:" + *token);
        CHECK_OK(
            site.store.write([&](store::Writing& writing) { return writing.drop_session(hash); }));
    }
    response.headers.emplace_back("Set-Cookie", cookie_text(request, "", 0));
    response.headers.emplace_back("Clear-Site-Data", "\"cache\"");
    return Done{};
}

}  // namespace evenkeel::web
