#include <vector>

#include "exchange/json.h"
#include "web/http.h"

namespace evenkeel::web {

namespace {

Response document(int status, std::string_view detail, const std::vector<Problem>& problems) {
    exchange::JsonWriter out;
    out.begin_object();
    out.key("type");
    out.text("about:blank");  // RFC 9457, 4.2.1: no more meaning than the status code
    out.key("title");
    out.text(reason_phrase(status));
    out.key("status");
    out.number(std::int64_t{status});
    out.key("detail");
    out.text(detail);
    out.key("problems");
    out.begin_list();
    for (const auto& [where, message] : problems) {
        out.begin_object();
        out.key("where");
        out.text(where);
        out.key("message");
        out.text(message);
        out.end_object();
    }
    out.end_list();
    out.end_object();
    Response response{.status = status};
    response.body = out.take();
    response.content_type = "application/problem+json";
    // RFC 9110, 11.6.1 asks for a challenge with every 401; browsers pass over a
    // scheme they do not know, so no dialogue of theirs appears.
    if (status == 401) response.headers.emplace_back("WWW-Authenticate", "Session");
    if (status == 429) response.headers.emplace_back("Retry-After", "30");
    if (status == 503) response.headers.emplace_back("Retry-After", "2");
    return response;
}

}  // namespace

int status_of(Fault fault) {
    switch (fault) {
        case Fault::invalid_input:
            return 422;
        case Fault::not_found:
            return 404;
        case Fault::unauthenticated:
            return 401;
        case Fault::forbidden:
            return 403;
        case Fault::conflict:
            return 409;
        case Fault::too_large:
            return 413;
        case Fault::too_many:
            return 429;
        case Fault::not_converged:
            return 422;
        case Fault::unavailable:
            return 503;
    }
    return 500;
}

Response problem(const Error& error) {
    return document(status_of(error.fault), error.message, error.problems());
}

Response problem(int status, std::string_view detail) {
    return document(status, detail, {});
}

std::string_view reason_phrase(int status) {
    switch (status) {
        case 200:
            return "OK";
        case 201:
            return "Created";
        case 202:
            return "Accepted";
        case 204:
            return "No Content";
        case 303:
            return "See Other";
        case 304:
            return "Not Modified";
        case 400:
            return "Bad Request";
        case 401:
            return "Unauthorized";
        case 403:
            return "Forbidden";
        case 404:
            return "Not Found";
        case 405:
            return "Method Not Allowed";
        case 406:
            return "Not Acceptable";
        case 408:
            return "Request Timeout";
        case 409:
            return "Conflict";
        case 410:
            return "Gone";
        case 411:
            return "Length Required";
        case 412:
            return "Precondition Failed";
        case 413:
            return "Content Too Large";
        case 414:
            return "URI Too Long";
        case 415:
            return "Unsupported Media Type";
        case 417:
            return "Expectation Failed";
        case 421:
            return "Misdirected Request";
        case 422:
            return "Unprocessable Content";
        case 428:
            return "Precondition Required";
        case 429:
            return "Too Many Requests";
        case 431:
            return "Request Header Fields Too Large";
        case 500:
            return "Internal Server Error";
        case 503:
            return "Service Unavailable";
        default:
            break;
    }
    return status < 400 ? "OK" : status < 500 ? "Bad Request" : "Internal Server Error";
}

}  // namespace evenkeel::web
