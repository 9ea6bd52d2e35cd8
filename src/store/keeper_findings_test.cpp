// Goal: findings are as durable as answers: looked at once whatever ends in between, rebuilt
// to the same bytes, gone with the person, and never before what may be urgent.

#include "store/detail/keeper_fixture.h"
#include "store/erase.h"

namespace evenkeel::store {
namespace {

using namespace std::chrono_literals;

class KeeperFindings : public KeeperFixture {
  public:
    // A check-in at each noon; the clock stands at the last of them.
    void days(const Id& who, int n) {
        for (int day = 0; day < n; ++day) {
            if (day > 0) clock.at += 24h;
            practice::CheckIn body{.mood = 1 + day * 7 % 5 / 2, .sleep_hours = 6.0 + day % 3};
            must(keeper->write(command(care::Role::client, body, who), audit()));
        }
    }

    std::vector<std::string> due_kinds() {
        std::vector<std::string> out;
        must(store->read([&](Reading& reading) -> Status {
            TRY(const auto rows, reading.due(clock.at, 10));
            for (const auto& each : rows) out.push_back(each.kind);
            return Done{};
        }));
        return out;
    }

    std::size_t analyses(const Id& who) {
        const auto all = entries(who);
        return static_cast<std::size_t>(std::ranges::count(
            all, practice::FindingsComputed::kind, [](const auto& each) { return each.kind; }));
    }
};

TEST_F(KeeperFindings, ADiaryIsLookedAtOnceThoughTheServerEndsInBetween) {
    days(person, 30);
    clock.at += 18h;
    keeper.reset();
    open();
    open_keeper();
    EXPECT_EQ(must(keeper->work_off()), std::vector<Id>{person});
    const auto findings = must(keeper->person(person)).findings;
    ASSERT_EQ(findings.size(), 2u) << "of mood and of sleep";
    EXPECT_EQ(findings[0].finding.n, 30);
    keeper.reset();
    open();
    open_keeper();
    EXPECT_TRUE(must(keeper->work_off()).empty());
    EXPECT_EQ(analyses(person), 1u);
    EXPECT_EQ(must(keeper->person(person)).findings[0].finding, findings[0].finding);
    EXPECT_TRUE(must(keeper->rebuild()).empty());
    expect_whole_chains();
}

TEST_F(KeeperFindings, EscalationsAreWorkedOffBeforeDiaries) {
    days(person, 30);
    clock.at += 20h + 30min;  // the next morning, before the service opens
    const Id other = fresh();
    register_person(other);
    must(keeper->write(command(care::Role::client, answers(1, 3), other), audit()));
    clock.at += 2h;
    EXPECT_EQ(due_kinds(),
              (std::vector<std::string>{"analysis", "escalation", "findings", "diary"}));
}

TEST_F(KeeperFindings, ARefreshWritesWhatDiffersAndPassesOverTheErased) {
    const Id other = fresh(), gone = fresh();
    register_person(other);
    register_person(gone);
    const Instant start = clock.at;
    for (const Id& each : {person, other, gone}) {
        clock.at = start;
        days(each, 30);
    }
    must(erase_person(*store, *vault, {.person = gone, .reason = "asked", .at = clock.at}));
    clock.at += 18h;
    const auto first = must(keeper->refresh(2));
    EXPECT_EQ(first.people, 2u);
    EXPECT_EQ(first.changed, 2u);
    EXPECT_EQ(first.findings, 4u);
    EXPECT_EQ(must(keeper->person(other)).findings.size(), 2u);
    const auto again = must(keeper->refresh(2));
    EXPECT_EQ(again.changed, 0u);
    EXPECT_EQ(again.findings, 4u);
    EXPECT_TRUE(due_kinds().empty()) << "the diaries are done";
    EXPECT_TRUE(must(keeper->rebuild()).empty());
    expect_whole_chains();
}

}  // namespace
}  // namespace evenkeel::store
