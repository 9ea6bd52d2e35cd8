#include "people.h"

#include <fmt/format.h>

#include "server_process.h"
#include "simulate/chronicle.h"
#include "simulate/diary.h"

namespace evenkeel::bench {
namespace {

using care::Role;
using std::chrono::days;
using std::chrono::hours;

template <class T>
T must(Result<T> result) {
    if (!result.ok()) give_up(result.error().message);
    return std::move(result).value();
}
void must(const Status& status) {
    if (!status.ok()) give_up(status.error().message);
}

store::AuditRow seeded(Instant now) {
    return {.at = now, .action = "bench.seed", .outcome = "allowed"};
}

// A session as sign-in leaves it; returns the cookie.
std::string put_session(store::Writing& writing, const store::Vault& vault, const Id& account,
                        Instant now) {
    const std::string token = "bench" + to_string(account);
    must(writing.put_session({.token_hash = vault.lookup_hash("session:" + token),
                              .account = account,
                              .created = now,
                              .last_seen = now,
                              .expires = now + hours{12},
                              .device_is_mine = true,
                              .second_factor_passed = true}));
    return "evenkeel=" + token;
}

class Seeding {
  public:
    Seeding(OpenRecord& record, const SeedSettings& settings)
        : record_(record),
          settings_(settings),
          now_(record.now()),
          opened_(now_ - days{static_cast<long>(settings.check_ins) + 3}),
          staff_(simulate::simulated_staff(opened_ - days{100}, random_)) {}

    Seeded run() {
        write_staff();
        std::vector<Id> therapists{staff_.with_role(Role::therapist).account};
        for (std::size_t i = 0; i < settings_.people; ++i) {
            if (i > 0 && i % settings_.caseload == 0) {
                therapists.push_back(new_id(opened_, random_));
            }
            write_person(i, therapists.back());
        }
        return std::move(out_);
    }

  private:
    void write_staff() {
        must(record_.store().write([&](store::Writing& writing) -> Status {
            for (const auto& each : staff_.members) {
                CHECK_OK(writing.put_account({.id = each.account,
                                              .role = std::string(name_of(each.role)),
                                              .name = each.name,
                                              .email = each.email}));
            }
            out_.therapist_cookie = put_session(writing, record_.vault(),
                                                staff_.with_role(Role::therapist).account, now_);
            return Done{};
        }));
        const auto manager = staff_.author(staff_.with_role(Role::manager).account);
        const Day today = local_day(now_, zone);
        must(record_.keeper().write_organisation(simulate::simulated_organisation(staff_, today),
                                                 manager, seeded(now_)));
        must(record_.keeper().write_organisation(simulate::simulated_contacts(today), manager,
                                                 seeded(now_)));
    }

    void write_person(std::size_t which, const Id& therapist) {
        const simulate::Registered who{
            .person = new_id(opened_, random_),
            .account = new_id(opened_, random_),
            .therapist = therapist,
            .who = {.name = fmt::format("Person {}", which), .zone = zone},
            .terms = {.questionnaire = "phq-9"},
            .opened = opened_};
        simulate::Chronicle chronicle(who, staff_, random_);
        write_days(chronicle);
        const auto commands = chronicle.until(now_);
        out_.entries = commands.size();
        must(record_.keeper().write_past(
            commands, now_, seeded(now_), [&](store::Writing& writing) -> Status {
                CHECK_OK(writing.put_account({.id = who.account,
                                              .role = "client",
                                              .person = who.person,
                                              .name = who.who.name,
                                              .email = fmt::format("{}@bench.example", which)}));
                if (which >= settings_.sessions) return Done{};
                out_.people.push_back(
                    {who.person, put_session(writing, record_.vault(), who.account, now_)});
                return Done{};
            }));
        if (out_.caseload.size() < settings_.caseload) out_.caseload.push_back(who.person);
    }

    // A check-in a day, and every so many days PHQ-9 with item 9 at 0.
    void write_days(simulate::Chronicle& chronicle) {
        const simulate::ReportingHabit habit{.taps_hard = 0.05};
        for (std::size_t i = 0; i < settings_.check_ins; ++i) {
            const Instant at =
                opened_ + days{static_cast<long>(i) + 1} + simulate::draw_writing_time(random_);
            chronicle.by_client(
                at, simulate::draw_check_in({.theta = 0.2, .sleep_hours = 6.5}, habit, random_));
            if (i % settings_.days_between_scores == settings_.days_between_scores / 2) {
                chronicle.answers(at + std::chrono::minutes{5}, "phq-9",
                                  {1, 2, 1, 2, 1, 1, 2, 1, 0});
            }
        }
    }

    static constexpr const char* zone = "Europe/London";
    OpenRecord& record_;
    const SeedSettings& settings_;
    SeededRandom random_{20261124};
    Instant now_;
    Instant opened_;
    simulate::Staff staff_;
    Seeded out_;
};

}  // namespace

Instant SystemClock::now() const {
    return std::chrono::floor<Milliseconds>(std::chrono::system_clock::now()) - behind_;
}

OpenRecord::OpenRecord(const std::filesystem::path& data, const std::filesystem::path& program,
                       std::chrono::hours behind)
    : clock_(behind),
      knowledge_(must(knowledge::load_knowledge(must(knowledge::find_knowledge_folder(program))))),
      vault_(must(store::Vault::open(data))),
      store_(must(store::Store::open(data, *vault_))),
      keeper_(std::make_unique<store::Keeper>(
          *store_,
          store::Instruments{
              .find = [this](std::string_view id) { return knowledge_.instrument(id); },
              .hash = [this](std::string_view id) { return knowledge_.instrument_hash(id); }},
          clock_, false)) {}

Seeded seed_people(OpenRecord& record, const SeedSettings& settings) {
    return Seeding(record, settings).run();
}

}  // namespace evenkeel::bench
