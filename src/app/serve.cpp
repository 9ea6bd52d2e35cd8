#include "app/serve.h"

#include <fmt/format.h>
#include <malloc.h>

#include <charconv>
#include <condition_variable>
#include <csignal>
#include <functional>
#include <iostream>
#include <mutex>
#include <thread>

#include "app/demo.h"
#include "app/own_measures.h"
#include "app/service_data.h"
#include "app/solo.h"
#include "app/version.h"
#include "web/access_log.h"
#include "web/application.h"
#include "web/views/course_view.h"

namespace evenkeel::app {
namespace {

using namespace std::chrono_literals;

// A thread that does its work again and again until it ends: at once while there is more,
// else after a pause.
class Worker {
  public:
    Worker(std::string_view what, std::chrono::milliseconds pause,
           std::function<Result<bool>()> work)
        : what_(what), pause_(pause), work_(std::move(work)), thread_([this] { loop(); }) {}
    ~Worker() {
        {
            const std::lock_guard lock(mutex_);
            stop_ = true;
        }
        wake_.notify_all();
        thread_.join();
    }
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

  private:
    void loop() {
        std::unique_lock lock(mutex_);
        while (!stop_) {
            lock.unlock();
            const bool more = work();
            lock.lock();
            if (!more) wake_.wait_for(lock, pause_, [this] { return stop_; });
        }
    }

    // One of the three places that catch: a defect in one row must not end the rest.
    bool work() {
        try {
            const auto more = work_();
            return more.ok() && more.value();
        } catch (const std::exception&) {
            std::cerr << R"({"level":"error","what":")" << what_ << R"( broke an invariant"})"
                      << '\n';
            return false;
        }
    }

    const std::string_view what_;
    const std::chrono::milliseconds pause_;
    const std::function<Result<bool>()> work_;
    std::mutex mutex_;
    std::condition_variable wake_;
    bool stop_ = false;
    std::thread thread_;
};

// A new answer is analysed within this time; a look at an index costs little.
constexpr auto due_pause = 500ms;

// Works off what falls due: analysis at once, escalation and silence at their time.
Result<bool> work_off(web::Site& site) {
    TRY(const auto changed, site.keeper.work_off());
    for (const Id& person : changed) web::publish_change(site, person);
    return !changed.empty();
}

// When the diaries of the day have been looked at, and most people sleep.
constexpr auto refresh_at = 5h;

// Once a night, and at the first start after an upgrade: what a new version of a method says.
Result<bool> refresh_nightly(web::Site& site) {
    constexpr std::string_view note = "last_refresh";
    TRY(const auto organisation, site.keeper.organisation());
    const std::string zone = organisation.settings ? organisation.settings->zone : "Etc/UTC";
    const Instant now = site.clock.now();
    TRY(const auto last, noted(site.store, note));
    const auto night = [&](Instant at) { return local_day(at - refresh_at, zone); };
    if (last && night(*last) == night(now)) return false;
    CHECK_OK(site.keeper.refresh(1));
    CHECK_OK(site.store.write(
        [&](store::Writing& writing) { return writing.put_note(note, to_string(now)); }));
    return false;
}

Result<std::pair<std::string, std::uint16_t>> host_and_port(const std::string& text) {
    const auto colon = text.rfind(':');
    std::uint16_t port = 0;
    const char* end = text.data() + text.size();
    const char* begin = colon == std::string::npos ? end : text.data() + colon + 1;
    const auto read = std::from_chars(begin, end, port);
    if (colon == std::string::npos || read.ec != std::errc{} || read.ptr != end) {
        return Error{
            Fault::invalid_input, "--listen", "Give HOST:PORT, such as 127.0.0.1:8080.", {}};
    }
    std::string host = text.substr(0, colon);
    if (host.size() > 2 && host.front() == '[') host = host.substr(1, host.size() - 2);
    return std::pair{std::move(host), port};
}

// The demo sets itself up once; a real service must have its crisis contacts first.
Status make_ready(web::Site& site, const ServeOptions& options) {
    TRY(const auto organisation, site.keeper.organisation());
    if (options.demo && !organisation.settings) {
        store::SystemRandom random;
        return seed_demo(site.keeper, random, site.clock.now());
    }
    if (options.demo || options.solo || organisation.contacts) return Done{};
    return Error{Fault::conflict,
                 "crisis-contacts",
                 "This service has no crisis contacts yet, so it does not go live. Enter them "
                 "with: evenkeel crisis-contacts import FILE",
                 {}};
}

void greet(std::ostream& out, const ServeOptions& options, std::string_view host,
           std::uint16_t port, const std::optional<std::string>& code) {
    const bool v6 = host.find(':') != std::string_view::npos;
    const auto address =
        fmt::format("{}://{}{}{}:{}/", options.tls_certificate.empty() ? "http" : "https",
                    v6 ? "[" : "", host, v6 ? "]" : "", port);
    out << fmt::format("Evenkeel is ready at {}\n", address);
    if (code) {
        out << fmt::format(
            "Choose your password at {}invitation/{}\n"
            "Then sign in with the email: me@localhost\n",
            address, *code);
    }
    if (options.demo) {
        out << "Demonstration data. Nobody here is real. Sign in with:\n";
        for (const auto& each : demo_sign_ins()) {
            out << fmt::format("  {:<28} {:<16} {}\n", each.email, demo_password, each.says);
        }
    }
    out << std::flush;
}

// Blocks until SIGINT or SIGTERM; SIGHUP reads the certificate again.
void wait_for_stop(web::Server& server, const sigset_t& signals) {
    for (;;) {
        int received = 0;
        sigwait(&signals, &received);
        if (received != SIGHUP) return;
        if (!server.reload_tls().ok()) {
            std::cerr << R"({"level":"error","what":"the certificate could not be read"})" << '\n';
        }
    }
}

web::ServerSettings server_settings(const ServeOptions& options, web::Application& application,
                                    std::string host, std::uint16_t port) {
    web::ServerSettings settings;
    settings.address = std::move(host);
    settings.port = port;
    // Most workers wait for the disk, and as many as wait share one commit.
    settings.workers = 48;
    settings.tls_certificate = options.tls_certificate;
    settings.tls_key = options.tls_key;
    settings.trusted_proxies = options.trusted_proxies;
    settings.hosts = options.hosts.empty() ? web::names_by_default(settings) : options.hosts;
    settings.max_body = [&application](web::Method method, std::string_view path) {
        return application.max_body(method, path);
    };
    settings.access_log = web::log_to_stderr;
    settings.fault_log = settings.access_log;
    return settings;
}

// Counts for the operator's own monitoring, on a listener apart and on loopback unless
// asked otherwise: they name no person.
Result<std::unique_ptr<web::Server>> serve_metrics(const std::string& listen,
                                                   const web::Metrics& metrics,
                                                   web::EventHub& hub) {
    TRY(const auto address, host_and_port(listen));
    web::ServerSettings settings;
    settings.address = address.first;
    settings.port = address.second;
    settings.io_threads = 1;
    settings.workers = 1;
    settings.hosts = web::names_by_default(settings);
    return web::Server::start(std::move(settings), web::metrics_handler(metrics), hub);
}

}  // namespace

Status serve(const ServeOptions& options, std::ostream& out) {
    // Most of the many workers wait; with a heap for each, what every one of them once held
    // stays resident (78 MiB against 58 after forty caseloads, eight at a time).
    mallopt(M_ARENA_MAX, 4);
    sigset_t signals;
    sigemptyset(&signals);
    for (const int each : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&signals, each);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);  // before any thread starts

