#pragma once
// For tests: a folder of its own that goes with the test.

#include <stdlib.h>

#include <cstdlib>
#include <filesystem>
#include <string>

namespace evenkeel {

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

}  // namespace evenkeel
