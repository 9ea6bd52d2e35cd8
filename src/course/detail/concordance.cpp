#include "course/detail/concordance.h"

#include <algorithm>
#include <cmath>

namespace evenkeel::course::detail {
namespace {

// Counts by rank, with sums over ranks below (Fenwick 1994).
class RankCounts {
  public:
    explicit RankCounts(std::size_t n) : counts_(n + 1) {}
    void add(std::size_t rank) {
        ++total_;
        for (++rank; rank < counts_.size(); rank += rank & (~rank + 1)) ++counts_[rank];
    }
    [[nodiscard]] std::size_t below(std::size_t rank) const {
        std::size_t sum = 0;
        for (; rank > 0; rank &= rank - 1) sum += counts_[rank];
        return sum;
    }
    [[nodiscard]] std::size_t total() const { return total_; }

  private:
    std::vector<std::size_t> counts_;
    std::size_t total_ = 0;
};

}  // namespace

namespace {

// Each risk's place among the different risks, and how many these are.
std::vector<std::size_t> ranks_of(std::span<const double> risk, std::size_t& n_values) {
    const auto n = risk.size();
    std::vector<double> values(risk.begin(), risk.end());
    std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
    std::vector<std::size_t> rank(n);
    for (std::size_t i = 0; i < n; ++i) {
        rank[i] = static_cast<std::size_t>(std::lower_bound(values.begin(), values.end(), risk[i]) -
                                           values.begin());
    }
    n_values = values.size();
    return rank;
}

}  // namespace

std::optional<Concordance> concordance(std::span<const double> time, std::span<const char> event,
                                       std::span<const double> risk) {
    const auto n = time.size();
    std::size_t n_values = 0;
    const auto rank = ranks_of(risk, n_values);
    // Pairs that each person is in: all, and the agreeing ones with half of the equal ones.
    std::vector<double> pairs(n), agreeing(n);
    const auto block_end = [&](std::size_t begin, bool forward) {
        auto end = begin;
        while (end < n &&
               time[forward ? end : n - 1 - end] == time[forward ? begin : n - 1 - begin]) {
            ++end;
        }
        return end;
    };
    RankCounts later(n_values);  // everybody who is known to stay longer
    for (std::size_t begin = 0; begin < n;) {
        const auto end = block_end(begin, true);
        for (auto i = begin; i < end; ++i) {
            if (event[i] == 0) later.add(rank[i]);
        }
        for (auto i = begin; i < end; ++i) {
            if (event[i] == 0) continue;
            const auto below = static_cast<double>(later.below(rank[i]));
            const auto upto = static_cast<double>(later.below(rank[i] + 1));
            pairs[i] += static_cast<double>(later.total());
            agreeing[i] += (below + upto) / 2;
        }
        for (auto i = begin; i < end; ++i) {
            if (event[i] != 0) later.add(rank[i]);
        }
        begin = end;
    }
    RankCounts earlier(n_values);  // events before, from the first time on
    for (std::size_t begin = 0; begin < n;) {
        const auto end = block_end(begin, false);
        const auto visit = [&](bool events) {
            for (auto k = begin; k < end; ++k) {
                const auto i = n - 1 - k;
                if ((event[i] != 0) != events) continue;
                const auto below = static_cast<double>(earlier.below(rank[i]));
                const auto upto = static_cast<double>(earlier.below(rank[i] + 1));
                const auto total = static_cast<double>(earlier.total());
                pairs[i] += total;
                agreeing[i] += total - (below + upto) / 2;
            }
        };
        visit(true);
        for (auto k = begin; k < end; ++k) {
            if (event[n - 1 - k] != 0) earlier.add(rank[n - 1 - k]);
        }
        visit(false);
        begin = end;
    }
    double all = 0, agree = 0;
    for (std::size_t i = 0; i < n; ++i) {
        all += pairs[i] / 2;
        agree += agreeing[i] / 2;
    }
    if (all == 0) return std::nullopt;
    Concordance out{agree / all, 0};
    for (std::size_t i = 0; i < n; ++i) {
        out.se += std::pow((agreeing[i] - out.value * pairs[i]) / all, 2);
    }
    out.se = std::sqrt(out.se);
    return out;
}

}  // namespace evenkeel::course::detail
