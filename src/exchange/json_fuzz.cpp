// Goal: any bytes are either read or refused; what was read is written and read back as the
// same text, at any depth and with any numbers.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/result.h"
#include "exchange/json.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace evenkeel;
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    const auto read = exchange::parse_json(text);
    if (!read.ok()) return 0;
    const auto written = exchange::write_json(read.value());
    const auto again = exchange::parse_json(written);
    EK_ASSERT(again.ok());
    EK_ASSERT(exchange::write_json(again.value()) == written);
    return 0;
}
