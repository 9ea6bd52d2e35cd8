#pragma once
// Text as it may stand in HTML and in XML such as SVG, between tags and in double quotes.

#include <string>
#include <string_view>

namespace evenkeel::exchange {

// Characters that XML does not allow (those below a space, but tab and line breaks) are left
// out: a picture must open whatever a name holds.
std::string escaped(std::string_view text);

}  // namespace evenkeel::exchange
