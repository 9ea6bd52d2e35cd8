#pragma once
// What the methods say of a person, each with its derivation: the numbers as they were
// stored, the sentence, and the way to the page of the method.

#include "practice/finding.h"
#include "web/site.h"

namespace evenkeel::web {

struct FindingView {
    practice::FindingKind finding = practice::FindingKind::reliable_change;
    std::string series;
    practice::Standing standing = practice::Standing::inside;
    Instant computed_at{};
    int n = 0;
    Instant from{};
    Instant to{};
    std::map<std::string, double> values;
    care::Sentence says;
    care::Why why;
    std::string page;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("finding", self.finding);
        visit("series", self.series, Domain{.says = "As an export names it: mood, score.phq-9"});
        visit("standing", self.standing);
        visit("computed_at", self.computed_at);
        visit("n", self.n, Domain{.says = "Values that went in"});
        visit("from", self.from);
        visit("to", self.to);
        visit("values", self.values, Domain{.says = "Its numbers, with all their digits"});
        visit("says", self.says);
        visit("why", self.why);
        visit("page", self.page, Domain{.says = "How it is computed, on this server"});
    }
};

// Those that stand now, in the order of guidance::methods().
std::vector<FindingView> findings_of(const Site&, const record::PersonState&);

}  // namespace evenkeel::web
