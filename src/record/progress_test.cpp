// Goal: whoever is above the expected range, or has hardly changed at the review point, comes to
// the therapist's eyes once, and the signal is closed with what was found.

#include "record/progress.h"

#include "record/detail/person_fixture.h"

namespace evenkeel::record {
namespace {

using namespace std::chrono_literals;
using care::AreaLook;
using care::Role;
using care::SignalKind;

class Progress : public PersonFixture {
  protected:
    // People who began between 10 and 27: 6 points lower after 4 weeks, give or take 3.
    void fit_archive() {
        practice::ArchiveStratum stratum{.from = 10, .to = 27, .people = 300, .center = 16};
        stratum.fixed = {16, -1.8, 1};
        stratum.fixed_covariance = {0.01, 0, 0, 0, 0.001, 0, 0, 0, 0.001};
        stratum.random_covariance = {4};
        stratum.residual_sd = 2;
        stratum.reach_below = -1.28;
        stratum.reach_above = 1.28;
        organisation.archives.push_back(
            {start, {.instrument = "phq-9", .method = "test", .people = 300, .strata = {stratum}}});
    }

    care::SignalClosed closing(const std::vector<std::string>& areas) {
        care::SignalClosed out{.signal = open(SignalKind::not_on_track).at(0)->raised.signal,
                               .action = care::Action::talked_in_meeting,
                               .text = "One small step a day.",
                               .judgement = care::Judgement::right,
                               .look_again_on = {}};
        if (areas.empty()) return out;
        out.support =
            care::SupportFinding{.areas = {}, .outcome = care::SupportOutcome::plan_changes};
        for (const auto& each : areas) out.support->areas.push_back({each, AreaLook::not_part});
        return out;
    }
};

TEST_F(Progress, HardlyLowerAtTheReviewPointIsSaidOnceThenAndNotBefore) {
    answer(18, start);
    answer(17, start + 24h * 27);
    EXPECT_TRUE(open(SignalKind::not_on_track).empty()) << "not before four weeks";
    answer(15, start + 24h * 28 - 1h);  // earlier in the day than the first
    const auto raised = open(SignalKind::not_on_track);
    ASSERT_EQ(raised.size(), 1u);
    EXPECT_EQ(raised[0]->raised.reason.code, "reason.no_response");
    EXPECT_EQ(raised[0]->owner, therapist);
    EXPECT_EQ(raised[0]->raised.evidence.size(), 2u);
    EXPECT_EQ(care::tier_of(raised[0]->kind()), care::Tier::not_on_track);
    answer(15, start + 24h * 35);
    EXPECT_EQ(open(SignalKind::not_on_track).size(), 1u);
}

TEST_F(Progress, AFifthLowerOrAMildFirstScoreRaisesNothing) {
    answer(15, start);
    answer(12, start + 24h * 30);
    EXPECT_TRUE(open(SignalKind::not_on_track).empty()) << "exactly a fifth lower";
    write(Role::therapist, care::EpisodeOpened{{.therapy = "CBT", .questionnaire = "phq-9"}},
          start + 24h * 31);
    answer(9, start + 24h * 32);
    answer(9, start + 24h * 64);
    EXPECT_TRUE(open(SignalKind::not_on_track).empty()) << "mild at first";
}

TEST_F(Progress, AboveTheExpectedRangeIsSaidFromTheThirdScoreOn) {
    fit_archive();
    answer(16, start);
    answer(18, start + 24h * 7);
    EXPECT_TRUE(open(SignalKind::not_on_track).empty()) << "the second score";
    answer(19, start + 24h * 14);
    const auto raised = open(SignalKind::not_on_track);
    ASSERT_EQ(raised.size(), 1u);
    EXPECT_EQ(raised[0]->raised.reason.code, "reason.not_on_track");
    EXPECT_LT(std::get<double>(raised[0]->raised.reason.values.at("upper")), 19);
    EXPECT_EQ(raised[0]->raised.why.method, "expected response 1");
}

TEST_F(Progress, IsClosedOnlyWithEveryAreaOfTheSupportTool) {
    answer(18, start);
    answer(18, start + 24h * 28);
    const Instant later = start + 24h * 29;
    const auto without = tried(Role::therapist, closing({}), later);
    ASSERT_FALSE(without.ok());
    EXPECT_EQ(without.error().where, "/support");
    const auto half = tried(Role::therapist, closing({"risk"}), later);
    ASSERT_FALSE(half.ok());
    EXPECT_EQ(half.error().message, "Say of this area too what you found: Working together.");
    const auto more = tried(Role::therapist, closing({"risk", "risk", "alliance", "moon"}), later);
    ASSERT_FALSE(more.ok());
    EXPECT_EQ(more.error().problems().size(), 2u) << "one twice, one that is none";
    write(Role::therapist, closing({"alliance", "risk"}), later);
    EXPECT_TRUE(open(SignalKind::not_on_track).empty());
    EXPECT_EQ(state.signals.back().steps.back().support->outcome,
              care::SupportOutcome::plan_changes);
}

TEST_F(Progress, StaysQuietAfterClosingUnlessItIsAboveTheRangeAndWorse) {
    answer(18, start);
    answer(18, start + 24h * 28);
    write(Role::therapist, closing({"alliance", "risk"}), start + 24h * 29);
    answer(18, start + 24h * 35);
    EXPECT_TRUE(open(SignalKind::not_on_track).empty());
    answer(19, start + 24h * 63);
    EXPECT_TRUE(open(SignalKind::not_on_track).empty()) << "the review point is one";
    fit_archive();
    answer(20, start + 24h * 70);
    EXPECT_EQ(open(SignalKind::not_on_track).size(), 1u);
}

TEST_F(Progress, AnotherSignalHasNoSupportTool) {
    write(Role::client, practice::ContactRequest{}, start);
    care::SignalClosed body{.signal = open(SignalKind::asked_for_contact).at(0)->raised.signal,
                            .text = "Spoke.",
                            .judgement = care::Judgement::right,
                            .support = care::SupportFinding{}};
    const auto refused = tried(Role::therapist, body, start + 1h);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().where, "/support");
}

}  // namespace
}  // namespace evenkeel::record
