#include "course/detail/concordance.h"

#include <bit>
#include <cmath>
#include <cstdint>

#include "course/detail/ascending_order.h"

namespace evenkeel::course::detail {
namespace {

// A set of positions that says how many of it stand before a position: a bit for each, and the
// counts of sixteen words, of sixteen of those, and so on. It stays in the nearest cache, where
// a tree of counts by rank would not.
class Positions {
  public:
    explicit Positions(std::size_t n) : words_(n / word_bits + 1) {
        for (auto m = words_.size(); m > fan; m = counts_.back().size()) {
            counts_.emplace_back(m / fan + 1);
        }
    }
    void add(std::size_t position) {
        ++size_;
        auto at = position / word_bits;
        words_[at] |= std::uint64_t{1} << (position % word_bits);
        for (auto& level : counts_) ++level[at /= fan];
    }
    [[nodiscard]] std::size_t before(std::size_t position) const {
        auto at = position / word_bits;
        const auto mask = (std::uint64_t{1} << (position % word_bits)) - 1;
        auto sum = static_cast<std::size_t>(std::popcount(words_[at] & mask));
        for (auto i = at / fan * fan; i < at; ++i) {
            sum += static_cast<std::size_t>(std::popcount(words_[i]));
        }
        for (const auto& level : counts_) {
            at /= fan;
            for (auto i = at / fan * fan; i < at; ++i) sum += level[i];
        }
        return sum;
    }
    [[nodiscard]] std::size_t size() const { return size_; }

  private:
    static constexpr std::size_t word_bits = 64, fan = 16;
    std::vector<std::uint64_t> words_;
    std::vector<std::vector<std::uint32_t>> counts_;
    std::size_t size_ = 0;
};

// Each person's place by ascending risk, and the places of all with the same risk.
struct Place {
    std::uint32_t at, first, end;
};

std::vector<Place> places_of(std::span<const double> risk) {
    const auto order = ascending_order(risk);
    std::vector<Place> places(risk.size());
    for (std::uint32_t begin = 0; begin < order.size();) {
        auto end = begin + 1;
        while (end < order.size() && risk[order[end]] == risk[order[begin]]) ++end;
        for (auto i = begin; i < end; ++i) places[order[i]] = {i, begin, end};
        begin = end;
    }
    return places;
}

// How many of a set have a lower risk, one half for an equal one.
double lower_than(const Place& place, const Positions& set) {
    const auto below = static_cast<double>(set.before(place.first));
    // Nobody is compared with himself, so the set has no equal of who is alone with this risk.
    if (place.end == place.first + 1) return below;
    return (below + static_cast<double>(set.before(place.end))) / 2;
}

}  // namespace

std::optional<Concordance> concordance(std::span<const double> time, std::span<const char> event,
                                       std::span<const double> risk) {
    const auto n = time.size();
    const auto places = places_of(risk);
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
    Positions later(n);  // everybody who is known to stay longer
    for (std::size_t begin = 0; begin < n;) {
        const auto end = block_end(begin, true);
        for (auto i = begin; i < end; ++i) {
            if (event[i] == 0) later.add(places[i].at);
        }
        for (auto i = begin; i < end; ++i) {
            if (event[i] == 0) continue;
            pairs[i] += static_cast<double>(later.size());
            agreeing[i] += lower_than(places[i], later);
        }
        for (auto i = begin; i < end; ++i) {
            if (event[i] != 0) later.add(places[i].at);
        }
        begin = end;
    }
    Positions earlier(n);  // events before, from the first time on
    for (std::size_t begin = 0; begin < n;) {
        const auto end = block_end(begin, false);
        const auto visit = [&](bool events) {
            for (auto k = begin; k < end; ++k) {
                const auto i = n - 1 - k;
                if ((event[i] != 0) != events) continue;
                const auto total = static_cast<double>(earlier.size());
                pairs[i] += total;
                agreeing[i] += total - lower_than(places[i], earlier);
            }
        };
        visit(true);
        for (auto k = begin; k < end; ++k) {
            if (event[n - 1 - k] != 0) earlier.add(places[n - 1 - k].at);
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
