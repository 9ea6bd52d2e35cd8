#pragma once
// The marginal log likelihood of a graded response model, its expected tables and its first and
// second derivatives.

#include <Eigen/Core>
#include <vector>

#include "measures/detail/grid.h"
#include "numerics/workers.h"

namespace evenkeel::measures::detail {

// Where the parameters of each item stand in one vector: a, d_1, ... d_m, item by item.
struct Layout {
    explicit Layout(const std::vector<GradedItem>&);
    std::vector<std::size_t> first;
    std::size_t n = 0;
};

Eigen::VectorXd pack(const std::vector<GradedItem>&, const Layout&);
void unpack(const Eigen::VectorXd&, const Layout&, std::vector<GradedItem>&);

// Expected number of people with category x of item j at each point, as rows of Curves.
struct ExpectedTables {
    double log_likelihood = 0;
    std::vector<double> rows;
    void add(const ExpectedTables&);
};

ExpectedTables expected_tables(const Responses&, const std::vector<GradedItem>&, const Grid&,
                               const numerics::Workers&);

double log_likelihood(const Responses&, const std::vector<GradedItem>&, const Grid&,
                      const numerics::Workers&);

struct Derivatives {
    double log_likelihood = 0;
    Eigen::VectorXd gradient;
    Eigen::MatrixXd hessian;
};

Derivatives derivatives(const Responses&, const std::vector<GradedItem>&, const Grid&,
                        const numerics::Workers&);

}  // namespace evenkeel::measures::detail
