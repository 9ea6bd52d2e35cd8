// Goal: findings follow from what was said, once a night, whatever arrives when; they hold
// nothing that was kept private, and never stand in the way of a signal.

#include "record/analysis.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "record/detail/person_fixture.h"
#include "record/timeline.h"

namespace evenkeel::record {
namespace {

using namespace std::chrono_literals;
using care::Role;
using practice::FindingKind;

class Analysis : public PersonFixture {
  protected:
    // A mood that wanders between 1 and 3, in the evening of the day.
    Id check_in(int day, practice::Visibility seen = practice::Visibility::care_team) {
        practice::CheckIn body{.mood = 1 + (day * 7 % 5) / 2};
        body.visible_to = seen;
        return write(Role::client, body, start + 24h * day + 10h);
    }

    std::optional<Due> diary_due() {
        for (const auto& each : dues(state)) {
            if (each.kind == DueKind::diary) return each;
        }
        return std::nullopt;
    }

    std::vector<Entry> look(Instant now) {
        const auto due = diary_due();
        if (!due) return {};
        auto entries = decide_due(state, *due, context(now)).value();
        append(entries);
        return entries;
    }

    const practice::Finding* finding(FindingKind kind) {
        for (const auto& each : state.findings) {
            if (each.finding.finding == kind) return &each.finding;
        }
        return nullptr;
    }
};

TEST_F(Analysis, OfTheSecondAnswersSaysWhetherTheChangeCouldBeChance) {
    answer(16, start + 24h);
    EXPECT_EQ(finding(FindingKind::reliable_change), nullptr);
    answer(8, start + 24h * 8);
    const auto* change = finding(FindingKind::reliable_change);
    ASSERT_NE(change, nullptr);
    EXPECT_EQ(change->series, "score.phq-9");
    EXPECT_EQ(change->values.at("change"), -8);
    EXPECT_EQ(change->standing, practice::Standing::better);
    answer(16, start + 24h * 15);
    EXPECT_EQ(state.findings.size(), 1u) << "the newest takes the place of the one before";
}

TEST_F(Analysis, ADiaryIsLookedAtOnceInTheNightAfter) {
    for (int day = 1; day <= 28; ++day) check_in(day);
    EXPECT_FALSE(diary_due()) << "28 days have no 29th to compare";
    check_in(29);
    ASSERT_TRUE(diary_due());
    look(diary_due()->at + 24h * 60);
    ASSERT_NE(finding(FindingKind::control_limits), nullptr);
    EXPECT_FALSE(diary_due());

    check_in(30);
    const Id second = check_in(30);
    const auto due = diary_due();
    ASSERT_TRUE(due) << "two check-ins of a day wait together";
    EXPECT_EQ(due->ref, second);
    const Day night = local_day(due->at, "Europe/London");
    EXPECT_EQ(night, local_day(start, "Europe/London") + std::chrono::days{31});
    EXPECT_LT(local_time(due->at, "Europe/London"), 5h);
    EXPECT_TRUE(look(due->at - 1min).empty()) << "not before";
    const auto entries = look(due->at);
    ASSERT_EQ(entries.size(), 1u);
    EXPECT_EQ(entries[0].id, derived_id(second, "findings"));
    EXPECT_EQ(finding(FindingKind::control_limits)->n, 30);
}

TEST_F(Analysis, WhatAPersonKeepsToHerselfIsInNoNumber) {
    for (int day = 1; day <= 40; ++day) check_in(day);
    look(start + 24h * 90);
    const auto before = *finding(FindingKind::control_limits);
    for (int day = 41; day <= 60; ++day) check_in(day, practice::Visibility::me);
    EXPECT_FALSE(diary_due()) << "the time of a look would tell of it";
    EXPECT_EQ(*finding(FindingKind::control_limits), before);
}

TEST_F(Analysis, AFindingGoesWhenWhatItStoodOnIsHidden) {
    std::vector<Id> ids;
    for (int day = 1; day <= 30; ++day) ids.push_back(check_in(day));
    look(start + 24h * 90);
    ASSERT_NE(finding(FindingKind::control_limits), nullptr);
    for (const Id& each : {ids[3], ids[4]}) {
        write(Role::client, practice::Withdrawal{}, start + 24h * 31, each);
    }
    look(start + 24h * 90);
    EXPECT_EQ(finding(FindingKind::control_limits), nullptr);
}

TEST_F(Analysis, ANewEpisodeBeginsWithoutFindings) {
    answer(16, start + 24h);
    answer(8, start + 24h * 8);
    ASSERT_FALSE(state.findings.empty());
    care::EpisodeOpened terms;
    terms.questionnaire = "phq-9";
    write(Role::therapist, terms, start + 24h * 9);
    EXPECT_TRUE(state.findings.empty());
    answer(8, start + 24h * 10);
    EXPECT_TRUE(state.findings.empty()) << "one score of this episode is no change";
}

TEST_F(Analysis, ForSignalsDoesNotWaitForAnyFinding) {
    answer(0, start + 24h);
    practice::Answers worse{.instrument = "phq-9"};
    worse.answers.assign(8, 2);
    worse.answers.emplace_back(0);
    const Id id = write(Role::client, worse, start + 24h * 8);
    std::vector<DueKind> kinds;
    for (const auto& due : dues(state)) {
        if (due.ref == id) kinds.push_back(due.kind);
    }
    EXPECT_EQ(kinds, (std::vector{DueKind::analysis, DueKind::findings})) << "each by itself";
    append(look_at_scores(state, id, context(start + 24h * 8)));
    EXPECT_EQ(state.to_analyse, std::vector<Id>{id}) << "what is left for signals stays due";
}

TEST_F(Analysis, AnewWritesOnlyWhatDiffers) {
    for (int day = 1; day <= 34; ++day) check_in(day);
    answer(16, start + 24h * 34 + 11h);
    answer(8, start + 24h * 34 + 12h);
    look(start + 24h * 35);
    check_in(35);
    EXPECT_FALSE(refreshed(state, context(start + 24h * 35 + 11h))) << "the diary waits";
    const Instant later = start + 24h * 50;
    const auto entry = refreshed(state, context(later));
    ASSERT_TRUE(entry) << "the diary is overdue";
    append({*entry});
    EXPECT_NE(finding(FindingKind::control_limits), nullptr);
    EXPECT_FALSE(diary_due());
    EXPECT_FALSE(refreshed(state, context(later)));
    state.findings[0].finding.method = "of an older version";
    const auto anew = refreshed(state, context(later));
    ASSERT_TRUE(anew);
    EXPECT_EQ(anew->id, derived_id(person, "refresh", state.seq));
}

TEST_F(Analysis, APastIsLookedAtOnceAtItsEnd) {
    std::vector<Command> commands;
    for (int day = 1; day <= 60; ++day) {
        commands.push_back({.id = new_id(start, random),
                            .stream = person,
                            .body = practice::CheckIn{.mood = 1 + day % 3},
                            .effective_at = start + 24h * day,
                            .zone = "Europe/London",
                            .author = {person, Role::client}});
    }
    const auto entries = live_through(state, commands, start + 24h * 61, context(start + 24h * 61));
    ASSERT_TRUE(entries.ok());
    const auto analyses = std::ranges::count_if(entries.value(), [](const auto& each) {
        return std::holds_alternative<practice::FindingsComputed>(each.body);
    });
    EXPECT_EQ(analyses, 1);
    EXPECT_NE(finding(FindingKind::control_limits), nullptr);
}

}  // namespace
}  // namespace evenkeel::record
