// Goal: what may be written, what follows from it, and what the state says after,
// above all: a safety answer never stands without its signal.

#include <gtest/gtest.h>

#include <map>

#include "base/random.h"
#include "record/detail/person_fixture.h"

namespace evenkeel::record {
namespace {

using namespace std::chrono_literals;
using care::Role;

// Tuesday 24 November 2026, 07:14 in London; the service opens at 09:00.
const Instant morning = *parse_instant("2026-11-24T07:14:00Z");
const Instant noon = *parse_instant("2026-11-24T12:00:00Z");

class Record : public testing::Test {
  protected:
    SeededRandom random{11};
    measures::Instrument instrument = nine_items();
    OrganisationState organisation;
    Id therapist = make_id();
    Id manager = make_id();
    Id duty = make_id();
    Id person = make_id();
    PersonState state;
    std::vector<Entry> stream;

    void SetUp() override {
        care::OrganisationSet settings{.name = "Service", .zone = "Europe/London", .region = "GB"};
        for (const auto day : {care::Weekday::mon, care::Weekday::tue, care::Weekday::wed,
                               care::Weekday::thu, care::Weekday::fri}) {
            settings.hours.push_back({day, "09:00", "17:00"});
        }
        settings.duty = {{duty, morning - 24h * 30, morning + 24h * 30, "01"}};
        organisation.settings = settings;
        const Instant start = morning - 24h * 60;
        write(Role::therapist, care::PersonRegistered{.name = "Ruth", .zone = "Europe/London"},
              start);
        write(Role::therapist, care::RelationStarted{{therapist, Role::therapist}}, start);
        care::EpisodeOpened terms;
        terms.therapy = "CBT";
        terms.questionnaire = "phq-9";
        write(Role::therapist, terms, start);
    }

    Id make_id() { return new_id(morning, random); }

    Context context(Instant now) {
        return {.now = now,
                .instrument =
                    [this](std::string_view id) { return id == "phq-9" ? &instrument : nullptr; },
                .instrument_hash = [](std::string_view) { return std::string("hash"); },
                .organisation = organisation,
                .managers = {manager}};
    }

    Command command(Role role, Body body, Instant at) {
        return {.id = make_id(),
                .stream = person,
                .body = std::move(body),
                .effective_at = at,
                .zone = "Europe/London",
                .author = {role == Role::therapist ? therapist : person, role}};
    }

    void append(std::vector<Entry> entries) {
        for (auto& entry : entries) {
            entry.seq = state.seq + 1;
            apply(state, entry);
            stream.push_back(entry);
        }
    }

    Decision write(Role role, Body body, Instant at) {
        auto decided = decide(state, command(role, std::move(body), at), context(at));
        EXPECT_TRUE(decided.ok()) << (decided.ok() ? "" : decided.error().message);
        append(decided.value().entries);
        return decided.value();
    }

    // Nine items of which the first eight sum to `first_eight`.
    practice::Answers answers(int first_eight, std::optional<int> ninth) {
        practice::Answers out{.instrument = "phq-9"};
        for (int i = 0; i < 8; ++i) {
            const int value = std::min(3, first_eight);
            out.answers.emplace_back(value);
            first_eight -= value;
        }
        out.answers.push_back(ninth);
        return out;
    }

    // Works off what is due until nothing is.
    void tick(Instant now) {
        for (int round = 0; round < 50; ++round) {
            std::optional<Due> next;
            for (const auto& due : dues(state)) {
                if (due.at <= now && !next) next = due;
            }
            if (!next) return;
            append(decide_due(state, *next, context(now)).value());
        }
        FAIL() << "something stays due for ever";
    }

