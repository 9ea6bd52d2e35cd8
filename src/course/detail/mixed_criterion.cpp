#include "course/detail/mixed_criterion.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "numerics/clones.h"
#include "numerics/log_product.h"

namespace evenkeel::course::detail {
namespace {

// So many people make a part that waking a thread is worth it.
constexpr std::size_t blocks_in_a_part = 64;

// Of a symmetric matrix that is kept as its lower triangle, by rows.
std::size_t lower(std::size_t a, std::size_t b) {
    return a >= b ? a * (a + 1) / 2 + b : b * (b + 1) / 2 + a;
}

double sum_of(const Lanes& lanes) {
    double sum = 0;
    for (std::size_t l = 0; l < n_lanes; ++l) sum += lanes[l];
    return sum;
}

struct PeopleWork {
    std::size_t q, p, first_block, end_block, stride, solved_stride;
};

// N = L M^-1 L' with M = I + L'AL = C G C', C with a unit diagonal and G diagonal, for eight
// people. Writes |M| to `det`: a wide register handed back would change the calling convention.
[[gnu::always_inline]] inline void relative_inverse(std::size_t q, const Lanes* a,
                                                    const double* factor, Lanes* scratch, Lanes* n,
                                                    Lanes& det) {
    Lanes* al = scratch;    // A L, q x q
    Lanes* m = al + q * q;  // C G below the diagonal, on it the inverse of G
    Lanes* h = m + q * q;   // L times the inverse of C': N = H G^-1 H'
    for (std::size_t i = 0; i < q; ++i) {
        for (std::size_t j = 0; j < q; ++j) {
            Lanes sum{};
            for (std::size_t r = j; r < q; ++r) sum += a[lower(i, r)] * factor[r * q + j];
            al[i * q + j] = sum;
        }
    }
    det = Lanes{} + 1.0;
    for (std::size_t i = 0; i < q; ++i) {
        for (std::size_t j = 0; j <= i; ++j) {
            Lanes sum{};
            for (std::size_t r = i; r < q; ++r) sum += factor[r * q + i] * al[r * q + j];
            if (i == j) sum += 1.0;
            for (std::size_t r = 0; r < j; ++r) {
                sum -= m[i * q + r] * m[j * q + r] * m[r * q + r];
            }
            if (i == j) det *= sum;
            m[i * q + j] = i == j ? 1.0 / sum : sum;
        }
    }
    // H solves H C' = L row by row.
    for (std::size_t i = 0; i < q; ++i) {
        for (std::size_t j = 0; j < q; ++j) {
            Lanes sum = Lanes{} + (j <= i ? factor[i * q + j] : 0.0);
            for (std::size_t r = 0; r < j; ++r) {
                sum -= h[i * q + r] * m[j * q + r] * m[r * q + r];
            }
            h[i * q + j] = sum;
        }
    }
    for (std::size_t i = 0; i < q; ++i) {
        for (std::size_t j = 0; j <= i; ++j) {
            Lanes sum{};
            for (std::size_t r = 0; r < q; ++r) {
                sum += h[i * q + r] * h[j * q + r] * m[r * q + r];
            }
            n[lower(i, j)] = sum;
        }
    }
}

// N as above; K = A - A N A; F = B - A N B; products -= B'N B.
template <std::size_t Q>
[[gnu::always_inline]] inline double solve_blocks_of(const PeopleWork& work, const Lanes* people,
                                                     const double* factor, Lanes* solved,
                                                     Lanes* products, Lanes* scratch) {
    const auto q = Q > 0 ? Q : work.q;
    const auto width = work.p + 1, tri = q * (q + 1) / 2;
    Lanes* an = scratch + 3 * q * q;  // A N, q x q
    Lanes* nb = an + q * q;           // N B, q x width
    numerics::LogProduct determinants;
    for (auto block = work.first_block; block < work.end_block; ++block) {
        const Lanes* a = people + block * work.stride;
        const Lanes* b = a + tri;
        Lanes* n = solved + block * work.solved_stride;
        Lanes* k = n + tri;
        Lanes* f = k + tri;
        Lanes det;
        relative_inverse(q, a, factor, scratch, n, det);
        for (std::size_t l = 0; l < n_lanes; ++l) determinants.multiply(det[l]);
        for (std::size_t i = 0; i < q; ++i) {
            for (std::size_t j = 0; j < q; ++j) {
                Lanes sum{};
                for (std::size_t r = 0; r < q; ++r) sum += a[lower(i, r)] * n[lower(r, j)];
                an[i * q + j] = sum;
            }
            for (std::size_t c = 0; c < width; ++c) {
                Lanes sum{};
                for (std::size_t r = 0; r < q; ++r) sum += n[lower(i, r)] * b[r * width + c];
                nb[i * width + c] = sum;
            }
        }
        for (std::size_t i = 0; i < q; ++i) {
            for (std::size_t j = 0; j <= i; ++j) {
                Lanes sum = a[lower(i, j)];
                for (std::size_t r = 0; r < q; ++r) sum -= an[i * q + r] * a[lower(r, j)];
                k[lower(i, j)] = sum;
            }
            for (std::size_t c = 0; c < width; ++c) {
                Lanes sum = b[i * width + c];
                for (std::size_t r = 0; r < q; ++r) sum -= a[lower(i, r)] * nb[r * width + c];
                f[i * width + c] = sum;
            }
        }
        std::size_t slot = 0;
        for (std::size_t c = 0; c < width; ++c) {
            for (std::size_t d = 0; d <= c; ++d, ++slot) {
                Lanes sum = products[slot];
                for (std::size_t r = 0; r < q; ++r) sum += b[r * width + c] * nb[r * width + d];
                products[slot] = sum;
            }
        }
    }
    return determinants.log();
}

// Loops of a length that the compiler knows, for the usual numbers of random effects.
EK_CLONES double solve_blocks(const PeopleWork& work, const Lanes* people, const double* factor,
                              Lanes* solved, Lanes* products, Lanes* scratch) {
    switch (work.q) {
        case 1:
            return solve_blocks_of<1>(work, people, factor, solved, products, scratch);
        case 2:
            return solve_blocks_of<2>(work, people, factor, solved, products, scratch);
        default:
            return solve_blocks_of<0>(work, people, factor, solved, products, scratch);
    }
}

struct DerivativeWork {
    std::size_t q, p, first_block, end_block, solved_stride;
    bool reml;
    const Pair* pairs;
    const double* coefficients;  // of [X y]: -beta, then 1
    const double* inverse;       // C, p x p
};

// R = F C F', and big -= R.
[[gnu::always_inline]] inline void subtract_fixed(std::size_t q, const DerivativeWork& work,
                                                  const Lanes* f, Lanes* fc, Lanes* r, Lanes* big) {
    const auto p = work.p, width = p + 1;
    for (std::size_t i = 0; i < q; ++i) {
        for (std::size_t c = 0; c < p; ++c) {
            Lanes sum{};
            for (std::size_t d = 0; d < p; ++d) sum += f[i * width + d] * work.inverse[d * p + c];
            fc[i * p + c] = sum;
        }
        for (std::size_t j = 0; j <= i; ++j) {
            Lanes sum{};
            for (std::size_t c = 0; c < p; ++c) sum += fc[i * p + c] * f[j * width + c];
            r[lower(i, j)] = sum;
            big[lower(i, j)] -= sum;
        }
    }
}

// The sums over people, one after the other: trace (m), square (m), trace_second (m(m+1)/2),
// square_second (m(m+1)/2), v (m x p), S (m x p(p+1)/2).
template <std::size_t Q>
[[gnu::always_inline]] inline void add_derivatives_of(const DerivativeWork& work,
                                                      const Lanes* solved, Lanes* sums,
                                                      Lanes* scratch) {
    const auto q = Q > 0 ? Q : work.q, p = work.p, width = p + 1, tri = q * (q + 1) / 2;
    const auto m = tri;
    Lanes* trace = sums;
    Lanes* square = trace + m;
    Lanes* trace_second = square + m;
    Lanes* square_second = trace_second + m * (m + 1) / 2;
    Lanes* v = square_second + m * (m + 1) / 2;
    Lanes* s = v + m * p;
    Lanes* e = scratch;     // q
    Lanes* fc = e + q;      // F C, q x p
    Lanes* r = fc + q * p;  // F C F', lower
    Lanes* big = r + tri;   // K - R or K, lower
    for (auto block = work.first_block; block < work.end_block; ++block) {
        const Lanes* k = solved + block * work.solved_stride + tri;
        const Lanes* f = k + tri;
        for (std::size_t i = 0; i < q; ++i) {
            Lanes sum{};
            for (std::size_t c = 0; c < width; ++c) sum += f[i * width + c] * work.coefficients[c];
            e[i] = sum;
        }
        for (std::size_t i = 0; i < tri; ++i) big[i] = k[i];
        if (work.reml) subtract_fixed(q, work, f, fc, r, big);
        std::size_t slot = 0;
        for (std::size_t x = 0; x < m; ++x) {
            const auto [a, b] = work.pairs[x];
            const double twice = a == b ? 1.0 : 2.0;
            trace[x] += twice * big[lower(a, b)];
            square[x] += twice * (e[a] * e[b]);
            for (std::size_t y = 0; y <= x; ++y, ++slot) {
                const auto [c, d] = work.pairs[y];
                // Each of E_x and E_y has one entry on the diagonal or two beside it.
                const double both = (a == b ? 1.0 : 2.0) * (c == d ? 1.0 : 2.0) / 2;
                const auto ad = lower(a, d), bc = lower(b, c), ac = lower(a, c), bd = lower(b, d);
                Lanes sum = big[ad] * big[bc] + big[bd] * big[ac];
                if (work.reml) sum -= r[ad] * r[bc] + r[bd] * r[ac];
                trace_second[slot] += both * sum;
                Lanes quadratic =
                    e[a] * (k[bc] * e[d] + k[bd] * e[c]) + e[b] * (k[ac] * e[d] + k[ad] * e[c]);
                square_second[slot] += (both / 2) * quadratic;
            }
            Lanes* vx = v + x * p;
            Lanes* sx = s + x * (p * (p + 1) / 2);
            const double half = a == b ? 0.5 : 1.0;
            for (std::size_t c = 0; c < p; ++c) {
                const Lanes fa = f[a * width + c] * half, fb = f[b * width + c] * half;
                vx[c] += fa * e[b] + fb * e[a];
                for (std::size_t d = 0; d <= c; ++d) {
                    *sx++ += fa * f[b * width + d] + fb * f[a * width + d];
                }
            }
        }
    }
}

EK_CLONES void add_derivatives(const DerivativeWork& work, const Lanes* solved, Lanes* sums,
                               Lanes* scratch) {
    switch (work.q) {
        case 1:
            return add_derivatives_of<1>(work, solved, sums, scratch);
        case 2:
            return add_derivatives_of<2>(work, solved, sums, scratch);
        default:
            return add_derivatives_of<0>(work, solved, sums, scratch);
    }
}

// The Cholesky factor of a symmetric n x n matrix by rows, in place (lower); false if it is
// not positive.
bool cholesky(std::vector<double>& a, std::size_t n) {
    for (std::size_t j = 0; j < n; ++j) {
        for (std::size_t i = j; i < n; ++i) {
            double sum = a[i * n + j];
            for (std::size_t r = 0; r < j; ++r) sum -= a[i * n + r] * a[j * n + r];
            if (i > j) {
                a[i * n + j] = sum / a[j * n + j];
            } else if (sum > 0 && std::isfinite(sum)) {
                a[j * n + j] = std::sqrt(sum);
            } else {
                return false;
            }
        }
    }
    return true;
}

// The inverse of F F', F lower by rows.
std::vector<double> inverse_of(const std::vector<double>& factor, std::size_t n) {
    std::vector<double> half(n * n), out(n * n);  // half: the inverse of F
    for (std::size_t j = 0; j < n; ++j) {
        for (std::size_t i = j; i < n; ++i) {
            double sum = i == j ? 1.0 : 0.0;
            for (std::size_t r = j; r < i; ++r) sum -= factor[i * n + r] * half[r * n + j];
            half[i * n + j] = sum / factor[i * n + i];
        }
    }
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = 0; j < n; ++j) {
            for (auto r = std::max(i, j); r < n; ++r) {
                out[i * n + j] += half[r * n + i] * half[r * n + j];
            }
        }
    }
    return out;
}

}  // namespace

