#include <algorithm>
#include <cmath>

#include "course/network.h"

namespace evenkeel::course {
namespace {

constexpr double same_length = 1e-10;  // relative: two paths as long as each other

// Shortest paths from one node: lengths, their number, and the nodes in order of length.
struct Paths {
    std::vector<double> length, number;
    std::vector<std::size_t> order;
};

double edge_length(std::span<const double> weights, std::size_t n, std::size_t from,
                   std::size_t to) {
    const double weight = std::abs(weights[from * n + to]);
    return from == to || weight == 0 ? INFINITY : 1 / weight;
}

// Dijkstra (1959) without a queue: n is small.
Paths paths_from(std::span<const double> weights, std::size_t n, std::size_t start) {
    Paths paths{std::vector<double>(n, INFINITY), std::vector<double>(n), {}};
    std::vector<bool> settled(n);
    paths.length[start] = 0;
    paths.number[start] = 1;
    for (std::size_t step = 0; step < n; ++step) {
        std::size_t nearest = n;
        for (std::size_t v = 0; v < n; ++v) {
            if (settled[v] || std::isinf(paths.length[v])) continue;
            if (nearest == n || paths.length[v] < paths.length[nearest]) nearest = v;
        }
        if (nearest == n) break;
        settled[nearest] = true;
        paths.order.push_back(nearest);
        for (std::size_t v = 0; v < n; ++v) {
            if (settled[v]) continue;
            const double length = paths.length[nearest] + edge_length(weights, n, nearest, v);
            if (std::isinf(length)) continue;
            if (length < paths.length[v] * (1 - same_length)) {
                paths.length[v] = length;
                paths.number[v] = paths.number[nearest];
            } else if (length <= paths.length[v] * (1 + same_length)) {
                paths.number[v] += paths.number[nearest];
            }
        }
    }
    return paths;
}

}  // namespace

Centrality centrality(std::span<const double> weights, std::size_t n) {
    Centrality out{std::vector<double>(n), std::vector<double>(n), std::vector<double>(n),
                   std::vector<double>(n)};
    for (std::size_t s = 0; s < n; ++s) {
        for (std::size_t v = 0; v < n; ++v) {
            if (v == s) continue;
            out.out_strength[s] += std::abs(weights[s * n + v]);
            out.in_strength[v] += std::abs(weights[s * n + v]);
        }
        const Paths paths = paths_from(weights, n, s);
        double sum = 0;
        for (const double length : paths.length) sum += length;
        out.closeness[s] = std::isfinite(sum) && sum > 0 ? 1 / sum : 0;
        // Brandes (2001), J Math Sociol 25:163-177: shares handed back from the farthest node.
        std::vector<double> share(n);
        for (auto at = paths.order.rbegin(); at != paths.order.rend(); ++at) {
            for (const std::size_t v : paths.order) {
                const double length = paths.length[v] + edge_length(weights, n, v, *at);
                if (v == *at || std::isinf(length)) continue;
                if (std::abs(length - paths.length[*at]) > same_length * length) continue;
                share[v] += paths.number[v] / paths.number[*at] * (1 + share[*at]);
            }
            if (*at != s) out.betweenness[*at] += share[*at];
        }
    }
    return out;
}

}  // namespace evenkeel::course
