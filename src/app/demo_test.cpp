// Goal: whenever the demonstration is started, its start page is calm and true: the
// signals it is about are open and not yet overdue, everything older was worked off, and
// the demo client's story is free of open signals.

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <set>

#include "app/demo.h"
#include "base/testing.h"
#include "exchange/test_folder.h"
#include "knowledge/load.h"
#include "simulate/demo.h"

namespace evenkeel::app {
namespace {

using care::SignalKind;

const knowledge::Knowledge& known() {
    static const auto all =
        must(knowledge::load_knowledge(std::filesystem::path{EVENKEEL_SOURCE_DIR} / "knowledge"));
    return all;
}

class FixedClock final : public Clock {
  public:
    explicit FixedClock(Instant at) : at_(at) {}
    [[nodiscard]] Instant now() const override { return at_; }

  private:
    Instant at_;
};

// A seeded record at that time, with every person of it by name.
struct Seeded {
    explicit Seeded(const char* at, std::size_t caseload) : now(*parse_instant(at)), clock(now) {
        vault = must(store::Vault::open(folder.path()));
        store = must(store::Store::open(folder.path(), *vault));
        keeper = std::make_unique<store::Keeper>(
            *store,
            store::Instruments{[](std::string_view id) { return known().instrument(id); },
                               [](std::string_view id) { return known().instrument_hash(id); },
                               &known().rules,
                               [](std::string_view id) { return known().support_tool(id); }},
            clock, false);
        SeededRandom random{11};
        must(seed_demo(*keeper, random, now, caseload));
        must(store->read([&](store::Reading& reading) -> Status {
            TRY(const auto accounts, reading.accounts());
            for (const auto& each : accounts) {
                if (!each.person) continue;
                TRY(people[each.name], keeper->person(*each.person));
            }
            return Done{};
        }));
    }

    std::map<std::string, std::vector<const record::SignalState*>> open_signals() const {
        std::map<std::string, std::vector<const record::SignalState*>> out;
        for (const auto& [name, person] : people) {
            for (const auto& each : person.signals) {
                if (each.open()) out[name].push_back(&each);
            }
        }
        return out;
    }

