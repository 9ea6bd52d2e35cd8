// Any text as a formula: an answer or a fault with its place, never a crash or a hang.
#include <cstddef>
#include <cstdint>

#include "course/formula.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto formula =
        evenkeel::course::parse_formula({reinterpret_cast<const char*>(data), size});
    if (formula.ok()) {
        EK_ASSERT(formula.value().intercept || !formula.value().terms.empty());
    } else {
        EK_ASSERT(!formula.error().where.empty() && !formula.error().message.empty());
    }
    return 0;
}
