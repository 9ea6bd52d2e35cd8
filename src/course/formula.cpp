#include "course/formula.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace evenkeel::course {
namespace {

constexpr int max_depth = 40;

// What a part of a formula adds up to, before it is put in order.
struct TermSet {
    std::optional<bool> intercept;  // absent: not mentioned
    std::vector<Term> terms;
};

Term united(const Term& a, const Term& b) {
    Term out;
    std::set_union(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(out));
    return out;
}

void add(std::vector<Term>& terms, const Term& term) {
    if (std::find(terms.begin(), terms.end(), term) == terms.end()) terms.push_back(term);
}

// Main effects before interactions, else in the order of writing.
void sort_by_degree(std::vector<Term>& terms) {
    std::stable_sort(terms.begin(), terms.end(),
                     [](const Term& a, const Term& b) { return a.size() < b.size(); });
}

bool starts_name(char c) {
    const auto u = static_cast<unsigned char>(c);
    return (u >= 'a' && u <= 'z') || (u >= 'A' && u <= 'Z') || u == '_' || u == '.' || u >= 0x80;
}

bool continues_name(char c) {
    return starts_name(c) || (c >= '0' && c <= '9');
}

// A recursive descent, one function for each level of binding: "|", then "+", "*", ":".
class Parser {
  public:
    explicit Parser(std::string_view text) : text_(text) {}

    Result<Formula> formula() {
        TRY(out_.response, variable());
        if (!take('~')) return fault("\"~\" between the response and the terms");
        TRY(TermSet fixed, sum(Part::fixed, 0));
        skip();
        if (at_ < text_.size()) return fault("\"+\", \"*\", \":\" or the end");
        out_.intercept = fixed.intercept.value_or(true);
        out_.terms = std::move(fixed.terms);
        sort_by_degree(out_.terms);
        if (!out_.intercept && out_.terms.empty()) {
            return Error{Fault::invalid_input,
                         place(text_.size()),
                         "Nothing is left to estimate: add a term or the intercept.",
                         {}};
        }
        return std::move(out_);
    }

  private:
    enum class Part { fixed, random };

