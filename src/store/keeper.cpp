#include "store/keeper.h"

#include <algorithm>

#include "store/codec.h"

namespace evenkeel::store {
namespace {

using record::Entry;
using record::OrganisationState;
using record::PersonState;

template <class State>
Result<State> load(Reading& reading, const Id& stream) {
    TRY(auto found, reading.state(stream));
    if (!found || found->bytes.empty()) return State{};
    return exchange::read_json<State>(found->bytes);
}

Result<PersonState> load_person(Reading& reading, const Id& stream) {
    TRY(PersonState state, load<PersonState>(reading, stream));
    state.id = stream;
    return state;
}

Projection project(const PersonState& state) {
    Projection out{.state = {state.seq, exchange::to_json(state)}};
    for (const auto& each : state.relations) {
        out.relations.push_back(
            {state.id, each.staff, std::string(name_of(each.role)), each.since, each.until});
    }
    for (const auto& each : state.signals) {
        out.signals.push_back({.id = each.raised.signal,
                               .person = state.id,
                               .kind = std::string(name_of(each.kind())),
                               .tier = std::string(name_of(care::tier_of(each.kind()))),
                               .state = std::string(name_of(each.life)),
                               .owner = each.owner,
                               .escalation = each.escalation,
                               .raised_at = each.raised_at,
                               .due_at = each.due.value_or(each.raised.due)});
    }
    for (const auto& each : record::dues(state)) {
        out.dues.push_back({state.id, std::string(name_of(each.kind)), each.ref, each.at});
    }
    return out;
}

// Appends decided entries in order and folds them in.
Status append_all(Writing& writing, PersonState& state, std::vector<Entry>& entries) {
    for (auto& entry : entries) {
        TRY(entry.seq, writing.append(stored(entry)));
        record::apply(state, entry);
        for (const auto& number : record::numbers_of(entry)) {
            CHECK_OK(writing.append_number(entry.stream, number.series,
                                           {entry.effective_at, number.value}));
        }
    }
    return writing.put_projection(state.id, project(state));
}

// What decide() completes is not part of what was sent.
record::Body as_sent(record::Body body) {
    if (auto* seen = std::get_if<care::SignalSeen>(&body)) seen->due.reset();
    if (auto* action = std::get_if<care::SignalAction>(&body)) action->due.reset();
    return body;
}

bool same_content(const Entry& stands, const record::Command& command) {
    return stands.stream == command.stream && stands.supersedes == command.supersedes &&
           stands.author == command.author && as_sent(stands.body) == as_sent(command.body);
}

std::optional<record::ScorePoint> score_of(const PersonState& state, const Id& answers) {
    for (const auto& each : state.scores) {
        if (each.entry == answers) return each;
    }
    return std::nullopt;
}

Instant back_off(const DueRow& row, Instant now) {
    return now + std::chrono::minutes{1LL << std::min(row.attempts, 10)};
}

}  // namespace

Id organisation_stream() {
    static const Id id = derived_id(Id{}, "organisation");
    return id;
}

Keeper::Keeper(Store& store, Instruments instruments, const Clock& clock, bool solo)
    : store_(store), instruments_(std::move(instruments)), clock_(clock), solo_(solo) {}

Result<record::Context> Keeper::context(Reading& reading, OrganisationState& organisation) const {
    TRY(organisation, load<OrganisationState>(reading, organisation_stream()));
    TRY(auto managers, reading.accounts_of_role("manager"));
    return record::Context{.now = clock_.now(),
                           .instrument = instruments_.find,
                           .instrument_hash = instruments_.hash,
                           .organisation = organisation,
                           .managers = std::move(managers),
                           .solo = solo_};
}

Result<Receipt> Keeper::write_in(Writing& writing, const record::Command& command) {
    OrganisationState organisation;
    TRY(const auto now, context(writing, organisation));
    TRY(PersonState state, load_person(writing, command.stream));
    TRY(const auto stands, writing.entry(command.id));
    if (stands) {
        TRY(Entry entry, entry_of(*stands));
        if (!same_content(entry, command)) {
            return Error{Fault::conflict,
                         "/id",
                         "An entry with this id and another content stands already.",
                         {}};
        }
        Receipt again{.entry = std::move(entry), .fresh = false};
        again.show = record::show_after(state, again.entry, now);
        again.score = score_of(state, again.entry.id);
        return again;
    }
    TRY(auto decided, record::decide(state, command, now));
    CHECK_OK(append_all(writing, state, decided.entries));
    return Receipt{.entry = decided.entries.front(),
                   .fresh = true,
                   .show = std::move(decided.show),
                   .score = score_of(state, command.id),
                   .people_changed = {command.stream}};
}

Result<std::vector<Receipt>> Keeper::write_all(const std::vector<record::Command>& commands,
                                               AuditRow audit,
                                               const std::function<Status(Writing&)>& also) {
    std::vector<Receipt> receipts;
    CHECK_OK(store_.write([&](Writing& writing) -> Status {
        receipts.clear();
        for (const auto& command : commands) {
            TRY(Receipt receipt, write_in(writing, command));
            receipts.push_back(std::move(receipt));
        }
        if (also) CHECK_OK(also(writing));
        return writing.audit(audit);
    }));
    return receipts;
}

Result<Receipt> Keeper::write(const record::Command& command, AuditRow audit) {
    TRY(auto receipts, write_all({command}, std::move(audit)));
    return std::move(receipts.front());
}

Result<PersonState> Keeper::person(const Id& id) const {
    PersonState state;
    CHECK_OK(store_.read([&](Reading& reading) -> Status {
        TRY(state, load_person(reading, id));
        return Done{};
    }));
    if (state.seq == 0) {
        return Error{Fault::not_found, "", "There is no such record.", {}};
    }
    return state;
}

Result<OrganisationState> Keeper::organisation() const {
    OrganisationState state;
    CHECK_OK(store_.read([&](Reading& reading) -> Status {
        TRY(state, load<OrganisationState>(reading, organisation_stream()));
        return Done{};
    }));
    return state;
}

Result<OrganisationState> Keeper::write_organisation(record::Body body, care::Author author,
                                                     AuditRow audit) {
    Faults faults;
    if (const auto* settings = std::get_if<care::OrganisationSet>(&body)) {
        care::check(*settings, faults);
    } else if (const auto* contacts = std::get_if<care::CrisisContactsSet>(&body)) {
        care::check(*contacts, faults);
    }
    if (!faults.none()) return faults.error();
    OrganisationState state;
    const Instant now = clock_.now();
    CHECK_OK(store_.write([&](Writing& writing) -> Status {
        SystemRandom random;
        TRY(state, load<OrganisationState>(writing, organisation_stream()));
        Entry entry{.id = new_id(now, random),
                    .stream = organisation_stream(),
                    .effective_at = now,
                    .recorded_at = now,
                    .zone = "Etc/UTC",
                    .author = author,
                    .body = body};
        TRY(entry.seq, writing.append(stored(entry)));
        record::apply(state, entry);
        CHECK_OK(writing.put_projection(organisation_stream(),
                                        {.state = {state.seq, exchange::to_json(state)}}));
        return writing.audit(audit);
    }));
    return state;
}

Status Keeper::work_off_one(Writing& writing, const DueRow& row, std::vector<Id>& changed) {
    const auto kind = enum_named<record::DueKind>(row.kind);
    EK_ASSERT(kind);
    OrganisationState organisation;
    TRY(const auto now, context(writing, organisation));
    TRY(PersonState state, load_person(writing, row.stream));
    TRY(auto entries, record::decide_due(state, {*kind, row.ref, row.due_at}, now));
    if (entries.empty()) return writing.postpone(row, back_off(row, now.now), "nothing_to_do");
    CHECK_OK(append_all(writing, state, entries));
    changed.push_back(row.stream);
    return Done{};
}

Result<std::vector<Id>> Keeper::work_off(std::size_t limit) {
    const Instant now = clock_.now();
    std::vector<DueRow> rows;
    CHECK_OK(store_.read([&](Reading& reading) -> Status {
        TRY(rows, reading.due(now, limit));
        return Done{};
    }));
    std::vector<Id> changed;
    for (const auto& row : rows) {
        const auto done =
            store_.write([&](Writing& writing) { return work_off_one(writing, row, changed); });
        if (done.ok()) continue;
        // One row that cannot be worked off must not hold up the others.
        CHECK_OK(store_.write([&](Writing& writing) {
            return writing.postpone(row, back_off(row, now), "not_worked_off");
        }));
    }
    return changed;
}

namespace {

Status rebuild_person(Writing& writing, const Id& stream, bool& differed) {
    PersonState state;
    state.id = stream;
    TRY(const auto entries, writing.entries(stream));
    CHECK_OK(writing.drop_numbers(stream));
    for (const auto& each : entries) {
        TRY(const Entry entry, entry_of(each));
        record::apply(state, entry);
        for (const auto& number : record::numbers_of(entry)) {
            CHECK_OK(
                writing.append_number(stream, number.series, {entry.effective_at, number.value}));
        }
    }
    const auto projection = project(state);
    TRY(const auto before, writing.state(stream));
    differed = !before || before->bytes != projection.state.bytes;
    return writing.put_projection(stream, projection);
}

Status rebuild_organisation(Writing& writing, bool& differed) {
    OrganisationState state;
    TRY(const auto entries, writing.entries(organisation_stream()));
    for (const auto& each : entries) {
        TRY(const Entry entry, entry_of(each));
        record::apply(state, entry);
    }
    const StoredState after{state.seq, exchange::to_json(state)};
    TRY(const auto before, writing.state(organisation_stream()));
    differed = !before || before->bytes != after.bytes;
    return writing.put_projection(organisation_stream(), {.state = after});
}

}  // namespace

Result<std::vector<Id>> Keeper::rebuild() {
    std::vector<Id> streams;
    CHECK_OK(store_.read([&](Reading& reading) -> Status {
        TRY(streams, reading.streams());
        return Done{};
    }));
    std::vector<Id> changed;
    for (const Id& stream : streams) {
        bool differed = false;
        const auto rebuilt = store_.write([&](Writing& writing) {
            return stream == organisation_stream() ? rebuild_organisation(writing, differed)
                                                   : rebuild_person(writing, stream, differed);
        });
        if (!rebuilt.ok() && rebuilt.error().fault == Fault::not_found) {
            // Erased: a tombstone without content.
            CHECK_OK(store_.write(
                [&](Writing& writing) { return writing.put_projection(stream, Projection{}); }));
            continue;
        }
        CHECK_OK(rebuilt);
        if (differed) changed.push_back(stream);
    }
    return changed;
}

}  // namespace evenkeel::store
