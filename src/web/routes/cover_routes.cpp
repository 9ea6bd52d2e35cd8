// Leave and cover: for some days a colleague stands in for everybody in a therapist's care.
// Each person in care gets a relation (record/cover.h), all of them or none; with its last day
// the access ends by itself.

#include <algorithm>

#include "web/views/care_view.h"

namespace evenkeel::web {
namespace {

using care::Role;

constexpr std::chrono::days longest{366};

struct CoverView {
    Id away;
    std::string away_name;
    Id by;
    std::string by_name;
    Day first_day{};
    Day last_day{};
    int people = 0;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("away", self.away);
        visit("away_name", self.away_name);
        visit("by", self.by);
        visit("by_name", self.by_name);
        visit("first_day", self.first_day);
        visit("last_day", self.last_day);
        visit("people", self.people, Domain{.says = "In care; who they are, only the team sees"});
    }
};

struct Covers {
    Day today{};
    std::vector<StaffName> staff;
    std::vector<CoverView> covers;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("today", self.today, Domain{.says = "In the zone of the service"});
        visit("staff", self.staff, Domain{.says = "Clinicians who can sign in"});
        visit("covers", self.covers,
              Domain{.says = "Not over yet; a therapist's own, for a manager all"});
    }
};

struct NewCover {
    Id id;
    std::optional<Id> away;
    Id by;
    Day first_day{};
    Day last_day{};
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("id", self.id, Domain{.says = "UUIDv7 made by the writer; a retry uses it again"});
        visit("away", self.away, Domain{.says = "A therapist; absent: whoever asks"});
        visit("by", self.by, Domain{.says = "The clinician who stands in"});
        visit("first_day", self.first_day);
        visit("last_day", self.last_day);
    }
};

struct EndedCover {
    Id id;
    Id away;
    Id by;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("id", self.id, Domain{.says = "UUIDv7 made by the writer; a retry uses it again"});
        visit("away", self.away);
        visit("by", self.by);
    }
};

Result<std::string> zone_of(const Call& call) {
    TRY(const auto organisation, call.site.keeper.organisation());
    return organisation.settings ? organisation.settings->zone : std::string("Etc/UTC");
}

// A therapist arranges the own leave; a manager anybody's.
Result<Id> who_is_away(const Call& call, const std::optional<Id>& named) {
    const Id& self = call.who().account.id;
    if (call.who().role == Role::manager) {
        if (!named) return Error{Fault::invalid_input, "/body/away", "Choose who is away.", {}};
        CHECK_OK(staff_account(call.site, *named, "/body/away"));
        return *named;
    }
    if (named && *named != self) {
        return Error{Fault::forbidden,
                     "/body/away",
                     "You can arrange cover for yourself. A manager does it for others.",
                     {}};
    }
    return self;
}

// Everybody for whom the account is the assigned therapist at some time from `since` on.
Result<std::vector<Id>> in_care_of(const Call& call, const Id& therapist, Instant since) {
    std::vector<Id> people;
    CHECK_OK(call.site.store.read([&](store::Reading& reading) -> Status {
        TRY(const auto relations, reading.relations_of_staff(therapist, since));
        for (const auto& each : relations) {
            const bool assigned = each.role == evenkeel::name_of(Role::therapist) &&
                                  each.basis == evenkeel::name_of(care::Basis::assigned);
            if (assigned) people.push_back(each.person);
        }
        return Done{};
    }));
    people.erase(std::unique(people.begin(), people.end()), people.end());  // they are sorted
    return people;
}

Result<std::vector<care::Cover>> covers_of(const Call& call, const Id& account) {
    std::vector<care::Cover> covers;
    CHECK_OK(call.site.store.read([&](store::Reading& reading) -> Status {
        TRY(covers, reading.covers_of_staff(account, call.now));
        return Done{};
    }));
    return covers;
}

// The same command for each person; a retry makes the same ids.
std::vector<record::Command> for_each(const Call& call, const std::vector<Id>& people,
                                      const Id& request, const record::Body& body, Instant at,
                                      const std::string& zone) {
    std::vector<record::Command> out;
    for (const Id& person : people) {
        out.push_back({.id = derived_id(request, "cover." + to_string(person)),
                       .stream = person,
                       .body = body,
                       .effective_at = at,
                       .zone = zone,
                       .supersedes = {},
                       .author = call.author()});
    }
    return out;
}

// All of them or none, each with its audit row: the person sees it under "who has looked".
Status write_all(const Call& call, const std::vector<record::Command>& commands) {
    const auto row_of = [&](std::optional<Id> person) {
        return audit_row(call, "write.cover", person);
    };
    const auto written =
        call.site.keeper.write_all(commands, row_of({}), [&](store::Writing& writing) -> Status {
            for (const auto& each : commands) CHECK_OK(writing.audit(row_of(each.stream)));
            return Done{};
        });
    if (!written.ok()) return written.error();
    for (const auto& each : commands) publish_change(call.site, each.stream);
    return Done{};
}

Status days_fit(const NewCover& body, Day today) {
    Faults faults;
    if (body.first_day < today) faults.add("/body/first_day", "Give today or a later day.");
    if (body.last_day < body.first_day) {
        faults.add("/body/last_day", "Give the first day or a later one.");
    } else if (body.last_day - body.first_day > longest) {
        faults.add("/body/last_day", "Give a day within a year of the first one.");
    }
    if (!faults.none()) return faults.error();
    return Done{};
}

