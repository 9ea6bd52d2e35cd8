#include "web/detail/tls.h"

#include <fmt/format.h>
#include <openssl/ssl.h>

namespace evenkeel::web::detail {

namespace ssl = boost::asio::ssl;

Result<std::shared_ptr<ssl::context>> tls_context(const std::string& certificate,
                                                  const std::string& key) {
    auto context = std::make_shared<ssl::context>(ssl::context::tls_server);
    SSL_CTX* native = context->native_handle();
    SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION);
    SSL_CTX_set_options(
        native, SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_NO_COMPRESSION);
    // Forward secrecy for TLS 1.2 too; version 1.3 has nothing else.
    SSL_CTX_set_cipher_list(native, "ECDHE+AESGCM:ECDHE+CHACHA20");
    boost::system::error_code error;
    context->use_certificate_chain_file(certificate, error);
    if (error) {
        return Error{.fault = Fault::invalid_input,
                     .where = "/tls_certificate",
                     .message = fmt::format("The certificate {} cannot be read ({}).", certificate,
                                            error.message()),
                     .also = {}};
    }
    context->use_private_key_file(key, ssl::context::pem, error);
    if (error) {
        return Error{.fault = Fault::invalid_input,
                     .where = "/tls_key",
                     .message = fmt::format("The key {} cannot be read or does not fit the "
                                            "certificate ({}).",
                                            key, error.message()),
                     .also = {}};
    }
    return context;
}

}  // namespace evenkeel::web::detail
