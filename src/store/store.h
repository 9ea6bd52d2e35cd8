#pragma once
// The record on disk: entries in chained streams, projections beside them, the
// audit log, sign-ins. What the bodies mean is not known here: they are JSON text,
// sealed under the stream's key.
//
// One writer thread groups the commits of many callers into one durable
// transaction, each caller inside a savepoint of its own. Readers run in parallel,
// one connection for each thread. An acknowledged write survives kill -9 and power
// loss (WAL, synchronous=FULL).
//
// Clear columns hold random ids, times and scheduling codes only. Everything else
// is sealed.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "base/result.h"
#include "care/relation.h"
#include "store/vault.h"

namespace evenkeel::store {

struct StoredEntry {
    Id id;
    Id stream;
    std::uint64_t seq = 0;  // 1, 2, 3 ... within the stream; set by append()
    std::string kind;
    int version = 1;
    Instant effective_at{};
    Instant recorded_at{};
    Id author;
    std::optional<Id> supersedes;
    std::string body;  // JSON in clear; sealed on disk
};

// A state as it was sealed: a function of the entries up to its seq. Whoever wants to know
// what is true now folds in the entries since.
struct StoredState {
    std::uint64_t seq = 0;  // of the last entry folded in
    std::string bytes;
    bool operator==(const StoredState&) const = default;
};

// How far a stream has come; what is remembered of it counts only while this stands.
struct Standing {
    std::uint64_t seq = 0;       // of the newest entry; 0: erased, a tombstone
    std::uint64_t snapshot = 0;  // of the sealed state; 0: none
    std::uint64_t rebuilds = 0;  // of the whole service
};

// Who may see whom. Projection of the person's stream.
struct RelationRow {
    Id person;
    Id staff;           // account
    std::string role;   // codes of the relation
    std::string basis;  // care::Basis
    Instant since{};
    std::optional<Instant> until;
    bool operator==(const RelationRow&) const = default;
};

// A signal's scheduling codes. Projection of the person's stream.
struct SignalRow {
    Id id;
    Id person;
    std::string kind;
    std::string tier;
    std::string state;  // raised, seen, acted, closed
    Id owner;           // account
    int escalation = 0;
    Instant raised_at{};
    Instant due_at{};
    bool operator==(const SignalRow&) const = default;
};

// Where a referral stands. Projection of the person's stream.
struct ReferralRow {
    Id person;
    std::string stage;  // record::ReferralStage
    Instant received_at{};
    std::optional<Instant> accepted_at;
    std::optional<Instant> ended_at;
    bool operator==(const ReferralRow&) const = default;
};

struct UnreadCount {
    std::uint64_t overdue = 0;
    std::uint64_t unseen = 0;  // raised, and not overdue yet
};

// Work that falls due: escalation, silence, analysis. Projection of the stream, so
// a crash cannot lose it; attempts and back-off are kept beside it.
struct DueRow {
    Id stream;
    std::string kind;
    Id ref;  // signal, entry or nil
    Instant due_at{};
    int attempts = 0;  // read only; kept while the row stays in the projection
    bool operator==(const DueRow&) const = default;
};

// Projections of one stream, replaced together. Empty lists remove rows; without a state or
// a reference the one that stands remains.
struct Projection {
    std::optional<StoredState> state = {};
    std::optional<std::string> paper_reference = {};  // "": none; only put, never read back
    std::vector<RelationRow> relations = {};
    std::vector<SignalRow> signals = {};
    std::vector<DueRow> dues = {};
    std::optional<ReferralRow> referral = {};
};

// What stands beside the entries of somebody who was erased.
inline Projection tombstone() {
    return {.state = StoredState{}, .paper_reference = ""};
}

struct NumberPoint {
    Instant at{};
    double value = 0;
    bool operator==(const NumberPoint&) const = default;
};

struct AuditRow {
    Instant at{};
    Id actor;                                // account; nil = nobody signed in
    std::optional<Id> person = {};           // whose data
    std::string action = {};                 // "read.glance", "write.check_in", "sign_in", ...
    std::string outcome = {};                // "allowed", "refused"
    std::optional<std::string> reason = {};  // break-glass; sealed when it names a person
};

// Sign-ins. Not part of the record: a password is not a fact about a person.
struct Account {
    Id id;
    std::string role = {};
    std::optional<Id> person = {};  // a client's own stream
    bool active = true;
    std::string name = {};   // sealed on disk under the account's own stream
    std::string email = {};  // sealed; found by lookup hash of the lower-cased address
    std::optional<std::string> password_hash = {};
    std::optional<std::string> second_factor = {};  // secret, sealed for the service
    std::int64_t last_code_step = 0;                // a code works once
};

struct Session {
    Hash token_hash{};
    Id account;
    Instant created{};
    Instant last_seen{};
    Instant expires{};
    bool device_is_mine = false;
    bool second_factor_passed = false;
};

struct Invitation {
    Hash code_hash{};
    Id account;
    Instant expires{};
    bool used = false;
};

class Reading {
  public:
    virtual ~Reading() = default;
    // Fails with not_found when the entry's stream was erased.
    virtual Result<std::optional<StoredEntry>> entry(const Id& id) = 0;
    // Entries of a stream with seq > after, in order, at most `limit`.
    virtual Result<std::vector<StoredEntry>> entries(const Id& stream, std::uint64_t after = 0,
                                                     std::size_t limit = SIZE_MAX) = 0;
    virtual Result<std::optional<StoredState>> state(const Id& stream) = 0;
    // Nothing: the stream has no entry. Opens nothing that is sealed.
    virtual Result<std::optional<Standing>> standing(const Id& stream) = 0;
    // The points that were appended, in order of time; those that arrived late stand in
    // their place.
    virtual Result<std::vector<NumberPoint>> numbers(const Id& stream, std::string_view series) = 0;

