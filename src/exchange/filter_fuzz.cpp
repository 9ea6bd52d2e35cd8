// Any text as --where: refused with a reason, or a filter that keeps some rows of a table and, used
// again, all of those.

#include <cstdint>
#include <string_view>

#include "exchange/csv.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    namespace exchange = evenkeel::exchange;
    const auto filter = exchange::parse_filter({reinterpret_cast<const char*>(bytes), size});
    if (!filter.ok()) {
        EK_ASSERT(!filter.error().where.empty() && !filter.error().message.empty());
        return 0;
    }
    auto table = exchange::parse_csv("a,b\n1,x\n2,NA\n,y\n-3.5,\n").value();
    const auto before = table.n_rows();
    const auto kept = exchange::keep_where(table, {filter.value()});
    if (!kept.ok()) return 0;
    const auto after = table.n_rows();
    EK_ASSERT(after <= before);
    EK_ASSERT(exchange::keep_where(table, {filter.value()}).ok() && table.n_rows() == after);
    return 0;
}
