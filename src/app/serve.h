#pragma once
// `evenkeel serve`: opens the record, works off what falls due, and answers.

#include <filesystem>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "app/service_data.h"
#include "store/store.h"

namespace evenkeel::app {

struct ServeOptions {
    DataOptions data;
    std::filesystem::path program;
    std::string listen = "127.0.0.1:8080";
    std::string tls_certificate;
    std::string tls_key;
    std::vector<std::string> trusted_proxies;
    std::vector<std::string> hosts;
    std::optional<std::string> metrics;  // HOST:PORT of the metrics listener
    bool demo = false;
    bool solo = false;
    store::CommitMode commit = store::CommitMode::grouped;
};

// Returns when the process is asked to stop. Fails with invalid_input (options),
// unavailable (folder, port), conflict (crisis contacts are missing).
Status serve(const ServeOptions&, std::ostream& out);

}  // namespace evenkeel::app
