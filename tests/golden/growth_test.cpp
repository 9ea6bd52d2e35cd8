// Goal: mixed models say what lme4 and nlme say of real trials. Method: the kernel on the
// reference data; tolerances of the reference's README, degrees of freedom within 0.1 % (their
// reference differentiates numerically). The two packages stop at different places short of
// the maximum and differ by more than the tolerance here and there; the nearer one counts.
#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "agreement.h"
#include "course/formula.h"
#include "course/mixed_model.h"

namespace evenkeel {
namespace {

using course::Column;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

std::vector<Column> columns_of(const exchange::CsvTable& table) {
    std::vector<Column> out;
    for (const auto& name : table.header()) {
        auto& column = out.emplace_back();
        column.name = name;
        for (std::size_t i = 0; i < table.n_rows(); ++i) {
            column.numbers.push_back(golden::number(table, i, name));
        }
    }
    return out;
}

// A column made of another: week = day / 7.
void add_scaled(std::vector<Column>& columns, const std::string& from, const std::string& to,
                double by) {
    for (std::size_t j = 0; j < columns.size(); ++j) {
        if (columns[j].name != from) continue;
        auto column = columns[j];
        column.name = to;
        for (auto& x : column.numbers) x *= by;
        columns.push_back(std::move(column));
        return;
    }
}

// Two references name the same term differently: lt is log1p of months or weeks.
std::string renamed(std::string name, const std::string& from, const std::string& to) {
    const auto at = name.find(from);
    if (at != std::string::npos) name.replace(at, from.size(), to);
    return name;
}

struct Case {
    std::string data, model, formula, lt;
};

struct Fitted {
    course::MixedModel model;
    std::vector<std::string> people;
};

Fitted fit(const std::vector<Column>& columns, const std::string& formula,
           course::MixedModelOptions options, const course::DesignOptions& more = {}) {
    const auto parsed = course::parse_formula(formula);
    EXPECT_TRUE(parsed.ok());
    const auto design = course::design_matrix(parsed.value(), columns, more);
    EXPECT_TRUE(design.ok()) << (design.ok() ? "" : design.error().message);
    auto model = course::fit_mixed_model(design.value(), options);
    EXPECT_TRUE(model.ok()) << (model.ok() ? "" : model.error().message);
    EXPECT_TRUE(model.value().converged);
    return {std::move(model).value(), design.value().group_names};
}

class Reference {
  public:
    Reference(const std::string& folder, const std::string& name)
        : fixed_(golden::read_table(folder + "/lmm_" + name + "_fixed.csv")),
          variance_(golden::read_table(folder + "/lmm_" + name + "_variance.csv")),
          fit_(golden::read_table(folder + "/lmm_" + name + "_fit.csv")),
          modes_(golden::read_table(folder + "/lmm_" + name + "_blup.csv")) {}

    void compare(const Case& at, const std::string& method, const course::MixedModel& model,
                 const std::vector<std::string>& people) {
        const auto label = at.data + " " + at.model + " " + method;
        compare_fixed(at, method, label, model);
        compare_variances(at, method, label, model);
        golden::Deviation likelihood;
        for (std::size_t i = 0; i < fit_.n_rows(); ++i) {
            if (!is(fit_, i, at.model, method)) continue;
            const auto theirs =
                nearer(model.log_likelihood, fit_, i, {"model", "method"}, "loglik");
            likelihood.add_scaled(model.log_likelihood, theirs, 1);
            // Twice the log-likelihood has twice its deviation.
            likelihood.add_scaled(model.aic, nearer(model.aic, fit_, i, {"model", "method"}, "aic"),
                                  2);
            // The packages count rows for BIC differently; lme4 takes all.
            const auto penalty = golden::number(fit_, i, "bic") - golden::number(fit_, i, "aic");
            likelihood.add_scaled(model.bic - model.aic, penalty, 2);
            EXPECT_EQ(model.singular, golden::text(fit_, i, "singular") == "TRUE");
            EXPECT_EQ(model.n_groups, golden::number(fit_, i, "n_groups"));
        }
        golden::agree("growth: log-likelihood, AIC, BIC", label, likelihood, 1e-5);
        if (method == "REML") compare_modes(at, label, model, people);
    }

  private:
    static bool is(const exchange::CsvTable& table, std::size_t row, const std::string& model,
                   const std::string& method, const std::string& package = "lme4") {
        return golden::text(table, row, "model") == model &&
               golden::text(table, row, "method") == method &&
               golden::text(table, row, "package") == package;
    }

    // lme4's number in this row, or nlme's for the same thing if that is nearer to ours.
    static double nearer(double ours, const exchange::CsvTable& table, std::size_t row,
                         const std::vector<std::string>& keys, const std::string& what,
                         double correction = 1) {
        auto best = golden::number(table, row, what);
        for (std::size_t i = 0; i < table.n_rows(); ++i) {
            if (golden::text(table, i, "package") != "nlme") continue;
            const bool same = std::all_of(keys.begin(), keys.end(), [&](const std::string& key) {
                return golden::text(table, i, key) == golden::text(table, row, key);
            });
            if (!same) continue;
            const auto other = golden::number(table, i, what) * correction;
            if (std::abs(ours - other) < std::abs(ours - best)) best = other;
        }
        return best;
    }

