#include "evidence/meta_analysis.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "evidence/detail/weighted_fit.h"
#include "numerics/distributions.h"

namespace evenkeel::evidence {
namespace {

using detail::Regression;
using detail::WeightedFit;

constexpr double infinite_df = std::numeric_limits<double>::infinity();

Status check(std::span<const double> effect, std::span<const double> variance,
             const Moderators& moderators) {
    Faults faults;
    const std::size_t k = effect.size();
    if (k == 0) faults.add("/studies", "There is no study with an effect and a variance.");
    if (variance.size() != k || moderators.columns.size() != k * moderators.terms.size()) {
        faults.add("/studies", "Effects, variances and moderators must have the same length.");
        return faults.error();
    }
    for (std::size_t i = 0; i < k; ++i) {
        if (!std::isfinite(effect[i])) {
            faults.add(fmt::format("/studies/{}/effect", i), "The effect must be a finite number.");
        }
        if (!std::isfinite(variance[i]) || variance[i] <= 0) {
            faults.add(fmt::format("/studies/{}/variance", i),
                       "The variance must be finite and larger than 0.");
        }
    }
    for (std::size_t i = 0; i < moderators.columns.size(); ++i) {
        if (std::isfinite(moderators.columns[i])) continue;
        faults.add(fmt::format("/studies/{}/{}", i % k, moderators.terms[i / k]),
                   "The moderator must be a finite number.");
    }
    const std::size_t p = moderators.terms.size() + 1;
    if (faults.none() && p > 1 && k <= p) {
        faults.add("/moderators", fmt::format("{} studies are too few for {} coefficients; at "
                                              "least {} are needed.",
                                              k, p, p + 1));
    }
    if (!faults.none()) return faults.error();
    return Done{};
}

// Gram and Schmidt, each column twice, so that the basis is orthonormal to the last digits.
// False: the column says nothing that the columns before it do not.
bool append_column(Regression& data, const Eigen::VectorXd& column) {
    const Eigen::Index p = data.basis.cols();
    Eigen::VectorXd rest = column;
    Eigen::VectorXd along = Eigen::VectorXd::Zero(p);
    for (int pass = 0; pass < 2; ++pass) {
        const Eigen::VectorXd part = data.basis.transpose() * rest;
        rest -= data.basis * part;
        along += part;
    }
    const double left = rest.norm();
    if (!(left > 1e-9 * column.norm())) return false;
    data.basis.conservativeResize(column.size(), p + 1);
    data.basis.col(p) = rest / left;
    data.triangle.conservativeResize(p + 1, p + 1);
    data.triangle.row(p).setZero();
    data.triangle.col(p).head(p) = along;
    data.triangle(p, p) = left;
    return true;
}

Regression intercept_only(std::span<const double> effect, std::span<const double> variance,
                          double scale) {
    Regression data;
    const auto k = static_cast<Eigen::Index>(effect.size());
    data.effect = Eigen::Map<const Eigen::VectorXd>(effect.data(), k) / scale;
    data.variance = Eigen::Map<const Eigen::VectorXd>(variance.data(), k) / scale / scale;
    data.basis.resize(k, 0);
    data.triangle.resize(0, 0);
    append_column(data, Eigen::VectorXd::Ones(k));
    return data;
}

Result<Regression> with_moderators(Regression data, const Moderators& moderators) {
    Faults faults;
    const Eigen::Index k = data.effect.size();
    for (std::size_t j = 0; j < moderators.terms.size(); ++j) {
        const Eigen::Map<const Eigen::VectorXd> column(
            moderators.columns.data() + static_cast<Eigen::Index>(j) * k, k);
        const double largest = column.cwiseAbs().maxCoeff();
        const Eigen::VectorXd scaled = largest > 0 ? Eigen::VectorXd(column / largest) : column;
        if (append_column(data, scaled)) {
            data.triangle.col(data.triangle.cols() - 1) *= largest;
            continue;
        }
        faults.add(fmt::format("/moderators/{}", moderators.terms[j]),
                   fmt::format("{} is constant or a combination of the terms before it; leave it "
                               "out.",
                               moderators.terms[j]));
    }
    if (!faults.none()) return faults.error();
    return data;
}

Eigen::MatrixXd covariance(const Regression& data, const WeightedFit& fit) {
    const auto triangle = data.triangle.triangularView<Eigen::Upper>();
    const Eigen::MatrixXd half = triangle.solve(fit.inverse);
    return triangle.solve(half.transpose());
}

struct Inference {
    double factor = 1;  // of the covariance
    double df = infinite_df;
};

double two_sided(double statistic, double df) {
    return std::isinf(df) ? 2 * numerics::normal_upper(std::abs(statistic))
                          : numerics::t_two_sided(statistic, df);
}

double critical(double df) {
    return std::isinf(df) ? numerics::normal_quantile(0.975) : numerics::t_quantile(0.975, df);
}

std::vector<Coefficient> coefficients(const Regression& data, const WeightedFit& fit,
                                      const std::vector<std::string>& terms, Inference inference,
                                      double scale) {
    const Eigen::VectorXd estimate =
        data.triangle.triangularView<Eigen::Upper>().solve(fit.coefficients) * scale;
    const Eigen::VectorXd se =
        (covariance(data, fit).diagonal() * inference.factor).cwiseSqrt() * scale;
    std::vector<Coefficient> out;
    for (Eigen::Index j = 0; j < estimate.size(); ++j) {
        // Effects that are all the same have no Knapp-Hartung variance: 0 / 0 is then no finding.
        const double z = estimate(j) == 0 ? 0 : estimate(j) / se(j);
        const double width = critical(inference.df) * se(j);
        out.push_back({.term = j == 0 ? "(Intercept)" : terms[static_cast<std::size_t>(j) - 1],
                       .estimate = estimate(j),
                       .se = se(j),
                       .statistic = z,
                       .p = two_sided(z, inference.df),
                       .interval = {estimate(j) - width, estimate(j) + width}});
    }
    return out;
}

OmnibusTest omnibus(const Regression& data, const WeightedFit& fit, Inference inference) {
    const Eigen::Index m = data.basis.cols() - 1;
    const Eigen::VectorXd estimate =
        data.triangle.triangularView<Eigen::Upper>().solve(fit.coefficients);
    const Eigen::MatrixXd block = covariance(data, fit).bottomRightCorner(m, m) * inference.factor;
    const Eigen::VectorXd rest = estimate.tail(m);
    const double chi = rest.dot(block.llt().solve(rest));
    const auto df = static_cast<double>(m);
    if (std::isinf(inference.df)) {
        return {.statistic = chi, .df = df, .p = numerics::chi_squared_upper(chi, df)};
    }
    return {.statistic = chi / df,
            .df = df,
            .p = numerics::f_upper(chi / df, df, inference.df),
            .df2 = inference.df};
}

// Egger: a linear model with weights 1/v and the standard error as the last moderator.
std::optional<EggerTest> egger(Regression data, double scale) {
    if (data.k() <= data.p() + 1) return std::nullopt;
    if (!append_column(data, data.variance.cwiseSqrt())) return std::nullopt;
    const auto fit = detail::weighted_fit(data, 0);
    const double df = data.k() - data.p();
    const double sigma2 = fit.rss / df;
    if (!(sigma2 > 0)) return std::nullopt;
    std::vector<std::string> terms(static_cast<std::size_t>(data.basis.cols()) - 1);
    const auto all = coefficients(data, fit, terms, {.factor = sigma2, .df = df}, scale);
    return EggerTest{.statistic = all.back().statistic,
                     .df = df,
                     .p = all.back().p,
                     .limit = all.front().estimate,
                     .limit_interval = all.front().interval};
}

// Heterogeneity as a share, with the typical sampling variance of Higgins & Thompson (2002).
void add_shares(MetaAnalysis& out, const Regression& data, const WeightedFit& common, double tau2,
                HeterogeneityMethod method) {
    const double df = data.k() - data.p();
    if (method == HeterogeneityMethod::fe) {
        if (common.rss > 0) out.i2 = std::max(0.0, 100 * (common.rss - df) / common.rss);
        out.h2 = common.rss / df;
        return;
    }
    const double typical = df / detail::trace_p(data, common);
    out.i2 = 100 * tau2 / (typical + tau2);
    out.h2 = tau2 / typical + 1;
}

void add_tau2_interval(MetaAnalysis& out, const Regression& data, double scale) {
    const double df = data.k() - data.p();
    const auto lower = detail::tau2_where_rss_is(data, numerics::chi_squared_quantile(0.975, df));
    const auto upper = detail::tau2_where_rss_is(data, numerics::chi_squared_quantile(0.025, df));
    out.tau2_interval = Interval{lower.value * scale * scale, upper.value * scale * scale};
    if (upper.value == 0) {
        out.warnings.emplace_back(
            "The studies differ less than chance would make them; the interval of tau2 is 0 "
            "alone.");
    }
}

void add_r2(MetaAnalysis& out, const Regression& data, const Regression& null, double tau2,
            HeterogeneityMethod method) {
    if (data.p() < 2 || method == HeterogeneityMethod::fe) return;
    const double before = detail::estimate_tau2(null, method).value;
    if (before > 0) {
        out.r2 = std::max(0.0, 100 * (before - tau2) / before);
    } else {
        out.warnings.emplace_back(
            "Without moderators tau2 is 0: there is nothing that they could explain.");
    }
}

void add_prediction(MetaAnalysis& out, const Regression& data, double tau2) {
    if (data.p() > 1) return;
    if (data.k() < 3) {
        out.warnings.emplace_back("A prediction interval needs at least three studies.");
        return;
    }
    const auto& pooled = out.coefficients.front();
    const double width =
        numerics::t_quantile(0.975, data.k() - 2) * std::hypot(std::sqrt(tau2), pooled.se);
    out.prediction = Interval{pooled.estimate - width, pooled.estimate + width};
}

void say_what_fe_lacks(MetaAnalysis& out, MetaOptions options) {
    out.warnings.emplace_back(
        "The common-effect model takes tau2 as 0: it has no interval of tau2 and no prediction.");
    if (options.test == CoefficientTest::knapp_hartung) {
        out.warnings.emplace_back("Knapp and Hartung's method is meant for random effects.");
    }
}

MetaAnalysis one_study(const Regression& data, double scale) {
    MetaAnalysis out;
    const auto fit = detail::weighted_fit(data, 0);
    out.k = 1;
    out.coefficients = coefficients(data, fit, {}, {}, scale);
    out.weights = {100};
    out.log_likelihood =
        detail::log_likelihood(data, fit, HeterogeneityMethod::ml) - std::log(scale);
    out.warnings.emplace_back(
        "One study: nothing is pooled, and how much studies differ cannot be said.");
    return out;
}

bool finite(const MetaAnalysis& out) {
    return std::isfinite(out.q) && std::isfinite(out.log_likelihood) &&
           std::isfinite(out.tau2.value_or(0)) && (!out.qm || std::isfinite(out.qm->statistic)) &&
           std::all_of(out.coefficients.begin(), out.coefficients.end(), [](const auto& c) {
               return std::isfinite(c.estimate) && std::isfinite(c.se) && std::isfinite(c.p);
           });
}

Error too_far_apart() {
    return {Fault::invalid_input, "/studies",
            "The numbers lie too far apart to be pooled; look for a wrong unit or a typing error."};
}

MetaAnalysis analyse(const Regression& data, const Regression& null, const Moderators& moderators,
                     MetaOptions options, double scale) {
    const auto tau2 = detail::estimate_tau2(data, options.method);
    const auto fit = detail::weighted_fit(data, tau2.value);
    const auto common = detail::weighted_fit(data, 0);
    const double df = data.k() - data.p();
    const Inference inference = options.test == CoefficientTest::knapp_hartung
                                    ? Inference{.factor = fit.rss / df, .df = df}
                                    : Inference{};
    MetaAnalysis out{.k = static_cast<std::size_t>(data.effect.size()),
                     .coefficients = coefficients(data, fit, moderators.terms, inference, scale),
                     .q = common.rss,
                     .q_df = df,
                     .q_p = numerics::chi_squared_upper(common.rss, df),
                     .converged = tau2.converged,
                     .iterations = tau2.iterations};
    out.tau2 = tau2.value * scale * scale;
    if (std::isfinite(tau2.se)) out.tau2_se = tau2.se * scale * scale;
    const bool restricted = options.method == HeterogeneityMethod::reml;
    out.log_likelihood = detail::log_likelihood(data, fit, options.method) -
                         (restricted ? df : data.k()) * std::log(scale);
    add_shares(out, data, common, tau2.value, options.method);
    if (options.method == HeterogeneityMethod::fe) {
        say_what_fe_lacks(out, options);
    } else {
        add_tau2_interval(out, data, scale);
        add_prediction(out, data, *out.tau2);
    }
    if (inference.factor == 0) {
        out.warnings.emplace_back(
            "The effects do not vary at all: Knapp and Hartung's standard error is 0. Use normal "
            "tests.");
    } else if (data.p() > 1) {
        out.qm = omnibus(data, fit, inference);
    }
    add_r2(out, data, null, tau2.value, options.method);
    out.egger = egger(data, scale);
    if (!out.egger) {
        out.warnings.emplace_back(
            "Egger's test needs more studies, with standard errors and effects that differ.");
    }
    const double all = fit.weights.sum();
    for (const double w : fit.weights) out.weights.push_back(100 * w / all);
    return out;
}

}  // namespace

Result<MetaAnalysis> meta_analysis(std::span<const double> effect, std::span<const double> variance,
                                   const Moderators& moderators, MetaOptions options) {
    CHECK_OK(check(effect, variance, moderators));
    // In units of the largest number, so that no square overflows.
    double scale = 0;
    for (std::size_t i = 0; i < effect.size(); ++i) {
        scale = std::max({scale, std::abs(effect[i]), std::sqrt(variance[i])});
    }
    const Regression null = intercept_only(effect, variance, scale);
    if (effect.size() == 1) return one_study(null, scale);
    TRY(const Regression data, with_moderators(null, moderators));
    MetaAnalysis out = analyse(data, null, moderators, options, scale);
    if (!finite(out)) return too_far_apart();
    return out;
}

}  // namespace evenkeel::evidence
