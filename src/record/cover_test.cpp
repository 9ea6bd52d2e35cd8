// Goal: a colleague stands in only where nobody else does, and never somebody who is away; every
// refusal names the field that can be changed.

#include "record/cover.h"

#include <gtest/gtest.h>

#include "base/random.h"

namespace evenkeel::record {
namespace {

using namespace std::chrono_literals;
using care::Basis;
using care::Role;

const Instant monday = *parse_instant("2026-11-23T00:00:00Z");

class Standing : public testing::Test {
  protected:
    SeededRandom random{7};
    const Id therapist = new_id(monday, random), colleague = new_id(monday, random),
             third = new_id(monday, random);
    OrganisationState organisation;
    PersonState state;
    std::vector<care::Cover> known;  // elsewhere

    void SetUp() override { state.relations = {{{therapist, Role::therapist}, monday - 48h}}; }
    // The places that are named; "" where it is allowed.
    std::string stand_in(const Id& staff, Instant since = monday, Instant until = monday + 48h) {
        const Context context{
            .now = monday,
            .instrument = {},
            .instrument_hash = {},
            .organisation = organisation,
            .managers = {},
            .covers = [this](const Id& account) -> Result<std::vector<care::Cover>> {
                std::vector<care::Cover> out;
                for (const auto& each : known) {
                    if (each.away == account || each.by == account) out.push_back(each);
                }
                return out;
            }};
        const auto done = may_stand_in(
            state, {.staff = staff, .basis = Basis::cover, .until = until}, since, context);
        std::string out;
        if (done.ok()) return out;
        EXPECT_EQ(done.error().fault, Fault::conflict);
        for (const auto& each : done.error().problems()) out += each.where;
        return out;
    }
};

TEST_F(Standing, InIsForAColleagueOnFreeDays) {
    EXPECT_EQ(stand_in(colleague), "");
    state.relations.push_back({{third, Role::therapist, Basis::cover, monday + 24h}, monday - 24h});
    EXPECT_EQ(stand_in(colleague), "/until");
    EXPECT_EQ(stand_in(colleague, monday + 24h), "") << "one ends as the other begins";
    // A cover that was ended before it began takes no days.
    state.relations.back() = {{third, Role::therapist, Basis::cover, monday - 24h}, monday + 1h};
    EXPECT_EQ(stand_in(colleague), "");
    // Nor does one in another role.
    state.relations.back() = {{third, Role::prescriber, Basis::cover, monday + 24h}, monday};
    EXPECT_EQ(stand_in(colleague), "");
}

TEST_F(Standing, InForOneselfIsRefused) {
    EXPECT_EQ(stand_in(therapist), "/staff");
    state.relations.front().until = monday;
    EXPECT_EQ(stand_in(therapist), "") << "no longer in charge";
}

TEST_F(Standing, InWhileAwayIsRefused) {
    known = {{.away = colleague, .by = third, .since = monday + 24h, .until = monday + 72h}};
    EXPECT_EQ(stand_in(colleague), "/staff");
    EXPECT_EQ(stand_in(colleague, monday, monday + 24h), "");
    EXPECT_EQ(stand_in(third), "") << "who stands in for one may stand in for another";
}

TEST_F(Standing, InACircleIsRefused) {
    known = {{.away = colleague, .by = therapist, .since = monday, .until = monday + 24h}};
    EXPECT_EQ(stand_in(colleague), "/staff/until");
    EXPECT_EQ(stand_in(third), "/until") << "whoever stands in cannot be away";
    EXPECT_EQ(stand_in(third, monday + 24h), "");
}

}  // namespace
}  // namespace evenkeel::record
