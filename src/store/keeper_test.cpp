// Goal: a command becomes stored entries wholly or not at all, once however often it is
// sent, and what falls due is worked off in time.
// Method: the real SQLite store in a folder of its own, a clock that is set by hand.

#include "store/keeper.h"

#include <thread>

#include "store/detail/keeper_fixture.h"
#include "store/detail/sqlite.h"
#include "store/erase.h"

namespace evenkeel::store {
namespace {

using namespace std::chrono_literals;

class KeeperTest : public KeeperFixture {};

TEST_F(KeeperTest, ARetryGivesTheReceiptOfTheFirstWritingAndWritesNothing) {
    const auto sent = by_client(answers(1, 2));
    const auto first = must(keeper->write(sent, audit()));
    const auto count = entries(person).size();
    clock.at += 5min;
    auto later = sent;
    later.effective_at += 3s;  // a corrected clock may differ; the answer is the same
    const auto again = must(keeper->write(later, audit()));
    EXPECT_TRUE(first.fresh);
    EXPECT_FALSE(again.fresh);
    EXPECT_EQ(again.entry.seq, first.entry.seq);
    EXPECT_EQ(again.entry.effective_at, first.entry.effective_at);
    EXPECT_EQ(again.show.help, first.show.help);
    EXPECT_TRUE(again.show.help);
    ASSERT_TRUE(again.score);
    EXPECT_EQ(again.score->total, first.score->total);
    EXPECT_TRUE(again.people_changed.empty());
    EXPECT_EQ(entries(person).size(), count);
}

TEST_F(KeeperTest, AnAccountThatIsSwitchedOffHandsItsSignalsOverInTheSameTransaction) {
    must(store->write([&](Writing& writing) {
        return writing.put_account({.id = therapist, .role = "therapist", .name = "T"});
    }));
    must(keeper->write(by_client(answers(1, 2)), audit()));
    const auto refused = keeper->switch_off(fresh(), audit());
    EXPECT_EQ(refused.error().fault, Fault::not_found);
    EXPECT_EQ(signals(care::SignalKind::safety_item).at(0).owner, therapist);
    EXPECT_EQ(must(keeper->switch_off(therapist, audit())), std::vector{person});
    EXPECT_EQ(signals(care::SignalKind::safety_item).at(0).owner, duty);
    must(store->read([&](Reading& reading) -> Status {
        EXPECT_FALSE(must(reading.account(therapist))->active);
        EXPECT_TRUE(must(reading.open_signals_of_owner(therapist)).empty());
        return Done{};
    }));
    EXPECT_TRUE(must(keeper->switch_off(therapist, audit())).empty());
    EXPECT_TRUE(must(keeper->rebuild()).empty());
    expect_whole_chains();
}

TEST_F(KeeperTest, AKindThatIsNoLongerWrittenIsReadAsWhatItIsNow) {
    StoredEntry old = entry(person);
    old.kind = "emergency_access";
    old.body = R"({"zone":"Etc/UTC","role":"prescriber","data":{"staff":")" + to_string(duty) +
               R"(","reason":"A call came in","until":")" + to_string(noon + 24h) + R"("}})";
    append(old);
    const auto relation = must(keeper->person(person)).relations.back();
    EXPECT_EQ(relation.staff, duty);
    EXPECT_EQ(relation.basis, care::Basis::emergency);
    EXPECT_EQ(relation.until, noon + 24h);
    EXPECT_EQ(relation.reason, "A call came in");
}

TEST_F(KeeperTest, AReferenceOnPaperFindsThePersonUntilTheyAreErased) {
    const Id ruth = fresh();
    must(keeper->write(command(care::Role::therapist,
                               care::PersonRegistered{
                                   .name = "Ruth", .reference = "EK-1234", .zone = "Europe/London"},
                               ruth),
                       audit()));
    const auto found = [&] {
        std::vector<Id> people;
        must(store->read([&](Reading& reading) -> Status {
            people = must(reading.people_by_paper_reference("ek1234"));
            EXPECT_TRUE(must(reading.people_by_paper_reference("- ")).empty());
            return Done{};
        }));
        return people;
    };
    EXPECT_EQ(found(), std::vector{ruth});
    EXPECT_TRUE(must(keeper->rebuild()).empty());
    {
        auto connection =
            must(detail::Connection::open(record(), detail::Connection::Access::read_write));
        must(connection->script("DELETE FROM paper_references;"));
    }
    EXPECT_EQ(must(keeper->rebuild()), std::vector{ruth});
    EXPECT_EQ(found(), std::vector{ruth});
    must(erase_person(*store, *vault, {.person = ruth, .reason = "asked", .at = noon}));
    EXPECT_TRUE(found().empty());
}

