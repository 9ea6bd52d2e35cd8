#pragma once
// fsync and fdatasync that last at least a given time, for whoever links or preloads this
// library (LD_PRELOAD): what a sync costs is a matter of the disk, and this disk is one of
// many. The real call is made; what is missing of the time is slept, as it would be spent
// waiting for a disk: without a processor.

#include <chrono>
#include <cstdint>

namespace evenkeel::bench {

// Where a preloaded library reads its time: microseconds in clear text.
inline constexpr const char* sync_lasts_variable = "EVENKEEL_BENCH_SYNC_US";

// From now on, in this process.
void let_sync_last(std::chrono::microseconds at_least);

struct SyncTimes {
    std::uint64_t count = 0;
    double seconds = 0;  // real call and sleep
};
// Since the start of this process.
SyncTimes sync_times();

}  // namespace evenkeel::bench
