// The one way to write to a person's record.

#include <algorithm>
#include <array>

#include "store/codec.h"
#include "web/site.h"
#include "web/views/course_view.h"

namespace evenkeel::web {
namespace {

// Roles that write through this route; which kinds, record::decide says.
constexpr std::array writers{care::Role::client, care::Role::therapist, care::Role::supervisor,
                             care::Role::group_co_leader, care::Role::duty_clinician};

struct NewEntry {
    Id id;
    std::string kind;
    Instant effective_at{};
    std::string zone;
    Instant sent_at{};
    std::optional<Id> supersedes;
    exchange::Json body;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("id", self.id, Domain{.says = "UUIDv7 made by the writer; a retry uses it again"});
        visit("kind", self.kind, Domain{.max_length = 40, .min_length = 1});
        visit("effective_at", self.effective_at, Domain{.says = "When it happened"});
        visit("zone", self.zone, Domain{.max_length = 64, .min_length = 1});
        visit("sent_at", self.sent_at,
              Domain{.says = "The writer's clock now; a wrong clock is corrected by it"});
        visit("supersedes", self.supersedes);
        visit("body", self.body);
    }
};

struct WrittenScore {
    std::optional<double> total;
    std::optional<std::string> band;
    bool prorated = false;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("total", self.total);
        visit("band", self.band);
        visit("prorated", self.prorated);
    }
};

struct Written {
    Id id;
    std::uint64_t seq = 0;
    Instant recorded_at{};
    record::Show show;
    std::optional<WrittenScore> score;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("id", self.id);
        visit("seq", self.seq);
        visit("recorded_at", self.recorded_at);
        visit("show", self.show);
        visit("score", self.score);
    }
};

// What decide() names stands in the entry's own body, save these.
Error in_entry(const Error& error) {
    Faults faults;
    for (const auto& each : error.problems()) {
        const bool outer = each.where == "/zone" || each.where == "/supersedes" ||
                           each.where == "/id" || each.where == "/kind";
        faults.add((outer ? "/body" : "/body/body") + each.where, each.message);
    }
    return faults.error(error.fault);
}

// A relation must be to somebody who can have it. What a clinician takes in an emergency has a
// way in of its own, which counts the tries.
Status relation_fits(const Site& site, const record::Body& body) {
    const auto* relation = std::get_if<care::RelationStarted>(&body);
    if (relation == nullptr) return Done{};
    if (care::giver_of(relation->basis) == care::Giver::oneself) {
        return Error{Fault::forbidden,
                     "/body/body/basis",
                     "A record is opened in an emergency on the page for it.",
                     {}};
    }
    if (relation->role == care::Role::supporter) {
        std::optional<store::Account> account;
        CHECK_OK(site.store.read([&](store::Reading& reading) -> Status {
            TRY(account, reading.account(relation->staff));
            return Done{};
        }));
        if (account && account->active && account->role == "supporter") return Done{};
        return Error{Fault::invalid_input,
                     "/body/body/staff",
                     "This is no active account of a supporter.",
                     {}};
    }
    if (!care::is_clinician(relation->role)) {
        return Error{Fault::invalid_input,
                     "/body/body/role",
                     "Choose the role of a clinician or of a supporter.",
                     {}};
    }
    CHECK_OK(staff_account(site, relation->staff, "/body/body/staff"));
    return Done{};
}

// A referral makes a person, an account and a code with it, which only its own routes do.
template <class Kind>
constexpr bool has_own_route =
    std::is_same_v<Kind, care::ReferralReceived> || std::is_same_v<Kind, care::ReferralStep>;

Status comes_this_way(const record::Body& body) {
    return std::visit(
        []<class Kind>(const Kind&) -> Status {
            if constexpr (has_own_route<Kind>) {
                return Error{Fault::forbidden,
                             "/body/kind",
                             "A referral is written on the waiting list.",
                             {}};
            }
            return Done{};
        },
        body);
}

Result<Response> write_entry(Call& call) {
    TRY(const auto sent, body_of<NewEntry>(call.request));
    auto body = store::body_of_kind(sent.kind, sent.body);
    if (!body.ok()) return in_entry(body.error());
    CHECK_OK(made_by_writer(sent.id));
    CHECK_OK(comes_this_way(body.value()));
    CHECK_OK(relation_fits(call.site, body.value()));
    record::Command command{
        .id = sent.id,
        .stream = call.person,
        .body = std::move(body).value(),
        .effective_at = record::corrected(sent.effective_at, sent.sent_at, call.now),
        .zone = sent.zone,
        .supersedes = sent.supersedes,
        .author = call.author()};
    const auto receipt = call.site.keeper.write(
        command,
        audit_row(call, "write." + std::string(record::kind_of(command.body)), call.person));
    if (!receipt.ok()) return in_entry(receipt.error());
    const auto& kept = receipt.value();
    for (const Id& person : kept.people_changed) publish_change(call.site, person);
    Written written{.id = kept.entry.id,
                    .seq = kept.entry.seq,
                    .recorded_at = kept.entry.recorded_at,
                    .show = kept.show};
    if (kept.score) {
        written.score = WrittenScore{kept.score->total, kept.score->band, kept.score->prorated};
    }
    return reply(written, kept.fresh ? 201 : 200);
}

// One alternative for each kind that a person may write: the kind and its body.
template <class Kind>
void write_kind(exchange::JsonWriter& out, exchange::NamedSchemas& named) {
    const bool written = std::any_of(writers.begin(), writers.end(), [](care::Role role) {
        return record::may_write(role, Kind::kind);
    });
    if (!written || has_own_route<Kind>) return;
    out.raw(R"({"type":"object","properties":{"kind":{"const":")" + std::string(Kind::kind) +
            R"("},"body":)" + exchange::schema_of<Kind>(named) +
            R"(},"required":["kind","body"]})");
}

std::string new_entry_schema(exchange::NamedSchemas& named) {
    exchange::JsonWriter out;
    out.begin_object();
    out.key("allOf");
    out.begin_list();
    out.raw(exchange::schema_of<NewEntry>(named));
    out.begin_object();
    out.key("oneOf");
    out.begin_list();
    [&]<class... Kind>(std::type_identity<std::variant<Kind...>>) {
        (write_kind<Kind>(out, named), ...);
    }(std::type_identity<record::Body>{});
    out.end_list();
    out.end_object();
    out.end_list();
    out.end_object();
    return out.take();
}

}  // namespace

std::vector<Route> entry_routes(Site& site) {
    using care::Role;
    // Which role may write which kind is decided in record::decide.
    return {guarded_route(site, Method::post, "/api/people/{person}/entries",
                          Access::person("the person, and staff in a relation to them",
                                         {Role::therapist, Role::supervisor, Role::group_co_leader,
                                          Role::duty_clinician}),
                          {"Write an entry to a person's record",
                           new_entry_schema,
                           exchange::schema_of<Written>,
                           Limits{.max_body = 64 * 1024, .rate = RateClass::write},
                           {},
                           Success{.statuses = {201, 200}}},
                          write_entry)};
}

}  // namespace evenkeel::web
