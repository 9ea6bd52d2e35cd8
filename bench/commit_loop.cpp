#include "commit_loop.h"

#include <fmt/format.h>

#include <cmath>
#include <ctime>

#include "server_process.h"
#include "store/detail/projecting.h"
#include "store/detail/record_file.h"
#include "store/store.h"

namespace evenkeel::bench {
namespace {

using store::detail::Blob;
using store::detail::Connection;
using store::detail::Transaction;
using store::sql::Statement;
using SteadyClock = std::chrono::steady_clock;

constexpr const char* record_file = "record.db";

template <class T>
T must(Result<T> result) {
    if (!result.ok()) give_up(result.error().message);
    return std::move(result).value();
}
void must(const Status& status) {
    if (!status.ok()) give_up(status.error().message);
}

double cpu_now() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

std::size_t whole(const std::string& text) {
    return static_cast<std::size_t>(std::strtod(text.c_str(), nullptr));
}

}  // namespace

RowSizes row_sizes(const std::filesystem::path& data, store::Vault& vault) {
    const auto record = must(store::detail::open_record(data / record_file, vault));
    RowSizes sizes;
    sizes.entry = whole(must(record->single(
        "SELECT AVG(LENGTH(sealed)) FROM (SELECT sealed FROM entries WHERE kind = 'check_in' "
        "ORDER BY recorded_at DESC LIMIT 1000)")));
    sizes.state = whole(must(record->single(
        "SELECT AVG(LENGTH(sealed)) FROM states WHERE stream IN (SELECT stream FROM entries "
        "WHERE kind = 'check_in' ORDER BY recorded_at DESC LIMIT 1000)")));
    sizes.series = std::strtod(
        must(record->single("SELECT 1.0 * COUNT(*) / COUNT(DISTINCT stream) FROM numbers")).c_str(),
        nullptr);
    sizes.numbers = whole(must(record->single("SELECT AVG(LENGTH(sealed)) FROM numbers")));
    return sizes;
}

double LoopResult::per_second() const {
    return seconds > 0 ? static_cast<double>(check_ins) / seconds : 0;
}

struct CommitLoop::Open {
    std::unique_ptr<Connection> record;
    std::vector<Id> people;
    RowSizes sizes;
    std::string entry, state, numbers;
    SeededRandom random{7};
    std::vector<std::int64_t> due;
    std::int64_t seq = 1'000'000;

    void write_snapshot(const Id& person) {
        must(record->execute(Statement::put_state, person, seq, Blob{state}));
        for (int series = 0; series < std::lround(sizes.series); ++series) {
            store::Hash column{};
            column[0] = static_cast<std::uint8_t>(series);
            must(record->execute(Statement::put_numbers, person, column, std::int64_t{0},
                                 Blob{numbers}));
        }
    }

    void write_check_in() {
        const auto which = static_cast<std::size_t>(seq) % people.size();
        const Id& person = people[which];
        const Instant now{Milliseconds{seq}};
        const Id id = new_id(now, random);
        const store::Hash hash{};
        ++seq;
        must(record->execute(Statement::savepoint));
        must(record->execute(Statement::add_entry, person, seq, id, std::string_view("check_in"),
                             std::int64_t{1}, now, now, id, std::optional<Id>{}, Blob{entry},
                             hash));
        must(record->execute(Statement::put_stream_head, person, seq, hash));
        const auto entry_of_person = static_cast<std::size_t>(seq) / people.size();
        if ((entry_of_person + which) % store::detail::entries_per_snapshot == 0) {
            write_snapshot(person);
        }
        must(record->execute(Statement::drop_due, person, std::string_view("silence"), person,
                             due[which]));
        due[which] = seq;
        must(record->execute(Statement::add_due, person, std::string_view("silence"), person,
                             due[which]));
        must(record->execute(Statement::add_audit, seq, now, id, std::optional{person},
                             std::string_view("write.check_in"), std::string_view("allowed"),
                             std::optional<Blob>{}, hash));
        must(record->execute(Statement::put_audit_head, seq, hash));
        must(record->execute(Statement::release_savepoint));
    }
};

CommitLoop::CommitLoop(const std::filesystem::path& data, store::Vault& vault,
                       std::vector<Id> people, RowSizes sizes)
    : open_(std::make_unique<Open>()) {
    open_->record = must(store::detail::open_record(data / record_file, vault));
    open_->due.resize(people.size());
    open_->people = std::move(people);
    open_->sizes = sizes;
    open_->entry.assign(sizes.entry, 'e');
    open_->state.assign(sizes.state, 's');
    open_->numbers.assign(sizes.numbers, 'n');
}

CommitLoop::~CommitLoop() = default;

LoopResult CommitLoop::run(std::chrono::milliseconds time, std::size_t group) {
    LoopResult result;
    const double cpu = cpu_now();
    const auto begin = SteadyClock::now();
    while (SteadyClock::now() - begin < time) {
        auto transaction = must(Transaction::begin(*open_->record));
        for (std::size_t i = 0; i < group; ++i) open_->write_check_in();
        must(transaction.commit());
        result.check_ins += group;
        ++result.commits;
    }
    result.seconds = std::chrono::duration<double>(SteadyClock::now() - begin).count();
    result.cpu_seconds = cpu_now() - cpu;
    return result;
}

}  // namespace evenkeel::bench
