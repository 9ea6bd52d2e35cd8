#pragma once
// The pages of docs/methods as the program carries them: what "why am I seeing this?" links
// to. Public knowledge: they say how a number is made, never whose.

#include <optional>
#include <string>
#include <string_view>

namespace evenkeel::web {

// "control-charts" -> the page as HTML; none: there is no such page.
std::optional<std::string> method_page(std::string_view name);

// The small part of Markdown that those pages are written in: headings, paragraphs, lists of
// one level, tables, **strong**, `code` and links to each other. Everything else stays text.
std::string html_of_markdown(std::string_view);

}  // namespace evenkeel::web
