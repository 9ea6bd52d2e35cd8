// The manager's duties, accounts and settings: no clinical content anywhere.

#include "store/one_time_code.h"
#include "web/views/care_view.h"

namespace evenkeel::web {
namespace {

using namespace std::chrono_literals;
using care::Role;

// Rows of signals on the duties page; the rest is a number.
constexpr std::size_t unread_shown = 100;
constexpr auto backup_every = 24h * 2;
constexpr auto drill_every = 24h * 92;

struct ContactsDuty {
    std::optional<std::string> owner;
    std::optional<Day> checked_on;
    Day check_due{};
    bool overdue = true;
    std::vector<care::CrisisContact> contacts;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("owner", self.owner);
        visit("checked_on", self.checked_on);
        visit("check_due", self.check_due);
        visit("overdue", self.overdue);
        visit("contacts", self.contacts);
    }
};

struct UnreadSignal {
    Id signal;
    care::SignalKind kind = care::SignalKind::safety_item;
    care::Tier tier = care::Tier::safety;
    Instant raised_at{};
    Instant due{};
    bool overdue = false;
    std::string owner;
    int escalation = 0;
    std::optional<care::Sentence> reason;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("signal", self.signal);
        visit("kind", self.kind);
        visit("tier", self.tier);
        visit("raised_at", self.raised_at);
        visit("due", self.due);
        visit("overdue", self.overdue);
        visit("owner", self.owner);
        visit("escalation", self.escalation);
        visit("reason", self.reason,
              Domain{.says = "Of a colleague's access in an emergency that has come to a manager, "
                             "who closes it"});
    }
};

struct BackupDuty {
    std::optional<Instant> last;
    std::optional<Instant> last_key_copy;
    std::optional<Instant> last_restore_drill;
    bool overdue = true;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("last", self.last);
        visit("last_key_copy", self.last_key_copy);
        visit("last_restore_drill", self.last_restore_drill);
        visit("overdue", self.overdue);
    }
};

struct Duties {
    Instant as_of{};
    ContactsDuty crisis_contacts;
    std::vector<UnreadSignal> unread_signals;  // the most urgent
    std::uint64_t unread_count = 0;            // all of them
    BackupDuty backup;
    std::vector<StaffName> without_second_factor;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("as_of", self.as_of);
        visit("crisis_contacts", self.crisis_contacts);
        visit("unread_signals", self.unread_signals, Domain{.says = "The most urgent 100"});
        visit("unread_count", self.unread_count);
        visit("backup", self.backup);
        visit("without_second_factor", self.without_second_factor);
    }
};

struct AccountView {
    Id id;
    std::string name;
    std::string email;
    Role role = Role::therapist;
    bool active = true;
    bool second_factor = false;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("id", self.id);
        visit("name", self.name);
        visit("email", self.email);
        visit("role", self.role);
        visit("active", self.active);
        visit("second_factor", self.second_factor);
    }
};

struct Accounts {
    std::vector<AccountView> accounts;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("accounts", self.accounts);
    }
};

struct NewAccount {
    std::string name;
    std::string email;
    Role role = Role::therapist;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("name", self.name, Domain{.max_length = 200, .min_length = 1});
        visit("email", self.email, Domain{.max_length = 320, .min_length = 3});
        visit("role", self.role);
    }
};

struct NewAccountView {
    Id id;
    std::string code;
    Instant expires_at{};
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("id", self.id);
        visit("code", self.code);
        visit("expires_at", self.expires_at);
    }
};

ContactsDuty contacts_duty(const record::OrganisationState& organisation, Instant now) {
    const std::string zone = organisation.settings ? organisation.settings->zone : "Etc/UTC";
    const int every =
        organisation.settings ? organisation.settings->escalation.contacts_check_days : 90;
    const Day today = local_day(now, zone);
    ContactsDuty out{.check_due = today};
    if (!organisation.contacts) return out;
    out.owner = organisation.contacts->owner;
    out.checked_on = organisation.contacts->checked_on;
    out.check_due = organisation.contacts->checked_on + std::chrono::days{every};
    out.overdue = out.check_due < today;
    out.contacts = organisation.contacts->contacts;
    return out;
}

Result<BackupDuty> backup_duty(store::Reading& reading, Instant now) {
    BackupDuty out;
    const auto when = [&](std::string_view name) -> Result<std::optional<Instant>> {
        TRY(const auto text, reading.note(name));
        return text ? parse_instant(*text) : std::nullopt;
    };
    TRY(out.last, when("last_backup"));
    TRY(out.last_key_copy, when("last_key_copy"));
    TRY(out.last_restore_drill, when("last_restore_drill"));
    out.overdue = !out.last || now - *out.last > backup_every || !out.last_restore_drill ||
                  now - *out.last_restore_drill > drill_every;
    return out;
}

