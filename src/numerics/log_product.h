#pragma once
// The logarithm of a product of many positive factors, with one logarithm for many of them.

#include <cmath>

namespace evenkeel::numerics {

// Exact to rounding as the sum of logarithms is: the product so far stays in the middle of the
// range of doubles.
class LogProduct {
  public:
    void multiply(double factor) {
        if (!inside(factor)) {
            sum_ += std::log(factor);
            return;
        }
        product_ *= factor;
        if (inside(product_)) return;
        sum_ += std::log(product_);
        product_ = 1;
    }
    [[nodiscard]] double log() const { return sum_ + std::log(product_); }

  private:
    static bool inside(double x) { return x > 1e-150 && x < 1e150; }

    double sum_ = 0, product_ = 1;
};

}  // namespace evenkeel::numerics
