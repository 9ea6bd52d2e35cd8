#include "measures/detail/graded_likelihood.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "measures/detail/graded_curve.h"
#include "numerics/dot.h"

namespace evenkeel::measures::detail {
namespace {

using numerics::dot;

// Derivatives of log P(category | point) in a, d_x (lower cut) and d_(x+1) (upper cut), each a
// row over the points. A cut that the category does not have keeps zeros.
enum Part { in_a, in_lower, in_upper, n_parts };

class Scores {
  public:
    Scores(const std::vector<GradedItem>& items, const Curves& curves, const Grid& grid)
        : n_points_(grid.size()), values_(curves.n_rows() * n_parts * n_points_) {
        for (std::size_t j = 0; j < items.size(); ++j) {
            for (std::size_t c = 0; c <= items[j].d.size(); ++c) {
                double* to = values_.data() + curves.row_index(j, c) * n_parts * n_points_;
                for (std::size_t q = 0; q < n_points_; ++q) {
                    const auto at = curve(items[j], c, grid.points[q]);
                    to[in_a * n_points_ + q] = grid.points[q] * (at.du + at.dv);
                    to[in_lower * n_points_ + q] = at.du;
                    to[in_upper * n_points_ + q] = at.dv;
                }
            }
        }
    }
    [[nodiscard]] const double* row(std::size_t curve_row, int part) const {
        return values_.data() + (curve_row * n_parts + static_cast<std::size_t>(part)) * n_points_;
    }

  private:
    std::size_t n_points_;
    std::vector<double> values_;
};

// The parameter that a part of a category's score belongs to; absent cuts have none.
constexpr std::size_t none = static_cast<std::size_t>(-1);
std::array<std::size_t, n_parts> parameters_of(const GradedItem& item, std::size_t first,
                                               std::size_t category) {
    return {first, category > 0 ? first + category : none,
            category < item.d.size() ? first + category + 1 : none};
}

Eigen::Index index(std::size_t i) {
    return static_cast<Eigen::Index>(i);
}

void add_all(std::vector<double>& to, const std::vector<double>& from) {
    for (std::size_t i = 0; i < to.size(); ++i) to[i] += from[i];
}

// For every pair of items, the expected number of people at each point for each pair of answers.
class PairTables {
  public:
    PairTables(const std::vector<GradedItem>& items, std::size_t n_points) : n_points_(n_points) {
        std::size_t n = 0;
        for (std::size_t j = 0; j < items.size(); ++j) {
            n_categories_.push_back(items[j].d.size() + 1);
            for (std::size_t h = 0; h < j; ++h) {
                first_.push_back(n);
                n += n_categories_[j] * n_categories_[h];
            }
        }
        values_.resize(n * n_points_);
    }

    // The rows that a pattern adds to; gives their number.
    std::size_t rows_of(const std::uint8_t* codes, std::vector<double*>& rows) {
        std::size_t n = 0, pair = 0;
        for (std::size_t j = 0; j < n_categories_.size(); ++j) {
            for (std::size_t h = 0; h < j; ++h, ++pair) {
                if (codes[j] == Responses::missing || codes[h] == Responses::missing) continue;
                rows[n++] = row(pair, codes[j] * n_categories_[h] + codes[h]);
            }
        }
        return n;
    }

    [[nodiscard]] double* row(std::size_t pair, std::size_t cell) {
        return values_.data() + (first_[pair] + cell) * n_points_;
    }
    [[nodiscard]] std::size_t n_pairs() const { return first_.size(); }
    void add(const PairTables& other) { add_all(values_, other.values_); }

  private:
    std::size_t n_points_;
    std::vector<std::size_t> n_categories_, first_;
    std::vector<double> values_;
};

struct Accumulated {
    double log_likelihood = 0;
    std::vector<double> item_rows;
    PairTables pairs;
    Eigen::VectorXd gradient;
    Eigen::MatrixXd outer;  // sum of count * s s', s = the pattern's expected score; upper half

    void add(const Accumulated& other) {
        log_likelihood += other.log_likelihood;
        add_all(item_rows, other.item_rows);
        pairs.add(other.pairs);
        gradient += other.gradient;
        outer += other.outer;
    }
};

// Patterns are few work each: so many make a part.
constexpr std::size_t patterns_in_a_part = 256;

// Calls work(first, end, sums) for parts of the patterns, each with sums of its own, and adds these
// up in the order of the parts.
template <class Sums, class Work>
Sums sum_over_patterns(const Responses& responses, const numerics::Workers& workers,
                       const Sums& zero, const Work& work) {
    const auto n = responses.n_patterns();
    const auto n_parts = numerics::parts_of(n, patterns_in_a_part);
    std::vector<Sums> sums(n_parts, zero);
    workers.each(n_parts, [&](std::size_t part) {
        work(numerics::part_begin(n, n_parts, part), numerics::part_begin(n, n_parts, part + 1),
             sums[part]);
    });
    for (std::size_t part = 1; part < n_parts; ++part) sums[0].add(sums[part]);
    return std::move(sums[0]);
}

class Model {
  public:
    Model(const Responses& responses, const std::vector<GradedItem>& items, const Grid& grid)
        : responses_(responses),
          items_(items),
          grid_(grid),
          layout_(items),
          curves_(items, grid),
          scores_(items, curves_, grid) {}

