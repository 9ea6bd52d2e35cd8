#include "course/cox.h"

#include <fmt/format.h>

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>

#include "course/detail/ascending_order.h"
#include "course/detail/concordance.h"
#include "course/detail/cox_likelihood.h"
#include "numerics/distributions.h"

namespace evenkeel::course {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr int max_iterations = 100;
constexpr double collinear_share = 1e-11;
// The likelihood has arrived when a step adds less than this share of it.
constexpr double arrived = 1e-13;
// A last step as long as this, in standard deviations of the covariate: the coefficient goes
// on growing although the likelihood does not.
constexpr double endless_step = 0.01;
// About a minute of the recursion for exact ties.
constexpr double most_work = 3e10;

std::vector<double> as_vector(const VectorXd& v) {
    return {v.begin(), v.end()};
}

VectorXd vector_of(const std::vector<double>& v) {
    return Eigen::Map<const VectorXd>(v.data(), static_cast<Index>(v.size()));
}

MatrixXd matrix_of(const std::vector<double>& v, std::size_t p) {
    return Eigen::Map<const MatrixXd>(v.data(), static_cast<Index>(p), static_cast<Index>(p));
}

SurvivalTest chi_squared(double statistic, std::size_t df) {
    return {statistic, df, numerics::chi_squared_upper(statistic, static_cast<double>(df))};
}

class CoxFit {
  public:
    CoxFit(std::span<const double> time, std::span<const double> event, const Matrix& covariates,
           Ties ties)
        : covariates_(covariates), ties_(ties) {
        order(time, event);
        choose_columns();
    }

    Result<CoxModel> run() {
        if (out_.n_events == 0) {
            return Error{
                Fault::invalid_input, "", "Nobody has an event: there is nothing to fit.", {}};
        }
        if (ties_ == Ties::exact) CHECK_OK(check_work());
        search();
        write_coefficients();
        if (rows_.p > 0) {
            test_proportional_hazards();
            write_concordance();
        }
        write_baseline();
        return std::move(out_);
    }

  private:
    void order(std::span<const double> time, std::span<const double> event) {
        order_ = detail::ascending_order(time);
        std::reverse(order_.begin(), order_.end());
        rows_.n = out_.n = time.size();
        for (const auto row : order_) {
            rows_.time.push_back(time[row]);
            rows_.event.push_back(event[row] != 0 ? 1 : 0);
            out_.n_events += event[row] != 0 ? 1 : 0;
        }
    }

    // Centred and scaled columns; those that are constant or made up by others stay out.
    void choose_columns() {
        const auto n = rows_.n;
        std::vector<VectorXd> basis;  // orthonormal
        std::vector<VectorXd> columns;
        for (std::size_t j = 0; j < covariates_.n_columns(); ++j) {
            const auto source = covariates_.column(j);
            VectorXd column(static_cast<Index>(n));
            for (std::size_t i = 0; i < n; ++i) column[static_cast<Index>(i)] = source[order_[i]];
            const double largest = column.cwiseAbs().maxCoeff();
            if (largest > 0) column /= largest;
            const double center = column.mean();
            column.array() -= center;
            const double spread = std::sqrt(column.squaredNorm() / static_cast<double>(n));
            VectorXd left = column;
            for (int twice = 0; twice < 2; ++twice) {
                for (const auto& each : basis) left -= each.dot(left) * each;
            }
            if (spread <= 1e-11 || left.squaredNorm() <= collinear_share * column.squaredNorm()) {
                out_.warnings.push_back(
                    fmt::format("{} is left out: it is {}.", covariates_.names[j],
                                spread <= 1e-11 ? "the same in every row"
                                                : "a combination of the covariates before it"));
                continue;
            }
            basis.push_back(left.normalized());
            columns.push_back(column / spread);
            kept_.push_back(j);
            center_.push_back(center * largest);
            scale_.push_back(spread * largest);
        }
        rows_.p = kept_.size();
        rows_.x.resize(n * rows_.p);
        for (std::size_t j = 0; j < rows_.p; ++j) {
            for (std::size_t i = 0; i < n; ++i) {
                rows_.x[i * rows_.p + j] = columns[j][static_cast<Index>(i)];
            }
        }
    }

