#pragma once
// The one question about thoughts of ending one's life, asked on a hard day and before the
// first meeting, and its answers. Leaving it out is an answer too, and never counts as "no".

#include "base/describe.h"

namespace evenkeel::care {

enum class Thoughts { yes_or_unsure, no, rather_not_say };
constexpr auto enum_names(Thoughts) {
    return std::to_array<std::pair<Thoughts, std::string_view>>(
        {{Thoughts::yes_or_unsure, "yes_or_unsure"},
         {Thoughts::no, "no"},
         {Thoughts::rather_not_say, "rather_not_say"}});
}

}  // namespace evenkeel::care
