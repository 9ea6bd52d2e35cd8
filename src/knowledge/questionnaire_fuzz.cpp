// Goal: any two texts are either refused with their places or become a definition that, once
// checked, scores every complete and every empty set of answers. A form feed parts the texts.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/result.h"
#include "knowledge/detail/definition.h"
#include "measures/scoring.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace evenkeel;
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    const auto parts_at = text.find('\f');
    if (parts_at == text.npos) return 0;
    auto read = knowledge::detail::read_definition({"questionnaire", text.substr(0, parts_at)},
                                                   {"scoring", text.substr(parts_at + 1)});
    if (!read.ok()) {
        EK_ASSERT(!read.error().problems().empty());
        return 0;
    }
    auto& definition = read.value();
    definition.instrument.alternative.reset();
    const auto checked = measures::check_definition(definition.instrument);
    if (!checked.ok()) {
        for (const auto& problem : checked.error().problems()) {
            (void)knowledge::detail::place_in_file(problem.where, definition, "q", "s");
        }
        return 0;
    }
    const auto& instrument = definition.instrument;
    const auto n_items = instrument.items.size();
    EK_ASSERT(measures::score(instrument, measures::Answers(n_items)).ok());
    const auto score =
        measures::score(instrument, measures::Answers(n_items, instrument.values.max));
    if (score.ok() && score.value().total)
        EK_ASSERT(instrument.scores.contains(*score.value().total));
    return 0;
}