std::vector<Pair> pairs_of(std::size_t q) {
    std::vector<Pair> out;
    for (std::size_t a = 0; a < q; ++a) {
        for (std::size_t b = 0; b <= a; ++b) out.push_back({a, b});
    }
    return out;
}

MixedCriterion::MixedCriterion(const MixedStatistics& statistics, Criterion criterion,
                               const numerics::Workers& workers)
    : at_(statistics),
      workers_(workers),
      criterion_(criterion),
      degrees_(static_cast<double>(statistics.n) -
               (criterion == Criterion::reml ? static_cast<double>(statistics.p) : 0.0)),
      pairs_(pairs_of(statistics.q)),
      solved_stride_(statistics.q * (statistics.q + 1) + statistics.q * (statistics.p + 1)) {
    solved_.resize(at_.n_blocks() * solved_stride_ * n_lanes);
}

Evaluation MixedCriterion::value(const std::vector<double>& factor) {
    Evaluation out;
    std::vector<double> sums((at_.p + 1) * (at_.p + 2) / 2 + 1);
    if (at_.q > 0) sums = solve_people(factor);
    solve_fixed(at_.log_det_residual + sums.back(), sums, out);
    return out;
}

template <class Work>
std::vector<double> MixedCriterion::sum_over_people(std::size_t n_sums, std::size_t n_scratch,
                                                    const Work& work) const {
    const auto n = at_.n_blocks(), n_parts = numerics::parts_of(n, blocks_in_a_part);
    std::vector<std::vector<double>> parts(n_parts);
    workers_.each(n_parts, [&](std::size_t part) {
        std::vector<double> sums(n_sums * n_lanes), scratch(n_scratch * n_lanes);
        work(numerics::part_begin(n, n_parts, part), numerics::part_begin(n, n_parts, part + 1),
             as_lanes(sums), as_lanes(scratch));
        for (std::size_t i = 0; i < n_sums; ++i) parts[part].push_back(sum_of(as_lanes(sums)[i]));
    });
    for (std::size_t part = 1; part < n_parts; ++part) {
        for (std::size_t i = 0; i < n_sums; ++i) parts[0][i] += parts[part][i];
    }
    return std::move(parts[0]);
}

