#include "knowledge/sources.h"

#include <fmt/format.h>

#include <algorithm>

namespace evenkeel::knowledge {
namespace {

bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

// Braces in BibTeX protect capitals; line breaks inside a field are spaces.
std::string plain_text(std::string_view field) {
    std::string out;
    for (const char c : field) {
        if (c == '{' || c == '}') continue;
        if (!is_space(c)) {
            out.push_back(c);
        } else if (!out.empty() && out.back() != ' ') {
            out.push_back(' ');
        }
    }
    return out;
}

class BibReader {
  public:
    explicit BibReader(std::string_view text) : text_(text) {}

    Result<Sources> read() {
        while (find_entry()) read_entry();
        if (!faults_.none()) return faults_.error();
        return std::move(out_);
    }

  private:
    [[nodiscard]] std::string here() const {
        const auto line = std::count(text_.begin(), text_.begin() + static_cast<long>(at_), '\n');
        return fmt::format("{}:1", line + 1);
    }

    // To the next @; a % hides the rest of its line.
    bool find_entry() {
        while (at_ < text_.size() && text_[at_] != '@') {
            if (text_[at_] == '%') at_ = std::min(text_.find('\n', at_), text_.size());
            if (at_ < text_.size() && text_[at_] != '@') ++at_;
        }
        return at_ < text_.size();
    }

    void read_entry() {
        const auto where = here();
        const auto opens = text_.find('{', at_);
        const auto comma = text_.find(',', at_);
        if (opens == text_.npos || comma == text_.npos || comma < opens) {
            faults_.add(where, "This entry has no key.");
            at_ = text_.size();
            return;
        }
        const std::string key(text_.substr(opens + 1, comma - opens - 1));
        at_ = comma + 1;
        Source source;
        if (!read_fields(source)) {
            faults_.add(where, fmt::format("The entry {} is not closed.", key));
            at_ = text_.size();
            return;
        }
        if (source.title.empty() && source.author.empty()) {
            faults_.add(where, fmt::format("The entry {} needs a title or an author.", key));
        }
        if (!out_.emplace(key, std::move(source)).second) {
            faults_.add(where, fmt::format("The key {} stands twice.", key));
        }
    }

    // name = {value}, ... until the closing brace of the entry.
    bool read_fields(Source& source) {
        for (;;) {
            while (at_ < text_.size() && (is_space(text_[at_]) || text_[at_] == ',')) ++at_;
            if (at_ == text_.size()) return false;
            if (text_[at_] == '}') {
                ++at_;
                return true;
            }
            const auto equals = text_.find('=', at_);
            if (equals == text_.npos) return false;
            auto name = text_.substr(at_, equals - at_);
            while (!name.empty() && is_space(name.back())) name.remove_suffix(1);
            at_ = equals + 1;
            while (at_ < text_.size() && is_space(text_[at_])) ++at_;
            const auto end = closing_brace();
            if (end == text_.npos) return false;
            keep(source, name, plain_text(text_.substr(at_, end - at_)));
            at_ = end + 1;
        }
    }

    [[nodiscard]] std::size_t closing_brace() const {
        if (at_ == text_.size() || text_[at_] != '{') return text_.npos;
        int depth = 0;
        for (auto i = at_; i < text_.size(); ++i) {
            if (text_[i] == '{') ++depth;
            if (text_[i] == '}' && --depth == 0) return i;
        }
        return text_.npos;
    }

    static void keep(Source& source, std::string_view name, std::string value) {
        if (name == "author") source.author = std::move(value);
        if (name == "title") source.title = std::move(value);
        if (name == "year") source.year = std::move(value);
        if (name == "url") source.url = std::move(value);
        if (name == "note") source.note = std::move(value);
    }

    std::string_view text_;
    std::size_t at_ = 0;
    Sources out_;
    Faults faults_;
};

// "Kroenke, K. and Spitzer, R. L." -> "Kroenke et al."
std::string short_author(std::string_view author) {
    const auto several = author.find(" and ");
    const auto comma = author.find(',');
    if (comma == author.npos) return std::string(author);  // an institution
    const std::string surname(author.substr(0, comma));
    return several == author.npos ? surname : surname + " et al.";
}

}  // namespace

std::string Source::in_words() const {
    std::string out = short_author(author);
    if (!year.empty()) out += fmt::format(" ({})", year);
    if (!title.empty()) out += (out.empty() ? "" : ": ") + title;
    return out;
}

Result<Sources> read_sources(std::string_view bibtex) {
    return BibReader(bibtex).read();
}

}  // namespace evenkeel::knowledge
