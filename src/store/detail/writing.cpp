#include "store/detail/writing.h"

#include <algorithm>

#include "store/detail/chain.h"
#include "store/detail/series.h"

namespace evenkeel::store::detail {
namespace {

using sql::Statement;

std::int64_t ms(Instant instant) {
    return instant.time_since_epoch().count();
}
std::int64_t as_integer(bool value) {
    return value ? 1 : 0;
}

std::optional<std::string_view> optional_bytes(const std::optional<Id>& id) {
    if (!id) return std::nullopt;
    return bytes_of(*id);
}

auto place_of(const RelationRow& row) {
    return std::tie(row.person, row.staff, row.role, row.basis, row.since);
}
auto place_of(const DueRow& row) {
    return std::tie(row.kind, row.ref, row.due_at);
}

}  // namespace

Result<WritingOver::Head> WritingOver::stream_head(const Id& stream) {
    auto rows = connection_.run(Statement::stream_head, stream);
    TRY(const bool found, rows.next());
    if (!found) return Head{0, stream_start(vault_, bytes_of(stream))};
    return Head{rows.integer(0), rows.hash(1)};
}

Result<std::uint64_t> WritingOver::append(const StoredEntry& entry) {
    TRY(const Head head, stream_head(entry.stream));
    if (head.seq == 0) CHECK_OK(vault_.create_key(entry.stream));
    const std::int64_t seq = head.seq + 1;
    TRY(const Bytes sealed,
        vault_.seal(entry.stream, entry_address(static_cast<std::uint64_t>(seq)), entry.body));
    const Hash hash = link(vault_, head.hash,
                           ChainedEntry{.stream = bytes_of(entry.stream),
                                        .seq = seq,
                                        .id = bytes_of(entry.id),
                                        .kind = entry.kind,
                                        .version = entry.version,
                                        .effective_at = ms(entry.effective_at),
                                        .recorded_at = ms(entry.recorded_at),
                                        .author = bytes_of(entry.author),
                                        .supersedes = optional_bytes(entry.supersedes),
                                        .sealed = sealed});
    CHECK_OK(connection_.execute(Statement::add_entry, entry.stream, seq, entry.id,
                                 std::string_view(entry.kind), std::int64_t{entry.version},
                                 entry.effective_at, entry.recorded_at, entry.author,
                                 entry.supersedes, Blob{sealed}, hash));
    CHECK_OK(connection_.execute(Statement::put_stream_head, entry.stream, seq, hash));
    return static_cast<std::uint64_t>(seq);
}

Result<Projection> WritingOver::rows_standing(const Id& stream) {
    Projection out;
    {
        auto rows = connection_.run(Statement::relations_of_stream, stream);
        TRY(out.relations, relation_rows(rows));
    }
    {
        auto rows = connection_.run(Statement::signals_of_stream, stream);
        TRY(out.signals, signal_rows(rows));
    }
    {
        auto rows = connection_.run(Statement::dues_of_stream, stream);
        TRY(out.dues, due_rows(rows));
    }
    {
        auto rows = connection_.run(Statement::referral_of_stream, stream);
        TRY(auto referrals, referral_rows(rows));
        if (!referrals.empty()) out.referral = std::move(referrals.front());
    }
    return out;
}

Result<Projection> WritingOver::projection(const Id& stream) {
    TRY(Projection out, rows_standing(stream));
    TRY(out.state, this->state(stream));
    for (auto& due : out.dues) due.attempts = 0;
    return out;
}

Status WritingOver::put_projection(const Id& stream, const Projection& projection,
                                   const Projection* standing) {
    Projection read;
    if (standing == nullptr) {
        TRY(read, rows_standing(stream));
        standing = &read;
    }
    if (projection.state) CHECK_OK(put_state(stream, *projection.state));
    if (projection.paper_reference) {
        CHECK_OK(put_paper_reference(stream, *projection.paper_reference));
    }
    CHECK_OK(put_relations(stream, projection.relations, standing->relations));
    CHECK_OK(put_signals(stream, projection.signals, standing->signals));
    if (projection.referral != standing->referral) {
        CHECK_OK(put_referral(stream, projection.referral));
    }
    return put_dues(stream, projection.dues, standing->dues);
}

Status WritingOver::put_referral(const Id& stream, const std::optional<ReferralRow>& row) {
    if (!row) return connection_.execute(Statement::drop_referral, stream);
    return connection_.execute(Statement::put_referral, stream, std::string_view(row->stage),
                               row->received_at, row->accepted_at, row->ended_at);
}

Status WritingOver::put_state(const Id& stream, const StoredState& state) {
    Bytes sealed;
    // An erased person's tombstone is empty, and there is no key to seal it under.
    if (!state.bytes.empty()) {
        TRY(sealed, vault_.seal(stream, state_address(state.seq), state.bytes));
    }
    return connection_.execute(Statement::put_state, stream, static_cast<std::int64_t>(state.seq),
                               Blob{sealed});
}

Status WritingOver::put_paper_reference(const Id& stream, std::string_view reference) {
    const auto lookup = paper_reference_lookup(vault_, reference);
    if (!lookup) return connection_.execute(Statement::drop_paper_reference, stream);
    return connection_.execute(Statement::put_paper_reference, stream, *lookup);
}

// Most appends change no relation, so they are replaced as a whole.
Status WritingOver::put_relations(const Id& stream, std::vector<RelationRow> wanted,
                                  std::vector<RelationRow> standing) {
    const auto by_place = [](const auto& a, const auto& b) { return place_of(a) < place_of(b); };
    std::ranges::sort(wanted, by_place);
    std::ranges::sort(standing, by_place);
    if (wanted == standing) return Done{};
    CHECK_OK(connection_.execute(Statement::drop_relations, stream));
    for (const auto& row : wanted) {
        CHECK_OK(connection_.execute(Statement::add_relation, stream, row.person, row.staff,
                                     std::string_view(row.role), std::string_view(row.basis),
                                     row.since, row.until));
    }
    return Done{};
}

Status WritingOver::put_signals(const Id& stream, const std::vector<SignalRow>& signals,
                                const std::vector<SignalRow>& standing) {
    for (const auto& row : standing) {
        if (std::ranges::find(signals, row.id, &SignalRow::id) != signals.end()) continue;
        CHECK_OK(connection_.execute(Statement::drop_signal, row.id));
    }
    for (const auto& row : signals) {
        if (std::ranges::find(standing, row) != standing.end()) continue;
        CHECK_OK(connection_.execute(Statement::put_signal, row.id, stream, row.person,
                                     std::string_view(row.kind), std::string_view(row.tier),
                                     std::string_view(row.state), row.owner,
                                     std::int64_t{row.escalation}, row.raised_at, row.due_at));
    }
    return Done{};
}

// Rows that stay keep their attempts and their waiting time.
Status WritingOver::put_dues(const Id& stream, const std::vector<DueRow>& dues,
                             std::vector<DueRow> standing) {
    const auto contains = [](const std::vector<DueRow>& all, const DueRow& row) {
        return std::ranges::any_of(
            all, [&](const DueRow& other) { return place_of(other) == place_of(row); });
    };
    for (const auto& row : standing) {
        if (contains(dues, row)) continue;
        CHECK_OK(connection_.execute(Statement::drop_due, stream, std::string_view(row.kind),
                                     row.ref, row.due_at));
    }
    for (const auto& row : dues) {
        if (contains(standing, row)) continue;
        CHECK_OK(connection_.execute(Statement::add_due, stream, std::string_view(row.kind),
                                     row.ref, row.due_at));
        standing.push_back(row);
    }
    return Done{};
}

Status WritingOver::append_numbers(const Id& stream, std::string_view series,
                                   const std::vector<NumberPoint>& more) {
    const Hash column = series_column(vault_, stream, series);
    std::int64_t block = 0;
    std::vector<NumberPoint> points;
    {
        auto rows = connection_.run(Statement::newest_numbers, stream, column);
        TRY(const bool found, rows.next());
        if (found) {
            block = rows.integer(0);
            TRY(const std::string opened,
                vault_.open_sealed(stream, block_address(column, block), rows.bytes(1)));
            TRY(points, read_block(opened));
        }
    }
    auto next = more.begin();
    while (next != more.end()) {
        if (points.size() >= points_per_block) {
            points.clear();
            ++block;
        }
        const auto room = static_cast<std::ptrdiff_t>(points_per_block - points.size());
        const auto end = next + std::min(room, more.end() - next);
        points.insert(points.end(), next, end);
        next = end;
        TRY(const Bytes sealed,
            vault_.seal(stream, block_address(column, block), write_block(points)));
        CHECK_OK(connection_.execute(Statement::put_numbers, stream, column, block, Blob{sealed}));
    }
    return Done{};
}

Status WritingOver::drop_snapshot(const Id& stream) {
    CHECK_OK(connection_.execute(Statement::drop_numbers, stream));
    return connection_.execute(Statement::drop_state, stream);
}

Status WritingOver::count_rebuild() {
    return connection_.execute(Statement::count_rebuild);
}

Result<WritingOver::Head> WritingOver::audit_head() {
    auto rows = connection_.run(Statement::audit_head);
    TRY(const bool found, rows.next());
    if (!found) return Head{0, audit_start(vault_)};
    return Head{rows.integer(0), rows.hash(1)};
}

// Under the person's key where there is one, so that erasing reaches it.
Result<std::optional<Bytes>> WritingOver::sealed_reason(const AuditRow& row, std::int64_t seq) {
    if (!row.reason) return std::optional<Bytes>{};
    if (row.person && vault_.has_key(*row.person)) {
        TRY(const Bytes sealed, vault_.seal(*row.person, audit_address(seq), *row.reason));
        return std::optional{sealed_for_person + sealed};
    }
    return std::optional{sealed_for_service +
                         vault_.seal_for_service(audit_address(seq), *row.reason)};
}

Status WritingOver::audit(const AuditRow& row) {
    TRY(const Head head, audit_head());
    const std::int64_t seq = head.seq + 1;
    TRY(const std::optional<Bytes> reason, sealed_reason(row, seq));
    std::optional<std::string_view> reason_bytes;
    std::optional<Blob> reason_blob;
    if (reason) {
        reason_bytes = *reason;
        reason_blob = Blob{*reason};
    }
    const Hash hash = link(vault_, head.hash,
                           ChainedAudit{.seq = seq,
                                        .happened_at = ms(row.at),
                                        .actor = bytes_of(row.actor),
                                        .person = optional_bytes(row.person),
                                        .action = row.action,
                                        .outcome = row.outcome,
                                        .reason = reason_bytes});
    CHECK_OK(connection_.execute(Statement::add_audit, seq, row.at, row.actor, row.person,
                                 std::string_view(row.action), std::string_view(row.outcome),
                                 reason_blob, hash));
    return connection_.execute(Statement::put_audit_head, seq, hash);
}

Status WritingOver::put_account(const Account& account) {
    Bytes name;
    Bytes email;
    // An erased account keeps its id and role; there is no key to seal a name under.
    if (!account.name.empty() || !account.email.empty()) {
        CHECK_OK(vault_.create_key(account.id));
        TRY(name, vault_.seal(account.id, account_address(account.id, "name"), account.name));
        TRY(email, vault_.seal(account.id, account_address(account.id, "email"), account.email));
    }
    const auto for_service = [&](const std::optional<std::string>& secret, const char* field) {
        return secret ? vault_.seal_for_service(account_address(account.id, field), *secret)
                      : Bytes{};
    };
    const Bytes password = for_service(account.password_hash, "password");
    const Bytes second_factor = for_service(account.second_factor, "second_factor");
    const auto if_given = [](const Bytes& bytes) {
        return bytes.empty() ? std::optional<Blob>{} : std::optional{Blob{bytes}};
    };
    const auto put = connection_.execute(
        Statement::put_account, account.id, std::string_view(account.role), account.person,
        as_integer(account.active), Blob{name}, Blob{email}, email_lookup(vault_, account.email),
        if_given(password), if_given(second_factor), account.last_code_step);
    if (!put.ok() && put.error().fault == Fault::conflict) {
        return Error{Fault::conflict, "/email", "Another account has this address.", {}};
    }
    return put;
}

Status WritingOver::put_session(const Session& session) {
    // The table stays as large as the number of people signed in.
    CHECK_OK(connection_.execute(Statement::drop_sessions_expired, session.last_seen));
    return connection_.execute(Statement::put_session, session.token_hash, session.account,
                               session.created, session.last_seen, session.expires,
                               as_integer(session.device_is_mine),
                               as_integer(session.second_factor_passed));
}

Status WritingOver::drop_session(const Hash& token_hash) {
    return connection_.execute(Statement::drop_session, token_hash);
}

Status WritingOver::drop_sessions_of(const Id& account) {
    return connection_.execute(Statement::drop_sessions_of, account);
}

Status WritingOver::put_invitation(const Invitation& invitation) {
    return connection_.execute(Statement::put_invitation, invitation.code_hash, invitation.account,
                               invitation.expires, as_integer(invitation.used));
}

Status WritingOver::put_note(std::string_view name, std::string_view text) {
    return connection_.execute(Statement::put_note, name, text);
}

Status WritingOver::postpone(const DueRow& row, Instant until, std::string_view error_code) {
    CHECK_OK(connection_.execute(Statement::postpone_due, row.stream, std::string_view(row.kind),
                                 row.ref, row.due_at, until, error_code));
    if (connection_.rows_changed() == 0) {
        return Error{Fault::not_found, "", "This work is no longer due.", {}};
    }
    return Done{};
}

}  // namespace evenkeel::store::detail
