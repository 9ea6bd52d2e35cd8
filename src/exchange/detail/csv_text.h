#pragma once
// What a cell's text says before it is read as a number.

#include <string_view>

namespace evenkeel::exchange {

inline std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

inline bool is_missing(std::string_view text) {
    text = trimmed(text);
    return text.empty() || text == "NA";
}

}  // namespace evenkeel::exchange
