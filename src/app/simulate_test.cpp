// Goal: the tables of `simulate` are the same for the same seed, hold no truth, and can be
// scored by `measure score`'s rules.

#include "app/detail/call.h"
#include "exchange/csv.h"

namespace evenkeel::app {
namespace {

// Where the knowledge is found.
Said run_with(const std::vector<std::string>& arguments) {
    return call(arguments, std::filesystem::path{EVENKEEL_SOURCE_DIR} / "build" / "evenkeel");
}

TEST(Simulate, GivesTheSameBytesForTheSameSeedAndOthersForAnother) {
    for (const auto* what : {"people", "cohort", "service"}) {
        const auto with = [&](const std::string& seed) {
            std::vector<std::string> words{"simulate", what,    "--n",    "4", "--weeks",
                                           "9",        "--csv", "--seed", seed};
            if (std::string{what} == "service") {
                words.insert(words.end(), {"--knowledge", EVENKEEL_SOURCE_DIR "/knowledge"});
            }
            return run_with(words);
        };
        const auto first = with("7");
        ASSERT_EQ(first.code, 0) << first.err;
        EXPECT_EQ(first.out, with("7").out);
        EXPECT_NE(first.out, with("8").out);
    }
}

TEST(Simulate, ACohortHasOneRowForEachQuestionnaireWithAllItsItems) {
    const auto said = run_with({"simulate", "cohort", "--n", "6", "--weeks", "8", "--csv"});
    ASSERT_EQ(said.code, 0) << said.err;
    const auto table = exchange::parse_csv(said.out);
    ASSERT_TRUE(table.ok());
    const auto measure = table.value().column("measure");
    const auto ninth = table.value().column("item_9");
    ASSERT_TRUE(measure && ninth);
    EXPECT_FALSE(table.value().column("theta"));
    EXPECT_GT(table.value().n_rows(), 30U);
    for (std::size_t row = 0; row < table.value().n_rows(); ++row) {
        EXPECT_EQ(table.value().cell(row, *measure) == "phq-9",
                  table.value().cell(row, *ninth).has_value());
    }
}

TEST(Simulate, TheRecordOfAServiceHoldsSignalsAndTheirClosing) {
    const auto said = run_with({"simulate", "service", "--n", "12", "--weeks", "16", "--csv",
                                "--knowledge", EVENKEEL_SOURCE_DIR "/knowledge"});
    ASSERT_EQ(said.code, 0) << said.err;
    EXPECT_NE(said.out.find("signal_raised"), std::string::npos);
    EXPECT_NE(said.out.find("signal_closed"), std::string::npos);
    EXPECT_EQ(said.out.find("theta"), std::string::npos);
}

TEST(Simulate, RefusesADayThatIsNone) {
    const auto said = run_with({"simulate", "people", "--start", "05.01.2026"});
    EXPECT_EQ(said.code, 3);
    EXPECT_NE(said.err.find("--start"), std::string::npos);
}

}  // namespace
}  // namespace evenkeel::app
