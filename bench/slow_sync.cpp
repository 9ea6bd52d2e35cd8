#include "slow_sync.h"

#include <dlfcn.h>

#include <atomic>
#include <cstdlib>
#include <thread>

namespace evenkeel::bench {
namespace {

using Clock = std::chrono::steady_clock;
using Call = int (*)(int);

std::atomic<std::int64_t>& least_us() {
    static std::atomic<std::int64_t> value{[] {
        const char* given = std::getenv(sync_lasts_variable);
        return given == nullptr ? 0 : std::strtoll(given, nullptr, 10);
    }()};
    return value;
}

std::atomic<std::uint64_t> count;
std::atomic<std::int64_t> nanoseconds;

int timed(const char* name, int file) {
    const auto begin = Clock::now();
    const auto real = reinterpret_cast<Call>(dlsym(RTLD_NEXT, name));
    const int result = real(file);
    std::this_thread::sleep_until(begin + std::chrono::microseconds{least_us()});
    ++count;
    nanoseconds += std::chrono::nanoseconds{Clock::now() - begin}.count();
    return result;
}

}  // namespace

void let_sync_last(std::chrono::microseconds at_least) {
    least_us() = at_least.count();
}

SyncTimes sync_times() {
    return {count, static_cast<double>(nanoseconds.load()) * 1e-9};
}

}  // namespace evenkeel::bench

extern "C" {
int fsync(int file) {
    return evenkeel::bench::timed("fsync", file);
}
int fdatasync(int file) {
    return evenkeel::bench::timed("fdatasync", file);
}
}