TEST_F(KeeperTest, TheSameIdWithAnotherContentIsAConflictAndChangesNothing) {
    auto sent = by_client(practice::CheckIn{.mood = 2});
    must(keeper->write(sent, audit()));
    const auto before = standing(person);
    sent.body = practice::CheckIn{.mood = 3};
    const auto other = keeper->write(sent, audit());
    ASSERT_FALSE(other.ok());
    EXPECT_EQ(other.error().fault, Fault::conflict);
    EXPECT_EQ(other.error().where, "/id");
    expect_same(standing(person), before);
    EXPECT_EQ(must(keeper->person(person)).days.size(), 1u);
}

TEST_F(KeeperTest, ASafetyAnswerThatCannotStandWithItsSignalDoesNotStandAtAll) {
    const auto sent = by_client(answers(1, 3));
    // The signal's id is taken, so the third entry of the decision is refused after the
    // first two were appended.
    auto taken = entry(fresh());
    taken.id = derived_id(sent.id, "safety_item");
    append(taken);
    const auto before = standing(person);
    const auto count = entries(person).size();
    EXPECT_FALSE(keeper->write(sent, audit()).ok());
    EXPECT_EQ(entries(person).size(), count);
    expect_same(standing(person), before);
    EXPECT_TRUE(must(keeper->person(person)).scores.empty());
    expect_whole_chains();
}

TEST_F(KeeperTest, WhatBreaksAfterTheEntriesTakesThemBackAndTheNextWriteStartsClean) {
    const auto sent = by_client(answers(1, 3));
    const auto before = standing(person);
    EXPECT_THROW((void)keeper->write_all({sent}, audit(),
                                         [](Writing&) -> Status {
                                             EK_ASSERT(false);
                                             return Done{};
                                         }),
                 BrokenInvariant);
    expect_same(standing(person), before);
    EXPECT_TRUE(must(keeper->person(person)).signals.empty());
    must(keeper->write(sent, audit()));
    EXPECT_EQ(signals(care::SignalKind::safety_item).size(), 1u);
    EXPECT_TRUE(must(keeper->rebuild()).empty());
}

TEST_F(KeeperTest, SeveralCommandsAreWrittenAllOrNone) {
    const auto before = standing(person);
    const auto result = keeper->write_all(
        {by_client(practice::CheckIn{.mood = 1}), by_client(practice::CheckIn{.mood = 2}),
         by_client(practice::Withdrawal{})},
        audit());
    ASSERT_FALSE(result.ok());
    EXPECT_EQ(result.error().where, "/supersedes");
    expect_same(standing(person), before);
    const auto both = must(keeper->write_all(
        {by_client(practice::CheckIn{.mood = 1}), by_client(practice::CheckIn{.mood = 2})},
        audit()));
    EXPECT_EQ(both[1].entry.seq, both[0].entry.seq + 1);
    EXPECT_EQ(must(keeper->person(person)).days.size(), 2u);
}

TEST_F(KeeperTest, AnUnseenSafetySignalGoesUpWhenItIsDueAndNotBefore) {
    must(keeper->write(by_client(answers(1, 3)), audit()));
    clock.at = noon + 59min;
    must(keeper->work_off());
    EXPECT_EQ(signals(care::SignalKind::safety_item).at(0).escalation, 0);
    clock.at = noon + 60min;
    EXPECT_EQ(must(keeper->work_off()), std::vector<Id>{person});
    const auto raised = signals(care::SignalKind::safety_item).at(0);
    EXPECT_EQ(raised.escalation, 1);
    EXPECT_EQ(raised.owner, duty);
    EXPECT_EQ(standing(person).signals.at(0).owner, duty);
    EXPECT_TRUE(must(keeper->work_off()).empty()) << "nothing is worked off twice";
}

TEST_F(KeeperTest, SilenceIsRaisedAtTwiceTheAgreedIntervalAndEndsWhenThePersonIsHeard) {
    must(keeper->write(by_client(practice::CheckIn{.mood = 2}), audit()));
    clock.at = noon + 24h * 4 - 1ms;
    must(keeper->work_off());
    EXPECT_TRUE(signals(care::SignalKind::silence).empty());
    clock.at = noon + 24h * 4;
    must(keeper->work_off());
    ASSERT_EQ(signals(care::SignalKind::silence).size(), 1u);
    EXPECT_TRUE(signals(care::SignalKind::silence)[0].open());
    must(keeper->write(by_client(practice::CheckIn{.hard = true}), audit()));
    EXPECT_FALSE(signals(care::SignalKind::silence)[0].open());
}

