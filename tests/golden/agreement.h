#pragma once
// How near are our numbers to those of an independent program?
//
// Each golden test says so through agree(); the same call is the assertion and, when the
// environment variable EVENKEEL_AGREEMENT names a file, a line of it. agreement.py makes
// docs/methods/agreement.md from that file, so that the page cannot say other than the tests.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "exchange/csv.h"

namespace evenkeel::golden {

// The largest of |ours - theirs| / max(1, |theirs|): absolute for small numbers, relative
// for large ones. A number that only one of the two has (NaN = absent) counts as infinitely far.
class Deviation {
  public:
    void add(double ours, double theirs);
    // The same, but in units of the last figure of a number the reference rounds or that is
    // only meant relatively: |ours - theirs| / scale.
    void add_scaled(double ours, double theirs, double scale);
    [[nodiscard]] double largest() const { return largest_; }
    [[nodiscard]] std::size_t compared() const { return compared_; }

  private:
    double largest_ = 0;
    std::size_t compared_ = 0;
};

// Expects that something was compared and deviation <= tolerance. `method` as its page in
// docs/methods is called ("meta-analysis: REML"), `dataset` with its case.
void agree(std::string_view method, std::string_view dataset, const Deviation&, double tolerance);

// The same for one number, found by the caller. A deviation that is no number does not agree.
void agree(std::string_view method, std::string_view dataset, double deviation, double tolerance);

// A file of the reference: from tests/golden/data, or else from the folder EVENKEEL_REFERENCE names
// (default ../shared/reference beside the checkout); nullopt where it is in neither. `path` such as
// "evidence/out/pairwise.csv". Notes in the agreement file that the run was not whole.
std::optional<std::string> reference_file(std::string_view path);

// A CSV file, wherever it stands; a test failure when it cannot be read.
exchange::CsvTable read_table(const std::string& path);

// The number of a cell; NaN when it is missing.
double number(const exchange::CsvTable&, std::size_t row, std::string_view column);
// The text of a cell; empty when it is missing.
std::string text(const exchange::CsvTable&, std::size_t row, std::string_view column);

}  // namespace evenkeel::golden

// Declares `path`, or ends the test as skipped, saying which file is absent.
#define REFERENCE_OR_SKIP(path, name)                                                            \
    const auto path##_found = ::evenkeel::golden::reference_file(name);                          \
    if (!path##_found) GTEST_SKIP() << name << " is absent: set EVENKEEL_REFERENCE to its root"; \
    const std::string& path = *path##_found
