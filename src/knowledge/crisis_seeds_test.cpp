// Goal: the numbers that ship hold together, and a country without an entry gets none
// rather than another country's.

#include "knowledge/crisis_seeds.h"

#include <gtest/gtest.h>

namespace evenkeel::knowledge {
namespace {

const std::filesystem::path shipped = std::filesystem::path(EVENKEEL_SOURCE_DIR) / "knowledge";

TEST(CrisisSeeds, EachCountryGetsItsOwnNumbers) {
    const auto british = crisis_seeds(shipped, "GB");
    ASSERT_TRUE(british.ok()) << british.error().message;
    ASSERT_EQ(british.value().size(), 3u);
    EXPECT_EQ(british.value().front().number, "999");
    EXPECT_EQ(crisis_seeds(shipped, "DE").value().front().number, "112");
    EXPECT_EQ(crisis_seeds(shipped, "US").value().front().number, "988");
}

TEST(CrisisSeeds, AnUnlistedCountryGetsNone) {
    EXPECT_TRUE(crisis_seeds(shipped, "XX").value().empty());
    EXPECT_TRUE(crisis_seeds(shipped, "").value().empty());
}

TEST(CrisisSeeds, AMissingFileIsSaidToBeMissing) {
    const auto read = crisis_seeds("/nowhere", "GB");
    ASSERT_FALSE(read.ok());
    EXPECT_EQ(read.error().fault, Fault::unavailable);
}

}  // namespace
}  // namespace evenkeel::knowledge
