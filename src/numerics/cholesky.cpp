#include "numerics/cholesky.h"

#include <cmath>

namespace evenkeel::numerics {

bool cholesky(std::span<double> a, std::size_t n, double tolerance) {
    for (std::size_t j = 0; j < n; ++j) {
        const double own = a[j * n + j];
        double rest = own;
        for (std::size_t k = 0; k < j; ++k) rest -= a[k * n + j] * a[k * n + j];
        if (!(rest > tolerance * own) || !(own > 0) || !std::isfinite(own)) return false;
        const double root = std::sqrt(rest);
        a[j * n + j] = root;
        for (std::size_t i = j + 1; i < n; ++i) {
            double sum = a[j * n + i];
            for (std::size_t k = 0; k < j; ++k) sum -= a[k * n + i] * a[k * n + j];
            a[j * n + i] = sum / root;
        }
    }
    return true;
}

void cholesky_solve(std::span<const double> factor, std::size_t n, std::span<double> b) {
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t k = 0; k < i; ++k) b[i] -= factor[k * n + i] * b[k];
        b[i] /= factor[i * n + i];
    }
    for (std::size_t i = n; i-- > 0;) {
        for (std::size_t k = i + 1; k < n; ++k) b[i] -= factor[i * n + k] * b[k];
        b[i] /= factor[i * n + i];
    }
}

std::vector<double> cholesky_inverse(std::span<const double> factor, std::size_t n) {
    std::vector<double> inverse(n * n);
    for (std::size_t j = 0; j < n; ++j) {
        inverse[j * n + j] = 1;
        cholesky_solve(factor, n, std::span(inverse).subspan(j * n, n));
    }
    for (std::size_t j = 0; j < n; ++j) {
        for (std::size_t i = 0; i < j; ++i) inverse[j * n + i] = inverse[i * n + j];
    }
    return inverse;
}

double cholesky_log_determinant(std::span<const double> factor, std::size_t n) {
    double sum = 0;
    for (std::size_t i = 0; i < n; ++i) sum += 2 * std::log(factor[i * n + i]);
    return sum;
}

}  // namespace evenkeel::numerics