    std::vector<const SignalState*> signals(care::SignalKind kind, bool only_open = true) {
        std::vector<const SignalState*> out;
        for (const auto& each : state.signals) {
            if (each.kind() == kind && (each.open() || !only_open)) out.push_back(&each);
        }
        return out;
    }
};

TEST_F(Record, ASafetyAnswerStandsTogetherWithItsSignalAndShowsHelp) {
    for (const int value : {1, 2, 3}) {
        const auto decision = write(Role::client, answers(4, value), morning);
        EXPECT_TRUE(decision.show.help);
        ASSERT_EQ(decision.entries.size(), 3u);
        const auto& raised = std::get<care::SignalRaised>(decision.entries[2].body);
        EXPECT_EQ(raised.signal_kind, care::SignalKind::safety_item);
        EXPECT_EQ(raised.evidence, std::vector<Id>{decision.entries[0].id});
        EXPECT_EQ(raised.owner, therapist);
    }
}

TEST_F(Record, NotAtAllRaisesNothingAndShowsNoHelp) {
    const auto decision = write(Role::client, answers(20, 0), morning);
    EXPECT_FALSE(decision.show.help);
    EXPECT_TRUE(signals(care::SignalKind::safety_item).empty());
}

TEST_F(Record, LeavingTheSafetyItemOutTellsTheTherapist) {
    const auto decision = write(Role::client, answers(3, std::nullopt), morning);
    EXPECT_TRUE(decision.show.help);
    ASSERT_EQ(signals(care::SignalKind::safety_item).size(), 1u);
    EXPECT_EQ(signals(care::SignalKind::safety_item)[0]->raised.reason.code,
              "reason.safety_item_skipped");
    EXPECT_FALSE(state.scores.back().total) << "no PHQ-9 total without item 9";
}

TEST_F(Record, SeveralDaysIsDueThatWorkingDayAndMoreIsDueSooner) {
    write(Role::client, answers(4, 1), morning);
    EXPECT_EQ(to_string(*state.signals.back().due), "2026-11-24T17:00:00.000Z");
    write(Role::client, answers(4, 2), morning);
    EXPECT_EQ(to_string(*state.signals.back().due), "2026-11-24T10:00:00.000Z");
}

TEST_F(Record, AFridayEveningAnswerIsDueOnMonday) {
    write(Role::client, answers(4, 2), *parse_instant("2026-11-27T18:00:00Z"));
    EXPECT_EQ(to_string(*state.signals.back().due), "2026-11-30T10:00:00.000Z");
}

TEST_F(Record, AnUnreadSignalGoesToDutyAndThenToTheManager) {
    write(Role::client, answers(4, 2), morning);
    tick(*parse_instant("2026-11-24T10:00:00Z"));
    ASSERT_EQ(signals(care::SignalKind::safety_item)[0]->escalation, 1);
    EXPECT_EQ(signals(care::SignalKind::safety_item)[0]->owner, duty);
    tick(*parse_instant("2026-11-24T14:00:00Z"));
    EXPECT_EQ(signals(care::SignalKind::safety_item)[0]->escalation, 2);
    EXPECT_EQ(signals(care::SignalKind::safety_item)[0]->owner, manager);
    tick(*parse_instant("2026-12-24T14:00:00Z"));
    EXPECT_EQ(signals(care::SignalKind::safety_item).size(), 1u) << "never closed by itself";
}

TEST_F(Record, SeeingIsNotDealingWith) {
    write(Role::client, answers(4, 1), morning);
    const Id id = state.signals.back().raised.signal;
    write(Role::therapist, care::SignalSeen{.signal = id}, noon);
    EXPECT_TRUE(state.signal(id)->open());
    EXPECT_EQ(to_string(*state.signal(id)->due), "2026-11-24T16:00:00.000Z");
}

TEST_F(Record, ClosingNeedsWordsAndHappensOnce) {
    write(Role::client, answers(4, 1), morning);
    const Id id = state.signals.back().raised.signal;
    const care::SignalClosed close{.signal = id,
                                   .action = care::Action::called_spoke,
                                   .text = "We spoke.",
                                   .judgement = care::Judgement::right};
    write(Role::therapist, close, noon);
    EXPECT_FALSE(state.signal(id)->open());
    EXPECT_EQ(state.signal(id)->steps.back().who, therapist);
    const auto again = decide(state, command(Role::therapist, close, noon), context(noon));
    ASSERT_FALSE(again.ok());
    EXPECT_EQ(again.error().fault, Fault::conflict);
}

TEST_F(Record, ThoughtsOnAHardDayRaiseASafetySignal) {
    const auto hard = write(Role::client, practice::CheckIn{.hard = true}, morning);
    const practice::HardDayAnswer yes{hard.entries[0].id, practice::Thoughts::yes_or_unsure};
    EXPECT_TRUE(write(Role::client, yes, morning).show.help);
    EXPECT_EQ(signals(care::SignalKind::hard_day_thoughts).size(), 1u);
    const practice::HardDayAnswer no{hard.entries[0].id, practice::Thoughts::rather_not_say};
    EXPECT_FALSE(write(Role::client, no, morning).show.help);
    EXPECT_EQ(signals(care::SignalKind::hard_day_thoughts).size(), 1u);
}

TEST_F(Record, HardDaysAgainAndAgainOfferToTellTheTherapist) {
    EXPECT_EQ(write(Role::client, practice::CheckIn{.hard = true}, morning).show.offer,
              std::vector{Offer::small_step});
    write(Role::client, practice::CheckIn{.hard = true}, morning + 24h);
    const auto third = write(Role::client, practice::CheckIn{.hard = true}, morning + 48h);
    EXPECT_EQ(third.show.offer,
              (std::vector{Offer::safety_plan, Offer::small_step, Offer::tell_therapist}));
}

TEST_F(Record, TwoTapsOnOneDayAreOneHardDay) {
    for (int i = 0; i < 3; ++i) {
        const auto decision =
            write(Role::client, practice::CheckIn{.hard = true}, morning + i * 1min);
        EXPECT_EQ(decision.show.offer, std::vector{Offer::small_step});
    }
}

TEST_F(Record, WorseByMoreThanChanceIsSaidOnceUntilItIsWorseStill) {
    const auto week = 24h * 7;
    write(Role::client, answers(9, 0), morning - 5 * week);
    write(Role::client, answers(14, 0), morning - 4 * week);  // 5 points: could be chance
    tick(morning - 4 * week);
    EXPECT_TRUE(signals(care::SignalKind::deterioration).empty());
    write(Role::client, answers(15, 0), morning - 3 * week);  // 6 points, moderate
    tick(morning - 3 * week);
    ASSERT_EQ(signals(care::SignalKind::deterioration).size(), 1u);
    const Id id = signals(care::SignalKind::deterioration)[0]->raised.signal;
    write(Role::therapist,
          care::SignalClosed{.signal = id, .text = "Spoke.", .judgement = care::Judgement::right},
          morning - 3 * week + 1h);
    write(Role::client, answers(15, 0), morning - 2 * week);
    tick(morning - 2 * week);
    EXPECT_TRUE(signals(care::SignalKind::deterioration).empty());
    write(Role::client, answers(16, 0), morning - week);
    tick(morning - week);
    EXPECT_EQ(signals(care::SignalKind::deterioration).size(), 1u);
}

TEST_F(Record, WorseThanTheBestSinceCountsOnlyWhenAtLeastModerate) {
    write(Role::client, answers(12, 0), morning - 24h * 21);
    write(Role::client, answers(1, 0), morning - 24h * 14);
    write(Role::client, answers(8, 0), morning - 24h * 7);
    tick(morning - 24h * 7);
    EXPECT_TRUE(signals(care::SignalKind::deterioration).empty()) << "8 is mild";
    write(Role::client, answers(11, 0), morning);
    tick(morning);
    ASSERT_EQ(signals(care::SignalKind::deterioration).size(), 1u);
    EXPECT_EQ(signals(care::SignalKind::deterioration)[0]->raised.reason.code,
              "reason.worse_from_best");
}

TEST_F(Record, SilenceIsSaidAfterTwiceTheAgreedIntervalAndEndsWhenHeardAgain) {
    write(Role::client, practice::CheckIn{.mood = 2}, morning);
    tick(morning + 24h * 4 - 1min);
    EXPECT_TRUE(signals(care::SignalKind::silence).empty());
    tick(morning + 24h * 4);
    ASSERT_EQ(signals(care::SignalKind::silence).size(), 1u);
    write(Role::client, practice::CheckIn{.mood = 2}, morning + 24h * 5);
    EXPECT_TRUE(signals(care::SignalKind::silence).empty());
    EXPECT_EQ(signals(care::SignalKind::silence, false).back()->steps.back().action,
              care::Action::heard_again);
}

TEST_F(Record, AMissedMeetingWithoutContactIsSilence) {
    const auto planned =
        write(Role::therapist, care::MeetingPlanned{.at = noon, .minutes = 50}, morning);
    write(Role::therapist, care::MeetingOutcome{planned.entries[0].id, care::Outcome::missed, true},
          noon);
    EXPECT_TRUE(signals(care::SignalKind::silence).empty());
    write(Role::therapist,
          care::MeetingOutcome{planned.entries[0].id, care::Outcome::missed, false}, noon);
    EXPECT_EQ(signals(care::SignalKind::silence).size(), 1u);
}

TEST_F(Record, WhereNobodyReadsNoSignalIsRaisedButHelpIsShown) {
    auto solo = context(morning);
    solo.solo = true;
    const auto decided = decide(state, command(Role::client, answers(4, 1), morning), solo);
    ASSERT_TRUE(decided.ok());
    EXPECT_TRUE(decided.value().show.help);
    EXPECT_EQ(decided.value().entries.size(), 2u);
}

TEST_F(Record, RolesWriteOnlyTheirKinds) {
    const auto refused = [&](Role role, Body body) {
        const auto decided =
            decide(state, command(role, std::move(body), morning), context(morning));
        return !decided.ok() && decided.error().fault == Fault::forbidden;
    };
    EXPECT_TRUE(refused(Role::client, care::SignalSeen{}));
    EXPECT_TRUE(refused(Role::client, care::SignalRaised{}));
    EXPECT_TRUE(refused(Role::client, practice::ScoreComputed{}));
    EXPECT_TRUE(refused(Role::therapist, practice::CheckIn{}));
    EXPECT_TRUE(refused(Role::manager, care::SignalClosed{}));
    EXPECT_TRUE(refused(Role::administrator, practice::CheckIn{}));
    EXPECT_TRUE(refused(Role::supporter, practice::CheckIn{}));
}

TEST_F(Record, BadAnswersAreAllNamed) {
    auto bad = answers(3, 0);
    bad.answers[1] = 7;
    bad.answers[4] = -2;
    const auto decided = decide(state, command(Role::client, bad, morning), context(morning));
    ASSERT_FALSE(decided.ok());
    const auto problems = decided.error().problems();
    ASSERT_EQ(problems.size(), 2u);
    EXPECT_EQ(problems[0].where, "/answers/1");
    EXPECT_EQ(problems[1].where, "/answers/4");
}

TEST_F(Record, DecidingTwiceGivesTheSameIds) {
    const auto once = command(Role::client, answers(4, 1), morning);
    const auto a = decide(state, once, context(morning)).value();
    const auto b = decide(state, once, context(morning + 5min)).value();
    ASSERT_EQ(a.entries.size(), b.entries.size());
    for (std::size_t i = 0; i < a.entries.size(); ++i) EXPECT_EQ(a.entries[i].id, b.entries[i].id);
}

TEST_F(Record, AWithdrawnCheckInLeavesTheCalendarButNotTheRecord) {
    const auto hard = write(Role::client, practice::CheckIn{.hard = true}, morning);
    auto back = command(Role::client, practice::Withdrawal{}, morning + 1min);
    back.supersedes = hard.entries[0].id;
    append(decide(state, back, context(morning + 1min)).value().entries);
    EXPECT_TRUE(state.days.empty());
    EXPECT_EQ(stream.back().supersedes, hard.entries[0].id);
}

TEST_F(Record, AWrongClockIsCorrectedAndNeverAReasonToLoseAnAnswer) {
    const Instant wrong = noon - 24h * 365;  // the phone is a year behind
    EXPECT_EQ(corrected(wrong - 2h, wrong, noon), noon - 2h);
    EXPECT_EQ(corrected(noon + 48h, noon + 48h, noon), noon);
    EXPECT_EQ(corrected(noon - 3h, noon - 30s, noon), noon - 3h);
    EXPECT_LE(corrected(noon + 24h, noon, noon), noon);
}

TEST_F(Record, LateOfflineEntriesTakeTheirPlaceByTime) {
    write(Role::client, practice::CheckIn{.mood = 3}, noon);
    append(decide(state, command(Role::client, practice::CheckIn{.mood = 1}, morning),
                  context(noon + 1h))
               .value()
               .entries);
    ASSERT_EQ(state.days.size(), 2u);
    EXPECT_EQ(state.days[0].mood, 1);
    EXPECT_EQ(*state.last_heard, noon);
}

}  // namespace
}  // namespace evenkeel::record
