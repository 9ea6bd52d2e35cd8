#include "measures/graded_score.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "measures/detail/graded_curve.h"
#include "measures/detail/grid.h"
#include "numerics/optimise.h"

namespace evenkeel::measures {
namespace {

constexpr double range = 8;  // of severity, sd
constexpr std::size_t patterns_in_a_part = 256;
constexpr double digits = 20;  // of the sums over severity: EAPs right to 1e-9

TraitScore moments(const detail::Grid& grid, const double* weights) {
    double mean = 0, square = 0;
    for (std::size_t q = 0; q < grid.size(); ++q) mean += weights[q] * grid.points[q];
    for (std::size_t q = 0; q < grid.size(); ++q) {
        square += weights[q] * (grid.points[q] - mean) * (grid.points[q] - mean);
    }
    return {mean, std::sqrt(square)};
}

// What one pattern says at one severity.
struct PatternAt {
    double slope = 0;        // of the log likelihood
    double bend = 0;         // its second derivative
    double information = 0;  // expected, of the items answered
    double j = 0;            // Warm's J: sum of P' P'' / P
};

class Pattern {
  public:
    Pattern(std::span<const GradedItem> items, const std::uint8_t* codes)
        : items_(items), codes_(codes) {}

    [[nodiscard]] PatternAt at(double theta) const {
        PatternAt out;
        for (std::size_t i = 0; i < items_.size(); ++i) {
            if (codes_[i] == Responses::missing) continue;
            const auto given = detail::curve(items_[i], codes_[i], theta);
            out.slope += given.slope;
            out.bend += given.bend;
            for (std::size_t c = 0; c <= items_[i].d.size(); ++c) {
                const auto x = detail::curve(items_[i], c, theta);
                out.information += x.p * x.slope * x.slope;
                out.j += x.p * x.slope * (x.bend + x.slope * x.slope);
            }
        }
        return out;
    }

    // The log posterior is concave: Newton's method, held to steps of one sd, arrives.
    [[nodiscard]] std::optional<TraitScore> map() const {
        double theta = 0;
        for (int i = 0; i < 200; ++i) {
            double slope = -theta, bend = -1;
            for (std::size_t j = 0; j < items_.size(); ++j) {
                if (codes_[j] == Responses::missing) continue;
                const auto given = detail::curve(items_[j], codes_[j], theta);
                slope += given.slope;
                bend += given.bend;
            }
            const double step = std::clamp(-slope / bend, -1.0, 1.0);
            theta += step;
            if (std::abs(step) < 1e-12) return TraitScore{theta, 1 / std::sqrt(-bend)};
        }
        return std::nullopt;
    }

    [[nodiscard]] std::optional<TraitScore> wle() const {
        const auto equation = [this](double theta) {
            const auto here = at(theta);
            return here.slope + here.j / (2 * here.information);
        };
        // Outwards from the mode, where the equation changes its sign first.
        const auto mode = map();
        const double center = mode ? mode->theta : 0;
        for (double width = 1; width <= 32; width *= 2) {
            const double low = center - width, high = center + width;
            if (!(equation(low) > 0) || !(equation(high) < 0)) continue;
            const auto root = numerics::brent_root(equation, low, high, {1e-12, 1e-12, 200});
            if (!root.ok() || !root.value().converged) return std::nullopt;
            const double theta = root.value().at;
            return TraitScore{theta, 1 / std::sqrt(at(theta).information)};
        }
        return std::nullopt;
    }

  private:
    std::span<const GradedItem> items_;
    const std::uint8_t* codes_;
};

Status check_match(std::span<const GradedItem> items, const Responses& responses) {
    CHECK_OK(check_graded(items));
    bool same = responses.n_items() == items.size();
    for (std::size_t j = 0; same && j < items.size(); ++j) {
        same = responses.categories[j] == items[j].categories;
    }
    if (same) return Done{};
    return Error{Fault::invalid_input,
                 "/items",
                 "The answers are of other items or categories than the parameters.",
                 {}};
}

Responses one_pattern(std::span<const GradedItem> items,
                      std::span<const std::optional<std::size_t>> answers) {
    Responses out;
    for (std::size_t j = 0; j < items.size(); ++j) {
        out.categories.push_back(items[j].categories);
        out.codes.push_back(answers[j] ? static_cast<std::uint8_t>(*answers[j])
                                       : Responses::missing);
    }
    out.counts = {1};
    return out;
}

}  // namespace

Result<std::vector<std::optional<TraitScore>>> score_graded(std::span<const GradedItem> items,
                                                            const Responses& responses,
                                                            TraitMethod method,
                                                            const numerics::Workers& workers) {
    CHECK_OK(check_match(items, responses));
    const auto grid = detail::grid_for(items, range, digits);
    const detail::Curves curves(items, grid);
    const auto n = responses.n_patterns();
    std::vector<std::optional<TraitScore>> out(n);
    const auto n_parts = numerics::parts_of(n, patterns_in_a_part);
    workers.each(n_parts, [&](std::size_t part) {
        std::vector<const double*> rows(items.size());
        std::vector<double> weights(grid.size());
        const auto end = numerics::part_begin(n, n_parts, part + 1);
        for (auto p = numerics::part_begin(n, n_parts, part); p < end; ++p) {
            if (method == TraitMethod::eap) {
                detail::posterior(responses, p, curves, grid, rows, weights.data());
                out[p] = moments(grid, weights.data());
            } else {
                const Pattern pattern(items, responses.pattern(p));
                out[p] = method == TraitMethod::map ? pattern.map() : pattern.wle();
            }
        }
    });
    return out;
}

Result<NextItem> next_item(std::span<const GradedItem> items,
                           std::span<const std::optional<std::size_t>> answers,
                           const std::vector<bool>& askable, double wanted_se) {
    CHECK_OK(check_graded(items));
    Faults faults;
    if (answers.size() != items.size()) faults.add("/answers", "Give one entry for each item.");
    if (askable.size() != items.size()) faults.add("/askable", "Give one entry for each item.");
    if (!(wanted_se > 0)) faults.add("/wanted_se", "The precision must be larger than 0.");
    for (std::size_t j = 0; j < std::min(answers.size(), items.size()); ++j) {
        if (answers[j] && *answers[j] > items[j].d.size()) {
            faults.add(fmt::format("/answers/{}", j), "This item has no such answer.");
        }
    }
    if (!faults.none()) return faults.error();
    const auto grid = detail::grid_for(items, range, digits);
    const detail::Curves curves(items, grid);
    std::vector<const double*> rows(items.size());
    std::vector<double> weights(grid.size());
    detail::posterior(one_pattern(items, answers), 0, curves, grid, rows, weights.data());
    NextItem out;
    out.score = moments(grid, weights.data());
    out.precise = out.score.se <= wanted_se;
    if (out.precise) return out;
    double most = 0;
    for (std::size_t j = 0; j < items.size(); ++j) {
        if (answers[j] || !askable[j]) continue;
        double expected = 0;
        for (std::size_t q = 0; q < grid.size(); ++q) {
            if (weights[q] > 1e-12) {
                expected += weights[q] * item_information(items[j], grid.points[q]);
            }
        }
        if (expected > most) {
            most = expected;
            out.item = j;
        }
    }
    return out;
}

}  // namespace evenkeel::measures
