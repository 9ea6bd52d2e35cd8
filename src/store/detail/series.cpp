#include "store/detail/series.h"

#include <fmt/format.h>

#include <bit>

#include "store/detail/sealing.h"
#include "store/detail/sqlite.h"

namespace evenkeel::store::detail {
namespace {

constexpr char block_version = 1;
constexpr std::size_t point_size = 16;

void put_word(std::string& text, std::uint64_t word) {
    for (int shift = 0; shift < 64; shift += 8) text.push_back(static_cast<char>(word >> shift));
}

std::uint64_t word_at(std::string_view bytes, std::size_t at) {
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < 8; ++i) {
        word |= std::uint64_t{static_cast<unsigned char>(bytes[at + i])} << (8 * i);
    }
    return word;
}

}  // namespace

std::string write_block(const std::vector<NumberPoint>& points) {
    std::string text(1, block_version);
    text.reserve(1 + points.size() * point_size);
    for (const auto& [at, value] : points) {
        put_word(text, static_cast<std::uint64_t>(at.time_since_epoch().count()));
        put_word(text, std::bit_cast<std::uint64_t>(value));
    }
    return text;
}

Result<std::vector<NumberPoint>> read_block(std::string_view bytes) {
    if (bytes.empty() || bytes.front() != block_version || (bytes.size() - 1) % point_size != 0 ||
        bytes.size() > 1 + points_per_block * point_size) {
        return Error{Fault::invalid_input, "", "The stored numbers cannot be read.", {}};
    }
    std::vector<NumberPoint> points;
    points.reserve(bytes.size() / point_size);
    for (std::size_t at = 1; at < bytes.size(); at += point_size) {
        const auto ms = static_cast<std::int64_t>(word_at(bytes, at));
        points.push_back(
            {Instant{Milliseconds{ms}}, std::bit_cast<double>(word_at(bytes, at + 8))});
    }
    return points;
}

Hash series_column(const Vault& vault, const Id& stream, std::string_view series) {
    std::string text{"series:"};
    text += bytes_of(stream);
    text += series;
    return vault.lookup_hash(text);
}

std::string block_address(const Hash& series, std::int64_t block) {
    return fmt::format("numbers:{}:{}", to_hex(bytes_of(series)), block);
}

}  // namespace evenkeel::store::detail
