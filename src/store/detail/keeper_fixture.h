#pragma once
// For the keeper's tests: a store with one person in care, a clock that is set by hand.

#include <algorithm>

#include "store/detail/store_fixture.h"
#include "store/keeper.h"

namespace evenkeel::store {

class SetClock final : public Clock {
  public:
    [[nodiscard]] Instant now() const override { return at; }
    Instant at = noon;  // Tuesday, inside service hours
};

inline measures::Instrument nine_items() {
    measures::Instrument out;
    out.id = "phq-9";
    out.version = "1";
    out.values = {0, 3};
    out.scores = {0, 27};
    for (int i = 0; i < 9; ++i) {
        measures::Item item{.key = "i" + std::to_string(i)};
        for (int value = 0; value < 4; ++value) item.answers.push_back({.value = value});
        out.items.push_back(item);
    }
    out.bands = {{{0, 9}, "mild", {}}, {{10, 27}, "moderate", {}}};
    out.rci = measures::ReliablePoints{6, {.source = "cbtw", .page = "1.6"}};
    out.safety_items = {{.item = 8, .at_least = 1, .left_out_counts = true}};
    return out;
}

class KeeperFixture : public StoreFixture {
  public:
    void SetUp() override {
        StoreFixture::SetUp();
        open_keeper();
        care::OrganisationSet settings{.name = "Service", .zone = "Europe/London", .region = "GB"};
        for (const auto day : {care::Weekday::mon, care::Weekday::tue, care::Weekday::wed,
                               care::Weekday::thu, care::Weekday::fri}) {
            settings.hours.push_back({day, "09:00", "17:00"});
        }
        settings.duty = {
            {duty, noon - std::chrono::days{90}, noon + std::chrono::days{900}, std::nullopt}};
        must(keeper->write_organisation(settings, {}, {.action = "write.organisation"}));
        register_person(person);
    }

    void open_keeper() {
        keeper = std::make_unique<Keeper>(
            *store,
            Instruments{
                [this](std::string_view id) { return id == "phq-9" ? &instrument : nullptr; },
                [](std::string_view) { return std::string("hash"); }},
            clock, false);
    }

    void register_person(const Id& who) {
        care::EpisodeOpened terms;
        terms.therapy = "CBT";
        terms.questionnaire = "phq-9";
        for (const auto& body : std::vector<record::Body>{
                 care::PersonRegistered{.name = "Ruth Okafor", .zone = "Europe/London"},
                 care::RelationStarted{{therapist, care::Role::therapist}}, terms}) {
            must(keeper->write(command(care::Role::therapist, body, who), audit()));
        }
    }

    record::Command command(care::Role role, record::Body body, const Id& who) {
        return {.id = fresh(),
                .stream = who,
                .body = std::move(body),
                .effective_at = clock.at,
                .zone = "Europe/London",
                .supersedes = {},
                .author = {role == care::Role::client ? who : therapist, role}};
    }
    record::Command by_client(record::Body body) {
        return command(care::Role::client, std::move(body), person);
    }

    static AuditRow audit() { return {.action = "write.entry", .outcome = "allowed"}; }

    static practice::Answers answers(int each, std::optional<int> ninth) {
        practice::Answers out{.instrument = "phq-9"};
        out.answers.assign(8, each);
        out.answers.push_back(ninth);
        return out;
    }

    Projection standing(const Id& stream) {
        Projection out;
        must(store->write([&](Writing& writing) -> Status {
            TRY(out, writing.projection(stream));
            return Done{};
        }));
        return out;
    }

    std::vector<record::SignalState> signals(care::SignalKind kind) {
        auto all = must(keeper->person(person)).signals;
        std::erase_if(all, [&](const auto& each) { return each.kind() != kind; });
        return all;
    }

    void expect_whole_chains() {
        const auto report = must(store->verify());
        for (const auto& each : report.problems) {
            ADD_FAILURE() << each.where << ": " << each.message;
        }
    }

    SetClock clock;
    measures::Instrument instrument = nine_items();
    const Id person = fresh();
    const Id therapist = fresh();
    const Id duty = fresh();
    std::unique_ptr<Keeper> keeper;
};

inline void expect_same(const Projection& a, const Projection& b) {
    EXPECT_EQ(a.state, b.state);
    EXPECT_EQ(a.relations, b.relations);
    EXPECT_EQ(a.signals, b.signals);
    EXPECT_EQ(a.dues, b.dues);
}

}  // namespace evenkeel::store
