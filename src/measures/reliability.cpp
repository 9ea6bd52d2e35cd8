#include "measures/reliability.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace evenkeel::measures {
namespace {

constexpr std::size_t block = 256;  // rows that stay in the first cache with a dozen items

// Sums over the rows of one block, four at a time so that the additions need not wait for
// each other.
double product_sum(const double* a, const double* b, std::size_t n) {
    double s0 = 0, s1 = 0, s2 = 0, s3 = 0;
    std::size_t i = 0;
    for (; i + 4 <= n; i += 4) {
        s0 += a[i] * b[i];
        s1 += a[i + 1] * b[i + 1];
        s2 += a[i + 2] * b[i + 2];
        s3 += a[i + 3] * b[i + 3];
    }
    for (; i < n; ++i) s0 += a[i] * b[i];
    return (s0 + s1) + (s2 + s3);
}

// The rows of [begin, end) that have every item.
std::size_t complete_rows(std::span<const std::vector<double>> items, std::size_t begin,
                          std::size_t end, std::array<std::size_t, block>& rows) {
    std::array<double, block> sum{};
    for (const auto& item : items) {
        for (std::size_t i = begin; i < end; ++i) sum[i - begin] += item[i] * 0;
    }
    std::size_t n = 0;
    for (std::size_t i = begin; i < end; ++i) {
        rows[n] = i;
        n += sum[i - begin] == 0 ? 1 : 0;  // NaN * 0 is NaN
    }
    return n;
}

// Cross products of the deviations from the first complete row: whole-number answers then add
// up exactly, and a large common level does not eat the digits of the variance.
class CrossProducts {
  public:
    explicit CrossProducts(std::size_t k) : k_(k), sum_(k), product_(k * k), buffer_(k * block) {}

    void add(std::span<const std::vector<double>> items, std::size_t begin, std::size_t end) {
        std::array<std::size_t, block> rows{};
        const auto n = complete_rows(items, begin, end, rows);
        if (n == 0) return;
        if (n_ == 0) {
            for (const auto& item : items) origin_.push_back(item[rows[0]]);
        }
        for (std::size_t j = 0; j < k_; ++j) {
            auto* to = &buffer_[j * block];
            double sum = 0;
            for (std::size_t i = 0; i < n; ++i) {
                to[i] = items[j][rows[i]] - origin_[j];
                sum += to[i];
            }
            sum_[j] += sum;
            for (std::size_t h = 0; h <= j; ++h) {
                product_[j * k_ + h] += product_sum(to, &buffer_[h * block], n);
            }
        }
        n_ += n;
    }

    [[nodiscard]] ItemMoments moments() const {
        ItemMoments out;
        out.n_complete = n_;
        out.covariance.resize(k_ * k_);
        const auto n = static_cast<double>(n_);
        for (std::size_t j = 0; j < k_; ++j) {
            out.mean.push_back(origin_[j] + sum_[j] / n);
            for (std::size_t h = 0; h <= j; ++h) {
                const double c = (product_[j * k_ + h] - sum_[j] * sum_[h] / n) / (n - 1);
                out.covariance[j * k_ + h] = out.covariance[h * k_ + j] = c;
            }
        }
        return out;
    }
    [[nodiscard]] std::size_t n() const { return n_; }

  private:
    std::size_t k_, n_ = 0;
    std::vector<double> origin_, sum_, product_, buffer_;
};

std::optional<double> alpha_of(double k, double variances, double total_variance) {
    if (k < 2 || !(total_variance > 0)) return std::nullopt;
    return k / (k - 1) * (1 - variances / total_variance);
}

// From the mean correlation of the items.
std::optional<double> standardized(const ItemMoments& moments, std::size_t k) {
    double sum = 0;
    for (std::size_t j = 0; j < k; ++j) {
        for (std::size_t h = 0; h < j; ++h) {
            const double product = moments.covariance[j * k + j] * moments.covariance[h * k + h];
            if (!(product > 0)) return std::nullopt;
            sum += moments.covariance[j * k + h] / std::sqrt(product);
        }
    }
    return alpha_of(static_cast<double>(k), static_cast<double>(k),
                    static_cast<double>(k) + 2 * sum);
}

}  // namespace

Result<ItemMoments> item_moments(std::span<const std::vector<double>> items) {
    if (items.empty()) return Error{Fault::invalid_input, "/items", "Name the items.", {}};
    const auto n_rows = items[0].size();
    CrossProducts products(items.size());
    for (const auto& item : items) {
        if (item.size() != n_rows) {
            return Error{Fault::invalid_input, "/items", "The items differ in length.", {}};
        }
    }
    for (std::size_t begin = 0; begin < n_rows; begin += block) {
        products.add(items, begin, std::min(begin + block, n_rows));
    }
    if (products.n() < 2) {
        return Error{Fault::invalid_input,
                     "/items",
                     "Fewer than two rows have every item: nothing can be compared.",
                     {}};
    }
    auto out = products.moments();
    const auto finite = [](double value) { return std::isfinite(value); };
    if (!std::all_of(out.covariance.begin(), out.covariance.end(), finite)) {
        return Error{Fault::invalid_input,
                     "/items",
                     "The values are too large for their variances to be numbers.",
                     {}};
    }
    return out;
}

Result<Consistency> consistency(const ItemMoments& moments) {
    const auto k = moments.mean.size();
    if (k < 2) {
        return Error{Fault::invalid_input, "/items", "Consistency needs two items or more.", {}};
    }
    std::vector<double> row_sum(k);
    double variances = 0, total = 0;
    for (std::size_t j = 0; j < k; ++j) {
        for (std::size_t h = 0; h < k; ++h) row_sum[j] += moments.covariance[j * k + h];
        variances += moments.covariance[j * k + j];
        total += row_sum[j];
    }
    Consistency out;
    out.alpha = alpha_of(static_cast<double>(k), variances, total);
    out.alpha_standardized = standardized(moments, k);
    out.total_sd = std::sqrt(std::max(total, 0.0));
    if (out.alpha) out.sem = out.total_sd * std::sqrt(1 - *out.alpha);
    for (std::size_t j = 0; j < k; ++j) {
        const double variance = moments.covariance[j * k + j];
        const double rest = total - 2 * row_sum[j] + variance;  // variance of the other items' sum
        ItemStatistics item{moments.mean[j], std::sqrt(variance), {}, {}};
        if (variance > 0 && rest > 0) {
            item.r_drop = (row_sum[j] - variance) / std::sqrt(variance * rest);
        }
        item.alpha_if_dropped = alpha_of(static_cast<double>(k - 1), variances - variance, rest);
        out.items.push_back(item);
    }
    return out;
}

}  // namespace evenkeel::measures
