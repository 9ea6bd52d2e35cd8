#pragma once
// One look at the vault for many sealings.
//
// Each use of a key asks SQLite whether another process has changed the vault, which
// costs as much as the sealing itself. While a OneLook lives, its thread asks once for
// all of them: it spans one caller's transaction or one snapshot, and what another
// process changes meanwhile counts as having come after it, as for every other row.

#include "store/vault.h"

namespace evenkeel::store::detail {

class OneLook {
  public:
    OneLook() {
        if (depth()++ == 0) looked_at() = nullptr;
    }
    OneLook(const OneLook&) = delete;
    OneLook& operator=(const OneLook&) = delete;
    ~OneLook() { --depth(); }

    // Has this thread looked at that vault since its OneLook began? Remembers the look.
    static bool taken(const Vault& vault) {
        if (depth() == 0) return false;
        if (looked_at() == &vault) return true;
        looked_at() = &vault;
        return false;
    }
    // The look could not be taken.
    static void forget() { looked_at() = nullptr; }

  private:
    static int& depth() {
        thread_local int depth = 0;
        return depth;
    }
    static const Vault*& looked_at() {
        thread_local const Vault* vault = nullptr;
        return vault;
    }
};

}  // namespace evenkeel::store::detail
