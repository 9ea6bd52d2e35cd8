// The care team's pages: caseload, glance, signals, inviting a person.

#include <fmt/format.h>

#include <algorithm>

#include "store/one_time_code.h"
#include "web/views/care_view.h"

namespace evenkeel::web {
namespace {

using care::Role;

struct TierView {
    care::Tier tier = care::Tier::rest;
    std::vector<Row> people;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("tier", self.tier);
        visit("people", self.people);
    }
};

struct DutyView {
    std::string name;
    std::optional<std::string> phone;
    Instant until{};
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("name", self.name);
        visit("phone", self.phone);
        visit("until", self.until);
    }
};

struct Caseload {
    Instant as_of{};
    int total = 0;
    std::optional<DutyView> duty;
    std::vector<TierView> tiers;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("as_of", self.as_of);
        visit("total", self.total);
        visit("duty", self.duty);
        visit("tiers", self.tiers);
    }
};

struct Signals {
    std::vector<SignalView> signals;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("signals", self.signals);
    }
};

struct NewPerson {
    std::string name;
    std::optional<Day> born;
    std::optional<care::Pronoun> pronoun;
    std::optional<std::string> email;
    std::optional<std::string> zone;
    std::optional<Id> therapist;  // for managers
    care::EpisodeTerms terms;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("name", self.name, Domain{.max_length = 200, .min_length = 1});
        visit("born", self.born);
        visit("pronoun", self.pronoun);
        visit("email", self.email, Domain{.max_length = 320});
        visit("zone", self.zone, Domain{.max_length = 64});
        visit("therapist", self.therapist);
        visit("terms", self.terms);
    }
};

struct Invited {
    Id person;
    InvitationCode invitation;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("person", self.person);
        visit("invitation", self.invitation);
    }
};

// Everybody to whom I stand in a relation now.
Result<std::vector<Id>> people_of(Call& call) {
    std::vector<Id> people;
    CHECK_OK(call.site.store.read([&](store::Reading& reading) -> Status {
        TRY(const auto relations, reading.relations_of_staff(call.who().account.id, call.now));
        for (const auto& each : relations) people.push_back(each.person);
        return Done{};
    }));
    // One person for each relation, so some come twice.
    std::sort(people.begin(), people.end());
    people.erase(std::unique(people.begin(), people.end()), people.end());
    return people;
}

Result<Response> caseload(Call& call) {
    TRY(const auto people, people_of(call));
    std::vector<Placed> placed;
    for (const Id& person : people) {
        const auto state = call.site.keeper.person(person);
        if (!state.ok()) continue;  // erased
        placed.push_back(place_in_caseload(call.site, state.value(), call.now));
    }
    std::stable_sort(placed.begin(), placed.end(), [](const auto& a, const auto& b) {
        return std::pair{a.tier, a.since} < std::pair{b.tier, b.since};
    });
    Caseload out{.as_of = call.now, .total = static_cast<int>(placed.size())};
    for (auto& each : placed) {
        if (out.tiers.empty() || out.tiers.back().tier != each.tier) {
            out.tiers.push_back({.tier = each.tier});
        }
        out.tiers.back().people.push_back(std::move(each.row));
    }
    TRY(const auto organisation, call.site.keeper.organisation());
    if (organisation.settings) {
        if (const auto duty = care::on_duty(*organisation.settings, call.now)) {
            Names names(call.site);
            out.duty = DutyView{names.of(duty->account), duty->phone, duty->to};
        }
    }
    return reply(out);
}

Result<Response> glance(Call& call) {
    TRY(const auto state, call.site.keeper.person(call.person));
    Names names(call.site);
    return reply(glance_of(call.site, state, names, call.now));
}

Result<Response> signals_of_person(Call& call) {
    TRY(const auto state, call.site.keeper.person(call.person));
    Names names(call.site);
    Signals out;
    for (auto each = state.signals.rbegin(); each != state.signals.rend(); ++each) {
        out.signals.push_back(signal_view(call.site, state, *each, names));
    }
    return reply(out);
}

// All open signals that are mine, most urgent first.
Result<Response> my_signals(Call& call) {
    TRY(const auto people, people_of(call));
    Names names(call.site);
    Signals out;
    for (const Id& person : people) {
        const auto state = call.site.keeper.person(person);
        if (!state.ok()) continue;
        for (const auto& each : state.value().signals) {
            if (each.open())
                out.signals.push_back(signal_view(call.site, state.value(), each, names));
        }
    }
    std::stable_sort(out.signals.begin(), out.signals.end(), [](const auto& a, const auto& b) {
        return std::pair{a.tier, a.raised_at} < std::pair{b.tier, b.raised_at};
    });
    return reply(out);
}

Result<Response> support_tool(Call& call) {
    const auto* found = call.site.knowledge.support_tool(call.parameter("tool"));
    if (found == nullptr) {
        return Error{Fault::not_found, "", "There is no such support tool.", {}};
    }
    return reply(*found);
}

// For paper. The last two digits check the others (ISO/IEC 7064, MOD 97-10): one wrong digit, or
// two that changed places, name nobody.
std::string paper_reference(std::uint64_t number) {
    return fmt::format("EK-{}{:02}", number, 98 - number * 100 % 97);
}