    void compare_fixed(const Case& at, const std::string& method, const std::string& label,
                       const course::MixedModel& model) {
        golden::Deviation estimates, errors, degrees;
        std::size_t term = 0;
        for (std::size_t i = 0; i < fixed_.n_rows(); ++i) {
            if (!is(fixed_, i, at.model, method)) continue;
            const auto& effect = model.fixed.at(term++);
            EXPECT_EQ(renamed(effect.term, at.lt, "lt"), golden::text(fixed_, i, "term"));
            // nlme's errors under ML are larger by sqrt(n / (n - p)).
            const auto n = static_cast<double>(model.n_rows);
            const auto p = static_cast<double>(model.fixed.size());
            const auto se = nearer(effect.se.value_or(nan), fixed_, i, {"model", "method", "term"},
                                   "se", method == "ML" ? std::sqrt((n - p) / n) : 1);
            // In units of the standard error where an estimate is near 0.
            const auto estimate = nearer(effect.estimate.value_or(nan), fixed_, i,
                                         {"model", "method", "term"}, "estimate");
            estimates.add_scaled(effect.estimate.value_or(nan), estimate,
                                 std::max(std::abs(estimate), se));
            errors.add_scaled(effect.se.value_or(nan), se, se);
            const auto df = golden::number(fixed_, i, "df_satterthwaite");
            degrees.add_scaled(effect.df.value_or(nan), df, df);
        }
        EXPECT_EQ(term, model.fixed.size());
        golden::agree("growth: fixed effects", label, estimates, 1e-5);
        golden::agree("growth: standard errors", label, errors, 1e-4);
        golden::agree("growth: Satterthwaite degrees of freedom", label, degrees, 1e-3);
    }

    void compare_variances(const Case& at, const std::string& method, const std::string& label,
                           const course::MixedModel& model) {
        double largest = model.residual_sd;
        for (std::size_t j = 0; j < model.random.size(); ++j) {
            largest = std::max(largest, model.random_sd(j));
        }
        golden::Deviation deviation;
        for (std::size_t i = 0; i < variance_.n_rows(); ++i) {
            if (!is(variance_, i, at.model, method)) continue;
            const bool is_residual = golden::text(variance_, i, "group") == "Residual";
            const bool is_pair = !golden::text(variance_, i, "var2").empty();
            const bool is_slope = golden::text(variance_, i, "var1") != "(Intercept)";
            const double ours = is_residual ? model.residual_sd
                                : is_pair   ? model.random_correlation(0, 1).value_or(nan)
                                            : model.random_sd(is_slope ? 1 : 0);
            const auto theirs = nearer(ours, variance_, i,
                                       {"model", "method", "group", "var1", "var2"}, "sd_or_cor");
            deviation.add_scaled(ours, theirs, is_pair ? 1 : largest);
        }
        golden::agree("growth: variance components", label, deviation, 1e-4);
    }

    void compare_modes(const Case& at, const std::string& label, const course::MixedModel& model,
                       const std::vector<std::string>& people) {
        golden::Deviation deviation;
        const auto q = model.random.size();
        double largest = 0;
        for (std::size_t j = 0; j < q; ++j) largest = std::max(largest, model.random_sd(j));
        for (std::size_t i = 0; i < modes_.n_rows(); ++i) {
            if (golden::text(modes_, i, "model") != at.model) continue;
            const auto person = static_cast<std::size_t>(
                std::find(people.begin(), people.end(), golden::text(modes_, i, "id")) -
                people.begin());
            ASSERT_LT(person, people.size());
            deviation.add_scaled(model.modes[person * q], golden::number(modes_, i, "b0"), largest);
            deviation.add_scaled(model.mode_covariance[person * q * q],
                                 golden::number(modes_, i, "var_b0"), largest * largest);
            if (q > 1) {
                deviation.add_scaled(model.modes[person * q + 1], golden::number(modes_, i, "b1"),
                                     largest);
                deviation.add_scaled(model.mode_covariance[person * q * q + 1],
                                     golden::number(modes_, i, "cov_b0b1"), largest * largest);
            }
        }
        golden::agree("growth: conditional modes and their variances", label, deviation, 1e-4);
    }

