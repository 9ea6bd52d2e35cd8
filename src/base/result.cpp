#include "base/result.h"

#include <fmt/format.h>

namespace evenkeel {

std::vector<Problem> Error::problems() const {
    std::vector<Problem> all{{where, message}};
    all.insert(all.end(), also.begin(), also.end());
    return all;
}

Error Faults::error(Fault fault) const {
    EK_ASSERT(!found_.empty());
    return {
        fault, found_.front().where, found_.front().message, {found_.begin() + 1, found_.end()}};
}

void broken_invariant(const char* condition, const char* file, int line) {
    throw BrokenInvariant(fmt::format("{}:{}: broken invariant: {}", file, line, condition));
}

}  // namespace evenkeel
