#include "store/detail/chain.h"

#include <string>

#include "store/detail/sqlite.h"

namespace evenkeel::store::detail {
namespace {

class Canonical {
  public:
    explicit Canonical(std::string_view what) { add(what); }

    Canonical& add(std::int64_t number) {
        for (int shift = 0; shift < 64; shift += 8) {
            text_.push_back(static_cast<char>(static_cast<std::uint64_t>(number) >> shift));
        }
        return *this;
    }
    Canonical& add(std::string_view bytes) {
        add(static_cast<std::int64_t>(bytes.size()));
        text_ += bytes;
        return *this;
    }
    Canonical& add(const std::optional<std::string_view>& bytes) {
        if (!bytes) return add(std::int64_t{-1});
        return add(*bytes);
    }
    [[nodiscard]] const std::string& text() const { return text_; }

  private:
    std::string text_;
};

}  // namespace

Hash stream_start(const Vault& vault, std::string_view stream) {
    return vault.audit_hash(Canonical{"stream starts"}.add(stream).text());
}

Hash audit_start(const Vault& vault) {
    return vault.audit_hash(Canonical{"audit starts"}.text());
}

Hash link(const Vault& vault, const Hash& before, const ChainedEntry& entry) {
    Canonical row{"entry"};
    row.add(bytes_of(before)).add(entry.stream).add(entry.seq).add(entry.id).add(entry.kind);
    row.add(entry.version).add(entry.effective_at).add(entry.recorded_at).add(entry.author);
    row.add(entry.supersedes).add(entry.sealed);
    return vault.audit_hash(row.text());
}

Hash link(const Vault& vault, const Hash& before, const ChainedAudit& audit) {
    Canonical row{"audit"};
    row.add(bytes_of(before)).add(audit.seq).add(audit.happened_at).add(audit.actor);
    row.add(audit.person).add(audit.action).add(audit.outcome).add(audit.reason);
    return vault.audit_hash(row.text());
}

}  // namespace evenkeel::store::detail
