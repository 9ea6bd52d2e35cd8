#include "store/detail/sealing.h"

#include <sodium.h>

#include <cstring>

namespace evenkeel::store::detail {
namespace {

constexpr char kdf_context[crypto_kdf_CONTEXTBYTES + 1] = "evenkeel";
constexpr char format_1 = 1;
constexpr std::size_t nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_size = crypto_aead_xchacha20poly1305_ietf_ABYTES;

const unsigned char* data_of(std::string_view bytes) {
    return reinterpret_cast<const unsigned char*>(bytes.data());
}
unsigned char* data_of(std::string& bytes) {
    return reinterpret_cast<unsigned char*>(bytes.data());
}

void nonce_of(const SecretKey& key, std::string_view context, std::string_view text,
              unsigned char* nonce) {
    crypto_generichash_state state;
    crypto_generichash_init(&state, key.bytes.data(), key.bytes.size(), nonce_size);
    const std::uint64_t length = context.size();
    std::array<unsigned char, 8> prefix{};
    for (std::size_t i = 0; i < 8; ++i) prefix[i] = static_cast<unsigned char>(length >> (8 * i));
    crypto_generichash_update(&state, prefix.data(), prefix.size());
    crypto_generichash_update(&state, data_of(context), context.size());
    crypto_generichash_update(&state, data_of(text), text.size());
    crypto_generichash_final(&state, nonce, nonce_size);
}

Error altered() {
    return {Fault::invalid_input, "", "What is stored here was altered or moved.", {}};
}

}  // namespace

SecretKey::~SecretKey() {
    sodium_memzero(bytes.data(), bytes.size());
}

void start_sodium() {
    static const int started = sodium_init();
    EK_ASSERT(started >= 0);
}

SecretKey random_key() {
    SecretKey key;
    randombytes_buf(key.bytes.data(), key.bytes.size());
    return key;
}

SecretKey derived_key(const SecretKey& parent, std::uint64_t purpose) {
    SecretKey key;
    crypto_kdf_derive_from_key(key.bytes.data(), key.bytes.size(), purpose, kdf_context,
                               parent.bytes.data());
    return key;
}

SealingKey sealing_key(const SecretKey& key) {
    return {derived_key(key, 1), derived_key(key, 2)};
}

Bytes seal_under(const SealingKey& key, std::string_view context, std::string_view text) {
    Bytes sealed(1 + nonce_size + text.size() + tag_size, format_1);
    unsigned char* nonce = data_of(sealed) + 1;
    nonce_of(key.nonce, context, text, nonce);
    crypto_aead_xchacha20poly1305_ietf_encrypt(nonce + nonce_size, nullptr, data_of(text),
                                               text.size(), data_of(context), context.size(),
                                               nullptr, nonce, key.encryption.bytes.data());
    return sealed;
}

Result<std::string> open_under(const SealingKey& key, std::string_view context,
                               std::string_view sealed) {
    if (sealed.size() < 1 + nonce_size + tag_size || sealed.front() != format_1) return altered();
    const unsigned char* nonce = data_of(sealed) + 1;
    const std::size_t body_size = sealed.size() - 1 - nonce_size;
    std::string text(body_size - tag_size, '\0');
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(
            data_of(text), nullptr, nullptr, nonce + nonce_size, body_size, data_of(context),
            context.size(), nonce, key.encryption.bytes.data()) != 0) {
        return altered();
    }
    return text;
}

std::string sealing_context(const Id& stream, std::string_view address) {
    std::string context(reinterpret_cast<const char*>(stream.bytes.data()), stream.bytes.size());
    context += address;
    return context;
}

Hash keyed_hash(const SecretKey& key, std::string_view bytes) {
    Hash hash{};
    crypto_generichash(hash.data(), hash.size(), data_of(bytes), bytes.size(), key.bytes.data(),
                       key.bytes.size());
    return hash;
}

std::string to_hex(std::string_view bytes) {
    std::string text(bytes.size() * 2 + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), data_of(bytes), bytes.size());
    text.pop_back();
    return text;
}

std::string from_hex(std::string_view text) {
    std::string bytes(text.size() / 2, '\0');
    std::size_t size = 0;
    const char* end = nullptr;
    if (sodium_hex2bin(data_of(bytes), bytes.size(), text.data(), text.size(), nullptr, &size,
                       &end) != 0 ||
        end != text.data() + text.size()) {
        return {};
    }
    bytes.resize(size);
    // One way to write each value: upper case would be a second one.
    return to_hex(bytes) == text ? bytes : std::string{};
}

}  // namespace evenkeel::store::detail
