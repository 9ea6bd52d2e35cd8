#pragma once
// The part of a FHIR R4 Questionnaire that Evenkeel reads and writes. Unknown fields are
// faults: a field that nobody reads would change what clinicians believe is asked.
//
// Source: HL7 FHIR R4 (4.0.1), Questionnaire; extension ordinalValue.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/describe.h"

namespace evenkeel::knowledge::detail {

inline constexpr std::string_view loinc_system = "http://loinc.org";
inline constexpr std::string_view ordinal_value =
    "http://hl7.org/fhir/StructureDefinition/ordinalValue";

struct Coding {
    std::string system, code;
    std::optional<std::string> display;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("system", self.system);
        visit("code", self.code, Domain{.min_length = 1});
        visit("display", self.display);
    }
};

struct Extension {
    std::string url;
    double value_decimal = 0;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("url", self.url);
        visit("valueDecimal", self.value_decimal,
              Domain{.min = 0, .max = 100, .says = "the answer's value in the scale"});
    }
};

struct AnswerOption {
    std::vector<Extension> extension;
    Coding value_coding;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("extension", self.extension, Domain{.max_count = 1});
        visit("valueCoding", self.value_coding);
    }
};

enum class ItemType { display, choice, integer };
constexpr auto enum_names(ItemType) {
    using P = std::pair<ItemType, std::string_view>;
    return std::array{P{ItemType::display, "display"}, P{ItemType::choice, "choice"},
                      P{ItemType::integer, "integer"}};
}

struct QuestionnaireItem {
    std::string link_id;
    std::vector<Coding> code;
    std::optional<std::string> text;
    ItemType type = ItemType::choice;
    std::vector<AnswerOption> answer_option;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("linkId", self.link_id, Domain{.max_length = 60, .min_length = 1});
        visit("code", self.code, Domain{.max_count = 4});
        visit("text", self.text, Domain{.min_length = 1, .says = "as licensed, never from memory"});
        visit("type", self.type, Domain{.says = "integer: scoring only, no wording"});
        visit("answerOption", self.answer_option, Domain{.max_count = 20});
    }
};

struct QuestionnaireFile {
    std::string resource_type, id, language, url, version, title, status, description, copyright;
    std::vector<std::string> subject_type;
    std::vector<Coding> code;
    std::vector<QuestionnaireItem> item;
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("resourceType", self.resource_type, Domain{.says = "Questionnaire"});
        visit("id", self.id, Domain{.max_length = 40, .min_length = 1});
        visit("language", self.language, Domain{.min_length = 2, .says = "BCP 47"});
        visit("url", self.url);
        visit("version", self.version, Domain{.min_length = 1});
        visit("title", self.title, Domain{.min_length = 1});
        visit("status", self.status);
        visit("subjectType", self.subject_type);
        visit("description", self.description);
        visit("copyright", self.copyright);
        visit("code", self.code, Domain{.says = "LOINC panel, only where verified"});
        visit("item", self.item, Domain{.max_count = 200});
    }
};

}  // namespace evenkeel::knowledge::detail
