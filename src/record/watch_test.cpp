// Goal: care goes on after discharge as agreed, nobody falls out of it by an impossible step, a
// relapse is told apart from statistics, and the way back needs no referral.

#include "record/watch.h"

#include "record/detail/person_fixture.h"

namespace evenkeel::record {
namespace {

using namespace std::chrono_literals;
using care::Phase;
using care::Role;
using care::SignalKind;
using care::WatchChange;

class Watch : public PersonFixture {
  protected:
    static care::RelapsePlan plan() {
        care::RelapsePlan out;
        out.parts.signs = {{.domain = care::SignDomain::sleep, .sign = "I wake at four."}};
        out.parts.early.step = "Walk each day.";
        out.parts.worse.step = "Call Dr Lee.";
        out.parts.urgent.step = "Use the safety plan.";
        return out;
    }
    static care::Discharged discharge(care::WatchAgreement agreed = care::WatchAgreement::agreed) {
        return {
            .watch = agreed, .watch_months = {}, .done = "Sixteen meetings of CBT.", .next = {}};
    }
    std::string refused(Role role, Body body, Instant at) {
        const auto result = tried(role, std::move(body), at);
        return result.ok() ? "" : result.error().problems().front().message;
    }
    void into_watch(Instant at) {
        write(Role::therapist, plan(), at);
        write(Role::therapist, discharge(), at);
    }
    std::optional<Instant> due_at(DueKind kind) {
        for (const auto& each : dues(state)) {
            if (each.kind == kind) return each.at;
        }
        return std::nullopt;
    }
    // Mood of each day, in the evening.
    void diary(int from, int days, int mood) {
        for (int day = from; day < from + days; ++day) {
            const int own = mood > 2 && day % 2 == 1 ? mood - 1 : mood;
            write(Role::client, practice::CheckIn{.mood = own}, start + 24h * day + 7h);
        }
    }
};

TEST_F(Watch, DischargeNeedsCareAPlanAndNoOpenSafetySignal) {
    EXPECT_EQ(refused(Role::therapist, discharge(), start),
              "The relapse plan needs at least one early sign. Write it together.");
    write(Role::therapist, plan(), start);
    practice::Answers risk{.instrument = "phq-9"};
    risk.answers.assign(9, 1);
    write(Role::client, risk, start + 1h);
    EXPECT_EQ(refused(Role::therapist, discharge(), start + 2h),
              "A safety signal is open. Close it with an outcome first.");
    write(Role::therapist,
          care::SignalClosed{.signal = open(SignalKind::safety_item).at(0)->raised.signal,
                             .text = "Spoke.",
                             .judgement = care::Judgement::right,
                             .look_again_on = {}},
          start + 3h);
    EXPECT_FALSE(tried(Role::client, discharge(), start + 4h).ok()) << "the therapist's to write";
    write(Role::therapist, discharge(), start + 4h);
    EXPECT_EQ(state.episode->phase, Phase::watch);
    EXPECT_EQ(refused(Role::therapist, discharge(), start + 5h),
              "This person was discharged already, on 2026-11-24.");
    EXPECT_FALSE(tried(Role::therapist,
                       care::EpisodeOpened{{.therapy = "CBT", .questionnaire = "phq-9"}},
                       start + 5h)
                     .ok());
    state.episode.reset();
    EXPECT_EQ(refused(Role::therapist, discharge(), start + 6h),
              "There is no care to end yet. Open an episode first.");
}

TEST_F(Watch, WhoDeclinesIsDischargedWithoutOneAndAskedNothing) {
    write(Role::therapist, discharge(care::WatchAgreement::declined), start);
    EXPECT_EQ(state.episode->phase, Phase::ended);
    EXPECT_FALSE(asked_every(state, start + 24h));
    EXPECT_FALSE(due_at(DueKind::silence));
    EXPECT_EQ(refused(Role::client, care::WatchChanged{}, start + 24h),
              "There is no watch at this time.");
}

TEST_F(Watch, AsksWeeklyThenFortnightlyThenMonthlyAndEndsAsAgreed) {
    into_watch(start);
    EXPECT_EQ(asked_every(state, start + 24h * 27), std::chrono::days{7});
    EXPECT_EQ(asked_every(state, start + 24h * 28), std::chrono::days{14});
    EXPECT_EQ(asked_every(state, start + 24h * 183), std::chrono::days{30});
    EXPECT_EQ(due_at(DueKind::watch_end), parse_instant("2027-11-24T12:00:00Z"));
    const Instant end = *due_at(DueKind::watch_end);
    append(must(decide_due(state, {DueKind::watch_end, state.episode->id, end}, context(end))));
    EXPECT_EQ(state.episode->phase, Phase::ended);
    EXPECT_FALSE(due_at(DueKind::watch_end));
}

TEST_F(Watch, SilenceIsMeasuredAgainstItsOwnInterval) {
    into_watch(start);
    EXPECT_EQ(due_at(DueKind::silence), start + 24h * 14) << "twice a week";
    write(Role::client, practice::CheckIn{.mood = 3}, start + 24h * 60);
    EXPECT_EQ(due_at(DueKind::silence), start + 24h * 88) << "twice a fortnight";
    tick(start + 24h * 88);
    ASSERT_EQ(open(SignalKind::silence).size(), 1u);
    EXPECT_EQ(std::get<double>(open(SignalKind::silence)[0]->raised.reason.values.at("usual_days")),
              14);
}

TEST_F(Watch, IsPausedAndLeftByThePersonAtAnyTime) {
    into_watch(start);
    const Instant later = start + 24h * 5;
    EXPECT_EQ(refused(Role::client, care::WatchChanged{.until = local_day(later, "Europe/London")},
                      later),
              "Choose a day after today.");
    EXPECT_EQ(refused(Role::client, care::WatchChanged{.change = WatchChange::ended}, later),
              "Choose one of: paused, resumed, left.");
    write(Role::client, care::WatchChanged{.until = local_day(start + 24h * 20, "Europe/London")},
          later);
    EXPECT_TRUE(is_paused(state, later));
    EXPECT_FALSE(asked_every(state, later));
    EXPECT_FALSE(is_paused(state, start + 24h * 20)) << "the pause ends by itself";
    EXPECT_EQ(due_at(DueKind::silence), parse_instant("2026-12-28T00:00:00Z"));
    write(Role::client, care::WatchChanged{}, later + 1h);
    EXPECT_FALSE(due_at(DueKind::silence)) << "paused until resumed";
    write(Role::client, care::WatchChanged{.change = WatchChange::resumed}, later + 48h);
    EXPECT_TRUE(due_at(DueKind::silence));
    write(Role::client, care::WatchChanged{.change = WatchChange::left}, later + 72h);
    EXPECT_EQ(state.episode->phase, Phase::ended);
}

TEST_F(Watch, ARelapseAlertNeedsASecondScoreAndASecondScoreIsAskedFor) {
    answer(16, start);
    answer(3, start + 24h * 60);
    answer(2, start + 24h * 67);
    into_watch(start + 24h * 68);
    answer(11, start + 24h * 120);
    EXPECT_TRUE(open(SignalKind::relapse_alert).empty()) << "one score is not confirmed";
    EXPECT_EQ(asked_every(state, start + 24h * 121), std::chrono::days{7});
    answer(12, start + 24h * 124);
    EXPECT_TRUE(open(SignalKind::relapse_alert).empty()) << "four days are too few";
    answer(12, start + 24h * 127);
    const auto raised = open(SignalKind::relapse_alert);
    ASSERT_EQ(raised.size(), 1u);
    EXPECT_EQ(std::get<double>(raised[0]->raised.reason.values.at("from")), 2.5);
    EXPECT_EQ(raised[0]->owner, therapist);
    EXPECT_TRUE(open(SignalKind::not_on_track).empty()) << "of care only";
}

TEST_F(Watch, AnEarlyWarningIsOfTheDiaryAgainstTheTimeWhenWell) {
    write(Role::therapist, plan(), start);
    diary(0, 10, 1);
    answer(4, start + 24h * 10);
    diary(10, 40, 4);
    answer(2, start + 24h * 50);
    write(Role::therapist, discharge(), start + 24h * 51);
    tick(start + 24h * 52);
    EXPECT_TRUE(open(SignalKind::early_warning).empty());
    diary(52, 20, 1);
    tick(start + 24h * 73);
    const auto raised = open(SignalKind::early_warning);
    ASSERT_EQ(raised.size(), 1u);
    EXPECT_EQ(raised[0]->raised.reason.code, "reason.mood_below");
    EXPECT_EQ(care::tier_of(raised[0]->kind()), care::Tier::worth_a_look);
    const auto limits = std::ranges::find_if(state.findings, [](const auto& each) {
        return each.finding.series == "mood" &&
               each.finding.finding == practice::FindingKind::control_limits;
    });
    ASSERT_NE(limits, state.findings.end());
    EXPECT_EQ(limits->finding.values.at("of_remission"), 1);
    EXPECT_GT(limits->finding.values.at("center"), 3) << "not the ill weeks";
}

TEST_F(Watch, TheWayBackLeadsToTheSameTherapistAndKeepsTheHistory) {
    EXPECT_FALSE(tried(Role::client, care::CareResumed{}, start).ok()) << "care goes on";
    answer(16, start);
    into_watch(start + 24h);
    const Id id = write(Role::client, care::CareResumed{"Please."}, start + 24h * 90);
    EXPECT_EQ(state.episode->phase, Phase::care);
    EXPECT_EQ(state.episode->id, id);
    EXPECT_EQ(state.episode->terms.therapy, "CBT");
    ASSERT_EQ(state.past.size(), 1u);
    EXPECT_EQ(state.past[0].phase, Phase::watch);
    EXPECT_EQ(state.scores.size(), 1u) << "nothing is lost";
    const auto raised = open(SignalKind::came_back);
    ASSERT_EQ(raised.size(), 1u);
    EXPECT_EQ(raised[0]->owner, therapist);
    EXPECT_EQ(std::get<std::string>(raised[0]->raised.reason.values.at("text")), "Please.");
    EXPECT_FALSE(due_at(DueKind::watch_end));
    write(Role::therapist, discharge(), start + 24h * 120);
    write(Role::therapist, care::CareResumed{}, start + 24h * 130);
    EXPECT_EQ(open(SignalKind::came_back).size(), 1u) << "the therapist's own step calls nobody";
}

TEST_F(Watch, APlanNeverOverwritesAVersionItDoesNotKnow) {
    const Id first = write(Role::therapist, plan(), start);
    const auto blind = tried(Role::client, plan(), start + 1h);
    ASSERT_FALSE(blind.ok());
    EXPECT_EQ(blind.error().where, "/supersedes");
    const Id second = write(Role::client, plan(), start + 1h, first);
    EXPECT_EQ(state.relapse_plan->entry, second);
    EXPECT_FALSE(tried(Role::therapist, plan(), start + 2h, first).ok());
}

}  // namespace
}  // namespace evenkeel::record