    Derivatives derivatives(const numerics::Workers& workers) {
        Accumulated zero{0, std::vector<double>(curves_.n_rows() * grid_.size()),
                         PairTables(items_, grid_.size()), Eigen::VectorXd::Zero(index(layout_.n)),
                         Eigen::MatrixXd::Zero(index(layout_.n), index(layout_.n))};
        auto sums = sum_over_patterns(responses_, workers, zero,
                                      [this](std::size_t first, std::size_t end, Accumulated& own) {
                                          accumulate(first, end, own);
                                      });
        Derivatives out{sums.log_likelihood, std::move(sums.gradient), -sums.outer};
        add_items(sums, out.hessian);
        add_pairs(sums, out.hessian);
        out.hessian.triangularView<Eigen::StrictlyLower>() = out.hessian.transpose();
        return out;
    }

  private:
    void accumulate(std::size_t first, std::size_t end, Accumulated& sums) const {
        const auto k = responses_.n_items();
        std::vector<const double*> rows(k);
        std::vector<double*> item_rows(k),
            pair_rows(std::max<std::size_t>(sums.pairs.n_pairs(), 1));
        std::vector<double> w(grid_.size());
        std::vector<std::pair<Eigen::Index, double>> score;
        for (auto p = first; p < end; ++p) {
            const double count = responses_.counts[p];
            const auto* codes = responses_.pattern(p);
            sums.log_likelihood += count * posterior(responses_, p, curves_, grid_, rows, w.data());
            std::size_t n = 0;
            score.clear();
            for (std::size_t j = 0; j < k; ++j) {
                if (codes[j] == Responses::missing) continue;
                const auto row = curves_.row_index(j, codes[j]);
                item_rows[n++] = sums.item_rows.data() + row * grid_.size();
                const auto parameters = parameters_of(items_[j], layout_.first[j], codes[j]);
                for (int part = 0; part < n_parts; ++part) {
                    const auto parameter = parameters[static_cast<std::size_t>(part)];
                    if (parameter == none) continue;
                    score.emplace_back(index(parameter),
                                       dot(w.data(), scores_.row(row, part), grid_.size()));
                }
            }
            add_to_rows(item_rows.data(), n, w.data(), count, grid_.size());
            add_to_rows(pair_rows.data(), sums.pairs.rows_of(codes, pair_rows), w.data(), count,
                        grid_.size());
            // Parameters come in rising order, so this fills the upper half.
            for (std::size_t i = 0; i < score.size(); ++i) {
                const auto [column, value] = score[i];
                sums.gradient[column] += count * value;
                double* to = sums.outer.data() + column * sums.outer.rows();
                for (std::size_t h = 0; h <= i; ++h)
                    to[score[h].first] += count * value * score[h].second;
            }
        }
    }

    // E(second derivatives of log P + s s') within each item.
    void add_items(const Accumulated& sums, Eigen::MatrixXd& hessian) const {
        for (std::size_t j = 0; j < items_.size(); ++j) {
            for (std::size_t c = 0; c <= items_[j].d.size(); ++c) {
                const auto row = curves_.row_index(j, c);
                const double* expected = sums.item_rows.data() + row * grid_.size();
                const auto at = parameters_of(items_[j], layout_.first[j], c);
                double aa = 0, al = 0, au = 0, ll = 0, uu = 0, lu = 0;
                for (std::size_t q = 0; q < grid_.size(); ++q) {
                    const double t = grid_.points[q], n = expected[q];
                    const auto x = curve(items_[j], c, t);
                    const double l2 = n * (x.duu + x.du * x.du);
                    const double u2 = n * (x.dvv + x.dv * x.dv);
                    const double m2 = n * (x.duv + x.du * x.dv);
                    ll += l2, uu += u2, lu += m2;
                    al += t * (l2 + m2), au += t * (u2 + m2);
                    aa += t * t * (l2 + 2 * m2 + u2);
                }
                const auto add = [&](Part first, Part second, double value) {
                    if (at[first] == none || at[second] == none) return;
                    hessian(index(at[first]), index(at[second])) += value;
                };
                add(in_a, in_a, aa), add(in_a, in_lower, al), add(in_a, in_upper, au);
                add(in_lower, in_lower, ll), add(in_upper, in_upper, uu);
                add(in_lower, in_upper, lu);
            }
        }
    }

