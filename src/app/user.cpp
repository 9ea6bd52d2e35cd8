// evenkeel user add|list|disable|code: accounts of staff. Nobody ever gets a default
// password: a one-time code opens the page on which they choose their own.

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "app/commands.h"
#include "app/report.h"
#include "app/service_data.h"
#include "store/one_time_code.h"

namespace evenkeel::app {
namespace {

using store::Account;

struct Options {
    DataOptions data;
    OutputOptions output;
    std::string name, email, role, who;
};

bool is_email(std::string_view text) {
    const auto at = text.find('@');
    return text.size() <= 254 && at != std::string_view::npos && at > 0 && at + 1 < text.size() &&
           text.find('@', at + 1) == std::string_view::npos &&
           text.find_first_of(" \t\r\n<>,;\"") == std::string_view::npos;
}

std::string staff_roles() {
    std::string out;
    for (const auto& [role, name] : enum_names(care::Role{})) {
        if (care::is_staff(role)) out += fmt::format("{}{}", out.empty() ? "" : ", ", name);
    }
    return out;
}

Status check_new(const Options& options) {
    Faults faults;
    if (options.name.find_first_not_of(' ') == std::string::npos || options.name.size() > 200) {
        faults.add("--name", "Give a name of at most 200 characters.");
    }
    if (!is_email(options.email)) faults.add("--email", "Give an address such as a.b@clinic.org.");
    const auto role = enum_named<care::Role>(options.role);
    if (role == care::Role::client || role == care::Role::supporter) {
        faults.add("--role", "Clients are invited by their therapist or a manager, on the screen.");
    } else if (!role || !care::is_staff(*role)) {
        faults.add("--role", "Choose one of: " + staff_roles() + ".");
    }
    if (!faults.none()) return faults.error();
    return Done{};
}

// By id or address.
Result<Account> find_account(store::Reading& reading, const std::string& who) {
    std::optional<Account> found;
    if (const auto id = parse_id(who)) {
        TRY(found, reading.account(*id));
    } else {
        TRY(found, reading.account_by_email(who));
    }
    if (!found) {
        return Error{Fault::not_found, who, "No account has this address or id.", {}};
    }
    return *found;
}

struct Invited {
    std::string code;
    Instant expires{};
};

Result<Invited> invite(store::Writing& writing, ServiceData& data, const Id& account) {
    store::SystemRandom random;
    Invited invited{store::new_one_time_code(random),
                    data.clock.now() + store::one_time_code_lives};
    CHECK_OK(writing.put_invitation(
        {store::one_time_code_hash(*data.vault, invited.code), account, invited.expires, false}));
    return invited;
}

Result<Exit> answer(const Options& options, const Account& account,
                    const std::optional<Invited>& invited, const Surroundings& at) {
    Report report;
    report.method = "Accounts of staff.";
    report.source = options.data.folder;
    report.n = 1;
    report.has_rows = false;
    report.footnotes = false;
    report.more = {{"id", {to_string(account.id)}},
                   {"email", {account.email}},
                   {"role", {account.role}},
                   {"active", {account.active}}};
    if (invited) {
        report.more.emplace_back("code", Json{invited->code});
        report.more.emplace_back("page", Json{"/invitation/" + invited->code});
        report.more.emplace_back("expires_at", Json{to_string(invited->expires)});
        report.warnings.emplace_back("Hand the code over in person or by phone; it works once.");
    }
    return write_report(report, options.output, at);
}

Result<Exit> run_add(const Options& options, const Surroundings& at) {
    CHECK_OK(check_new(options));
    TRY(const auto data, open_service(options.data));
    store::SystemRandom random;
    const Account account{.id = new_id(data->clock.now(), random),
                          .role = options.role,
                          .name = options.name,
                          .email = options.email};
    std::optional<Invited> invited;
    const Status written = data->store->write([&](store::Writing& writing) -> Status {
        CHECK_OK(writing.put_account(account));
        TRY(invited, invite(writing, *data, account.id));
        return writing.audit(audit_row(data->clock, "account.add"));
    });
    if (!written.ok() && written.error().fault == Fault::conflict) {
        return Error{Fault::conflict, "--email", written.error().message, {}};
    }
    CHECK_OK(written);
    return answer(options, account, invited, at);
}

Result<Exit> run_code(const Options& options, const Surroundings& at) {
    TRY(const auto data, open_service(options.data));
    Account account;
    std::optional<Invited> invited;
    CHECK_OK(data->store->write([&](store::Writing& writing) -> Status {
        TRY(account, find_account(writing, options.who));
        if (!account.active) {
            return Error{Fault::conflict, options.who, "This account is disabled.", {}};
        }
        TRY(invited, invite(writing, *data, account.id));
        return writing.audit(audit_row(data->clock, "account.code"));
    }));
    return answer(options, account, invited, at);
}

Result<Exit> run_disable(const Options& options, const Surroundings& at) {
    TRY(const auto data, open_service(options.data));
    Account account;
    CHECK_OK(data->store->read([&](store::Reading& reading) -> Status {
        TRY(account, find_account(reading, options.who));
        return Done{};
    }));
    account.active = false;
    CHECK_OK(data->keeper->switch_off(account.id, audit_row(data->clock, "account.disable")));
    return answer(options, account, {}, at);
}

Result<Exit> run_list(const Options& options, const Surroundings& at) {
    TRY(const auto data, open_service(options.data));
    std::vector<Account> accounts;
    CHECK_OK(data->store->read([&](store::Reading& reading) -> Status {
        TRY(accounts, reading.accounts());
        return Done{};
    }));
    Report report;
    report.method = "Accounts of staff; clients are listed by number only.";
    report.source = options.data.folder;
    report.columns = {"id", "email", "name", "role", "active", "signed_up", "second_factor"};
    std::int64_t clients = 0;
    for (const auto& each : accounts) {
        if (each.role == name_of(care::Role::client)) {
            ++clients;
            continue;
        }
        report.rows.push_back({{to_string(each.id)},
                               {each.email},
                               {each.name},
                               {each.role},
                               {each.active},
                               {each.password_hash.has_value()},
                               {each.second_factor.has_value()}});
    }
    report.n = accounts.size();
    report.more = {{"clients", {clients}}};
    return write_report(report, options.output, at);
}

std::shared_ptr<Options> declared(CLI::App& command) {
    auto options = std::make_shared<Options>();
    declare_data(command, options->data);
    declare_output(command, options->output);
    return options;
}

}  // namespace

Action user_add(CLI::App& command) {
    auto options = declared(command);
    command.add_option("--name", options->name, "As shown to colleagues")->required();
    command.add_option("--email", options->email, "For signing in")->required();
    command.add_option("--role", options->role, staff_roles())->required();
    return [options](const Surroundings& at) { return run_add(*options, at); };
}

Action user_list(CLI::App& command) {
    auto options = declared(command);
    return [options](const Surroundings& at) { return run_list(*options, at); };
}

Action user_disable(CLI::App& command) {
    auto options = declared(command);
    command.add_option("ACCOUNT", options->who, "Address or id")->required();
    return [options](const Surroundings& at) { return run_disable(*options, at); };
}

Action user_code(CLI::App& command) {
    auto options = declared(command);
    command.add_option("ACCOUNT", options->who, "Address or id")->required();
    return [options](const Surroundings& at) { return run_code(*options, at); };
}

}  // namespace evenkeel::app
