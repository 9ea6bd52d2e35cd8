#include "exchange/json.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <array>

namespace evenkeel::exchange {
namespace {

Error bad_json(std::string_view why) {
    return {Fault::invalid_input, "", fmt::format("This is not valid JSON: {}.", why), {}};
}

// Copies the checked document into an owned tree; finds doubled keys on the way.
void copy(simdjson::dom::element from, Json& to, const detail::Place& where, Faults& faults) {
    using simdjson::dom::element_type;
    switch (from.type()) {
        case element_type::NULL_VALUE:
            to.value = nullptr;
            return;
        case element_type::BOOL:
            to.value = bool(from);
            return;
        case element_type::INT64:
            to.value = std::int64_t(from);
            return;
        case element_type::UINT64:  // beyond int64: keep as a number, never wrap
            to.value = static_cast<double>(std::uint64_t(from));
            return;
        case element_type::DOUBLE:
            to.value = double(from);
            return;
        case element_type::STRING:
            to.value = std::string(std::string_view(from));
            return;
        case element_type::ARRAY: {
            auto& list = to.value.emplace<JsonList>();
            const simdjson::dom::array array(from);
            list.reserve(array.size());
            for (const auto each : array) {
                list.emplace_back();
                copy(each, list.back(), {where, list.size() - 1}, faults);
            }
            return;
        }
        case element_type::OBJECT: {
            auto& object = to.value.emplace<JsonObject>();
            const simdjson::dom::object members(from);
            object.reserve(members.size());
            for (const auto field : members) {
                const detail::Place place{where, field.key};
                const bool doubled =
                    std::any_of(object.begin(), object.end(),
                                [&](const auto& each) { return each.first == field.key; });
                if (doubled) {
                    faults.add(place.pointer(), "This key stands twice. Keep one of them.");
                }
                object.emplace_back(field.key, Json{});
                copy(field.value, object.back().second, place, faults);
            }
            return;
        }
    }
}

void write_tree(JsonWriter& out, const Json& json) {
    if (const auto* object = json.object()) {
        out.begin_object();
        for (const auto& [key, each] : *object) {
            out.key(key);
            write_tree(out, each);
        }
        out.end_object();
    } else if (const auto* list = json.list()) {
        out.begin_list();
        for (const auto& each : *list) write_tree(out, each);
        out.end_list();
    } else if (const auto* text = json.text()) {
        out.text(*text);
    } else if (const auto* b = std::get_if<bool>(&json.value)) {
        out.boolean(*b);
    } else if (const auto* whole = std::get_if<std::int64_t>(&json.value)) {
        out.number(*whole);
    } else if (const auto* real = std::get_if<double>(&json.value)) {
        out.number(*real);
    } else {
        out.null();
    }
}

bool needs_escape(char c) {
    return c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20;
}

// Almost every text has nothing to escape: whole stretches are copied at once.
void append_escaped(std::string& out, std::string_view text) {
    constexpr char hex[] = "0123456789abcdef";
    while (true) {
        const auto stop = std::find_if(text.begin(), text.end(), needs_escape);
        out.append(text.begin(), stop);
        if (stop == text.end()) return;
        const char c = *stop;
        if (c == '"' || c == '\\') {
            out.push_back('\\');
            out.push_back(c);
        } else if (c == '\n') {
            out += "\\n";
        } else if (c == '\t') {
            out += "\\t";
        } else {
            out += "\\u00";
            out.push_back(hex[static_cast<unsigned char>(c) >> 4]);
            out.push_back(hex[c & 15]);
        }
        text.remove_prefix(static_cast<std::size_t>(stop - text.begin()) + 1);
    }
}

}  // namespace

std::optional<double> Json::number() const {
    if (const auto* whole = std::get_if<std::int64_t>(&value)) return static_cast<double>(*whole);
    if (const auto* real = std::get_if<double>(&value)) return *real;
    return std::nullopt;
}

const Json* Json::find(std::string_view key) const {
    const auto* fields = object();
    if (fields == nullptr) return nullptr;
    for (const auto& [name, each] : *fields) {
        if (name == key) return &each;
    }
    return nullptr;
}

const Json* Json::at(std::initializer_list<std::string_view> path) const {
    const Json* here = this;
    for (const auto key : path) {
        here = here->find(key);
        if (here == nullptr) return nullptr;
    }
    return here;
}

Result<Json> parse_json(std::string_view text) {
    // One parser a thread keeps its buffers; requests are small and many.
    thread_local simdjson::dom::parser parser;
    if (parser.allocate(std::max<std::size_t>(text.size(), 1), max_json_depth) !=
        simdjson::SUCCESS) {
        return Error{Fault::unavailable, "", "There is not enough memory.", {}};
    }
    simdjson::dom::element document;
    const auto error = parser.parse(text.data(), text.size(), true).get(document);
    if (error == simdjson::DEPTH_ERROR) {
        return Error{Fault::too_large,
                     "",
                     fmt::format("Lists and objects may be nested {} deep.", max_json_depth),
                     {}};
    }
    if (error != simdjson::SUCCESS) return bad_json(simdjson::error_message(error));
    Json out;
    Faults faults;
    copy(document, out, {}, faults);
    if (!faults.none()) return faults.error();
    return out;
}

std::string write_json(const Json& json) {
    JsonWriter out;
    write_tree(out, json);
    return out.take();
}

void JsonWriter::separate() {
    if (need_comma_) out_.push_back(',');
    need_comma_ = true;
}

void JsonWriter::open(char bracket) {
    separate();
    out_.push_back(bracket);
    need_comma_ = false;
}

void JsonWriter::close(char bracket) {
    out_.push_back(bracket);
    need_comma_ = true;
}

void JsonWriter::key(std::string_view name) {
    text(name);
    out_.push_back(':');
    need_comma_ = false;
}

void JsonWriter::text(std::string_view value) {
    separate();
    out_.push_back('"');
    append_escaped(out_, value);
    out_.push_back('"');
}

void JsonWriter::number(double value) {
    if (!std::isfinite(value)) {
        null();
        return;
    }
    separate();
    if (value == 0 && std::signbit(value)) {  // "-0" would be read as a whole number, 0
        out_ += "-0.0";
        return;
    }
    // The shortest text of a huge whole number is all digits, and readers of JSON take
    // digits beyond 64 bits for an integer that they cannot hold.
    constexpr double whole_numbers_end = 9007199254740992.0;  // 2^53
    std::array<char, 32> digits{};
    char* const first = digits.data();
    char* const last = first + digits.size();
    const auto written = std::abs(value) < whole_numbers_end
                             ? std::to_chars(first, last, value)
                             : std::to_chars(first, last, value, std::chars_format::scientific);
    out_.append(first, written.ptr);
}

void JsonWriter::number(std::int64_t value) {
    separate();
    out_ += std::to_string(value);
}

void JsonWriter::number(std::uint64_t value) {
    separate();
    out_ += std::to_string(value);
}

void JsonWriter::boolean(bool value) {
    separate();
    out_ += value ? "true" : "false";
}

void JsonWriter::null() {
    separate();
    out_ += "null";
}

void JsonWriter::raw(std::string_view json) {
    separate();
    out_ += json;
}

namespace detail {

std::string Place::pointer() const {
    if (parent_ == nullptr) return "";
    std::string out = parent_->pointer() + "/";
    if (index_) return out + std::to_string(*index_);
    for (const char c : key_) {
        if (c == '~') {
            out += "~0";
        } else if (c == '/') {
            out += "~1";
        } else {
            out.push_back(c);
        }
    }
    return out;
}

bool check_text(const std::string& text, const Domain& domain, const Place& where, Faults& faults) {
    if (text.size() > domain.max_length) {
        faults.add(where.pointer(),
                   fmt::format("Shorten this to {} characters.", domain.max_length));
        return false;
    }
    if (text.size() < domain.min_length) {
        faults.add(where.pointer(),
                   domain.min_length == 1
                       ? "Write something here."
                       : fmt::format("Use at least {} characters.", domain.min_length));
        return false;
    }
    // Control characters other than line breaks and tabs hide text from a reader.
    const bool hidden = std::any_of(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte < 0x20 && c != '\n' && c != '\t' && c != '\r') || byte == 0x7f;
    });
    if (hidden) faults.add(where.pointer(), "Remove the control characters.");
    return !hidden;
}

void check_number(double value, const Domain& domain, const Place& where, Faults& faults) {
    const bool low = domain.min && value < *domain.min;
    const bool high = domain.max && value > *domain.max;
    if (!low && !high) return;
    if (domain.min && domain.max) {
        faults.add(where.pointer(),
                   fmt::format("Give a number from {} to {}.", *domain.min, *domain.max));
    } else if (low) {
        faults.add(where.pointer(), fmt::format("Give a number of at least {}.", *domain.min));
    } else {
        faults.add(where.pointer(), fmt::format("Give a number of at most {}.", *domain.max));
    }
}

void check_count(std::size_t count, const Domain& domain, const Place& where, Faults& faults) {
    if (count > domain.max_count) {
        faults.add(where.pointer(), fmt::format("Give at most {} entries.", domain.max_count));
    }
}

std::string wanted_names(const std::vector<std::string_view>& names) {
    return fmt::format("{}", fmt::join(names, ", "));
}

}  // namespace detail
}  // namespace evenkeel::exchange
