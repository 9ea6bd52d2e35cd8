#pragma once
// At which points, with which weights, does a sum give an integral?
//
// Source: Golub & Welsch (1969), Math Comp 23:221-230: the points are the eigenvalues of the
// Jacobi matrix of the orthogonal polynomials. A rule of n points is exact for polynomials of
// degree 2n - 1.

#include <cstddef>
#include <vector>

namespace evenkeel::numerics {

struct Quadrature {
    std::vector<double> points;  // ascending
    std::vector<double> weights;
};

// sum w f(x) ~ integral of f from `from` to `to`. n >= 1.
Quadrature gauss_legendre(std::size_t n, double from = -1, double to = 1);

// sum w f(x) ~ E f(Z) for a standard normal Z; the weights add to 1. 1 <= n <= 200.
Quadrature gauss_hermite(std::size_t n);

// n >= 2 points at equal distances from `from` to `to`, weights proportional to the standard
// normal density, adding to 1: the grid of item response models. For smooth functions that
// vanish at both ends this trapezoid rule converges faster than any power of n.
Quadrature normal_grid(std::size_t n, double from, double to);

}  // namespace evenkeel::numerics
