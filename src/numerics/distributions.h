#pragma once
// How likely is a value, and which value has a given likelihood?
//
// Source: Boost.Math 1.81, in double precision. `upper` functions give 1 - cdf without
// cancellation: p values come from them. Degrees of freedom are real and > 0; infinite ones
// give the limiting distribution. Outside the domain, or with a NaN, every function gives NaN.

namespace evenkeel::numerics {

double normal_density(double x);
double normal_log_density(double x);
double normal_cdf(double x);
double normal_upper(double x);
double normal_quantile(double p);  // -inf at 0, inf at 1

double t_cdf(double x, double df);
double t_upper(double x, double df);
double t_two_sided(double x, double df);  // P(|T| >= |x|)
double t_quantile(double p, double df);
double t_log_density(double x, double df);

double chi_squared_cdf(double x, double df);  // 0 below 0
double chi_squared_upper(double x, double df);
double chi_squared_quantile(double p, double df);
double chi_squared_log_density(double x, double df);

double f_cdf(double x, double df1, double df2);  // 0 below 0
double f_upper(double x, double df1, double df2);
double f_quantile(double p, double df1, double df2);
double f_log_density(double x, double df1, double df2);

// P(X <= x, Y <= y) for standard normal X and Y with correlation rho in [-1, 1].
// Absolute error about 1e-15. Source: Genz (2004), Stat Comput 14:251-260, sec. 2.4.
double bivariate_normal_cdf(double x, double y, double rho);

}  // namespace evenkeel::numerics
