#pragma once
// A file as bytes: from disk or standard input, unpacked when it is gzip.
//
// Limits: everything is read into memory, up to `max_bytes` after unpacking, so that a
// small packed file cannot fill the machine.

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"

namespace evenkeel::exchange {

inline constexpr std::size_t max_input_bytes = std::size_t{1} << 30;

// `path` "-" is standard input. Fails with unavailable (cannot be opened or read, where =
// the path), too_large, or invalid_input (a gzip file that is cut or damaged).
Result<std::string> read_input(const std::string& path, std::size_t max_bytes = max_input_bytes);

// The bytes of a file as they stand. Fails with unavailable or too_large.
Result<std::string> read_file(const std::filesystem::path&,
                              std::size_t max_bytes = max_input_bytes);

bool is_gzip(std::string_view bytes);

// Fails with invalid_input (cut or damaged) or too_large.
Result<std::string> unpack_gzip(std::string_view bytes, std::size_t max_bytes = max_input_bytes);

}  // namespace evenkeel::exchange
