#include "store/sql/statements.h"

#include <array>

namespace evenkeel::store::sql {
namespace {

// In the order of the enum; `named` checks nothing at run time, the test does.
constexpr std::array<Named, n_statements> table{{
    {"savepoint", "SAVEPOINT caller"},
    {"release_savepoint", "RELEASE SAVEPOINT caller"},
    {"rollback_to_savepoint", "ROLLBACK TO SAVEPOINT caller"},

    {"schema_version", "SELECT MAX(version) FROM schema_versions"},
    {"add_schema_version", "INSERT INTO schema_versions (version) VALUES (?1)"},
    {"service_key", "SELECT public_key FROM service WHERE one = 1"},
    {"add_service_key", "INSERT INTO service (one, public_key) VALUES (1, ?1)"},

    {"stream_head", "SELECT seq, hash FROM streams WHERE stream = ?1"},
    {"put_stream_head",
     "INSERT INTO streams (stream, seq, hash) VALUES (?1, ?2, ?3) "
     "ON CONFLICT (stream) DO UPDATE SET seq = excluded.seq, hash = excluded.hash"},
    {"all_streams", "SELECT stream, seq, hash FROM streams ORDER BY stream"},

    {"add_entry",
     "INSERT INTO entries (stream, seq, id, kind, version, effective_at, recorded_at, author, "
     "supersedes, sealed, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"},
    {"entry_by_id",
     "SELECT stream, seq, id, kind, version, effective_at, recorded_at, author, supersedes, "
     "sealed FROM entries WHERE id = ?1"},
    {"entries_of_stream",
     "SELECT stream, seq, id, kind, version, effective_at, recorded_at, author, supersedes, "
     "sealed FROM entries WHERE stream = ?1 AND seq > ?2 ORDER BY seq LIMIT ?3"},
    {"every_entry",
     "SELECT stream, seq, id, kind, version, effective_at, recorded_at, author, supersedes, "
     "sealed, hash FROM entries ORDER BY stream, seq"},
    {"entry_hash_at", "SELECT hash FROM entries WHERE stream = ?1 AND seq = ?2"},

    {"state_of_stream", "SELECT seq, sealed FROM states WHERE stream = ?1"},
    {"standing",
     "SELECT CASE WHEN states.seq = 0 THEN 0 ELSE streams.seq END, COALESCE(states.seq, 0), "
     "service.rebuilds FROM streams JOIN service ON service.one = 1 "
     "LEFT JOIN states ON states.stream = streams.stream WHERE streams.stream = ?1"},
    {"count_rebuild", "UPDATE service SET rebuilds = rebuilds + 1 WHERE one = 1"},
    {"put_state",
     "INSERT INTO states (stream, seq, sealed) VALUES (?1, ?2, ?3) "
     "ON CONFLICT (stream) DO UPDATE SET seq = excluded.seq, sealed = excluded.sealed"},
    {"drop_state", "DELETE FROM states WHERE stream = ?1"},

    {"add_relation",
     "INSERT INTO relations (stream, person, staff, role, basis, since_at, until_at) "
     "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"},
    {"relations_of_stream",
     "SELECT person, staff, role, basis, since_at, until_at FROM relations WHERE stream = ?1 "
     "ORDER BY person, staff, role, basis, since_at"},
    {"drop_relations", "DELETE FROM relations WHERE stream = ?1"},
    {"relations_of_staff",
     "SELECT person, staff, role, basis, since_at, until_at FROM relations WHERE staff = ?1 "
     "AND since_at <= ?2 AND (until_at IS NULL OR until_at > ?2) "
     "ORDER BY person, role, since_at"},
    {"relations_of_person",
     "SELECT person, staff, role, basis, since_at, until_at FROM relations WHERE person = ?1 "
     "ORDER BY staff, role, since_at"},
    // Within the people of one account, so that it does not grow with the service.
    {"covers_of_staff",
     "SELECT own.staff, cover.staff, cover.since_at, cover.until_at, "
     "COUNT(DISTINCT cover.person) FROM relations cover "
     "JOIN relations own ON own.person = cover.person AND own.role = cover.role "
     "AND own.basis = 'assigned' AND own.since_at < cover.until_at "
     "AND (own.until_at IS NULL OR own.until_at > cover.since_at) "
     "WHERE cover.person IN (SELECT person FROM relations WHERE staff = ?1) "
     "AND cover.basis = 'cover' AND cover.until_at > cover.since_at AND cover.until_at > ?2 "
     "AND (own.staff = ?1 OR cover.staff = ?1) "
     "GROUP BY own.staff, cover.staff, cover.since_at, cover.until_at "
     "ORDER BY cover.since_at, own.staff, cover.staff, cover.until_at"},

    {"put_paper_reference",
     "INSERT INTO paper_references (stream, lookup) VALUES (?1, ?2) "
     "ON CONFLICT (stream) DO UPDATE SET lookup = excluded.lookup"},
    {"drop_paper_reference", "DELETE FROM paper_references WHERE stream = ?1"},
    {"people_by_paper_reference",
     "SELECT stream FROM paper_references WHERE lookup = ?1 ORDER BY stream"},

    {"put_referral",
     "INSERT INTO referrals (stream, stage, received_at, accepted_at, ended_at) "
     "VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (stream) DO UPDATE SET stage = excluded.stage, "
     "received_at = excluded.received_at, accepted_at = excluded.accepted_at, "
     "ended_at = excluded.ended_at"},
    {"drop_referral", "DELETE FROM referrals WHERE stream = ?1"},
    {"referral_of_stream",
     "SELECT stream, stage, received_at, accepted_at, ended_at FROM referrals "
     "WHERE stream = ?1"},
    {"referrals_since",
     "SELECT stream, stage, received_at, accepted_at, ended_at FROM referrals "
     "WHERE ended_at IS NULL OR received_at >= ?1 ORDER BY received_at, stream"},
    {"put_signal",
     "INSERT INTO signals (id, stream, person, kind, tier, state, owner, escalation, raised_at, "
     "due_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) "
     "ON CONFLICT (id) DO UPDATE SET stream = excluded.stream, person = excluded.person, "
     "kind = excluded.kind, tier = excluded.tier, state = excluded.state, "
     "owner = excluded.owner, escalation = excluded.escalation, "
     "raised_at = excluded.raised_at, due_at = excluded.due_at"},
    {"signal_by_id",
     "SELECT id, person, kind, tier, state, owner, escalation, raised_at, due_at FROM signals "
     "WHERE id = ?1"},
    {"signals_of_stream",
     "SELECT id, person, kind, tier, state, owner, escalation, raised_at, due_at FROM signals "
     "WHERE stream = ?1 ORDER BY id"},
    {"drop_signal", "DELETE FROM signals WHERE id = ?1"},
    {"open_signals",
     "SELECT id, person, kind, tier, state, owner, escalation, raised_at, due_at FROM signals "
     "WHERE state <> 'closed' ORDER BY raised_at, id"},
    {"open_signals_of_owner",
     "SELECT id, person, kind, tier, state, owner, escalation, raised_at, due_at FROM signals "
     "WHERE owner = ?1 AND state <> 'closed' ORDER BY raised_at, id"},
    {"unread_signals",
     "SELECT id, person, kind, tier, state, owner, escalation, raised_at, due_at FROM signals "
     "WHERE state <> 'closed' AND (due_at <= ?1 OR state = 'raised') ORDER BY due_at, id "
     "LIMIT ?2"},
    {"count_unread_signals",
     "SELECT (SELECT count(*) FROM signals WHERE state <> 'closed' AND due_at <= ?1), "
     "(SELECT count(*) FROM signals WHERE state <> 'closed' AND due_at > ?1 "
     "AND state = 'raised')"},

    {"add_due",
     "INSERT INTO dues (stream, kind, ref, due_at, ready_at, attempts, error_code) "
     "VALUES (?1, ?2, ?3, ?4, ?4, 0, '')"},
    {"dues_of_stream",
     "SELECT stream, kind, ref, due_at, attempts FROM dues WHERE stream = ?1 "
     "ORDER BY kind, ref, due_at"},
    {"drop_due", "DELETE FROM dues WHERE stream = ?1 AND kind = ?2 AND ref = ?3 AND due_at = ?4"},
    {"dues_ready",
     "SELECT stream, kind, ref, due_at, attempts FROM dues WHERE ready_at <= ?1 "
     "ORDER BY CASE WHEN kind IN ('diary', 'findings') THEN 1 ELSE 0 END, ready_at, due_at, "
     "stream, kind, ref "
     "LIMIT ?2"},
    {"next_ready", "SELECT MIN(ready_at) FROM dues"},
    {"postpone_due",
     "UPDATE dues SET attempts = attempts + 1, ready_at = ?5, error_code = ?6 "
     "WHERE stream = ?1 AND kind = ?2 AND ref = ?3 AND due_at = ?4"},

    {"numbers_of_series",
     "SELECT block, sealed FROM numbers WHERE stream = ?1 AND series = ?2 ORDER BY block"},
    {"newest_numbers",
     "SELECT block, sealed FROM numbers WHERE stream = ?1 AND series = ?2 "
     "ORDER BY block DESC LIMIT 1"},
    {"put_numbers",
     "INSERT INTO numbers (stream, series, block, sealed) VALUES (?1, ?2, ?3, ?4) "
     "ON CONFLICT (stream, series, block) DO UPDATE SET sealed = excluded.sealed"},
    {"drop_numbers", "DELETE FROM numbers WHERE stream = ?1"},

    {"audit_head", "SELECT seq, hash FROM audit_head WHERE one = 1"},
    {"put_audit_head",
     "INSERT INTO audit_head (one, seq, hash) VALUES (1, ?1, ?2) "
     "ON CONFLICT (one) DO UPDATE SET seq = excluded.seq, hash = excluded.hash"},
    {"add_audit",
     "INSERT INTO audit (seq, happened_at, actor, person, action, outcome, reason, hash) "
     "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"},
    {"audit_of_person",
     "SELECT seq, happened_at, actor, person, action, outcome, reason FROM audit "
     "WHERE person = ?1 ORDER BY seq DESC LIMIT ?2"},
    {"every_audit",
     "SELECT seq, happened_at, actor, person, action, outcome, reason, hash FROM audit "
     "ORDER BY seq"},
    {"audit_hash_at", "SELECT hash FROM audit WHERE seq = ?1"},

    {"put_account",
     "INSERT INTO accounts (id, role, person, active, name, email, email_lookup, password_hash, "
     "second_factor, last_code_step) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) "
     "ON CONFLICT (id) DO UPDATE SET role = excluded.role, person = excluded.person, "
     "active = excluded.active, name = excluded.name, email = excluded.email, "
     "email_lookup = excluded.email_lookup, password_hash = excluded.password_hash, "
     "second_factor = excluded.second_factor, last_code_step = excluded.last_code_step"},
    {"account_by_id",
     "SELECT id, role, person, active, name, email, password_hash, second_factor, "
     "last_code_step FROM accounts WHERE id = ?1"},
    {"account_by_email",
     "SELECT id, role, person, active, name, email, password_hash, second_factor, "
     "last_code_step FROM accounts WHERE email_lookup = ?1"},
    {"all_accounts",
     "SELECT id, role, person, active, name, email, password_hash, second_factor, "
     "last_code_step FROM accounts ORDER BY id"},
    // As two ranges, so that the index finds the few among the many.
    {"accounts_but_role",
     "SELECT id, role, person, active, name, email, password_hash, second_factor, "
     "last_code_step FROM accounts WHERE role < ?1 OR role > ?1 ORDER BY id"},
    {"accounts_of_role", "SELECT id FROM accounts WHERE role = ?1 AND active = 1 ORDER BY id"},

    {"put_session",
     "INSERT INTO sessions (token_hash, account, created_at, last_seen_at, expires_at, "
     "device_is_mine, second_factor_passed) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) "
     "ON CONFLICT (token_hash) DO UPDATE SET account = excluded.account, "
     "created_at = excluded.created_at, last_seen_at = excluded.last_seen_at, "
     "expires_at = excluded.expires_at, device_is_mine = excluded.device_is_mine, "
     "second_factor_passed = excluded.second_factor_passed"},
    {"session_by_token",
     "SELECT token_hash, account, created_at, last_seen_at, expires_at, device_is_mine, "
     "second_factor_passed FROM sessions WHERE token_hash = ?1"},
    {"drop_session", "DELETE FROM sessions WHERE token_hash = ?1"},
    {"drop_sessions_of", "DELETE FROM sessions WHERE account = ?1"},
    {"drop_sessions_expired", "DELETE FROM sessions WHERE expires_at < ?1"},

    {"put_invitation",
     "INSERT INTO invitations (code_hash, account, expires_at, used) VALUES (?1, ?2, ?3, ?4) "
     "ON CONFLICT (code_hash) DO UPDATE SET account = excluded.account, "
     "expires_at = excluded.expires_at, used = excluded.used"},
    {"invitation_by_code",
     "SELECT code_hash, account, expires_at, used FROM invitations WHERE code_hash = ?1"},

    {"put_note",
     "INSERT INTO notes (name, body) VALUES (?1, ?2) "
     "ON CONFLICT (name) DO UPDATE SET body = excluded.body"},
    {"note_by_name", "SELECT body FROM notes WHERE name = ?1"},

    {"add_stream_key",
     "INSERT INTO stream_keys (stream, wrapped) VALUES (?1, ?2) ON CONFLICT (stream) DO NOTHING"},
    {"stream_key", "SELECT wrapped FROM stream_keys WHERE stream = ?1"},
    {"every_stream_key",
     "SELECT stream, wrapped FROM stream_keys WHERE wrapped IS NOT NULL ORDER BY stream"},
    {"wrap_stream_key", "UPDATE stream_keys SET wrapped = ?2 WHERE stream = ?1"},
    // The row stays as a tombstone: the stream must not get a second key by accident.
    {"destroy_stream_key",
     "INSERT INTO stream_keys (stream, wrapped, traces) VALUES (?1, NULL, 1) "
     "ON CONFLICT (stream) DO UPDATE SET wrapped = NULL, traces = 1"},
    {"count_traces", "SELECT COUNT(*) FROM stream_keys WHERE traces = 1"},
    {"forget_traces", "UPDATE stream_keys SET traces = 0 WHERE traces = 1"},
    {"put_service_secret",
     "INSERT INTO service_secrets (name, wrapped) VALUES (?1, ?2) "
     "ON CONFLICT (name) DO UPDATE SET wrapped = excluded.wrapped"},
    {"every_service_secret", "SELECT name, wrapped FROM service_secrets ORDER BY name"},
    {"put_wrapping",
     "INSERT INTO wrapping (one, secret_id) VALUES (1, ?1) "
     "ON CONFLICT (one) DO UPDATE SET secret_id = excluded.secret_id"},
    {"wrapping", "SELECT secret_id FROM wrapping WHERE one = 1"},
}};

}  // namespace

const Named& named(Statement statement) {
    return table[static_cast<std::size_t>(statement)];
}

std::string for_postgres(std::string_view text) {
    std::string translated(text);
    bool quoted = false;
    for (std::size_t at = 0; at < translated.size(); ++at) {
        if (translated[at] == '\'') quoted = !quoted;
        if (!quoted && translated[at] == '?') translated[at] = '$';
    }
    return translated;
}

}  // namespace evenkeel::store::sql
