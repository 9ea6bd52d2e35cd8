#pragma once
// Reading the record over one connection. A template over its interface, because a
// writer reads too, inside its own transaction.

#include "store/detail/sqlite.h"
#include "store/store.h"

namespace evenkeel::store::detail {

template <class Interface>
class ReadingOver : public Interface {
  public:
    ReadingOver(Connection& connection, Vault& vault) : connection_(connection), vault_(vault) {}

    Result<std::optional<StoredEntry>> entry(const Id& id) override;
    Result<std::vector<StoredEntry>> entries(const Id& stream, std::uint64_t after,
                                             std::size_t limit) override;
    Result<std::optional<StoredState>> state(const Id& stream) override;
    Result<std::optional<Standing>> standing(const Id& stream) override;
    Result<std::vector<NumberPoint>> numbers(const Id& stream, std::string_view series) override;
    Result<std::vector<RelationRow>> relations_of_staff(const Id& staff, Instant at) override;
    Result<std::vector<RelationRow>> relations_of_person(const Id& person) override;
    Result<std::vector<care::Cover>> covers_of_staff(const Id& staff, Instant at) override;
    Result<std::vector<Id>> people_by_paper_reference(std::string_view reference) override;
    Result<std::vector<ReferralRow>> referrals(Instant since) override;
    Result<std::optional<SignalRow>> signal(const Id& id) override;
    Result<std::vector<SignalRow>> open_signals() override;
    Result<std::vector<SignalRow>> open_signals_of_owner(const Id& account) override;
    Result<std::vector<SignalRow>> unread_signals(Instant now, std::size_t limit) override;
    Result<UnreadCount> count_unread_signals(Instant now) override;
    Result<std::vector<DueRow>> due(Instant now, std::size_t limit) override;
    Result<std::optional<Instant>> next_due() override;
    Result<std::vector<AuditRow>> audit_of_person(const Id& person, std::size_t limit) override;
    Result<std::optional<Account>> account(const Id& id) override;
    Result<std::optional<Account>> account_by_email(std::string_view email) override;
    Result<std::vector<Account>> accounts() override;
    Result<std::vector<Account>> accounts_but(std::string_view role) override;
    Result<std::vector<Id>> accounts_of_role(std::string_view role) override;
    Result<std::optional<Session>> session(const Hash& token_hash) override;
    Result<std::optional<Invitation>> invitation(const Hash& code_hash) override;
    Result<std::vector<Id>> streams() override;
    Result<std::optional<std::string>> note(std::string_view name) override;

  protected:
    Connection& connection_;
    Vault& vault_;
};

// Shared with writing.
Result<std::vector<RelationRow>> relation_rows(Rows&);
Result<std::vector<ReferralRow>> referral_rows(Rows&);
Result<std::vector<SignalRow>> signal_rows(Rows&);
Result<std::vector<DueRow>> due_rows(Rows&);
std::optional<Hash> email_lookup(const Vault&, std::string_view email);
std::optional<Hash> paper_reference_lookup(const Vault&, std::string_view reference);
std::string entry_address(std::uint64_t seq);
std::string state_address(std::uint64_t seq);
std::string audit_address(std::int64_t seq);
std::string account_address(const Id& account, std::string_view field);

inline constexpr char sealed_for_person = 'p';
inline constexpr char sealed_for_service = 's';

}  // namespace evenkeel::store::detail
