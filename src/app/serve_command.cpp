#include <CLI/CLI.hpp>
#include <memory>

#include "app/commands.h"
#include "app/serve.h"

namespace evenkeel::app {

Action serve_command(CLI::App& command) {
    auto options = std::make_shared<ServeOptions>();
    declare_data(command, options->data);
    command.add_option("--listen", options->listen, "HOST:PORT; loopback unless TLS or a proxy");
    command.add_option("--tls-cert", options->tls_certificate, "Certificate chain, PEM");
    command.add_option("--tls-key", options->tls_key, "Private key, PEM");
    command.add_option("--trusted-proxy", options->trusted_proxies,
                       "Address or network whose X-Forwarded headers count");
    command.add_option("--host", options->hosts, "Name by which the service is reached");
    command.add_option("--metrics", options->metrics, "HOST:PORT for Prometheus counts");
    auto* demo = command.add_flag("--demo", options->demo, "Demonstration data in an empty record");
    command.add_flag("--solo", options->solo, "For one person alone, without a clinic")
        ->excludes(demo);
    // Not in the help: only bench/ compares with it.
    command
        .add_flag_callback("--commit-each",
                           [options] { options->commit = store::CommitMode::one_by_one; })
        ->group("");
    return [options](const Surroundings& at) -> Result<Exit> {
        options->program = at.program;
        CHECK_OK(serve(*options, at.out));
        return Exit::done;
    };
}

}  // namespace evenkeel::app
