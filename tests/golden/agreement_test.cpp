// Goal: a deviation cannot hide: neither behind an absent number, nor behind an empty comparison.
#include "agreement.h"

#include <gtest/gtest.h>

#include <cmath>

namespace evenkeel::golden {
namespace {

TEST(Deviation, IsAbsoluteForSmallNumbersAndRelativeForLargeOnes) {
    Deviation small, large;
    small.add(0.5, 0.25);
    large.add(1010, 1000);
    EXPECT_DOUBLE_EQ(small.largest(), 0.25);
    EXPECT_DOUBLE_EQ(large.largest(), 0.01);
}

TEST(Deviation, IsInfiniteWhereOnlyOneOfTwoNumbersIsThere) {
    Deviation both, one;
    both.add(std::nan(""), std::nan(""));
    one.add(1, std::nan(""));
    one.add(1, 1);
    EXPECT_EQ(both.largest(), 0);
    EXPECT_TRUE(std::isinf(one.largest()));
    EXPECT_EQ(one.compared(), 2U);
}

}  // namespace
}  // namespace evenkeel::golden
