#include "web/views/start_page.h"

#include <fmt/format.h>

#include "exchange/markup.h"
#include "web/views/help_page.h"

namespace evenkeel::web {
namespace {

using exchange::escaped;

struct Field {
    std::string_view name;
    std::string_view label;
    std::string_view hint;
    std::string_view kind = "text";  // of the input; "textarea"
    std::string_view autocomplete = "off";
    int max_length = 200;
};

// In the order of the page, which is that of the summary of faults.
constexpr auto fields = std::to_array<Field>({
    {.name = "name",
     .label = "Your name",
     .hint = "What should we call you?",
     .autocomplete = "name",
     .max_length = 100},
    {.name = "phone",
     .label = "Phone",
     .hint = "A phone number or an email is enough.",
     .kind = "tel",
     .autocomplete = "tel",
     .max_length = 40},
    {.name = "email", .label = "Email", .hint = "", .kind = "email", .autocomplete = "email"},
    {.name = "reach",
     .label = "When may we reach you? (You can leave this out)",
     .hint = "For example: after four. Please leave no message."},
    {.name = "trouble",
     .label = "What troubles you?",
     .hint = "A few words are enough. You can say the rest later.",
     .kind = "textarea",
     .max_length = 2000},
});

constexpr std::string_view consent_label =
    "Yes, this service may keep what I write here and "
    "contact me about it.";

std::string value_of(const StartForm& form, std::string_view name) {
    const auto found = form.fields.find(std::string(name));
    return found == form.fields.end() ? std::string() : escaped(found->second);
}

std::string fault_of(const StartForm& form, std::string_view name) {
    const auto found = form.faults.find(std::string(name));
    if (found == form.faults.end()) return {};
    return fmt::format("<p class=\"fault\" id=\"{}-fault\">{}</p>", name, escaped(found->second));
}

// The attributes that tie a control to its hint and its fault.
std::string tied(const StartForm& form, std::string_view name, bool hint) {
    const bool wrong = form.faults.contains(std::string(name));
    std::string ids = hint ? fmt::format("{}-hint", name) : "";
    if (wrong) ids += fmt::format("{}{}-fault", ids.empty() ? "" : " ", name);
    std::string out = ids.empty() ? "" : fmt::format(" aria-describedby=\"{}\"", ids);
    return wrong ? out + " aria-invalid=\"true\"" : out;
}

std::string control(const Field& field, const StartForm& form) {
    const auto value = value_of(form, field.name);
    const auto tie = tied(form, field.name, !field.hint.empty());
    if (field.kind == "textarea") {
        return fmt::format(
            "<textarea id=\"{0}\" name=\"{0}\" rows=\"5\" maxlength=\"{1}\"{2}>{3}</textarea>",
            field.name, field.max_length, tie, value);
    }
    return fmt::format(
        "<input id=\"{0}\" name=\"{0}\" type=\"{1}\" autocomplete=\"{2}\" maxlength=\"{3}\""
        "{4} value=\"{5}\">",
        field.name, field.kind, field.autocomplete, field.max_length, tie, value);
}

std::string labelled(const Field& field, const StartForm& form) {
    std::string out = fmt::format("<label for=\"{}\">{}</label>", field.name, field.label);
    if (!field.hint.empty()) {
        out += fmt::format("<p class=\"quiet\" id=\"{}-hint\">{}</p>", field.name, field.hint);
    }
    return "<div class=\"field\">" + out + fault_of(form, field.name) + control(field, form) +
           "</div>";
}

std::string thoughts(const StartForm& form) {
    std::string out =
        "<fieldset class=\"field\"><legend>Are thoughts of ending your life part of this?"
        "</legend><p class=\"quiet\">We ask everybody. If you say yes, we show you help at "
        "once.</p>";
    const auto said = value_of(form, "thoughts");
    for (const auto& [value, words] :
         {std::pair{"yes_or_unsure", "Yes, or I am not sure"}, std::pair{"no", "No"},
          std::pair{"rather_not_say", "I would rather not say"}}) {
        out += fmt::format(
            "<label class=\"choice\"><input type=\"radio\" name=\"thoughts\" "
            "value=\"{}\"{}> {}</label>",
            value, said == value ? " checked" : "", words);
    }
    return out + "</fieldset>";
}

std::string consent(const StartForm& form) {
    return fmt::format(
        "<div class=\"field\">{}<label class=\"choice\"><input type=\"checkbox\" id=\"consent\" "
        "name=\"consent\" value=\"yes\"{}{}> {}</label></div>",
        fault_of(form, "consent"), tied(form, "consent", false),
        form.fields.contains("consent") ? " checked" : "", consent_label);
}

std::string summary(const StartForm& form) {
    if (form.faults.empty()) return {};
    std::string out = fmt::format(
        "<div class=\"faults\" role=\"alert\" tabindex=\"-1\" autofocus><h2>{}</h2><ul>",
        form.faults.size() == 1 ? "One thing to look at" : "A few things to look at");
    const auto add = [&](std::string_view name) {
        const auto found = form.faults.find(std::string(name));
        if (found == form.faults.end()) return;
        out += fmt::format("<li><a href=\"#{}\">{}</a></li>", name, escaped(found->second));
    };
    for (const auto& field : fields) add(field.name);
    add("consent");
    if (const auto other = form.faults.find(""); other != form.faults.end()) {
        out += fmt::format("<li>{}</li>", escaped(other->second));
    }
    return out + "</ul></div>";
}

std::string named(const record::OrganisationState& organisation) {
    return organisation.settings ? escaped(organisation.settings->name) : "this service";
}

std::string page(std::string_view title, std::string_view body) {
    return fmt::format(R"(<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{} – Evenkeel</title>
<link rel="stylesheet" href="/help.css">
</head>
<body>
<main>
{}
<p><a href="/sign-in">I have an account: sign in</a></p>
</main>
</body>
</html>
)",
                       title, body);
}

}  // namespace

