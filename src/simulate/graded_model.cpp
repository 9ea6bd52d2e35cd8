#include "simulate/graded_model.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "simulate/draw.h"

namespace evenkeel::simulate {

std::vector<double> category_probabilities(const GradedItem& item, double theta) {
    std::vector<double> out;
    double at_least = 1;
    for (const double threshold : item.thresholds) {
        const double next = 1 / (1 + std::exp(-item.slope * (theta - threshold)));
        out.push_back(at_least - next);
        at_least = next;
    }
    out.push_back(at_least);
    return out;
}

int draw_answer(const GradedItem& item, double theta, Random& random) {
    const auto probabilities = category_probabilities(item, theta);
    double left = uniform(random);
    for (std::size_t k = 0; k + 1 < probabilities.size(); ++k) {
        if (left < probabilities[k]) return static_cast<int>(k);
        left -= probabilities[k];
    }
    return static_cast<int>(probabilities.size()) - 1;
}

std::vector<int> draw_answers(const std::vector<GradedItem>& items, double theta, Random& random) {
    std::vector<int> out;
    out.reserve(items.size());
    for (const auto& item : items) out.push_back(draw_answer(item, theta, random));
    return out;
}

double expected_total(const std::vector<GradedItem>& items, double theta) {
    double total = 0;
    for (const auto& item : items) {
        const auto probabilities = category_probabilities(item, theta);
        for (std::size_t k = 0; k < probabilities.size(); ++k) {
            total += static_cast<double>(k) * probabilities[k];
        }
    }
    return total;
}

double theta_of_total(const std::vector<GradedItem>& items, double total) {
    double low = -6;
    double high = 6;
    for (int i = 0; i < 60; ++i) {  // halving: 12 * 2^-60 is far below any use
        const double middle = (low + high) / 2;
        (expected_total(items, middle) < total ? low : high) = middle;
    }
    return (low + high) / 2;
}

std::vector<int> answers_with_total(const std::vector<GradedItem>& items, int total,
                                    std::optional<int> last, Random& random) {
    const auto highest = [&](std::size_t i) {
        return static_cast<int>(items[i].thresholds.size());
    };
    const double theta = theta_of_total(items, std::max(0.5, static_cast<double>(total)));
    auto out = draw_answers(items, theta, random);
    const std::size_t free = last ? out.size() - 1 : out.size();
    if (last) out.back() = *last;
    int possible = last.value_or(0);
    for (std::size_t i = 0; i < free; ++i) possible += highest(i);
    EK_ASSERT(last.value_or(0) <= total && total <= possible);
    for (int sum = std::accumulate(out.begin(), out.end(), 0); sum != total;) {
        const std::size_t i = below(random, free);
        if (sum < total && out[i] < highest(i)) {
            ++out[i];
            ++sum;
        } else if (sum > total && out[i] > 0) {
            --out[i];
            --sum;
        }
    }
    return out;
}

const std::vector<GradedItem>& simulated_items(std::string_view instrument) {
    static const std::vector<GradedItem> phq9 = {
        {2.4, {0.2, 1.3, 2.0}},  {2.8, {0.2, 1.2, 1.9}}, {1.6, {-0.3, 0.9, 1.6}},
        {1.8, {-0.6, 0.9, 1.5}}, {1.6, {0.3, 1.4, 2.1}}, {2.4, {0.5, 1.4, 2.0}},
        {2.0, {0.6, 1.6, 2.3}},  {1.8, {1.2, 2.1, 2.8}}, {1.9, {2.0, 2.9, 3.5}}};
    static const std::vector<GradedItem> gad7 = {{2.4, {0.1, 1.2, 1.9}}, {2.9, {0.4, 1.3, 1.9}},
                                                 {2.7, {0.1, 1.1, 1.8}}, {2.3, {0.3, 1.3, 2.0}},
                                                 {1.8, {0.8, 1.7, 2.4}}, {1.6, {0.1, 1.4, 2.2}},
                                                 {1.9, {0.8, 1.7, 2.4}}};
    static const std::vector<GradedItem> none;
    if (instrument == "phq-9") return phq9;
    if (instrument == "gad-7") return gad7;
    return none;
}

}  // namespace evenkeel::simulate
