#include "exchange/schema.h"

namespace evenkeel::exchange::detail {

void write_limits(JsonWriter& out, const Domain& domain, bool is_number, bool is_text) {
    if (is_number && domain.min) {
        out.key("minimum");
        out.number(*domain.min);
    }
    if (is_number && domain.max) {
        out.key("maximum");
        out.number(*domain.max);
    }
    if (is_text) {
        out.key("maxLength");
        out.number(static_cast<std::uint64_t>(domain.max_length));
    }
    if (is_text && domain.min_length > 0) {
        out.key("minLength");
        out.number(static_cast<std::uint64_t>(domain.min_length));
    }
}

}  // namespace evenkeel::exchange::detail
