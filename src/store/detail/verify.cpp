#include "store/detail/verify.h"

#include <fmt/format.h>

#include <map>

#include "store/detail/chain.h"
#include "store/detail/heads.h"

namespace evenkeel::store::detail {
namespace {

using sql::Statement;

// A broken store would otherwise make a report as long as itself.
constexpr std::size_t most_problems = 1000;

class Walk {
  public:
    Walk(Connection& connection, const Vault& vault) : connection_(connection), vault_(vault) {}

    Status entries();
    Status audit();
    Status against(const Heads&);
    VerifyReport report;

  private:
    struct Head {
        std::int64_t seq = 0;
        Hash hash{};
    };

    void problem(std::string where, std::string message) {
        if (report.problems.size() < most_problems) {
            report.problems.push_back({std::move(where), std::move(message)});
        }
    }
    static std::string place(const Id& stream, std::int64_t seq) {
        return fmt::format("stream/{}/{}", to_string(stream), seq);
    }
    void entry(const Rows&, const Id& stream, Head& reached);
    // Compares the head kept beside the chain with where the walk ended.
    void compare_head(const std::string& where, const std::optional<Head>& kept,
                      const Head& reached);
    Status compare_heads(const std::map<Id, Head>& reached);
    Result<std::optional<Hash>> hash_at(Statement, const Head&, const Id* stream);