    TRY(const auto address, host_and_port(options.listen));
    TRY(const auto folder, knowledge::find_knowledge_folder(options.program));
    TRY(auto known, knowledge::load_knowledge(folder));
    CHECK_OK(add_own_measures(options.data.folder, known));
    TRY(const auto phrase, passphrase(options.data));
    TRY(const auto vault, store::Vault::open(options.data.folder, phrase));
    TRY(const auto store, store::Store::open(options.data.folder, *vault, options.commit));
    const SystemClock clock;
    store::Keeper keeper(
        *store,
        {.find = [&](std::string_view id) { return known.instrument(id); },
         .hash = [&](std::string_view id) { return known.instrument_hash(id); },
         .rules = &known.rules,
         .support_tool = [&](std::string_view id) { return known.support_tool(id); }},
        clock, options.solo);
    web::EventHub hub;
    web::Site site{.vault = *vault,
                   .store = *store,
                   .keeper = keeper,
                   .knowledge = known,
                   .clock = clock,
                   .hub = hub,
                   .settings = {.demo = options.demo, .solo = options.solo}};
    CHECK_OK(make_ready(site, options));
    std::optional<std::string> code;
    if (options.solo) {
        TRY(code, make_solo_ready(site));
    }
    web::Application application(site, version);
    web::Metrics metrics;
    metrics.gauge("evenkeel_group_commits", "Durable group commits since the start.",
                  [&] { return static_cast<double>(store->commits()); });
    std::unique_ptr<web::Server> metrics_server;
    if (options.metrics) {
        TRY(metrics_server, serve_metrics(*options.metrics, metrics, hub));
    }
    auto settings = server_settings(options, application, address.first, address.second);
    settings.metrics = &metrics;
    TRY(const auto server,
        web::Server::start(
            std::move(settings), [&](web::Request& request) { return application.answer(request); },
            hub));
    const Worker due("due work", due_pause, [&] { return work_off(site); });
    const Worker nightly("the nightly refresh", 1min, [&] { return refresh_nightly(site); });
    greet(out, options, address.first, server->port(), code);
    wait_for_stop(*server, signals);
    server->stop();
    return Done{};
}

}  // namespace evenkeel::app
