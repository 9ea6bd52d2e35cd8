// Any text as the parameters of a graded response model: refused with a reason, or a model whose
// information and scores are numbers.

#include <cmath>
#include <cstdint>
#include <string_view>

#include "app/item_columns.h"
#include "measures/graded_score.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    namespace measures = evenkeel::measures;
    const auto read = evenkeel::app::parse_parameters({reinterpret_cast<const char*>(bytes), size});
    if (!read.ok()) {
        EK_ASSERT(!read.error().problems().empty() && !read.error().message.empty());
        return 0;
    }
    const auto& items = read.value().items;
    for (const auto& item : items) {
        for (const double theta : {-4.0, 0.0, 4.0}) {
            const double information = measures::item_information(item, theta);
            EK_ASSERT(std::isfinite(information) && information >= 0);
            EK_ASSERT(std::isfinite(measures::expected_answer(item, theta)));
        }
    }
    const std::vector<std::optional<std::size_t>> nothing(items.size());
    std::vector<bool> askable(read.value().asked_apart);
    askable.flip();
    const auto next = measures::next_item(items, nothing, askable, 0.5);
    if (next.ok()) EK_ASSERT(std::isfinite(next.value().score.theta));
    return 0;
}
