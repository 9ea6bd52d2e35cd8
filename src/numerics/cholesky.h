#pragma once
// Small symmetric systems: factor, solve, invert.
//
// Source: Golub & Van Loan (2013), Matrix Computations, sec. 4.2. For matrices of up to some tens
// of rows, stored by columns, n x n; no copies are made.

#include <cstddef>
#include <span>
#include <vector>

namespace evenkeel::numerics {

// Replaces the lower triangle of a by L with a = L L'. False, with a spoilt, when a column is a
// combination of those before it: its remainder is at most `tolerance` of its own diagonal.
bool cholesky(std::span<double> a, std::size_t n, double tolerance = 1e-11);

// x = inverse(L L') b in place, for one column.
void cholesky_solve(std::span<const double> factor, std::size_t n, std::span<double> b);

// The whole inverse of L L', symmetric.
std::vector<double> cholesky_inverse(std::span<const double> factor, std::size_t n);

// log det (L L').
double cholesky_log_determinant(std::span<const double> factor, std::size_t n);

}  // namespace evenkeel::numerics
