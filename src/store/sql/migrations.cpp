#include "store/sql/migrations.h"

#include <array>

namespace evenkeel::store::sql {
namespace {

// All that differs between the two databases' DDL.
struct Difference {
    std::string_view word, sqlite, postgres;
};
constexpr std::array<Difference, 3> differences{{
    {"{bytes}", "BLOB", "BYTEA"},
    {"{integer}", "INTEGER", "BIGINT"},
    {"{strict}", "STRICT", ""},
}};

// Times are milliseconds since 1970 in UTC; ids are 16 bytes, hashes 32.
constexpr std::string_view record_1 = R"(
CREATE TABLE schema_versions (version {integer} PRIMARY KEY NOT NULL) {strict};

CREATE TABLE service (
    one {integer} PRIMARY KEY NOT NULL CHECK (one = 1),
    public_key {bytes} NOT NULL CHECK (length(public_key) = 32)
) {strict};

CREATE TABLE streams (
    stream {bytes} PRIMARY KEY NOT NULL CHECK (length(stream) = 16),
    seq {integer} NOT NULL CHECK (seq >= 1),
    hash {bytes} NOT NULL CHECK (length(hash) = 32)
) {strict};

CREATE TABLE entries (
    stream {bytes} NOT NULL CHECK (length(stream) = 16),
    seq {integer} NOT NULL CHECK (seq >= 1),
    id {bytes} NOT NULL UNIQUE CHECK (length(id) = 16),
    kind TEXT NOT NULL CHECK (kind <> ''),
    version {integer} NOT NULL,
    effective_at {integer} NOT NULL,
    recorded_at {integer} NOT NULL,
    author {bytes} NOT NULL CHECK (length(author) = 16),
    supersedes {bytes} CHECK (length(supersedes) = 16),
    sealed {bytes} NOT NULL,
    hash {bytes} NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (stream, seq)
) {strict};

CREATE TABLE states (
    stream {bytes} PRIMARY KEY NOT NULL,
    seq {integer} NOT NULL,
    sealed {bytes} NOT NULL
) {strict};

CREATE TABLE relations (
    stream {bytes} NOT NULL,
    person {bytes} NOT NULL CHECK (length(person) = 16),
    staff {bytes} NOT NULL CHECK (length(staff) = 16),
    role TEXT NOT NULL,
    since_at {integer} NOT NULL,
    until_at {integer},
    PRIMARY KEY (stream, person, staff, role, since_at)
) {strict};
CREATE INDEX relations_by_staff ON relations (staff, person);
CREATE INDEX relations_by_person ON relations (person);

CREATE TABLE signals (
    id {bytes} PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    stream {bytes} NOT NULL,
    person {bytes} NOT NULL CHECK (length(person) = 16),
    kind TEXT NOT NULL,
    tier TEXT NOT NULL,
    state TEXT NOT NULL,
    owner {bytes} NOT NULL CHECK (length(owner) = 16),
    escalation {integer} NOT NULL,
    raised_at {integer} NOT NULL,
    due_at {integer} NOT NULL
) {strict};
CREATE INDEX signals_by_stream ON signals (stream);
CREATE INDEX signals_open ON signals (raised_at, id) WHERE state <> 'closed';

CREATE TABLE dues (
    stream {bytes} NOT NULL,
    kind TEXT NOT NULL,
    ref {bytes} NOT NULL CHECK (length(ref) = 16),
    due_at {integer} NOT NULL,
    ready_at {integer} NOT NULL,
    attempts {integer} NOT NULL,
    error_code TEXT NOT NULL,
    PRIMARY KEY (stream, kind, ref, due_at)
) {strict};
CREATE INDEX dues_by_time ON dues (ready_at, due_at);

CREATE TABLE numbers (
    stream {bytes} NOT NULL,
    series {bytes} NOT NULL CHECK (length(series) = 32),
    block {integer} NOT NULL,
    sealed {bytes} NOT NULL,
    PRIMARY KEY (stream, series, block)
) {strict};

CREATE TABLE audit_head (
    one {integer} PRIMARY KEY NOT NULL CHECK (one = 1),
    seq {integer} NOT NULL,
    hash {bytes} NOT NULL CHECK (length(hash) = 32)
) {strict};

CREATE TABLE audit (
    seq {integer} PRIMARY KEY NOT NULL,
    happened_at {integer} NOT NULL,
    actor {bytes} NOT NULL CHECK (length(actor) = 16),
    person {bytes} CHECK (length(person) = 16),
    action TEXT NOT NULL,
    outcome TEXT NOT NULL,
    reason {bytes},
    hash {bytes} NOT NULL CHECK (length(hash) = 32)
) {strict};
CREATE INDEX audit_by_person ON audit (person, seq) WHERE person IS NOT NULL;

CREATE TABLE accounts (
    id {bytes} PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    role TEXT NOT NULL,
    person {bytes} CHECK (length(person) = 16),
    active {integer} NOT NULL,
    name {bytes} NOT NULL,
    email {bytes} NOT NULL,
    email_lookup {bytes} UNIQUE,
    password_hash {bytes},
    second_factor {bytes},
    last_code_step {integer} NOT NULL
) {strict};

CREATE TABLE sessions (
    token_hash {bytes} PRIMARY KEY NOT NULL CHECK (length(token_hash) = 32),
    account {bytes} NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    created_at {integer} NOT NULL,
    last_seen_at {integer} NOT NULL,
    expires_at {integer} NOT NULL,
    device_is_mine {integer} NOT NULL,
    second_factor_passed {integer} NOT NULL
) {strict};
CREATE INDEX sessions_by_account ON sessions (account);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

CREATE TABLE invitations (
    code_hash {bytes} PRIMARY KEY NOT NULL CHECK (length(code_hash) = 32),
    account {bytes} NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    expires_at {integer} NOT NULL,
    used {integer} NOT NULL
) {strict};

CREATE TABLE notes (
    name TEXT PRIMARY KEY NOT NULL,
    body TEXT NOT NULL
) {strict};
)";

constexpr std::string_view vault_1 = R"(
CREATE TABLE schema_versions (version {integer} PRIMARY KEY NOT NULL) {strict};

CREATE TABLE stream_keys (
    stream {bytes} PRIMARY KEY NOT NULL CHECK (length(stream) = 16),
    wrapped {bytes}
) {strict};

CREATE TABLE service_secrets (
    name TEXT PRIMARY KEY NOT NULL,
    wrapped {bytes} NOT NULL
) {strict};

CREATE TABLE wrapping (
    one {integer} PRIMARY KEY NOT NULL CHECK (one = 1),
    secret_id {bytes} NOT NULL
) {strict};
)";

