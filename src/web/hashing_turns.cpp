#include "web/hashing_turns.h"

namespace evenkeel::web {

Result<HashingTurns::Turn> HashingTurns::take() {
    std::unique_lock lock{mutex_};
    if (given_ - done_ >= at_once_ + most_waiting_) {
        return Error{Fault::unavailable,
                     "",
                     "Many people are signing in at this moment. Try again in a few seconds. Get "
                     "help now works without signing in.",
                     {}};
    }
    const std::uint64_t mine = given_++;
    ended_.wait(lock, [&] { return mine < done_ + at_once_; });
    return Turn{*this};
}

std::uint64_t HashingTurns::waiting() const {
    const std::lock_guard lock{mutex_};
    const std::uint64_t all = given_ - done_;
    return all > at_once_ ? all - at_once_ : 0;
}

void HashingTurns::end() {
    {
        const std::lock_guard lock{mutex_};
        ++done_;
    }
    ended_.notify_all();
}

}  // namespace evenkeel::web
