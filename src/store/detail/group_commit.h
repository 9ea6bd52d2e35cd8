#pragma once
// One thread that writes. It takes everything that waits, runs each caller's work
// inside a savepoint, and makes the whole group durable with one commit.
//
// A caller whose work fails loses only the own savepoint. When the commit fails, or
// SQLite had to roll the transaction back on a disk fault, every caller of the group
// is told so and nothing of it remains.

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "store/detail/sqlite.h"
#include "store/store.h"

namespace evenkeel::store::detail {

class GroupCommit {
  public:
    GroupCommit(std::unique_ptr<Connection>, Vault&, CommitMode);
    GroupCommit(const GroupCommit&) = delete;
    GroupCommit& operator=(const GroupCommit&) = delete;
    // Finishes what waits, then stops.
    ~GroupCommit();

    Status write(const std::function<Status(Writing&)>& work);
    [[nodiscard]] std::uint64_t commits() const { return commits_; }

  private:
    // Lives on its caller's stack until `finished`.
    struct Caller {
        const std::function<Status(Writing&)>& work;
        Status outcome = Done{};
        std::exception_ptr thrown;
        bool finished = false;
        std::condition_variable wake;
    };

    void run();
    std::vector<Caller*> next_group();
    void write_group(const std::vector<Caller*>&);
    Status write_all(const std::vector<Caller*>&);
    // An error here ends the whole group; the caller's own is kept in `outcome`.
    Status write_one(Caller&);
    void finish(const std::vector<Caller*>&);

    std::unique_ptr<Connection> connection_;
    Vault& vault_;
    const std::size_t group_limit_;
    std::atomic<std::uint64_t> commits_{0};

    std::mutex mutex_;
    std::condition_variable work_waits_;
    std::deque<Caller*> waiting_;
    bool stopping_ = false;
    std::thread thread_;  // last: it uses all of the above
};

}  // namespace evenkeel::store::detail
