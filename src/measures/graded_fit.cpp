#include "measures/graded_fit.h"

#include <fmt/format.h>

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>
#include <limits>

#include "measures/detail/graded_curve.h"
#include "measures/detail/graded_likelihood.h"
#include "numerics/distributions.h"

namespace evenkeel::measures {
namespace {

using detail::Derivatives;
using detail::Grid;
using detail::Layout;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr double max_discrimination = 25;
constexpr double range = 7;          // of severity, sd: 1e-12 of people are beyond
constexpr double coarse_digits = 5;  // while the steps are still large
constexpr double fine_digits = 10;
constexpr int em_cycles_at_once = 6;

// How strongly each item goes with the first common component: the leading eigenvector of the
// correlations of the codes (0 for missing answers), by power iteration.
std::vector<double> leading_loadings(const Responses& responses) {
    const auto k = responses.n_items();
    std::vector<double> mean(k), sd(k), n(k);
    for (std::size_t p = 0; p < responses.n_patterns(); ++p) {
        for (std::size_t j = 0; j < k; ++j) {
            const auto code = responses.pattern(p)[j];
            if (code == Responses::missing) continue;
            n[j] += responses.counts[p];
            mean[j] += responses.counts[p] * code;
            sd[j] += responses.counts[p] * code * code;
        }
    }
    for (std::size_t j = 0; j < k; ++j) {
        mean[j] /= std::max(n[j], 1.0);
        sd[j] = std::sqrt(std::max(sd[j] / std::max(n[j], 1.0) - mean[j] * mean[j], 1e-12));
    }
    MatrixXd r = MatrixXd::Zero(static_cast<Eigen::Index>(k), static_cast<Eigen::Index>(k));
    VectorXd z(static_cast<Eigen::Index>(k));
    for (std::size_t p = 0; p < responses.n_patterns(); ++p) {
        for (std::size_t j = 0; j < k; ++j) {
            const auto code = responses.pattern(p)[j];
            z[static_cast<Eigen::Index>(j)] =
                code == Responses::missing ? 0 : (code - mean[j]) / sd[j];
        }
        r.selfadjointView<Eigen::Lower>().rankUpdate(z, responses.counts[p]);
    }
    r = (r.selfadjointView<Eigen::Lower>() * MatrixXd::Identity(r.rows(), r.rows())).eval() /
        static_cast<double>(responses.n_answered);
    VectorXd v = VectorXd::Ones(r.rows()) + 0.01 * VectorXd::LinSpaced(r.rows(), 0, 1);
    for (int i = 0; i < 50; ++i) v = (r * v).normalized();
    const double size = std::sqrt(std::max(v.dot(r * v), 0.0));
    if (v.sum() < 0) v = -v;
    std::vector<double> out(k);
    for (std::size_t j = 0; j < k; ++j) out[j] = size * v[static_cast<Eigen::Index>(j)];
    return out;
}

// Discriminations from the loadings, thresholds from the margins, as in the normal ogive model
// (Takane & de Leeuw 1987, Psychometrika 52:393-408), with 1.7 between the two metrics.
std::vector<GradedItem> start_values(const Responses& responses) {
    const auto loadings = leading_loadings(responses);
    std::vector<GradedItem> out;
    for (std::size_t j = 0; j < responses.n_items(); ++j) {
        GradedItem item;
        item.categories = responses.categories[j];
        std::vector<double> count(item.categories.size());
        double total = 0;
        for (std::size_t p = 0; p < responses.n_patterns(); ++p) {
            const auto code = responses.pattern(p)[j];
            if (code == Responses::missing) continue;
            count[code] += responses.counts[p];
            total += responses.counts[p];
        }
        const double loading = std::clamp(loadings[j], -0.9, 0.9);
        const double strength = std::max(std::abs(loading), 0.2) * (loading < 0 ? -1 : 1);
        const double unique = std::sqrt(1 - strength * strength);
        item.a = 1.7 * strength / unique;
        double above = total;
        for (std::size_t c = 0; c + 1 < count.size(); ++c) {
            above -= count[c];
            item.d.push_back(1.7 / unique *
                             numerics::normal_quantile((above + 0.25) / (total + 0.5)));
        }
        for (std::size_t c = 1; c < item.d.size(); ++c) {
            item.d[c] = std::min(item.d[c], item.d[c - 1] - 1e-3);
        }
        out.push_back(std::move(item));
    }
    return out;
}

bool in_order(const GradedItem& item) {
    for (std::size_t c = 1; c < item.d.size(); ++c) {
        if (!(item.d[c] < item.d[c - 1])) return false;
    }
    return std::isfinite(item.a);
}

// The expected log likelihood of one item and its derivatives: concave in (a, d).
struct ItemProblem {
    const double* rows;  // of its categories, one after the other
    const Grid& grid;

