#include "measures/polychoric.h"

#include <fmt/format.h>

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>
#include <limits>

#include "numerics/distributions.h"
#include "numerics/optimise.h"

namespace evenkeel::measures {
namespace {

constexpr std::size_t max_categories = 30;
constexpr double bound = 0.99999;

// An item as positions in its list of categories, and the cuts of the normal between them.
struct Cut {
    std::size_t n_categories = 0;
    std::vector<std::size_t> code;
    std::vector<double> threshold;  // -inf, n_categories - 1 cuts, inf
};

std::vector<std::size_t> complete_rows(std::span<const std::vector<double>> items) {
    std::vector<std::size_t> out;
    const auto n = items.empty() ? 0 : items[0].size();
    for (std::size_t i = 0; i < n; ++i) {
        const auto missing = [i](const auto& item) { return std::isnan(item[i]); };
        if (std::none_of(items.begin(), items.end(), missing)) out.push_back(i);
    }
    return out;
}

Cut cut(const std::vector<double>& item, const std::vector<std::size_t>& rows,
        const std::string& where, Faults& faults) {
    Cut out;
    std::vector<double> categories;
    for (const auto row : rows) {
        const auto at = std::lower_bound(categories.begin(), categories.end(), item[row]);
        if (at != categories.end() && *at == item[row]) continue;
        categories.insert(at, item[row]);
        if (categories.size() > max_categories) {
            faults.add(where, fmt::format("This item has more than {} different answers: it is "
                                          "not ordered in categories.",
                                          max_categories));
            return out;
        }
    }
    if (categories.size() < 2) {
        faults.add(where, "All complete rows have the same answer here. Leave this item out.");
        return out;
    }
    out.n_categories = categories.size();
    std::vector<double> count(categories.size());
    for (const auto row : rows) {
        const auto at = std::lower_bound(categories.begin(), categories.end(), item[row]);
        out.code.push_back(static_cast<std::size_t>(at - categories.begin()));
        count[out.code.back()] += 1;
    }
    out.threshold.push_back(-std::numeric_limits<double>::infinity());
    double below = 0;
    for (std::size_t c = 0; c + 1 < count.size(); ++c) {
        below += count[c];
        out.threshold.push_back(
            numerics::normal_quantile(below / static_cast<double>(rows.size())));
    }
    out.threshold.push_back(std::numeric_limits<double>::infinity());
    return out;
}

class PairLikelihood {
  public:
    PairLikelihood(const Cut& a, const Cut& b)
        : a_(a), b_(b), count_(a.n_categories * b.n_categories) {
        for (std::size_t i = 0; i < a.code.size(); ++i) {
            count_[a.code[i] * b.n_categories + b.code[i]] += 1;
        }
    }

    [[nodiscard]] double minus_log(double rho) const {
        std::vector<double> before(b_.n_categories + 1), here(b_.n_categories + 1);
        double sum = 0;
        for (std::size_t x = 0; x < a_.n_categories; ++x) {
            for (std::size_t y = 0; y <= b_.n_categories; ++y) {
                here[y] = numerics::bivariate_normal_cdf(a_.threshold[x + 1], b_.threshold[y], rho);
            }
            for (std::size_t y = 0; y < b_.n_categories; ++y) {
                const double count = count_[x * b_.n_categories + y];
                if (count == 0) continue;
                const double p = here[y + 1] - here[y] - before[y + 1] + before[y];
                sum -= count * std::log(std::max(p, 1e-300));
            }
            std::swap(before, here);
        }
        return sum;
    }

  private:
    const Cut& a_;
    const Cut& b_;
    std::vector<double> count_;
};

}  // namespace

Result<Polychoric> polychoric(std::span<const std::vector<double>> items) {
    const auto rows = complete_rows(items);
    if (rows.size() < 2) {
        return Error{Fault::invalid_input,
                     "/items",
                     "Fewer than two rows have every item: nothing can be compared.",
                     {}};
    }
    Faults faults;
    std::vector<Cut> cuts;
    for (std::size_t j = 0; j < items.size(); ++j) {
        cuts.push_back(cut(items[j], rows, fmt::format("/items/{}", j), faults));
    }
    if (!faults.none()) return faults.error();
    const auto k = items.size();
    Polychoric out;
    out.n_complete = rows.size();
    out.correlation.assign(k * k, 1.0);
    double sum = static_cast<double>(k);
    for (std::size_t j = 0; j < k; ++j) {
        for (std::size_t h = 0; h < j; ++h) {
            const PairLikelihood pair(cuts[j], cuts[h]);
            const auto found = numerics::brent_minimum(
                [&pair](double rho) { return pair.minus_log(rho); }, -bound, bound);
            if (std::abs(found.at) > bound - 1e-6) out.at_bound.emplace_back(j, h);
            out.correlation[j * k + h] = out.correlation[h * k + j] = found.at;
            sum += 2 * found.at;
        }
    }
    const auto size = static_cast<Eigen::Index>(k);
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(
        Eigen::Map<const Eigen::MatrixXd>(out.correlation.data(), size, size),
        Eigen::EigenvaluesOnly);
    out.positive_definite = solver.eigenvalues().minCoeff() > 1e-10;
    const auto n = static_cast<double>(k);
    if (k >= 2 && sum > 0) out.alpha = n / (n - 1) * (1 - n / sum);
    return out;
}

}  // namespace evenkeel::measures
