#include "course/mixed_model.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <numbers>

#include "course/detail/mixed_search.h"
#include "numerics/distributions.h"
#include "numerics/optimise.h"

namespace evenkeel::course {
namespace {

using detail::Criterion;
using detail::Evaluation;
using detail::FactorShape;
using detail::MixedCriterion;
using detail::MixedStatistics;
using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

// As lme4 says it: an entry of the factor's diagonal that is as good as 0.
constexpr double singular_limit = 1e-4;
// The residual correlation at the median gap stays between this and 1 less this.
constexpr double least_correlation = 1e-6;
// A search in as many groups begins where a search in one of eight ended.
constexpr std::size_t many_groups = 512;
constexpr std::size_t part = 8;

double logit(double p) {
    return std::log(p / (1 - p));
}

double logistic(double x) {
    return 1 / (1 + std::exp(-x));
}

// Eigen reads by columns; all small matrices here are symmetric or written by rows.
MatrixXd square_matrix(const std::vector<double>& by_rows, std::size_t n) {
    const auto size = static_cast<Index>(n);
    return Eigen::Map<const MatrixXd>(by_rows.data(), size, size).transpose();
}

// From scaled to original units: row 0 takes up the centers.
MatrixXd way_back(const detail::Basis& basis, std::size_t n) {
    const auto size = static_cast<Index>(n);
    MatrixXd out = MatrixXd::Zero(size, size);
    for (Index j = 0; j < size; ++j) {
        const auto k = static_cast<std::size_t>(j);
        out(j, j) = 1 / basis.scale[k];
        if (basis.center[k] != 0) out(0, j) -= basis.center[k] / basis.scale[k];
    }
    return out;
}

// The model at one correlation of the residuals (or none), and what the search found.
struct Fitted {
    std::unique_ptr<MixedStatistics> statistics;
    std::unique_ptr<MixedCriterion> criterion;
    detail::FactorSearch search;
};

class Fit {
  public:
    Fit(const DesignMatrix& design, const MixedModelOptions& options, detail::PreparedRows rows,
        const numerics::Workers& workers)
        : design_(design),
          options_(options),
          workers_(workers),
          rows_(std::move(rows)),
          shape_(rows_.q, rows_.blocks) {}

    Result<MixedModel> run() {
        VectorXd start = VectorXd::Zero(static_cast<Index>(shape_.entries.size()));
        for (std::size_t k = 0; k < shape_.entries.size(); ++k) {
            if (shape_.entries[k].a == shape_.entries[k].b) start[static_cast<Index>(k)] = 1;
        }
        out_.warnings = rows_.warnings;
        fitted_ = options_.residuals == Residuals::car1 ? search_correlation(start)
                                                        : fit_at(prepare({}), near(start));
        if (!fitted_.search.at.usable) {
            return Error{Fault::not_converged,
                         "",
                         "The model explains the response to the last digit, so the residual "
                         "variance cannot be estimated. Leave out terms.",
                         {}};
        }
        finish();
        return std::move(out_);
    }

  private:
    [[nodiscard]] Fitted prepare(std::optional<double> phi) const { return prepare(rows_, phi); }

    [[nodiscard]] Fitted prepare(const detail::PreparedRows& rows,
                                 std::optional<double> phi) const {
        Fitted out;
        out.statistics = std::make_unique<MixedStatistics>(detail::mixed_statistics(rows, phi));
        out.criterion = std::make_unique<MixedCriterion>(
            *out.statistics,
            options_.likelihood == Likelihood::reml ? Criterion::reml : Criterion::ml, workers_);
        return out;
    }

    Fitted fit_at(Fitted at, const VectorXd& start) const {
        at.search = detail::search_factor(*at.criterion, shape_, start);
        return at;
    }

    // Most steps of a search only come near: a part of the people is enough for these.
    [[nodiscard]] VectorXd near(VectorXd start) const {
        if (rows_.n_groups < many_groups || shape_.entries.empty()) return start;
        const auto found = fit_at(prepare(detail::thinned(rows_, part), {}), start).search;
        return found.converged ? away_from_edge(found.theta) : start;
    }

    [[nodiscard]] double phi_of(double at) const { return std::pow(logistic(at), 1 / median_gap_); }

