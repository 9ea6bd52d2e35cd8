// Goal: `measure score` gives, for real answers of 5,735 people, the totals that an independent
// program gives, row for row. Method: the command itself, on the public file; exact equality.
#include <gtest/gtest.h>

#include <sstream>

#include "agreement.h"
#include "app/command.h"

namespace evenkeel {
namespace {

const std::string folder = std::string(EVENKEEL_SOURCE_DIR) + "/tests/golden/data/psychometrics/";
const std::string items = folder + "data/nhanes_2015_2016_phq9_items.csv";
const std::string totals = folder + "results/score_nhanes_phq9_totals.csv";

exchange::CsvTable score(const std::vector<std::string>& more) {
    std::vector<std::string> call{
        "measure", "score", items,         "--id",
        "seqn",    "--csv", "--knowledge", std::string(EVENKEEL_SOURCE_DIR) + "/knowledge"};
    call.insert(call.end(), more.begin(), more.end());
    std::ostringstream out, err;
    EXPECT_EQ(app::run(call, {"evenkeel", out, err, false}), 0) << err.str();
    return exchange::parse_csv(out.str()).value();
}

// Rows of both tables, by the named columns.
void expect_equal(const char* dataset, const exchange::CsvTable& ours,
                  const std::vector<std::string>& our_columns, const exchange::CsvTable& theirs,
                  const std::vector<std::string>& their_columns) {
    ASSERT_EQ(ours.n_rows(), theirs.n_rows());
    golden::Deviation deviation;
    for (std::size_t row = 0; row < ours.n_rows(); ++row) {
        for (std::size_t i = 0; i < our_columns.size(); ++i) {
            const auto our_text = golden::text(ours, row, our_columns[i]);
            ASSERT_EQ(our_text, golden::text(theirs, row, their_columns[i]))
                << our_columns[i] << ", row " << row + 1;
            deviation.add(0, 0);
        }
    }
    golden::agree("scoring", dataset, deviation, 0);
}

TEST(Nhanes, Phq9TotalsEqualTheIndependentProgramRowForRow) {
    const auto expected = golden::read_table(totals);
    ASSERT_EQ(expected.n_rows(), 5735U);
    expect_equal(
        "NHANES 2015-2016, PHQ-9", score({"--instrument", "phq-9"}),
        {"id", "total", "prorated", "missing_items", "scorable", "phq8_total", "phq8_prorated"},
        expected,
        {"seqn", "total", "prorated", "missing_items", "scorable", "phq8_total", "phq8_prorated"});
}

TEST(Nhanes, Phq8AsAnInstrumentOfItsOwnGivesTheSameTotals) {
    expect_equal("NHANES 2015-2016, PHQ-8", score({"--instrument", "phq-8"}),
                 {"id", "total", "prorated"}, golden::read_table(totals),
                 {"seqn", "phq8_total", "phq8_prorated"});
}

}  // namespace
}  // namespace evenkeel