std::vector<record::Command> registration(const Call& call, const NewPerson& body, const Id& person,
                                          const Id& therapist, const std::string& zone,
                                          const std::string& reference) {
    store::SystemRandom random;
    const auto command = [&](record::Body what) {
        return record::Command{.id = new_id(call.now, random),
                               .stream = person,
                               .body = std::move(what),
                               .effective_at = call.now,
                               .zone = zone,
                               .author = call.author()};
    };
    care::EpisodeOpened episode;
    static_cast<care::EpisodeTerms&>(episode) = body.terms;
    return {command(care::PersonRegistered{.name = body.name,
                                           .reference = reference,
                                           .born = body.born,
                                           .pronoun = body.pronoun.value_or(care::Pronoun::they),
                                           .zone = zone}),
            command(care::RelationStarted{{therapist, Role::therapist}}), command(episode)};
}

Result<Response> invite_person(Call& call) {
    TRY(const auto body, body_of<NewPerson>(call.request));
    TRY(const auto organisation, call.site.keeper.organisation());
    const bool by_therapist = call.who().role == Role::therapist;
    if (!by_therapist && !body.therapist) {
        return Error{Fault::invalid_input, "/body/therapist", "Choose the therapist.", {}};
    }
    if (!by_therapist) CHECK_OK(staff_account(call.site, *body.therapist, "/body/therapist"));
    store::SystemRandom random;
    const Id person = new_id(call.now, random);
    const Id therapist = by_therapist ? call.who().account.id : *body.therapist;
    const std::string zone =
        body.zone.value_or(organisation.settings ? organisation.settings->zone : "Etc/UTC");
    TRY(const auto reference, new_reference(call.site));
    const auto code = store::new_one_time_code(random);
    const store::Account account{.id = new_id(call.now, random),
                                 .role = "client",
                                 .person = person,
                                 .active = true,
                                 .name = body.name,
                                 .email = body.email.value_or("")};
    const auto expires = call.now + store::one_time_code_lives;
    const auto written = call.site.keeper.write_all(
        registration(call, body, person, therapist, zone, reference),
        audit_row(call, "write.person_registered", person), [&](store::Writing& writing) -> Status {
            CHECK_OK(writing.put_account(account));
            return writing.put_invitation(
                {store::one_time_code_hash(call.site.vault, code), account.id, expires, false});
        });
    if (!written.ok()) {
        const bool of_terms = written.error().where == "/questionnaire";
        return in_body(written.error(), of_terms ? "/body/terms" : "/body");
    }
    publish_change(call.site, person);
    return reply(Invited{person, {code, expires}}, 201);
}

}  // namespace

Result<std::string> new_reference(const Site& site) {
    store::SystemRandom random;
    for (int tries = 0; tries < 100; ++tries) {
        auto reference = paper_reference(100'000 + random.next() % 900'000);
        std::vector<Id> taken;
        CHECK_OK(site.store.read([&](store::Reading& reading) -> Status {
            TRY(taken, reading.people_by_paper_reference(reference));
            return Done{};
        }));
        if (taken.empty()) return reference;
    }
    return Error{Fault::unavailable, "", "No reference for paper is free. Try again.", {}};
}

std::vector<Route> care_routes(Site& site) {
    using exchange::schema_of;
    const std::initializer_list<Role> team = {Role::therapist,      Role::supervisor,
                                              Role::prescriber,     Role::specialist,
                                              Role::duty_clinician, Role::group_co_leader};
    const auto clinicians = Access::roles("clinicians", team);
    const auto related = Access::person("staff in a relation to the person", team, false);
    return {
        guarded_route(site, Method::get, "/api/caseload", clinicians,
                      {.summary = "Who needs me, and why",
                       .response_schema = schema_of<Caseload>,
                       .audit = "read.caseload"},
                      caseload),
        guarded_route(site, Method::get, "/api/signals", clinicians,
                      {.summary = "Open signals that are mine",
                       .response_schema = schema_of<Signals>,
                       .audit = "read.signals"},
                      my_signals),
        guarded_route(site, Method::get, "/api/people/{person}/glance", related,
                      {.summary = "The two-minute glance",
                       .response_schema = schema_of<Glance>,
                       .audit = "read.glance"},
                      glance),
        guarded_route(site, Method::get, "/api/people/{person}/signals", related,
                      {.summary = "Signals of a person, closed ones too",
                       .response_schema = schema_of<Signals>,
                       .audit = "read.signals"},
                      signals_of_person),
        guarded_route(site, Method::get, "/api/support-tools/{tool}", clinicians,
                      {.summary = "The areas to look at before a signal is closed",
                       .response_schema = schema_of<guidance::SupportTool>},
                      support_tool),
        guarded_route(site, Method::post, "/api/people",
                      Access::roles("therapists and managers", {Role::therapist, Role::manager}),
                      {.summary = "Invite a person",
                       .request_schema = schema_of<NewPerson>,
                       .response_schema = schema_of<Invited>,
                       .limits = {.rate = RateClass::write},
                       .success = created},
                      invite_person),
    };
}

}  // namespace evenkeel::web
