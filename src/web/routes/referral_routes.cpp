// From the first word to the first meeting: asking for care, signed out or by a professional;
// the waiting list, and the steps on it.

#include "store/one_time_code.h"
#include "web/detail/target.h"
#include "web/views/course_view.h"
#include "web/views/start_page.h"
#include "web/views/waiting_view.h"

namespace evenkeel::web {
namespace {

using care::ReferralMove;
using care::Role;

// The form of the page "Where to start", as the API document shows it.
struct StartSent {
    Id id;
    std::string name;
    std::optional<std::string> phone, email, reach;
    std::string trouble;
    std::optional<care::Thoughts> thoughts;
    std::optional<std::string> consent;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("id", self.id);
        visit("name", self.name, Domain{.max_length = 200, .min_length = 1});
        visit("phone", self.phone, Domain{.max_length = 40});
        visit("email", self.email, Domain{.max_length = 200});
        visit("reach", self.reach, Domain{.max_length = 300});
        visit("trouble", self.trouble, Domain{.max_length = 4000, .min_length = 1});
        visit("thoughts", self.thoughts);
        visit("consent", self.consent, Domain{.max_length = 3, .says = "yes, or left out"});
    }
};

struct NewReferral {
    Id id;
    std::string name;
    std::optional<Day> born;
    care::ReferralReceived referral;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("id", self.id);
        visit("name", self.name, Domain{.max_length = 200, .min_length = 1});
        visit("born", self.born);
        visit("referral", self.referral);
    }
};

struct Referred {
    Id person;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("person", self.person);
    }
};

struct ReferralView {
    record::ReferralState referral;
    std::string name;
    std::string reference;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("referral", self.referral);
        visit("name", self.name);
        visit("reference", self.reference);
    }
};

struct NewStep {
    Id id;
    care::ReferralStep step;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("id", self.id);
        visit("step", self.step);
    }
};

struct StepTaken {
    record::ReferralStage stage = record::ReferralStage::received;
    std::string name;
    std::optional<InvitationCode> invitation;  // until the person has signed in once
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("stage", self.stage);
        visit("name", self.name);
        visit("invitation", self.invitation);
    }
};

// One referral is one person: the ids follow from the referral's, so that sending it again
// writes nothing twice.
Id person_of(const Id& referral) {
    return derived_id(referral, "person");
}

Id account_of(const Id& person) {
    return derived_id(person, "account");
}

Status takes_referrals(const Site& site, const record::OrganisationState& organisation) {
    const auto& settings = organisation.settings;
    if (!site.settings.solo && settings && !settings->hours.empty()) return Done{};
    return Error{Fault::not_found, "", "Nobody takes referrals here.", {}};
}

// A new person with their referral; of a retry the referral alone, which stands already.
Result<store::Receipt> take_in(Call& call, const NewReferral& sent, const std::string& zone,
                               care::Author author) {
    const Id person = person_of(sent.id);
    const auto command = [&](const Id& id, record::Body body) {
        return record::Command{.id = id,
                               .stream = person,
                               .body = std::move(body),
                               .effective_at = call.now,
                               .zone = zone,
                               .author = author};
    };
    std::vector<record::Command> commands;
    if (!call.site.keeper.person(person).ok()) {
        TRY(auto reference, new_reference(call.site));
        commands.push_back(command(derived_id(sent.id, "registered"),
                                   care::PersonRegistered{.name = sent.name,
                                                          .reference = std::move(reference),
                                                          .born = sent.born,
                                                          .zone = zone}));
    }
    commands.push_back(command(sent.id, sent.referral));
    TRY(auto receipts,
        call.site.keeper.write_all(commands, audit_row(call, "write.referral_received", person)));
    publish_change(call.site, person);
    return std::move(receipts.back());
}

// ---- the page ------------------------------------------------------------------------

Response html(std::string body, int status = 200) {
    Response response{.status = status};
    response.body = std::move(body);
    response.content_type = "text/html; charset=utf-8";
    response.headers.emplace_back("Cache-Control", "no-store");
    return response;
}

Result<Response> start(Call& call) {
    TRY(const auto organisation, call.site.keeper.organisation());
    CHECK_OK(takes_referrals(call.site, organisation));
    store::SystemRandom random;
    return html(start_page(organisation, {.id = to_string(new_id(call.now, random))}, call.now));
}

// Without the spaces around it; nothing when nothing else is left.
std::optional<std::string> said(const StartForm& form, const char* name) {
    const auto found = form.fields.find(name);
    if (found == form.fields.end()) return std::nullopt;
    constexpr std::string_view spaces = " \t\r\n";
    const auto& text = found->second;
    const auto from = text.find_first_not_of(spaces);
    if (from == std::string::npos) return std::nullopt;
    return text.substr(from, text.find_last_not_of(spaces) - from + 1);
}

