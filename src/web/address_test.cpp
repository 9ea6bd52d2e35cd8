// Goal: nobody but a proxy that the operator named can say who is calling.
// Method: addresses and fields as they come from the wire, legal, boundary, forged.

#include "web/address.h"

#include <gtest/gtest.h>

namespace evenkeel::web {
namespace {

Address address(std::string_view text) {
    const auto parsed = parse_address(text);
    EXPECT_TRUE(parsed.has_value()) << text;
    return parsed.value_or(Address{});
}

std::vector<Network> networks(std::initializer_list<std::string_view> texts) {
    std::vector<Network> out;
    for (const auto text : texts) {
        auto network = parse_network(text);
        EXPECT_TRUE(network.ok()) << text;
        out.push_back(network.value());
    }
    return out;
}

TEST(Address, ReadsAndWritesBothFamilies) {
    EXPECT_EQ(to_string(address("203.0.113.7")), "203.0.113.7");
    EXPECT_EQ(to_string(address("2001:DB8:0::1")), "2001:db8::1");
    EXPECT_EQ(to_string(address("[2001:db8::1]")), "2001:db8::1");
}

TEST(Address, AMappedAddressIsTheSameAsItsShortForm) {
    EXPECT_EQ(address("::ffff:10.0.0.1"), address("10.0.0.1"));
    EXPECT_TRUE(address("::ffff:10.0.0.1").is_v4());
}

TEST(Address, RefusesEverythingElse) {
    for (const std::string_view text :
         {"", "10.0.0", "10.0.0.256", "010.0.0.1 ", "10.0.0.1:80", "[10.0.0.1]", "fe80::1%eth0",
          "localhost", ":::", "1.2.3.4.5", "[::1", "::1]"}) {
        EXPECT_FALSE(parse_address(text)) << text;
    }
    EXPECT_FALSE(parse_address(std::string_view("10.0.0.1\0x", 10)));
}

TEST(Address, KnowsLoopback) {
    EXPECT_TRUE(address("127.0.0.1").is_loopback());
    EXPECT_TRUE(address("127.255.0.9").is_loopback());
    EXPECT_TRUE(address("::1").is_loopback());
    EXPECT_FALSE(address("0.0.0.0").is_loopback());
    EXPECT_FALSE(address("::").is_loopback());
    EXPECT_FALSE(address("128.0.0.1").is_loopback());
}

TEST(Network, HoldsExactlyItsAddresses) {
    const auto ten = networks({"10.0.0.0/8"}).front();
    EXPECT_TRUE(ten.contains(address("10.255.255.255")));
    EXPECT_FALSE(ten.contains(address("11.0.0.0")));
    EXPECT_FALSE(ten.contains(address("2001:db8::1")));

    const auto six = networks({"2001:db8::/33"}).front();
    EXPECT_TRUE(six.contains(address("2001:db8:7fff::1")));
    EXPECT_FALSE(six.contains(address("2001:db8:8000::1")));

    const auto one = networks({"192.0.2.1"}).front();
    EXPECT_TRUE(one.contains(address("192.0.2.1")));
    EXPECT_FALSE(one.contains(address("192.0.2.2")));

    const auto every_v4 = networks({"0.0.0.0/0"}).front();
    EXPECT_TRUE(every_v4.contains(address("203.0.113.7")));
    EXPECT_FALSE(every_v4.contains(address("2001:db8::1")));
}

TEST(Network, RefusesWhatWouldTrustTooMuch) {
    for (const std::string_view text : {"10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.0/8x",
                                        "::/129", "/8", "10.1.2.3/8", "2001:db8::1/64"}) {
        const auto network = parse_network(text);
        ASSERT_FALSE(network.ok()) << text;
        EXPECT_EQ(network.error().fault, Fault::invalid_input);
    }
}

TEST(ClientBehind, IgnoresTheFieldsOfAnUntrustedPeer) {
    const auto client = client_behind(address("203.0.113.9"), false, "10.0.0.1", "https",
                                      networks({"127.0.0.0/8"}));
    EXPECT_EQ(to_string(client.address), "203.0.113.9");
    EXPECT_FALSE(client.secure);
}

TEST(ClientBehind, BelievesATrustedProxy) {
    const auto client =
        client_behind(address("127.0.0.1"), false, "203.0.113.9", "https", networks({"127.0.0.1"}));
    EXPECT_EQ(to_string(client.address), "203.0.113.9");
    EXPECT_TRUE(client.secure);
}

TEST(ClientBehind, TakesTheLastAddressThatIsNotAProxy) {
    // The client wrote 198.51.100.1 itself; the outer proxy appended the true one.
    const auto client =
        client_behind(address("10.0.0.2"), false, "198.51.100.1, 203.0.113.9, 10.0.0.1", "https",
                      networks({"10.0.0.0/8"}));
    EXPECT_EQ(to_string(client.address), "203.0.113.9");
}

TEST(ClientBehind, ReadsAddressesWithPorts) {
    const auto trusted = networks({"127.0.0.1"});
    const auto peer = address("127.0.0.1");
    EXPECT_EQ(to_string(client_behind(peer, false, "203.0.113.9:4711", "", trusted).address),
              "203.0.113.9");
    EXPECT_EQ(to_string(client_behind(peer, false, "[2001:db8::5]:443", "", trusted).address),
              "2001:db8::5");
}

TEST(ClientBehind, AnUnreadableFieldNamesNobodyFurtherThanItsReporter) {
    const auto trusted = networks({"10.0.0.0/8"});
    const auto peer = address("10.0.0.2");
    for (const std::string_view field : {"", "unknown", "203.0.113.9, ", "203.0.113.9, _hidden",
                                         "203.0.113.9, 1.2.3.4:x", "203.0.113.9,,"}) {
        EXPECT_EQ(client_behind(peer, false, field, "", trusted).address, peer) << field;
    }
    EXPECT_EQ(to_string(client_behind(peer, false, "nonsense, 10.0.0.1", "", trusted).address),
              "10.0.0.1");
}

TEST(ClientBehind, OnlyTheNearestProxySaysWhetherTheClientSpeaksTls) {
    const auto trusted = networks({"127.0.0.1"});
    const auto peer = address("127.0.0.1");
    EXPECT_FALSE(client_behind(peer, false, "", "https, http", trusted).secure);
    EXPECT_FALSE(client_behind(peer, true, "", "http", trusted).secure);
    EXPECT_TRUE(client_behind(peer, true, "", "", trusted).secure);
    EXPECT_FALSE(client_behind(peer, false, "", "HTTPS ish", trusted).secure);
}

}  // namespace
}  // namespace evenkeel::web
