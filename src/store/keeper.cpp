#include "store/keeper.h"

#include <algorithm>
#include <mutex>
#include <set>
#include <unordered_map>

#include "record/signals.h"
#include "record/timeline.h"
#include "store/codec.h"
#include "store/detail/projecting.h"
#include "store/detail/rebuild.h"
#include "store/detail/refresh.h"

namespace evenkeel::store {
namespace {

using detail::Held;
using record::Entry;
using record::OrganisationState;
using record::PersonState;

// About as much memory again as JSON text; a person of a year takes some 30 kB.
constexpr std::size_t most_cached_people = std::size_t{12} << 20;

// A copy of the state that stands; nothing was written, or it was erased: empty.
Result<PersonState> load(Reading& reading, const Id& person,
                         detail::StateCache<PersonState>& cache) {
    TRY(const auto standing, reading.standing(person));
    if (!standing || standing->seq == 0) {
        cache.drop(person);  // nothing of an erased person stays in memory
        return PersonState{};
    }
    if (auto known = cache.find(person, *standing)) return std::move(known->state);
    TRY(auto held, detail::read_state<PersonState>(reading, person, *standing));
    return std::move(held.state);
}

// Appends decided entries in order and folds them in.
Status append_all(Writing& writing, Held<PersonState>& held, std::vector<Entry>& entries) {
    for (auto& entry : entries) {
        const StoredEntry sealed = stored(entry);
        TRY(entry.seq, writing.append(sealed));
        record::apply(held.state, entry);
        held.bytes += sealed.body.size();
    }
    return Done{};
}

// What decide() completes is not part of what was sent.
record::Body as_sent(record::Body body) {
    if (auto* seen = std::get_if<care::SignalSeen>(&body)) seen->due.reset();
    if (auto* action = std::get_if<care::SignalAction>(&body)) action->due.reset();
    if (auto* relation = std::get_if<care::RelationStarted>(&body)) {
        if (care::giver_of(relation->basis) == care::Giver::oneself) relation->until.reset();
    }
    return body;
}

bool same_content(const Entry& stands, const record::Command& command) {
    return stands.stream == command.stream && stands.supersedes == command.supersedes &&
           stands.author == command.author && as_sent(stands.body) == as_sent(command.body);
}

// What is superseded must stand in the same stream: an entry of somebody else is as good
// as none.
Status stands_here(Reading& reading, const Id& entry, const Id& stream) {
    const auto found = reading.entry(entry);
    if (found.ok() && found.value() && found.value()->stream == stream) return Done{};
    if (!found.ok() && found.error().fault != Fault::not_found) return found.error();
    return Error{Fault::not_found, "/supersedes", "There is no such entry to take back.", {}};
}

std::optional<record::ScorePoint> score_of(const PersonState& state, const Id& answers) {
    for (const auto& each : state.scores) {
        if (each.entry == answers) return each;
    }
    return std::nullopt;
}

// Never longer than half an hour: a safety signal may wait behind it.
Instant back_off(const DueRow& row, Instant now) {
    return now + std::chrono::minutes{std::min(30LL, 1LL << std::min(row.attempts, 10))};
}

}  // namespace

Id organisation_stream() {
    static const Id id = derived_id(Id{}, "organisation");
    return id;
}

// The service's own state: read at each decision, changed a few times a year, so shared and
// never copied.
class OrganisationCache {
  public:
    using Shared = std::shared_ptr<const Held<OrganisationState>>;

    // As it stands; read anew unless it is known.
    Result<Shared> load(Reading& reading) const {
        TRY(const auto standing, reading.standing(organisation_stream()));
        if (!standing) return std::make_shared<const Held<OrganisationState>>();
        {
            const std::lock_guard lock{mutex_};
            const bool stands = known_ && known_->state.seq == standing->seq &&
                                known_->rebuilds == standing->rebuilds;
            if (stands) return known_;
        }
        TRY(auto held,
            detail::read_state<OrganisationState>(reading, organisation_stream(), *standing));
        return std::make_shared<const Held<OrganisationState>>(std::move(held));
    }