    // At 0 the surface is even, so that a search that starts there would stay.
    [[nodiscard]] VectorXd away_from_edge(VectorXd theta) const {
        for (std::size_t k = 0; k < shape_.entries.size(); ++k) {
            auto& entry = theta[static_cast<Index>(k)];
            if (shape_.entries[k].a == shape_.entries[k].b) entry = std::max(std::abs(entry), 0.3);
        }
        return theta;
    }

    Fitted search_correlation(VectorXd start);
    void finish();
    void write_likelihood();
    void write_fixed();
    void write_random();
    void write_modes();
    VectorXd satterthwaite() const;
    void add_correlation_derivatives(MatrixXd& hessian, MatrixXd& variances) const;
    struct Unprofiled {
        double deviance;
        VectorXd gradient;   // by theta, sigma
        VectorXd variances;  // of the fixed effects, scaled response
    };
    Unprofiled unprofiled(const Evaluation&) const;

    const DesignMatrix& design_;
    const MixedModelOptions& options_;
    const numerics::Workers& workers_;
    detail::PreparedRows rows_;
    FactorShape shape_;
    Fitted fitted_;
    double median_gap_ = 1, logit_ = 0;  // of the correlation at the median gap
    double sigma2_ = 0;                  // of the scaled response
    MatrixXd back_;                      // of the fixed effects
    MixedModel out_;
};

// A grid first, since the surface may have two valleys, then Brent's method in the best.
Fitted Fit::search_correlation(VectorXd start) {
    std::vector<double> gaps;
    std::copy_if(rows_.gaps.begin(), rows_.gaps.end(), std::back_inserter(gaps),
                 [](double gap) { return gap > 0; });
    const auto middle = gaps.begin() + static_cast<std::ptrdiff_t>(gaps.size() / 2);
    std::nth_element(gaps.begin(), middle, gaps.end());
    median_gap_ = *middle;
    const auto deviance = [&](double x) {
        const auto at = fit_at(prepare(phi_of(x)), start);
        if (at.search.at.usable) start = away_from_edge(at.search.theta);
        return at.search.at.usable ? at.search.at.deviance
                                   : std::numeric_limits<double>::infinity();
    };
    std::vector<double> grid;
    for (const double r :
         {least_correlation, 0.02, 0.1, 0.3, 0.5, 0.7, 0.9, 0.98, 1 - least_correlation}) {
        grid.push_back(logit(r));
    }
    std::size_t best = 1;
    double smallest = std::numeric_limits<double>::infinity();
    for (std::size_t i = 1; i + 1 < grid.size(); ++i) {
        const auto value = deviance(grid[i]);
        if (value < smallest) {
            smallest = value;
            best = i;
        }
    }
    const auto found = numerics::brent_minimum(deviance, grid[best - 1], grid[best + 1]);
    logit_ = found.at;
    auto out = fit_at(prepare(phi_of(logit_)), start);
    out.search.converged = out.search.converged && found.converged;
    out.search.iterations += found.iterations;
    if (logistic(logit_) < 1e-4 || logistic(logit_) > 1 - 1e-4) {
        out_.warnings.push_back(
            "The correlation of the residuals is at the edge of what is possible: the data do not "
            "tell it.");
    }
    return out;
}

void Fit::finish() {
    sigma2_ = fitted_.search.at.residual_sum / fitted_.criterion->degrees();
    back_ = way_back(rows_.fixed_basis, rows_.p);
    out_.n_rows = rows_.n;
    out_.n_groups = rows_.n_groups;
    out_.converged = fitted_.search.converged;
    out_.iterations = fitted_.search.iterations;
    out_.residual_sd = std::sqrt(sigma2_) * rows_.fixed_basis.scale[rows_.p];
    if (options_.residuals == Residuals::car1) out_.car1_phi = phi_of(logit_);
    write_likelihood();
    write_random();
    write_fixed();
    if (options_.modes) write_modes();
    if (!out_.converged) {
        out_.warnings.push_back("The search for the variances did not arrive at a maximum.");
    }
}

void Fit::write_likelihood() {
    double deviance = fitted_.search.at.deviance +
                      2 * fitted_.criterion->degrees() * std::log(rows_.fixed_basis.scale[rows_.p]);
    if (options_.likelihood == Likelihood::reml) {
        for (std::size_t j = 0; j < rows_.p; ++j) {
            deviance += 2 * std::log(rows_.fixed_basis.scale[j]);
        }
    }
    out_.log_likelihood = -deviance / 2;
    const auto n_parameters =
        static_cast<double>(rows_.p + shape_.entries.size() + 1 + (out_.car1_phi ? 1U : 0U));
    out_.aic = deviance + 2 * n_parameters;
    out_.bic = deviance + std::log(static_cast<double>(rows_.n)) * n_parameters;
}

void Fit::write_random() {
    out_.random = design_.random.names;
    const auto q = rows_.q;
    if (q == 0) return;
    const auto size = static_cast<Index>(q);
    const MatrixXd scaled = square_matrix(shape_.factor(fitted_.search.theta), q);
    const MatrixXd factor = way_back(rows_.random_basis, q) * scaled;
    const double unit = sigma2_ * std::pow(rows_.fixed_basis.scale[rows_.p], 2);
    const MatrixXd covariance = unit * (factor * factor.transpose());
    out_.random_covariance.resize(q * q);
    Eigen::Map<MatrixXd>(out_.random_covariance.data(), size, size) = covariance;
    // The lower factor in original units: factor' = Q R, so D = R'R.
    const MatrixXd lower = Eigen::HouseholderQR<MatrixXd>(factor.transpose())
                               .matrixQR()
                               .triangularView<Eigen::Upper>();
    out_.singular = lower.diagonal().cwiseAbs().minCoeff() < singular_limit;
    if (out_.singular) {
        out_.warnings.push_back(
            "The fit is singular: a standard deviation of the random effects is 0 or a "
            "correlation is 1. Fewer random effects would do.");
    }
}

Fit::Unprofiled Fit::unprofiled(const Evaluation& at) const {
    const double degrees = fitted_.criterion->degrees(), sigma = std::sqrt(sigma2_);
    const auto n_theta = static_cast<Index>(shape_.entries.size());
    Unprofiled out;
    const double log_determinants =
        at.deviance - degrees * (1 + std::log(2 * std::numbers::pi * at.residual_sum / degrees));
    out.deviance = log_determinants + degrees * std::log(2 * std::numbers::pi * sigma2_) +
                   at.residual_sum / sigma2_;
    out.gradient.resize(n_theta + 1);
    if (n_theta > 0) {
        const auto m = static_cast<Index>(at.trace.size());
        const Eigen::Map<const VectorXd> trace(at.trace.data(), m), square(at.square.data(), m);
        const auto jacobian = shape_.jacobian(shape_.factor(fitted_.search.theta));
        out.gradient.head(n_theta) = jacobian.transpose() * (trace - square / sigma2_);
    }
    out.gradient[n_theta] = 2 * degrees / sigma - 2 * at.residual_sum / (sigma * sigma2_);
    const MatrixXd c = square_matrix(at.beta_inverse, rows_.p);
    out.variances = sigma2_ * (back_ * c * back_.transpose()).diagonal();
    return out;
}

// Fills the last row and column of the Hessian and the last column of the derivatives of the
// variances: by the logit of the correlation, from differences of the exact gradient.
void Fit::add_correlation_derivatives(MatrixXd& hessian, MatrixXd& variances) const {
    constexpr double step = 1e-2;
    const auto last = hessian.rows() - 1;
    const auto factor = shape_.factor(fitted_.search.theta);
    const auto here = unprofiled(fitted_.search.at);
    const auto at = [&](double x) {
        const auto there = prepare(phi_of(x));
        return unprofiled(there.criterion->with_derivatives(factor));
    };
    const auto below = at(logit_ - step), above = at(logit_ + step);
    hessian.block(0, last, last, 1) = (above.gradient - below.gradient) / (2 * step);
    hessian.block(last, 0, 1, last) = hessian.block(0, last, last, 1).transpose();
    hessian(last, last) = (above.deviance - 2 * here.deviance + below.deviance) / (step * step);
    variances.col(last) = (above.variances - below.variances) / (2 * step);
}

// df = 2 v^2 / (g' A g): v the variance of a coefficient, g its derivatives by the variance
// parameters (theta, sigma and, with car1, the correlation), A their covariance.
VectorXd Fit::satterthwaite() const {
    const auto& at = fitted_.search.at;
    const auto n_theta = static_cast<Index>(shape_.entries.size());
    const auto p = static_cast<Index>(rows_.p);
    const auto n_parameters = n_theta + 1 + (out_.car1_phi ? 1 : 0);
    MatrixXd hessian = MatrixXd::Zero(n_parameters, n_parameters);
    MatrixXd variances = MatrixXd::Zero(p, n_parameters);
    const double sigma = std::sqrt(sigma2_), degrees = fitted_.criterion->degrees();
    const MatrixXd c = square_matrix(at.beta_inverse, rows_.p);
    const VectorXd v = sigma2_ * (back_ * c * back_.transpose()).diagonal();
    if (n_theta > 0) {
        const auto m = static_cast<Index>(at.trace.size());
        const Eigen::Map<const VectorXd> trace(at.trace.data(), m), square(at.square.data(), m);
        const Eigen::Map<const MatrixXd> trace_second(at.trace_second.data(), m, m),
            square_second(at.square_second.data(), m, m);
        const auto jacobian = shape_.jacobian(shape_.factor(fitted_.search.theta));
        hessian.topLeftCorner(n_theta, n_theta) =
            jacobian.transpose() * (trace_second + square_second / sigma2_) * jacobian +
            shape_.curvature(trace - square / sigma2_);
        hessian.block(0, n_theta, n_theta, 1) =
            jacobian.transpose() * square * (2 / (sigma * sigma2_));
        hessian.block(n_theta, 0, 1, n_theta) = hessian.block(0, n_theta, n_theta, 1).transpose();
        MatrixXd natural(p, m);
        for (Index k = 0; k < m; ++k) {
            const MatrixXd s = square_matrix(at.beta_first[static_cast<std::size_t>(k)], rows_.p);
            natural.col(k) = sigma2_ * (back_ * c * s * c * back_.transpose()).diagonal();
        }
        variances.leftCols(n_theta) = natural * jacobian;
    }
    hessian(n_theta, n_theta) = 4 * degrees / sigma2_;
    variances.col(n_theta) = 2 * v / sigma;
    if (out_.car1_phi) add_correlation_derivatives(hessian, variances);
    // Directions that the data do not tell (a singular fit) say nothing of the error either.
    const Eigen::SelfAdjointEigenSolver<MatrixXd> parts(hessian);
    VectorXd inverse = VectorXd::Zero(n_parameters);
    for (Index k = 0; k < n_parameters; ++k) {
        const double value = parts.eigenvalues()[k];
        if (value > 1e-8 * std::max(1.0, parts.eigenvalues().maxCoeff())) inverse[k] = 2 / value;
    }
    const MatrixXd rotated = variances * parts.eigenvectors();
    const VectorXd spread = rotated.cwiseAbs2() * inverse;
    return (2 * v.cwiseAbs2()).cwiseQuotient(spread);
}

void Fit::write_fixed() {
    const auto& at = fitted_.search.at;
    const double unit = rows_.fixed_basis.scale[rows_.p];
    const auto all = design_.fixed.n_columns();
    VectorXd estimates =
        unit * (back_ * Eigen::Map<const VectorXd>(at.beta.data(), static_cast<Index>(rows_.p)));
    if (rows_.has_intercept) estimates[0] += rows_.fixed_basis.center[rows_.p];
    const MatrixXd covariance =
        unit * unit * sigma2_ *
        (back_ * square_matrix(at.beta_inverse, rows_.p) * back_.transpose());
    const VectorXd degrees = options_.inference ? satterthwaite() : VectorXd();
    out_.fixed_covariance.assign(all * all, 0);
    for (const auto& name : design_.fixed.names) out_.fixed.push_back({name});
    for (std::size_t j = 0; j < rows_.p; ++j) {
        const auto i = static_cast<Index>(j);
        auto& effect = out_.fixed[rows_.kept[j]];
        effect.estimate = estimates[i];
        const double se = std::sqrt(covariance(i, i));
        effect.se = se;
        for (std::size_t k = 0; k < rows_.p; ++k) {
            out_.fixed_covariance[rows_.kept[j] * all + rows_.kept[k]] =
                covariance(i, static_cast<Index>(k));
        }
        if (!options_.inference) continue;
        const double df = degrees[i];
        if (!std::isfinite(df) || !(df > 0)) {
            out_.warnings.push_back(
                fmt::format("{}: the degrees of freedom cannot be estimated.", effect.term));
            continue;
        }
        effect.df = df;
        effect.p = numerics::t_two_sided(estimates[i] / se, df);
        const double reach = numerics::t_quantile(0.975, df) * se;
        effect.lower = estimates[i] - reach;
        effect.upper = estimates[i] + reach;
    }
}

void Fit::write_modes() {
    const auto q = rows_.q;
    if (q == 0) return;
    const auto found =
        fitted_.criterion->modes(fitted_.search.at, shape_.factor(fitted_.search.theta));
    const double unit = rows_.fixed_basis.scale[rows_.p];
    const auto size = static_cast<Index>(q);
    const MatrixXd back = way_back(rows_.random_basis, q);
    out_.modes.resize(rows_.n_groups * q);
    out_.mode_covariance.resize(rows_.n_groups * q * q);
    const auto pairs = detail::pairs_of(q);
    MatrixXd covariance(size, size);
    VectorXd modes(size);
    for (std::size_t g = 0; g < rows_.n_groups; ++g) {
        for (std::size_t k = 0; k < pairs.size(); ++k) {
            const auto a = static_cast<Index>(pairs[k].a), b = static_cast<Index>(pairs[k].b);
            covariance(a, b) = covariance(b, a) = found.covariance[g * pairs.size() + k];
        }
        modes.noalias() = unit * (back * Eigen::Map<const VectorXd>(&found.modes[g * q], size));
        Eigen::Map<VectorXd>(&out_.modes[g * q], size) = modes;
        Eigen::Map<MatrixXd>(&out_.mode_covariance[g * q * q], size, size) =
            unit * unit * sigma2_ * (back * covariance * back.transpose());
    }
}

Status check_counts(const DesignMatrix& design, const detail::PreparedRows& rows,
                    const MixedModelOptions& options) {
    Faults faults;
    if (rows.p == 0) faults.add("", "No fixed term is left: add the intercept or another column.");
    if (rows.n <= rows.p) {
        faults.add("", fmt::format("{} complete rows cannot tell {} coefficients: leave out terms "
                                   "or add rows.",
                                   rows.n, rows.p));
    }
    const auto group = "/columns/" + design.group_column;
    if (rows.q > 0 && rows.n_groups < 2) {
        faults.add(group, fmt::format("\"{}\" has one group: a random term needs two or more.",
                                      design.group_column));
    }
    for (const auto& block : design.blocks) {
        const auto effects = block.size() * rows.n_groups;
        if (rows.n_groups < 2 || rows.n > effects) continue;
        faults.add(group, fmt::format("{} rows cannot tell {} random effects ({} of each of {} "
                                      "groups): leave out random terms or add rows.",
                                      rows.n, effects, block.size(), rows.n_groups));
    }
    if (options.residuals == Residuals::car1 &&
        std::none_of(rows.gaps.begin(), rows.gaps.end(), [](double gap) { return gap > 0; })) {
        faults.add(group, "The correlation of residuals needs somebody with two rows.");
    }
    if (!faults.none()) return faults.error();
    return Done{};
}

}  // namespace

double MixedModel::random_sd(std::size_t j) const {
    return std::sqrt(random_covariance[j * random.size() + j]);
}

std::optional<double> MixedModel::random_correlation(std::size_t i, std::size_t j) const {
    const double product = random_sd(i) * random_sd(j);
    if (!(product > 0)) return std::nullopt;
    return std::clamp(random_covariance[i * random.size() + j] / product, -1.0, 1.0);
}

Result<MixedModel> fit_mixed_model(const DesignMatrix& design, MixedModelOptions options,
                                   const numerics::Workers& workers) {
    TRY(auto rows, detail::prepare_rows(design));
    CHECK_OK(check_counts(design, rows, options));
    return Fit(design, options, std::move(rows), workers).run();
}

}  // namespace evenkeel::course
