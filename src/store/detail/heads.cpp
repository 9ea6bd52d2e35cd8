#include "store/detail/heads.h"

#include <fmt/format.h>
#include <sodium.h>

#include <charconv>
#include <optional>

#include "store/detail/sealing.h"
#include "store/detail/sqlite.h"

namespace evenkeel::store::detail {
namespace {

constexpr std::string_view signature_starts = "\"signature\":\"";
constexpr std::string_view key_starts = "\"public_key\":\"";
constexpr std::string_view chain_starts = "[\"";

template <class Array>
std::string_view view(const Array& bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::string line_of(std::string_view name, const HeadLine& head) {
    return fmt::format("[\"{}\",{},\"{}\"]", name, head.seq, to_hex(view(head.hash)));
}

Error damaged() {
    return {Fault::invalid_input, "/heads", "The file of heads is damaged or incomplete.", {}};
}

// The text between `before` and the next quotation mark.
std::optional<std::string_view> quoted(std::string_view text, std::string_view before) {
    const auto at = text.find(before);
    if (at == std::string_view::npos) return std::nullopt;
    const auto start = at + before.size();
    const auto end = text.find('"', start);
    if (end == std::string_view::npos) return std::nullopt;
    return text.substr(start, end - start);
}

// ["name",seq,"hash"]; only called on text whose signature held.
std::optional<std::pair<std::string_view, HeadLine>> parse_line(std::string_view line) {
    const auto name = quoted(line, chain_starts);
    if (!name) return std::nullopt;
    const auto number_at = chain_starts.size() + name->size() + 2;
    if (number_at >= line.size()) return std::nullopt;
    HeadLine head;
    const auto [end, failed] =
        std::from_chars(line.data() + number_at, line.data() + line.size(), head.seq);
    if (failed != std::errc{}) return std::nullopt;
    const auto hash =
        quoted({end, static_cast<std::size_t>(line.data() + line.size() - end)}, ",\"");
    if (!hash) return std::nullopt;
    const std::string bytes = from_hex(*hash);
    if (bytes.size() != head.hash.size()) return std::nullopt;
    std::copy(bytes.begin(), bytes.end(), reinterpret_cast<char*>(head.hash.data()));
    return std::pair{*name, head};
}

}  // namespace

bool is_signed_by(std::string_view public_key, std::string_view bytes, std::string_view signature) {
    if (public_key.size() != crypto_sign_PUBLICKEYBYTES || signature.size() != crypto_sign_BYTES) {
        return false;
    }
    const auto data = [](std::string_view text) {
        return reinterpret_cast<const unsigned char*>(text.data());
    };
    return crypto_sign_verify_detached(data(signature), data(bytes), bytes.size(),
                                       data(public_key)) == 0;
}

std::string write_heads(const Heads& heads, const Vault& vault) {
    std::string text =
        fmt::format("{{\"format\":\"evenkeel-heads-1\",\"at\":\"{}\",\n{}{}\",\n",
                    to_string(heads.at), key_starts, to_hex(view(vault.public_key())));
    text += "\"chains\":[\n" + line_of("audit", heads.audit);
    for (const auto& head : heads.streams) text += ",\n" + line_of(to_string(head.stream), head);
    text += "\n],\n";
    const auto signature = vault.sign(text);
    return text + std::string(signature_starts) + to_hex(view(signature)) + "\"}\n";
}

Result<Heads> read_heads(const std::string& text, const Vault& vault) {
    const auto key = quoted(text, key_starts);
    const auto signed_size = text.rfind(signature_starts);
    const auto signature = quoted(text, signature_starts);
    if (!key || !signature || signed_size == std::string::npos) return damaged();
    // Nothing may follow the signature.
    if (text.substr(signed_size) != fmt::format("{}{}\"}}\n", signature_starts, *signature)) {
        return damaged();
    }
    const auto own_key = vault.public_key();
    if (from_hex(*key) != view(own_key)) {
        return Error{
            Fault::invalid_input, "/heads", "These heads were signed by another service.", {}};
    }
    const std::string_view body = std::string_view{text}.substr(0, signed_size);
    if (!is_signed_by(view(own_key), body, from_hex(*signature))) return damaged();
    Heads heads;
    if (const auto at = quoted(body, "\"at\":\"")) {
        heads.at = parse_instant(*at).value_or(Instant{});
    }
    for (std::size_t at = body.find('\n'); at != std::string_view::npos;
         at = body.find('\n', at + 1)) {
        const std::string_view line = body.substr(at + 1, body.find('\n', at + 1) - at - 1);
        if (!line.starts_with(chain_starts)) continue;
        const auto parsed = parse_line(line);
        if (!parsed) return damaged();
        HeadLine head = parsed->second;
        if (parsed->first == "audit") {
            heads.audit = head;
        } else if (const auto id = parse_id(parsed->first)) {
            head.stream = *id;
            heads.streams.push_back(head);
        } else {
            return damaged();
        }
    }
    return heads;
}

}  // namespace evenkeel::store::detail
