#pragma once
// How large one request may be; above it the answer is 413, 414 or 431.

#include <cstddef>

namespace evenkeel::web {

struct MessageLimits {
    std::size_t head = 16 * 1024;  // bytes, request line and header fields
    std::size_t target = 4 * 1024;
    std::size_t fields = 100;
    std::size_t body = 1024 * 1024;  // above whatever a route allows
};

}  // namespace evenkeel::web