// Every decision asks who the managers are; accounts of clients are many.
constexpr std::string_view record_2 = R"(
CREATE INDEX accounts_by_role ON accounts (role, active, id);
)";

// Who opens a caseload or a record asks for the open signals of one owner or person; those
// of the whole service are many.
constexpr std::string_view record_3 = R"(
CREATE INDEX signals_open_by_owner ON signals (owner, person) WHERE state <> 'closed';
)";

// The duties page shows the most urgent of the whole service and counts the others.
constexpr std::string_view record_4 = R"(
CREATE INDEX signals_open_by_due ON signals (due_at, state) WHERE state <> 'closed';
)";

// States and number blocks stand at a snapshot and no longer at the newest entry; those
// that stand are snapshots already. A program that would take them for the newest must not
// open the file, which the version alone sees to. A server beside `rebuild` sees here that
// what it remembers counts no more.
constexpr std::string_view record_5 = R"(
ALTER TABLE service ADD COLUMN rebuilds {integer} NOT NULL DEFAULT 0;
)";

// A relation has a basis, and whoever owns an open signal has one too. The sealed states say it
// in their own form: those that stand are taken away and follow from the entries anew, as do the
// numbers that are sealed with them. Tombstones (seq 0) stay. And a person is found by what
// stands on paper.
constexpr std::string_view record_6 = R"(
CREATE TABLE relations_on_a_basis (
    stream {bytes} NOT NULL,
    person {bytes} NOT NULL CHECK (length(person) = 16),
    staff {bytes} NOT NULL CHECK (length(staff) = 16),
    role TEXT NOT NULL,
    basis TEXT NOT NULL,
    since_at {integer} NOT NULL,
    until_at {integer},
    PRIMARY KEY (stream, person, staff, role, basis, since_at)
) {strict};
INSERT INTO relations_on_a_basis
    SELECT stream, person, staff, role, 'assigned', since_at, until_at FROM relations;
INSERT INTO relations_on_a_basis
    SELECT stream, person, owner, 'duty_clinician', 'signal', MIN(raised_at), NULL FROM signals
    WHERE state <> 'closed' GROUP BY stream, person, owner;
DROP TABLE relations;
ALTER TABLE relations_on_a_basis RENAME TO relations;
CREATE INDEX relations_by_staff ON relations (staff, person);
CREATE INDEX relations_by_person ON relations (person);
DELETE FROM numbers WHERE stream IN (SELECT stream FROM states WHERE seq > 0);
DELETE FROM states WHERE seq > 0;

CREATE TABLE paper_references (
    stream {bytes} PRIMARY KEY NOT NULL CHECK (length(stream) = 16),
    lookup {bytes} NOT NULL CHECK (length(lookup) = 32)
) {strict};
CREATE INDEX paper_references_by_lookup ON paper_references (lookup);
)";

// Who waits, and how long others did. Few beside the entries: read as a whole.
constexpr std::string_view record_7 = R"(
CREATE TABLE referrals (
    stream {bytes} PRIMARY KEY NOT NULL CHECK (length(stream) = 16),
    stage TEXT NOT NULL,
    received_at {integer} NOT NULL,
    accepted_at {integer},
    ended_at {integer}
) {strict};
CREATE INDEX referrals_by_time ON referrals (received_at, stream);
CREATE INDEX referrals_open ON referrals (received_at, stream) WHERE ended_at IS NULL;
)";

// 1 from the destruction of a key until nothing of it is left in any file.
constexpr std::string_view vault_2 = R"(
ALTER TABLE stream_keys ADD COLUMN traces {integer} NOT NULL DEFAULT 0;
)";

constexpr std::array record_steps{record_1, record_2, record_3, record_4,
                                  record_5, record_6, record_7};
constexpr std::array vault_steps{vault_1, vault_2};

}  // namespace

std::span<const std::string_view> record_migrations() {
    return record_steps;
}
std::span<const std::string_view> vault_migrations() {
    return vault_steps;
}

std::string spoken(std::string_view step, Dialect dialect) {
    std::string text(step);
    for (const auto& [word, sqlite, postgres] : differences) {
        const auto& own = dialect == Dialect::sqlite ? sqlite : postgres;
        for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at)) {
            text.replace(at, word.size(), own);
        }
    }
    return text;
}

}  // namespace evenkeel::store::sql