std::string start_page(const record::OrganisationState& organisation, const StartForm& form,
                       Instant now) {
    std::string asked;
    for (const auto& field : fields) asked += labelled(field, form);
    return page("Where to start",
                fmt::format(R"(<p><a class="call" href="/help"><strong>Get help now</strong>
<span>If you may act on thoughts of ending your life, or someone is in danger</span></a></p>
<h1>Where to start</h1>
<p>You can ask {0} for help yourself. You need no letter and no account.</p>
<ol>
<li>You write a few words here. It takes about three minutes.</li>
<li>Somebody of the team reads it and calls you or writes to you.</li>
<li>Together you look at what may help, and how long it may take to begin.</li>
</ol>
<p class="quiet">{1}</p>
{2}
<form method="post" action="/start" novalidate>
<input type="hidden" name="id" value="{3}">
{4}{5}{6}
<p class="quiet">Only the people who plan your care read this. You can take it back at any
time.</p>
<button type="submit">Send to {0}</button>
</form>
)",
                            named(organisation), who_reads(organisation, now), summary(form),
                            escaped(form.id), asked, thoughts(form), consent(form)));
}

std::string started_page(const record::OrganisationState& organisation, bool help, Known known,
                         Instant now) {
    std::string body;
    if (help) {
        body +=
            "<h1>You do not have to get through this alone.</h1><p>If you may act on these "
            "thoughts, call now.</p>" +
            contact_list(organisation) + "<h2>What you sent</h2>";
    } else {
        body += "<h1>Thanks for telling us.</h1>";
    }
    body += known == Known::now
                ? fmt::format(
                      "<p>{} has it. Somebody of the team reads it and calls you or "
                      "writes to you.</p>",
                      named(organisation))
                : "<p>We have what you sent first. To add to it, call us or wait for our "
                  "call.</p>";
    body += "<p class=\"quiet\">" + who_reads(organisation, now) + "</p>";
    if (!help) {
        body +=
            "<h2>If it gets harder before you hear from us</h2>"
            "<p><a class=\"call\" href=\"/help\"><strong>Get help now</strong></a></p>";
    }
    return page(help ? "Help now" : "Thanks", body);
}

}  // namespace evenkeel::web
