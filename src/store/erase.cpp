#include "store/erase.h"

#include <algorithm>

#include "store/keeper.h"

namespace evenkeel::store {
namespace {

Result<std::vector<Id>> accounts_of(Reading& reading, const Id& person) {
    TRY(const auto all, reading.accounts());
    std::vector<Id> own;
    for (const auto& each : all) {
        if (each.person == person) own.push_back(each.id);
    }
    return own;
}

// From here on nobody is signed in as this person, whatever happens next.
Status close_accounts(Writing& writing, const std::vector<Id>& accounts) {
    for (const Id& id : accounts) {
        CHECK_OK(writing.drop_sessions_of(id));
        TRY(const auto account, writing.account(id));
        if (!account) continue;
        Account closed{.id = id, .role = account->role, .person = account->person};
        closed.active = false;
        CHECK_OK(writing.put_account(closed));
    }
    return Done{};
}

}  // namespace

Result<Erased> erase_person(Store& store, Vault& vault, const Erasure& erasure) {
    Erased erased;
    std::vector<Id> accounts;
    CHECK_OK(store.read([&](Reading& reading) -> Status {
        TRY(const auto streams, reading.streams());
        if (std::ranges::find(streams, erasure.person) == streams.end() ||
            erasure.person == organisation_stream()) {
            return Error{Fault::not_found, "/person", "There is no such person.", {}};
        }
        TRY(const auto standing, reading.standing(erasure.person));
        erased.entries = standing ? standing->seq : 0;
        TRY(accounts, accounts_of(reading, erasure.person));
        return Done{};
    }));
    erased.accounts = accounts.size();
    erased.again = !vault.has_key(erasure.person);
    CHECK_OK(store.write([&](Writing& writing) -> Status {
        CHECK_OK(close_accounts(writing, accounts));
        return writing.audit({.at = erasure.at,
                              .actor = erasure.actor,
                              .person = erasure.person,
                              .action = "erase.begin",
                              .outcome = "allowed"});
    }));
    // The keys go before the projections: cut short here, `rebuild` and a second run
    // both end in the tombstone.
    CHECK_OK(vault.destroy_key(erasure.person));
    for (const Id& account : accounts) CHECK_OK(vault.destroy_key(account));
    CHECK_OK(store.write([&](Writing& writing) -> Status {
        CHECK_OK(writing.drop_snapshot(erasure.person));
        CHECK_OK(writing.put_projection(erasure.person, tombstone()));
        return writing.audit({.at = erasure.at,
                              .actor = erasure.actor,
                              .person = erasure.person,
                              .action = "erase.done",
                              .outcome = "allowed",
                              .reason = erasure.reason});
    }));
    return erased;
}

}  // namespace evenkeel::store
