// Goal: pooled effects, heterogeneity, small-study tests, meta-regression and subgroups equal
// those of metafor 3.8-1. Method: the kernels on the reference inputs; tolerances of the
// reference's README: closed forms 1e-10, iterated 1e-7, tau2 interval 1e-4, regression 1e-6.
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <set>

#include "agreement.h"
#include "evidence/meta_analysis.h"

namespace evenkeel {
namespace {

using evidence::HeterogeneityMethod;
using evidence::MetaAnalysis;

const std::map<std::string, HeterogeneityMethod> methods{
    {"REML", HeterogeneityMethod::reml}, {"ML", HeterogeneityMethod::ml},
    {"DL", HeterogeneityMethod::dl},     {"PM", HeterogeneityMethod::pm},
    {"HE", HeterogeneityMethod::he},     {"SJ", HeterogeneityMethod::sj},
    {"EB", HeterogeneityMethod::eb},     {"FE", HeterogeneityMethod::fe}};

struct Studies {
    std::vector<double> effect, variance;
};

std::map<std::string, Studies> cases() {
    const auto path = golden::reference_file("evidence/out/pairwise_inputs.csv");
    std::map<std::string, Studies> out;
    if (!path) return out;
    const auto table = golden::read_table(*path);
    for (std::size_t row = 0; row < table.n_rows(); ++row) {
        auto& studies = out[golden::text(table, row, "case")];
        studies.effect.push_back(golden::number(table, row, "yi"));
        studies.variance.push_back(golden::number(table, row, "vi"));
    }
    return out;
}

double value(const std::optional<double>& number) {
    return number.value_or(std::nan(""));
}

evidence::CoefficientTest test_of(const std::string& name) {
    return name == "knha" ? evidence::CoefficientTest::knapp_hartung
                          : evidence::CoefficientTest::normal;
}

TEST(MetaAnalysisGolden, PooledEffectsAndHeterogeneityEqualMetafor) {
    REFERENCE_OR_SKIP(path, "evidence/out/pairwise.csv");
    const auto expected = golden::read_table(path);
    const auto inputs = cases();
    if (inputs.empty()) GTEST_SKIP() << "The effects are absent: set EVENKEEL_REFERENCE";
    const std::set<std::string> closed{"DL", "HE", "SJ", "FE"};
    for (std::size_t row = 0; row < expected.n_rows(); ++row) {
        const auto name = golden::text(expected, row, "case");
        const auto method = golden::text(expected, row, "method");
        if (!methods.contains(method)) continue;
        const auto& in = inputs.at(name);
        const auto result = evidence::meta_analysis(
            in.effect, in.variance, {},
            {methods.at(method), test_of(golden::text(expected, row, "test"))});
        ASSERT_TRUE(result.ok());
        const MetaAnalysis& ours = result.value();
        EXPECT_TRUE(ours.converged);
        golden::Deviation main, interval;
        const auto compare = [&](double number, const char* column) {
            main.add(number, golden::number(expected, row, column));
        };
        const auto& pooled = ours.coefficients.front();
        compare(pooled.estimate, "estimate");
        compare(pooled.se, "se");
        compare(pooled.p, "p");
        compare(pooled.interval.lower, "ci_lb");
        compare(pooled.interval.upper, "ci_ub");
        compare(value(ours.tau2), "tau2");
        compare(value(ours.i2), "I2");
        compare(value(ours.h2), "H2");
        compare(ours.q, "Q");
        compare(value(ours.q_p), "Q_p");
        compare(ours.log_likelihood, "loglik");
        if (method == "REML" || method == "ML") compare(value(ours.tau2_se), "se_tau2");
        compare(ours.prediction ? ours.prediction->lower : std::nan(""), "pi_lb_t_km2");
        compare(ours.prediction ? ours.prediction->upper : std::nan(""), "pi_ub_t_km2");
        interval.add(ours.tau2_interval ? ours.tau2_interval->lower : std::nan(""),
                     golden::number(expected, row, "tau2_ci_lb"));
        interval.add(ours.tau2_interval ? ours.tau2_interval->upper : std::nan(""),
                     golden::number(expected, row, "tau2_ci_ub"));
        golden::agree("meta-analysis: " + method, name, main,
                      closed.contains(method) ? 1e-10 : 1e-7);
        golden::agree("meta-analysis: tau2 interval", name, interval, 1e-4);
    }
}

TEST(MetaAnalysisGolden, EggersTestEqualsMetafor) {
    REFERENCE_OR_SKIP(path, "evidence/out/small_study_effects.csv");
    const auto expected = golden::read_table(path);
    const auto inputs = cases();
    if (inputs.empty()) GTEST_SKIP() << "The effects are absent: set EVENKEEL_REFERENCE";
    for (std::size_t row = 0; row < expected.n_rows(); ++row) {
        const auto name = golden::text(expected, row, "case");
        const auto& in = inputs.at(name);
        const auto result = evidence::meta_analysis(in.effect, in.variance, {}, {});
        ASSERT_TRUE(result.ok());
        const auto& egger = result.value().egger;
        ASSERT_TRUE(egger.has_value()) << name;
        golden::Deviation deviation;
        deviation.add(egger->statistic, golden::number(expected, row, "egger_lm_t"));
        deviation.add(egger->df, golden::number(expected, row, "egger_lm_df"));
        deviation.add(egger->p, golden::number(expected, row, "egger_lm_p"));
        deviation.add(egger->limit, golden::number(expected, row, "egger_lm_limit_est"));
        deviation.add(egger->limit_interval.lower,
                      golden::number(expected, row, "egger_lm_limit_lb"));
        deviation.add(egger->limit_interval.upper,
                      golden::number(expected, row, "egger_lm_limit_ub"));
        golden::agree("meta-analysis: Egger", name, deviation, 1e-7);
    }
}

// The first row of each trial, as the reference takes it.
struct Trials {
    exchange::CsvTable table;
    std::vector<std::size_t> rows;
};

Trials trials(const std::string& path) {
    Trials out{golden::read_table(path), {}};
    std::set<std::string> seen;
    for (std::size_t row = 0; row < out.table.n_rows(); ++row) {
        if (seen.insert(golden::text(out.table, row, "study")).second) out.rows.push_back(row);
    }
    return out;
}

double moderator(const exchange::CsvTable& table, std::size_t row, const std::string& term) {
    if (term == "wl") return golden::text(table, row, "condition_arm2") == "wl" ? 1 : 0;
    if (term == "lowrob") return golden::number(table, row, "rob") == 4 ? 1 : 0;
    if (term == "year10") return (golden::number(table, row, "year") - 2000) / 10;
    const std::string factor = "factor(condition_arm1)";
    if (term.starts_with(factor)) {
        return golden::text(table, row, "condition_arm1") == term.substr(factor.size()) ? 1 : 0;
    }
    return golden::number(table, row, term);
}

struct Model {
    Studies studies;
    evidence::Moderators moderators;
};

// Complete trials only.
Model model(const Trials& all, const std::vector<std::string>& terms) {
    Model out;
    out.moderators.terms = terms;
    std::vector<std::vector<double>> columns(terms.size());
    for (const std::size_t row : all.rows) {
        std::vector<double> values;
        for (const auto& term : terms) values.push_back(moderator(all.table, row, term));
        if (std::any_of(values.begin(), values.end(), [](double v) { return std::isnan(v); })) {
            continue;
        }
        for (std::size_t j = 0; j < terms.size(); ++j) columns[j].push_back(values[j]);
        const double se = golden::number(all.table, row, "g_se");
        out.studies.effect.push_back(golden::number(all.table, row, "g"));
        out.studies.variance.push_back(se * se);
    }
    for (const auto& column : columns) {
        out.moderators.columns.insert(out.moderators.columns.end(), column.begin(), column.end());
    }
    return out;
}

void compare_regression(const exchange::CsvTable& expected, std::size_t first,
                        const MetaAnalysis& ours) {
    golden::Deviation deviation;
    for (std::size_t j = 0; j < ours.coefficients.size(); ++j) {
        const auto& c = ours.coefficients[j];
        const std::size_t row = first + j;
        deviation.add(c.estimate, golden::number(expected, row, "b"));
        deviation.add(c.se, golden::number(expected, row, "se"));
        deviation.add(c.p, golden::number(expected, row, "p"));
        deviation.add(c.interval.lower, golden::number(expected, row, "ci_lb"));
        deviation.add(c.interval.upper, golden::number(expected, row, "ci_ub"));
    }
    deviation.add(value(ours.tau2), golden::number(expected, first, "tau2"));
    deviation.add(value(ours.i2), golden::number(expected, first, "I2"));
    deviation.add(value(ours.r2), golden::number(expected, first, "R2"));
    ASSERT_TRUE(ours.qm.has_value());
    deviation.add(ours.qm->statistic, golden::number(expected, first, "QM"));
    deviation.add(ours.qm->df, golden::number(expected, first, "QM_df1"));
    deviation.add(value(ours.qm->df2), golden::number(expected, first, "QM_df2"));
    deviation.add(ours.qm->p, golden::number(expected, first, "QM_p"));
    deviation.add(ours.q, golden::number(expected, first, "QE"));
    golden::agree("meta-regression: " + golden::text(expected, first, "method"),
                  "psychotherapy, " + golden::text(expected, first, "formula"), deviation, 1e-6);
}

TEST(MetaAnalysisGolden, MetaRegressionEqualsMetafor) {
    REFERENCE_OR_SKIP(path, "evidence/out/meta_regression.csv");
    REFERENCE_OR_SKIP(data, "evidence/data/metapsy_depression_psyctr.csv");
    const auto expected = golden::read_table(path);
    const auto all = trials(data);
    for (std::size_t row = 0; row < expected.n_rows();) {
        std::vector<std::string> terms;
        std::size_t end = row + 1;
        while (end < expected.n_rows() && golden::text(expected, end, "term") != "intrcpt") {
            terms.push_back(golden::text(expected, end++, "term"));
        }
        const auto in = model(all, terms);
        EXPECT_EQ(static_cast<double>(in.studies.effect.size()),
                  golden::number(expected, row, "k"));
        const auto result =
            evidence::meta_analysis(in.studies.effect, in.studies.variance, in.moderators,
                                    {methods.at(golden::text(expected, row, "method")),
                                     test_of(golden::text(expected, row, "test"))});
        ASSERT_TRUE(result.ok());
        compare_regression(expected, row, result.value());
        row = end;
    }
}

TEST(MetaAnalysisGolden, SubgroupsEqualMetafor) {
    REFERENCE_OR_SKIP(path, "evidence/out/subgroups_reml.csv");
    REFERENCE_OR_SKIP(data, "evidence/data/metapsy_depression_psyctr.csv");
    const auto expected = golden::read_table(path);
    const auto all = trials(data);
    for (std::size_t row = 0; row < expected.n_rows(); ++row) {
        const auto variable = golden::text(expected, row, "variable");
        const auto level = golden::text(expected, row, "level");
        Trials group{all.table, {}};
        for (const std::size_t at : all.rows) {
            if (golden::text(all.table, at, variable) == level) group.rows.push_back(at);
        }
        const auto in = model(group, {});
        const auto result = evidence::meta_analysis(in.studies.effect, in.studies.variance, {}, {});
        ASSERT_TRUE(result.ok());
        const auto& ours = result.value();
        golden::Deviation deviation;
        deviation.add(static_cast<double>(ours.k), golden::number(expected, row, "k"));
        deviation.add(ours.coefficients[0].estimate, golden::number(expected, row, "b"));
        deviation.add(ours.coefficients[0].se, golden::number(expected, row, "se"));
        deviation.add(value(ours.tau2), golden::number(expected, row, "tau2"));
        deviation.add(value(ours.i2), golden::number(expected, row, "I2"));
        deviation.add(ours.q, golden::number(expected, row, "Q"));
        golden::agree("meta-analysis: subgroup, REML", variable + " " + level, deviation, 1e-6);
    }
}

}  // namespace
}  // namespace evenkeel