    // Only what is durable; nothing to forget what is known.
    void keep(Shared held) {
        const std::lock_guard lock{mutex_};
        known_ = std::move(held);
    }

  private:
    mutable std::mutex mutex_;
    Shared known_;
};

struct Keeper::Cached {
    detail::StateCache<PersonState> people{most_cached_people};
    OrganisationCache organisation;

    std::mutex surrogates_mutex;
    course::SurrogateSource surrogates = course::remembered_surrogates();
};

// The people of one transaction, each as it stands after what was written so far. They
// go back to the cache only when the transaction is durable.
class Keeper::Working {
  public:
    explicit Working(Cached& cached) : cached_(cached) {}

    Result<Held<PersonState>*> person(Reading& reading, const Id& stream) {
        if (const auto at = people_.find(stream); at != people_.end()) return &at->second.held;
        TRY(const auto standing, reading.standing(stream));
        Person person;
        Held<PersonState>& held = person.held;
        if (!standing || standing->seq == 0) {
            cached_.people.drop(stream);
        } else if (auto known = cached_.people.take(stream, *standing)) {
            held = std::move(*known);
        } else {
            TRY(held, detail::read_state<PersonState>(reading, stream, *standing));
        }
        held.state.id = stream;
        if (held.rows_stand) person.rows = detail::rows_of(held.state);
        return &people_.emplace(stream, std::move(person)).first->second.held;
    }

    // Puts the projections of everyone written to since the last call: once for a whole
    // batch, or an import of n rows would write a person's growing state n times.
    Status project(Writing& writing) {
        for (const Id& stream : written_) {
            auto& [held, rows] = people_.at(stream);
            CHECK_OK(detail::project(writing, held, rows));
            rows.reset();
        }
        written_.clear();
        return Done{};
    }
    void wrote(const Id& stream) { written_.insert(stream); }

    void keep() {
        for (auto& [stream, person] : people_) {
            if (person.held.state.seq > 0) {
                cached_.people.keep(stream, std::move(person.held));
            }
        }
        people_.clear();
    }

  private:
    struct Person {
        Held<PersonState> held;
        std::optional<Projection> rows;  // that stand, where they are known
    };