    // E(s s') between two items.
    void add_pairs(Accumulated& sums, Eigen::MatrixXd& hessian) const {
        std::vector<double> weighted(grid_.size());
        std::size_t pair = 0;
        for (std::size_t j = 0; j < items_.size(); ++j) {
            for (std::size_t h = 0; h < j; ++h, ++pair) {
                const auto n_h = items_[h].d.size() + 1;
                for (std::size_t x = 0; x <= items_[j].d.size(); ++x) {
                    const auto right = parameters_of(items_[j], layout_.first[j], x);
                    for (std::size_t y = 0; y < n_h; ++y) {
                        const double* expected = sums.pairs.row(pair, x * n_h + y);
                        const auto left = parameters_of(items_[h], layout_.first[h], y);
                        for (int s = 0; s < n_parts; ++s) {
                            const auto column = right[static_cast<std::size_t>(s)];
                            if (column == none) continue;
                            const double* score = scores_.row(curves_.row_index(j, x), s);
                            for (std::size_t q = 0; q < grid_.size(); ++q) {
                                weighted[q] = expected[q] * score[q];
                            }
                            add_products(h, y, left, weighted, index(column), hessian);
                        }
                    }
                }
            }
        }
    }

    void add_products(std::size_t item, std::size_t category,
                      const std::array<std::size_t, n_parts>& left,
                      const std::vector<double>& weighted, Eigen::Index column,
                      Eigen::MatrixXd& hessian) const {
        for (int r = 0; r < n_parts; ++r) {
            const auto row = left[static_cast<std::size_t>(r)];
            if (row == none) continue;
            hessian(index(row), column) += dot(
                weighted.data(), scores_.row(curves_.row_index(item, category), r), grid_.size());
        }
    }

    const Responses& responses_;
    const std::vector<GradedItem>& items_;
    const Grid& grid_;
    Layout layout_;
    Curves curves_;
    Scores scores_;
};

}  // namespace

Layout::Layout(const std::vector<GradedItem>& items) {
    for (const auto& item : items) {
        first.push_back(n);
        n += 1 + item.d.size();
    }
}

Eigen::VectorXd pack(const std::vector<GradedItem>& items, const Layout& layout) {
    Eigen::VectorXd out(index(layout.n));
    Eigen::Index at = 0;
    for (const auto& item : items) {
        out[at++] = item.a;
        for (const double d : item.d) out[at++] = d;
    }
    return out;
}

void unpack(const Eigen::VectorXd& x, const Layout& layout, std::vector<GradedItem>& items) {
    EK_ASSERT(x.size() == index(layout.n));
    Eigen::Index at = 0;
    for (auto& item : items) {
        item.a = x[at++];
        for (double& d : item.d) d = x[at++];
    }
}

void ExpectedTables::add(const ExpectedTables& other) {
    log_likelihood += other.log_likelihood;
    add_all(rows, other.rows);
}

ExpectedTables expected_tables(const Responses& responses, const std::vector<GradedItem>& items,
                               const Grid& grid, const numerics::Workers& workers) {
    const Curves curves(items, grid);
    const auto work = [&](std::size_t first, std::size_t end, ExpectedTables& sums) {
        std::vector<const double*> rows(items.size());
        std::vector<double*> to(items.size());
        std::vector<double> w(grid.size());
        for (auto p = first; p < end; ++p) {
            const double count = responses.counts[p];
            sums.log_likelihood += count * posterior(responses, p, curves, grid, rows, w.data());
            const auto* codes = responses.pattern(p);
            std::size_t n = 0;
            for (std::size_t j = 0; j < items.size(); ++j) {
                if (codes[j] == Responses::missing) continue;
                to[n++] = sums.rows.data() + curves.row_index(j, codes[j]) * grid.size();
            }
            add_to_rows(to.data(), n, w.data(), count, grid.size());
        }
    };
    const ExpectedTables zero{0, std::vector<double>(curves.n_rows() * grid.size())};
    return sum_over_patterns(responses, workers, zero, work);
}

double log_likelihood(const Responses& responses, const std::vector<GradedItem>& items,
                      const Grid& grid, const numerics::Workers& workers) {
    const Curves curves(items, grid);
    const auto work = [&](std::size_t first, std::size_t end, ExpectedTables& sums) {
        std::vector<const double*> rows(items.size());
        std::vector<double> w(grid.size());
        for (auto p = first; p < end; ++p) {
            sums.log_likelihood +=
                responses.counts[p] * posterior(responses, p, curves, grid, rows, w.data());
        }
    };
    return sum_over_patterns(responses, workers, ExpectedTables{}, work).log_likelihood;
}

Derivatives derivatives(const Responses& responses, const std::vector<GradedItem>& items,
                        const Grid& grid, const numerics::Workers& workers) {
    return Model(responses, items, grid).derivatives(workers);
}

}  // namespace evenkeel::measures::detail