    [[nodiscard]] double value(const GradedItem& item) const {
        if (!in_order(item)) return -HUGE_VAL;
        double out = 0;
        for (std::size_t c = 0; c <= item.d.size(); ++c) {
            for (std::size_t q = 0; q < grid.size(); ++q) {
                const double n = rows[c * grid.size() + q];
                if (n > 0) out += n * std::log(detail::curve(item, c, grid.points[q]).p);
            }
        }
        return out;
    }

    void derivatives(const GradedItem& item, VectorXd& gradient, MatrixXd& minus_hessian) const {
        const auto size = static_cast<Eigen::Index>(item.d.size() + 1);
        gradient = VectorXd::Zero(size);
        minus_hessian = MatrixXd::Zero(size, size);
        for (Eigen::Index c = 0; c < size; ++c) {
            for (std::size_t q = 0; q < grid.size(); ++q) {
                const double n = rows[static_cast<std::size_t>(c) * grid.size() + q];
                const double t = grid.points[q];
                const auto x = detail::curve(item, static_cast<std::size_t>(c), t);
                gradient[0] += n * t * (x.du + x.dv);
                minus_hessian(0, 0) -= n * t * t * (x.duu + 2 * x.duv + x.dvv);
                if (c > 0) {
                    gradient[c] += n * x.du;
                    minus_hessian(c, c) -= n * x.duu;
                    minus_hessian(c, 0) -= n * t * (x.duu + x.duv);
                }
                if (c + 1 < size) {
                    gradient[c + 1] += n * x.dv;
                    minus_hessian(c + 1, c + 1) -= n * x.dvv;
                    minus_hessian(c + 1, 0) -= n * t * (x.dvv + x.duv);
                }
                if (c > 0 && c + 1 < size) minus_hessian(c + 1, c) -= n * x.duv;
            }
        }
    }
};

GradedItem moved(const GradedItem& from, const VectorXd& step, double scale) {
    auto out = from;
    out.a += scale * step[0];
    for (std::size_t c = 0; c < out.d.size(); ++c) {
        out.d[c] += scale * step[static_cast<Eigen::Index>(c + 1)];
    }
    return out;
}

// One Newton step of the M step, halved until the expected likelihood rises: the EM cycle then
// raises the likelihood too (generalised EM), and further steps would only polish a guess.
void improve(const ItemProblem& problem, GradedItem& item) {
    VectorXd gradient;
    MatrixXd minus_hessian;
    problem.derivatives(item, gradient, minus_hessian);
    const VectorXd step = minus_hessian.selfadjointView<Eigen::Lower>().ldlt().solve(gradient);
    if (!step.allFinite()) return;
    const double before = problem.value(item);
    for (double scale = 1; scale > 1e-6; scale /= 2) {
        auto next = moved(item, step, scale);
        if (problem.value(next) >= before) {
            item = std::move(next);
            return;
        }
    }
}

double em_cycle(const Responses& responses, std::vector<GradedItem>& items, const Grid& grid,
                const numerics::Workers& workers) {
    const auto expected = detail::expected_tables(responses, items, grid, workers);
    const double* rows = expected.rows.data();
    for (auto& item : items) {
        improve({rows, grid}, item);
        rows += (item.d.size() + 1) * grid.size();
    }
    return expected.log_likelihood;
}

bool runs_away(const std::vector<GradedItem>& items) {
    return std::any_of(items.begin(), items.end(), [](const GradedItem& item) {
        return !(std::abs(item.a) < max_discrimination);
    });
}

void orient(std::vector<GradedItem>& items) {
    double sum = 0;
    for (const auto& item : items) sum += item.a;
    if (sum < 0) {
        for (auto& item : items) item.a = -item.a;
    }
}

// Standard errors of a and d from the inverse information, of b = -d / a by the delta method.
std::vector<GradedErrors> errors_of(const std::vector<GradedItem>& items, const Layout& layout,
                                    const MatrixXd& covariance) {
    const auto root = [](double v) {
        return v > 0 ? std::sqrt(v) : std::numeric_limits<double>::quiet_NaN();
    };
    std::vector<GradedErrors> out;
    for (std::size_t j = 0; j < items.size(); ++j) {
        const auto at = static_cast<Eigen::Index>(layout.first[j]);
        const double a = items[j].a;
        GradedErrors errors;
        errors.a = root(covariance(at, at));
        for (std::size_t c = 0; c < items[j].d.size(); ++c) {
            const auto here = at + 1 + static_cast<Eigen::Index>(c);
            const double by_a = items[j].d[c] / (a * a), by_d = -1 / a;
            errors.d.push_back(root(covariance(here, here)));
            errors.b.push_back(root(by_a * by_a * covariance(at, at) +
                                    2 * by_a * by_d * covariance(at, here) +
                                    by_d * by_d * covariance(here, here)));
        }
        out.push_back(std::move(errors));
    }
    return out;
}

class Search {
  public:
    Search(const Responses& responses, GradedOptions options, const numerics::Workers& workers)
        : responses_(responses),
          workers_(workers),
          options_(options),
          items_(start_values(responses)),
          layout_(items_) {}

