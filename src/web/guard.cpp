// One place decides who may do what: every route is behind this guard.

#include "web/site.h"

namespace evenkeel::web {
namespace {

Error no_access() {
    // Says whom to ask, never whether the record exists.
    return {Fault::forbidden,
            "",
            "You have no access to this. Ask the person's therapist or a "
            "manager if you need it.",
            {}};
}

bool changes_something(Method method) {
    return method != Method::get && method != Method::head;
}

// Cross-site requests carry no custom header (it would need a preflight, which is
// refused), and browsers say where they come from.
Status same_site(const Request& request, Sent sent) {
    if (!changes_something(request.method)) return Done{};
    const auto site = request.headers.get("sec-fetch-site");
    const bool foreign = !site.empty() && site != "same-origin" && site != "none";
    const auto type = request.headers.get("content-type");
    // A page without script can set no header; no session of a reader goes with its form.
    const bool ours = sent == Sent::form || request.headers.get("x-evenkeel") == "1";
    if (foreign || !ours) {
        return Error{Fault::forbidden,
                     "",
                     "Send this from Evenkeel itself, with the header "
                     "X-Evenkeel: 1.",
                     {}};
    }
    const std::string_view wanted =
        sent == Sent::form ? "application/x-www-form-urlencoded" : "application/json";
    if (!request.body.empty() && !type.starts_with(wanted)) {
        return Error{Fault::invalid_input, "", "Send the body as " + std::string(wanted) + ".", {}};
    }
    return Done{};
}

// A relation opens a record only to an account that could have it: a client's account
// never reads another person's record, whatever relation somebody wrote.
bool fits(care::Role relation, care::Role account) {
    if (relation == care::Role::supporter) return account == care::Role::supporter;
    return care::is_clinician(account);
}

// What the caller is to the person now, by the relation that allows most here; the roles
// stand in that order. Nothing when there is no access.
Result<std::optional<care::Role>> stands_in_relation(Site& site, const Access& access,
                                                     const Actor& actor, const Id& person,
                                                     Instant now) {
    std::optional<care::Role> best;
    CHECK_OK(site.store.read([&](store::Reading& reading) -> Status {
        TRY(const auto relations, reading.relations_of_person(person));
        for (const auto& each : relations) {
            const auto role = enum_named<care::Role>(each.role);
            const bool current = each.since <= now && (!each.until || now < *each.until);
            if (each.staff != actor.account.id || !current || !role) continue;
            if (!access.holds(*role) || !fits(*role, actor.role)) continue;
            if (!best || *role < *best) best = *role;
        }
        return Done{};
    }));
    return best;
}

Status check_access(const Access& access, Call& call) {
    switch (access.rule()) {
        case Access::Rule::anyone:
        case Access::Rule::signed_in:
            return Done{};
        case Access::Rule::roles:
            if (access.holds(call.who().role)) return Done{};
            return no_access();
        case Access::Rule::person:
            break;
    }
    const auto person = parse_id(call.parameter("person"));
    if (!person) return no_access();
    call.person = *person;
    if (access.own() && call.who().account.person == *person) return Done{};
    TRY(const auto role, stands_in_relation(call.site, access, call.who(), *person, call.now));
    if (!role) return no_access();
    call.acting_as = *role;
    return Done{};
}

Status keep_audit(Call& call, std::string_view action, bool allowed) {
    auto row = audit_row(call, std::string(action));
    row.outcome = allowed ? "allowed" : "refused";
    if (!call.person.is_nil()) row.person = call.person;
    return call.site.store.write([&](store::Writing& writing) { return writing.audit(row); });
}

Result<Response> guarded(Site& site, const Access& access, std::string_view audit, Sent sent,
                         RouteFunction function, const Request& request) {
    CHECK_OK(same_site(request, sent));
    Call call{.site = site, .request = request, .now = site.clock.now()};
    std::optional<Actor> actor;
    if (access.rule() != Access::Rule::anyone) {
        TRY(Actor found, signed_in(site, request, call.now));
        actor = std::move(found);
        call.actor = &*actor;
        call.acting_as = actor->role;
        if (must_enrol(site, actor->account) && !access.enrolling()) {
            return Error{
                Fault::forbidden, "/second_factor", "Set up your second factor first.", {}};
        }
    }
    const auto allowed = check_access(access, call);
    const bool by_staff = actor && actor->role != care::Role::client;
    if (actor && (!allowed.ok() || (by_staff && !audit.empty()))) {
        CHECK_OK(keep_audit(call, audit.empty() ? request.route : audit, allowed.ok()));
    }
    CHECK_OK(allowed);
    return function(call);
}

}  // namespace

Route guarded_route(Site& site, Method method, std::string pattern, Access access, RouteText text,
                    RouteFunction function) {
    Route route{.method = method,
                .pattern = std::move(pattern),
                .access = access,
                .limits = text.limits,
                .summary = text.summary,
                .success = std::move(text.success),
                .sent = text.sent,
                .query = std::move(text.query),
                .request_schema = text.request_schema,
                .response_schema = text.response_schema};
    route.handler = [&site, access, audit = text.audit, sent = text.sent,
                     function](const Request& request) {
        return guarded(site, access, audit, sent, function, request);
    };
    return route;
}

std::vector<Route> site_routes(Site& site) {
    std::vector<Route> all;
    for (auto* part :
         {public_routes, account_routes, entry_routes, client_routes, care_routes, plan_routes,
          watch_routes, referral_routes, cover_routes, emergency_routes, manage_routes}) {
        for (auto& route : part(site)) all.push_back(std::move(route));
    }
    return all;
}

Error in_body(const Error& error, std::string_view prefix) {
    Faults faults;
    for (const auto& each : error.problems()) {
        faults.add(std::string(prefix) + each.where, each.message);
    }
    return faults.error(error.fault);
}

Status made_by_writer(const Id& id) {
    if (id.bytes[6] >> 4 == 7) return Done{};
    return Error{Fault::invalid_input,
                 "/body/id",
                 "Make an id of version 7, such as 018f3c2e-7b1a-7c3d-9e4f-0123456789ab.",
                 {}};
}

Result<store::Account> staff_account(const Site& site, const Id& id, std::string_view where) {
    std::optional<store::Account> account;
    CHECK_OK(site.store.read([&](store::Reading& reading) -> Status {
        TRY(account, reading.account(id));
        return Done{};
    }));
    const auto role = account ? enum_named<care::Role>(account->role) : std::nullopt;
    if (account && account->active && role && care::is_clinician(*role)) return *account;
    return Error{Fault::invalid_input,
                 std::string(where),
                 "This is no active account of a clinician. Choose one from the staff list.",
                 {}};
}

Status change_account(Site& site, const Id& id,
                      const std::function<Status(store::Writing&, store::Account&)>& change) {
    return site.store.write([&](store::Writing& writing) -> Status {
        TRY(auto account, writing.account(id));
        if (!account || !account->active) {
            return Error{Fault::unauthenticated, "", "This account is switched off.", {}};
        }
        CHECK_OK(change(writing, *account));
        return writing.put_account(*account);
    });
}

store::AuditRow audit_row(const Call& call, std::string action, std::optional<Id> person) {
    return {.at = call.now,
            .actor = call.actor == nullptr ? Id{} : call.actor->account.id,
            .person = person,
            .action = std::move(action),
            .outcome = "allowed"};
}

const std::string& Names::of(const Id& account) {
    const auto found = known_.find(account);
    if (found != known_.end()) return found->second;
    std::string name;
    if (!account.is_nil()) {
        (void)site_.store.read([&](store::Reading& reading) -> Status {
            TRY(const auto row, reading.account(account));
            if (row) name = row->name;
            return Done{};
        });
    }
    return known_.emplace(account, std::move(name)).first->second;
}

}  // namespace evenkeel::web
