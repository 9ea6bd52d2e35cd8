#include "course/detail/mixed_criterion.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace evenkeel::course::detail {
namespace {

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
    std::size_t q, p, n_blocks, stride, solved_stride;
};

// N = L M^-1 L' with M = I + L'AL, for eight people; gives back the sum of log |M|.
[[gnu::always_inline]] inline double relative_inverse(std::size_t q, const Lanes* a,
                                                      const double* factor, Lanes* scratch,
                                                      Lanes* n) {
    Lanes* al = scratch;    // A L, q x q
    Lanes* m = al + q * q;  // M, then its Cholesky factor
    Lanes* h = m + q * q;   // L times the inverse of the factor': N = H H'
    for (std::size_t i = 0; i < q; ++i) {
        for (std::size_t j = 0; j < q; ++j) {
            Lanes sum{};
            for (std::size_t r = j; r < q; ++r) sum += a[lower(i, r)] * factor[r * q + j];
            al[i * q + j] = sum;
        }
    }
    Lanes det = Lanes{} + 1.0;
    for (std::size_t i = 0; i < q; ++i) {
        for (std::size_t j = 0; j <= i; ++j) {
            Lanes sum{};
            for (std::size_t r = i; r < q; ++r) sum += factor[r * q + i] * al[r * q + j];
            if (i == j) sum += 1.0;
            for (std::size_t r = 0; r < j; ++r) sum -= m[i * q + r] * m[j * q + r];
            if (i == j) {
                det *= sum;
                for (std::size_t l = 0; l < n_lanes; ++l) sum[l] = std::sqrt(sum[l]);
                m[i * q + i] = sum;
            } else {
                m[i * q + j] = sum / m[j * q + j];
            }
        }
    }
    // H solves H C' = L row by row, C the factor of M.
    for (std::size_t i = 0; i < q; ++i) {
        for (std::size_t j = 0; j < q; ++j) {
            Lanes sum = Lanes{} + (j <= i ? factor[i * q + j] : 0.0);
            for (std::size_t r = 0; r < j; ++r) sum -= h[i * q + r] * m[j * q + r];
            h[i * q + j] = sum / m[j * q + j];
        }
    }
    for (std::size_t i = 0; i < q; ++i) {
        for (std::size_t j = 0; j <= i; ++j) {
            Lanes sum{};
            for (std::size_t r = 0; r < q; ++r) sum += h[i * q + r] * h[j * q + r];
            n[lower(i, j)] = sum;
        }
    }
    double log_det = 0;
    for (std::size_t l = 0; l < n_lanes; ++l) log_det += std::log(det[l]);
    return log_det;
}

