#pragma once
// One connection: its requests one after the other, each under a deadline.
//
// Lives on one I/O thread; every member function is called there.

#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <functional>
#include <memory>

#include "web/detail/shared.h"

namespace evenkeel::web::detail {

class Connection : public std::enable_shared_from_this<Connection> {
  public:
    virtual ~Connection() = default;
    // `ended` is called once, when the connection is closed.
    virtual void start(std::function<void(const std::shared_ptr<Connection>&)> ended) = 0;
    // Gives up what is past its deadline. One sweep over all connections costs less
    // than a timer for each step of each request.
    virtual void sweep(std::chrono::steady_clock::time_point now) = 0;
    // Ends at once when idle, else after the answer under way.
    virtual void stop() = 0;
};

// Plain, or with `shared.tls` when that is set.
std::shared_ptr<Connection> make_connection(boost::asio::ip::tcp::socket, const Address& peer,
                                            Shared&);

}  // namespace evenkeel::web::detail