    void skip() {
        while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t' ||
                                      text_[at_] == '\n' || text_[at_] == '\r')) {
            ++at_;
        }
    }

    bool sees(char c) {
        skip();
        return at_ < text_.size() && text_[at_] == c;
    }

    bool take(char c) {
        if (!sees(c)) return false;
        ++at_;
        return true;
    }

    // From 1, in characters, not bytes.
    std::size_t character(std::size_t at) const {
        const auto* end = text_.begin() + static_cast<std::ptrdiff_t>(at);
        return 1 + static_cast<std::size_t>(std::count_if(text_.begin(), end, [](char c) {
                   return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
               }));
    }
    std::string place(std::size_t at) const { return fmt::format("{}", character(at)); }

    Error fault(std::string_view expected) {
        skip();
        const auto found = at_ < text_.size() ? fmt::format("\"{}\" stands", word_here())
                                              : std::string("the formula ends");
        return {Fault::invalid_input,
                place(at_),
                fmt::format("At character {}: {} where {} is expected.", character(at_), found,
                            expected),
                {}};
    }

    // The next word or sign, whole characters of UTF-8, to quote in a fault.
    std::string word_here() const {
        auto end = at_ + 1;
        if (continues_name(text_[at_])) {
            while (end < text_.size() && end < at_ + 40 && continues_name(text_[end])) ++end;
        }
        while (end < text_.size() && (static_cast<unsigned char>(text_[end]) & 0xC0) == 0x80) ++end;
        return std::string(text_.substr(at_, end - at_));
    }

    Result<std::string> name(std::string_view what) {
        skip();
        if (take('`')) {
            const auto end = text_.find('`', at_);
            if (end == std::string_view::npos || end == at_) return fault("a name and then \"`\"");
            std::string out(text_.substr(at_, end - at_));
            at_ = end + 1;
            return out;
        }
        if (at_ >= text_.size() || !starts_name(text_[at_])) return fault(what);
        const auto begin = at_;
        while (at_ < text_.size() && continues_name(text_[at_])) ++at_;
        return std::string(text_.substr(begin, at_ - begin));
    }

    Result<Variable> variable() {
        const auto begin = at_;
        TRY(std::string word, name("the name of a column"));
        if (!sees('(')) return Variable{std::move(word), Transform::none};
        if (word != "log" && word != "log1p") {
            skip();
            at_ = begin;
            return fault("log(...), log1p(...) or the name of a column");
        }
        take('(');
        TRY(std::string column, name("the name of a column"));
        if (!take(')')) return fault("\")\"");
        return Variable{std::move(column), word == "log" ? Transform::log : Transform::log1p};
    }

    std::size_t position_of(const Variable& variable) {
        auto& all = out_.variables;
        const auto found = std::find(all.begin(), all.end(), variable);
        if (found != all.end()) return static_cast<std::size_t>(found - all.begin());
        all.push_back(variable);
        return all.size() - 1;
    }

    Result<TermSet> sum(Part part, int depth) {
        TermSet out;
        bool minus = take('-');
        while (true) {
            const auto begin = at_;
            TRY(const TermSet next, product(part, depth));
            if (minus) {
                if (!next.terms.empty() || !next.intercept) {
                    at_ = begin;
                    return fault("1 (only the intercept can be taken out)");
                }
                out.intercept = !*next.intercept;
            } else {
                if (next.intercept) out.intercept = next.intercept;
                for (const auto& term : next.terms) add(out.terms, term);
            }
            if (out.terms.size() > max_formula_terms) return too_many();
            if (take('+')) {
                minus = false;
            } else if (take('-')) {
                minus = true;
            } else {
                return out;
            }
        }
    }

    Error too_many() const {
        return {
            Fault::invalid_input,
            place(at_),
            fmt::format("The formula has more than {} terms. Leave some out.", max_formula_terms),
            {}};
    }

    // a * b is a + b + a:b.
    Result<TermSet> product(Part part, int depth) {
        TRY(TermSet out, interaction(part, depth));
        while (sees('*')) {
            if (out.intercept) return fault("\"+\" after the intercept");
            take('*');
            TRY(const TermSet right, interaction(part, depth));
            TRY(const TermSet both, crossed(out, right));
            for (const auto& term : right.terms) add(out.terms, term);
            for (const auto& term : both.terms) add(out.terms, term);
            if (out.terms.size() > max_formula_terms) return too_many();
        }
        return out;
    }

    Result<TermSet> interaction(Part part, int depth) {
        TRY(TermSet out, atom(part, depth));
        while (sees(':')) {
            if (out.intercept) return fault("\"+\" after the intercept");
            take(':');
            TRY(const TermSet right, atom(part, depth));
            TRY(out, crossed(out, right));
        }
        return out;
    }

    Result<TermSet> crossed(const TermSet& left, const TermSet& right) {
        if (left.intercept || right.intercept || left.terms.empty() || right.terms.empty()) {
            return fault("columns on both sides of \"*\" and \":\"");
        }
        if (left.terms.size() * right.terms.size() > max_formula_terms) return too_many();
        TermSet out;
        for (const auto& a : left.terms) {
            for (const auto& b : right.terms) add(out.terms, united(a, b));
        }
        return out;
    }

    Result<TermSet> atom(Part part, int depth) {
        skip();
        if (at_ < text_.size() && (text_[at_] == '0' || text_[at_] == '1')) {
            const bool one = text_[at_] == '1';
            if (at_ + 1 < text_.size() && continues_name(text_[at_ + 1])) {
                return fault("a column, 0 or 1");
            }
            ++at_;
            return TermSet{one, {}};
        }
        if (sees('(')) return bracket(part, depth);
        TRY(const Variable found, variable());
        return TermSet{std::nullopt, {{position_of(found)}}};
    }

    // ( a + b ) or ( 1 + x | g ) or ( x || g ).
    Result<TermSet> bracket(Part part, int depth) {
        if (depth >= max_depth) return fault("fewer brackets inside each other");
        take('(');
        TRY(TermSet inner, sum(Part::random, depth + 1));
        if (!sees('|')) {
            if (!take(')')) return fault("\"+\", \"*\", \":\", \"|\" or \")\"");
            return inner;
        }
        if (part == Part::random) return fault("\")\" (random terms stand in no brackets)");
        take('|');
        const bool independent = take('|');
        TRY(std::string group, name("the name of the grouping column"));
        if (!take(')')) return fault("\")\" (one grouping column, without nesting)");
        sort_by_degree(inner.terms);
        CHECK_OK(add_random(inner, independent, group));
        return TermSet{};
    }

    Status add_random(const TermSet& inner, bool independent, const std::string& group) {
        const bool intercept = inner.intercept.value_or(true);
        if (!intercept && inner.terms.empty()) return fault("a random term before this place");
        if (!independent) {
            out_.random.push_back({intercept, inner.terms, group});
            return Done{};
        }
        if (intercept) out_.random.push_back({true, {}, group});
        for (const auto& term : inner.terms) out_.random.push_back({false, {term}, group});
        return Done{};
    }

    std::string_view text_;
    std::size_t at_ = 0;
    Formula out_;
};

}  // namespace

std::string name_of(const Variable& variable) {
    switch (variable.transform) {
        case Transform::log:
            return "log(" + variable.column + ")";
        case Transform::log1p:
            return "log1p(" + variable.column + ")";
        case Transform::none:
            break;
    }
    return variable.column;
}

std::vector<std::string> Formula::columns() const {
    std::vector<std::string> out;
    const auto add_once = [&](const std::string& column) {
        if (std::find(out.begin(), out.end(), column) == out.end()) out.push_back(column);
    };
    add_once(response.column);
    for (const auto& variable : variables) add_once(variable.column);
    for (const auto& term : random) add_once(term.group);
    return out;
}

Result<Formula> parse_formula(std::string_view text) {
    return Parser(text).formula();
}

}  // namespace evenkeel::course
