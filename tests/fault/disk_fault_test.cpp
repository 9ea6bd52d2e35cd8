// Goal: whichever call to the disk fails, and whenever the power goes, no acknowledged
// write is lost, none is half there, and every chain still holds.
//
// Method: one script of writes is run again and again; the
// n-th call that changes the disk fails, for every n until the script ends untouched.
// Then the disk is whole again, the folder is opened and looked through.

#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>

#include "disk.h"
#include "store/detail/store_fixture.h"

namespace evenkeel::fault {
namespace {

using namespace store;

constexpr int n_people = 2;
constexpr int n_writes = 5;

struct Attempt {
    Id person;
    StoredEntry entry;
    bool acknowledged = false;
};

// An entry and all that goes with it, as one write of the service does.
Status write_together(Writing& writing, const Attempt& attempt) {
    const StoredEntry& entry = attempt.entry;
    TRY(const auto before, writing.entries(attempt.person));
    TRY(const auto seq, writing.append(entry));
    Projection projection{.state = StoredState{seq, "state " + std::to_string(seq)}};
    for (const auto& each : before) {
        projection.signals.push_back({derived_id(each.id, "signal"), attempt.person, "safety",
                                      "now", "raised", Id{}, 0, noon, noon});
    }
    projection.signals.push_back({derived_id(entry.id, "signal"), attempt.person, "safety", "now",
                                  "raised", Id{}, 0, noon, noon});
    projection.dues.push_back({attempt.person, "escalate", entry.id, noon});
    CHECK_OK(writing.put_projection(attempt.person, projection));
    CHECK_OK(writing.append_numbers(attempt.person, "mood", {{noon, static_cast<double>(seq)}}));
    return writing.audit({noon, attempt.person, attempt.person, "write", "allowed", {}});
}

class Script {
  public:
    Script(const std::filesystem::path& folder, int n) : folder_(folder) {
        for (int i = 0; i < n_people; ++i) people_.push_back(new_id(noon, random_));
        for (int i = 0; i < n; ++i) {
            const Id& person = people_[static_cast<std::size_t>(i % n_people)];
            StoredEntry entry{.id = new_id(noon, random_),
                              .stream = person,
                              .seq = 0,
                              .kind = "answers",
                              .version = 1,
                              .effective_at = noon,
                              .recorded_at = noon,
                              .author = person,
                              .supersedes = {},
                              .body = "body " + std::to_string(i) + std::string(600, '.')};
            attempts_.push_back({person, std::move(entry), false});
        }
    }

    // As far as the disk lets it.
    void run() {
        auto vault = Vault::open(folder_);
        if (!vault.ok()) return;
        auto store = Store::open(folder_, *vault.value());
        if (!store.ok()) return;
        for (Attempt& attempt : attempts_) {
            attempt.acknowledged =
                store.value()
                    ->write([&](Writing& writing) { return write_together(writing, attempt); })
                    .ok();
        }
    }

    // On the disk that is whole again.
    void look_through() {
        auto vault = must(Vault::open(folder_));
        auto store = must(Store::open(folder_, *vault));
        const auto report = must(store->verify());
        for (const auto& problem : report.problems) {
            ADD_FAILURE() << problem.where << " " << problem.message;
        }
        must(store->read([&](Reading& reading) -> Status {
            std::size_t total = 0;
            for (const Attempt& attempt : attempts_) total += look_at(reading, attempt);
            EXPECT_EQ(report.entries, total);
            EXPECT_EQ(report.audit_rows, total);
            EXPECT_EQ(must(reading.open_signals()).size(), total);
            for (const Id& person : people_) look_at_person(reading, person);
            return Done{};
        }));
        // And it goes on.
        const Attempt more{people_.front(), next_entry(), false};
        must(store->write([&](Writing& writing) { return write_together(writing, more); }));
        EXPECT_TRUE(must(store->verify()).problems.empty());
    }

    [[nodiscard]] bool all_acknowledged() const {
        return std::ranges::all_of(attempts_, &Attempt::acknowledged);
    }

