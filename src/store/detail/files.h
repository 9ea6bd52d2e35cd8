#pragma once
// Files that are either wholly there or not at all after power loss.

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"

namespace evenkeel::store::detail {

// An open file descriptor.
class File {
  public:
    static Result<File> open(const std::filesystem::path&, int flags, mode_t mode = 0600);
    File(File&& other) noexcept;
    File& operator=(File&& other) noexcept;
    ~File();

    // Reads up to `size` bytes; fewer only at the end of the file.
    Result<std::string> read(std::size_t size);
    Status write(std::string_view);
    Status sync();
    [[nodiscard]] int descriptor() const { return descriptor_; }

  private:
    explicit File(int descriptor) : descriptor_(descriptor) {}
    int descriptor_;
};

// Fails with not_found when there is no such file, too_large above `limit` bytes.
Result<std::string> read_file(const std::filesystem::path&, std::size_t limit);

// Replaces the file as a whole: written beside it, synced, renamed, folder synced.
Status write_file(const std::filesystem::path&, std::string_view bytes);

// Renames over `to` and makes the new name durable.
Status rename_durably(const std::filesystem::path& from, const std::filesystem::path& to);
Status sync_folder(const std::filesystem::path& folder);

Error file_error(std::string_view doing, const std::filesystem::path&, int number);

}  // namespace evenkeel::store::detail
