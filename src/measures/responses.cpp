#include "measures/responses.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstring>

namespace evenkeel::measures {
namespace {

constexpr std::size_t max_categories = 100;
constexpr std::size_t max_named_faults = 1000;
constexpr std::uint8_t unknown = 254;

// The position of a value in its list, by a table for small whole numbers.
class Coder {
  public:
    explicit Coder(const std::vector<double>& categories) : categories_(categories) {
        std::fill(std::begin(small_), std::end(small_), unknown);
        for (std::size_t c = 0; c < categories.size(); ++c) {
            if (is_small(categories[c])) {
                small_[static_cast<std::size_t>(categories[c])] = static_cast<std::uint8_t>(c);
            }
        }
    }

    [[nodiscard]] std::uint8_t code(double value) const {
        if (std::isnan(value)) return Responses::missing;
        if (is_small(value)) return small_[static_cast<std::size_t>(value)];
        const auto at = std::lower_bound(categories_.begin(), categories_.end(), value);
        if (at == categories_.end() || *at != value) return unknown;
        return static_cast<std::uint8_t>(at - categories_.begin());
    }

  private:
    static bool is_small(double value) {
        return value >= 0 && value < 64 &&
               value == static_cast<double>(static_cast<std::size_t>(value));
    }
    const std::vector<double>& categories_;
    std::uint8_t small_[64];
};

// Rows of codes to the number of their pattern: open addressing, linear probing.
class PatternIndex {
  public:
    PatternIndex(std::size_t n_items, std::vector<std::uint8_t>& codes)
        : n_items_(n_items), codes_(codes), slots_(1024, empty) {}

    std::size_t find_or_add(const std::uint8_t* row, std::uint64_t hash) {
        if (2 * (n_ + 1) > slots_.size()) grow();
        auto at = hash & (slots_.size() - 1);
        while (slots_[at] != empty) {
            const auto found = slots_[at];
            if (hashes_[found] == hash &&
                std::memcmp(&codes_[found * n_items_], row, n_items_) == 0) {
                return found;
            }
            at = (at + 1) & (slots_.size() - 1);
        }
        slots_[at] = n_;
        hashes_.push_back(hash);
        codes_.insert(codes_.end(), row, row + n_items_);
        return n_++;
    }

  private:
    void grow() {
        slots_.assign(slots_.size() * 2, empty);
        for (std::size_t p = 0; p < n_; ++p) {
            auto at = hashes_[p] & (slots_.size() - 1);
            while (slots_[at] != empty) at = (at + 1) & (slots_.size() - 1);
            slots_[at] = p;
        }
    }

    static constexpr std::size_t empty = std::numeric_limits<std::size_t>::max();
    std::size_t n_items_, n_ = 0;
    std::vector<std::uint8_t>& codes_;
    std::vector<std::size_t> slots_;
    std::vector<std::uint64_t> hashes_;
};

std::uint64_t mix(std::uint64_t hash, std::uint8_t code) {
    hash = (hash ^ code) * 0x9E3779B97F4A7C15U;
    return hash ^ (hash >> 29);
}

// Codes of a stretch of rows, row by row, and their hashes.
constexpr std::size_t block = 512;
struct Block {
    std::vector<std::uint8_t> codes;
    std::uint64_t hashes[block];
    std::uint8_t all[block];  // the smallest code of the row: `missing` when nothing is answered
};

}  // namespace

Result<std::vector<std::vector<double>>> observed_categories(
    std::span<const std::vector<double>> items) {
    Faults faults;
    std::vector<std::vector<double>> out(items.size());
    for (std::size_t j = 0; j < items.size(); ++j) {
        auto& found = out[j];
        double last = std::numeric_limits<double>::quiet_NaN();
        for (const double value : items[j]) {
            if (std::isnan(value) || value == last) continue;
            last = value;
            const auto at = std::lower_bound(found.begin(), found.end(), value);
            if (at != found.end() && *at == value) continue;
            found.insert(at, value);
            if (found.size() > max_categories) {
                faults.add(fmt::format("/items/{}", j),
                           fmt::format("This item has more than {} different answers: it is not "
                                       "ordered in categories.",
                                       max_categories));
                break;
            }
        }
    }
    if (!faults.none()) return faults.error();
    return out;
}

Result<Responses> tabulate(std::span<const std::vector<double>> items,
                           std::vector<std::vector<double>> categories) {
    const auto k = items.size();
    const auto n = k == 0 ? 0 : items[0].size();
    const auto same = [n](const auto& item) { return item.size() == n; };
    if (categories.size() != k || !std::all_of(items.begin(), items.end(), same)) {
        return Error{Fault::invalid_input, "/items", "The items differ in length or number.", {}};
    }
    Responses out;
    out.categories = std::move(categories);
    out.pattern_of_row.reserve(n);
    std::vector<Coder> coders;
    for (const auto& each : out.categories) coders.emplace_back(each);
    PatternIndex index(k, out.codes);
    Block rows{std::vector<std::uint8_t>(block * k), {}, {}};
    Faults faults;
    std::size_t n_faults = 0;
    for (std::size_t begin = 0; begin < n; begin += block) {
        const auto size = std::min(block, n - begin);
        std::fill(rows.hashes, rows.hashes + size, 0);
        std::fill(rows.all, rows.all + size, Responses::missing);
        for (std::size_t j = 0; j < k; ++j) {
            for (std::size_t i = 0; i < size; ++i) {
                const auto code = coders[j].code(items[j][begin + i]);
                rows.codes[i * k + j] = code;
                rows.hashes[i] = mix(rows.hashes[i], code);
                rows.all[i] = std::min(rows.all[i], code);
                if (code == unknown && ++n_faults <= max_named_faults) {
                    faults.add(
                        fmt::format("/items/{}/{}", j, begin + i),
                        fmt::format("{} is not one of the answers of this item: {}.",
                                    items[j][begin + i], fmt::join(out.categories[j], ", ")));
                }
            }
        }
        for (std::size_t i = 0; i < size; ++i) {
            if (rows.all[i] == Responses::missing) {
                out.pattern_of_row.push_back(Responses::no_pattern);
                continue;
            }
            const auto p = index.find_or_add(&rows.codes[i * k], rows.hashes[i]);
            if (p == out.counts.size()) out.counts.push_back(0);
            out.counts[p] += 1;
            out.pattern_of_row.push_back(p);
            ++out.n_answered;
        }
    }
    if (!faults.none()) return faults.error();
    return out;
}

}  // namespace evenkeel::measures
