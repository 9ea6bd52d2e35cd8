#include "web/views/help_page.h"

#include <fmt/format.h>

#include "exchange/markup.h"

namespace evenkeel::web {
namespace {

using exchange::escaped;

// What a phone can dial: digits and a leading plus.
std::string dialled(std::string_view number) {
    std::string out;
    for (const char c : number) {
        if ((c >= '0' && c <= '9') || c == '+') out.push_back(c);
    }
    return out;
}

std::string contact_line(const care::CrisisContact& contact) {
    const bool text = contact.kind == care::ContactKind::text;
    std::string out = fmt::format(
        "<li><a class=\"call{}\" href=\"{}:{}\"><strong>{} {}</strong><span>{}</span></a>",
        contact.kind == care::ContactKind::emergency ? " first" : "", text ? "sms" : "tel",
        dialled(contact.number), text ? "Text" : "Call", escaped(contact.number),
        escaped(contact.name));
    std::string quiet;
    if (contact.hours) quiet += escaped(*contact.hours);
    if (contact.note) quiet += (quiet.empty() ? "" : ". ") + escaped(*contact.note);
    if (!quiet.empty()) out += "<p class=\"quiet\">" + quiet + "</p>";
    return out + "</li>";
}

}  // namespace

std::string contact_list(const record::OrganisationState& organisation) {
    if (!organisation.contacts) {
        return "<p>This service has not entered its crisis numbers yet. Call the emergency "
               "number of your country.</p>";
    }
    std::string out = "<ul>";
    for (const bool emergency : {true, false}) {
        for (const auto& each : organisation.contacts->contacts) {
            if ((each.kind == care::ContactKind::emergency) == emergency) {
                out += contact_line(each);
            }
        }
    }
    return out + "</ul>";
}

// Honest about who is watching.
std::string who_reads(const record::OrganisationState& organisation, Instant now) {
    const auto& settings = organisation.settings;
    if (!settings || settings->hours.empty()) return "Nobody reads what you write here.";
    return escaped(settings->name) +
           (care::is_open(*settings, now)
                ? " is open now."
                : " is closed now. Nobody reads messages until it opens.");
}

std::string help_page(const record::OrganisationState& organisation, Instant now) {
    return fmt::format(
        R"(<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Get help now – Evenkeel</title>
<link rel="stylesheet" href="/help.css">
</head>
<body>
<main>
<h1>You do not have to get through this alone.</h1>
<p class="say">If you may act on thoughts of ending your life,
or someone is in danger, call now.</p>
{}
<h2>While you wait</h2>
<p>Stay near someone, or ask someone to stay with you.
Move away from anything you could use to hurt yourself.
One minute, and then the next, is enough.</p>
<p class="quiet">{}</p>
<p><a href="/">Back to Evenkeel</a></p>
</main>
</body>
</html>
)",
        contact_list(organisation), who_reads(organisation, now));
}

std::string_view help_style_text() {
    return R"(:root {
  color-scheme: light dark;
  --paper: #faf8f3; --card: #fff; --ink: #1d2629; --ink-2: #475256; --line: #837d6f;
  --accent: #0f5872; --accent-ink: #fff;
  --serif: "Iowan Old Style", Palatino, P052, "Noto Serif", Georgia, serif;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #12191c; --card: #192225; --ink: #ebe8e0; --ink-2: #bcc3c2; --line: #7d8a8e;
    --accent: #85c5d6; --accent-ink: #0a2129;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1.0625rem/1.5 var(--sans); }
main { max-width: 34rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
h1 { font: 400 1.625rem/1.2 var(--serif); margin: 0 0 0.75rem; }
h2 { font-size: 0.9375rem; color: var(--ink-2); margin: 2rem 0 0.5rem; }
ul { list-style: none; padding: 0; margin: 1.5rem 0; }
li { margin-bottom: 0.75rem; }
.call {
  display: flex; flex-wrap: wrap; gap: 0.25rem 0.75rem; align-items: baseline;
  min-height: 56px; padding: 0.75rem 1rem; border: 1px solid var(--line); border-radius: 8px;
  background: var(--card); color: var(--ink); text-decoration: none;
}
.call.first { background: var(--accent); border-color: var(--accent); color: var(--accent-ink); }
.quiet { color: var(--ink-2); font-size: 0.9375rem; margin: 0.25rem 0 0; }
a { color: var(--accent); text-underline-offset: 0.18em; }
ol { padding-inline-start: 1.5rem; }
.field { margin: 0 0 1.5rem; padding: 0; border: 0; }
.field > label, legend { display: block; font-weight: 600; padding: 0; }
.field > .quiet { margin: 0 0 0.375rem; }
input:not([type="radio"], [type="checkbox"]), textarea {
  display: block; width: 100%; min-height: 44px; margin-top: 0.375rem; padding: 0.5rem 0.75rem;
  font: inherit; color: inherit; background: var(--card); border: 1px solid var(--line);
  border-radius: 8px;
}
.field > .choice { display: flex; gap: 0.75rem; align-items: center; min-height: 44px;
  font-weight: 400; }
.choice input { width: 1.25rem; height: 1.25rem; flex: none; accent-color: var(--accent); }
button {
  min-height: 48px; padding: 0.5rem 1.25rem; font: 600 1.0625rem/1.3 var(--sans);
  background: var(--accent); color: var(--accent-ink); border: 0; border-radius: 8px;
}
.faults { border: 2px solid var(--ink); border-radius: 8px; padding: 0.75rem 1rem; margin: 1rem 0; }
.faults h2 { margin: 0; color: var(--ink); }
.faults ul { margin: 0.5rem 0 0; }
.fault { font-weight: 600; margin: 0.25rem 0; }
.method { max-width: 44rem; }
.method ul { list-style: disc; padding-inline-start: 1.25rem; }
.method table { border-collapse: collapse; font-size: 0.9375rem; }
.method th, .method td { text-align: start; padding: 0.25rem 1rem 0.25rem 0; vertical-align: top; }
:focus-visible { outline: 3px solid var(--ink); outline-offset: 2px; }
@media print {
  body { background: #fff; color: #000; }
  .call, .call.first { border: 1px solid #000; background: #fff; color: #000; }
}
)";
}

}  // namespace evenkeel::web