    Status check_work() const {
        double work = 0;
        for (std::size_t begin = 0; begin < rows_.n;) {
            auto end = begin;
            double d = 0;
            for (; end < rows_.n && rows_.time[end] == rows_.time[begin]; ++end) {
                d += rows_.event[end];
            }
            const auto p = static_cast<double>(rows_.p);
            if (d > 1) work += static_cast<double>(end) * d * (1 + p + p * p / 2);
            if (d > 600 || work > most_work / 10) {
                return Error{Fault::invalid_input,
                             "/ties",
                             fmt::format("{} events at time {} are too many for exact ties: choose "
                                         "efron.",
                                         d, rows_.time[begin]),
                             {}};
            }
            begin = end;
        }
        return Done{};
    }

    void search() {
        beta_ = VectorXd::Zero(static_cast<Index>(rows_.p));
        auto here = detail::cox_sums(rows_, as_vector(beta_), ties_);
        out_.log_likelihood_null = here.log_likelihood;
        VectorXd step = VectorXd::Zero(beta_.size());
        out_.converged = rows_.p == 0;
        while (!out_.converged && out_.iterations < max_iterations) {
            ++out_.iterations;
            const Eigen::LDLT<MatrixXd> solver(matrix_of(here.information, rows_.p));
            step = solver.solve(vector_of(here.gradient));
            if (out_.iterations == 1) {
                out_.score = chi_squared(step.dot(vector_of(here.gradient)), rows_.p);
            }
            if (!step.allFinite() || solver.vectorD().minCoeff() <= 0) break;
            double share = 1;
            detail::CoxSums next;
            for (; share > 1e-6; share /= 2) {
                next = detail::cox_sums(rows_, as_vector(beta_ + share * step), ties_);
                if (next.log_likelihood >=
                    here.log_likelihood - arrived * std::abs(here.log_likelihood)) {
                    break;
                }
            }
            if (share <= 1e-6) break;
            beta_ += share * step;
            const double gain = next.log_likelihood - here.log_likelihood;
            here = std::move(next);
            out_.converged = share == 1 && gain <= arrived * std::abs(here.log_likelihood);
        }
        // A likelihood near 0 has arrived too: every event is explained.
        if (!out_.converged && here.log_likelihood > -1e-9 * static_cast<double>(out_.n_events)) {
            out_.converged = true;
        }
        out_.log_likelihood = here.log_likelihood;
        information_ = matrix_of(here.information, rows_.p);
        step_ = step;
    }

    void write_coefficients() {
        for (const auto& name : covariates_.names) out_.coefficients.push_back({name});
        if (rows_.p == 0) return;
        out_.likelihood_ratio =
            chi_squared(2 * (out_.log_likelihood - out_.log_likelihood_null), rows_.p);
        out_.wald = chi_squared(beta_.dot(information_ * beta_), rows_.p);
        covariance_ =
            information_.ldlt().solve(MatrixXd::Identity(information_.rows(), information_.cols()));
        const double z975 = numerics::normal_quantile(0.975);
        for (std::size_t j = 0; j < rows_.p; ++j) {
            const auto i = static_cast<Index>(j);
            auto& coefficient = out_.coefficients[kept_[j]];
            const bool endless = std::abs(step_[i]) > endless_step || !std::isfinite(step_[i]);
            if (endless || !(covariance_(i, i) > 0) || !std::isfinite(covariance_(i, i))) {
                endless_ = true;
                out_.warnings.push_back(fmt::format(
                    "{}: the hazard ratio goes to {} without end, because the covariate separates "
                    "those with events from those without. No estimate is given; leave it out or "
                    "join its groups.",
                    coefficient.term, beta_[i] > 0 ? "infinity" : "0"));
                continue;
            }
            const double b = beta_[i] / scale_[j], se = std::sqrt(covariance_(i, i)) / scale_[j];
            coefficient.estimate = b;
            coefficient.se = se;
            coefficient.z = b / se;
            coefficient.p = 2 * numerics::normal_upper(std::abs(b / se));
            coefficient.hazard_ratio = std::exp(b);
            coefficient.lower = std::exp(b - z975 * se);
            coefficient.upper = std::exp(b + z975 * se);
        }
        if (!out_.converged && !endless_) {
            out_.warnings.push_back("The search did not arrive at a maximum.");
        }
        if (endless_) out_.converged = true;  // the likelihood has; the coefficient cannot
    }

