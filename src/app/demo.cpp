#include "app/demo.h"

#include "guidance/archive.h"
#include "simulate/archive.h"
#include "simulate/demo.h"

namespace evenkeel::app {
namespace {

using care::Role;
using std::chrono::days;
using std::chrono::hours;

store::AuditRow audited(Instant now, std::string action) {
    return {.at = now,
            .actor = {},
            .person = {},
            .action = std::move(action),
            .outcome = "allowed",
            .reason = {}};
}

Status only_when_empty(const store::Keeper& keeper, store::Store& store) {
    bool empty = false;
    CHECK_OK(store.read([&](store::Reading& reading) -> Status {
        TRY(const auto accounts, reading.accounts());
        empty = accounts.empty();
        return Done{};
    }));
    TRY(const auto organisation, keeper.organisation());
    if (empty && organisation.seq == 0) return Done{};
    return Error{Fault::conflict,
                 "",
                 "This record is in use. Start the demonstration with an empty data folder.",
                 {}};
}

store::Account account_of(const simulate::StaffMember& member, const std::string& hash) {
    return {.id = member.account,
            .role = std::string(name_of(member.role)),
            .person = {},
            .active = true,
            .name = member.name,
            .email = member.email,
            .password_hash = hash,
            .second_factor = {},
            .last_code_step = 0};
}

store::Account account_of(const simulate::DemoClient& client, const std::string& hash) {
    return {.id = client.account,
            .role = "client",
            .person = client.person,
            .active = true,
            .name = client.name,
            .email = client.email,
            .password_hash = hash,
            .second_factor = {},
            .last_code_step = 0};
}

Status write_accounts(store::Keeper& keeper, const simulate::Staff& staff,
                      const std::string& hash) {
    return keeper.store().write([&](store::Writing& writing) -> Status {
        for (const auto& each : staff.members) {
            CHECK_OK(writing.put_account(account_of(each, hash)));
        }
        return Done{};
    });
}

// A young service has no archive; that of the demonstration is simulated and says so.
Result<record::OrganisationState> write_archive(store::Keeper& keeper, Instant now) {
    constexpr const char* questionnaire = "phq-9";
    constexpr int people = 600, weeks = 20;
    SeededRandom random{20};  // of its own, so that the people do not depend on it
    auto archive =
        guidance::fitted_archive(questionnaire, practice::ArchiveOf::simulation,
                                 simulate::simulated_archive(questionnaire, people, weeks, random));
    EK_ASSERT(archive);
    return keeper.write_organisation(std::move(*archive), {}, audited(now, "demo.archive"));
}

Result<record::OrganisationState> write_service(store::Keeper& keeper, const simulate::Staff& staff,
                                                Instant now) {
    const Day today = local_day(now, simulate::demo_zone);
    const care::Author manager = staff.author(staff.with_role(Role::manager).account);
    CHECK_OK(keeper.write_organisation(simulate::simulated_organisation(staff, today), manager,
                                       audited(now, "demo.organisation")));
    CHECK_OK(keeper.write_organisation(simulate::simulated_contacts(today - days{21}), manager,
                                       audited(now, "demo.crisis_contacts")));
    return write_archive(keeper, now);
}

// Who looked at the record: the therapist before the last meetings.
Status write_looks(store::Writing& writing, const simulate::DemoClient& client,
                   const Id& prescriber, Instant now) {
    const auto look = [&](Instant at, const Id& who, const char* what) {
        return writing.audit({.at = at,
                              .actor = who,
                              .person = client.person,
                              .action = what,
                              .outcome = "allowed",
                              .reason = {}});
    };
    CHECK_OK(look(now - days{12} - hours{2}, client.therapist, "read.glance"));
    CHECK_OK(look(now - days{9}, prescriber, "read.glance"));
    CHECK_OK(look(now - days{5} - hours{3}, client.therapist, "read.glance"));
    return look(now - days{1}, client.therapist, "read.safety_plan");
}

}  // namespace

std::vector<DemoSignIn> demo_sign_ins() {
    return {{"maya@demo.example", Role::client, "Maya Lindqvist, a client (best on a phone)"},
            {"grace@demo.example", Role::client, "Grace Okafor, a client who waits"},
            {"lee@demo.example", Role::therapist, "Dr Jun Lee, a therapist with 60 people"},
            {"osei@demo.example", Role::therapist, "Dr Amara Osei, a therapist with 60 people"},
            {"haddad@demo.example", Role::duty_clinician, "Amira Haddad, on duty"},
            {"marques@demo.example", Role::supervisor, "Dr Ines Marques, supervisor"},
            {"adebayo@demo.example", Role::prescriber, "Dr Olu Adebayo, prescriber"},
            {"barrett@demo.example", Role::group_co_leader, "Tom Barrett, group co-leader"},
            {"sam@demo.example", Role::supporter, "Sam Lindqvist, Maya's supporter"},
            {"manager@demo.example", Role::manager, "Helen Marsh, service manager"},
            {"admin@demo.example", Role::administrator, "Sanjay Rao, administrator"}};
}

Status seed_demo(store::Keeper& keeper, Random& random, Instant now, std::size_t caseload) {
    CHECK_OK(only_when_empty(keeper, keeper.store()));
    // Hashed once: what protects a real password would only make the demo slow to start.
    const std::string hash = store::hash_password(demo_password);
    const auto staff = simulate::simulated_staff(simulate::demo_joined(now), random);
    CHECK_OK(write_accounts(keeper, staff, hash));
    TRY(const auto organisation, write_service(keeper, staff, now));
    const record::Context context{.now = now,
                                  .instrument = keeper.instruments().find,
                                  .instrument_hash = keeper.instruments().hash,
                                  .organisation = organisation,
                                  .managers = {staff.with_role(Role::manager).account},
                                  .solo = keeper.solo(),
                                  .rules = keeper.instruments().rules};
    TRY(const auto demo, simulate::demo_people(staff, context, now, random, caseload));
    const Id prescriber = staff.with_role(Role::prescriber).account;
    for (const auto& client : demo.clients) {
        const bool looked_at = client.name == simulate::demo_client_name;
        CHECK_OK(keeper.write_past(
            client.commands, now, audited(now, "demo.person"),
            [&](store::Writing& writing) -> Status {
                if (looked_at) {
                    CHECK_OK(writing.put_account(account_of(demo.supporter, hash)));
                    CHECK_OK(write_looks(writing, client, prescriber, now));
                }
                if (client.account.is_nil()) return Done{};
                return writing.put_account(account_of(client, hash));
            }));
    }
    return Done{};
}

}  // namespace evenkeel::app
