// Goal: everyone on a topic hears it, nobody else does, and a slow reader holds up
// nobody.
#include "web/event_hub.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

namespace evenkeel::web {
namespace {

TEST(EventHub, DeliversToTheTopicOnly) {
    EventHub hub;
    int woken = 0;
    const auto ada = hub.subscribe({"account:ada", "service"}, [&] { ++woken; });
    const auto bob = hub.subscribe({"account:bob", "service"}, [] {});
    hub.publish("account:ada", "changed", R"({"person":"1"})");
    hub.publish("service", "changed", "{}");
    hub.publish("nobody", "changed", "{}");
    EXPECT_EQ(hub.take(*ada).text,
              "event: changed\ndata: {\"person\":\"1\"}\n\nevent: changed\ndata: {}\n\n");
    EXPECT_EQ(hub.take(*ada).text, "");
    EXPECT_EQ(hub.take(*bob).text, "event: changed\ndata: {}\n\n");
    EXPECT_EQ(woken, 2);
    EXPECT_EQ(hub.subscribers(), 2U);
    hub.unsubscribe(ada);
    hub.unsubscribe(bob);
    EXPECT_EQ(hub.subscribers(), 0U);
    hub.publish("account:ada", "changed", "{}");
    EXPECT_EQ(woken, 2);
}

TEST(EventHub, NamingATopicTwiceDeliversOnce) {
    EventHub hub;
    const auto reader = hub.subscribe({"a", "a"}, [] {});
    hub.publish("a", "e", "x");
    EXPECT_EQ(hub.take(*reader).text, "event: e\ndata: x\n\n");
    hub.unsubscribe(reader);
}

TEST(EventHub, NoTextCanEndAnEventOrBeginAnother) {
    EventHub hub;
    const auto reader = hub.subscribe({"a"}, [] {});
    hub.publish("a", "changed\nevent: forged", "one\n\nevent: forged\rdata: x\r\ny");
    EXPECT_EQ(hub.take(*reader).text,
              "event: changed event: forged\ndata: one\ndata: \ndata: event: forged\n"
              "data: data: x\ndata: y\n\n");
    hub.unsubscribe(reader);
}

TEST(EventHub, DropsAReaderThatIsTooSlow) {
    EventHub hub(3);
    const auto slow = hub.subscribe({"a"}, [] {});
    const auto quick = hub.subscribe({"a"}, [] {});
    for (int i = 0; i < 4; ++i) {
        hub.publish("a", "e", "x");
        EXPECT_FALSE(hub.take(*quick).ended);
    }
    EXPECT_TRUE(hub.take(*slow).ended);
    hub.unsubscribe(slow);
    hub.unsubscribe(quick);
}

TEST(EventHub, EndsTheStreamsOfATopic) {
    EventHub hub;
    int woken = 0;
    const auto session = hub.subscribe({"session:1"}, [&] { ++woken; });
    hub.end("session:2");
    EXPECT_FALSE(hub.take(*session).ended);
    hub.end("session:1");
    EXPECT_TRUE(hub.take(*session).ended);
    EXPECT_EQ(woken, 1);
    hub.unsubscribe(session);
}

TEST(EventHub, ManyThreadsMayPublishJoinAndLeave) {
    EventHub hub(1'000'000);
    const auto reader = hub.subscribe({"a"}, [] {});
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] {
            for (int k = 0; k < 500; ++k) {
                const auto guest = hub.subscribe({"a", "b"}, [] {});
                hub.publish("a", "e", "x");
                hub.unsubscribe(guest);
            }
        });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(hub.take(*reader).text.size(),
              2000 * std::string_view("event: e\ndata: x\n\n").size());
    hub.unsubscribe(reader);
    EXPECT_EQ(hub.subscribers(), 0U);
}

}  // namespace
}  // namespace evenkeel::web