    TestFolder folder;
    Instant now;
    FixedClock clock;
    std::unique_ptr<store::Vault> vault;
    std::unique_ptr<store::Store> store;
    std::unique_ptr<store::Keeper> keeper;
    std::map<std::string, record::PersonState> people;
};

const auto starts = std::to_array<const char*>({
    "2026-11-24T22:14:00Z",  // a Tuesday night
    "2026-11-24T08:52:00Z",  // the morning of the pictures
    "2026-11-24T17:01:00Z",  // just after closing
    "2026-11-28T02:30:00Z",  // a Saturday night
    "2026-11-30T00:10:00Z",  // Monday, ten past midnight
    "2026-03-29T01:30:00Z",  // the hour that daylight saving skips, a Sunday
});

// Seeding takes long under the sanitizers, so the tests share what they only read: a whole
// demonstration on one morning, and only those of whom a story is told at the other times.
const char* const whole_start = starts[1];
const Seeded& seeded_at(const char* start) {
    static std::map<std::string, std::unique_ptr<Seeded>> all;
    auto& one = all[start];
    if (!one) {
        const bool whole = std::string_view(start) == whole_start;
        one = std::make_unique<Seeded>(start, whole ? simulate::demo_caseload : 0);
    }
    return *one;
}

TEST(Demo, HasTheSignalsItIsAboutWheneverItStarts) {
    const std::map<std::string, SignalKind> about = {
        {"Ruth Adeyemi", SignalKind::safety_item},
        {"Piotr Nowak", SignalKind::hard_day_thoughts},
        {"Imran Qureshi", SignalKind::asked_for_contact},
        {"Elena Marsh", SignalKind::deterioration},
        {"Joseph Tan", SignalKind::deterioration},
        {"Chloe Barnard", SignalKind::silence},
        {"Leila Farahani", SignalKind::silence},
        {"Arjun Mehta", SignalKind::not_on_track},
        {"Gwen Harding", SignalKind::early_warning},
        {"Giulia Conti", SignalKind::came_back},
        {"Harjit Singh", SignalKind::deterioration},  // while waiting
    };
    for (const auto* start : starts) {
        SCOPED_TRACE(start);
        const Seeded& demo = seeded_at(start);
        std::map<std::string, SignalKind> open;
        for (const auto& [name, signals] : demo.open_signals()) {
            EXPECT_EQ(signals.size(), 1U) << name;
            open[name] = signals.front()->kind();
            EXPECT_EQ(signals.front()->escalation, 0) << name;
            ASSERT_TRUE(signals.front()->due) << name;
            EXPECT_GT(*signals.front()->due, demo.now) << name;
        }
        EXPECT_EQ(open, about);
    }
}

TEST(Demo, LeavesNothingToWorkOffAndNothingInTheFuture) {
    for (const auto* start : starts) {
        SCOPED_TRACE(start);
        const Seeded& demo = seeded_at(start);
        EXPECT_TRUE(must(demo.keeper->work_off(1000)).empty());
        must(demo.store->read([&](store::Reading& reading) -> Status {
            TRY(const auto streams, reading.streams());
            for (const auto& stream : streams) {
                TRY(const auto entries, reading.entries(stream));
                for (const auto& entry : entries) {
                    EXPECT_LE(entry.recorded_at, demo.now) << entry.kind;
                    EXPECT_LE(entry.effective_at, demo.now) << entry.kind;
                }
            }
            return Done{};
        }));
    }
}

TEST(Demo, TellsTheDemoClientsStory) {
    const Seeded& demo = seeded_at(whole_start);
    const auto& maya = demo.people.at("Maya Lindqvist");
    ASSERT_EQ(maya.scores.size(), 11U);
    EXPECT_EQ(maya.scores.front().total, 17);
    EXPECT_EQ(maya.scores.back().total, 10);
    // Her next questionnaire is due today and she has not checked in yet.
    const Day today = local_day(demo.now, simulate::demo_zone);
    EXPECT_EQ(local_day(maya.scores.back().at, simulate::demo_zone), today - std::chrono::days{7});
    EXPECT_EQ(maya.days.back().day, today - std::chrono::days{1});
    EXPECT_TRUE(maya.safety_plan);
    for (const auto& score : maya.scores) EXPECT_EQ(score.safety_value, 0);
    const auto next = std::find_if(maya.meetings.begin(), maya.meetings.end(),
                                   [&](const auto& each) { return each.at > demo.now; });
    ASSERT_NE(next, maya.meetings.end());
    EXPECT_EQ(next->place, care::Place::video);
}

TEST(Demo, GivesBothTherapistsTheirPeople) {
    const Seeded& demo = seeded_at(whole_start);
    must(demo.store->read([&](store::Reading& reading) -> Status {
        TRY(const auto lee, reading.account_by_email("lee@demo.example"));
        TRY(const auto osei, reading.account_by_email("OSEI@demo.example"));
        for (const Id& therapist : {lee->id, osei->id}) {
            // More rows than people: an open signal is a relation too.
            TRY(const auto rows, reading.relations_of_staff(therapist, demo.now));
            std::set<Id> people;
            for (const auto& each : rows) people.insert(each.person);
            EXPECT_EQ(people.size(), 60U);
        }
        for (const auto& sign_in : demo_sign_ins()) {
            TRY(const auto account, reading.account_by_email(sign_in.email));
            EXPECT_TRUE(account) << sign_in.email;
            if (!account) continue;
            EXPECT_EQ(account->role, name_of(sign_in.role));
            EXPECT_TRUE(account->password_hash);
        }
        return Done{};
    }));
}

// Of 120 people: some new, some here for more than a year, many in relapse watch, some of
// those ill again; none twice.
TEST(Demo, HasPeopleAtEveryPointOfTheirCare) {
    const Seeded& demo = seeded_at(whole_start);
    std::set<std::string> references;
    std::map<std::string, int> therapies;
    std::set<care::SignalKind> closed;
    int of_a_year = 0;
    int of_a_month = 0;
    for (const auto& [name, person] : demo.people) {
        const auto& referral = person.referral;
        if (referral && referral->stage != record::ReferralStage::assigned) continue;
        references.insert(person.person.reference);
        ASSERT_TRUE(person.episode) << name;
        ++therapies[person.episode->terms.therapy];
        const auto since = demo.now - person.episode->opened_at;
        EXPECT_LE(since, std::chrono::days{7 * 78}) << name;
        if (since > std::chrono::days{365}) ++of_a_year;
        if (since < std::chrono::days{31}) ++of_a_month;
        for (const auto& signal : person.signals) {
            if (!signal.open()) closed.insert(signal.kind());
        }
    }
    EXPECT_EQ(references.size(), 120U);
    EXPECT_GE(of_a_year, 15);
    EXPECT_GE(of_a_month, 5);
    EXPECT_GE(therapies["Relapse watch"], 25);
    EXPECT_GE(therapies["CBT"], 25);
    const std::set<care::SignalKind> all{
        SignalKind::safety_item,   SignalKind::hard_day_thoughts, SignalKind::asked_for_contact,
        SignalKind::deterioration, SignalKind::not_on_track,      SignalKind::silence};
    EXPECT_EQ(closed, all);
}

TEST(Demo, StandsOnSoundChainsAndRebuildsToTheSameBytes) {
    const Seeded& demo = seeded_at(starts[0]);
    EXPECT_TRUE(must(demo.store->verify()).problems.empty());
    EXPECT_TRUE(must(demo.keeper->rebuild()).empty());
}

TEST(Demo, NeverMixesWithARecordInUse) {
    const Seeded& demo = seeded_at(whole_start);
    SeededRandom random{3};
    const auto again = seed_demo(*demo.keeper, random, demo.now);
    ASSERT_FALSE(again.ok());
    EXPECT_EQ(again.error().fault, Fault::conflict);
}

}  // namespace
}  // namespace evenkeel::app