    GradedFit run() {
        int cycles = 0;
        // EM until the likelihood is concave around here, then Newton as long as it holds.
        while (cycles < options_.max_em_cycles && !runs_away(items_)) {
            const auto coarse = detail::grid_for(items_, range, coarse_digits);
            for (int i = 0; i < em_cycles_at_once; ++i, ++cycles) {
                em_cycle(responses_, items_, coarse, workers_);
            }
            fit_.iterations += em_cycles_at_once;
            orient(items_);
            if (newton()) break;
        }
        if (!fit_.converged) {
            const auto grid = detail::grid_for(items_, range, fine_digits);
            take(detail::derivatives(responses_, items_, grid, workers_));
        }
        fit_.items = std::move(items_);
        return std::move(fit_);
    }

  private:
    // Gives true when there is nothing left to do: arrived, or the steps are used up.
    bool newton() {
        while (steps_ < options_.max_newton_steps && !runs_away(items_)) {
            const auto grid = detail::grid_for(items_, range, fine_digits);
            const auto at = detail::derivatives(responses_, items_, grid, workers_);
            const Eigen::LLT<MatrixXd> chol(-at.hessian);
            if (chol.info() != Eigen::Success) return false;
            const VectorXd step = chol.solve(at.gradient);
            // Twice the height of the maximum above here, by the parabola.
            const double decrement = step.dot(at.gradient);
            ++steps_;
            ++fit_.iterations;
            if (!advance(step, at.log_likelihood, decrement, grid)) return false;
            if (decrement < 1e-7) {
                // The step is less than a thousandth of a standard error: the derivatives
                // before it serve for the point after it.
                fit_.converged = true;
                take(at);
                fit_.log_likelihood += decrement / 2;
                return true;
            }
        }
        return true;
    }

    bool advance(const VectorXd& step, double before, double decrement, const Grid& grid) {
        const VectorXd here = detail::pack(items_, layout_);
        auto next = items_;
        for (double scale = 1; scale > 0.2; scale /= 2) {
            detail::unpack(here + scale * step, layout_, next);
            if (!std::all_of(next.begin(), next.end(), in_order)) continue;
            if (leaps(next)) continue;
            // So near to the maximum the parabola is surer than a comparison of rounded sums.
            if (decrement < 1e-4 ||
                detail::log_likelihood(responses_, next, grid, workers_) >= before) {
                items_ = std::move(next);
                return true;
            }
        }
        return false;
    }

    // A discrimination that more than doubles is beyond what the parabola knows.
    [[nodiscard]] bool leaps(const std::vector<GradedItem>& next) const {
        for (std::size_t j = 0; j < next.size(); ++j) {
            if (std::abs(next[j].a) > 2 * std::abs(items_[j].a) + 1) return true;
        }
        return false;
    }

    // Errors and likelihood at the items as they are.
    void take(const Derivatives& at) {
        fit_.log_likelihood = at.log_likelihood;
        const Eigen::LLT<MatrixXd> chol(-at.hessian);
        fit_.errors_known = chol.info() == Eigen::Success;
        const auto n = static_cast<Eigen::Index>(layout_.n);
        const MatrixXd covariance =
            fit_.errors_known ? MatrixXd(chol.solve(MatrixXd::Identity(n, n)))
                              : MatrixXd::Constant(n, n, std::numeric_limits<double>::quiet_NaN());
        fit_.errors = errors_of(items_, layout_, covariance);
    }

    const Responses& responses_;
    const numerics::Workers& workers_;
    GradedOptions options_;
    std::vector<GradedItem> items_;
    Layout layout_;
    GradedFit fit_;
    int steps_ = 0;
};

}  // namespace

Result<GradedFit> fit_graded(const Responses& responses, GradedOptions options,
                             const numerics::Workers& workers) {
    Faults faults;
    if (responses.n_items() < 3) {
        faults.add("/items", "The model is identified by three items or more.");
    }
    for (std::size_t j = 0; j < responses.n_items(); ++j) {
        if (responses.categories[j].size() < 2) {
            faults.add(fmt::format("/items/{}", j),
                       "All have the same answer here: it says nothing. Leave this item out.");
        }
    }
    if (!faults.none()) return faults.error();
    return Search(responses, options, workers).run();
}

}  // namespace evenkeel::measures
