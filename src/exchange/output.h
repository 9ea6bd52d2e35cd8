#pragma once
// A file as a whole: written beside it, then renamed, so that nobody reads half of it.

#include <filesystem>
#include <string_view>

#include "base/result.h"

namespace evenkeel::exchange {

// Fails with unavailable (where = the path). Readable by its owner alone.
Status write_whole_file(const std::filesystem::path&, std::string_view bytes);

}  // namespace evenkeel::exchange