// The products, then the logarithm of the determinants.
std::vector<double> MixedCriterion::solve_people(const std::vector<double>& factor) {
    const auto q = at_.q, width = at_.p + 1, n_products = width * (width + 1) / 2;
    return sum_over_people(
        n_products + 1, 4 * q * q + q * width,
        [&](std::size_t first, std::size_t end, Lanes* sums, Lanes* scratch) {
            sums[n_products][0] =
                solve_blocks({q, at_.p, first, end, at_.stride(), solved_stride_},
                             as_lanes(at_.people), factor.data(), as_lanes(solved_), sums, scratch);
        });
}

void MixedCriterion::solve_fixed(double log_det, const std::vector<double>& products,
                                 Evaluation& out) const {
    const auto p = at_.p, width = p + 1;
    std::vector<double> fixed(p * p), right(p);
    std::size_t slot = 0;
    double y_y = 0;
    for (std::size_t c = 0; c < width; ++c) {
        for (std::size_t d = 0; d <= c; ++d, ++slot) {
            const double entry = at_.total[c * width + d] - products[slot];
            if (c < p) {
                fixed[c * p + d] = fixed[d * p + c] = entry;
            } else if (d < p) {
                right[d] = entry;
            } else {
                y_y = entry;
            }
        }
    }
    if (!cholesky(fixed, p)) return;
    double log_det_fixed = 0;
    for (std::size_t j = 0; j < p; ++j) log_det_fixed += 2 * std::log(fixed[j * p + j]);
    out.beta_inverse = inverse_of(fixed, p);
    out.beta.assign(p, 0);
    out.residual_sum = y_y;
    for (std::size_t i = 0; i < p; ++i) {
        for (std::size_t j = 0; j < p; ++j) out.beta[i] += out.beta_inverse[i * p + j] * right[j];
        out.residual_sum -= out.beta[i] * right[i];
    }
    // A part of 1e-13 of the whole is what rounding leaves of a perfect fit.
    if (!(out.residual_sum > 1e-13 * at_.total[width * width - 1])) return;
    out.usable = true;
    out.deviance = log_det + (criterion_ == Criterion::reml ? log_det_fixed : 0.0) +
                   degrees_ * (1 + std::log(2 * std::numbers::pi * out.residual_sum / degrees_));
}

