// Goal: whatever happened, everything derived can be derived again to the same bytes.
// Method: a random history of 500 commands and timers (seed printed on failure), then
// `rebuild`, then `rebuild` over emptied projections.

#include "store/detail/keeper_fixture.h"
#include "store/detail/record_file.h"

namespace evenkeel::store {
namespace {

using namespace std::chrono_literals;
using care::Role;

class KeeperHistory : public KeeperFixture {
  public:
    std::size_t below(std::size_t n) { return static_cast<std::size_t>(draws.next() % n); }
    int rating() { return static_cast<int>(below(5)); }

    record::Body something(Role& role) {
        role = Role::client;
        const auto state = must(keeper->person(person));
        switch (below(10)) {
            case 0:
            case 1:
                return answers(static_cast<int>(below(4)), static_cast<int>(below(3)));
            case 2:
                return practice::CheckIn{.hard = true};
            case 3:
                if (state.days.empty()) return practice::ContactRequest{.text = "Call me."};
                return practice::HardDayAnswer{.about = state.days.back().entry,
                                               .thoughts = below(2) == 0
                                                               ? practice::Thoughts::yes_or_unsure
                                                               : practice::Thoughts::no};
            case 4: {
                care::SafetyPlan plan;
                plan.parts.signs = {"sign " + std::to_string(below(1000))};
                return plan;
            }
            case 5:
                role = Role::therapist;
                return care::MeetingPlanned{.at = clock.at + 24h * below(20)};
            case 6:
                role = Role::therapist;
                if (state.meetings.empty()) return care::MeetingPlanned{.at = clock.at};
                return care::MeetingOutcome{
                    .meeting = state.meetings[below(state.meetings.size())].id,
                    .outcome = below(2) == 0 ? care::Outcome::missed : care::Outcome::attended};
            case 7:
                if (auto step = step_of_a_signal(state)) {
                    role = Role::therapist;
                    return *step;
                }
                [[fallthrough]];
            default:
                return practice::CheckIn{.mood = rating(),
                                         .sleep_hours = 0.5 * rating(),
                                         .text = "word " + std::to_string(below(1000))};
        }
    }

    std::optional<record::Body> step_of_a_signal(const record::PersonState& state) {
        std::vector<Id> open;
        for (const auto& each : state.signals) {
            if (each.open()) open.push_back(each.raised.signal);
        }
        if (open.empty()) return std::nullopt;
        const Id signal = open[below(open.size())];
        switch (below(3)) {
            case 0:
                return care::SignalSeen{.signal = signal};
            case 1:
                return care::SignalAction{.signal = signal, .text = "Called."};
            default:
                return care::SignalClosed{.signal = signal, .text = "Spoke."};
        }
    }

    void one_step() {
        Role role = Role::client;
        auto sent = command(role, something(role), person);
        sent.author = {role == Role::client ? person : therapist, role};
        sent.effective_at -= std::chrono::minutes{below(3000)};  // phones were offline
        if (std::holds_alternative<practice::CheckIn>(sent.body) && below(5) == 0) {
            const auto state = must(keeper->person(person));
            if (!state.days.empty()) {
                sent.supersedes = state.days[below(state.days.size())].entry;
                if (below(2) == 0) sent.body = practice::Withdrawal{};
            }
        }
        must(keeper->write(sent, audit()));
        clock.at += std::chrono::minutes{below(1500)};
        if (below(3) == 0) must(keeper->work_off());
    }

    std::vector<NumberPoint> moods() {
        std::vector<NumberPoint> out;
        must(store->read([&](Reading& reading) -> Status {
            TRY(out, numbers_of(reading, person, "mood"));
            return Done{};
        }));
        return out;
    }

    const std::uint64_t seed = SystemRandom{}.next();
    SeededRandom draws{seed};
};

TEST_F(KeeperHistory, RebuildGivesTheSameBytesAfterFiveHundredCommands) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    for (int i = 0; i < 500; ++i) one_step();
    const auto before = standing(person);
    const auto organisation = standing(organisation_stream());
    const auto numbers = moods();
    EXPECT_FALSE(numbers.empty());
    EXPECT_TRUE(must(keeper->rebuild()).empty());
    expect_same(standing(person), before);

    keeper.reset();
    store.reset();
    {
        auto connection =
            must(detail::Connection::open(record(), detail::Connection::Access::read_write));
        must(
            connection->script("DELETE FROM states; DELETE FROM relations; DELETE FROM signals; "
                               "DELETE FROM dues; DELETE FROM numbers"));
    }
    open();
    open_keeper();
    EXPECT_EQ(must(keeper->rebuild()).size(), 2u);
    expect_same(standing(person), before);
    expect_same(standing(organisation_stream()), organisation);
    EXPECT_EQ(moods(), numbers);
    EXPECT_TRUE(must(keeper->rebuild()).empty());
    expect_whole_chains();
}

}  // namespace
}  // namespace evenkeel::store
