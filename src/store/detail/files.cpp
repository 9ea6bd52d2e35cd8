#include "store/detail/files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

namespace evenkeel::store::detail {

Error file_error(std::string_view doing, const std::filesystem::path& path, int number) {
    return {number == ENOENT ? Fault::not_found : Fault::unavailable,
            "",
            fmt::format("{} cannot be {}: {}.", path.string(), doing, std::strerror(number)),
            {}};
}

Result<File> File::open(const std::filesystem::path& path, int flags, mode_t mode) {
    const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC, mode);
    if (descriptor < 0) return file_error("opened", path, errno);
    return File{descriptor};
}

File::File(File&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

File& File::operator=(File&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
}

File::~File() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

Result<std::string> File::read(std::size_t size) {
    std::string bytes(size, '\0');
    std::size_t have = 0;
    while (have < size) {
        const ssize_t got = ::read(descriptor_, bytes.data() + have, size - have);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return file_error("read", "The file", errno);
        if (got == 0) break;
        have += static_cast<std::size_t>(got);
    }
    bytes.resize(have);
    return bytes;
}

Status File::write(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t put = ::write(descriptor_, bytes.data(), bytes.size());
        if (put < 0 && errno == EINTR) continue;
        if (put < 0) return file_error("written", "The file", errno);
        bytes.remove_prefix(static_cast<std::size_t>(put));
    }
    return Done{};
}

Status File::sync() {
    if (::fsync(descriptor_) != 0) return file_error("written", "The file", errno);
    return Done{};
}

Result<std::string> read_file(const std::filesystem::path& path, std::size_t limit) {
    TRY(File file, File::open(path, O_RDONLY));
    std::string all;
    while (true) {
        TRY(const std::string part, file.read(std::min<std::size_t>(limit + 1, 1 << 16)));
        if (part.empty()) return all;
        all += part;
        if (all.size() > limit) {
            return Error{Fault::too_large, "", fmt::format("{} is too large.", path.string()), {}};
        }
    }
}

Status write_file(const std::filesystem::path& path, std::string_view bytes) {
    const std::filesystem::path beside = path.string() + ".tmp";
    {
        TRY(File file, File::open(beside, O_WRONLY | O_CREAT | O_TRUNC));
        CHECK_OK(file.write(bytes));
        CHECK_OK(file.sync());
    }
    return rename_durably(beside, path);
}

Status rename_durably(const std::filesystem::path& from, const std::filesystem::path& to) {
    if (::rename(from.c_str(), to.c_str()) != 0) return file_error("replaced", to, errno);
    return sync_folder(to.parent_path());
}

Status sync_folder(const std::filesystem::path& folder) {
    TRY(File opened, File::open(folder.empty() ? "." : folder, O_RDONLY | O_DIRECTORY));
    return opened.sync();
}

}  // namespace evenkeel::store::detail
