#pragma once
// What does a model formula say? "bdi ~ lt * btheb + (1 + lt | id)" becomes a response, fixed
// terms in their usual order and random terms, each with its grouping column.
//
// Method: the notation of Wilkinson & Rogers (1973), Applied Statistics 22(3):392-399, with
// random terms as in Bates et al. (2015), J Stat Softw 67(1), section 2.2.
// Limits: names, log(x), log1p(x), + - : * ( ) 0 1; no powers, nesting or arithmetic on columns.

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace evenkeel::course {

enum class Transform { none, log, log1p };

// A column, perhaps transformed: month, log1p(month).
struct Variable {
    std::string column;
    Transform transform = Transform::none;
    bool operator==(const Variable&) const = default;
};

// As it stands in a formula and names a coefficient: "log1p(month)".
std::string name_of(const Variable&);

// A product of variables: positions in Formula::variables, ascending.
using Term = std::vector<std::size_t>;

struct RandomTerm {
    bool intercept = true;
    std::vector<Term> terms;
    std::string group;  // the grouping column
};

struct Formula {
    Variable response;
    std::vector<Variable> variables;  // of both parts, in order of first appearance
    bool intercept = true;
    std::vector<Term> terms;         // main effects first, then interactions by their order
    std::vector<RandomTerm> random;  // (x || g) stands as (1 | g) and (0 + x | g)

    // Every column that the formula needs, each once, grouping columns last.
    [[nodiscard]] std::vector<std::string> columns() const;
};

inline constexpr std::size_t max_formula_terms = 200;

// A name is letters, digits, "." and "_", beginning with no digit; others stand between
// backticks: `phq 9`. Fails with invalid_input; `where` is the place of the fault, in
// characters from 1, and the message says what may stand there.
Result<Formula> parse_formula(std::string_view text);

}  // namespace evenkeel::course
