#pragma once
// A support tool: the areas to look at again together when somebody is not on track, each with
// questions in plain words. Data (knowledge/support_tools/); nothing of it is scored, and it
// advises nothing: its finding is what the therapist writes.

#include <string>
#include <vector>

#include "base/describe.h"

namespace evenkeel::guidance {

struct SupportArea {
    std::string area;  // "alliance"
    std::string title;
    std::vector<std::string> ask;
    std::string source, page;
    bool to_be_verified = false;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("area", self.area, Domain{.max_length = 40, .min_length = 1});
        visit("title", self.title, Domain{.max_length = 100, .min_length = 1});
        visit("ask", self.ask, Domain{.max_length = 300, .min_length = 1, .max_count = 6});
        visit("source", self.source, Domain{.min_length = 1, .says = "key in sources.bib"});
        visit("page", self.page, Domain{.min_length = 1});
        visit("to_be_verified", self.to_be_verified, Domain{.optional = true});
    }
};

struct SupportTool {
    std::string id;
    std::string title;
    std::vector<SupportArea> areas;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("id", self.id, Domain{.max_length = 40, .min_length = 1});
        visit("title", self.title, Domain{.max_length = 100, .min_length = 1});
        visit("areas", self.areas, Domain{.max_count = 20});
    }
};

}  // namespace evenkeel::guidance
