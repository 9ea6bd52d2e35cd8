#pragma once
// Every statement the store runs, by name: one text for SQLite and PostgreSQL.
//
// Parameters are written ?1, ?2 ... and become $1, $2 ... for PostgreSQL. Only what
// both databases understand may be used: ON CONFLICT ... DO UPDATE, partial indexes,
// COALESCE, CASE; no INSERT OR, no rowid, no scalar MAX. A test prepares every one of
// them on both.

#include <cstddef>
#include <string>
#include <string_view>

namespace evenkeel::store::sql {

enum class Statement : std::size_t {
    // one caller inside a group
    savepoint,
    release_savepoint,
    rollback_to_savepoint,
    // the record
    schema_version,
    add_schema_version,
    service_key,
    add_service_key,
    stream_head,
    put_stream_head,
    all_streams,
    add_entry,
    entry_by_id,
    entries_of_stream,
    every_entry,
    entry_hash_at,
    state_of_stream,
    standing,
    count_rebuild,
    put_state,
    drop_state,
    add_relation,
    relations_of_stream,
    drop_relations,
    relations_of_staff,
    relations_of_person,
    covers_of_staff,
    put_paper_reference,
    drop_paper_reference,
    people_by_paper_reference,
    put_referral,
    drop_referral,
    referral_of_stream,
    referrals_since,
    put_signal,
    signal_by_id,
    signals_of_stream,
    drop_signal,
    open_signals,
    open_signals_of_owner,
    unread_signals,
    count_unread_signals,
    add_due,
    dues_of_stream,
    drop_due,
    dues_ready,
    next_ready,
    postpone_due,
    numbers_of_series,
    newest_numbers,
    put_numbers,
    drop_numbers,
    audit_head,
    put_audit_head,
    add_audit,
    audit_of_person,
    every_audit,
    audit_hash_at,
    put_account,
    account_by_id,
    account_by_email,
    all_accounts,
    accounts_but_role,
    accounts_of_role,
    put_session,
    session_by_token,
    drop_session,
    drop_sessions_of,
    drop_sessions_expired,
    put_invitation,
    invitation_by_code,
    put_note,
    note_by_name,
    // the vault
    add_stream_key,
    stream_key,
    every_stream_key,
    wrap_stream_key,
    destroy_stream_key,
    count_traces,
    forget_traces,
    put_service_secret,
    every_service_secret,
    put_wrapping,
    wrapping,
    count
};

struct Named {
    std::string_view name;
    std::string_view text;
};

const Named& named(Statement);

inline constexpr std::size_t n_statements = static_cast<std::size_t>(Statement::count);

// The same text with $1 for ?1.
std::string for_postgres(std::string_view text);

// Text for one connection of SQLite only.
inline constexpr std::string_view sqlite_settings =
    "PRAGMA journal_mode = WAL;"
    "PRAGMA synchronous = FULL;"
    "PRAGMA foreign_keys = ON;"
    "PRAGMA temp_store = MEMORY;"
    "PRAGMA trusted_schema = OFF;";
// What is deleted from the vault must be gone; in the record everything personal is
// sealed, and overwriting costs writes.
inline constexpr std::string_view vault_settings = "PRAGMA secure_delete = ON;";
// One check-in changes some twenty pages: at the usual 1000 pages of the log, copying them
// back, with its two syncs, would come every fifty check-ins.
inline constexpr std::string_view record_settings =
    "PRAGMA secure_delete = FAST; PRAGMA wal_autocheckpoint = 4000;";
inline constexpr std::string_view sqlite_read_only_settings =
    "PRAGMA query_only = ON; PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF;";
inline constexpr std::string_view begin_read = "BEGIN";
inline constexpr std::string_view begin_write = "BEGIN IMMEDIATE";
inline constexpr std::string_view commit = "COMMIT";
inline constexpr std::string_view rollback = "ROLLBACK";
inline constexpr std::string_view vacuum = "VACUUM";
inline constexpr std::string_view checkpoint = "PRAGMA wal_checkpoint(TRUNCATE)";
inline constexpr std::string_view data_version = "PRAGMA data_version";
inline constexpr std::string_view integrity_check = "PRAGMA integrity_check(1)";
inline constexpr std::string_view leave_wal = "PRAGMA journal_mode = DELETE";
inline constexpr std::string_view has_tables =
    "SELECT COUNT(*) FROM sqlite_schema WHERE name = 'schema_versions'";

}  // namespace evenkeel::store::sql
