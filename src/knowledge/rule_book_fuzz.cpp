// Goal: any three texts are either refused with their places or become a book of rules that can be
// asked about any person. A form feed parts the texts: facts, options, a guideline.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/result.h"
#include "knowledge/detail/rule_book.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace evenkeel;
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    const auto first = text.find('\f');
    if (first == text.npos) return 0;
    const auto second = text.find('\f', first + 1);
    if (second == text.npos) return 0;
    const auto read = knowledge::detail::read_rule_book(
        {"facts", text.substr(0, first)}, {"options", text.substr(first + 1, second - first - 1)},
        {{"guideline", text.substr(second + 1)}});
    if (!read.ok()) {
        EK_ASSERT(!read.error().problems().empty());
        return 0;
    }
    const auto& book = read.value();
    guidance::KnownFacts person(book.facts.size());
    (void)guidance::advise(book, person);
    for (std::size_t i = 0; i < person.size(); ++i) person[i] = book.facts[i].max;
    EK_ASSERT(guidance::advise(book, person).undecided.empty());
    return 0;
}
