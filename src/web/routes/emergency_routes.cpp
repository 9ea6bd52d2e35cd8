// Access in an emergency ("break-glass"): a clinician without a relation opens one record
// for a day, with a written reason. There is no list to choose from: only somebody who
// holds an exact identifier gets in. The person's therapist is told by a signal that waits
// for an answer, or where there is none a manager, and the person sees it under "who has
// looked".

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
                     .says = "The record's id, the reference on paper (EK-...), or the address "
                             "the person signs in with"});
        visit("reason", self.reason,
              Domain{.max_length = 1000,
                     .min_length = care::emergency_reason_min,
                     .says = "Read by the therapist, or by a manager where there is none, and by "
                             "the person"});
    }
};

// What a manager closes: the signal of such an access, when no therapist could be told.
struct ClosedByManager {
    Id id;
    care::Action action = care::Action::nothing_needed;
    std::string text;
    care::Judgement judgement = care::Judgement::unknown;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("id", self.id, Domain{.says = "UUIDv7 made by the writer; a retry uses it again"});
        visit("action", self.action);
        visit("text", self.text, Domain{.max_length = 4000, .min_length = 1});
        visit("judgement", self.judgement);
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

// Who could be meant: an address, or else what stands on paper.
Result<std::vector<Id>> people_named(store::Reading& reading, const std::string& who) {
    TRY(const auto account, reading.account_by_email(who));
    if (account && account->person) return std::vector{*account->person};
    return reading.people_by_paper_reference(who);
}

// The one record that the text names exactly. Fails with not_found or, where an import
// brought a reference twice, with conflict (where = "/body/who").
Result<Id> find_person(const Site& site, const std::string& who) {
    std::vector<Id> people;
    if (const auto id = parse_id(who)) {
        people = {*id};
    } else {
        CHECK_OK(site.store.read([&](store::Reading& reading) -> Status {
            TRY(people, people_named(reading, who));
            return Done{};
        }));
    }
    if (people.size() > 1) {
        return Error{Fault::conflict,
                     "/body/who",
                     "More than one person has this reference. Use the address they sign in with.",
                     {}};
    }
    if (!people.empty() && site.keeper.person(people.front()).ok()) return people.front();
    return Error{Fault::not_found,
                 "/body/who",
                 "No record has exactly this identifier. Check each letter, or ask a manager.",
                 {}};
}

Result<std::ptrdiff_t> open_now(const Site& site, const Id& account, Instant now) {
    std::ptrdiff_t count = 0;
    CHECK_OK(site.store.read([&](store::Reading& reading) -> Status {
        TRY(const auto relations, reading.relations_of_staff(account, now));
        count = std::ranges::count(relations, evenkeel::name_of(care::Basis::emergency),
                                   &store::RelationRow::basis);
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
    CHECK_OK(made_by_writer(body.id));
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
    const record::Command command{.id = body.id,
                                  .stream = person.value(),
                                  .body = care::RelationStarted{{.staff = account,
                                                                 .role = care::without_team,
                                                                 .basis = care::Basis::emergency,
                                                                 .reason = body.reason}},
                                  .effective_at = call.now,
                                  .zone = "Etc/UTC",
                                  .supersedes = {},
                                  .author = call.author()};
    const auto receipt = call.site.keeper.write(command, row);
    if (!receipt.ok()) return in_body(receipt.error());
    for (const Id& changed : receipt.value().people_changed) publish_change(call.site, changed);
    const auto& kept = std::get<care::RelationStarted>(receipt.value().entry.body);
    return reply(EmergencyAnswer{person.value(), kept.until.value_or(call.now)}, 201);
}

// Which signals a manager may close, record::decide says; the record stays shut.
Result<Response> close_as_manager(Call& call) {
    TRY(auto body, body_of<ClosedByManager>(call.request));
    CHECK_OK(made_by_writer(body.id));
    const Id id = parse_id(call.parameter("signal")).value_or(Id{});
    std::optional<store::SignalRow> signal;
    CHECK_OK(call.site.store.read([&](store::Reading& reading) -> Status {
        TRY(signal, reading.signal(id));
        return Done{};
    }));
    if (!signal) return Error{Fault::not_found, "", "There is no such signal.", {}};
    const record::Command command{.id = body.id,
                                  .stream = signal->person,
                                  .body = care::SignalClosed{.signal = signal->id,
                                                             .action = body.action,
                                                             .text = std::move(body.text),
                                                             .judgement = body.judgement,
                                                             .look_again_on = {}},
                                  .effective_at = call.now,
                                  .zone = "Etc/UTC",
                                  .supersedes = {},
                                  .author = call.author()};
    const auto receipt =
        call.site.keeper.write(command, audit_row(call, "write.signal_closed", signal->person));
    if (!receipt.ok()) return in_body(receipt.error());
    for (const Id& changed : receipt.value().people_changed) publish_change(call.site, changed);
    return no_content();
}

}  // namespace

std::vector<Route> emergency_routes(Site& site) {
    using exchange::schema_of;
    const Limits small{.max_body = 8 * 1024, .rate = RateClass::write};
    return {
        guarded_route(site, Method::post, "/api/emergency-access",
                      Access::roles("clinicians", {Role::therapist, Role::supervisor,
                                                   Role::prescriber, Role::specialist,
                                                   Role::duty_clinician, Role::group_co_leader}),
                      {.summary = "Open one record for a day, in an emergency",
                       .request_schema = schema_of<EmergencyRequest>,
                       .response_schema = schema_of<EmergencyAnswer>,
                       .limits = small,
                       .success = created},
                      open_in_emergency),
        guarded_route(site, Method::post, "/api/duties/signals/{signal}/close",
                      Access::roles("managers", {Role::manager}),
                      {.summary = "Close the signal of an access in an emergency that came to a "
                                  "manager",
                       .request_schema = schema_of<ClosedByManager>,
                       .limits = small,
                       .success = no_body},
                      close_as_manager)};
}

}  // namespace evenkeel::web
