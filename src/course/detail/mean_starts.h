#pragma once
// Where can the last segment begin, when the mean changes? The starts that can still be best.
//
// Of two starts s < u, s is the cheaper one exactly for the means in an interval around the mean of
// the values between them. So s is worth keeping only for means inside its intervals with all later
// starts (low to high), and u only for means outside its intervals with all earlier ones (of which
// one connected stretch is remembered, its hole). PELT's rule asks only that the first interval has
// a width. With MBIC an earlier start pays more for its length, most at first: the hole is narrower
// by that. Source: Maidstone et al. (2017), Stat Comput 27:519-533.

#include <array>
#include <cstddef>
#include <span>
#include <vector>

namespace evenkeel::course::detail {

class MeanStarts {
  public:
    // Sums of the first i values and of their squares, i from 0. `log_lengths`: the logarithm of
    // each length that MBIC charges, or empty. They must outlive this.
    MeanStarts(std::span<const double> sums, std::span<const double> squares,
               std::span<const double> log_lengths, std::size_t min_length);

    // `before`: the best total up to u with the price of a change. Starts enter in rising order.
    void enter(std::size_t u, double before);

    struct Best {
        std::size_t start = 0;
        double total = 0;  // infinite where nothing has entered
    };
    [[nodiscard]] Best best(std::size_t t);

  private:
    // One list of numbers for each, so that several starts are weighed at once.
    enum Field : std::size_t {
        at,
        sum,
        base,  // total before it, less the squares before it
        low,
        high,
        hole_low,
        hole_high,
        n_kept_fields,
        // Of the start that enters: what an earlier one leaves it, and whether that one stays.
        cover_low = n_kept_fields,
        cover_high,
        stays,
        charge,  // for the length
        n_fields
    };
    double* list(Field field) { return values_.data() + field * capacity_; }
    void make_room();
    void charge_for(double from, std::size_t added);

    std::span<const double> sums_, squares_, log_lengths_;
    std::size_t min_length_;
    double slack_;
    std::size_t n_ = 0, capacity_ = 0;
    std::vector<double> values_;
};

}  // namespace evenkeel::course::detail