Evaluation MixedCriterion::with_derivatives(const std::vector<double>& factor) {
    auto out = value(factor);
    if (!out.usable || at_.q == 0) return out;
    const auto p = at_.p, m = pairs_.size(), half = m * (m + 1) / 2;
    const auto sums = sum_derivatives(out);
    const double* at = sums.data();
    out.trace.assign(at, at + m);
    out.square.assign(at + m, at + 2 * m);
    const double* trace_second = at + 2 * m;
    const double* square_second = trace_second + half;
    const double* v = square_second + half;
    const double* s = v + m * p;
    std::vector<std::vector<double>> spread(m);  // C S, p x p
    for (std::size_t x = 0; x < m; ++x) {
        auto& full = out.beta_first.emplace_back(p * p);
        for (std::size_t c = 0; c < p; ++c) {
            for (std::size_t d = 0; d <= c; ++d, ++s) full[c * p + d] = full[d * p + c] = *s;
        }
        spread[x].assign(p * p, 0);
        for (std::size_t i = 0; i < p; ++i) {
            for (std::size_t k = 0; k < p; ++k) {
                for (std::size_t j = 0; j < p; ++j) {
                    spread[x][i * p + j] += out.beta_inverse[i * p + k] * full[k * p + j];
                }
            }
        }
    }
    out.trace_second.assign(m * m, 0);
    out.square_second.assign(m * m, 0);
    for (std::size_t x = 0; x < m; ++x) {
        for (std::size_t y = 0; y <= x; ++y) {
            double trace = *trace_second++, square = *square_second++;
            for (std::size_t i = 0; i < p; ++i) {
                for (std::size_t j = 0; j < p; ++j) {
                    if (criterion_ == Criterion::reml) {
                        trace += spread[x][i * p + j] * spread[y][j * p + i];
                    }
                    square -= v[x * p + i] * out.beta_inverse[i * p + j] * v[y * p + j];
                }
            }
            out.trace_second[x * m + y] = out.trace_second[y * m + x] = -trace;
            out.square_second[x * m + y] = out.square_second[y * m + x] = 2 * square;
        }
    }
    return out;
}

