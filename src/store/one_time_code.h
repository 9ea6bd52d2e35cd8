#pragma once
// The code of an invitation: said over the phone or written on paper, used once.
//
// 16 characters of an alphabet without I, O, 0 and 1 (80 random bits), in groups of
// four: "K7QF-2M9D-XW4T-8HPN". Only its keyed hash is stored. Typing is forgiving:
// lower case, spaces, dashes left out.

#include <chrono>
#include <string>
#include <string_view>

#include "store/vault.h"

namespace evenkeel::store {

inline constexpr std::chrono::days one_time_code_lives{7};

std::string new_one_time_code(Random&);

// What Invitation::code_hash holds for this code, however it was typed.
Hash one_time_code_hash(const Vault&, std::string_view typed);

}  // namespace evenkeel::store