// Everything that is missing or too long, in words for the person.
void look_at(StartForm& form, const NewReferral& sent) {
    const auto must_not = [&](bool wrong, const char* field, const char* says) {
        if (wrong) form.faults.emplace(field, says);
    };
    const auto& body = sent.referral;
    must_not(sent.name.empty(), "name", "Write a name. Any name that we may call you.");
    must_not(sent.name.size() > 200, "name", "Write a shorter name.");
    must_not(!body.phone && !body.email, "phone", "Write a phone number or an email.");
    const auto long_text = [](const auto& text, std::size_t max) {
        return text && text->size() > max;
    };
    must_not(body.phone && (body.phone->size() < 5 || body.phone->size() > 40), "phone",
             "Write the whole phone number.");
    must_not(body.email && (body.email->find('@') == std::string::npos || body.email->size() < 3),
             "email", "Write the whole email, such as name@example.org.");
    must_not(long_text(body.email, 200), "email", "Write a shorter email.");
    must_not(long_text(body.reach, 300), "reach", "Write a little less here.");
    must_not(body.trouble.empty(), "trouble", "Write a few words. One is enough.");
    must_not(body.trouble.size() > 4000, "trouble", "Write a little less here.");
    must_not(!body.consent, "consent", "Tick this box, or we may not keep what you wrote.");
}

NewReferral sent_by(const StartForm& form) {
    const auto thoughts = said(form, "thoughts");
    return {.id = parse_id(said(form, "id").value_or("")).value_or(Id{}),
            .name = said(form, "name").value_or(""),
            .born = {},
            .referral = {.source = care::ReferralSource::self,
                         .trouble = said(form, "trouble").value_or(""),
                         // Left out counts as not said, never as "no".
                         .thoughts = enum_named<care::Thoughts>(thoughts.value_or(""))
                                         .value_or(care::Thoughts::rather_not_say),
                         .phone = said(form, "phone"),
                         .email = said(form, "email"),
                         .reach = said(form, "reach"),
                         .referrer = {},
                         .consent = said(form, "consent") == "yes"}};
}

Result<Response> send_start(Call& call) {
    TRY(const auto organisation, call.site.keeper.organisation());
    CHECK_OK(takes_referrals(call.site, organisation));
    StartForm form;
    TRY(form.fields, detail::parse_form(call.request.body));
    const auto sent = sent_by(form);
    look_at(form, sent);
    CHECK_OK(made_by_writer(sent.id));
    form.id = to_string(sent.id);
    const bool help = sent.referral.thoughts == care::Thoughts::yes_or_unsure;
    if (!form.faults.empty()) return html(start_page(organisation, form, call.now), 422);
    // The service itself writes it: whoever is signed out is nobody yet.
    const auto taken = take_in(call, sent, organisation.settings->zone, {});
    if (taken.ok()) return html(started_page(organisation, help, Known::now, call.now));
    if (taken.error().fault != Fault::conflict) return taken.error();
    return html(started_page(organisation, help, Known::before_with_other_words, call.now));
}

// ---- staff ---------------------------------------------------------------------------

Result<Response> refer(Call& call) {
    TRY(auto sent, body_of<NewReferral>(call.request));
    CHECK_OK(made_by_writer(sent.id));
    sent.referral.source = care::ReferralSource::professional;
    TRY(const auto organisation, call.site.keeper.organisation());
    CHECK_OK(takes_referrals(call.site, organisation));
    const auto taken = take_in(call, sent, organisation.settings->zone, call.author());
    if (!taken.ok()) {
        const bool outer = taken.error().where == "/id" || taken.error().where.empty();
        return in_body(taken.error(), outer ? "/body" : "/body/referral");
    }
    return reply(Referred{person_of(sent.id)}, taken.value().fresh ? 201 : 200);
}

Result<Response> list(Call& call) {
    TRY(const auto out, waiting_list(call.site, care::is_clinician(call.who().role), call.now));
    return reply(out);
}

Result<Response> referral_of(Call& call) {
    TRY(const auto state, call.site.keeper.person(call.person));
    if (!state.referral) return Error{Fault::not_found, "", "There is no referral.", {}};
    return reply(ReferralView{*state.referral, state.person.name, state.person.reference});
}

