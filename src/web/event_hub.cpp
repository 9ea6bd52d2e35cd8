#include "web/event_hub.h"

#include <algorithm>

namespace evenkeel::web {

class Subscriber {
  public:
    std::vector<std::string> topics;
    std::function<void()> wake;
    std::deque<std::string> queue;
    bool ended = false;
};

namespace {

// A line break in the data begins a further "data:" line, so that no text can end
// the event or name another one.
std::string as_event(std::string_view event, std::string_view data) {
    std::string text = "event: ";
    for (const char c : event) text += c == '\r' || c == '\n' ? ' ' : c;
    text += "\ndata: ";
    for (std::size_t i = 0; i < data.size(); ++i) {
        if (data[i] == '\r' && i + 1 < data.size() && data[i + 1] == '\n') continue;
        if (data[i] == '\n' || data[i] == '\r') {
            text += "\ndata: ";
        } else {
            text += data[i];
        }
    }
    return text + "\n\n";
}

}  // namespace

void EventHub::publish(const std::string& topic, std::string_view event, std::string_view data) {
    const std::string text = as_event(event, data);
    const std::lock_guard lock(mutex_);
    const auto found = by_topic_.find(topic);
    if (found == by_topic_.end()) return;
    for (const auto& subscriber : found->second) {
        if (subscriber->queue.size() >= queue_length_) subscriber->ended = true;
        if (!subscriber->ended) subscriber->queue.push_back(text);
        subscriber->wake();
    }
}

void EventHub::end(const std::string& topic) {
    const std::lock_guard lock(mutex_);
    const auto found = by_topic_.find(topic);
    if (found == by_topic_.end()) return;
    for (const auto& subscriber : found->second) {
        subscriber->ended = true;
        subscriber->wake();
    }
}

std::size_t EventHub::subscribers() const {
    const std::lock_guard lock(mutex_);
    return count_;
}

std::shared_ptr<Subscriber> EventHub::subscribe(const std::vector<std::string>& topics,
                                                std::function<void()> wake) {
    auto subscriber = std::make_shared<Subscriber>();
    subscriber->topics = topics;
    std::sort(subscriber->topics.begin(), subscriber->topics.end());
    subscriber->topics.erase(std::unique(subscriber->topics.begin(), subscriber->topics.end()),
                             subscriber->topics.end());
    subscriber->wake = std::move(wake);
    const std::lock_guard lock(mutex_);
    for (const auto& topic : subscriber->topics) by_topic_[topic].push_back(subscriber);
    ++count_;
    return subscriber;
}

void EventHub::unsubscribe(const std::shared_ptr<Subscriber>& subscriber) {
    const std::lock_guard lock(mutex_);
    for (const auto& topic : subscriber->topics) {
        const auto found = by_topic_.find(topic);
        if (found == by_topic_.end()) continue;
        std::erase(found->second, subscriber);
        if (found->second.empty()) by_topic_.erase(found);
    }
    --count_;
}

EventHub::Waiting EventHub::take(Subscriber& subscriber) {
    const std::lock_guard lock(mutex_);
    Waiting waiting{.text = {}, .ended = subscriber.ended};
    for (const auto& text : subscriber.queue) waiting.text += text;
    subscriber.queue.clear();
    return waiting;
}

}  // namespace evenkeel::web
