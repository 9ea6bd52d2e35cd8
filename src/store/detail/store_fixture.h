#pragma once
// For the store's tests: a folder that goes with the test, a vault and a store in it,
// and rows to write.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <utility>

#include "base/testing.h"
#include "exchange/test_folder.h"
#include "store/store.h"

namespace evenkeel::store {

inline std::string bytes_of_file(const std::filesystem::path& file) {
    std::ostringstream all;
    all << std::ifstream{file, std::ios::binary}.rdbuf();
    return all.str();
}

inline void put_file(const std::filesystem::path& file, const std::string& bytes) {
    std::ofstream{file, std::ios::binary | std::ios::trunc} << bytes;
}

// Whether any file of the folder holds these bytes.
inline bool folder_holds(const std::filesystem::path& folder, const std::string& bytes) {
    for (const auto& each : std::filesystem::recursive_directory_iterator(folder)) {
        if (each.is_regular_file() && bytes_of_file(each.path()).find(bytes) != std::string::npos) {
            return true;
        }
    }
    return false;
}

inline const Instant noon = *parse_instant("2026-11-24T12:00:00Z");

class StoreFixture : public testing::Test {
  public:
    void SetUp() override { open(); }

    void open() {
        store.reset();
        vault.reset();
        vault = must(Vault::open(folder.path()));
        store = must(Store::open(folder.path(), *vault));
    }

    Id fresh() { return new_id(noon, random); }

    StoredEntry entry(const Id& stream, std::string body = R"({"mood":2})") {
        return {.id = fresh(),
                .stream = stream,
                .seq = 0,
                .kind = "check_in",
                .version = 1,
                .effective_at = noon,
                .recorded_at = noon + Milliseconds{5},
                .author = stream,
                .supersedes = {},
                .body = std::move(body)};
    }

    Id append(const StoredEntry& one) {
        must(store->write([&](Writing& writing) -> Status {
            TRY([[maybe_unused]] const auto seq, writing.append(one));
            return Done{};
        }));
        return one.id;
    }

    std::vector<StoredEntry> entries(const Id& stream) {
        std::vector<StoredEntry> all;
        must(store->read([&](Reading& reading) -> Status {
            TRY(all, reading.entries(stream));
            return Done{};
        }));
        return all;
    }

    [[nodiscard]] std::filesystem::path record() const { return folder.path() / "record.db"; }

    TestFolder folder;
    SeededRandom random{20261124};
    std::unique_ptr<Vault> vault;
    std::unique_ptr<Store> store;
};

}  // namespace evenkeel::store
