#pragma once
// Erasing a person: what is destroyed, what stays and why.
//
// The keys of the person's stream and of the person's own account are destroyed, so
// that every copy of the entries, in old backups too, is unreadable for good. The
// sealed bytes stay, so that the chains of everybody can still be verified; who read
// and wrote what and when stays in the audit log, without content.
//
// Can be repeated: an erasure that was cut short ends when it is run again. Limit: a
// copy of the keys made before still opens old backups; replace it at once.

#include "store/store.h"

namespace evenkeel::store {

struct Erasure {
    Id person;
    std::string reason;  // kept under the service's key: no names in it
    Instant at{};
    Id actor = {};  // account; nil = the command line
};

struct Erased {
    std::uint64_t entries = 0;  // made unreadable now; 0 when they were already
    std::uint64_t accounts = 0;
    bool again = false;  // the key was gone already
};

// Fails with not_found when there is no such stream or it is the service's own,
// unavailable when the disk refuses.
Result<Erased> erase_person(Store&, Vault&, const Erasure&);

}  // namespace evenkeel::store
