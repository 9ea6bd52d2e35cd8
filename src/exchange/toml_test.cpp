// Goal: a settings file reads like the same JSON, and a slip is named by line and column.

#include "exchange/toml.h"

#include <gtest/gtest.h>

namespace evenkeel::exchange {
namespace {

TEST(Toml, ReadsTablesListsNumbersAndDays) {
    const auto read = parse_toml(
        "name = \"North\"\nholidays = [2026-12-25]\nn = 3\nx = 1.5\nyes = true\n"
        "[[hours]]\nweekday = \"mon\"\n");
    ASSERT_TRUE(read.ok()) << read.error().message;
    EXPECT_EQ(*read.value().find("name")->text(), "North");
    EXPECT_EQ(*read.value().find("holidays")->list()->at(0).text(), "2026-12-25");
    EXPECT_EQ(read.value().find("n")->number(), 3.0);
    EXPECT_EQ(read.value().find("x")->number(), 1.5);
    EXPECT_EQ(*read.value().find("hours")->list()->at(0).find("weekday")->text(), "mon");
}

TEST(Toml, NamesLineAndColumnOfASlip) {
    const auto read = parse_toml("name = \"North\"\nzone = Europe/London\n");
    ASSERT_FALSE(read.ok());
    EXPECT_EQ(read.error().where.substr(0, 2), "2:");
}

TEST(Toml, GivesTextBackAsItWasWritten) {
    const auto read = parse_toml("a = \"\xc3\xa9 ~41 ~~ \xe2\x82\xac\"\n\"k\xc3\xa9\" = 1\n");
    ASSERT_TRUE(read.ok());
    EXPECT_EQ(*read.value().find("a")->text(), "\xc3\xa9 ~41 ~~ \xe2\x82\xac");
    EXPECT_NE(read.value().find("k\xc3\xa9"), nullptr);
    EXPECT_FALSE(parse_toml("a = \"\xff\"\n").ok());
}

TEST(Toml, TakesLettersBeyondAsciiInQuotesAndCommentsOnly) {
    EXPECT_TRUE(parse_toml("# \xce\xba\na = \"\xce\xba \\\" \xce\xba\"\nb = '\xce\xba'\n").ok());
    EXPECT_TRUE(parse_toml("a = \"\"\"\n\xce\xba\n\"\"\"\nb = \"\" # \xce\xba\n").ok());
    for (const char* bad : {"\n\xce\xba\n", "a\n\xce\xba = 1\n", "a = \"x\" \xce\xba\n"}) {
        EXPECT_FALSE(parse_toml(bad).ok()) << bad;
    }
    EXPECT_EQ(parse_toml("\n\xce\xba\n").error().where, "2:1");
}

}  // namespace
}  // namespace evenkeel::exchange
