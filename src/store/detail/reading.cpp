#include "store/detail/reading.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "store/detail/series.h"

namespace evenkeel::store::detail {
namespace {

using sql::Statement;

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
bool is_alphanumeric(char c) {
    return (lower(c) >= 'a' && lower(c) <= 'z') || (c >= '0' && c <= '9');
}

std::int64_t as_limit(std::size_t limit) {
    constexpr auto most = static_cast<std::size_t>(std::numeric_limits<std::int64_t>::max());
    return static_cast<std::int64_t>(std::min(limit, most));
}

// Every row, each read by `read`, which gives a Result of the element.
template <class Element, class Read>
Result<std::vector<Element>> collect(Rows& rows, const Read& read) {
    std::vector<Element> all;
    while (true) {
        TRY(const bool more, rows.next());
        if (!more) return all;
        TRY(Element element, read(rows));
        all.push_back(std::move(element));
    }
}

template <class Element>
Result<std::optional<Element>> first_of(Result<std::vector<Element>> all) {
    if (!all.ok()) return all.error();
    if (all.value().empty()) return std::optional<Element>{};
    return std::optional<Element>{std::move(all.value().front())};
}

Result<StoredEntry> read_entry(const Rows& rows, const Vault& vault) {
    StoredEntry entry;
    entry.stream = rows.id(0);
    entry.seq = static_cast<std::uint64_t>(rows.integer(1));
    entry.id = rows.id(2);
    entry.kind = rows.text(3);
    entry.version = static_cast<int>(rows.integer(4));
    entry.effective_at = rows.instant(5);
    entry.recorded_at = rows.instant(6);
    entry.author = rows.id(7);
    if (!rows.is_null(8)) entry.supersedes = rows.id(8);
    TRY(entry.body, vault.open_sealed(entry.stream, entry_address(entry.seq), rows.bytes(9)));
    return entry;
}

// Of an erased account only the empty name is left.
Result<std::string> open_or_erased(const Vault& vault, const Id& account, std::string_view field,
                                   std::string_view sealed) {
    if (sealed.empty()) return std::string{};
    auto opened = vault.open_sealed(account, account_address(account, field), sealed);
    if (!opened.ok() && opened.error().fault == Fault::not_found) return std::string{};
    return opened;
}

Result<Account> read_account(const Rows& rows, const Vault& vault) {
    Account account;
    account.id = rows.id(0);
    account.role = rows.text(1);
    if (!rows.is_null(2)) account.person = rows.id(2);
    account.active = rows.integer(3) != 0;
    TRY(account.name, open_or_erased(vault, account.id, "name", rows.bytes(4)));
    TRY(account.email, open_or_erased(vault, account.id, "email", rows.bytes(5)));
    if (!rows.is_null(6)) {
        TRY(account.password_hash,
            vault.open_for_service(account_address(account.id, "password"), rows.bytes(6)));
    }
    if (!rows.is_null(7)) {
        TRY(account.second_factor,
            vault.open_for_service(account_address(account.id, "second_factor"), rows.bytes(7)));
    }
    account.last_code_step = rows.integer(8);
    return account;
}

Result<AuditRow> read_audit(const Rows& rows, const Vault& vault) {
    AuditRow row;
    const std::int64_t seq = rows.integer(0);
    row.at = rows.instant(1);
    row.actor = rows.id(2);
    if (!rows.is_null(3)) row.person = rows.id(3);
    row.action = rows.text(4);
    row.outcome = rows.text(5);
    if (rows.is_null(6) || rows.bytes(6).empty()) return row;
    const std::string_view reason = rows.bytes(6);
    const bool of_person = reason.front() == sealed_for_person && row.person.has_value();
    const auto opened = of_person
                            ? vault.open_sealed(*row.person, audit_address(seq), reason.substr(1))
                            : vault.open_for_service(audit_address(seq), reason.substr(1));
    if (opened.ok()) {
        row.reason = opened.value();
    } else if (opened.error().fault != Fault::not_found) {
        return opened.error();
    }
    return row;
}

}  // namespace

std::string entry_address(std::uint64_t seq) {
    return fmt::format("entry:{}", seq);
}
std::string state_address(std::uint64_t seq) {
    return fmt::format("state:{}", seq);
}
std::string audit_address(std::int64_t seq) {
    return fmt::format("audit:{}", seq);
}
std::string account_address(const Id& account, std::string_view field) {
    return fmt::format("account:{}:{}", to_string(account), field);
}

std::optional<Hash> email_lookup(const Vault& vault, std::string_view email) {
    if (email.empty()) return std::nullopt;
    std::string text{"email:"};
    for (const char c : email) text.push_back(lower(c));
    return vault.lookup_hash(text);
}

std::optional<Hash> paper_reference_lookup(const Vault& vault, std::string_view reference) {
    const std::string prefix{"reference:"};
    std::string text = prefix;
    for (const char c : reference) {
        // Other alphabets count as they are; what only separates does not.
        const bool separates = static_cast<unsigned char>(c) < 0x80 && !is_alphanumeric(c);
        if (!separates) text.push_back(lower(c));
    }
    if (text == prefix) return std::nullopt;
    return vault.lookup_hash(text);
}

Result<std::vector<RelationRow>> relation_rows(Rows& rows) {
    return collect<RelationRow>(rows, [](const Rows& row) -> Result<RelationRow> {
        RelationRow relation{.person = row.id(0),
                             .staff = row.id(1),
                             .role = std::string(row.text(2)),
                             .basis = std::string(row.text(3)),
                             .since = row.instant(4)};
        if (!row.is_null(5)) relation.until = row.instant(5);
        return relation;
    });
}

Result<std::vector<ReferralRow>> referral_rows(Rows& rows) {
    return collect<ReferralRow>(rows, [](const Rows& row) -> Result<ReferralRow> {
        ReferralRow referral{
            .person = row.id(0), .stage = std::string(row.text(1)), .received_at = row.instant(2)};
        if (!row.is_null(3)) referral.accepted_at = row.instant(3);
        if (!row.is_null(4)) referral.ended_at = row.instant(4);
        return referral;
    });
}

Result<std::vector<SignalRow>> signal_rows(Rows& rows) {
    return collect<SignalRow>(rows, [](const Rows& row) -> Result<SignalRow> {
        return SignalRow{.id = row.id(0),
                         .person = row.id(1),
                         .kind = std::string(row.text(2)),
                         .tier = std::string(row.text(3)),
                         .state = std::string(row.text(4)),
                         .owner = row.id(5),
                         .escalation = static_cast<int>(row.integer(6)),
                         .raised_at = row.instant(7),
                         .due_at = row.instant(8)};
    });
}

Result<std::vector<DueRow>> due_rows(Rows& rows) {
    return collect<DueRow>(rows, [](const Rows& row) -> Result<DueRow> {
        return DueRow{.stream = row.id(0),
                      .kind = std::string(row.text(1)),
                      .ref = row.id(2),
                      .due_at = row.instant(3),
                      .attempts = static_cast<int>(row.integer(4))};
    });
}

template <class I>
Result<std::optional<StoredEntry>> ReadingOver<I>::entry(const Id& id) {
    auto rows = connection_.run(Statement::entry_by_id, id);
    return first_of(
        collect<StoredEntry>(rows, [this](const Rows& row) { return read_entry(row, vault_); }));
}

template <class I>
Result<std::vector<StoredEntry>> ReadingOver<I>::entries(const Id& stream, std::uint64_t after,
                                                         std::size_t limit) {
    auto rows =
        connection_.run(Statement::entries_of_stream, stream, as_limit(after), as_limit(limit));
    return collect<StoredEntry>(rows, [this](const Rows& row) { return read_entry(row, vault_); });
}

template <class I>
Result<std::optional<StoredState>> ReadingOver<I>::state(const Id& stream) {
    auto rows = connection_.run(Statement::state_of_stream, stream);
    TRY(const bool found, rows.next());
    if (!found) return std::optional<StoredState>{};
    StoredState state{static_cast<std::uint64_t>(rows.integer(0)), {}};
    if (!rows.bytes(1).empty()) {
        TRY(state.bytes, vault_.open_sealed(stream, state_address(state.seq), rows.bytes(1)));
    }
    return std::optional{std::move(state)};
}

template <class I>
Result<std::optional<Standing>> ReadingOver<I>::standing(const Id& stream) {
    auto rows = connection_.run(Statement::standing, stream);
    TRY(const bool found, rows.next());
    if (!found) return std::optional<Standing>{};
    const auto number = [&](int column) {
        return static_cast<std::uint64_t>(rows.integer(column));
    };
    return std::optional{Standing{number(0), number(1), number(2)}};
}

template <class I>
Result<std::vector<NumberPoint>> ReadingOver<I>::numbers(const Id& stream,
                                                         std::string_view series) {
    const Hash column = series_column(vault_, stream, series);
    auto rows = connection_.run(Statement::numbers_of_series, stream, column);
    std::vector<NumberPoint> all;
    while (true) {
        TRY(const bool more, rows.next());
        if (!more) break;
        TRY(const std::string opened,
            vault_.open_sealed(stream, block_address(column, rows.integer(0)), rows.bytes(1)));
        TRY(const auto block, read_block(opened));
        all.insert(all.end(), block.begin(), block.end());
    }
    // A phone that was offline sends its points late.
    std::ranges::stable_sort(all, {}, &NumberPoint::at);
    return all;
}

template <class I>
Result<std::vector<RelationRow>> ReadingOver<I>::relations_of_staff(const Id& staff, Instant at) {
    auto rows = connection_.run(Statement::relations_of_staff, staff, at);
    return relation_rows(rows);
}

template <class I>
Result<std::vector<RelationRow>> ReadingOver<I>::relations_of_person(const Id& person) {
    auto rows = connection_.run(Statement::relations_of_person, person);
    return relation_rows(rows);
}

template <class I>
Result<std::vector<care::Cover>> ReadingOver<I>::covers_of_staff(const Id& staff, Instant at) {
    auto rows = connection_.run(Statement::covers_of_staff, staff, at);
    return collect<care::Cover>(rows, [](const Rows& row) -> Result<care::Cover> {
        return care::Cover{.away = row.id(0),
                           .by = row.id(1),
                           .since = row.instant(2),
                           .until = row.instant(3),
                           .people = static_cast<int>(row.integer(4))};
    });
}

template <class I>
Result<std::vector<Id>> ReadingOver<I>::people_by_paper_reference(std::string_view reference) {
    const auto lookup = paper_reference_lookup(vault_, reference);
    if (!lookup) return std::vector<Id>{};
    auto rows = connection_.run(Statement::people_by_paper_reference, *lookup);
    return collect<Id>(rows, [](const Rows& row) -> Result<Id> { return row.id(0); });
}

template <class I>
Result<std::vector<ReferralRow>> ReadingOver<I>::referrals(Instant since) {
    auto rows = connection_.run(Statement::referrals_since, since);
    return referral_rows(rows);
}

template <class I>
Result<std::optional<SignalRow>> ReadingOver<I>::signal(const Id& id) {
    auto rows = connection_.run(Statement::signal_by_id, id);
    return first_of(signal_rows(rows));
}

template <class I>
Result<std::vector<SignalRow>> ReadingOver<I>::open_signals() {
    auto rows = connection_.run(Statement::open_signals);
    return signal_rows(rows);
}

template <class I>
Result<std::vector<SignalRow>> ReadingOver<I>::open_signals_of_owner(const Id& account) {
    auto rows = connection_.run(Statement::open_signals_of_owner, account);
    return signal_rows(rows);
}

template <class I>
Result<std::vector<SignalRow>> ReadingOver<I>::unread_signals(Instant now, std::size_t limit) {
    auto rows = connection_.run(Statement::unread_signals, now, as_limit(limit));
    return signal_rows(rows);
}

template <class I>
Result<UnreadCount> ReadingOver<I>::count_unread_signals(Instant now) {
    auto rows = connection_.run(Statement::count_unread_signals, now);
    TRY(const bool found, rows.next());
    EK_ASSERT(found);
    return UnreadCount{static_cast<std::uint64_t>(rows.integer(0)),
                       static_cast<std::uint64_t>(rows.integer(1))};
}

template <class I>
Result<std::vector<DueRow>> ReadingOver<I>::due(Instant now, std::size_t limit) {
    auto rows = connection_.run(Statement::dues_ready, now, as_limit(limit));
    return due_rows(rows);
}

template <class I>
Result<std::optional<Instant>> ReadingOver<I>::next_due() {
    auto rows = connection_.run(Statement::next_ready);
    TRY(const bool found, rows.next());
    if (!found || rows.is_null(0)) return std::optional<Instant>{};
    return std::optional{rows.instant(0)};
}

template <class I>
Result<std::vector<AuditRow>> ReadingOver<I>::audit_of_person(const Id& person, std::size_t limit) {
    auto rows = connection_.run(Statement::audit_of_person, person, as_limit(limit));
    return collect<AuditRow>(rows, [this](const Rows& row) { return read_audit(row, vault_); });
}

template <class I>
Result<std::optional<Account>> ReadingOver<I>::account(const Id& id) {
    auto rows = connection_.run(Statement::account_by_id, id);
    return first_of(
        collect<Account>(rows, [this](const Rows& row) { return read_account(row, vault_); }));
}

template <class I>
Result<std::optional<Account>> ReadingOver<I>::account_by_email(std::string_view email) {
    const auto lookup = email_lookup(vault_, email);
    if (!lookup) return std::optional<Account>{};
    auto rows = connection_.run(Statement::account_by_email, *lookup);
    return first_of(
        collect<Account>(rows, [this](const Rows& row) { return read_account(row, vault_); }));
}

template <class I>
Result<std::vector<Account>> ReadingOver<I>::accounts() {
    auto rows = connection_.run(Statement::all_accounts);
    return collect<Account>(rows, [this](const Rows& row) { return read_account(row, vault_); });
}

template <class I>
Result<std::vector<Account>> ReadingOver<I>::accounts_but(std::string_view role) {
    auto rows = connection_.run(Statement::accounts_but_role, role);
    return collect<Account>(rows, [this](const Rows& row) { return read_account(row, vault_); });
}

template <class I>
Result<std::vector<Id>> ReadingOver<I>::accounts_of_role(std::string_view role) {
    auto rows = connection_.run(Statement::accounts_of_role, role);
    return collect<Id>(rows, [](const Rows& row) -> Result<Id> { return row.id(0); });
}

template <class I>
Result<std::optional<Session>> ReadingOver<I>::session(const Hash& token_hash) {
    auto rows = connection_.run(Statement::session_by_token, token_hash);
    TRY(const bool found, rows.next());
    if (!found) return std::optional<Session>{};
    return std::optional{Session{.token_hash = rows.hash(0),
                                 .account = rows.id(1),
                                 .created = rows.instant(2),
                                 .last_seen = rows.instant(3),
                                 .expires = rows.instant(4),
                                 .device_is_mine = rows.integer(5) != 0,
                                 .second_factor_passed = rows.integer(6) != 0}};
}

template <class I>
Result<std::optional<Invitation>> ReadingOver<I>::invitation(const Hash& code_hash) {
    auto rows = connection_.run(Statement::invitation_by_code, code_hash);
    TRY(const bool found, rows.next());
    if (!found) return std::optional<Invitation>{};
    return std::optional{Invitation{.code_hash = rows.hash(0),
                                    .account = rows.id(1),
                                    .expires = rows.instant(2),
                                    .used = rows.integer(3) != 0}};
}

template <class I>
Result<std::vector<Id>> ReadingOver<I>::streams() {
    auto rows = connection_.run(Statement::all_streams);
    return collect<Id>(rows, [](const Rows& row) -> Result<Id> { return row.id(0); });
}

template <class I>
Result<std::optional<std::string>> ReadingOver<I>::note(std::string_view name) {
    auto rows = connection_.run(Statement::note_by_name, name);
    TRY(const bool found, rows.next());
    if (!found) return std::optional<std::string>{};
    return std::optional{std::string(rows.text(0))};
}

template class ReadingOver<Reading>;
template class ReadingOver<Writing>;

}  // namespace evenkeel::store::detail
