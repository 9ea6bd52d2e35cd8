#pragma once
// A small service behind the real route table: vault, record, keeper and knowledge in a
// folder that goes with the test, a clock that is set by hand, every role signed in.
//
// Anna is in the care of therapist_a and of the whole team; Ben of therapist_b alone.

#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/testing.h"
#include "exchange/json.h"
#include "exchange/test_folder.h"
#include "web/application.h"

namespace evenkeel::api {

class SetClock final : public Clock {
  public:
    [[nodiscard]] Instant now() const override { return at; }
    Instant at = *parse_instant("2026-11-24T12:00:00Z");  // Tuesday, inside service hours
};

struct Answer {
    int status = 0;
    std::string body;
    std::vector<std::pair<std::string, std::string>> headers;

    [[nodiscard]] exchange::Json json() const { return must(exchange::parse_json(body)); }
    [[nodiscard]] std::string header(std::string_view name) const;
    [[nodiscard]] std::string cookie() const;  // "evenkeel=..." of Set-Cookie, as sent back
};

inline constexpr std::string_view password = "four unrelated words here";

// In the order of the columns of authorisation.csv.
inline constexpr auto callers = std::to_array<std::string_view>(
    {"signed_out", "disabled", "no_factor", "client_a", "client_b", "supporter", "therapist_a",
     "therapist_b", "co_leader", "supervisor", "prescriber", "specialist", "duty", "manager",
     "administrator"});

class Service {
  public:
    explicit Service(web::SiteSettings = {});
    ~Service();
    Service(const Service&) = delete;
    Service& operator=(const Service&) = delete;

    // One request as the named caller, with the header a page of ours would send. Each
    // comes from a network of its own, so that the rate limits stay out of the way.
    Answer ask(std::string_view caller, web::Method, const std::string& path,
               const std::string& body = {});
    Answer get(std::string_view caller, const std::string& path) {
        return ask(caller, web::Method::get, path);
    }
    Answer post(std::string_view caller, const std::string& path, const std::string& body) {
        return ask(caller, web::Method::post, path, body);
    }
    Answer send(web::Request);
    web::Request request(std::string_view cookie, web::Method, const std::string& path,
                         const std::string& body = {});

    // "evenkeel=<token>" of a new session; "" for signed_out.
    std::string session(std::string_view caller);
    std::string entry(std::string_view kind, const std::string& body, const Id& id,
                      const std::string& more = {}) const;
    std::string entry(std::string_view kind, const std::string& body,
                      const std::string& more = {}) {
        return entry(kind, body, fresh(), more);
    }
    // Posts the entry to the person's record.
    Answer write(std::string_view caller, const Id& person, const std::string& body) {
        return post(caller, "/api/people/" + to_string(person) + "/entries", body);
    }
    Id fresh() { return new_id(clock.at, random); }
    Id id_of(std::string_view caller) const { return ids_.at(std::string(caller)); }
    record::PersonState state(const Id& person) { return must(keeper->person(person)); }
    std::vector<store::AuditRow> audit_of(const Id& person);
    // In nobody's care yet; the reference on paper is EK- and the number.
    void add_person(const Id& person, std::string_view name, int number);
    void relate(const Id& person, std::string_view staff, care::Role, bool ended = false);
    void write_for_team(const Id& person, record::Body);
    void set_crisis_contacts();
    void disable(std::string_view caller);
    // Chains whole, every projection as the entries say.
    void expect_sound();

    SetClock clock;
    SeededRandom random{20261124};
    const TestFolder folder{in_memory};
    std::unique_ptr<store::Vault> vault;
    std::unique_ptr<store::Store> store;
    std::unique_ptr<store::Keeper> keeper;
    web::EventHub hub;
    std::unique_ptr<web::Site> site;
    std::unique_ptr<web::Application> application;
    Id anna;
    Id ben;

  private:
    void add_account(std::string_view caller, care::Role, std::optional<Id> person = {});
    void open_service();

    std::map<std::string, Id> ids_;
    unsigned asked_ = 0;
};

// What the app shows that holds this secret of a second factor.
std::string code_at(const std::string& secret, Instant at);
std::string nine(int each, const std::string& ninth);  // answers to PHQ-9 as JSON

}  // namespace evenkeel::api
