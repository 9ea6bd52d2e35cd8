#pragma once
// What every data file shares: words, and a statement with the place it was taken from.

#include <string>

#include "base/describe.h"
#include "measures/instrument.h"

namespace evenkeel::knowledge::detail {

inline constexpr Domain words{.max_length = 500, .min_length = 1};

struct Cited {
    std::string source, page;
    bool to_be_verified = false;
    [[nodiscard]] measures::Citation citation() const { return {source, page, to_be_verified}; }
    template <class Self, class Visit>
    static void cited(Self& self, Visit&& visit) {
        visit("source", self.source, Domain{.min_length = 1, .says = "key in sources.bib"});
        visit("page", self.page, Domain{.min_length = 1, .says = "page, section or table"});
        visit("to_be_verified", self.to_be_verified,
              Domain{.optional = true, .says = "a clinician has not found it there yet"});
    }
};

}  // namespace evenkeel::knowledge::detail
