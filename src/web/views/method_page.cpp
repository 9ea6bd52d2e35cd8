#include "web/views/method_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <vector>

#include "exchange/markup.h"
#include "web/assets.h"

namespace evenkeel::web {

std::span<const Asset> embedded_methods();  // of docs/methods, made by cmake/Embed.cmake

namespace {

using exchange::escaped;

constexpr std::string_view extension = ".md";

// The text between two marks becomes an element: **strong**, `code`.
void replace_pairs(std::string& text, std::string_view mark, std::string_view element) {
    for (std::size_t at = 0; (at = text.find(mark, at)) != std::string::npos;) {
        const auto end = text.find(mark, at + mark.size());
        if (end == std::string::npos) return;
        const auto inner = text.substr(at + mark.size(), end - at - mark.size());
        const auto whole = fmt::format("<{0}>{1}</{0}>", element, inner);
        text.replace(at, end + mark.size() - at, whole);
        at += whole.size();
    }
}

// [text](page.md) becomes a link to the page of that name; other links stay text.
void replace_links(std::string& text) {
    for (std::size_t at = 0; (at = text.find("](", at)) != std::string::npos; ++at) {
        const auto begin = text.rfind('[', at);
        const auto end = text.find(')', at);
        if (begin == std::string::npos || end == std::string::npos) return;
        const auto target = text.substr(at + 2, end - at - 2);
        if (!target.ends_with(extension) || target.find('/') != std::string::npos) continue;
        const auto link = fmt::format("<a href=\"/methods/{}\">{}</a>",
                                      target.substr(0, target.size() - extension.size()),
                                      text.substr(begin + 1, at - begin - 1));
        text.replace(begin, end + 1 - begin, link);
        at = begin + link.size();
    }
}

std::string inline_html(std::string_view text) {
    auto out = escaped(text);
    replace_pairs(out, "**", "strong");
    replace_pairs(out, "`", "code");
    replace_links(out);
    return out;
}

std::string table_row(std::string_view line, std::string_view cell) {
    std::string out = "<tr>";
    line = line.substr(1, line.rfind('|') - 1);
    for (std::size_t from = 0; from <= line.size();) {
        const auto end = std::min(line.find('|', from), line.size());
        out += fmt::format("<{0}>{1}</{0}>", cell, inline_html(line.substr(from, end - from)));
        from = end + 1;
    }
    return out + "</tr>\n";
}

// Lines gathered until the kind of block changes.
class Page {
  public:
    void take(std::string_view line) {
        if (line.starts_with("# ")) return heading(line.substr(2), "h1");
        if (line.starts_with("## ")) return heading(line.substr(3), "h2");
        if (line.starts_with("|")) return row(line);
        if (line.starts_with("- ")) {
            if (block_ != "ul") open("ul");
            text_ += text_.empty() ? "" : "\n";
            text_ += line.substr(2);
            return;
        }
        if (line.empty()) return close();
        if (block_.empty() || block_ == "table") open("p");
        if (!text_.empty()) text_ += ' ';
        text_ += line.substr(line.find_first_not_of(' '));
    }

    std::string whole() {
        close();
        return std::move(out_);
    }

  private:
    void heading(std::string_view text, std::string_view element) {
        close();
        out_ += fmt::format("<{0}>{1}</{0}>\n", element, inline_html(text));
    }

    void row(std::string_view line) {
        if (line.starts_with("|-")) return;  // the rule under the head
        const bool first = block_ != "table";
        if (first) open("table");
        out_ += table_row(line, first ? "th" : "td");
    }

    void open(std::string_view block) {
        close();
        block_ = block;
        if (block_ == "table") out_ += "<table>\n";
    }

    void close() {
        if (block_ == "p") out_ += "<p>" + inline_html(text_) + "</p>\n";
        if (block_ == "table") out_ += "</table>\n";
        if (block_ == "ul") {
            out_ += "<ul>\n";
            for (std::string_view rest = text_; !rest.empty();) {
                const auto end = std::min(rest.find('\n'), rest.size());
                out_ += "<li>" + inline_html(rest.substr(0, end)) + "</li>\n";
                rest.remove_prefix(std::min(end + 1, rest.size()));
            }
            out_ += "</ul>\n";
        }
        block_ = {};
        text_.clear();
    }

    std::string out_, text_;
    std::string_view block_;
};

}  // namespace

std::string html_of_markdown(std::string_view text) {
    Page page;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        page.take(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return page.whole();
}

std::optional<std::string> method_page(std::string_view name) {
    const auto table = embedded_methods();
    const auto path = fmt::format("/{}{}", name, extension);
    const auto found = std::ranges::find(table, path, &Asset::path);
    if (found == table.end()) return std::nullopt;
    const auto body = html_of_markdown(found->bytes);
    const auto title = found->bytes.substr(2, found->bytes.find('\n') - 2);
    return fmt::format(R"(<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{} – Evenkeel</title>
<link rel="stylesheet" href="/help.css">
</head>
<body>
<main class="method">
{}</main>
</body>
</html>
)",
                       escaped(title), body);
}

}  // namespace evenkeel::web