    Cached& cached_;
    std::unordered_map<Id, Person> people_;
    std::set<Id> written_;
};

Keeper::Keeper(Store& store, Instruments instruments, const Clock& clock, bool solo)
    : store_(store),
      cached_(std::make_unique<Cached>()),
      instruments_(std::move(instruments)),
      clock_(clock),
      solo_(solo) {}

Keeper::~Keeper() = default;

Result<record::Context> Keeper::context(Reading& reading,
                                        const OrganisationState& organisation) const {
    TRY(auto managers, reading.accounts_of_role("manager"));
    return record::Context{
        .now = clock_.now(),
        .instrument = instruments_.find,
        .instrument_hash = instruments_.hash,
        .organisation = organisation,
        .managers = std::move(managers),
        .solo = solo_,
        // Accounts are switched off, never taken away.
        .is_active =
            [&reading](const Id& id) {
                const auto account = reading.account(id);
                return account.ok() && (!account.value() || account.value()->active);
            },
        .surrogates =
            [this](std::size_t length, double ar1, const auto& how) {
                const std::lock_guard lock{cached_->surrogates_mutex};
                return cached_->surrogates(length, ar1, how);
            },
        .rules = instruments_.rules,
        .support_tool = instruments_.support_tool,
        .covers = [&reading, now = clock_.now()](
                      const Id& account) { return reading.covers_of_staff(account, now); }};
}

Result<Receipt> Keeper::write_in(Writing& writing, const record::Command& command,
                                 Working& working) {
    TRY(const auto organisation, cached_->organisation.load(writing));
    TRY(const auto now, context(writing, organisation->state));
    TRY(const auto person, working.person(writing, command.stream));
    PersonState& state = person->state;
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
    if (command.supersedes) CHECK_OK(stands_here(writing, *command.supersedes, command.stream));
    TRY(auto decided, record::decide(state, command, now));
    CHECK_OK(append_all(writing, *person, decided.entries));
    working.wrote(command.stream);
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
    Working working{*cached_};
    CHECK_OK(store_.write([&](Writing& writing) -> Status {
        for (const auto& command : commands) {
            TRY(Receipt receipt, write_in(writing, command, working));
            receipts.push_back(std::move(receipt));
        }
        CHECK_OK(working.project(writing));
        if (also) CHECK_OK(also(writing));
        return writing.audit(audit);
    }));
    working.keep();
    return receipts;
}

Result<Receipt> Keeper::write(const record::Command& command, AuditRow audit) {
    TRY(auto receipts, write_all({command}, std::move(audit)));
    return std::move(receipts.front());
}

Status Keeper::write_past(const std::vector<record::Command>& commands, Instant until,
                          AuditRow audit, const std::function<Status(Writing&)>& also) {
    EK_ASSERT(!commands.empty());
    Working working{*cached_};
    CHECK_OK(store_.write([&](Writing& writing) -> Status {
        TRY(const auto organisation, cached_->organisation.load(writing));
        TRY(const auto now, context(writing, organisation->state));
        TRY(const auto person, working.person(writing, commands.front().stream));
        if (person->state.seq > 0) {
            return Error{Fault::conflict, "", "This person has a record already.", {}};
        }
        PersonState lived = person->state;
        TRY(auto entries, record::live_through(lived, commands, until, now));
        CHECK_OK(append_all(writing, *person, entries));
        working.wrote(person->state.id);
        CHECK_OK(working.project(writing));
        if (also) CHECK_OK(also(writing));
        return writing.audit(audit);
    }));
    working.keep();
    return Done{};
}

Result<std::vector<Id>> Keeper::switch_off(const Id& id, AuditRow audit) {
    Working working{*cached_};
    std::set<Id> people;
    CHECK_OK(store_.write([&](Writing& writing) -> Status {
        TRY(auto account, writing.account(id));
        if (!account) return Error{Fault::not_found, "", "There is no such account.", {}};
        account->active = false;
        CHECK_OK(writing.put_account(*account));
        CHECK_OK(writing.drop_sessions_of(id));
        TRY(const auto organisation, cached_->organisation.load(writing));
        TRY(const auto now, context(writing, organisation->state));
        TRY(const auto signals, writing.open_signals_of_owner(id));
        for (const auto& each : signals) people.insert(each.person);
        for (const Id& each : people) {
            TRY(const auto person, working.person(writing, each));
            auto entries = record::hand_over(person->state, id, now);
            CHECK_OK(append_all(writing, *person, entries));
            working.wrote(each);
        }
        CHECK_OK(working.project(writing));
        return writing.audit(audit);
    }));
    working.keep();
    return std::vector<Id>{people.begin(), people.end()};
}

Result<PersonState> Keeper::person(const Id& id) const {
    PersonState state;
    CHECK_OK(store_.read([&](Reading& reading) -> Status {
        TRY(state, load(reading, id, cached_->people));
        return Done{};
    }));
    if (state.seq == 0) return Error{Fault::not_found, "", "There is no such record.", {}};
    return state;
}

Result<OrganisationState> Keeper::organisation() const {
    OrganisationCache::Shared held;
    CHECK_OK(store_.read([&](Reading& reading) -> Status {
        TRY(held, cached_->organisation.load(reading));
        return Done{};
    }));
    cached_->organisation.keep(held);
    return held->state;
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
    Held<OrganisationState> held;
    const Instant now = clock_.now();
    CHECK_OK(store_.write([&](Writing& writing) -> Status {
        SystemRandom random;
        TRY(const auto before, cached_->organisation.load(writing));
        held = *before;
        Entry entry{.id = new_id(now, random),
                    .stream = organisation_stream(),
                    .effective_at = now,
                    .recorded_at = now,
                    .zone = "Etc/UTC",
                    .author = author,
                    .body = body};
        TRY(entry.seq, writing.append(stored(entry)));
        record::apply(held.state, entry);
        const StoredState snapshot{held.state.seq, exchange::to_json(held.state)};
        held.snapshot = snapshot.seq;
        held.bytes = snapshot.bytes.size();
        CHECK_OK(writing.put_projection(organisation_stream(), {.state = snapshot}));
        return writing.audit(audit);
    }));
    cached_->organisation.keep(std::make_shared<const Held<OrganisationState>>(held));
    return std::move(held.state);
}

Status Keeper::work_off_one(Writing& writing, const DueRow& row, Working& working) {
    const auto kind = enum_named<record::DueKind>(row.kind);
    EK_ASSERT(kind);
    TRY(const auto organisation, cached_->organisation.load(writing));
    TRY(const auto now, context(writing, organisation->state));
    TRY(const auto person, working.person(writing, row.stream));
    TRY(auto entries, record::decide_due(person->state, {*kind, row.ref, row.due_at}, now));
    if (entries.empty()) return writing.postpone(row, back_off(row, now.now), "nothing_to_do");
    CHECK_OK(append_all(writing, *person, entries));
    working.wrote(row.stream);
    return working.project(writing);
}

// The job runner: a row that breaks a rule must not stop the others. True when the
// record changed.
Result<bool> Keeper::work_off_row(const DueRow& row) {
    Working working{*cached_};
    Status done = Done{};
    std::uint64_t before = 0;
    std::uint64_t after = 0;
    try {
        done = store_.write([&](Writing& writing) -> Status {
            TRY(const auto person, working.person(writing, row.stream));
            before = person->state.seq;
            CHECK_OK(work_off_one(writing, row, working));
            after = person->state.seq;
            return Done{};
        });
    } catch (const BrokenInvariant& broken) {
        done = Error{Fault::unavailable, "", broken.what(), {}};
    }
    if (done.ok()) {
        working.keep();
        return after > before;
    }
    const Instant until = back_off(row, clock_.now());
    const Status postponed = store_.write(
        [&](Writing& writing) { return writing.postpone(row, until, "not_worked_off"); });
    // Somebody dealt with it in between: nothing is left to postpone.
    if (!postponed.ok() && postponed.error().fault != Fault::not_found) return postponed.error();
    return false;
}

Result<std::vector<Id>> Keeper::work_off(std::size_t limit) {
    std::vector<DueRow> rows;
    CHECK_OK(store_.read([&](Reading& reading) -> Status {
        TRY(rows, reading.due(clock_.now(), limit));
        return Done{};
    }));
    std::vector<Id> changed;
    for (const auto& row : rows) {
        TRY(const bool wrote, work_off_row(row));
        if (wrote) changed.push_back(row.stream);
    }
    return changed;
}

Result<std::vector<Id>> Keeper::rebuild() {
    TRY(auto changed, detail::rebuild_projections(store_, organisation_stream()));
    cached_->people.clear();
    cached_->organisation.keep(nullptr);
    return changed;
}

Result<Refreshed> Keeper::refresh(unsigned threads) {
    return detail::refresh_findings(*this, organisation_stream(), threads);
}

Result<std::vector<NumberPoint>> numbers_of(Reading& reading, const Id& person,
                                            std::string_view series) {
    TRY(auto points, reading.numbers(person, series));
    TRY(const auto standing, reading.standing(person));
    TRY(const auto since, reading.entries(person, standing ? standing->snapshot : 0));
    detail::Series newest;
    for (const auto& each : since) {
        TRY(const Entry entry, entry_of(each));
        detail::add_numbers(newest, entry);
    }
    const auto& more = newest[std::string(series)];
    points.insert(points.end(), more.begin(), more.end());
    std::ranges::stable_sort(points, {}, &NumberPoint::at);
    return points;
}

}  // namespace evenkeel::store
