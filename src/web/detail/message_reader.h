#pragma once
// Bytes in, requests out: the one place where HTTP/1.1 is parsed.
//
// It reads no socket and no clock, so the same code runs under the server, the unit
// tests and the fuzzer. Boost.Beast does the parsing proper; this adds the limits
// and refuses what two readers could understand differently (RFC 9112, section 11.2).

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "web/http.h"
#include "web/message_limits.h"

namespace evenkeel::web::detail {

using MaxBody = std::function<std::size_t(Method, std::string_view)>;

struct Refusal {
    int status = 400;
    std::string detail;
};

class MessageReader {
  public:
    enum class State {
        between,   // not a byte of a request yet
        head,      // within request line and header fields
        body,      // the head is good; more body must come
        complete,  // take() it
        refused,   // see refusal(); nothing further can be read
    };

    // Both must outlive the reader. An empty `max_body` means limits.body.
    MessageReader(const MessageLimits& limits, const MaxBody& max_body);
    ~MessageReader();
    MessageReader(const MessageReader&) = delete;
    MessageReader& operator=(const MessageReader&) = delete;

    // Adds bytes and reads as far as one request goes; what follows it is kept.
    State read(std::string_view bytes);

    // The complete request, without peer; the next read() begins the next one.
    Request take();

    [[nodiscard]] State state() const { return state_; }
    [[nodiscard]] const Refusal& refusal() const { return refusal_; }
    // Of the request whose head was read last.
    [[nodiscard]] bool wants_continue() const { return wants_continue_; }
    [[nodiscard]] bool keep_alive() const { return keep_alive_; }
    [[nodiscard]] std::size_t body_limit() const { return body_limit_; }

  private:
    struct Parser;
    void refuse(int status, std::string detail);
    void check_head();
    void check_framing();

    const MessageLimits& limits_;
    const MaxBody& max_body_;
    std::unique_ptr<Parser> parser_;
    std::string buffer_;  // not parsed yet
    Request request_;
    Refusal refusal_;
    State state_ = State::between;
    bool wants_continue_ = false;
    bool keep_alive_ = false;
    std::size_t body_limit_ = 0;
};

}  // namespace evenkeel::web::detail
