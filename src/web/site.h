#pragma once
// What the routes stand on, and who is calling.
//
// A route is a plain function Call -> Response. It is reached only through
// `guarded_route`, which finds the session, checks the route's Access, refuses
// cross-site writes and writes the audit row of every staff read.

#include <functional>

#include "exchange/schema.h"
#include "knowledge/load.h"
#include "store/keeper.h"
#include "web/event_hub.h"
#include "web/guessing.h"
#include "web/hashing_turns.h"
#include "web/router.h"

namespace evenkeel::web {

struct SiteSettings {
    bool demo = false;
    bool solo = false;
};

struct Site {
    store::Vault& vault;
    store::Store& store;
    store::Keeper& keeper;
    const knowledge::Knowledge& knowledge;
    const Clock& clock;
    EventHub& hub;
    SiteSettings settings;
    GuessingLimit guessing = {};
    HashingTurns hashing = HashingTurns{};
};

struct Actor {
    store::Account account;
    care::Role role = care::Role::client;
    store::Session session;
};

struct Call {
    Site& site;
    const Request& request;
    const Actor* actor = nullptr;  // nobody signed in: only on routes for anyone
    Id person = {};                // of the path, where the route has one
    Instant now{};
    // What the caller is to this person: decides what may be written. Whoever has access
    // by an open signal alone acts as the duty clinician, whatever else the account is.
    care::Role acting_as = care::Role::client;

    // Only on routes that need a session.
    [[nodiscard]] const Actor& who() const {
        EK_ASSERT(actor != nullptr);
        return *actor;
    }
    [[nodiscard]] care::Author author() const { return {who().account.id, acting_as}; }
    [[nodiscard]] const std::string& parameter(const char* name) const {
        return request.parameters.at(name);
    }
};

using RouteFunction = Result<Response> (*)(Call&);

struct RouteText {
    std::string_view summary;
    SchemaText request_schema = nullptr;
    SchemaText response_schema = nullptr;
    Limits limits = {};
    std::string_view audit = {};  // "read.glance": staff reads with this name are kept
    Success success = {};
    std::vector<QueryParameter> query = {};
    Sent sent = Sent::json;
};

// Of a route that answers 201 with what it made, and of one that answers 204.
inline const Success created{.statuses = {201}};
inline const Success no_body{.statuses = {204}, .content_type = {}};

// A route behind its guard.
Route guarded_route(Site&, Method, std::string pattern, Access, RouteText, RouteFunction);

// The whole table.
std::vector<Route> site_routes(Site&);
std::vector<Route> public_routes(Site&);
std::vector<Route> account_routes(Site&);
std::vector<Route> entry_routes(Site&);
std::vector<Route> client_routes(Site&);
std::vector<Route> care_routes(Site&);
std::vector<Route> watch_routes(Site&);
std::vector<Route> emergency_routes(Site&);
std::vector<Route> cover_routes(Site&);
std::vector<Route> manage_routes(Site&);
std::vector<Route> plan_routes(Site&);
std::vector<Route> referral_routes(Site&);

// ---- sessions (session.cpp) --------------------------------------------------------

// The account of the session cookie, or unauthenticated.
Result<Actor> signed_in(Site&, const Request&, Instant now);
// Starts a session and gives the response its cookie.
Status start_session(Site&, const Request&, const store::Account&, bool device_is_mine,
                     bool second_factor_passed, Instant now, Response&);
Status end_session(Site&, const Request&, Response&);
// Must this account set up a second factor before anything else?
bool must_enrol(const Site&, const store::Account&);

// ---- small things every route needs ------------------------------------------------

// The body as a described struct; every pointer prefixed "/body".
template <class T>
Result<T> body_of(const Request& request) {
    auto read = exchange::read_json<T>(request.body);
    if (read.ok()) return read;
    Faults faults;
    for (const auto& each : read.error().problems()) {
        faults.add("/body" + each.where, each.message);
    }
    return faults.error(read.error().fault);
}

template <class T>
Response reply(const T& view, int status = 200) {
    return json_response(exchange::to_json(view), status);
}

// An error of the core, whose pointers count from a part of the body, as the caller sees
// it: "/zone" -> "/body/terms/zone".
Error in_body(const Error&, std::string_view prefix = "/body");

// Ids of consequences are made here from the id of their cause and bear version 8; a
// writer's own id is of version 7, so nobody can take the id of a signal to come. Else
// invalid_input at "/body/id".
Status made_by_writer(const Id&);

// The account that a body names, when it is active and may have that role for a person.
// Else invalid_input at `where`: a signal must not be owned by nobody.
Result<store::Account> staff_account(const Site&, const Id&, std::string_view where);

// Reads the account again, lets `change` change it and stores it, in one transaction: what
// was read before may be old by now, and an account switched off must stay off.
Status change_account(Site&, const Id& account,
                      const std::function<Status(store::Writing&, store::Account&)>& change);

// The value of a code that the store keeps. Broken invariant: no such code.
template <NamedEnum E>
E known_code(std::string_view code) {
    const auto value = enum_named<E>(code);
    EK_ASSERT(value);
    return *value;
}

// An audit row of what the caller does now.
store::AuditRow audit_row(const Call&, std::string action, std::optional<Id> person = {});

// What a new account signs in with for the first time; shown once.
struct InvitationCode {
    std::string code;
    Instant expires_at{};
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("code", self.code);
        visit("expires_at", self.expires_at);
    }
};

// A reference for paper that nobody has; random, since a running number would tell how many.
Result<std::string> new_reference(const Site&);

// Names of accounts, each opened once.
class Names {
  public:
    explicit Names(const Site& site) : site_(site) {}
    // "" for the service itself and for accounts that are gone.
    const std::string& of(const Id& account);

  private:
    const Site& site_;
    std::map<Id, std::string> known_;
};

}  // namespace evenkeel::web
