#include "exchange/schema.h"

namespace evenkeel::exchange {

std::string NamedSchemas::name_for(std::string_view struct_name) const {
    std::string name(struct_name);
    if (way == Way::sent && answered_.contains(name)) name += "Sent";
    return name;
}

void NamedSchemas::keep(const std::string& name, std::string schema) {
    if (way == Way::answered) answered_.insert(name);
    const auto [kept, unused] = all_.emplace(name, schema);
    EK_ASSERT(kept->second == schema);
}

namespace detail {

void write_reference(JsonWriter& out, std::string_view name, const Domain& domain) {
    out.begin_object();
    out.key("$ref");
    out.text("#/components/schemas/" + std::string(name));
    if (!domain.says.empty()) {
        out.key("description");
        out.text(domain.says);
    }
    out.end_object();
}

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

}  // namespace detail

}  // namespace evenkeel::exchange
