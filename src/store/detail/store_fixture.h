#pragma once
// For the store's tests: a folder that goes with the test, a vault and a store in it,
// and rows to write.

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <utility>

#include "store/store.h"

namespace evenkeel::store {

// Where syncing costs nothing, for tests that say themselves what is durable.
inline const std::filesystem::path in_memory = std::filesystem::is_directory("/dev/shm")
                                                   ? std::filesystem::path{"/dev/shm"}
                                                   : std::filesystem::temp_directory_path();

class TestFolder {
  public:
    explicit TestFolder(
        const std::filesystem::path& within = std::filesystem::temp_directory_path()) {
        std::string name = (within / "evenkeel-XXXXXX").string();
        if (mkdtemp(name.data()) == nullptr) std::abort();
        path_ = name;
    }
    TestFolder(const TestFolder&) = delete;
    TestFolder& operator=(const TestFolder&) = delete;
    ~TestFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

// The value, or the test's failure with the message a person would read.
template <class T>
T must(Result<T> result) {
    if (!result.ok()) {
        ADD_FAILURE() << result.error().where << ": " << result.error().message;
        std::abort();  // nothing after it could mean anything
    }
    return std::move(result).value();
}

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
