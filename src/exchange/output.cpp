#include "exchange/output.h"

#include <fstream>

namespace evenkeel::exchange {

Status write_whole_file(const std::filesystem::path& to, std::string_view bytes) {
    namespace fs = std::filesystem;
    const Error refused{Fault::unavailable, to.string(), "This file could not be written.", {}};
    const fs::path beside = to.string() + ".part";
    std::error_code failed;
    {
        std::ofstream file(beside, std::ios::binary | std::ios::trunc);
        fs::permissions(beside, fs::perms::owner_read | fs::perms::owner_write, failed);
        file << bytes;
        file.flush();
        if (!file || failed) {
            fs::remove(beside, failed);
            return refused;
        }
    }
    fs::rename(beside, to, failed);
    if (failed) return refused;
    return Done{};
}

}  // namespace evenkeel::exchange