TEST_F(KeeperTest, ARowThatCannotBeWorkedOffIsPostponedAndHoldsUpNobody) {
    const Id broken = fresh();
    must(store->write([&](Writing& writing) {
        return writing.put_projection(broken,
                                      {.dues = {{broken, "unheard_of", broken, noon - 24h, 0}}});
    }));
    must(keeper->write(by_client(answers(1, 3)), audit()));
    clock.at = noon + 2h;
    const auto changed = must(keeper->work_off());
    EXPECT_NE(std::ranges::find(changed, person), changed.end());
    EXPECT_EQ(signals(care::SignalKind::safety_item).at(0).escalation, 1);
    std::vector<DueRow> due;
    const auto read_due = [&](Instant at) {
        must(store->read([&](Reading& reading) -> Status {
            TRY(due, reading.due(at, 10));
            return Done{};
        }));
    };
    read_due(clock.at);
    EXPECT_TRUE(due.empty()) << "it waits";
    read_due(clock.at + 1min);
    ASSERT_EQ(due.size(), 1u) << "and is tried again";
    EXPECT_EQ(due[0].attempts, 1);
}

TEST_F(KeeperTest, TwoWritersOfOnePersonKeepTheChainAndTheStateWhole) {
    constexpr int each_writes = 60;
    std::vector<record::Command> commands;
    for (int i = 0; i < 2 * each_writes; ++i) {
        commands.push_back(by_client(practice::CheckIn{.mood = i % 5}));
    }
    const auto writer = [&](int first) {
        for (int i = first; i < 2 * each_writes; i += 2) {
            EXPECT_TRUE(keeper->write(commands[static_cast<std::size_t>(i)], audit()).ok());
            EXPECT_TRUE(keeper->person(person).ok());
        }
    };
    std::thread other{writer, 1};
    writer(0);
    other.join();
    expect_whole_chains();
    EXPECT_EQ(must(keeper->person(person)).days.size(), std::size_t{2 * each_writes});
    EXPECT_TRUE(must(keeper->rebuild()).empty());
}

TEST_F(KeeperTest, AnotherProcessThatWritesOrErasesIsSeenAtOnce) {
    must(keeper->write(by_client(practice::CheckIn{.mood = 1}), audit()));
    auto own_keeper = std::move(keeper);
    auto own_store = std::move(store);
    auto own_vault = std::move(vault);
    open();  // a second vault, store and keeper on the same folder
    open_keeper();
    must(keeper->write(by_client(practice::CheckIn{.mood = 2}), audit()));
    EXPECT_EQ(must(own_keeper->person(person)).days.size(), 2u);
    must(own_keeper->write(by_client(practice::CheckIn{.mood = 3}), audit()));
    EXPECT_EQ(must(keeper->person(person)).days.size(), 3u);
    must(erase_person(*store, *vault, {.person = person, .reason = "asked", .at = noon}));
    const auto gone = own_keeper->person(person);
    ASSERT_FALSE(gone.ok());
    EXPECT_EQ(gone.error().fault, Fault::not_found);
    EXPECT_FALSE(own_keeper->write(by_client(practice::CheckIn{.mood = 3}), audit()).ok());
    keeper.reset();
    store.reset();
    own_keeper.reset();
    own_store.reset();
}

TEST_F(KeeperTest, AStateThatWasTakenBackIsNeverTakenForTheOneThatStands) {
    const auto refused =
        keeper->write_all({by_client(answers(1, 3))}, audit(), [](Writing&) -> Status {
            return Error{Fault::unavailable, "", "no", {}};
        });
    EXPECT_FALSE(refused.ok());
    // Another process reaches the same seq with other entries.
    Keeper other{*store, keeper->instruments(), clock, false};
    for (int i = 0; i < 3; ++i) {
        must(other.write(by_client(practice::CheckIn{.mood = i}), audit()));
    }
    const auto state = must(keeper->person(person));
    EXPECT_EQ(state.days.size(), 3u);
    EXPECT_TRUE(state.scores.empty() && state.signals.empty());
}

TEST_F(KeeperTest, AnErasedPersonRebuildsToATombstone) {
    must(keeper->write(by_client(answers(2, 3)), audit()));
    must(vault->destroy_key(person));
    EXPECT_EQ(must(keeper->rebuild()), std::vector<Id>{person});
    const auto left = standing(person);
    EXPECT_EQ(left.state, StoredState{});
    EXPECT_TRUE(left.relations.empty() && left.signals.empty() && left.dues.empty());
    EXPECT_FALSE(keeper->person(person).ok());
    EXPECT_TRUE(must(keeper->rebuild()).empty());
    expect_whole_chains();
}

}  // namespace
}  // namespace evenkeel::store
