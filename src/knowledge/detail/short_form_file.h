#pragma once
// short_forms/<id>.json: the parameters of a graded response model for adaptive short forms of one
// questionnaire, and the sample they come from. The document of `measure fit-grm`, with its source.

#include <optional>
#include <string>
#include <vector>

#include "base/describe.h"
#include "base/result.h"
#include "measures/instrument.h"

namespace evenkeel::knowledge::detail {

struct ShortFormErrors {
    double a = 0;
    std::vector<double> b;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("a", self.a, Domain{.min = 0});
        visit("b", self.b, Domain{.min = 0});
    }
};

struct ShortFormItem {
    std::string item;
    std::vector<double> categories, b;
    double a = 0;
    std::optional<ShortFormErrors> se;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("item", self.item, Domain{.min_length = 1});
        visit("categories", self.categories);
        visit("a", self.a);
        visit("b", self.b);
        visit("se", self.se);
    }
};

struct ShortForm {
    std::string instrument, sample, source, method;
    int n = 0;  // people in the sample
    double log_likelihood = 0;
    std::vector<std::string> asked_apart;  // items that a short form never chooses
    std::vector<ShortFormItem> items;      // one for each item of the questionnaire, in its order
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("instrument", self.instrument, Domain{.min_length = 1});
        visit("sample", self.sample,
              Domain{.min_length = 1, .says = "whom the parameters come from"});
        visit("source", self.source, Domain{.min_length = 1, .says = "a key of sources.bib"});
        visit("method", self.method, Domain{.min_length = 1});
        visit("n", self.n, Domain{.min = 1});
        visit("log_likelihood", self.log_likelihood);
        visit("asked_apart", self.asked_apart);
        visit("items", self.items);
    }
};

// Adds a fault, by pointer, for each way in which the file and the questionnaire do not agree: the
// number of items, the values of their answers, a safety item that a short form might choose, an
// item asked apart that does not exist, parameters that make no model.
void check_short_form(const ShortForm&, const measures::Instrument&, Faults&);

}  // namespace evenkeel::knowledge::detail
