#pragma once
// The TLS side: version 1.2 and newer, certificate and key from PEM files.
//
// Source: RFC 9325 (recommendations for TLS).

#include <boost/asio/ssl/context.hpp>
#include <memory>
#include <string>

#include "base/result.h"

namespace evenkeel::web::detail {

// Fails with invalid_input, `where` naming the setting: a file that cannot be read,
// is not PEM, or a key that does not fit the certificate.
Result<std::shared_ptr<boost::asio::ssl::context>> tls_context(const std::string& certificate,
                                                               const std::string& key);

}  // namespace evenkeel::web::detail