    Connection& connection_;
    const Vault& vault_;
};

void Walk::entry(const Rows& rows, const Id& stream, Head& reached) {
    const std::int64_t seq = rows.integer(1);
    const std::string where = place(stream, seq);
    if (seq != reached.seq + 1) {
        problem(where, fmt::format("Entries are missing between {} and {}.", reached.seq, seq));
    }
    ChainedEntry row{.stream = rows.bytes(0),
                     .seq = seq,
                     .id = rows.bytes(2),
                     .kind = rows.text(3),
                     .version = rows.integer(4),
                     .effective_at = rows.integer(5),
                     .recorded_at = rows.integer(6),
                     .author = rows.bytes(7),
                     .supersedes = {},
                     .sealed = rows.bytes(9)};
    if (!rows.is_null(8)) row.supersedes = rows.bytes(8);
    const Hash expected = link(vault_, reached.hash, row);
    const Hash stored = rows.hash(10);
    if (stored != expected && seq == reached.seq + 1) {
        problem(where, "This entry was changed, put in or moved after it was written.");
    }
    // Going on from what is stored names each broken place once.
    reached = {seq, stored};
}

Status Walk::entries() {
    std::map<Id, Head> reached;
    auto rows = connection_.run(Statement::every_entry);
    while (true) {
        TRY(const bool more, rows.next());
        if (!more) break;
        const Id stream = rows.id(0);
        const auto [at, is_new] = reached.try_emplace(stream);
        if (is_new) {
            at->second = {0, stream_start(vault_, rows.bytes(0))};
            ++report.streams;
        }
        entry(rows, stream, at->second);
        ++report.entries;
    }
    return compare_heads(reached);
}

void Walk::compare_head(const std::string& where, const std::optional<Head>& kept,
                        const Head& reached) {
    if (!kept) {
        problem(where, "The end of this chain is not noted; entries were put in.");
    } else if (kept->seq > reached.seq) {
        problem(where,
                fmt::format("The entries from {} to {} were cut off.", reached.seq + 1, kept->seq));
    } else if (kept->seq < reached.seq || kept->hash != reached.hash) {
        problem(where, "The end of this chain differs from the one that was noted.");
    }
}

Status Walk::compare_heads(const std::map<Id, Head>& reached) {
    std::map<Id, Head> kept;
    auto rows = connection_.run(Statement::all_streams);
    while (true) {
        TRY(const bool more, rows.next());
        if (!more) break;
        kept[rows.id(0)] = {rows.integer(1), rows.hash(2)};
    }
    for (const auto& [stream, head] : reached) {
        const auto at = kept.find(stream);
        compare_head(place(stream, head.seq),
                     at == kept.end() ? std::optional<Head>{} : std::optional{at->second}, head);
    }
    for (const auto& [stream, head] : kept) {
        if (!reached.contains(stream)) compare_head(place(stream, 1), head, Head{});
    }
    return Done{};
}

Status Walk::audit() {
    Head reached{0, audit_start(vault_)};
    {
        auto rows = connection_.run(Statement::every_audit);
        while (true) {
            TRY(const bool more, rows.next());
            if (!more) break;
            const std::int64_t seq = rows.integer(0);
            const std::string where = fmt::format("audit/{}", seq);
            ChainedAudit row{.seq = seq,
                             .happened_at = rows.integer(1),
                             .actor = rows.bytes(2),
                             .person = {},
                             .action = rows.text(4),
                             .outcome = rows.text(5),
                             .reason = {}};
            if (!rows.is_null(3)) row.person = rows.bytes(3);
            if (!rows.is_null(6)) row.reason = rows.bytes(6);
            const Hash stored = rows.hash(7);
            if (seq != reached.seq + 1) {
                problem(where,
                        fmt::format("Audit rows are missing between {} and {}.", reached.seq, seq));
            } else if (stored != link(vault_, reached.hash, row)) {
                problem(where, "This audit row was changed or put in after it was written.");
            }
            reached = {seq, stored};
            ++report.audit_rows;
        }
    }
    auto rows = connection_.run(Statement::audit_head);
    TRY(const bool found, rows.next());
    std::optional<Head> kept;
    if (found) kept = Head{rows.integer(0), rows.hash(1)};
    if (kept || reached.seq > 0) {
        compare_head(fmt::format("audit/{}", reached.seq), kept, reached);
    }
    return Done{};
}

Result<std::optional<Hash>> Walk::hash_at(Statement statement, const Head& head, const Id* stream) {
    const auto read = [](Rows& rows) -> Result<std::optional<Hash>> {
        TRY(const bool found, rows.next());
        return found ? std::optional{rows.hash(0)} : std::optional<Hash>{};
    };
    if (stream == nullptr) {
        auto rows = connection_.run(statement, head.seq);
        return read(rows);
    }
    auto rows = connection_.run(statement, *stream, head.seq);
    return read(rows);
}

Status Walk::against(const Heads& heads) {
    const auto compare = [&](const std::string& where, const std::optional<Hash>& found,
                             const HeadLine& head) {
        if (!found) {
            problem(where, fmt::format("The chain was cut: it had reached {} when its head was "
                                       "exported.",
                                       head.seq));
        } else if (*found != head.hash) {
            problem(where, "The chain was computed anew after its head was exported.");
        }
    };
    for (const auto& head : heads.streams) {
        TRY(const auto found,
            hash_at(Statement::entry_hash_at, {head.seq, head.hash}, &head.stream));
        compare(place(head.stream, head.seq), found, head);
    }
    if (heads.audit.seq > 0) {
        TRY(const auto found,
            hash_at(Statement::audit_hash_at, {heads.audit.seq, heads.audit.hash}, nullptr));
        compare(fmt::format("audit/{}", heads.audit.seq), found, heads.audit);
    }
    return Done{};
}

}  // namespace

Result<VerifyReport> verify_chains(Connection& connection, const Vault& vault,
                                   const std::optional<std::string>& heads) {
    Walk walk{connection, vault};
    std::optional<Heads> parsed;
    if (heads) {
        TRY(parsed, read_heads(*heads, vault));
    }
    CHECK_OK(walk.entries());
    CHECK_OK(walk.audit());
    if (parsed) CHECK_OK(walk.against(*parsed));
    return std::move(walk.report);
}

Result<std::string> signed_heads(Connection& connection, const Vault& vault, Instant now) {
    Heads heads{now, {}, {}};
    {
        auto rows = connection.run(Statement::all_streams);
        while (true) {
            TRY(const bool more, rows.next());
            if (!more) break;
            heads.streams.push_back({rows.id(0), rows.integer(1), rows.hash(2)});
        }
    }
    auto rows = connection.run(Statement::audit_head);
    TRY(const bool found, rows.next());
    if (found) heads.audit = {Id{}, rows.integer(0), rows.hash(1)};
    return write_heads(heads, vault);
}

}  // namespace evenkeel::store::detail
