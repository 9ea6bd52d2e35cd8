#pragma once
// A sentence as data: a code of the string catalogue and its values, so that every
// reason can be said in any language and still be compared, counted and tested.

#include "base/describe.h"

namespace evenkeel::care {

struct Sentence {
    std::string code;
    std::map<std::string, Scalar> values;
    bool operator==(const Sentence&) const = default;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("code", self.code, Domain{.max_length = 80});
        visit("values", self.values);
    }
};

}  // namespace evenkeel::care
