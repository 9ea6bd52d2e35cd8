#pragma once
// For tests: one person in care, answers and check-ins at any time, what falls due worked off.

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>

#include "base/random.h"
#include "base/testing.h"
#include "record/decide.h"

namespace evenkeel::record {

// The PHQ-9 without its words.
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
    out.bands = {{{0, 4}, "minimal", {}},
                 {{5, 9}, "mild", {}},
                 {{10, 14}, "moderate", {}},
                 {{15, 19}, "moderately severe", {}},
                 {{20, 27}, "severe", {}}};
    out.rci = measures::ReliablePoints{6, {.source = "cbtw", .page = "1.6"}};
    out.safety_items = {{.item = 8, .at_least = 1, .left_out_counts = true}};
    out.missing = {
        .policy = measures::MissingPolicy::prorate_mean, .max_missing = 2, .required = {8}};
    return out;
}

class PersonFixture : public testing::Test {
  protected:
    // Tuesday 24 November 2026, noon in London.
    const Instant start = *parse_instant("2026-11-24T12:00:00Z");
    SeededRandom random{11};
    measures::Instrument instrument = nine_items();
    OrganisationState organisation;
    guidance::SupportTool tool{.id = "not_on_track",
                               .title = "Again",
                               .areas = {{.area = "alliance", .title = "Working together"},
                                         {.area = "risk", .title = "Safety"}}};
    Id therapist = new_id(start, random);
    Id person = new_id(start, random);
    PersonState state;

    void SetUp() override {
        using care::Role;
        write(Role::therapist, care::PersonRegistered{.name = "Ruth", .zone = "Europe/London"},
              start);
        write(Role::therapist, care::RelationStarted{{therapist, Role::therapist}}, start);
        care::EpisodeOpened terms;
        terms.therapy = "CBT";
        terms.questionnaire = "phq-9";
        write(Role::therapist, terms, start);
    }

    Context context(Instant now) {
        return {.now = now,
                .instrument =
                    [this](std::string_view id) { return id == "phq-9" ? &instrument : nullptr; },
                .instrument_hash = [](std::string_view) { return std::string("hash"); },
                .organisation = organisation,
                .managers = {},
                .support_tool =
                    [this](std::string_view id) { return id == tool.id ? &tool : nullptr; }};
    }

    Result<Decision> tried(care::Role role, Body body, Instant at,
                           std::optional<Id> supersedes = {}) {
        const Command command{.id = new_id(at, random),
                              .stream = person,
                              .body = std::move(body),
                              .effective_at = at,
                              .zone = "Europe/London",
                              .supersedes = supersedes,
                              .author = {role == care::Role::client ? person : therapist, role}};
        return decide(state, command, context(at));
    }

    Id write(care::Role role, Body body, Instant at, std::optional<Id> supersedes = {}) {
        auto decided = must(tried(role, std::move(body), at, supersedes));
        append(decided.entries);
        return decided.entries.front().id;
    }

    void append(std::vector<Entry> entries) {
        for (auto& entry : entries) {
            entry.seq = state.seq + 1;
            apply(state, entry);
        }
    }

    // PHQ-9 of that total with item 9 "not at all"; at most 24.
    void answer(int total, Instant at) {
        practice::Answers out{.instrument = "phq-9"};
        for (int i = 0; i < 8; ++i) {
            out.answers.emplace_back(std::min(3, total));
            total -= std::min(3, total);
        }
        out.answers.emplace_back(0);
        write(care::Role::client, out, at);
        tick(at);
    }

    // Works off what is due by then.
    void tick(Instant now) {
        for (int round = 0; round < 50; ++round) {
            const auto all = dues(state);
            const auto next =
                std::ranges::find_if(all, [&](const auto& due) { return due.at <= now; });
            if (next == all.end()) return;
            append(must(decide_due(state, *next, context(now))));
        }
    }

    std::vector<const SignalState*> open(care::SignalKind kind) {
        std::vector<const SignalState*> out;
        for (const auto& each : state.signals) {
            if (each.open() && each.kind() == kind) out.push_back(&each);
        }
        return out;
    }
};

}  // namespace evenkeel::record
