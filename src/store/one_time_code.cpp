#include "store/one_time_code.h"

#include <array>

namespace evenkeel::store {
namespace {

// 32 characters; nothing that is mistaken for something else.
constexpr std::string_view alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
constexpr std::size_t characters = 16;
constexpr std::size_t group = 4;

char upper(char typed) {
    return typed >= 'a' && typed <= 'z' ? static_cast<char>(typed - 'a' + 'A') : typed;
}

}  // namespace

std::string new_one_time_code(Random& random) {
    std::array<std::uint8_t, characters> bytes{};
    random.fill(bytes);
    std::string code;
    for (std::size_t i = 0; i < characters; ++i) {
        if (i > 0 && i % group == 0) code += '-';
        code += alphabet[bytes[i] % alphabet.size()];
    }
    return code;
}

Hash one_time_code_hash(const Vault& vault, std::string_view typed) {
    std::string text{"code:"};
    for (const char c : typed) {
        if (c != '-' && c != ' ') text += upper(c);
    }
    return vault.lookup_hash(text);
}

}  // namespace evenkeel::store