// What a colleague did in an emergency, when nobody of the care team could be told: who, when
// and the written reason, without the person's name. For managers alone, who close it.
Result<std::optional<care::Sentence>> told_to_manager(const Call& call, store::Reading& reading,
                                                      const store::SignalRow& row, Names& names) {
    const std::optional<care::Sentence> nothing;
    const bool of_access = row.kind == evenkeel::name_of(care::SignalKind::emergency_access);
    if (!of_access || call.who().role != Role::manager) return nothing;
    TRY(const auto owner, reading.account(row.owner));
    if (!owner || owner->role != evenkeel::name_of(Role::manager)) return nothing;
    const auto state = call.site.keeper.person(row.person);
    const auto* signal = state.ok() ? state.value().signal(row.id) : nullptr;
    if (signal == nullptr) return nothing;
    return std::optional{signal_view(call.site, state.value(), *signal, names).reason};
}

Result<Response> duties(Call& call) {
    TRY(const auto organisation, call.site.keeper.organisation());
    Duties out{.as_of = call.now, .crisis_contacts = contacts_duty(organisation, call.now)};
    Names names(call.site);
    CHECK_OK(call.site.store.read([&](store::Reading& reading) -> Status {
        TRY(const auto count, reading.count_unread_signals(call.now));
        out.unread_count = count.overdue + count.unseen;
        TRY(const auto signals, reading.unread_signals(call.now, unread_shown));
        for (const auto& each : signals) {
            TRY(auto reason, told_to_manager(call, reading, each, names));
            out.unread_signals.push_back({each.id, known_code<care::SignalKind>(each.kind),
                                          known_code<care::Tier>(each.tier), each.raised_at,
                                          each.due_at, each.due_at <= call.now,
                                          names.of(each.owner), each.escalation,
                                          std::move(reason)});
        }
        TRY(out.backup, backup_duty(reading, call.now));
        TRY(const auto accounts, reading.accounts_but("client"));
        for (const auto& each : accounts) {
            const auto role = known_code<Role>(each.role);
            if (each.active && care::is_staff(role) && !each.second_factor) {
                out.without_second_factor.push_back({each.id, each.name, role});
            }
        }
        return Done{};
    }));
    return reply(out);
}

Result<Response> contacts_checked(Call& call) {
    TRY(const auto organisation, call.site.keeper.organisation());
    if (!organisation.contacts) {
        return Error{Fault::conflict, "", "Import the crisis contacts first.", {}};
    }
    const std::string zone = organisation.settings ? organisation.settings->zone : "Etc/UTC";
    TRY(const auto after, call.site.keeper.write_organisation(
                              care::CrisisContactsChecked{local_day(call.now, zone)}, call.author(),
                              audit_row(call, "write.crisis_contacts_checked")));
    return no_content();
}

Result<Response> accounts(Call& call) {
    Accounts out;
    CHECK_OK(call.site.store.read([&](store::Reading& reading) -> Status {
        // A list of clients is clinical content.
        TRY(const auto all, reading.accounts_but("client"));
        for (const auto& each : all) {
            out.accounts.push_back({each.id, each.name, each.email, known_code<Role>(each.role),
                                    each.active, each.second_factor.has_value()});
        }
        return Done{};
    }));
    return reply(out);
}

Result<Response> add_account(Call& call) {
    TRY(const auto body, body_of<NewAccount>(call.request));
    if (!care::is_staff(body.role)) {
        return Error{Fault::invalid_input,
                     "/body/role",
                     "Choose a staff role. Clients are invited by their therapist.",
                     {}};
    }
    store::SystemRandom random;
    const store::Account account{.id = new_id(call.now, random),
                                 .role = std::string(evenkeel::name_of(body.role)),
                                 .active = true,
                                 .name = body.name,
                                 .email = body.email};
    const auto code = store::new_one_time_code(random);
    const auto expires = call.now + store::one_time_code_lives;
    const auto written = call.site.store.write([&](store::Writing& writing) -> Status {
        CHECK_OK(writing.put_account(account));
        CHECK_OK(writing.put_invitation(
            {store::one_time_code_hash(call.site.vault, code), account.id, expires, false}));
        return writing.audit(audit_row(call, "write.account_added"));
    });
    if (!written.ok()) return in_body(written.error());
    return reply(NewAccountView{account.id, code, expires}, 201);
}

