// Goal: the concordance that counts by sets of positions is that of all pairs, ties included.
#include "course/detail/concordance.h"

#include <gtest/gtest.h>

#include <random>

namespace evenkeel::course::detail {
namespace {

// Rows by descending time, as many ties as the two limits make.
struct Rows {
    std::vector<double> time, risk;
    std::vector<char> event;
};

Rows drawn(std::mt19937_64& random, std::size_t n, std::size_t n_times, std::size_t n_risks) {
    Rows out;
    for (std::size_t i = 0; i < n; ++i) {
        out.time.push_back(static_cast<double>(random() % n_times));
        out.risk.push_back(static_cast<double>(random() % n_risks) - 20);
        out.event.push_back(random() % 3 != 0 ? 1 : 0);
    }
    std::sort(out.time.rbegin(), out.time.rend());
    return out;
}

// The share of agreeing pairs, by looking at each pair.
double share_of_pairs(const Rows& rows) {
    double pairs = 0, agreeing = 0;
    for (std::size_t i = 0; i < rows.time.size(); ++i) {
        for (std::size_t j = 0; j < rows.time.size(); ++j) {
            const bool earlier =
                rows.time[i] < rows.time[j] || (rows.time[i] == rows.time[j] && rows.event[j] == 0);
            if (rows.event[i] == 0 || !earlier) continue;
            pairs += 1;
            if (rows.risk[i] > rows.risk[j]) agreeing += 1;
            if (rows.risk[i] == rows.risk[j]) agreeing += 0.5;
        }
    }
    return agreeing / pairs;
}

TEST(Concordance, IsThatOfAllPairs) {
    std::mt19937_64 random(12);
    for (const std::size_t n_risks : {3U, 50U, 1U << 30U}) {
        for (const std::size_t n_times : {4U, 1U << 30U}) {
            for (const std::size_t n : {2U, 65U, 700U, 3000U}) {
                const auto rows = drawn(random, n, n_times, n_risks);
                const auto found = concordance(rows.time, rows.event, rows.risk);
                if (!found) continue;
                EXPECT_NEAR(found->value, share_of_pairs(rows), 1e-12) << n << " " << n_risks;
            }
        }
    }
}

}  // namespace
}  // namespace evenkeel::course::detail
