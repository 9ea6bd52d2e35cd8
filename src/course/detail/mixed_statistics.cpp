#include "course/detail/mixed_statistics.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "numerics/dot.h"

namespace evenkeel::course::detail {
namespace {

using numerics::dot;

// A column whose part outside the others is below this share of its sum of squares cannot be
// told from them: the sums carry about 13 digits.
constexpr double collinear_share = 1e-11;
// A spread below this share of the mean is rounding.
constexpr double constant_share = 1e-11;

// The rows by group, and by time within a group; stable.
std::vector<std::size_t> order_of(const DesignMatrix& design, std::vector<std::size_t>& begins) {
    const auto n = design.response.size();
    if (design.groups.empty()) {
        begins = {0, n};
        std::vector<std::size_t> order(n);
        std::iota(order.begin(), order.end(), 0U);
        return order;
    }
    begins.assign(design.group_names.size() + 1, 0);
    for (const auto group : design.groups) ++begins[static_cast<std::size_t>(group) + 1];
    std::partial_sum(begins.begin(), begins.end(), begins.begin());
    auto next = begins;
    std::vector<std::size_t> order(n);
    for (std::size_t i = 0; i < n; ++i)
        order[next[static_cast<std::size_t>(design.groups[i])]++] = i;
    if (!design.time.empty()) {
        for (std::size_t g = 0; g + 1 < begins.size(); ++g) {
            std::stable_sort(
                order.begin() + static_cast<std::ptrdiff_t>(begins[g]),
                order.begin() + static_cast<std::ptrdiff_t>(begins[g + 1]),
                [&](std::size_t a, std::size_t b) { return design.time[a] < design.time[b]; });
        }
    }
    return order;
}

// Writes (column - center) / scale in the new order; gives back whether it varies.
bool write_scaled(std::span<const double> column, const std::vector<std::size_t>& order,
                  bool centered, double* out, double& center, double& scale) {
    const auto n = static_cast<double>(order.size());
    double largest = 0;
    for (const auto x : column) largest = std::max(largest, std::abs(x));
    center = 0;
    scale = 1;
    if (largest == 0) {
        std::fill(out, out + order.size(), 0.0);
        return false;
    }
    for (std::size_t i = 0; i < order.size(); ++i) out[i] = column[order[i]] / largest;
    if (centered) {
        double mean = 0;
        for (std::size_t i = 0; i < order.size(); ++i) mean += out[i];
        mean /= n;
        center = mean;
        for (std::size_t i = 0; i < order.size(); ++i) out[i] -= mean;
    }
    const double spread = std::sqrt(dot(out, out, order.size()) / n);
    if (spread <= constant_share * std::max(std::abs(center), constant_share)) return false;
    for (std::size_t i = 0; i < order.size(); ++i) out[i] /= spread;
    center *= largest;
    scale = spread * largest;
    return true;
}

// Removes the columns that others make up, later ones first to go, as in the order of the
// formula. A Cholesky decomposition of the sums of products, column by column.
void drop_collinear(const DesignMatrix& design, PreparedRows& rows, std::vector<bool>& varies) {
    const auto n = rows.n;
    const auto all = design.fixed.n_columns();
    std::vector<std::size_t> kept;
    std::vector<std::vector<double>> factor;  // row j: L of the j-th kept column
    for (std::size_t j = 0; j < all; ++j) {
        const double* column = rows.fixed.data() + j * n;
        std::vector<double> row;
        double left = dot(column, column, n);
        const double whole = left;
        for (std::size_t k = 0; k < kept.size(); ++k) {
            double sum = dot(column, rows.fixed.data() + kept[k] * n, n);
            for (std::size_t m = 0; m < k; ++m) sum -= row[m] * factor[k][m];
            row.push_back(sum / factor[k][k]);
            left -= row[k] * row[k];
        }
        if (varies[j] && left > collinear_share * whole) {
            row.push_back(std::sqrt(left));
            factor.push_back(std::move(row));
            kept.push_back(j);
            continue;
        }
        // Which columns make it up: back substitution.
        std::vector<std::string> of;
        for (auto k = kept.size(); k-- > 0;) {
            double share = row[k];
            for (auto m = k + 1; m < kept.size(); ++m) share -= factor[m][k] * row[m];
            share /= factor[k][k];
            row[k] = share;
            if (std::abs(share) > 1e-6) of.push_back(design.fixed.names[kept[k]]);
        }
        std::reverse(of.begin(), of.end());
        rows.warnings.push_back(varies[j]
                                    ? fmt::format("{} is left out: it is a combination of {}.",
                                                  design.fixed.names[j], fmt::join(of, ", "))
                                    : fmt::format("{} is left out: it is the same in every row.",
                                                  design.fixed.names[j]));
    }
    for (std::size_t j = 0; j < kept.size(); ++j) {
        if (kept[j] == j) continue;
        std::copy_n(rows.fixed.begin() + static_cast<std::ptrdiff_t>(kept[j] * n), n,
                    rows.fixed.begin() + static_cast<std::ptrdiff_t>(j * n));
        rows.fixed_basis.center[j] = rows.fixed_basis.center[kept[j]];
        rows.fixed_basis.scale[j] = rows.fixed_basis.scale[kept[j]];
    }
    rows.kept = std::move(kept);
    rows.p = rows.kept.size();
}

Status prepare_fixed(const DesignMatrix& design, const std::vector<std::size_t>& order,
                     PreparedRows& rows) {
    const auto n = rows.n;
    const auto all = design.fixed.n_columns();
    rows.has_intercept = all > 0 && design.fixed.names[0] == "(Intercept)";
    rows.fixed.resize(n * (all + 1));
    rows.fixed_basis.center.resize(all + 1);
    rows.fixed_basis.scale.resize(all + 1);
    std::vector<bool> varies(all, true);
    for (std::size_t j = 0; j < all; ++j) {
        double* out = rows.fixed.data() + j * n;
        if (j == 0 && rows.has_intercept) {
            std::fill(out, out + n, 1.0);
            rows.fixed_basis.scale[0] = 1;
        } else {
            varies[j] = write_scaled(design.fixed.column(j), order, rows.has_intercept, out,
                                     rows.fixed_basis.center[j], rows.fixed_basis.scale[j]);
        }
    }
    drop_collinear(design, rows, varies);
    const auto p = rows.p;
    if (!write_scaled(design.response, order, rows.has_intercept, rows.fixed.data() + p * n,
                      rows.fixed_basis.center[p], rows.fixed_basis.scale[p])) {
        return Error{Fault::invalid_input,
                     "",
                     "The response is the same in every row: there is nothing to explain.",
                     {}};
    }
    rows.fixed.resize(n * (p + 1));
    rows.fixed_basis.center.resize(p + 1);
    rows.fixed_basis.scale.resize(p + 1);
    return Done{};
}

void prepare_random(const DesignMatrix& design, const std::vector<std::size_t>& order,
                    PreparedRows& rows) {
    const auto n = rows.n;
    rows.q = design.random.n_columns();
    rows.random.resize(n * rows.q);
    rows.random_basis.center.resize(rows.q);
    rows.random_basis.scale.resize(rows.q, 1.0);
    rows.blocks = design.blocks;
    for (const auto& block : design.blocks) {
        const bool centered = design.random.names[block[0]] == "(Intercept)";
        for (const auto j : block) {
            double* out = rows.random.data() + j * n;
            if (design.random.names[j] == "(Intercept)") {
                std::fill(out, out + n, 1.0);
                continue;
            }
            if (!write_scaled(design.random.column(j), order, centered, out,
                              rows.random_basis.center[j], rows.random_basis.scale[j])) {
                rows.warnings.push_back(
                    fmt::format("The random effect of {} cannot be estimated: it is the same in "
                                "every row.",
                                design.random.names[j]));
            }
        }
    }
}

Status prepare_gaps(const DesignMatrix& design, const std::vector<std::size_t>& order,
                    PreparedRows& rows) {
    if (design.time.empty()) return Done{};
    Faults faults;
    rows.gaps.assign(rows.n, 0);
    for (std::size_t g = 0; g < rows.n_groups; ++g) {
        for (auto i = rows.begins[g] + 1; i < rows.begins[g + 1]; ++i) {
            rows.gaps[i] = design.time[order[i]] - design.time[order[i - 1]];
            if (rows.gaps[i] > 0) continue;
            faults.add(
                fmt::format("/rows/{}", design.rows[order[i]]),
                fmt::format("{} has two rows at time {}: keep one.",
                            design.group_names.empty() ? "The series" : design.group_names[g],
                            design.time[order[i]]));
            if (faults.all().size() >= 1000) return faults.error();
        }
    }
    if (!faults.none()) return faults.error();
    return Done{};
}

// Takes the correlation with the row before out of every column.
std::vector<double> whitened(const std::vector<double>& columns, const PreparedRows& rows,
                             const std::vector<double>& rho) {
    std::vector<double> out(columns.size());
    for (std::size_t at = 0; at < columns.size(); at += rows.n) {
        const double* in = columns.data() + at;
        double* to = out.data() + at;
        for (std::size_t i = 0; i < rows.n; ++i) {
            to[i] =
                rho[i] == 0 ? in[i] : (in[i] - rho[i] * in[i - 1]) / std::sqrt(1 - rho[i] * rho[i]);
        }
    }
    return out;
}

void add_people(const PreparedRows& rows, const double* random, const double* fixed,
                MixedStatistics& out) {
    const auto stride = out.stride();
    out.people.assign(out.n_blocks() * stride * n_lanes, 0.0);
    const auto add_pair = [&](const double* a, const double* b, std::size_t slot) {
        for (std::size_t g = 0; g < rows.n_groups; ++g) {
            double sum = 0;
            for (auto i = rows.begins[g]; i < rows.begins[g + 1]; ++i) sum += a[i] * b[i];
            out.people[((g / n_lanes) * stride + slot) * n_lanes + g % n_lanes] = sum;
        }
    };
    std::size_t slot = 0;
    for (std::size_t j = 0; j < rows.q; ++j) {
        for (std::size_t k = 0; k <= j; ++k) {
            add_pair(random + j * rows.n, random + k * rows.n, slot++);
        }
    }
    for (std::size_t j = 0; j < rows.q; ++j) {
        for (std::size_t k = 0; k <= rows.p; ++k) {
            add_pair(random + j * rows.n, fixed + k * rows.n, slot++);
        }
    }
}

}  // namespace

Result<PreparedRows> prepare_rows(const DesignMatrix& design) {
    PreparedRows rows;
    rows.n = design.response.size();
    const auto order = order_of(design, rows.begins);
    rows.n_groups = rows.begins.size() - 1;
    CHECK_OK(prepare_fixed(design, order, rows));
    prepare_random(design, order, rows);
    CHECK_OK(prepare_gaps(design, order, rows));
    return rows;
}

PreparedRows thinned(const PreparedRows& rows, std::size_t of_blocks) {
    PreparedRows out;
    out.p = rows.p;
    out.q = rows.q;
    std::vector<std::size_t> kept;
    for (std::size_t g = 0; g < rows.n_groups; ++g) {
        if (g / n_lanes % of_blocks != 0) continue;
        out.begins.push_back(kept.size());
        for (auto i = rows.begins[g]; i < rows.begins[g + 1]; ++i) kept.push_back(i);
    }
    out.n = kept.size();
    out.n_groups = out.begins.size();
    out.begins.push_back(out.n);
    const auto take = [&](const std::vector<double>& from, std::vector<double>& to) {
        for (std::size_t at = 0; at < from.size(); at += rows.n) {
            for (const auto i : kept) to.push_back(from[at + i]);
        }
    };
    take(rows.fixed, out.fixed);
    take(rows.random, out.random);
    take(rows.gaps, out.gaps);
    return out;
}

MixedStatistics mixed_statistics(const PreparedRows& rows, std::optional<double> phi) {
    MixedStatistics out;
    out.n = rows.n;
    out.p = rows.p;
    out.q = rows.q;
    out.n_groups = rows.n_groups;
    std::vector<double> fixed, random;
    if (phi) {
        std::vector<double> rho(rows.n, 0.0);
        for (std::size_t i = 0; i < rows.n; ++i) {
            if (rows.gaps[i] <= 0) continue;
            rho[i] = std::pow(*phi, rows.gaps[i]);
            out.log_det_residual += std::log1p(-rho[i] * rho[i]);
        }
        fixed = whitened(rows.fixed, rows, rho);
        random = whitened(rows.random, rows, rho);
    }
    const double* x = phi ? fixed.data() : rows.fixed.data();
    const double* z = phi ? random.data() : rows.random.data();
    const auto width = rows.p + 1;
    out.total.assign(width * width, 0);
    for (std::size_t j = 0; j < width; ++j) {
        for (std::size_t k = 0; k <= j; ++k) {
            out.total[j * width + k] = out.total[k * width + j] =
                dot(x + j * rows.n, x + k * rows.n, rows.n);
        }
    }
    add_people(rows, z, x, out);
    return out;
}

}  // namespace evenkeel::course::detail
