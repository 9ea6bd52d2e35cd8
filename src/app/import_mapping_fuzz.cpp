// Any text at all as a mapping file: read or refused with a reason, never a crash.

#include <cstdint>
#include <string_view>

#include "app/import_mapping.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const auto mapping = evenkeel::app::read_mapping({reinterpret_cast<const char*>(bytes), size});
    if (!mapping.ok()) EK_ASSERT(!mapping.error().problems().empty());
    return 0;
}