  private:
    static std::size_t look_at(Reading& reading, const Attempt& attempt) {
        const auto found = must(reading.entry(attempt.entry.id));
        const auto signal = must(reading.signal(derived_id(attempt.entry.id, "signal")));
        if (attempt.acknowledged) {
            EXPECT_TRUE(found.has_value()) << "an acknowledged write is lost";
        }
        EXPECT_EQ(found.has_value(), signal.has_value()) << "a write is half there";
        if (!found) return 0;
        EXPECT_EQ(found->body, attempt.entry.body);
        return 1;
    }

    static void look_at_person(Reading& reading, const Id& person) {
        const auto streams = must(reading.streams());
        if (std::ranges::find(streams, person) == streams.end()) return;
        const auto entries = must(reading.entries(person));
        EXPECT_EQ(must(reading.state(person))->seq, entries.size());
        EXPECT_EQ(must(reading.numbers(person, "mood")).size(), entries.size());
    }

    StoredEntry next_entry() {
        StoredEntry entry = attempts_.front().entry;
        entry.id = new_id(noon, random_);
        return entry;
    }

    std::filesystem::path folder_;
    SeededRandom random_{11};
    std::vector<Id> people_;
    std::vector<Attempt> attempts_;
};

enum class Begin { in_an_empty_folder, in_a_folder_with_a_record };

// A folder as the service leaves it after its first start; made once, then copied.
const std::filesystem::path& folder_with_a_record() {
    static const TestFolder made{in_memory};
    static const bool ready = [] {
        auto vault = must(Vault::open(made.path()));
        must(Store::open(made.path(), *vault));
        return true;
    }();
    EXPECT_TRUE(ready);
    return made.path();
}

// Runs the script with a fault at call 1, 2, 3 ... until no fault happened any more.
template <class AfterTheFault>
void for_every_call(Begin begin, Failing failing, const AfterTheFault& after) {
    const auto& ready = folder_with_a_record();
    std::uint64_t n = 1;
    for (;; ++n) {
        SCOPED_TRACE("call " + std::to_string(n));
        TestFolder folder{in_memory};
        if (begin == Begin::in_a_folder_with_a_record) {
            std::filesystem::copy(ready, folder.path());
        }
        Disk disk;
        Script script{folder.path(), begin == Begin::in_an_empty_folder ? 1 : n_writes};
        disk.arm(failing, n);
        script.run();
        const bool failed = disk.has_failed();
        EXPECT_TRUE(failed || script.all_acknowledged());
        after(disk);
        script.look_through();
        if (!failed || testing::Test::HasFailure()) break;
    }
    std::cout << "the script makes " << n - 1 << " calls\n";
    EXPECT_GT(n, 50u);
}

class AnyCall : public testing::TestWithParam<Begin> {};

TEST_P(AnyCall, MayFailOnce) {
    for_every_call(GetParam(), Failing::once, [](Disk& disk) { disk.arm(Failing::never, 0); });
}

// The process stops writing at one moment and everything before it is there.
TEST_P(AnyCall, MayBeTheLastThatReachesTheDisk) {
    for_every_call(GetParam(), Failing::from_then_on,
                   [](Disk& disk) { disk.arm(Failing::never, 0); });
}

TEST_P(AnyCall, MayLoseThePowerAndAllThatWasNotSynced) {
    SeededRandom random{1};
    for_every_call(GetParam(), Failing::from_then_on, [&](Disk& disk) {
        disk.come_back_from_power_loss(Disk::Unsynced::gone, random);
    });
}

TEST_P(AnyCall, MayLoseThePowerAndTearWhatWasNotSynced) {
    const std::uint64_t seed = std::random_device{}();
    std::cout << "seed " << seed << "\n";
    SeededRandom random{seed};
    for_every_call(GetParam(), Failing::from_then_on, [&](Disk& disk) {
        disk.come_back_from_power_loss(Disk::Unsynced::torn, random);
    });
}

INSTANTIATE_TEST_SUITE_P(DiskFault, AnyCall,
                         testing::Values(Begin::in_an_empty_folder,
                                         Begin::in_a_folder_with_a_record),
                         [](const auto& which) {
                             return which.param == Begin::in_an_empty_folder ? "FromAnEmptyFolder"
                                                                             : "WithARecord";
                         });

}  // namespace
}  // namespace evenkeel::fault
