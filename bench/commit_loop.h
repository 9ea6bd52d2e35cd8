#pragma once
// The floor under durable check-ins: a bare loop that writes the rows of a check-in, as
// many in one transaction as the server was seen to group, with the same statements and
// settings, and nothing else: no HTTP, no decision, no sealing, no reading.

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <vector>

#include "base/id.h"
#include "store/vault.h"

namespace evenkeel::bench {

// Bytes of the sealed texts, as the record of the same people holds them.
struct RowSizes {
    std::size_t entry = 0;
    std::size_t state = 0;
    std::size_t numbers = 0;
    double series = 0;  // number rows of a person
};

// What the server wrote: of the newest check-ins of this folder's record.
RowSizes row_sizes(const std::filesystem::path& data, store::Vault&);

struct LoopResult {
    std::uint64_t check_ins = 0;
    std::uint64_t commits = 0;
    double seconds = 0;
    double cpu_seconds = 0;
    [[nodiscard]] double per_second() const;
};

// `data` is a folder with a record of `people`; its rows are not of use afterwards.
class CommitLoop {
  public:
    CommitLoop(const std::filesystem::path& data, store::Vault&, std::vector<Id> people, RowSizes);
    ~CommitLoop();
    LoopResult run(std::chrono::milliseconds, std::size_t group);

  private:
    struct Open;
    std::unique_ptr<Open> open_;
};

}  // namespace evenkeel::bench
