#pragma once
// How often somebody may guess a password or a code before having to wait.
//
// Counted by address, whether an account has it or not, so that the answer does not tell
// which addresses are known; and by peer, wider, since a whole clinic may share one. Ten
// wrong guesses within fifteen minutes close the address until the oldest of them is
// fifteen minutes old. Tries while it is closed are not counted: nobody can keep the owner
// out for longer by going on. In memory only: a restart forgets, which costs an attacker
// more than it gives.

#include <chrono>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/clock.h"

namespace evenkeel::web {

class GuessingLimit {
  public:
    static constexpr std::size_t per_address = 10;
    static constexpr std::size_t per_peer = 100;
    static constexpr std::chrono::minutes window{15};
    // Addresses, and peers, remembered at most. Beyond it those with the fewest guesses go.
    static constexpr std::size_t max_remembered = 20'000;

    // Counts a guess before it is looked at, so that many at once cannot all slip through.
    // Gives the time to wait when it must not be looked at; then it is not counted.
    // Thread-safe, as are all.
    std::optional<std::chrono::seconds> guess(std::string_view address, std::string_view peer,
                                              Instant now);
    // The guess was right: the address starts afresh, the peer gets its one back.
    void was_right(std::string_view address, std::string_view peer);

    // It was none, for instance the question whether a code is needed: one guess back.
    void was_no_guess(std::string_view address, std::string_view peer);

    [[nodiscard]] std::size_t remembered() const;

  private:
    using Times = std::unordered_map<std::string, std::deque<Instant>>;
    static std::optional<std::chrono::seconds> wait(Times&, const std::string& key,
                                                    std::size_t most, Instant now);
    static void add(Times&, const std::string& key, Instant now);

    mutable std::mutex mutex_;
    Times by_address_;
    Times by_peer_;
};

}  // namespace evenkeel::web
