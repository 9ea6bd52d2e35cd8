#include "web/address.h"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstring>

namespace evenkeel::web {

namespace {

constexpr std::array<std::uint8_t, 12> v4_prefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

bool is_trusted(const Address& address, const std::vector<Network>& trusted) {
    return std::any_of(trusted.begin(), trusted.end(),
                       [&](const Network& network) { return network.contains(address); });
}

// Proxies write "1.2.3.4", "1.2.3.4:567", "2001:db8::1" or "[2001:db8::1]:567".
std::optional<Address> reported_address(std::string_view text) {
    if (auto plain = parse_address(text)) return plain;
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos) return std::nullopt;
    const auto port = text.substr(colon + 1);
    if (port.empty() || port.find_first_not_of("0123456789") != std::string_view::npos) {
        return std::nullopt;
    }
    return parse_address(text.substr(0, colon));
}

bool has_only_zeros_after(const Network& network) {
    for (unsigned bit = network.prefix; bit < 128; ++bit) {
        if ((network.base.bytes[bit / 8] >> (7 - bit % 8) & 1U) != 0) return false;
    }
    return true;
}

std::string_view last_element(std::string_view& list) {
    const auto comma = list.rfind(',');
    const auto element = comma == std::string_view::npos ? list : list.substr(comma + 1);
    list = comma == std::string_view::npos ? std::string_view{} : list.substr(0, comma);
    return trimmed(element);
}

}  // namespace

bool Address::is_v4() const {
    return std::equal(v4_prefix.begin(), v4_prefix.end(), bytes.begin());
}

bool Address::is_loopback() const {
    if (is_v4()) return bytes[12] == 127;
    Address one;
    one.bytes[15] = 1;
    return *this == one;
}

std::optional<Address> parse_address(std::string_view text) {
    if (text.size() > 2 && text.front() == '[' && text.back() == ']') {
        text = text.substr(1, text.size() - 2);
        if (text.find(':') == std::string_view::npos) return std::nullopt;
    }
    if (text.empty() || text.size() >= INET6_ADDRSTRLEN) return std::nullopt;
    const std::string terminated(text);
    if (terminated.size() != std::strlen(terminated.c_str())) return std::nullopt;
    Address address;
    std::copy(v4_prefix.begin(), v4_prefix.end(), address.bytes.begin());
    if (inet_pton(AF_INET, terminated.c_str(), address.bytes.data() + 12) == 1) return address;
    if (inet_pton(AF_INET6, terminated.c_str(), address.bytes.data()) == 1) return address;
    return std::nullopt;
}

std::string to_string(const Address& address) {
    std::array<char, INET6_ADDRSTRLEN> text{};
    if (address.is_v4()) {
        inet_ntop(AF_INET, address.bytes.data() + 12, text.data(), text.size());
    } else {
        inet_ntop(AF_INET6, address.bytes.data(), text.data(), text.size());
    }
    return text.data();
}

bool Network::contains(const Address& address) const {
    const std::size_t whole = prefix / 8;
    if (!std::equal(base.bytes.begin(), base.bytes.begin() + static_cast<std::ptrdiff_t>(whole),
                    address.bytes.begin())) {
        return false;
    }
    if (prefix % 8 == 0) return true;
    const auto mask = static_cast<std::uint8_t>(0xffU << (8 - prefix % 8));
    return ((base.bytes[whole] ^ address.bytes[whole]) & mask) == 0;
}

Result<Network> parse_network(std::string_view text) {
    const Error bad{
        .fault = Fault::invalid_input,
        .where = "",
        .message = fmt::format(
            "\"{}\" is not an address or network. Write it like 10.0.0.7, 10.0.0.0/8 or fd00::/8.",
            text),
        .also = {}};
    const auto slash = text.find('/');
    const auto address = parse_address(text.substr(0, slash));
    if (!address) return bad;
    Network network{.base = *address, .prefix = 128};
    if (slash == std::string_view::npos) return network;
    const auto digits = text.substr(slash + 1);
    unsigned prefix = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), prefix);
    const unsigned width = address->is_v4() ? 32 : 128;
    if (error != std::errc{} || end != digits.data() + digits.size() || prefix > width) return bad;
    network.prefix = prefix + 128 - width;
    // "10.1.2.3/8" is more often a mistyped /32 than a wish to trust all of 10/8.
    if (!has_only_zeros_after(network)) return bad;
    return network;
}

Client client_behind(const Address& peer, bool peer_secure, std::string_view forwarded_for,
                     std::string_view forwarded_proto, const std::vector<Network>& trusted) {
    Client client{.address = peer, .secure = peer_secure};
    if (!is_trusted(peer, trusted)) return client;
    while (!forwarded_for.empty() && is_trusted(client.address, trusted)) {
        const auto further = reported_address(last_element(forwarded_for));
        if (!further) break;
        client.address = *further;
    }
    // The last value is the one our own proxy wrote.
    if (!forwarded_proto.empty()) client.secure = last_element(forwarded_proto) == "https";
    return client;
}

}  // namespace evenkeel::web
