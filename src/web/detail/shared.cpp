#include "web/detail/shared.h"

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <random>
#include <typeinfo>

#include "exchange/json.h"
#include "web/detail/response_head.h"

namespace evenkeel::web::detail {

namespace {

std::string opaque_code() {
    std::random_device random;
    return fmt::format("{:08x}", random());
}

// Where a handler broke. The text of a foreign exception could quote what a person
// wrote, so only its type is kept; a broken invariant quotes source code alone.
Response answer_of_fault(const Shared& shared, const Request& request, std::string_view what) {
    const std::string code = opaque_code();
    exchange::JsonWriter out;
    out.begin_object();
    out.key("fault");
    out.text(code);
    out.key("route");
    out.text(request.route.empty() ? "-" : std::string_view(request.route));
    out.key("what");
    out.text(what);
    out.end_object();
    if (shared.settings.fault_log) shared.settings.fault_log(out.take());
    return problem(500, fmt::format("Something went wrong on our side. Nothing was changed. If it "
                                    "happens again, tell your service the code {}.",
                                    code));
}

std::string_view without_port(std::string_view host) {
    const auto bracket = host.rfind(']');
    const auto colon = host.rfind(':');
    if (colon == std::string_view::npos) return host;
    if (bracket != std::string_view::npos && colon < bracket) return host;
    return host.substr(0, colon);
}

}  // namespace

bool ConnectionCount::enter(const Address& peer, Cap cap) {
    const std::lock_guard lock(mutex_);
    if (total_ >= total_limit_) return false;
    std::size_t& of_peer = by_peer_[peer];
    if (cap == Cap::counts && of_peer >= per_peer_limit_) return false;
    ++of_peer;
    ++total_;
    return true;
}

void ConnectionCount::leave(const Address& peer) {
    const std::lock_guard lock(mutex_);
    const auto found = by_peer_.find(peer);
    EK_ASSERT(found != by_peer_.end() && total_ > 0);
    if (--found->second == 0) by_peer_.erase(found);
    if (--total_ == 0) none_.notify_all();
}

std::size_t ConnectionCount::total() const {
    const std::lock_guard lock(mutex_);
    return total_;
}

bool ConnectionCount::wait_for_none(std::chrono::milliseconds time) {
    std::unique_lock lock(mutex_);
    return none_.wait_for(lock, time, [this] { return total_ == 0; });
}

bool Shared::is_trusted(const Address& address) const {
    return std::any_of(trusted.begin(), trusted.end(),
                       [&](const Network& network) { return network.contains(address); });
}

Response guarded(const Shared& shared, Request& request) {
    try {
        Response response = shared.handler(request);
        check_response(response);
        return response;
    } catch (const BrokenInvariant& broken) {
        return answer_of_fault(shared, request, broken.what());
    } catch (const std::exception& thrown) {
        return answer_of_fault(shared, request, typeid(thrown).name());
    } catch (...) {
        return answer_of_fault(shared, request, "not a std::exception");
    }
}

std::optional<Response> refused_at_door(const Shared& shared, const Address& peer,
                                        const Request& request) {
    if (shared.only_proxies && !peer.is_loopback() && !shared.is_trusted(peer)) {
        return problem(403, "Use the https address of this service.");
    }
    const auto& hosts = shared.settings.hosts;
    if (hosts.empty()) return std::nullopt;
    std::string host(without_port(request.headers.get("host")));
    std::transform(host.begin(), host.end(), host.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    if (std::find(hosts.begin(), hosts.end(), host) != hosts.end()) return std::nullopt;
    return problem(421, "This service does not have that name.");
}

}  // namespace evenkeel::web::detail