// The account that the person signs in with, and a code for the first time. Nothing once
// there is a password.
Result<std::optional<InvitationCode>> invitation(Call& call, const record::PersonState& state,
                                                 store::Writing& writing) {
    std::optional<InvitationCode> out;
    const Id id = account_of(state.id);
    TRY(auto account, writing.account(id));
    if (!account) {
        account = store::Account{.id = id,
                                 .role = "client",
                                 .person = state.id,
                                 .active = true,
                                 .name = state.person.name};
        CHECK_OK(writing.put_account(*account));
    }
    if (account->password_hash) return out;
    store::SystemRandom random;
    out = InvitationCode{store::new_one_time_code(random), call.now + store::one_time_code_lives};
    CHECK_OK(writing.put_invitation(
        {store::one_time_code_hash(call.site.vault, out->code), id, out->expires_at, false}));
    return out;
}

Result<Response> take_step(Call& call) {
    TRY(const auto sent, body_of<NewStep>(call.request));
    CHECK_OK(made_by_writer(sent.id));
    const auto person = parse_id(call.parameter("person"));
    const auto state = person ? call.site.keeper.person(*person)
                              : Result<record::PersonState>{Error{Fault::not_found, "", "", {}}};
    if (!state.ok() || !state.value().referral) {
        return Error{Fault::not_found, "", "There is no such referral.", {}};
    }
    if (sent.step.therapist) {
        CHECK_OK(staff_account(call.site, *sent.step.therapist, "/body/step/therapist"));
    }
    const bool invites =
        sent.step.move == ReferralMove::accepted || sent.step.move == ReferralMove::assigned;
    std::optional<InvitationCode> code;
    const record::Command command{.id = sent.id,
                                  .stream = *person,
                                  .body = sent.step,
                                  .effective_at = call.now,
                                  .zone = state.value().person.zone,
                                  .supersedes = {},
                                  .author = call.author()};
    const auto written =
        call.site.keeper.write_all({command}, audit_row(call, "write.referral_step", *person),
                                   [&](store::Writing& writing) -> Status {
                                       if (!invites) return Done{};
                                       TRY(code, invitation(call, state.value(), writing));
                                       return Done{};
                                   });
    if (!written.ok()) {
        const bool outer = written.error().where == "/id";
        return in_body(written.error(), outer ? "/body" : "/body/step");
    }
    publish_change(call.site, *person);
    TRY(const auto after, call.site.keeper.person(*person));
    return reply(StepTaken{after.referral->stage, after.person.name, std::move(code)},
                 written.value().front().fresh ? 201 : 200);
}

}  // namespace

std::vector<Route> referral_routes(Site& site) {
    using exchange::schema_of;
    const std::initializer_list<Role> team = {Role::therapist,      Role::supervisor,
                                              Role::prescriber,     Role::specialist,
                                              Role::duty_clinician, Role::group_co_leader};
    const auto anyone = Access::anyone("anyone");
    const auto intake =
        Access::roles("managers and duty clinicians", {Role::manager, Role::duty_clinician});
    const Limits writing{.rate = RateClass::write};
    const Success twice{.statuses = {201, 200}};
    return {
        guarded_route(site, Method::get, "/start", anyone,
                      {.summary = "Where to start, without script",
                       .success = {.content_type = "text/html; charset=utf-8"}},
                      start),
        guarded_route(
            site, Method::post, "/start", anyone,
            {.summary = "Ask for care",
             .request_schema = schema_of<StartSent>,
             .limits = {.max_body = 32 * 1024, .rate = RateClass::heavy},
             .success = {.statuses = {200, 422}, .content_type = "text/html; charset=utf-8"},
             .sent = Sent::form},
            send_start),
        guarded_route(site, Method::post, "/api/referrals",
                      Access::roles("therapists, managers and duty clinicians",
                                    {Role::therapist, Role::manager, Role::duty_clinician}),
                      {.summary = "Refer a person",
                       .request_schema = schema_of<NewReferral>,
                       .response_schema = schema_of<Referred>,
                       .limits = writing,
                       .success = twice},
                      refer),
        guarded_route(site, Method::get, "/api/waiting", intake,
                      {.summary = "Who waits, since when and in which order",
                       .response_schema = schema_of<WaitingList>,
                       .audit = "read.waiting_list"},
                      list),
        guarded_route(site, Method::post, "/api/referrals/{person}/steps", intake,
                      {.summary = "Take a referral a step further",
                       .request_schema = schema_of<NewStep>,
                       .response_schema = schema_of<StepTaken>,
                       .limits = writing,
                       .success = twice},
                      take_step),
        guarded_route(site, Method::get, "/api/people/{person}/referral",
                      Access::person("the person, and staff in a relation to them", team),
                      {.summary = "The referral in its own words",
                       .response_schema = schema_of<ReferralView>,
                       .audit = "read.referral"},
                      referral_of),
    };
}

}  // namespace evenkeel::web
