#pragma once
// Where is a function smallest, where is it zero, and did the search arrive?
//
// Sources: Brent (1973), Algorithms for Minimization without Derivatives, ch. 4 and 5;
// Nocedal & Wright (2006), Numerical Optimization, ch. 3 and 6.
// Limits: local searches. A function may give infinity or NaN outside its domain; the search
// then shortens its step.

#include <functional>
#include <span>
#include <vector>

#include "base/result.h"

namespace evenkeel::numerics {

using Function1 = std::function<double(double)>;

struct Search {
    double relative_tolerance = 1e-10;  // of x
    double absolute_tolerance = 1e-12;
    int max_iterations = 200;
};

struct Minimum1 {
    double at = 0, value = 0;
    bool converged = false;
    int iterations = 0;
};

// The smallest value between lower and upper, by golden section and parabolas. A minimum at
// an end of the interval is approached, not reached. lower < upper, both finite.
Minimum1 brent_minimum(const Function1&, double lower, double upper, Search = {1e-8, 1e-10, 200});

struct Root {
    double at = 0, value = 0;
    bool converged = false;
    int iterations = 0;
};

// A zero between lower and upper. Fails with invalid_input if the function has the same sign
// (or is NaN) at both ends.
Result<Root> brent_root(const Function1&, double lower, double upper, Search = {});

// Gives f(x) and, unless the span is empty, writes the gradient.
using Function = std::function<double(std::span<const double> x, std::span<double> gradient)>;

struct DescentOptions {
    // Arrived when every |gradient| * max(|x|, 1) / max(|f|, 1) is below this, or when f and x
    // have stopped changing to the last digits that the function has.
    double gradient_tolerance = 1e-9;
    int max_iterations = 500;
};

struct Minimum {
    std::vector<double> at, gradient;
    double value = 0;
    bool converged = false;
    int iterations = 0;
};

// Quasi-Newton descent (BFGS) from `start` with a line search that keeps the strong Wolfe
// conditions. f(start) must be finite, else `converged` is false with 0 iterations.
Minimum bfgs_minimum(const Function&, std::vector<double> start, DescentOptions = {});

// Central differences with steps of about 6e-6 * max(|x|, 1): error about 1e-10 of the scale of f.
std::vector<double> numerical_gradient(const std::function<double(std::span<const double>)>&,
                                       std::span<const double> at);

// Second derivatives as a symmetric matrix by columns, n x n, from central differences of
// function values with Richardson's extrapolation: about 8 digits.
std::vector<double> numerical_hessian(const std::function<double(std::span<const double>)>&,
                                      std::span<const double> at);

}  // namespace evenkeel::numerics
