#include "store/detail/refresh.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <future>
#include <map>
#include <span>

#include "guidance/archive.h"
#include "record/analysis.h"
#include "store/detail/projecting.h"

namespace evenkeel::store::detail {
namespace {

// One snapshot to read from and, where something changed, one commit for so many people.
constexpr std::size_t people_at_once = 64;

// How long what an archive says stands before it is asked again.
constexpr std::chrono::days archive_lasts{28};

// Courses by questionnaire, of people numbered from 0.
struct Courses {
    std::size_t people = 0;
    std::map<std::string, std::vector<course::ScoreRecord>> records = {};

    void add(const record::PersonState& state, const record::Context& context) {
        for (const auto& id : record::questionnaires_of(state)) {
            const auto* instrument = context.instrument(id);
            if (instrument == nullptr || !is_wanted(*instrument, context)) continue;
            const auto series = record::scores_of(state, *instrument);
            auto& into = records[id];
            std::optional<Instant> before;
            for (const auto& each : series.values) {
                if (each.at == before) continue;  // two at one moment are no course
                before = each.at;
                const std::chrono::duration<double, std::ratio<86400>> since =
                    each.at - series.values.front().at;
                into.push_back({people, since.count(), each.value});
            }
        }
        ++people;
    }

    void add(const Courses& others) {
        for (const auto& [id, more] : others.records) {
            for (auto each : more) {
                each.person += people;
                records[id].push_back(each);
            }
        }
        people += others.people;
    }

  private:
    static bool is_wanted(const measures::Instrument& instrument, const record::Context& context) {
        if (instrument.direction != measures::Direction::lower_is_better) return false;
        const auto* stands = context.organisation.archive(instrument.id);
        return stands == nullptr || stands->fitted.of == practice::ArchiveOf::simulation ||
               stands->at + archive_lasts <= context.now;
    }
};

// People who write go first: this thread takes what time they leave.
void step_behind() {
    (void)::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), 19);
}

struct Looked {
    Refreshed done;
    Courses courses;
};

struct Change {
    Held<record::PersonState> held;
    record::Entry entry;
};

class Refresher {
  public:
    Refresher(Keeper& keeper, std::span<const Id> people) : keeper_(keeper), people_(people) {}

    // Takes the next people until none is left; several threads may.
    Result<Looked> work() {
        Looked looked;
        while (const auto batch = next()) {
            std::vector<Change> changes;
            CHECK_OK(look(*batch, looked, changes));
            if (!changes.empty()) CHECK_OK(write(changes, looked.done));
        }
        return looked;
    }

  private:
    std::optional<std::span<const Id>> next() {
        const auto from = taken_.fetch_add(people_at_once);
        if (from >= people_.size()) return std::nullopt;
        return people_.subspan(from, std::min(people_at_once, people_.size() - from));
    }

    Status look(std::span<const Id> batch, Looked& looked, std::vector<Change>& changes) {
        TRY(const auto organisation, keeper_.organisation());
        return keeper_.store().read([&](Reading& reading) -> Status {
            TRY(const auto context, keeper_.context(reading, organisation));
            for (const Id& person : batch) {
                TRY(const auto standing, reading.standing(person));
                if (!standing || standing->seq == 0) continue;  // erased
                auto held = read_state<record::PersonState>(reading, person, *standing);
                if (!held.ok() && held.error().fault == Fault::not_found) continue;  // as well
                CHECK_OK(held);
                ++looked.done.people;
                auto& state = held.value().state;
                looked.courses.add(state, context);
                auto entry = record::refreshed(state, context);
                if (entry) {
                    changes.push_back({std::move(held).value(), std::move(*entry)});
                } else {
                    looked.done.findings += state.findings.size();
                }
            }
            return Done{};
        });
    }

    Status write(std::vector<Change>& changes, Refreshed& done) {
        std::size_t written = 0, findings = 0;
        CHECK_OK(keeper_.store().write([&](Writing& writing) -> Status {
            written = findings = 0;
            for (auto& [held, entry] : changes) {
                TRY(const auto standing, writing.standing(entry.stream));
                // Somebody wrote in between, or erased: the next look sees it.
                if (!standing || standing->seq != held.state.seq) continue;
                const StoredEntry sealed = stored(entry);
                TRY(entry.seq, writing.append(sealed));
                record::apply(held.state, entry);
                held.bytes += sealed.body.size();
                CHECK_OK(project(writing, held, {}));
                ++written;
                findings += held.state.findings.size();
            }
            return Done{};
        }));
        done.changed += written;
        done.findings += findings;
        return Done{};
    }

    Keeper& keeper_;
    std::span<const Id> people_;
    std::atomic<std::size_t> taken_ = 0;
};

// What the service's own archive says, from the day on which it is large enough.
Status ask_archives(Keeper& keeper, const Courses& courses) {
    for (const auto& [id, records] : courses.records) {
        auto fitted = guidance::fitted_archive(id, practice::ArchiveOf::service, records);
        if (!fitted) continue;
        const AuditRow audit{
            .at = keeper.clock().now(), .action = "system.archive", .outcome = "allowed"};
        CHECK_OK(keeper.write_organisation(std::move(*fitted), {}, audit));
    }
    return Done{};
}

}  // namespace

Result<Refreshed> refresh_findings(Keeper& keeper, const Id& organisation_stream,
                                   unsigned threads) {
    std::vector<Id> people;
    CHECK_OK(keeper.store().read([&](Reading& reading) -> Status {
        TRY(people, reading.streams());
        return Done{};
    }));
    std::erase(people, organisation_stream);
    Refresher refresher{keeper, people};
    std::vector<std::future<Result<Looked>>> running;
    for (unsigned i = 0; i < std::max(threads, 1U); ++i) {
        running.push_back(std::async(std::launch::async, [&] {
            step_behind();
            return refresher.work();
        }));
    }
    Looked all;
    std::optional<Error> fault;
    for (auto& each : running) {
        const auto part = each.get();
        if (!part.ok()) {
            fault = part.error();
            continue;
        }
        const auto& [done, courses] = part.value();
        all.done.people += done.people;
        all.done.findings += done.findings;
        all.done.changed += done.changed;
        all.courses.add(courses);
    }
    if (fault) return *fault;
    CHECK_OK(ask_archives(keeper, all.courses));
    return all.done;
}

}  // namespace evenkeel::store::detail
