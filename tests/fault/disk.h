#pragma once
// A disk that fails when told to: a layer between SQLite and the operating system
// (https://www.sqlite.org/vfs.html) that counts every call that changes the disk and
// lets one fail, or all from one on, or cuts the power.
//
// Power loss is harsher than kill -9: what was written but not synced may be there, may
// be gone, and may be there in part, write by write. The layer remembers for each file
// what was synced and what came after.

#include <sqlite3.h>

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/random.h"

namespace evenkeel::fault {

enum class Failing {
    never,
    once,          // the call fails, the next succeeds
    from_then_on,  // full, unplugged, or without power
};

class Disk {
  public:
    Disk();  // every database opened from now on stands on this disk
    ~Disk();
    Disk(const Disk&) = delete;
    Disk& operator=(const Disk&) = delete;

    // Counts calls anew; call number `call` (from 1) fails.
    void arm(Failing, std::uint64_t call);
    [[nodiscard]] std::uint64_t calls() const;
    [[nodiscard]] bool has_failed() const;

    // What a file holds after the power came back.
    enum class Unsynced { gone, torn };
    // Only with every database closed. Disarms.
    void come_back_from_power_loss(Unsynced, Random&);

    // For the layer itself.
    int change();  // SQLITE_OK, or the code of the failure
    void opened(const std::string& path);
    void written(const std::string& path, std::int64_t at, std::string_view bytes);
    void truncated(const std::string& path, std::int64_t size);
    void synced(const std::string& path);
    void deleted(const std::string& path);
    sqlite3_vfs* beneath() { return beneath_; }

  private:
    struct Change {
        std::int64_t at = 0;
        std::string bytes;
        bool truncates = false;  // to the size `at`
    };
    struct Image {
        std::string durable;
        std::vector<Change> pending;
    };
    static void apply(std::string& contents, const Change&);

    sqlite3_vfs* beneath_;
    sqlite3_vfs own_{};
    mutable std::mutex mutex_;
    std::map<std::string, Image> images_;
    Failing failing_ = Failing::never;
    std::uint64_t fails_at_ = 0;
    std::uint64_t calls_ = 0;
};

}  // namespace evenkeel::fault