    exchange::CsvTable fixed_, variance_, fit_, modes_;
};

void compare_all(const std::string& root, const std::string& file, const std::string& data,
                 const std::vector<Case>& cases) {
    const auto table = golden::read_table(root + "/data/" + file);
    auto columns = columns_of(table);
    add_scaled(columns, "day", "week", 1.0 / 7);
    if (data == "btheb_post") {  // the baseline beside each later score
        auto before = columns[5];
        before.name = "bdi_pre";
        for (std::size_t i = 0; i < before.numbers.size(); ++i) {
            if (columns[4].numbers[i] == 0) continue;
            for (std::size_t k = i; k-- > 0;) {
                if (columns[4].numbers[k] == 0) {
                    before.numbers[i] = columns[5].numbers[k];
                    break;
                }
            }
        }
        columns.push_back(before);
        for (std::size_t i = 0; i < before.numbers.size(); ++i) {
            if (columns[4].numbers[i] == 0) columns[5].numbers[i] = nan;
        }
    }
    Reference reference(root + "/results", data);
    for (const auto& at : cases) {
        for (const bool reml : {true, false}) {
            const auto [model, people] =
                fit(columns, at.formula,
                    {.likelihood = reml ? course::Likelihood::reml : course::Likelihood::ml,
                     .modes = true});
            reference.compare(at, reml ? "REML" : "ML", model, people);
        }
    }
}

std::string root_of(const std::string& path) {
    return path.substr(0, path.rfind("/data/"));
}

TEST(Growth, BeatTheBluesAsLme4) {
    REFERENCE_OR_SKIP(path, "psychometrics/data/btheb_bdi_long.csv");
    const auto root = root_of(path);
    const std::string lt = "log1p(month)";
    compare_all(root, "btheb_bdi_long.csv", "btheb_all",
                {{"btheb_all", "log_time", "bdi ~ log1p(month) + (log1p(month) | id)", lt},
                 {"btheb_all", "log_time_x",
                  "bdi ~ log1p(month) * btheb + drug + length_gt6m + (log1p(month) | id)", lt},
                 {"btheb_all", "linear", "bdi ~ month + (1 + month | id)", lt}});
    compare_all(root, "btheb_bdi_long.csv", "btheb_post",
                {{"btheb_post", "ri_ancova",
                  "bdi ~ bdi_pre + month + btheb + drug + length_gt6m + (1 | id)", lt},
                 {"btheb_post", "rs_ancova",
                  "bdi ~ bdi_pre + month + btheb + drug + length_gt6m + (month | id)", lt}});
}

TEST(Growth, EnrichdAsLme4) {
    REFERENCE_OR_SKIP(path, "psychometrics/data/enrichd_bdi_long.csv");
    const std::string lt = "log1p(week)";
    compare_all(root_of(path), "enrichd_bdi_long.csv", "enrichd",
                {{"enrichd", "log_week", "bdi ~ log1p(week) + (log1p(week) | id)", lt},
                 {"enrichd", "log_week_med", "bdi ~ log1p(week) + med + (log1p(week) | id)", lt},
                 {"enrichd", "linear_week", "bdi ~ week + (week | id)", lt}});
}

TEST(Growth, ReisbyAsLme4) {
    REFERENCE_OR_SKIP(path, "psychometrics/data/reisby_hamd_change_long.csv");
    compare_all(root_of(path), "reisby_hamd_change_long.csv", "reisby",
                {{"reisby", "week_endo", "hamd_change ~ week * endogenous + (week | id)", "-"},
                 {"reisby", "drug_level",
                  "hamd_change ~ week + imipramine + desipramine + (week | id)", "-"}});
}

TEST(Growth, CorrelatedResidualsAsNlme) {
    REFERENCE_OR_SKIP(path, "psychometrics/data/btheb_bdi_long.csv");
    const auto columns = columns_of(golden::read_table(path));
    const auto theirs = golden::read_table(root_of(path) + "/results/lmm_btheb_all_car1.csv");
    std::map<std::string, std::pair<double, double>> expected;
    for (std::size_t i = 0; i < theirs.n_rows(); ++i) {
        expected[golden::text(theirs, i, "model") + " " + golden::text(theirs, i, "quantity")] = {
            golden::number(theirs, i, "value"), golden::number(theirs, i, "se")};
    }
    for (const std::string name : {"gls_car1", "lme_ri_car1"}) {
        const auto [model, people] =
            fit(columns,
                std::string("bdi ~ log1p(month) * btheb") + (name == "gls_car1" ? "" : " + (1|id)"),
                {.residuals = course::Residuals::car1}, {.group = "id", .time = "month"});
        golden::Deviation estimates, errors, variances, likelihood;
        for (const auto& effect : model.fixed) {
            const auto [value, se] =
                expected.at(name + " fixed:" + renamed(effect.term, "log1p(month)", "lt"));
            estimates.add_scaled(effect.estimate.value_or(nan), value, std::abs(value));
            errors.add_scaled(effect.se.value_or(nan), se, se);
        }
        const auto sigma = expected.at(name + " sigma").first;
        variances.add(model.car1_phi.value_or(nan), expected.at(name + " phi").first);
        variances.add_scaled(model.residual_sd, sigma, sigma);
        if (!model.random.empty()) {
            const auto variance = expected.at(name + " var_intercept").first;
            variances.add_scaled(model.random_sd(0), std::sqrt(variance), std::sqrt(variance));
        }
        likelihood.add_scaled(model.log_likelihood, expected.at(name + " loglik_reml").first, 1);
        golden::agree("growth, CAR(1): fixed effects", name, estimates, 1e-5);
        golden::agree("growth, CAR(1): standard errors", name, errors, 1e-4);
        golden::agree("growth, CAR(1): variance components", name, variances, 1e-4);
        golden::agree("growth, CAR(1): log-likelihood", name, likelihood, 1e-5);
    }
}

}  // namespace
}  // namespace evenkeel
