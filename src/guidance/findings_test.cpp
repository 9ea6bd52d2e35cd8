// Goal: what each method says of a series whose truth is known, when it says nothing, and
// that its numbers are those of course/ and measures/.

#include "guidance/findings.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "course/control_chart.h"
#include "guidance/archive.h"

namespace evenkeel::guidance {
namespace {

using practice::Finding;
using practice::FindingKind;
using practice::Standing;

const Day first_day = *parse_day("2026-05-01");

Observation on(int day, double value) {
    const Day here = first_day + std::chrono::days{day};
    return {Instant{here} + std::chrono::hours{20}, here, value};
}

Series diary(const std::vector<double>& values) {
    Series out{.name = "mood"};
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (!std::isnan(values[i])) out.values.push_back(on(static_cast<int>(i), values[i]));
    }
    return out;
}

measures::Instrument six_points() {
    measures::Instrument out;
    out.id = "phq-9";
    out.scores = {0, 27};
    out.rci = measures::ReliablePoints{6, {.source = "cbtw", .page = "1.6"}};
    return out;
}

Series scores(const measures::Instrument& instrument, const std::vector<double>& totals) {
    Series out{.name = "score." + instrument.id, .instrument = &instrument};
    for (std::size_t i = 0; i < totals.size(); ++i) {
        out.values.push_back(on(static_cast<int>(7 * i), totals[i]));
    }
    return out;
}

const Finding* of(const std::vector<Finding>& all, FindingKind kind) {
    for (const auto& each : all) {
        if (each.finding == kind) return &each;
    }
    return nullptr;
}

// A stable time of independent days, then `shift` lower.
std::vector<double> stable_then(double shift, std::size_t stable, std::size_t after) {
    std::mt19937_64 engine{4};
    std::normal_distribution<double> noise{0, 0.7};
    std::vector<double> out;
    for (std::size_t i = 0; i < stable + after; ++i) {
        out.push_back(3 + noise(engine) - (i < stable ? 0 : shift));
    }
    return out;
}

// Waves that grow and take longer and longer.
std::vector<double> slowing_down(std::size_t n) {
    std::vector<double> out;
    double phase = 0;
    for (std::size_t i = 0; i < n; ++i) {
        const double late = static_cast<double>(i) / static_cast<double>(n);
        phase += 2 * std::acos(-1) / (3 + 9 * late);
        out.push_back((0.3 + 1.2 * late) * std::sin(phase));
    }
    return out;
}

TEST(Findings, OneScoreOrADiaryBelowTheLeastSaysNothing) {
    const auto instrument = six_points();
    EXPECT_TRUE(findings_of(scores(instrument, {18}), {}).empty());
    EXPECT_TRUE(findings_of(diary(stable_then(0, baseline_values, 0)), {}).empty());
    EXPECT_FALSE(findings_of(diary(stable_then(0, baseline_values, 1)), {}).empty());
    EXPECT_TRUE(findings_of(Series{.name = "mood"}, {}).empty());
}

TEST(Findings, SixPointsOfThePhqAreBeyondChanceWithTheIndexOfAnRci) {
    const auto instrument = six_points();
    const auto found = findings_of(scores(instrument, {18, 16, 12}), {});
    const auto* change = of(found, FindingKind::reliable_change);
    ASSERT_NE(change, nullptr);
    EXPECT_EQ(change->standing, Standing::better);
    EXPECT_EQ(change->n, 3);
    EXPECT_EQ(change->values.at("change"), -6);
    // The sd and reliability of which six points are the threshold give the same index.
    const double sd = 6 / (1.96 * std::sqrt(2.0));
    const auto rci = measures::reliable_change({18, 12}, {.sd = sd, .coefficient = 0},
                                               measures::Direction::lower_is_better);
    EXPECT_NEAR(change->values.at("index"), rci.value().index, 1e-12);
    EXPECT_EQ(findings_of(scores(instrument, {18, 13}), {}).at(0).standing, Standing::inside);
    EXPECT_EQ(findings_of(scores(instrument, {9, 15}), {}).at(0).standing, Standing::worse);
}

TEST(Findings, WithoutAPublishedThresholdNothingIsSaidOfChange) {
    auto instrument = six_points();
    instrument.rci.reset();
    EXPECT_TRUE(findings_of(scores(instrument, {18, 4}), {}).empty());
}

TEST(Findings, ALowerTimeIsBelowTheLimitsAndAStableOneInside) {
    const auto low = findings_of(diary(stable_then(1.5, 40, 14)), {});
    const auto* limits = of(low, FindingKind::control_limits);
    ASSERT_NE(limits, nullptr);
    EXPECT_EQ(limits->standing, Standing::below);
    EXPECT_LT(limits->values.at("statistic"), limits->values.at("lower"));
    EXPECT_GT(limits->values.at("days_outside"), 3);
    EXPECT_EQ(limits->values.at("n_baseline"), static_cast<double>(baseline_values));
    const auto stable = findings_of(diary(stable_then(0, 40, 14)), {});
    EXPECT_EQ(of(stable, FindingKind::control_limits)->standing, Standing::inside);
    EXPECT_EQ(of(stable, FindingKind::control_limits)->values.at("days_outside"), 0);
}

TEST(Findings, LimitsAreThoseOfTheChartWithMissingDaysAsSuch) {
    auto days = stable_then(1, 40, 14);
    for (const std::size_t missing : {3u, 4u, 17u, 30u, 45u}) days[missing] = NAN;
    const auto found = findings_of(diary(days), {});
    const auto* limits = of(found, FindingKind::control_limits);
    ASSERT_NE(limits, nullptr);
    const auto to = static_cast<std::size_t>(limits->values.at("baseline_days")) - 1;
    EXPECT_EQ(to, baseline_values - 1 + 4) << "four of them lie in the baseline";
    const auto chart = course::control_chart(days, 0, to,
                                             {.spread = course::Spread::standard_deviation,
                                              .dependence = course::Dependence::residuals,
                                              .lambda = ewma_lambda,
                                              .limit = ewma_limit});
    ASSERT_TRUE(chart.ok());
    EXPECT_EQ(limits->values.at("center"), chart.value().baseline.center);
    EXPECT_EQ(limits->values.at("sd"), chart.value().baseline.sd);
    EXPECT_EQ(limits->values.at("statistic"), chart.value().points.back().statistic);
    EXPECT_EQ(limits->values.at("upper"), chart.value().points.back().upper);
    EXPECT_EQ(limits->n, 49);
}

TEST(Findings, ADiaryThatNeverVariesHasNoLimitsAndNoWarning) {
    const auto source = course::remembered_surrogates();
    EXPECT_TRUE(findings_of(diary(std::vector<double>(200, 2.0)), {.surrogates = source}).empty());
}

TEST(Findings, DaysThatSwingWiderAndSlowerAreWorthALook) {
    const auto source = course::remembered_surrogates();
    const auto found = findings_of(diary(slowing_down(warning_values)), {.surrogates = source});
    const auto* warning = of(found, FindingKind::early_warning);
    ASSERT_NE(warning, nullptr);
    EXPECT_EQ(warning->standing, Standing::rising);
    EXPECT_EQ(warning->n, static_cast<int>(warning_values));
    EXPECT_LE(warning->values.at("p_ar1"), warning_level);
    EXPECT_LE(warning->values.at("p_variance"), warning_level);
    const auto quiet =
        findings_of(diary(stable_then(0, warning_values, 0)), {.surrogates = source});
    EXPECT_EQ(of(quiet, FindingKind::early_warning)->standing, Standing::inside);
    EXPECT_EQ(of(findings_of(diary(slowing_down(warning_values)), {}), FindingKind::early_warning),
              nullptr)
        << "without surrogates there is no p";
}

TEST(Findings, RememberedSurrogatesGiveTheNumbersOfFreshOnes) {
    const auto values = slowing_down(warning_values);
    const course::EarlyWarningOptions options{.window = warning_window,
                                              .detrend = course::Detrend::gaussian,
                                              .n_surrogates = warning_surrogates,
                                              .surrogate_step = warning_step};
    const auto source = course::remembered_surrogates();
    const auto fresh = course::early_warning(values, options);
    for (int again = 0; again < 2; ++again) {
        const auto remembered = course::early_warning(values, options, source);
        EXPECT_EQ(remembered.value().ar1.p_surrogate, fresh.value().ar1.p_surrogate);
        EXPECT_EQ(remembered.value().variance.p_surrogate, fresh.value().variance.p_surrogate);
    }
    const double steps = fresh.value().surrogate_ar1 / warning_step;
    EXPECT_NEAR(steps, std::round(steps), 1e-9);
}

// People who begin between 15 and 20 and lose 2 points for each unit of log time.
std::vector<course::ScoreRecord> archive_of(std::size_t people) {
    std::mt19937_64 engine{3};
    std::normal_distribution<double> noise{0, 1.5};
    std::vector<course::ScoreRecord> out;
    for (std::size_t person = 0; person < people; ++person) {
        const double start = 15 + static_cast<double>(person % 6);
        const double own = noise(engine);
        for (int week = 0; week < 10; ++week) {
            const double score = start + own - 2 * std::log1p(7.0 * week) + noise(engine);
            out.push_back({person, 7.0 * week, week == 0 ? start : score});
        }
    }
    return out;
}

TEST(Findings, AnArchiveBelowTwoHundredPeopleExpectsNothing) {
    EXPECT_FALSE(fitted_archive("phq-9", practice::ArchiveOf::service, archive_of(199)));
    EXPECT_TRUE(fitted_archive("phq-9", practice::ArchiveOf::service, archive_of(200)));
}

TEST(Findings, AKeptArchiveExpectsWhatTheFittedOneDoes) {
    const auto records = archive_of(400);
    const auto fitted = course::expected_response(records);
    const auto kept =
        expected_from(*fitted_archive("phq-9", practice::ArchiveOf::service, records));
    for (const double start : {15.0, 17.0, 20.0}) {
        const std::vector<course::ScoreRecord> person{{0, 0, start}, {0, 7, 14}, {0, 21, 22}};
        const auto there = course::expect(fitted.value(), person).value();
        const auto here = course::expect(kept, person).value();
        for (std::size_t i = 0; i < person.size(); ++i) {
            EXPECT_EQ(here[i].lower, there[i].lower);
            EXPECT_EQ(here[i].upper, there[i].upper);
            EXPECT_EQ(here[i].off_track, there[i].off_track);
            EXPECT_EQ(here[i].n_comparable, there[i].n_comparable);
        }
    }
}

TEST(Findings, AboveTheBandIsSaidFromTheThirdScoreOnWithWhoIsComparedWith) {
    const auto instrument = six_points();
    const auto archive =
        expected_from(*fitted_archive("phq-9", practice::ArchiveOf::simulation, archive_of(400)));
    const Means means{.archive = &archive, .archive_of = practice::ArchiveOf::simulation};
    const auto of_totals = [&](const std::vector<double>& totals) {
        return findings_of(scores(instrument, totals), means);
    };
    EXPECT_EQ(of(of_totals({17, 18}), FindingKind::expected_response), nullptr);
    const auto high = of_totals({17, 18, 19});
    const auto* above = of(high, FindingKind::expected_response);
    ASSERT_NE(above, nullptr);
    EXPECT_EQ(above->standing, Standing::worse);
    EXPECT_GE(above->values.at("n_comparable"), 200);
    EXPECT_EQ(above->values.at("simulated"), 1);
    const auto usual = of_totals({17, 14, 12});
    EXPECT_EQ(of(usual, FindingKind::expected_response)->standing, Standing::inside);
    EXPECT_EQ(of(of_totals({27, 26, 25}), FindingKind::expected_response), nullptr)
        << "nobody began like this";
}

TEST(Findings, EachIsExplainedWithItsNumbersItsPeriodAndItsSource) {
    const auto instrument = six_points();
    const auto found = findings_of(scores(instrument, {18, 12}), {}).at(0);
    const auto told = explained(found, "PHQ-9", "NHS rule");
    EXPECT_EQ(told.says.code, "finding.reliable_change.better");
    EXPECT_EQ(std::get<std::string>(told.says.values.at("series")), "PHQ-9");
    EXPECT_EQ(told.why.method, "reliable change 1");
    EXPECT_TRUE(told.why.source.ends_with("threshold: NHS rule"));
    EXPECT_EQ(told.why.rule.code, "finding.reliable_change.rule");
    std::vector<std::string> names;
    for (const auto& each : told.why.inputs) names.push_back(each.name);
    EXPECT_EQ(names, (std::vector<std::string>{"n", "from", "to", "first", "last", "change",
                                               "points", "index"}));
}

TEST(Findings, EveryNumberThatIsShownIsOneThatTheMethodGives) {
    const auto source = course::remembered_surrogates();
    const auto instrument = six_points();
    auto all = findings_of(diary(slowing_down(160)), {.surrogates = source});
    for (auto& each : findings_of(scores(instrument, {18, 12}), {})) all.push_back(each);
    EXPECT_EQ(all.size(), 3u);
    for (const auto& each : all) {
        for (const auto& name : method_of(each.finding).shown) {
            EXPECT_TRUE(each.values.contains(std::string(name))) << each.method << ": " << name;
        }
    }
}

}  // namespace
}  // namespace evenkeel::guidance
