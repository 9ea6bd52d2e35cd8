#include "course/multilevel_var.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "course/mixed_model.h"
#include "course/network.h"
#include "course/series.h"
#include "numerics/cholesky.h"
#include "numerics/distributions.h"

namespace evenkeel::course {
namespace {

// Means by key of what for_each(add) adds; 0 for a key without values. Each round adds the mean of
// what the one before leaves, so that adding a constant to all values adds it to the means.
template <class ForEach>
std::vector<double> means_by(std::size_t n_keys, const ForEach& for_each) {
    std::vector<double> means(n_keys);
    for (int round = 0; round < 2; ++round) {
        std::vector<double> sums(n_keys), counts(n_keys);
        for_each([&](std::size_t key, double value) {
            sums[key] += value - means[key];
            counts[key] += 1;
        });
        for (std::size_t key = 0; key < n_keys; ++key) {
            if (counts[key] > 0) means[key] += sums[key] / counts[key];
        }
    }
    return means;
}

// All that the equations share, a row for each pair.
struct Rows {
    std::size_t n = 0, n_variables = 0;
    std::vector<double> before, mean;  // n x n_variables: centred in the person; of the person
    std::vector<double> after;         // n x n_variables
    std::vector<std::int32_t> person;  // by first appearance
    std::vector<std::string> people;   // a name for each, as the mixed model counts them
    std::span<const std::string> names;

    [[nodiscard]] std::span<const double> column(const std::vector<double>& of,
                                                 std::size_t j) const {
        return std::span(of).subspan(j * n, n);
    }
};

Rows rows_of(const PeopleMoments& at, const LaggedPairs& pairs) {
    const std::size_t p = pairs.n_variables, n_rows = at.group.size();
    Rows rows{.n = pairs.n, .n_variables = p, .after = pairs.after, .names = at.variables};
    std::map<long, std::size_t> codes;
    std::map<long, double> last;  // moment of each group
    std::vector<std::size_t> code(n_rows);
    for (const auto row : pairs.rows) {
        code[row] = codes.try_emplace(at.person[row], codes.size()).first->second;
        const auto found = last.try_emplace(at.group[row], at.moment[row]).first;
        found->second = std::max(found->second, at.moment[row]);
    }
    std::vector<std::int32_t> by_appearance(codes.size(), -1);
    for (const auto row : pairs.after_row) {
        auto& own = by_appearance[code[row]];
        if (own < 0) {
            own = static_cast<std::int32_t>(rows.people.size());
            rows.people.push_back(fmt::format("{}", at.person[row]));
        }
        rows.person.push_back(own);
    }
    for (std::size_t j = 0; j < p; ++j) {
        const auto values = at.values.subspan(j * n_rows, n_rows);
        const auto means = means_by(codes.size(), [&](const auto& add) {
            for (const auto row : pairs.rows) {
                if (!std::isnan(values[row])) add(code[row], values[row]);
            }
        });
        // A predictor is centred over the moments that another can follow, also where that one
        // is missing.
        const auto centers = means_by(codes.size(), [&](const auto& add) {
            for (const auto row : pairs.rows) {
                const bool followed = at.moment[row] + 1 <= last[at.group[row]];
                if (followed && !std::isnan(values[row])) add(code[row], values[row]);
            }
        });
        for (std::size_t i = 0; i < pairs.n; ++i) {
            const auto own = code[pairs.after_row[i]];
            rows.before.push_back(pairs.before[j * pairs.n + i] - centers[own]);
            rows.mean.push_back(means[own]);
        }
    }
    return rows;
}

void add_column(Matrix& matrix, std::span<const double> values, std::string name) {
    matrix.values.insert(matrix.values.end(), values.begin(), values.end());
    matrix.names.push_back(std::move(name));
}

// One equation of either step: columns, all of them with independent random effects.
struct Equation {
    DesignMatrix design;

