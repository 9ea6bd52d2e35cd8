#include "measures/graded.h"

#include <fmt/format.h>

#include <cmath>

#include "measures/detail/graded_curve.h"

namespace evenkeel::measures {
namespace detail {

Curve curve(const GradedItem& item, std::size_t category, double theta) {
    const bool has_lower = category > 0, has_upper = category < item.d.size();
    Curve out;
    out.p = 1;
    double rho = 0, s_u = 1, s_v = 0;
    if (has_lower && has_upper) {
        const double gap = item.d[category - 1] - item.d[category];
        out.p = -std::expm1(-gap);
        rho = 1 / std::expm1(gap);
    }
    const double kappa = rho * (1 + rho);
    if (has_lower) {
        s_u = logistic(item.a * theta + item.d[category - 1]);
        const double rest = logistic(-item.a * theta - item.d[category - 1]);
        out.p *= s_u;
        out.du = rest + rho;
        out.duu = -s_u * rest - kappa;
        out.slope += rest;
        out.bend -= s_u * rest;
    }
    if (has_upper) {
        s_v = logistic(item.a * theta + item.d[category]);
        const double rest = logistic(-item.a * theta - item.d[category]);
        out.p *= rest;
        out.dv = -s_v - rho;
        out.dvv = -s_v * rest - kappa;
        out.slope -= s_v;
        out.bend -= s_v * rest;
    }
    out.duv = has_lower && has_upper ? kappa : 0;
    out.slope *= item.a;
    out.bend *= item.a * item.a;
    return out;
}

}  // namespace detail

std::vector<double> GradedItem::b() const {
    std::vector<double> out;
    for (const double each : d) out.push_back(-each / a);
    return out;
}

std::vector<double> category_probabilities(const GradedItem& item, double theta) {
    std::vector<double> out;
    for (std::size_t c = 0; c <= item.d.size(); ++c) {
        out.push_back(detail::curve(item, c, theta).p);
    }
    return out;
}

double item_information(const GradedItem& item, double theta) {
    double out = 0;
    for (std::size_t c = 0; c <= item.d.size(); ++c) {
        const auto at = detail::curve(item, c, theta);
        out += at.p * at.slope * at.slope;
    }
    return out;
}

double expected_answer(const GradedItem& item, double theta) {
    double out = 0;
    for (std::size_t c = 0; c <= item.d.size(); ++c) {
        out += detail::curve(item, c, theta).p * item.categories[c];
    }
    return out;
}

Status check_graded(std::span<const GradedItem> items) {
    Faults faults;
    if (items.empty()) faults.add("/items", "There is no item.");
    for (std::size_t j = 0; j < items.size(); ++j) {
        const auto& item = items[j];
        const auto where = fmt::format("/items/{}", j);
        if (!std::isfinite(item.a) || item.a == 0) {
            faults.add(where + "/a", "The discrimination must be a number other than 0.");
        }
        if (item.d.empty()) faults.add(where + "/b", "Give at least one location.");
        for (std::size_t c = 0; c < item.d.size(); ++c) {
            if (!std::isfinite(item.d[c])) {
                faults.add(fmt::format("{}/b/{}", where, c), "This must be a finite number.");
            } else if (c > 0 && !(item.d[c] < item.d[c - 1])) {
                faults.add(fmt::format("{}/b/{}", where, c),
                           "Locations must be ordered: higher answers at higher severity.");
            }
        }
        if (item.categories.size() != item.d.size() + 1) {
            faults.add(where + "/categories", fmt::format("{} locations need {} categories.",
                                                          item.d.size(), item.d.size() + 1));
        }
        for (std::size_t c = 0; c < item.categories.size(); ++c) {
            if (!std::isfinite(item.categories[c]) ||
                (c > 0 && !(item.categories[c] > item.categories[c - 1]))) {
                faults.add(fmt::format("{}/categories/{}", where, c),
                           "Categories must be finite and ascending.");
            }
        }
    }
    if (!faults.none()) return faults.error();
    return Done{};
}

}  // namespace evenkeel::measures
