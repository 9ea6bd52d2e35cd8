#pragma once
// Live updates: who publishes does not know who listens.
//
// A Response that names topics (web/http.h) becomes a subscription. A reader that
// is too slow is dropped rather than waited for; the browser reconnects and asks
// for the present state, so no event carries state of its own.
//
// Source: HTML Living Standard, section 9.2 (server-sent events).

#include <cstddef>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace evenkeel::web {

// One listener's queue, bounded. Used by the server only.
class Subscriber;

class EventHub {
  public:
    explicit EventHub(std::size_t queue_length = 64) : queue_length_(queue_length) {}
    EventHub(const EventHub&) = delete;
    EventHub& operator=(const EventHub&) = delete;

    // Thread-safe; never waits for a reader. `event` is one word, `data` any text.
    void publish(const std::string& topic, std::string_view event, std::string_view data);
    // Ends every stream on the topic, for instance of a session that signed out.
    void end(const std::string& topic);
    [[nodiscard]] std::size_t subscribers() const;

    // For the server: `wake` is called, with the hub locked, when something waits.
    std::shared_ptr<Subscriber> subscribe(const std::vector<std::string>& topics,
                                          std::function<void()> wake);
    void unsubscribe(const std::shared_ptr<Subscriber>&);
    // What waits for this subscriber, as text of the stream, and whether it must end.
    struct Waiting {
        std::string text;
        bool ended = false;
    };
    Waiting take(Subscriber&);

  private:
    mutable std::mutex mutex_;
    std::size_t queue_length_;
    std::map<std::string, std::vector<std::shared_ptr<Subscriber>>> by_topic_;
    std::size_t count_ = 0;
};

}  // namespace evenkeel::web