    Equation(const Rows& rows, std::span<const double> response) {
        design.response.assign(response.begin(), response.end());
        design.fixed.n = design.random.n = rows.n;
        design.groups = rows.person;
        design.group_names = rows.people;
        design.group_column = "person";
    }
    void add(std::span<const double> values, const std::string& name) {
        add_column(design.fixed, values, name);
        design.blocks.push_back({design.random.n_columns()});
        add_column(design.random, values, name);
    }
};

constexpr MixedModelOptions as_reference{
    .likelihood = Likelihood::ml, .modes = true, .inference = false};

// Response less fixed part and the person's own.
std::vector<double> residuals_of(const DesignMatrix& design, const MixedModel& model) {
    std::vector<double> out(design.response);
    for (std::size_t j = 0; j < design.fixed.n_columns(); ++j) {
        const auto column = design.fixed.column(j);
        const double effect = model.fixed[j].estimate.value_or(0);
        for (std::size_t i = 0; i < out.size(); ++i) out[i] -= effect * column[i];
    }
    const std::size_t q = design.random.n_columns();
    for (std::size_t j = 0; j < q; ++j) {
        const auto column = design.random.column(j);
        for (std::size_t i = 0; i < out.size(); ++i) {
            out[i] -= model.modes[static_cast<std::size_t>(design.groups[i]) * q + j] * column[i];
        }
    }
    return out;
}

// A network from the regressions of each variable on the others: the precision matrix has rows
// (1 less the effects) / variance, made symmetric. Absent where it is no precision matrix.
std::optional<Associations> associations(const std::vector<double>& effects,  // [to, from]
                                         const std::vector<double>& variances) {
    const std::size_t p = variances.size();
    if (*std::min_element(variances.begin(), variances.end()) <= 0) return std::nullopt;
    std::vector<double> precision(p * p);
    for (std::size_t a = 0; a < p; ++a) {
        for (std::size_t b = 0; b < p; ++b) {
            precision[b * p + a] =
                a == b
                    ? 1 / variances[a]
                    : -(effects[b * p + a] / variances[a] + effects[a * p + b] / variances[b]) / 2;
        }
    }
    auto factor = precision;
    if (!numerics::cholesky(factor, p)) return std::nullopt;
    Associations out{.correlation = numerics::cholesky_inverse(factor, p),
                     .partial_correlation = partial_correlations(precision, p)};
    std::vector<double> sd(p);
    for (std::size_t j = 0; j < p; ++j) sd[j] = std::sqrt(out.correlation[j * p + j]);
    for (std::size_t a = 0; a < p; ++a) {
        for (std::size_t b = 0; b < p; ++b) out.correlation[b * p + a] /= sd[a] * sd[b];
    }
    return out;
}

// Runs the equations of both steps and gathers what they say.
class Steps {
  public:
    explicit Steps(const Rows& rows) : rows_(rows), p_(rows.n_variables) {
        out_.effects.resize(p_ * p_);
        out_.converged = true;
    }

    Result<MultilevelVar> run() {
        CHECK_OK(first_step());
        CHECK_OK(second_step());
        return std::move(out_);
    }

  private:
    Result<MixedModel> fit(const DesignMatrix& design, std::size_t to, const char* step) {
        auto model = fit_mixed_model(design, as_reference);
        if (!model.ok()) {
            Faults faults;
            for (const auto& problem : model.error().problems()) {
                faults.add(fmt::format("/variables/{}", to), problem.message);
            }
            return faults.error(model.error().fault);
        }
        out_.converged = out_.converged && model.value().converged;
        out_.iterations += model.value().iterations;
        for (const auto& warning : model.value().warnings) {
            out_.warnings.push_back(fmt::format("{}, {}: {}", rows_.names[to], step, warning));
        }
        return model;
    }