// N as above; K = A - A N A; F = B - A N B; products -= B'N B.
double solve_blocks(const PeopleWork& work, const Lanes* people, const double* factor,
                    Lanes* solved, Lanes* products, Lanes* scratch) {
    const auto q = work.q, width = work.p + 1, tri = q * (q + 1) / 2;
    Lanes* an = scratch + 3 * q * q;  // A N, q x q
    Lanes* nb = an + q * q;           // N B, q x width
    double log_det = 0;
    for (std::size_t block = 0; block < work.n_blocks; ++block) {
        const Lanes* a = people + block * work.stride;
        const Lanes* b = a + tri;
        Lanes* n = solved + block * work.solved_stride;
        Lanes* k = n + tri;
        Lanes* f = k + tri;
        log_det += relative_inverse(q, a, factor, scratch, n);
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
    return log_det;
}

struct DerivativeWork {
    std::size_t q, p, n_blocks, solved_stride;
    bool reml;
    const Pair* pairs;
    std::size_t n_pairs;
    const double* coefficients;  // of [X y]: -beta, then 1
    const double* inverse;       // C, p x p
};

// The sums over people, one after the other: trace (m), square (m), trace_second (m(m+1)/2),
// square_second (m(m+1)/2), v (m x p), S (m x p(p+1)/2).
void add_derivatives(const DerivativeWork& work, const Lanes* solved, Lanes* sums, Lanes* scratch) {
    const auto q = work.q, p = work.p, width = p + 1, tri = q * (q + 1) / 2, m = work.n_pairs;
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
    for (std::size_t block = 0; block < work.n_blocks; ++block) {
        const Lanes* k = solved + block * work.solved_stride + tri;
        const Lanes* f = k + tri;
        for (std::size_t i = 0; i < q; ++i) {
            Lanes sum{};
            for (std::size_t c = 0; c < width; ++c) sum += f[i * width + c] * work.coefficients[c];
            e[i] = sum;
        }
        for (std::size_t i = 0; i < tri; ++i) big[i] = k[i];
        if (work.reml) {
            for (std::size_t i = 0; i < q; ++i) {
                for (std::size_t c = 0; c < p; ++c) {
                    Lanes sum{};
                    for (std::size_t d = 0; d < p; ++d) {
                        sum += f[i * width + d] * work.inverse[d * p + c];
                    }
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

MixedCriterion::MixedCriterion(const MixedStatistics& statistics, Criterion criterion)
    : at_(statistics),
      criterion_(criterion),
      degrees_(static_cast<double>(statistics.n) -
               (criterion == Criterion::reml ? static_cast<double>(statistics.p) : 0.0)),
      pairs_(pairs_of(statistics.q)),
      solved_stride_(statistics.q * (statistics.q + 1) + statistics.q * (statistics.p + 1)) {
    solved_.resize(at_.n_blocks() * solved_stride_);
}

Evaluation MixedCriterion::value(const std::vector<double>& factor) {
    Evaluation out;
    std::vector<double> products((at_.p + 1) * (at_.p + 2) / 2);
    double log_det = at_.log_det_residual;
    if (at_.q > 0) solve_people(factor, log_det, products.data());
    solve_fixed(log_det, products, out);
    return out;
}

void MixedCriterion::solve_people(const std::vector<double>& factor, double& log_det,
                                  double* products) {
    const auto q = at_.q, width = at_.p + 1;
    std::vector<Lanes> sums(width * (width + 1) / 2, Lanes{});
    std::vector<Lanes> scratch(4 * q * q + q * width);
    log_det +=
        solve_blocks({q, at_.p, at_.n_blocks(), at_.stride(), solved_stride_}, at_.people.data(),
                     factor.data(), solved_.data(), sums.data(), scratch.data());
    for (std::size_t i = 0; i < sums.size(); ++i) products[i] = sum_of(sums[i]);
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
    const auto p = at_.p, m = pairs_.size(), half = m * (m + 1) / 2, tri_p = p * (p + 1) / 2;
    std::vector<double> sums(2 * m + 2 * half + m * p + m * tri_p);
    sum_derivatives(out, sums.data());
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

void MixedCriterion::sum_derivatives(const Evaluation& at, double* out) const {
    const auto q = at_.q, p = at_.p, m = pairs_.size();
    std::vector<double> coefficients(p + 1, 1.0);
    for (std::size_t j = 0; j < p; ++j) coefficients[j] = -at.beta[j];
    const DerivativeWork work{q,
                              p,
                              at_.n_blocks(),
                              solved_stride_,
                              criterion_ == Criterion::reml,
                              pairs_.data(),
                              m,
                              coefficients.data(),
                              at.beta_inverse.data()};
    std::vector<Lanes> sums(2 * m + m * (m + 1) + m * p + m * (p * (p + 1) / 2), Lanes{});
    std::vector<Lanes> scratch(q + q * p + q * (q + 1));
    add_derivatives(work, solved_.data(), sums.data(), scratch.data());
    for (std::size_t i = 0; i < sums.size(); ++i) out[i] = sum_of(sums[i]);
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
        const Lanes* n = solved_.data() + (g / n_lanes) * solved_stride_;
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
