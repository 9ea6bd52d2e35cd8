#pragma once
// How many passwords are hashed at the same moment: each takes 64 MiB on purpose (Argon2id),
// so thirty sign-ins at once would take two gigabytes of a small machine.
//
// First come, first served, or somebody on a slow day could wait for ever. So many wait at
// most that workers are left for everybody who is signed in already; whoever comes after
// that is told when to try again.

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <utility>

#include "base/result.h"

namespace evenkeel::web {

class HashingTurns {
  public:
    static constexpr std::uint64_t at_once_by_default = 1;
    static constexpr std::uint64_t most_waiting_by_default = 32;  // of 48 workers

    explicit HashingTurns(std::uint64_t at_once = at_once_by_default,
                          std::uint64_t most_waiting = most_waiting_by_default)
        : at_once_(at_once), most_waiting_(most_waiting) {}

    // Over with its end.
    class Turn {
      public:
        explicit Turn(HashingTurns& of) : of_(&of) {}
        Turn(Turn&& other) noexcept : of_(std::exchange(other.of_, nullptr)) {}
        Turn& operator=(Turn&& other) noexcept {
            std::swap(of_, other.of_);
            return *this;
        }
        Turn(const Turn&) = delete;
        Turn& operator=(const Turn&) = delete;
        ~Turn() {
            if (of_ != nullptr) of_->end();
        }

      private:
        HashingTurns* of_;
    };

    // Blocks until it is the caller's turn. Fails with unavailable when too many wait.
    // Thread-safe.
    Result<Turn> take();

    [[nodiscard]] std::uint64_t waiting() const;

  private:
    void end();

    const std::uint64_t at_once_;
    const std::uint64_t most_waiting_;
    mutable std::mutex mutex_;
    std::condition_variable ended_;
    std::uint64_t given_ = 0;  // numbers drawn so far
    std::uint64_t done_ = 0;   // turns over; in whatever order, so many have made room
};

}  // namespace evenkeel::web
