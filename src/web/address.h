#pragma once
// Network addresses: which peer is a trusted proxy, and who stands behind it.
//
// IPv4 is kept as IPv4-mapped IPv6, so that 10.0.0.1 and ::ffff:10.0.0.1 are one.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace evenkeel::web {

struct Address {
    std::array<std::uint8_t, 16> bytes{};

    auto operator<=>(const Address&) const = default;
    [[nodiscard]] bool is_v4() const;
    [[nodiscard]] bool is_loopback() const;  // 127.0.0.0/8 or ::1
};

// "10.0.0.1", "2001:db8::1", "[2001:db8::1]"; nullopt for anything else.
std::optional<Address> parse_address(std::string_view);
std::string to_string(const Address&);

struct Network {
    Address base;
    unsigned prefix = 128;  // bits that count, of 128

    [[nodiscard]] bool contains(const Address&) const;
};

// "10.0.0.0/8", "fd00::/8" or one address. Fails with invalid_input.
Result<Network> parse_network(std::string_view);

struct Client {
    Address address;
    bool secure = false;
};

// Who really asks, behind proxies: the last address of X-Forwarded-For that is not
// itself a trusted proxy. From a peer that is not trusted both fields count for
// nothing. A field that cannot be read names nobody further than its reporter.
Client client_behind(const Address& peer, bool peer_secure, std::string_view forwarded_for,
                     std::string_view forwarded_proto, const std::vector<Network>& trusted);

}  // namespace evenkeel::web
