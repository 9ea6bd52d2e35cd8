// Goal: survival curves, tests and Cox models say what R's survival says. Method: the kernels
// on the reference data; tolerances of the reference's README.
#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "agreement.h"
#include "course/cox.h"

namespace evenkeel {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

struct Study {
    std::string name, group;
    std::vector<std::string> covariates;
    double horizon = 0;
};

const Study beat_the_blues{
    "btheb_response", "btheb", {"btheb", "drug", "length_gt6m", "baseline"}, 8};
const Study enrichd{"enrichd_remission", "sev", {"baseline", "medbase"}, 180};

std::vector<double> column(const exchange::CsvTable& table, const std::string& name) {
    std::vector<double> out;
    for (std::size_t i = 0; i < table.n_rows(); ++i) {
        // The severe are those with 20 points or more.
        out.push_back(name == "sev" ? (golden::number(table, i, "baseline") >= 20 ? 1 : 0)
                                    : golden::number(table, i, name));
    }
    return out;
}

std::map<std::string, double> summary(const std::string& path) {
    const auto table = golden::read_table(path);
    std::map<std::string, double> out;
    for (std::size_t i = 0; i < table.n_rows(); ++i) {
        out[golden::text(table, i, "quantity")] = golden::number(table, i, "value");
    }
    return out;
}

double relative(const std::optional<double>& ours) {
    return ours.value_or(nan);
}

void compare_curve(const course::SurvivalCurve& curve, const exchange::CsvTable& theirs,
                   const std::string& type, const std::string& stratum,
                   golden::Deviation& deviation) {
    std::size_t at = 0;
    for (std::size_t i = 0; i < theirs.n_rows(); ++i) {
        if (golden::text(theirs, i, "conf_type") != type ||
            golden::text(theirs, i, "stratum") != stratum) {
            continue;
        }
        ASSERT_LT(at, curve.points.size());
        const auto& point = curve.points[at++];
        const auto number = [&](const char* name) { return golden::number(theirs, i, name); };
        EXPECT_EQ(point.time, number("time"));
        EXPECT_EQ(static_cast<double>(point.at_risk), number("n_risk"));
        EXPECT_EQ(static_cast<double>(point.events), number("n_event"));
        EXPECT_EQ(static_cast<double>(point.censored), number("n_censor"));
        deviation.add(point.survival, number("survival"));
        deviation.add(point.cumulative_hazard, number("cumhaz"));
        const auto compare = [&](const std::optional<double>& ours, double reference) {
            if (std::isnan(reference)) {
                EXPECT_FALSE(ours.has_value()) << type << " " << point.time;
            } else {
                deviation.add(relative(ours), reference);
            }
        };
        compare(point.se, number("std_err"));
        compare(point.lower, number("lower"));
        compare(point.upper, number("upper"));
    }
    EXPECT_EQ(at, curve.points.size());
}

void compare_survival(const Study& study, const std::string& root) {
    const auto data = golden::read_table(root + "/data/derived_" + study.name + "_tte.csv");
    const auto theirs = golden::read_table(root + "/results/surv_" + study.name + "_km.csv");
    const auto expected = summary(root + "/results/surv_" + study.name + "_summary.csv");
    const auto time = column(data, "time"), event = column(data, "event");
    std::vector<std::int32_t> group;
    for (const auto x : column(data, study.group)) group.push_back(static_cast<std::int32_t>(x));
    using Interval = course::SurvivalInterval;
    golden::Deviation curves;
    for (const auto& [type, interval] : {std::pair<std::string, Interval>{"log", Interval::log},
                                         {"plain", Interval::plain},
                                         {"log-log", Interval::log_log}}) {
        const auto all = course::survival(time, event, {}, 1, {interval, study.horizon});
        ASSERT_TRUE(all.ok());
        compare_curve(all.value().curves[0], theirs, type, "all", curves);
        const auto by = course::survival(time, event, group, 2, {interval, study.horizon});
        ASSERT_TRUE(by.ok());
        for (std::size_t j = 0; j < 2; ++j) {
            compare_curve(by.value().curves[j], theirs, type, study.group + "=" + std::to_string(j),
                          curves);
        }
        if (type != "log") continue;
        golden::Deviation numbers;
        const auto& curve = all.value().curves[0];
        numbers.add(relative(curve.median), expected.at("median"));
        numbers.add(relative(curve.median_lower), expected.at("median_lo"));
        numbers.add(relative(curve.median_upper), expected.at("median_hi"));
        numbers.add(curve.restricted_mean, expected.at("rmst"));
        numbers.add(relative(curve.restricted_mean_se), expected.at("rmst_se"));
        numbers.add(by.value().log_rank->statistic, expected.at("logrank_chisq_rho0"));
        numbers.add(by.value().peto->statistic, expected.at("logrank_chisq_rho1"));
        golden::agree("survival: median, restricted mean, log-rank, Peto", study.name, numbers,
                      1e-9);
    }
    golden::agree("survival: Kaplan-Meier, three intervals", study.name, curves, 1e-9);
}

void compare_cox(const Study& study, const std::string& root) {
    const auto data = golden::read_table(root + "/data/derived_" + study.name + "_tte.csv");
    const auto theirs = golden::read_table(root + "/results/surv_" + study.name + "_cox.csv");
    auto expected = summary(root + "/results/surv_" + study.name + "_summary.csv");
    const auto time = column(data, "time"), event = column(data, "event");
    course::Matrix covariates{time.size(), {}, study.covariates};
    for (const auto& name : study.covariates) {
        const auto values = column(data, name);
        covariates.values.insert(covariates.values.end(), values.begin(), values.end());
    }
    for (const auto& [name, ties] :
         {std::pair<std::string, course::Ties>{"efron", course::Ties::efron},
          {"breslow", course::Ties::breslow},
          {"exact", course::Ties::exact}}) {
        const auto fitted = course::cox_regression(time, event, covariates, ties);
        ASSERT_TRUE(fitted.ok());
        const auto& model = fitted.value();
        EXPECT_TRUE(model.converged);
        golden::Deviation coefficients, tests;
        std::size_t at = 0;
        for (std::size_t i = 0; i < theirs.n_rows(); ++i) {
            if (golden::text(theirs, i, "ties") != name) continue;
            const auto& ours = model.coefficients.at(at++);
            EXPECT_EQ(ours.term, golden::text(theirs, i, "term"));
            const auto b = golden::number(theirs, i, "coef"), se = golden::number(theirs, i, "se");
            coefficients.add_scaled(relative(ours.estimate), b, std::abs(b));
            coefficients.add_scaled(relative(ours.se), se, se);
        }
        tests.add(model.log_likelihood_null, expected[name + "_loglik_null"]);
        tests.add(model.log_likelihood, expected[name + "_loglik"]);
        tests.add(model.score.statistic, expected[name + "_score"]);
        tests.add(model.wald.statistic, expected[name + "_wald"]);
        tests.add(model.likelihood_ratio.statistic, expected[name + "_lrt"]);
        golden::agree("Cox: coefficients and errors", study.name + " " + name, coefficients, 1e-6);
        golden::agree("Cox: log-likelihood and tests", study.name + " " + name, tests, 1e-6);
        if (name != "efron") continue;
        golden::Deviation concordance, hazards, baseline;
        concordance.add(relative(model.concordance), expected["concordance"]);
        concordance.add(relative(model.concordance_se), expected["concordance_se"]);
        for (const auto& each : model.proportional_hazards) {
            hazards.add(each.test.statistic, expected["zph_chisq:" + each.term]);
        }
        EXPECT_EQ(hazards.compared(), study.covariates.size() + 1);
        const auto base =
            golden::read_table(root + "/results/surv_" + study.name + "_basehaz_efron.csv");
        ASSERT_EQ(base.n_rows(), model.baseline.size());
        for (std::size_t i = 0; i < base.n_rows(); ++i) {
            EXPECT_EQ(model.baseline[i].time, golden::number(base, i, "time"));
            baseline.add(model.baseline[i].cumulative, golden::number(base, i, "cumhaz"));
        }
        golden::agree("Cox: concordance and its error", study.name, concordance, 1e-9);
        golden::agree("Cox: proportional hazards", study.name, hazards, 1e-6);
        golden::agree("Cox: baseline hazard", study.name, baseline, 1e-6);
    }
}

TEST(SurvivalReference, BeatTheBluesAsSurvival) {
    REFERENCE_OR_SKIP(path, "psychometrics/data/derived_btheb_response_tte.csv");
    const auto root = path.substr(0, path.rfind("/data/"));
    compare_survival(beat_the_blues, root);
    compare_cox(beat_the_blues, root);
}

TEST(SurvivalReference, EnrichdAsSurvival) {
    REFERENCE_OR_SKIP(path, "psychometrics/data/derived_enrichd_remission_tte.csv");
    const auto root = path.substr(0, path.rfind("/data/"));
    compare_survival(enrichd, root);
    compare_cox(enrichd, root);
}

}  // namespace
}  // namespace evenkeel
