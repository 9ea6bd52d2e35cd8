#include "course/detail/ascending_order.h"

#include <array>
#include <bit>
#include <numeric>

namespace evenkeel::course::detail {

std::vector<std::uint32_t> ascending_order(std::span<const double> values) {
    constexpr std::size_t n_digits = 8, n_values = 256;
    constexpr auto sign = std::uint64_t{1} << 63;
    const auto n = values.size();
    struct Entry {
        std::uint64_t bits;
        std::uint32_t position;
    };
    std::vector<Entry> entries(n), next(n);
    std::vector<std::array<std::uint32_t, n_values>> counts(n_digits);
    for (std::size_t i = 0; i < n; ++i) {
        // Bits of numbers from 0 on are in the order of the numbers, those below in the opposite
        // one and after them; -0 becomes 0.
        auto bits = std::bit_cast<std::uint64_t>(values[i] + 0.0);
        bits ^= (bits & sign) != 0 ? ~std::uint64_t{0} : sign;
        entries[i] = {bits, static_cast<std::uint32_t>(i)};
        for (std::size_t d = 0; d < n_digits; ++d) ++counts[d][(bits >> (8 * d)) & 255U];
    }
    for (std::size_t d = 0; d < n_digits && n > 0; ++d) {
        auto& count = counts[d];
        // Whole days have mostly equal low digits: nothing to do there.
        if (count[(entries[0].bits >> (8 * d)) & 255U] == n) continue;
        std::exclusive_scan(count.begin(), count.end(), count.begin(), std::uint32_t{0});
        for (const auto& entry : entries) next[count[(entry.bits >> (8 * d)) & 255U]++] = entry;
        entries.swap(next);
    }
    std::vector<std::uint32_t> out(n);
    for (std::size_t i = 0; i < n; ++i) out[i] = entries[i].position;
    return out;
}

}  // namespace evenkeel::course::detail
