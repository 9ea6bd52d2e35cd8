#pragma once
// The keeper: the one place where commands become stored entries.
//
// HTTP, import, timers and simulation hand their commands in here. One transaction
// holds the entries of a decision, the projections that follow from them, the sealed
// numbers and the audit row; what must be done later (analysis, escalation, silence)
// is a projection too, so that a crash cannot lose it.
//
// Thread-safe.

#include <functional>
#include <memory>

#include "record/decide.h"
#include "store/store.h"

namespace evenkeel::store {

// The stream of the service itself.
Id organisation_stream();

struct Instruments {
    std::function<const measures::Instrument*(std::string_view id)> find;
    std::function<std::string(std::string_view id)> hash;  // of the definition file
    const guidance::RuleBook* rules = nullptr;             // outlives the keeper
    std::function<const guidance::SupportTool*(std::string_view id)> support_tool = {};
};

struct Receipt {
    record::Entry entry;  // as stored, of the first writing
    bool fresh = true;    // false: a retry of what stood already
    record::Show show;
    std::optional<record::ScorePoint> score;  // when the entry was a set of answers
    std::vector<Id> people_changed = {};
};

// What a look at everybody did.
struct Refreshed {
    std::size_t people = 0;
    std::size_t findings = 0;  // that stand now, of all of them
    std::size_t changed = 0;   // people of whom something else is said than before
};

// A person's numbers up to the newest entry, in order of time (Reading::numbers gives
// those of the last snapshot only).
Result<std::vector<NumberPoint>> numbers_of(Reading&, const Id& person, std::string_view series);

class Keeper {
  public:
    Keeper(Store& store, Instruments instruments, const Clock& clock, bool solo);
    ~Keeper();

    // Writes one command. A retry (same id, same content) gives the receipt of the
    // first writing; the same id with another content fails with conflict.
    // Fails as record::decide does, or with unavailable.
    Result<Receipt> write(const record::Command&, AuditRow);

    // Writes several commands, all or none, each decided on the state after the one
    // before; `also` runs in the same transaction.
    Result<std::vector<Receipt>> write_all(const std::vector<record::Command>&, AuditRow,
                                           const std::function<Status(Writing&)>& also = {});

    // Writes one person's past as it would have been written while it happened
    // (record/timeline.h), in one transaction: commands in order of time, all of one new
    // stream. For simulated people; an import records at the time of import. Fails with
    // conflict when the stream holds entries already.
    Status write_past(const std::vector<record::Command>&, Instant until, AuditRow,
                      const std::function<Status(Writing&)>& also = {});

    // Not found: no such person, or erased.
    Result<record::PersonState> person(const Id&) const;
    Result<record::OrganisationState> organisation() const;

    // The organisation's entries are written by managers and the command line.
    Result<record::OrganisationState> write_organisation(record::Body, care::Author, AuditRow);

    // Switches an account off and ends its sessions; in the same transaction its open signals
    // go to the next who can see them. Returns the people whose record changed. Fails with
    // not_found.
    Result<std::vector<Id>> switch_off(const Id& account, AuditRow);

    // Works off what is due now; returns the people whose record changed. A row that
    // cannot be worked off is postponed and tried again.
    Result<std::vector<Id>> work_off(std::size_t limit = 64);

    // Folds every stream anew. Returns the streams of which a projection (state,
    // relations, signals, due work, numbers) differed from what stood there, or could
    // not be opened; they are replaced. An erased person becomes a tombstone.
    Result<std::vector<Id>> rebuild();

    // Computes the findings of everybody anew (record/analysis.h) and writes an entry where
    // they differ from what stands, as after a method's new version. What waits its turn is
    // left to it. Asks the service's archive anew, once in four weeks and from 200 people with
    // two scores on: the next look compares with it. Several threads read and compute; memory
    // grows by the scores alone, and only when an archive is asked.
    Result<Refreshed> refresh(unsigned threads);

    // The context of decisions at this moment; the state must outlive it.
    Result<record::Context> context(Reading&, const record::OrganisationState&) const;
    [[nodiscard]] Store& store() { return store_; }
    [[nodiscard]] const Clock& clock() const { return clock_; }
    [[nodiscard]] const Instruments& instruments() const { return instruments_; }
    [[nodiscard]] bool solo() const { return solo_; }

  private:
    struct Cached;
    class Working;
    Result<Receipt> write_in(Writing&, const record::Command&, Working&);
    Status work_off_one(Writing&, const DueRow&, Working&);
    Result<bool> work_off_row(const DueRow&);

    Store& store_;
    std::unique_ptr<Cached> cached_;
    Instruments instruments_;
    const Clock& clock_;
    bool solo_;
};

}  // namespace evenkeel::store