    virtual Result<std::vector<RelationRow>> relations_of_staff(const Id& staff, Instant at) = 0;
    virtual Result<std::vector<RelationRow>> relations_of_person(const Id& person) = 0;
    // Not over at that time, in which the account is away or stands in; by their beginning.
    virtual Result<std::vector<care::Cover>> covers_of_staff(const Id& staff, Instant at) = 0;
    // Whoever has this reference on paper; letters and digits count, capital or not. More than
    // one where an import brought doubles.
    virtual Result<std::vector<Id>> people_by_paper_reference(std::string_view reference) = 0;
    // Of everybody: those that have not ended, and those received since, the oldest first.
    virtual Result<std::vector<ReferralRow>> referrals(Instant since) = 0;
    virtual Result<std::optional<SignalRow>> signal(const Id& id) = 0;
    virtual Result<std::vector<SignalRow>> open_signals() = 0;
    // The same of one account; what it costs does not grow with the service.
    virtual Result<std::vector<SignalRow>> open_signals_of_owner(const Id& account) = 0;
    // Open signals that nobody has seen or whose next step is overdue, the most urgent first,
    // and how many there are; counted in an index, no row is read.
    virtual Result<std::vector<SignalRow>> unread_signals(Instant now, std::size_t limit) = 0;
    virtual Result<UnreadCount> count_unread_signals(Instant now) = 0;
    // Rows with due_at <= now, oldest first; those backing off are left out. Findings and
    // diaries come last: a night's worth must not keep a signal or an escalation waiting.
    virtual Result<std::vector<DueRow>> due(Instant now, std::size_t limit) = 0;
    virtual Result<std::optional<Instant>> next_due() = 0;

    virtual Result<std::vector<AuditRow>> audit_of_person(const Id& person, std::size_t limit) = 0;

