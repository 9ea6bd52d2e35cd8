// Any text as --moderators: refused with a reason, or one column of numbers for each coefficient.

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <string>

#include "app/moderators.h"

namespace {

// As the command line splits it.
std::vector<std::string> parts_of(std::string_view text) {
    std::vector<std::string> out;
    while (!text.empty()) {
        const auto part = text.substr(0, text.find(','));
        out.emplace_back(part);
        text.remove_prefix(std::min(text.size(), part.size() + 1));
    }
    return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    namespace app = evenkeel::app;
    const auto terms = parts_of({reinterpret_cast<const char*>(bytes), size});
    const auto table =
        evenkeel::exchange::parse_csv("a,b,kind\n1,x,p\n2,NA,q\n4,y,p\n-3.5,x,r\n").value();
    std::vector<std::size_t> rows(4);
    std::iota(rows.begin(), rows.end(), std::size_t{0});
    const auto complete = app::complete_rows(table, terms, rows);
    if (!complete.ok()) {
        EK_ASSERT(!complete.error().message.empty());
        return 0;
    }
    const auto made = app::moderators_of(table, terms, complete.value());
    if (!made.ok()) return 0;
    EK_ASSERT(made.value().columns.size() == made.value().terms.size() * complete.value().size());
    return 0;
}
