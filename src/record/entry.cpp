#include "record/entry.h"

namespace evenkeel::record {

std::string_view kind_of(const Body& body) {
    return std::visit([](const auto& each) { return std::decay_t<decltype(each)>::kind; }, body);
}

int version_of(const Body& body) {
    return std::visit([](const auto& each) { return std::decay_t<decltype(each)>::version; }, body);
}

}  // namespace evenkeel::record
