#include "exchange/input.h"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <fstream>
#include <iostream>
#include <memory>

namespace evenkeel::exchange {
namespace {

Error too_large(std::string where, std::size_t max_bytes) {
    return {Fault::too_large,
            std::move(where),
            fmt::format("This is larger than {} bytes. Split it into parts.", max_bytes),
            {}};
}

Error damaged() {
    return {Fault::invalid_input, "", "The gzip file is cut or damaged. Pack it again.", {}};
}

// `expected`: room that is made before, so that a large file is not moved while it grows.
Result<std::string> read_stream(std::istream& in, const std::string& where, std::size_t max_bytes,
                                std::size_t expected = 0) {
    std::string out;
    out.reserve(std::min(expected, max_bytes));
    std::string block(std::size_t{1} << 16, '\0');
    while (in) {
        in.read(block.data(), static_cast<std::streamsize>(block.size()));
        out.append(block, 0, static_cast<std::size_t>(in.gcount()));
        if (out.size() > max_bytes) return too_large(where, max_bytes);
    }
    if (in.bad()) return Error{Fault::unavailable, where, "This could not be read.", {}};
    return out;
}

struct Inflating {
    z_stream stream{};
    bool ready = false;
    Inflating() {
        // 15 bits of window; 16 more ask for a gzip header.
        ready = inflateInit2(&stream, 15 + 16) == Z_OK;
    }
    ~Inflating() {
        if (ready) inflateEnd(&stream);
    }
    Inflating(const Inflating&) = delete;
    Inflating& operator=(const Inflating&) = delete;
};

}  // namespace

bool is_gzip(std::string_view bytes) {
    return bytes.size() >= 2 && bytes[0] == '\x1f' && bytes[1] == '\x8b';
}

Result<std::string> unpack_gzip(std::string_view bytes, std::size_t max_bytes) {
    Inflating inflating;
    if (!inflating.ready) {
        return Error{Fault::unavailable, "", "There is no memory to unpack this.", {}};
    }
    auto& stream = inflating.stream;
    std::string out;
    std::string block(std::size_t{1} << 16, '\0');
    std::size_t taken = 0;
    bool ended = false;
    while (taken < bytes.size() || (!ended && stream.avail_in > 0)) {
        const auto rest = std::min(bytes.size() - taken, std::size_t{1} << 20);
        // zlib's input pointer is not const but is never written through.
        stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data() + taken));
        stream.avail_in = static_cast<uInt>(rest);
        // A gzip file may hold several members, one after the other.
        if (ended && inflateReset(&stream) != Z_OK) return damaged();
        ended = false;
        int status = Z_OK;
        do {
            stream.next_out = reinterpret_cast<Bytef*>(block.data());
            stream.avail_out = static_cast<uInt>(block.size());
            status = inflate(&stream, Z_NO_FLUSH);
            if (status != Z_OK && status != Z_STREAM_END && status != Z_BUF_ERROR) {
                return damaged();
            }
            out.append(block, 0, block.size() - stream.avail_out);
            if (out.size() > max_bytes) return too_large("", max_bytes);
        } while (status == Z_OK && (stream.avail_in > 0 || stream.avail_out == 0));
        ended = status == Z_STREAM_END;
        const auto used = rest - stream.avail_in;
        if (used == 0) return damaged();
        taken += used;
    }
    if (!ended) return damaged();
    return out;
}

Result<std::string> read_file(const std::filesystem::path& path, std::size_t max_bytes) {
    std::error_code unreadable;
    if (std::filesystem::is_directory(path, unreadable)) {
        return Error{Fault::unavailable, path.string(), "This is a folder, not a file.", {}};
    }
    std::ifstream in(path, std::ios::binary);
    if (!in) {
        return Error{Fault::unavailable, path.string(), "This file could not be opened.", {}};
    }
    const auto size = std::filesystem::file_size(path, unreadable);
    return read_stream(in, path.string(), max_bytes, unreadable ? 0 : size);
}

Result<std::string> read_input(const std::string& path, std::size_t max_bytes) {
    TRY(std::string bytes,
        path == "-" ? read_stream(std::cin, "-", max_bytes) : read_file(path, max_bytes));
    if (!is_gzip(bytes)) return bytes;
    return unpack_gzip(bytes, max_bytes);
}

}  // namespace evenkeel::exchange
