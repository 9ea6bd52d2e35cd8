#include "web/detail/message_reader.h"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <optional>
#include <utility>

#include "web/detail/target.h"

namespace evenkeel::web::detail {

namespace http = boost::beast::http;

namespace {

Method method_of(http::verb verb) {
    switch (verb) {
        case http::verb::get:
            return Method::get;
        case http::verb::head:
            return Method::head;
        case http::verb::post:
            return Method::post;
        case http::verb::put:
            return Method::put;
        case http::verb::patch:
            return Method::patch;
        case http::verb::delete_:
            return Method::remove;
        case http::verb::options:
            return Method::options;
        default:
            return Method::other;
    }
}

std::string lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return out;
}

std::string_view view(boost::beast::string_view text) {
    return {text.data(), text.size()};
}

}  // namespace

struct MessageReader::Parser {
    std::optional<http::request_parser<http::string_body>> http;

    explicit Parser(const MessageLimits& limits) { renew(limits); }
    void renew(const MessageLimits& limits) {
        http.emplace();
        http->header_limit(static_cast<std::uint32_t>(limits.head));
        http->body_limit(limits.body);
    }
};

MessageReader::MessageReader(const MessageLimits& limits, const MaxBody& max_body)
    : limits_(limits), max_body_(max_body), parser_(std::make_unique<Parser>(limits)) {}

MessageReader::~MessageReader() = default;

void MessageReader::refuse(int status, std::string detail) {
    state_ = State::refused;
    refusal_ = {.status = status, .detail = std::move(detail)};
}

MessageReader::State MessageReader::read(std::string_view bytes) {
    if (state_ == State::refused || state_ == State::complete) return state_;
    buffer_.append(bytes);
    // An empty line before a request is skipped (RFC 9112, section 2.2).
    while (state_ == State::between && buffer_.starts_with("\r\n")) buffer_.erase(0, 2);
    if (buffer_.empty() || (state_ == State::between && buffer_ == "\r")) return state_;
    if (state_ == State::between) state_ = State::head;

    auto& parser = *parser_->http;
    while (!buffer_.empty()) {
        boost::system::error_code error;
        const std::size_t used = parser.put(boost::asio::buffer(buffer_), error);
        buffer_.erase(0, used);
        if (error == http::error::need_more) break;
        if (error == http::error::header_limit) {
            refuse(431, "The head of the request is too large.");
            return state_;
        }
        if (error == http::error::body_limit) {
            refuse(413, "The body of the request is too large.");
            return state_;
        }
        if (error) {
            refuse(400, "This is not a request that can be read.");
            return state_;
        }
        if (state_ == State::head && parser.is_header_done()) {
            check_head();
            if (state_ == State::refused) return state_;
        }
        if (parser.is_done() || used == 0) break;
    }
    if (parser.is_done()) {
        request_.body = std::move(parser.get().body());
        state_ = State::complete;
    } else if (buffer_.size() > limits_.head) {
        // Only endless chunk extensions or trailers get here.
        refuse(400, "The framing of the body is too large.");
    }
    return state_;
}

void MessageReader::check_head() {
    const auto& head = parser_->http->get();
    const std::string_view raw_target = view(head.target());
    if (raw_target.size() > limits_.target) return refuse(414, "The address is too long.");
    const auto count = std::distance(head.begin(), head.end());
    if (static_cast<std::size_t>(count) > limits_.fields) {
        return refuse(431, "The request has too many header fields.");
    }
    request_.method = method_of(head.method());
    auto target = parse_target(raw_target);
    if (!target.ok()) return refuse(400, target.error().message);
    request_.path = std::move(target.value().path);
    request_.query = std::move(target.value().query);
    for (const auto& field : head) {
        request_.headers.add(lower(view(field.name_string())), std::string(view(field.value())));
    }
    check_framing();
}

void MessageReader::check_framing() {
    auto& parser = *parser_->http;
    const auto& head = parser.get();
    const auto hosts = head.count(http::field::host);
    if (hosts > 1 || (hosts == 0 && head.version() == 11)) {
        return refuse(400, "The request must have exactly one Host field.");
    }
    const std::string* encoding = request_.headers.find("transfer-encoding");
    if (encoding != nullptr && (lower(*encoding) != "chunked" || head.version() != 11)) {
        return refuse(400, "Only the transfer encoding chunked is understood.");
    }
    if (encoding != nullptr && request_.headers.find("content-length") != nullptr) {
        return refuse(400, "The request gives two lengths for its body.");
    }
    if (head.count(http::field::content_length) > 1) {
        return refuse(400, "The request gives two lengths for its body.");
    }
    wants_continue_ = false;
    if (const std::string* expect = request_.headers.find("expect")) {
        if (lower(*expect) != "100-continue") {
            return refuse(417, "This expectation is not understood.");
        }
        wants_continue_ = head.version() == 11;
    }
    // A client of HTTP/1.0 would want to be told; it gets one answer per connection.
    keep_alive_ = head.version() == 11 && parser.keep_alive();
    body_limit_ = limits_.body;
    if (max_body_) body_limit_ = std::min(body_limit_, max_body_(request_.method, request_.path));
    parser.body_limit(body_limit_);
    if (const auto length = parser.content_length(); length && *length > body_limit_) {
        return refuse(413, "The body of the request is too large.");
    }
    parser.eager(true);
    state_ = State::body;
}

Request MessageReader::take() {
    EK_ASSERT(state_ == State::complete);
    Request request = std::exchange(request_, Request{});
    parser_->renew(limits_);
    state_ = State::between;
    return request;
}

}  // namespace evenkeel::web::detail
