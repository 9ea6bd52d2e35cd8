#include "app/threads.h"

#include <atomic>
#include <future>
#include <vector>

namespace evenkeel::app {

void Threads::each(std::size_t n_parts, const std::function<void(std::size_t part)>& work) const {
    std::atomic<std::size_t> next{0};
    const auto take = [&] {
        for (auto part = next++; part < n_parts; part = next++) work(part);
    };
    // A future waits for its thread when it goes, so nothing outlives the work; it also brings back
    // what a part throws.
    std::vector<std::future<void>> others;
    for (unsigned i = 1; i < n_ && i < n_parts; ++i) {
        others.push_back(std::async(std::launch::async, take));
    }
    take();
    for (auto& other : others) other.get();
}

}  // namespace evenkeel::app
