#pragma once
// Numbers of a series in blocks of 256 points. A block is the version byte 1, then for
// each point eight bytes of milliseconds and eight bytes of the double, little-endian,
// sealed as a whole. Only the newest block is not full: the recent tail, which each
// append opens and seals anew.

#include <string>
#include <string_view>
#include <vector>

#include "store/store.h"

namespace evenkeel::store::detail {

inline constexpr std::size_t points_per_block = 256;

std::string write_block(const std::vector<NumberPoint>&);
// Fails with invalid_input when the bytes are no block.
Result<std::vector<NumberPoint>> read_block(std::string_view bytes);

// Series names say what is measured, so the column holds a keyed hash of stream and name.
Hash series_column(const Vault&, const Id& stream, std::string_view series);
std::string block_address(const Hash& series, std::int64_t block);

}  // namespace evenkeel::store::detail