// What record::decide names of a relation, at the fields that were sent.
Error of_cover(const Error& error) {
    Faults faults;
    for (const auto& each : error.problems()) {
        const bool of_staff = each.where == "/staff";
        const bool of_days = each.where == "/until";
        faults.add(of_staff  ? "/body/by"
                   : of_days ? "/body/last_day"
                             : "/body" + each.where,
                   each.message);
    }
    return faults.error(error.fault);
}

CoverView view_of(const care::Cover& cover, Names& names, const std::string& zone) {
    return {.away = cover.away,
            .away_name = names.of(cover.away),
            .by = cover.by,
            .by_name = names.of(cover.by),
            .first_day = local_day(cover.since, zone),
            .last_day = local_day(cover.until - Milliseconds{1}, zone),
            .people = cover.people};
}

Result<Response> covers(Call& call) {
    TRY(const auto zone, zone_of(call));
    Covers out;
    out.today = local_day(call.now, zone);
    CHECK_OK(call.site.store.read([&](store::Reading& reading) -> Status {
        TRY(const auto accounts, reading.accounts_but("client"));
        for (const auto& each : accounts) {
            const auto role = known_code<Role>(each.role);
            if (each.active && care::is_clinician(role)) {
                out.staff.push_back({each.id, each.name, role});
            }
        }
        return Done{};
    }));
    std::vector<care::Cover> found;
    if (call.who().role == Role::manager) {
        for (const auto& each : out.staff) {
            TRY(const auto own, covers_of(call, each.account));
            std::ranges::copy_if(own, std::back_inserter(found),
                                 [&](const auto& cover) { return cover.away == each.account; });
        }
        std::ranges::stable_sort(found, {}, &care::Cover::since);
    } else {
        TRY(found, covers_of(call, call.who().account.id));
    }
    Names names(call.site);
    for (const auto& each : found) out.covers.push_back(view_of(each, names, zone));
    return reply(out);
}

Result<Response> arrange(Call& call) {
    TRY(const auto body, body_of<NewCover>(call.request));
    CHECK_OK(made_by_writer(body.id));
    TRY(const Id away, who_is_away(call, body.away));
    CHECK_OK(staff_account(call.site, body.by, "/body/by"));
    TRY(const auto zone, zone_of(call));
    CHECK_OK(days_fit(body, local_day(call.now, zone)));
    const auto since = std::max(instant_of(body.first_day, {}, zone), call.now);
    const auto until = instant_of(body.last_day + std::chrono::days{1}, {}, zone);
    TRY(const auto people, in_care_of(call, away, since));
    if (people.empty()) {
        return Error{Fault::conflict,
                     call.who().role == Role::manager ? "/body/away" : "",
                     "Nobody is in this therapist's care, so nobody needs to stand in.",
                     {}};
    }
    const care::RelationStarted cover{
        {.staff = body.by, .role = Role::therapist, .basis = care::Basis::cover, .until = until}};
    const auto written = write_all(call, for_each(call, people, body.id, cover, since, zone));
    if (!written.ok()) return of_cover(written.error());
    Names names(call.site);
    return reply(
        view_of({away, body.by, since, until, static_cast<int>(people.size())}, names, zone), 201);
}

// From now on; what was, stays in the record. Nothing to end any more is as good as ended.
Result<Response> end_cover(Call& call) {
    TRY(const auto body, body_of<EndedCover>(call.request));
    CHECK_OK(made_by_writer(body.id));
    TRY(const Id away, who_is_away(call, body.away));
    TRY(const auto zone, zone_of(call));
    std::vector<Id> people;
    TRY(const auto in_care, in_care_of(call, away, call.now));
    for (const Id& person : in_care) {
        TRY(const auto state, call.site.keeper.person(person));
        const bool covered = std::ranges::any_of(state.relations, [&](const auto& each) {
            return each.staff == body.by && each.role == Role::therapist &&
                   each.basis == care::Basis::cover && each.since < *each.until &&
                   call.now < *each.until;
        });
        if (covered) people.push_back(person);
    }
    if (people.empty()) return no_content();
    const care::RelationEnded ended{body.by, Role::therapist, care::Basis::cover};
    const auto written = write_all(call, for_each(call, people, body.id, ended, call.now, zone));
    if (!written.ok()) return of_cover(written.error());
    return no_content();
}

}  // namespace

std::vector<Route> cover_routes(Site& site) {
    using exchange::schema_of;
    const auto arrangers =
        Access::roles("therapists and managers", {Role::therapist, Role::manager});
    const Limits small{.max_body = 8 * 1024, .rate = RateClass::write};
    return {
        guarded_route(site, Method::get, "/api/cover", arrangers,
                      {.summary = "Who stands in for whom", .response_schema = schema_of<Covers>},
                      covers),
        guarded_route(site, Method::post, "/api/cover", arrangers,
                      {.summary = "Let a colleague stand in for everybody in a therapist's care",
                       .request_schema = schema_of<NewCover>,
                       .response_schema = schema_of<CoverView>,
                       .limits = small,
                       .success = created},
                      arrange),
        guarded_route(site, Method::post, "/api/cover/end", arrangers,
                      {.summary = "Let what a colleague stands in for end now",
                       .request_schema = schema_of<EndedCover>,
                       .limits = small,
                       .success = no_body},
                      end_cover)};
}

}  // namespace evenkeel::web
