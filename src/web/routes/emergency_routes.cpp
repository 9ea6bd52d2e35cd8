// Access in an emergency ("break-glass"): a clinician without a relation opens one record
// for a day, with a written reason. There is no list to choose from: only somebody who
// holds an exact identifier gets in. The person's therapist is told by a signal that waits
// for an answer, and the person sees it under "who has looked".

#include <algorithm>

#include "web/rate_limit.h"
#include "web/views/course_view.h"

namespace evenkeel::web {
namespace {

using care::Role;

// Records that one clinician may have open this way at a time.
constexpr std::ptrdiff_t open_at_once = 5;

struct EmergencyRequest {
    Id id;
    std::string who;
    std::string reason;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("id", self.id, Domain{.says = "UUIDv7 made by the writer; a retry uses it again"});
        visit("who", self.who,
              Domain{.max_length = 320,
                     .min_length = 3,
                     .says = "The record's id, or the address the person signs in with"});
        visit("reason", self.reason,
              Domain{.max_length = 1000,
                     .min_length = 10,
                     .says = "Read by the therapist and by the person"});
    }
};

struct EmergencyAnswer {
    Id person;
    Instant until{};
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("person", self.person);
        visit("until", self.until);
    }
};

// The record that the text names exactly. Fails with not_found (where = "/body/who").
Result<Id> find_person(const Site& site, const std::string& who) {
    auto person = parse_id(who);
    if (!person) {
        CHECK_OK(site.store.read([&](store::Reading& reading) -> Status {
            TRY(const auto account, reading.account_by_email(who));
            if (account) person = account->person;
            return Done{};
        }));
    }
    if (person && site.keeper.person(*person).ok()) return *person;
    return Error{Fault::not_found,
                 "/body/who",
                 "No record has exactly this identifier. Check each letter, or ask a manager.",
                 {}};
}

Result<std::ptrdiff_t> open_now(const Site& site, const Id& account, Instant now) {
    std::ptrdiff_t count = 0;
    CHECK_OK(site.store.read([&](store::Reading& reading) -> Status {
        TRY(const auto relations, reading.relations_of_staff(account, now));
        // A relation that stands has no end in sight; access in an emergency has.
        count = std::count_if(relations.begin(), relations.end(),
                              [](const auto& each) { return each.until.has_value(); });
        return Done{};
    }));
    return count;
}

Status keep_miss(Call& call, std::string_view outcome, const std::string& reason) {
    auto row = audit_row(call, "emergency_access");
    row.outcome = outcome;
    row.reason = reason;
    return call.site.store.write([&](store::Writing& writing) { return writing.audit(row); });
}

Result<Response> open_in_emergency(Call& call) {
    TRY(const auto body, body_of<EmergencyRequest>(call.request));
    const Id& account = call.who().account.id;
    // Counted whether it hits or not: nobody tries out identifiers.
    if (const auto wait = call.site.guessing.guess("emergency:" + to_string(account),
                                                   call.request.peer, call.now)) {
        return slow_down(*wait, "Too many tries. In danger, call the emergency number.");
    }
    const auto person = find_person(call.site, body.who);
    if (!person.ok()) {
        CHECK_OK(keep_miss(call, "refused", body.reason));
        return person.error();
    }
    TRY(const auto open, open_now(call.site, account, call.now));
    if (open >= open_at_once) {
        return Error{Fault::conflict,
                     "",
                     "You have five records open this way. Ask a manager for a relation.",
                     {}};
    }
    auto row = audit_row(call, "emergency_access", person.value());
    row.reason = body.reason;
    const record::Command command{
        .id = body.id,
        .stream = person.value(),
        .body = care::EmergencyAccess{.staff = account, .reason = body.reason, .until = {}},
        .effective_at = call.now,
        .zone = "Etc/UTC",
        .supersedes = {},
        .author = call.author()};
    const auto receipt = call.site.keeper.write(command, row);
    if (!receipt.ok()) return in_body(receipt.error());
    for (const Id& changed : receipt.value().people_changed) publish_change(call.site, changed);
    const auto& kept = std::get<care::EmergencyAccess>(receipt.value().entry.body);
    return reply(EmergencyAnswer{person.value(), kept.until.value_or(call.now)}, 201);
}

}  // namespace

std::vector<Route> emergency_routes(Site& site) {
    using exchange::schema_of;
    return {guarded_route(
        site, Method::post, "/api/emergency-access",
        Access::roles("clinicians",
                      {Role::therapist, Role::supervisor, Role::prescriber, Role::specialist,
                       Role::duty_clinician, Role::group_co_leader}),
        {.summary = "Open one record for a day, in an emergency",
         .request_schema = schema_of<EmergencyRequest>,
         .response_schema = schema_of<EmergencyAnswer>,
         .limits = {.max_body = 8 * 1024, .rate = RateClass::write},
         .success = created},
        open_in_emergency)};
}

}  // namespace evenkeel::web
