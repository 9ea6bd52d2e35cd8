#include "numerics/dot.h"

#include "numerics/clones.h"

namespace evenkeel::numerics {
namespace {

using Lanes = double __attribute__((vector_size(32), aligned(8), may_alias));
constexpr std::size_t n_lanes = 4;

const Lanes& at(const double* from) {
    return *reinterpret_cast<const Lanes*>(from);
}

}  // namespace

EK_CLONES double dot(const double* a, const double* b, std::size_t n) {
    Lanes even{}, odd{};
    std::size_t i = 0;
    for (; i + 2 * n_lanes <= n; i += 2 * n_lanes) {
        even += at(a + i) * at(b + i);
        odd += at(a + i + n_lanes) * at(b + i + n_lanes);
    }
    const Lanes both = even + odd;
    double sum = (both[0] + both[1]) + (both[2] + both[3]);
    for (; i < n; ++i) sum += a[i] * b[i];
    return sum;
}

}  // namespace evenkeel::numerics