    virtual Result<std::optional<Account>> account(const Id& id) = 0;
    virtual Result<std::optional<Account>> account_by_email(std::string_view email) = 0;
    virtual Result<std::vector<Account>> accounts() = 0;
    // Every account that has another role: "client" gives the staff without opening the
    // names of all clients.
    virtual Result<std::vector<Account>> accounts_but(std::string_view role) = 0;
    // Active accounts of a role; opens no sealed name.
    virtual Result<std::vector<Id>> accounts_of_role(std::string_view role) = 0;
    virtual Result<std::optional<Session>> session(const Hash& token_hash) = 0;
    virtual Result<std::optional<Invitation>> invitation(const Hash& code_hash) = 0;
    virtual Result<std::vector<Id>> streams() = 0;
    // Small operational facts ("last_backup"), text by name.
    virtual Result<std::optional<std::string>> note(std::string_view name) = 0;
};

// Valid only inside the function handed to Store::write.
class Writing : public Reading {
  public:
    // Seals, chains and appends; returns the seq. Makes the stream's key at its
    // first entry. Fails with conflict when the id stands already, with not_found
    // when the stream was erased: it never gets a second key.
    virtual Result<std::uint64_t> append(const StoredEntry&) = 0;
    // What stands, for comparing: rows ordered by their keys, attempts left out.
    virtual Result<Projection> projection(const Id& stream) = 0;
    // An erased stream takes a projection whose state has no bytes. `standing`: the rows that
    // the caller knows to stand; without, they are read.
    virtual Status put_projection(const Id& stream, const Projection&,
                                  const Projection* standing) = 0;
    Status put_projection(const Id& stream, const Projection& projection) {
        return put_projection(stream, projection, nullptr);
    }
    virtual Status append_numbers(const Id& stream, std::string_view series,
                                  const std::vector<NumberPoint>&) = 0;
    // Takes the state and all series of the stream away, before they are put anew.
    virtual Status drop_snapshot(const Id& stream) = 0;
    // A projection was put right: what any process remembers of states counts no more.
    virtual Status count_rebuild() = 0;
    virtual Status audit(const AuditRow&) = 0;
    // Fails with conflict (where = "/email") when another account has the address.
    // With name and email empty nothing personal is left of the account.
    virtual Status put_account(const Account&) = 0;
    // Also drops the sessions that had expired by `last_seen`.
    virtual Status put_session(const Session&) = 0;
    virtual Status drop_session(const Hash& token_hash) = 0;
    virtual Status drop_sessions_of(const Id& account) = 0;
    virtual Status put_invitation(const Invitation&) = 0;
    virtual Status put_note(std::string_view name, std::string_view text) = 0;
    // A due row could not be worked off: counts the attempt and hides the row until
    // `until`, which the caller chooses from row.attempts, doubling. Fails with
    // not_found when the projection has no such row any more.
    virtual Status postpone(const DueRow&, Instant until, std::string_view error_code) = 0;
};

struct VerifyReport {
    std::uint64_t streams = 0;
    std::uint64_t entries = 0;
    std::uint64_t audit_rows = 0;
    std::vector<Problem> problems;  // where = "stream/<id>/<seq>" or "audit/<seq>"
};

enum class CommitMode { grouped, one_by_one };  // the second only for comparison in bench/

class Store {
  public:
    // Opens or makes `folder`/record.db and migrates it. The vault must outlive it.
    static Result<std::unique_ptr<Store>> open(const std::filesystem::path& folder, Vault&,
                                               CommitMode = CommitMode::grouped);
    virtual ~Store() = default;

    // Runs `work` on the writer thread, inside a savepoint. When it returns ok the
    // write is durable. When `work` returns an error or throws BrokenInvariant,
    // nothing of it remains; what it threw is thrown here. Blocks; callable from any
    // thread but the writer's. Fails with unavailable when the group's commit failed.
    virtual Status write(const std::function<Status(Writing&)>& work) = 0;
    // Runs `work` on this thread over one consistent snapshot.
    virtual Status read(const std::function<Status(Reading&)>& work) const = 0;

    // Walks every chain. With `heads` (from export_heads) also finds cut tails and
    // chains computed anew. Needs the audit key but no person's key.
    virtual Result<VerifyReport> verify(std::optional<std::string> heads = {}) const = 0;
    // Signed heads of all chains, as JSON text.
    virtual Result<std::string> export_heads(Instant now) const = 0;
    // Online, consistent, checked (opened and verified) copy in one signed file.
    virtual Status backup(const std::filesystem::path& to, Instant now) = 0;
    virtual std::uint64_t commits() const = 0;  // durable group commits so far
};

// Refuses a damaged or foreign backup and touches nothing; else replaces
// `folder`/record.db. Keys come from the vault that is there.
Status restore(const std::filesystem::path& backup, const std::filesystem::path& folder, Vault&);

}  // namespace evenkeel::store
