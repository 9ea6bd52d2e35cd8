#include "store/store.h"

#include <fmt/format.h>

#include "store/detail/backup.h"
#include "store/detail/group_commit.h"
#include "store/detail/one_look.h"
#include "store/detail/reading.h"
#include "store/detail/record_file.h"
#include "store/detail/verify.h"

namespace evenkeel::store {
namespace {

using namespace detail;
namespace fs = std::filesystem;

// Connections for readers: each is used by one thread at a time and kept for the next.
class Readers {
  public:
    explicit Readers(fs::path file) : file_(std::move(file)) {}

    Result<std::unique_ptr<Connection>> take() {
        {
            const std::lock_guard lock{mutex_};
            if (!idle_.empty()) {
                auto connection = std::move(idle_.back());
                idle_.pop_back();
                return connection;
            }
        }
        return Connection::open(file_, Connection::Access::read_only);
    }

    void give_back(std::unique_ptr<Connection> connection) {
        const std::lock_guard lock{mutex_};
        if (idle_.size() < most_idle) idle_.push_back(std::move(connection));
    }

  private:
    static constexpr std::size_t most_idle = 16;
    const fs::path file_;
    std::mutex mutex_;
    std::vector<std::unique_ptr<Connection>> idle_;
};

class StoreOnDisk final : public Store {
  public:
    StoreOnDisk(fs::path file, std::unique_ptr<Connection> writer, Vault& vault, CommitMode mode)
        : vault_(vault), readers_(std::move(file)), writer_(std::move(writer), vault, mode) {}

    Status write(const std::function<Status(Writing&)>& work) override {
        return writer_.write(work);
    }

    Status read(const std::function<Status(Reading&)>& work) const override {
        return over_snapshot([&](Connection& connection) {
            ReadingOver<Reading> reading{connection, vault_};
            return work(reading);
        });
    }

    Result<VerifyReport> verify(std::optional<std::string> heads) const override {
        VerifyReport report;
        CHECK_OK(over_snapshot([&](Connection& connection) -> Status {
            TRY(report, verify_chains(connection, vault_, heads));
            return Done{};
        }));
        return report;
    }

    Result<std::string> export_heads(Instant now) const override {
        std::string text;
        CHECK_OK(over_snapshot([&](Connection& connection) -> Status {
            TRY(text, signed_heads(connection, vault_, now));
            return Done{};
        }));
        return text;
    }

    Status backup(const fs::path& to, Instant now) override {
        TRY(auto connection, readers_.take());
        const Status made = make_backup(*connection, vault_, to, now);
        readers_.give_back(std::move(connection));
        return made;
    }

    [[nodiscard]] std::uint64_t commits() const override { return writer_.commits(); }

  private:
    Status over_snapshot(const std::function<Status(Connection&)>& work) const {
        TRY(auto connection, readers_.take());
        // When `work` throws, the transaction ends and the connection closes.
        Status outcome = Done{};
        {
            TRY(const auto snapshot, Transaction::begin(*connection, sql::begin_read));
            const OneLook look;
            outcome = work(*connection);
        }
        readers_.give_back(std::move(connection));
        return outcome;
    }

    Vault& vault_;
    mutable Readers readers_;
    GroupCommit writer_;
};

}  // namespace

Result<std::unique_ptr<Store>> Store::open(const fs::path& folder, Vault& vault, CommitMode mode) {
    const fs::path file = folder / record_file_name;
    TRY(auto writer, open_record(file, vault));
    return std::unique_ptr<Store>{
        std::make_unique<StoreOnDisk>(file, std::move(writer), vault, mode)};
}

}  // namespace evenkeel::store
