// Goal: ids, instants, days and zones behave at their edges; every illegal text is
// refused rather than read as something else.

#include <gtest/gtest.h>

#include "base/clock.h"
#include "base/id.h"
#include "base/random.h"
#include "base/result.h"

namespace evenkeel {
namespace {

using std::chrono::minutes;

TEST(Id, ReadsBackWhatItWrites) {
    SeededRandom random{7};
    for (int i = 0; i < 1000; ++i) {
        const Id id = new_id(Instant{Milliseconds{1'700'000'000'000 + i}}, random);
        EXPECT_EQ(parse_id(to_string(id)), id);
        EXPECT_EQ(to_string(id)[14], '7');
    }
}

TEST(Id, LaterIdsSortLater) {
    SeededRandom random{7};
    const Id early = new_id(Instant{Milliseconds{1'700'000'000'000}}, random);
    const Id late = new_id(Instant{Milliseconds{1'700'000'000'001}}, random);
    EXPECT_LT(early, late);
}

TEST(Id, RefusesEveryOtherForm) {
    for (const char* bad :
         {"", "018f3c2e7b1a7c3d9e4f0123456789ab", "018f3c2e-7b1a-7c3d-9e4f-0123456789a",
          "018f3c2e-7b1a-7c3d-9e4f-0123456789ag", "018f3c2e_7b1a-7c3d-9e4f-0123456789ab"}) {
        EXPECT_FALSE(parse_id(bad)) << bad;
    }
}

TEST(Id, DerivedIdsAreRepeatableAndDistinct) {
    SeededRandom random{7};
    const Id parent = new_id(Instant{Milliseconds{1'700'000'000'000}}, random);
    EXPECT_EQ(derived_id(parent, "signal", 0), derived_id(parent, "signal", 0));
    EXPECT_NE(derived_id(parent, "signal", 0), derived_id(parent, "signal", 1));
    EXPECT_NE(derived_id(parent, "signal", 0), derived_id(parent, "score", 0));
}

TEST(Time, InstantsReadBackAndTakeOffsets) {
    const auto instant = parse_instant("2026-11-24T07:14:03.120Z");
    ASSERT_TRUE(instant);
    EXPECT_EQ(to_string(*instant), "2026-11-24T07:14:03.120Z");
    EXPECT_EQ(parse_instant("2026-11-24T08:14:03.12+01:00"), instant);
    EXPECT_EQ(parse_instant("2026-11-24T02:14:03.120000-05:00"), instant);
}

TEST(Time, RefusesInstantsThatDoNotExist) {
    for (const char* bad : {"2026-02-30T00:00:00Z", "2026-11-24", "2026-11-24T25:00:00Z",
                            "2026-11-24T07:14:03", "2026-11-24T07:14Z", "0001-01-01T00:00:00Z",
                            "2026-11-24T07:14:03.Z", "2026-11-24T07:14:03ZZ"}) {
        EXPECT_FALSE(parse_instant(bad)) << bad;
    }
}

TEST(Time, LocalDaysFollowTheZone) {
    const auto late = *parse_instant("2026-11-24T23:30:00Z");
    EXPECT_EQ(to_string(local_day(late, "Europe/Berlin")), "2026-11-25");
    EXPECT_EQ(to_string(local_day(late, "America/New_York")), "2026-11-24");
    EXPECT_EQ(local_time(late, "Europe/Berlin"), minutes{30});
}

TEST(Time, AnHourThatDaylightSavingSkipsMovesForward) {
    const auto day = *parse_day("2026-03-29");
    EXPECT_EQ(to_string(instant_of(day, minutes{150}, "Europe/Berlin")),
              "2026-03-29T01:30:00.000Z");  // 03:30 summer time
}

TEST(Time, AnHourThatHappensTwiceIsTheFirst) {
    const auto day = *parse_day("2026-10-25");
    EXPECT_EQ(to_string(instant_of(day, minutes{150}, "Europe/Berlin")),
              "2026-10-25T00:30:00.000Z");
}

TEST(Time, UnknownZonesAreSaidToBeUnknown) {
    EXPECT_TRUE(is_zone("Asia/Kathmandu"));
    EXPECT_FALSE(is_zone("Middle/Earth"));
    EXPECT_FALSE(is_zone(""));
}

TEST(Time, WeeksBeginOnMonday) {
    EXPECT_EQ(weekday_index(*parse_day("2026-11-23")), 0u);
    EXPECT_EQ(weekday_index(*parse_day("2026-11-29")), 6u);
}

Result<int> half(int x) {
    if (x % 2 != 0) return Error{Fault::invalid_input, "/x", "Give an even number.", {}};
    return x / 2;
}

Result<int> quarter(int x) {
    TRY(const int h, half(x));
    return half(h);
}

TEST(Result, TryHandsTheErrorOn) {
    EXPECT_EQ(quarter(8).value(), 2);
    EXPECT_EQ(quarter(6).error().where, "/x");
}

TEST(Result, ReadingTheValueOfAnErrorIsABrokenInvariant) {
    EXPECT_THROW((void)half(1).value(), BrokenInvariant);
}

}  // namespace
}  // namespace evenkeel