    Status first_step() {
        const std::vector<double> ones(rows_.n, 1);
        std::vector<double> of_means(p_ * p_), variances(p_);
        bool whole = true;
        for (std::size_t to = 0; to < p_; ++to) {
            Equation equation(rows_, rows_.column(rows_.after, to));
            equation.add(ones, "(Intercept)");
            for (std::size_t j = 0; j < p_; ++j) {
                equation.add(rows_.column(rows_.before, j), rows_.names[j] + " before");
            }
            for (std::size_t j = 0; j < p_; ++j) {
                if (j == to) continue;
                add_column(equation.design.fixed, rows_.column(rows_.mean, j),
                           "mean of " + rows_.names[j]);
            }
            TRY(const auto model, fit(equation.design, to, "before and after"));
            out_.log_likelihood += model.log_likelihood;
            for (std::size_t from = 0; from < p_; ++from) {
                write_effect(model, from, out_.effects[from * p_ + to]);
            }
            std::size_t at = p_ + 1;
            for (std::size_t from = 0; from < p_; ++from) {
                if (from == to) continue;
                const auto& effect = model.fixed[at++].estimate;
                whole = whole && effect;
                of_means[from * p_ + to] = effect.value_or(0);
            }
            variances[to] = model.random_covariance[0];
            const auto left = residuals_of(equation.design, model);
            residuals_.insert(residuals_.end(), left.begin(), left.end());
        }
        if (whole) out_.between = associations(of_means, variances);
        if (!out_.between) {
            out_.warnings.push_back(
                "The people's means say too little for a network between people.");
        }
        return Done{};
    }

    Status second_step() {
        std::vector<double> effects(p_ * p_), variances(p_);
        bool whole = true;
        for (std::size_t to = 0; to < p_; ++to) {
            Equation equation(rows_, rows_.column(residuals_, to));
            for (std::size_t j = 0; j < p_; ++j) {
                if (j != to) equation.add(rows_.column(residuals_, j), rows_.names[j]);
            }
            TRY(const auto model, fit(equation.design, to, "same moment"));
            std::size_t at = 0;
            for (std::size_t from = 0; from < p_; ++from) {
                if (from == to) continue;
                const auto& effect = model.fixed[at++].estimate;
                whole = whole && effect;
                effects[from * p_ + to] = effect.value_or(0);
            }
            variances[to] = model.residual_sd * model.residual_sd;
        }
        if (whole) out_.contemporaneous = associations(effects, variances);
        if (!out_.contemporaneous) {
            out_.warnings.push_back("What is left over says too little for a network.");
        }
        return Done{};
    }

    static void write_effect(const MixedModel& model, std::size_t from, PeopleEffect& out) {
        const auto& effect = model.fixed[from + 1];
        out.estimate = effect.estimate;
        out.se = effect.se;
        out.random_sd = model.random_sd(from + 1);
        if (!effect.estimate || !effect.se) return;
        out.p = 2 * numerics::normal_upper(std::abs(*effect.estimate / *effect.se));
    }

    const Rows& rows_;
    std::size_t p_;
    std::vector<double> residuals_;  // n x p
    MultilevelVar out_;
};

}  // namespace

Result<MultilevelVar> multilevel_var(const PeopleMoments& at) {
    const std::size_t p = at.variables.size();
    EK_ASSERT(at.values.size() == p * at.group.size() && at.person.size() == at.group.size());
    Faults faults;
    check_series(at.values, "/values", faults);
    if (p < 2) faults.add("/variables", "A network needs two variables or more.");
    if (!faults.none()) return faults.error();
    const auto pairs = lagged_pairs(at.values, p, at.group, at.moment);
    const auto rows = rows_of(at, pairs);
    if (rows.people.size() < 2) {
        return Error{Fault::invalid_input, "/values",
                     "Moments that follow each other are needed of two people or more."};
    }
    for (std::size_t j = 0; j < p; ++j) {
        if (!constant(rows.column(rows.after, j))) continue;
        faults.add(fmt::format("/variables/{}", j),
                   "The variable is the same at all moments that follow another: leave it out.");
    }
    if (!faults.none()) return faults.error();
    auto made = Steps(rows).run();
    if (!made.ok()) return made;
    made.value().n_people = rows.people.size();
    made.value().n_pairs = rows.n;
    made.value().n_doubled = pairs.n_doubled;
    made.value().n_without_moment = pairs.n_without_moment;
    return made;
}

}  // namespace evenkeel::course