std::vector<double> MixedCriterion::sum_derivatives(const Evaluation& at) const {
    const auto q = at_.q, p = at_.p, m = pairs_.size();
    std::vector<double> coefficients(p + 1, 1.0);
    for (std::size_t j = 0; j < p; ++j) coefficients[j] = -at.beta[j];
    return sum_over_people(
        2 * m + m * (m + 1) + m * p + m * (p * (p + 1) / 2), q + q * p + q * (q + 1),
        [&](std::size_t first, std::size_t end, Lanes* sums, Lanes* scratch) {
            add_derivatives({q, p, first, end, solved_stride_, criterion_ == Criterion::reml,
                             pairs_.data(), coefficients.data(), at.beta_inverse.data()},
                            as_lanes(solved_), sums, scratch);
        });
}

MixedCriterion::Modes MixedCriterion::modes(const Evaluation& at,
                                            const std::vector<double>& factor) const {
    const auto q = at_.q, p = at_.p, width = p + 1, tri = q * (q + 1) / 2;
    std::vector<double> d(q * q), e(q);
    for (std::size_t i = 0; i < q; ++i) {
        for (std::size_t j = 0; j < q; ++j) {
            for (std::size_t r = 0; r <= std::min(i, j); ++r) {
                d[i * q + j] += factor[i * q + r] * factor[j * q + r];
            }
        }
    }
    Modes out;
    out.modes.resize(at_.n_groups * q);
    out.covariance.resize(at_.n_groups * tri);
    for (std::size_t g = 0; g < at_.n_groups; ++g) {
        const auto lane = g % n_lanes;
        const Lanes* n = as_lanes(solved_) + (g / n_lanes) * solved_stride_;
        const Lanes* f = n + 2 * tri;
        for (std::size_t i = 0; i < q; ++i) {
            e[i] = f[i * width + p][lane];
            for (std::size_t c = 0; c < p; ++c) e[i] -= f[i * width + c][lane] * at.beta[c];
        }
        for (std::size_t i = 0; i < q; ++i) {
            double sum = 0;
            for (std::size_t j = 0; j < q; ++j) sum += d[i * q + j] * e[j];
            out.modes[g * q + i] = sum;
        }
        for (std::size_t i = 0; i < tri; ++i) out.covariance[g * tri + i] = n[i][lane];
    }
    return out;
}

}  // namespace evenkeel::course::detail