Result<Response> disable_account(Call& call) {
    const auto id = parse_id(call.parameter("account"));
    if (!id) return Error{Fault::not_found, "", "There is no such account.", {}};
    if (*id == call.who().account.id) {
        return Error{Fault::conflict, "", "You cannot switch off your own account.", {}};
    }
    CHECK_OK(call.site.store.read([&](store::Reading& reading) -> Status {
        TRY(const auto account, reading.account(*id));
        if (account && account->role != "client") return Done{};
        return Error{Fault::not_found, "", "There is no such account.", {}};
    }));
    TRY(const auto people,
        call.site.keeper.switch_off(*id, audit_row(call, "write.account_disabled")));
    call.site.hub.end(topic_of_account(*id));
    for (const Id& person : people) publish_change(call.site, person);
    return no_content();
}

// For somebody who lost the phone: the next sign-in sets up a new second factor.
Result<Response> reset_second_factor(Call& call) {
    const auto id = parse_id(call.parameter("account"));
    if (!id) return Error{Fault::not_found, "", "There is no such account.", {}};
    if (*id == call.who().account.id) {
        return Error{Fault::conflict, "", "Ask a colleague to reset your own second factor.", {}};
    }
    CHECK_OK(call.site.store.write([&](store::Writing& writing) -> Status {
        TRY(auto account, writing.account(*id));
        if (!account || account->role == "client") {
            return Error{Fault::not_found, "", "There is no such account.", {}};
        }
        account->second_factor.reset();
        account->last_code_step = 0;
        CHECK_OK(writing.put_account(*account));
        CHECK_OK(writing.drop_sessions_of(*id));
        return writing.audit(audit_row(call, "write.second_factor_reset"));
    }));
    call.site.hub.end(topic_of_account(*id));
    return no_content();
}

Result<Response> get_organisation(Call& call) {
    TRY(const auto organisation, call.site.keeper.organisation());
    if (!organisation.settings) {
        return Error{Fault::not_found, "", "The service is not set up yet.", {}};
    }
    return reply(*organisation.settings);
}

Result<Response> put_organisation(Call& call) {
    TRY(auto body, body_of<care::OrganisationSet>(call.request));
    for (std::size_t i = 0; i < body.duty.size(); ++i) {
        const auto where = "/body/duty/" + std::to_string(i) + "/account";
        CHECK_OK(staff_account(call.site, body.duty[i].account, where));
    }
    const auto written = call.site.keeper.write_organisation(
        std::move(body), call.author(), audit_row(call, "write.organisation_set"));
    if (!written.ok()) return in_body(written.error());
    return reply(*written.value().settings);
}

}  // namespace

std::vector<Route> manage_routes(Site& site) {
    using exchange::schema_of;
    const auto managers =
        Access::roles("managers and administrators", {Role::manager, Role::administrator});
    const Limits writing{.rate = RateClass::write};
    return {
        guarded_route(site, Method::get, "/api/duties", managers,
                      {"The manager's duties", nullptr, schema_of<Duties>}, duties),
        guarded_route(site, Method::post, "/api/crisis-contacts/checked", managers,
                      {.summary = "Each crisis number was dialled and answered",
                       .limits = writing,
                       .success = no_body},
                      contacts_checked),
        guarded_route(site, Method::get, "/api/accounts", managers,
                      {"Staff accounts", nullptr, schema_of<Accounts>}, accounts),
        guarded_route(site, Method::post, "/api/accounts", managers,
                      {.summary = "Add a member of staff",
                       .request_schema = schema_of<NewAccount>,
                       .response_schema = schema_of<NewAccountView>,
                       .limits = writing,
                       .success = created},
                      add_account),
        guarded_route(site, Method::post, "/api/accounts/{account}/disable", managers,
                      {.summary = "Switch an account off", .limits = writing, .success = no_body},
                      disable_account),
        guarded_route(site, Method::post, "/api/accounts/{account}/reset-second-factor", managers,
                      {.summary = "Let somebody set up a new second factor",
                       .limits = writing,
                       .success = no_body},
                      reset_second_factor),
        guarded_route(site, Method::get, "/api/organisation", managers,
                      {"Settings of the service", nullptr, schema_of<care::OrganisationSet>},
                      get_organisation),
        guarded_route(site, Method::put, "/api/organisation", managers,
                      {"Change the settings of the service", schema_of<care::OrganisationSet>,
                       schema_of<care::OrganisationSet>, writing},
                      put_organisation),
    };
}

}  // namespace evenkeel::web
