#pragma once
// Writing the record inside one caller's savepoint.

#include "store/detail/reading.h"

namespace evenkeel::store::detail {

class WritingOver final : public ReadingOver<Writing> {
  public:
    using ReadingOver::ReadingOver;

    Result<std::uint64_t> append(const StoredEntry&) override;
    Result<Projection> projection(const Id& stream) override;
    Status put_projection(const Id& stream, const Projection&, const Projection* standing) override;
    Status append_numbers(const Id& stream, std::string_view series,
                          const std::vector<NumberPoint>&) override;
    Status drop_snapshot(const Id& stream) override;
    Status count_rebuild() override;
    Status audit(const AuditRow&) override;
    Status put_account(const Account&) override;
    Status put_session(const Session&) override;
    Status drop_session(const Hash& token_hash) override;
    Status drop_sessions_of(const Id& account) override;
    Status put_invitation(const Invitation&) override;
    Status put_note(std::string_view name, std::string_view text) override;
    Status postpone(const DueRow&, Instant until, std::string_view error_code) override;

  private:
    struct Head {
        std::int64_t seq = 0;
        Hash hash{};
    };
    Result<Head> stream_head(const Id& stream);
    Result<Head> audit_head();
    Status put_state(const Id& stream, const StoredState&);
    Status put_paper_reference(const Id& stream, std::string_view reference);
    Result<Projection> rows_standing(const Id& stream);
    Status put_relations(const Id& stream, std::vector<RelationRow> wanted,
                         std::vector<RelationRow> standing);
    Status put_referral(const Id& stream, const std::optional<ReferralRow>&);
    Status put_signals(const Id& stream, const std::vector<SignalRow>&,
                       const std::vector<SignalRow>& standing);
    Status put_dues(const Id& stream, const std::vector<DueRow>&, std::vector<DueRow> standing);
    Result<std::optional<Bytes>> sealed_reason(const AuditRow&, std::int64_t seq);
};

}  // namespace evenkeel::store::detail