    // Coefficients that change with g(t): score of the change, and the joint information.
    void test_proportional_hazards() {
        if (endless_) return;
        std::vector<detail::CoxMoment> moments;
        detail::walk_moments(rows_, as_vector(beta_), ties_, [&](const detail::CoxMoment& moment) {
            if (moment.n_events > 0) moments.push_back(moment);
        });
        const auto g = time_scale(moments);
        const auto p = static_cast<Index>(rows_.p);
        VectorXd score = VectorXd::Zero(p);
        MatrixXd level = MatrixXd::Zero(p, p), both = level, change = level;
        for (std::size_t i = 0; i < moments.size(); ++i) {
            const auto v = matrix_of(moments[i].information, rows_.p);
            score += g[i] * vector_of(moments[i].gradient);
            level += v;
            both += g[i] * v;
            change += g[i] * g[i] * v;
        }
        const Eigen::LDLT<MatrixXd> solver(level);
        const MatrixXd rest = change - both.transpose() * solver.solve(both);
        for (Index j = 0; j < p; ++j) {
            const auto& name = covariates_.names[kept_[static_cast<std::size_t>(j)]];
            // Without a spread of g there is nothing to test.
            if (!(rest(j, j) > 1e-12 * change(j, j))) return;
            out_.proportional_hazards.push_back(
                {name, chi_squared(score[j] * score[j] / rest(j, j), 1)});
        }
        const VectorXd solved = rest.ldlt().solve(score);
        if (solved.allFinite()) {
            out_.proportional_hazards.push_back(
                {"GLOBAL", chi_squared(score.dot(solved), rows_.p)});
        }
    }

    // 1 - S(t-) at each time with an event, less its mean over events.
    [[nodiscard]] std::vector<double> time_scale(
        const std::vector<detail::CoxMoment>& moments) const {
        std::vector<double> out(moments.size());
        double survival = 1, mean = 0, events = 0;
        auto row = rows_.n;  // rows stand from the last time to the first
        for (auto i = moments.size(); i-- > 0;) {
            while (row > 0 && rows_.time[row - 1] < moments[i].time) --row;
            const auto d = static_cast<double>(moments[i].n_events);
            out[i] = 1 - survival;
            mean += d * out[i];
            events += d;
            survival *= 1 - d / static_cast<double>(row);
        }
        for (auto& each : out) each -= mean / events;
        return out;
    }

    void write_concordance() {
        std::vector<double> risk(rows_.n);
        for (std::size_t i = 0; i < rows_.n; ++i) {
            for (std::size_t j = 0; j < rows_.p; ++j) {
                risk[i] += rows_.x[i * rows_.p + j] * beta_[static_cast<Index>(j)];
            }
        }
        const auto found = detail::concordance(rows_.time, rows_.event, risk);
        if (!found) return;
        out_.concordance = found->value;
        out_.concordance_se = found->se;
    }

    void write_baseline() {
        if (endless_) return;
        double at_zero = 0;  // the linear predictor of covariates that are all 0
        for (std::size_t j = 0; j < rows_.p; ++j) {
            at_zero -= center_[j] / scale_[j] * beta_[static_cast<Index>(j)];
        }
        detail::walk_moments(rows_, as_vector(beta_), ties_, [&](const detail::CoxMoment& moment) {
            out_.baseline.push_back({moment.time, moment.hazard * std::exp(at_zero)});
        });
        std::reverse(out_.baseline.begin(), out_.baseline.end());
        double sum = 0;
        for (auto& each : out_.baseline) each.cumulative = sum += each.cumulative;
    }

    const Matrix& covariates_;
    Ties ties_;
    std::vector<std::uint32_t> order_;
    detail::CoxRows rows_;
    std::vector<std::size_t> kept_;
    std::vector<double> center_, scale_;
    VectorXd beta_, step_;
    MatrixXd information_, covariance_;
    bool endless_ = false;
    CoxModel out_;
};

}  // namespace

Result<CoxModel> cox_regression(std::span<const double> time, std::span<const double> event,
                                const Matrix& covariates, Ties ties) {
    TRY(const auto rows, rows_with_times(time, event));
    Faults faults;
    if (rows.size() < time.size()) faults.add("", "Every row needs a time and an event.");
    for (std::size_t j = 0; j < covariates.n_columns(); ++j) {
        const auto column = covariates.column(j);
        if (std::all_of(column.begin(), column.end(), [](double x) { return std::isfinite(x); })) {
            continue;
        }
        faults.add("/columns/" + covariates.names[j],
                   fmt::format("{} has a value that is missing or infinite.", covariates.names[j]));
    }
    if (!faults.none()) return faults.error();
    return CoxFit(time, event, covariates, ties).run();
}

}  // namespace evenkeel::course
