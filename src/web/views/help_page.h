#pragma once
// "Get help now" as one page that needs no script and no sign-in.

#include <string>
#include <string_view>

#include "record/state.h"

namespace evenkeel::web {

std::string help_page(const record::OrganisationState&, Instant now);
std::string_view help_style_text();

// Parts that other pages without script share: the numbers to call, and who reads when.
std::string contact_list(const record::OrganisationState&);
std::string who_reads(const record::OrganisationState&, Instant now);

}  // namespace evenkeel::web
