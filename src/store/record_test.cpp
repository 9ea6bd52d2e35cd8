// Goal: what is written is read back as it was, across closing and opening; an error
// leaves nothing behind; projections, dues, accounts and sessions behave as the
// contract says.

#include "store/detail/store_fixture.h"

namespace evenkeel::store {
namespace {

using Record = StoreFixture;

TEST_F(Record, EntriesComeBackAsTheyWereWrittenAfterReopening) {
    const Id person = fresh();
    StoredEntry first = entry(person, R"({"mood":1,"text":"schlecht geschlafen"})");
    StoredEntry second = entry(person, "");
    second.supersedes = first.id;
    append(first);
    append(second);
    open();
    const auto all = entries(person);
    ASSERT_EQ(all.size(), 2u);
    EXPECT_EQ(all[0].seq, 1u);
    EXPECT_EQ(all[1].seq, 2u);
    EXPECT_EQ(all[0].id, first.id);
    EXPECT_EQ(all[0].body, first.body);
    EXPECT_EQ(all[0].kind, "check_in");
    EXPECT_EQ(all[0].effective_at, first.effective_at);
    EXPECT_EQ(all[0].recorded_at, first.recorded_at);
    EXPECT_EQ(all[0].author, person);
    EXPECT_EQ(all[0].supersedes, std::nullopt);
    EXPECT_EQ(all[1].supersedes, first.id);
    EXPECT_EQ(all[1].body, "");
    must(store->read([&](Reading& reading) -> Status {
        EXPECT_EQ(must(reading.entry(second.id))->seq, 2u);
        EXPECT_FALSE(must(reading.entry(fresh())).has_value());
        EXPECT_EQ(must(reading.entries(person, 1)).size(), 1u);
        EXPECT_EQ(must(reading.entries(person, 0, 1)).front().id, first.id);
        EXPECT_EQ(must(reading.streams()), std::vector<Id>{person});
        return Done{};
    }));
}

TEST_F(Record, TheSameIdTwiceIsAConflictAndWritesNothing) {
    const Id person = fresh();
    const StoredEntry one = entry(person);
    append(one);
    const auto again = store->write([&](Writing& writing) -> Status {
        CHECK_OK(writing.put_note("left", "over"));
        TRY([[maybe_unused]] const auto seq, writing.append(one));
        return Done{};
    });
    ASSERT_FALSE(again.ok());
    EXPECT_EQ(again.error().fault, Fault::conflict);
    EXPECT_EQ(entries(person).size(), 1u);
    must(store->read([&](Reading& reading) -> Status {
        EXPECT_FALSE(must(reading.note("left")).has_value());
        return Done{};
    }));
}

TEST_F(Record, BodiesAndNamesAreNotReadableInAnyFile) {
    const Id person = fresh();
    append(entry(person, "UnmistakableBody"));
    must(store->write([&](Writing& writing) -> Status {
        CHECK_OK(writing.put_projection(person, {.state = StoredState{1, "UnmistakableState"}}));
        CHECK_OK(writing.append_numbers(person, "UnmistakableSeries", {{noon, 3}}));
        CHECK_OK(writing.audit({noon, person, person, "read", "allowed", "UnmistakableReason"}));
        return writing.put_account({.id = fresh(),
                                    .role = "client",
                                    .name = "UnmistakableName",
                                    .email = "unmistakable@mail.example",
                                    .password_hash = "UnmistakableHash",
                                    .second_factor = "UnmistakableSecret"});
    }));
    EXPECT_FALSE(folder_holds(folder.path(), "Unmistakable"));
    EXPECT_FALSE(folder_holds(folder.path(), "unmistakable@"));
    EXPECT_TRUE(folder_holds(folder.path(), "check_in"));  // the search finds what is clear
}

TEST_F(Record, AProjectionIsReplacedAsAWhole) {
    const Id person = fresh();
    append(entry(person));
    const Id lee = fresh();
    const Id may = fresh();
    const SignalRow signal{fresh(), person, "silence", "soon", "raised", lee, 0, noon, noon};
    const Projection before{
        .state = StoredState{1, "one"},
        .relations = {{person, may, "supporter", "assigned", noon, noon + Milliseconds{10}},
                      {person, lee, "therapist", "assigned", noon, {}}},
        .signals = {signal},
        .dues = {{person, "escalate", signal.id, noon + Milliseconds{100}}}};
    SignalRow closed = signal;
    closed.state = "closed";
    const Projection after{.state = StoredState{2, "two"},
                           .relations = {{person, may, "supporter", "assigned", noon, {}}},
                           .signals = {closed},
                           .dues = {}};
    const auto put = [&](const Projection& projection) {
        must(store->write(
            [&](Writing& writing) { return writing.put_projection(person, projection); }));
    };
    put(before);
    must(store->read([&](Reading& reading) -> Status {
        EXPECT_EQ(must(reading.state(person))->bytes, "one");
        EXPECT_EQ(must(reading.relations_of_staff(lee, noon)),
                  std::vector<RelationRow>{before.relations[1]});
        EXPECT_EQ(must(reading.relations_of_staff(may, noon)).size(), 1u);
        EXPECT_TRUE(must(reading.relations_of_staff(may, noon + Milliseconds{10})).empty());
        EXPECT_TRUE(must(reading.relations_of_staff(lee, noon - Milliseconds{1})).empty());
        EXPECT_EQ(must(reading.relations_of_person(person)).size(), 2u);
        EXPECT_EQ(must(reading.open_signals()), std::vector<SignalRow>{signal});
        EXPECT_EQ(must(reading.next_due()), noon + Milliseconds{100});
        return Done{};
    }));
    put(after);
    must(store->read([&](Reading& reading) -> Status {
        EXPECT_EQ(must(reading.state(person))->seq, 2u);
        EXPECT_EQ(must(reading.state(person))->bytes, "two");
        EXPECT_TRUE(must(reading.relations_of_staff(lee, noon)).empty());
        EXPECT_EQ(must(reading.relations_of_person(person)), after.relations);
        EXPECT_TRUE(must(reading.open_signals()).empty());
        EXPECT_EQ(must(reading.signal(signal.id)), closed);
        EXPECT_EQ(must(reading.next_due()), std::nullopt);
        return Done{};
    }));
}

TEST_F(Record, WorkThatWasPostponedWaitsAndKeepsItsAttempts) {
    const Id person = fresh();
    append(entry(person));
    const DueRow row{person, "analyse", Id{}, noon};
    const Projection projection{
        .state = StoredState{1, "s"}, .relations = {}, .signals = {}, .dues = {row}};
    const Instant later = noon + Milliseconds{60'000};
    must(store->write([&](Writing& writing) -> Status {
        CHECK_OK(writing.put_projection(person, projection));
        EXPECT_EQ(must(writing.due(noon, 10)), std::vector<DueRow>{row});
        CHECK_OK(writing.postpone(row, later, "mail_unreachable"));
        return writing.put_projection(person, projection);
    }));
    must(store->read([&](Reading& reading) -> Status {
        EXPECT_TRUE(must(reading.due(noon, 10)).empty());
        EXPECT_EQ(must(reading.next_due()), later);
        const auto due = must(reading.due(later, 10));
        EXPECT_EQ(due.size(), 1u);
        EXPECT_EQ(due.front().attempts, 1);
        return Done{};
    }));
    const auto gone = store->write([&](Writing& writing) -> Status {
        CHECK_OK(writing.put_projection(person, {.state = StoredState{1, "s"}}));
        return writing.postpone(row, later, "mail_unreachable");
    });
    EXPECT_EQ(gone.error().fault, Fault::not_found);
}

TEST_F(Record, NumbersComeBackInOrderOfTimeAcrossManyBlocks) {
    const Id person = fresh();
    append(entry(person));
    std::vector<NumberPoint> expected;
    must(store->write([&](Writing& writing) -> Status {
        for (int i = 0; i < 600; ++i) {
            const NumberPoint point{noon + Milliseconds{i * 1000}, 0.1 * i};
            expected.push_back(point);
            CHECK_OK(writing.append_numbers(person, "mood", {point}));
        }
        return writing.append_numbers(person, "sleep", {{noon, 7.5}});
    }));
    // A point that an offline phone sends late stands where it belongs.
    const NumberPoint late{noon + Milliseconds{1500}, 9};
    must(store->write(
        [&](Writing& writing) { return writing.append_numbers(person, "mood", {late}); }));
    expected.insert(expected.begin() + 2, late);
    must(store->read([&](Reading& reading) -> Status {
        EXPECT_EQ(must(reading.numbers(person, "mood")), expected);
        EXPECT_EQ(must(reading.numbers(person, "sleep")).size(), 1u);
        EXPECT_TRUE(must(reading.numbers(person, "energy")).empty());
        return Done{};
    }));
    must(store->write([&](Writing& writing) { return writing.drop_snapshot(person); }));
    must(store->read([&](Reading& reading) -> Status {
        EXPECT_TRUE(must(reading.numbers(person, "mood")).empty());
        return Done{};
    }));
}

TEST_F(Record, TheSameFactsGiveTheSameBytesOnDisk) {
    const Id person = fresh();
    append(entry(person));
    const Projection projection{.state = StoredState{1, "state"}};
    const auto rebuild = [&] {
        must(store->write([&](Writing& writing) -> Status {
            CHECK_OK(writing.drop_snapshot(person));
            CHECK_OK(writing.append_numbers(person, "mood", {{noon, 2}}));
            return writing.put_projection(person, projection);
        }));
        const Bytes state = must(vault->seal(person, "state:1", "state"));
        store.reset();  // the log goes into record.db
        const std::string file = bytes_of_file(record());
        EXPECT_NE(file.find(state), std::string::npos);
        open();
        return file;
    };
    const std::string once = rebuild();
    const std::string again = rebuild();
    // Only SQLite's own change counters in the first page may differ.
    ASSERT_EQ(once.size(), again.size());
    EXPECT_EQ(once.substr(4096), again.substr(4096));
}

TEST_F(Record, AccountsAreFoundByAddressInAnyCase) {
    const Account lee{.id = fresh(),
                      .role = "therapist",
                      .person = {},
                      .active = true,
                      .name = "Dr Lee",
                      .email = "Lee@Clinic.example",
                      .password_hash = "hash",
                      .second_factor = "secret",
                      .last_code_step = 7};
    const Id client = fresh();
    must(store->write([&](Writing& writing) -> Status {
        CHECK_OK(writing.put_account(lee));
        return writing.put_account(
            {.id = client, .role = "client", .person = client, .active = false, .name = "A"});
    }));
    must(store->read([&](Reading& reading) -> Status {
        const auto found = must(reading.account_by_email("lee@CLINIC.example"));
        EXPECT_TRUE(found.has_value());
        EXPECT_EQ(found->id, lee.id);
        EXPECT_EQ(found->email, "Lee@Clinic.example");
        EXPECT_EQ(found->name, "Dr Lee");
        EXPECT_EQ(found->password_hash, "hash");
        EXPECT_EQ(found->second_factor, "secret");
        EXPECT_EQ(found->last_code_step, 7);
        EXPECT_FALSE(must(reading.account_by_email("")).has_value());
        EXPECT_FALSE(must(reading.account_by_email("other@clinic.example")).has_value());
        const auto other = must(reading.account(client));
        EXPECT_EQ(other->person, client);
        EXPECT_FALSE(other->active);
        EXPECT_FALSE(other->password_hash.has_value());
        EXPECT_EQ(must(reading.accounts()).size(), 2u);
        return Done{};
    }));
    const auto twice = store->write([&](Writing& writing) {
        return writing.put_account(
            {.id = fresh(), .role = "client", .name = "B", .email = "LEE@clinic.example"});
    });
    ASSERT_FALSE(twice.ok());
    EXPECT_EQ(twice.error().where, "/email");
}

TEST_F(Record, SessionsAndInvitationsLiveAndEnd) {
    const Account account{.id = fresh(), .role = "client", .name = "A"};
    const auto token = [&](const char* text) { return vault->lookup_hash(text); };
    const Session one{token("one"), account.id, noon, noon, noon + Milliseconds{1000}, true, false};
    const Session two{token("two"), account.id, noon, noon, noon + Milliseconds{9000}, false, true};
    must(store->write([&](Writing& writing) -> Status {
        CHECK_OK(writing.put_account(account));
        CHECK_OK(writing.put_session(one));
        CHECK_OK(writing.put_session(two));
        return writing.put_invitation({token("code"), account.id, noon, true});
    }));
    must(store->read([&](Reading& reading) -> Status {
        const auto found = must(reading.session(one.token_hash));
        EXPECT_TRUE(found && found->device_is_mine && !found->second_factor_passed);
        EXPECT_EQ(found->expires, one.expires);
        EXPECT_TRUE(must(reading.session(two.token_hash))->second_factor_passed);
        EXPECT_FALSE(must(reading.session(token("three"))).has_value());
        EXPECT_TRUE(must(reading.invitation(token("code")))->used);
        return Done{};
    }));
    Session seen = two;
    seen.last_seen = noon + Milliseconds{2000};
    must(store->write([&](Writing& writing) { return writing.put_session(seen); }));
    must(store->read([&](Reading& reading) -> Status {
        EXPECT_FALSE(must(reading.session(one.token_hash)).has_value());  // had expired
        EXPECT_EQ(must(reading.session(two.token_hash))->last_seen, seen.last_seen);
        return Done{};
    }));
    must(store->write([&](Writing& writing) { return writing.drop_sessions_of(account.id); }));
    must(store->read([&](Reading& reading) -> Status {
        EXPECT_FALSE(must(reading.session(two.token_hash)).has_value());
        return Done{};
    }));
}

TEST_F(Record, AuditRowsComeBackNewestFirstWithTheirReason) {
    const Id person = fresh();
    const Id staff = fresh();
    append(entry(person));
    must(store->write([&](Writing& writing) -> Status {
        CHECK_OK(writing.audit({noon, staff, person, "read.glance", "allowed", {}}));
        CHECK_OK(writing.audit({noon, staff, {}, "sign_in", "refused", "unknown"}));
        return writing.audit({noon, staff, person, "break_glass", "allowed", "on call"});
    }));
    must(store->read([&](Reading& reading) -> Status {
        const auto rows = must(reading.audit_of_person(person, 10));
        EXPECT_EQ(rows.size(), 2u);
        EXPECT_EQ(rows[0].action, "break_glass");
        EXPECT_EQ(rows[0].reason, "on call");
        EXPECT_EQ(rows[1].actor, staff);
        EXPECT_EQ(must(reading.audit_of_person(person, 1)).size(), 1u);
        return Done{};
    }));
}

// One look at the vault serves a whole transaction; it must not serve the next one.
TEST_F(Record, AKeyThatAnotherProcessDestroyedServesNoFurtherTransaction) {
    const Id person = fresh();
    append(entry(person));
    ASSERT_EQ(entries(person).size(), 1U);
    must(must(Vault::open(folder.path()))->destroy_key(person));
    const auto read = store->read([&](Reading& reading) -> Status {
        TRY([[maybe_unused]] const auto all, reading.entries(person));
        return Done{};
    });
    ASSERT_FALSE(read.ok());
    EXPECT_EQ(read.error().fault, Fault::not_found);
    const auto written = store->write([&](Writing& writing) -> Status {
        TRY([[maybe_unused]] const auto seq, writing.append(entry(person)));
        return Done{};
    });
    ASSERT_FALSE(written.ok());
    EXPECT_EQ(written.error().fault, Fault::not_found);
}

TEST_F(Record, ARecordOfAnotherServiceIsRefused) {
    TestFolder other;
    auto other_vault = must(Vault::open(other.path()));
    store.reset();
    std::filesystem::copy_file(record(), other.path() / "record.db");
    const auto opened = Store::open(other.path(), *other_vault);
    ASSERT_FALSE(opened.ok());
    EXPECT_EQ(opened.error().fault, Fault::invalid_input);
}

}  // namespace
}  // namespace evenkeel::store
