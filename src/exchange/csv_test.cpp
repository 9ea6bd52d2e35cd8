// Goal: what RFC 4180 allows is read as it stands; what is wrong is named, all of it, by
// line and column; what is written reads back.
#include "exchange/csv.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include <charconv>
#include <memory>
#include <random>

#include "exchange/detail/csv_by_letter.h"
#include "exchange/input.h"

namespace evenkeel::exchange {
namespace {

std::vector<Problem> problems_of(std::string_view text, CsvFormat format = {}) {
    const auto read = parse_csv(std::string(text), format);
    return read.ok() ? std::vector<Problem>{} : read.error().problems();
}

CsvTable table_of(std::string_view text, CsvFormat format = {}) {
    const auto read = parse_csv(std::string(text), format);
    EXPECT_TRUE(read.ok()) << (read.ok() ? "" : read.error().message);
    return read.value();
}

std::vector<Cell> cells_of(const CsvTable& table, std::size_t row) {
    std::vector<Cell> cells;
    for (std::size_t i = 0; i < table.header().size(); ++i) cells.push_back(table.cell(row, i));
    return cells;
}

TEST(Csv, ReadsAHeaderAndRowsWithMissingCells) {
    const auto table = table_of("id,phq1,phq2\nA,1,\nB,NA,3\n");
    EXPECT_EQ(table.header(), (std::vector<std::string>{"id", "phq1", "phq2"}));
    ASSERT_EQ(table.n_rows(), 2U);
    EXPECT_EQ(cells_of(table, 0), (std::vector<Cell>{"A", "1", std::nullopt}));
    EXPECT_EQ(cells_of(table, 1), (std::vector<Cell>{"B", std::nullopt, "3"}));
    EXPECT_EQ(table.line(1), 3U);
}

TEST(Csv, AByteOrderMarkAndEitherLineEndAreNoPartOfTheText) {
    const auto table = table_of("\xEF\xBB\xBFid,x\r\n1,2\r\n3,4");
    EXPECT_EQ(table.header()[0], "id");
    EXPECT_EQ(table.cell(0, 1), "2");
    EXPECT_EQ(table.cell(1, 1), "4");
}

TEST(Csv, QuotedFieldsHoldDelimitersQuotesAndLines) {
    const auto table = table_of("id,note\n1,\"a, \"\"b\"\"\nc\"\n2,d\n");
    EXPECT_EQ(table.cell(0, 1), "a, \"b\"\nc");
    EXPECT_EQ(table.line(1), 4U);
}

TEST(Csv, AnotherLocaleHasItsOwnSigns) {
    const auto table = table_of("id;x\n1;2,5\n", {';', ','});
    EXPECT_EQ(parse_number(*table.cell(0, 1), ','), 2.5);
    EXPECT_EQ(parse_number("2.5", ','), std::nullopt);
}

TEST(Csv, EveryRaggedRowIsNamedWithLineAndColumn) {
    const auto found = problems_of("a,b,c\n1,2\n1,2,3\n1,2,3,4\n");
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0], (Problem{"2:3", "This row has 2 fields, the header 3."}));
    EXPECT_EQ(found[1], (Problem{"4:4", "This row has 4 fields, the header 3."}));
}

TEST(Csv, DoubledAndNamelessColumnsAreNamed) {
    const auto found = problems_of("a,,a\n1,2,3\n");
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].where, "1:2");
    EXPECT_EQ(found[1], (Problem{"1:3", "The column a stands twice."}));
}

TEST(Csv, LinesInAnotherEncodingAreNamed) {
    const auto found = problems_of("id,name\n1,J\xF6rg\n2,ok\n3,M\xFCller\n");
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].where, "2:1");
    EXPECT_EQ(found[1].where, "4:1");
    EXPECT_EQ(problems_of(std::string_view("a\0,b\0\n\0", 7)).size(), 2U);
}

TEST(Csv, BadQuotesAreNamed) {
    EXPECT_EQ(problems_of("a,b\n1,\"open\n").at(0).where, "2:2");
    EXPECT_EQ(problems_of("a,b\n1,in\"side\n").at(0).where, "2:2");
    EXPECT_EQ(problems_of("a,b\n\"x\"y,2\n").at(0).where, "2:1");
    EXPECT_EQ(problems_of("").at(0).where, "1:1");
}

TEST(Csv, ManyFaultsAreCountedRatherThanListed) {
    std::string text = "a,b\n";
    for (int i = 0; i < 1500; ++i) text += "1\n";
    const auto found = problems_of(text);
    ASSERT_EQ(found.size(), 1001U);
    EXPECT_EQ(found.back().message, "And 500 more of this kind.");
}

TEST(Csv, NumbersAreReadWholeOrNotAtAll) {
    EXPECT_EQ(parse_number("-1.5e3"), -1500);
    EXPECT_EQ(parse_number("+3"), 3);
    EXPECT_EQ(parse_number(" 3 "), 3);
    for (const auto* text :
         {"", "3 4", "1,000", "inf", "nan", "0x10", "--1", "+-1", "1e999", "3a"}) {
        EXPECT_EQ(parse_number(text), std::nullopt) << text;
    }
    EXPECT_EQ(parse_whole("3.0"), 3);
    EXPECT_EQ(parse_whole("3.5"), std::nullopt);
    EXPECT_EQ(parse_whole("1e300"), std::nullopt);
}

std::vector<std::string> kept_ids(const std::vector<std::string>& filters) {
    auto table = table_of("id,age,group\n1,18,a\n2,9,b\n3,,a\n4,65,NA\n");
    std::vector<Filter> parsed;
    for (const auto& filter : filters) parsed.push_back(parse_filter(filter).value());
    EXPECT_TRUE(keep_where(table, parsed).ok());
    std::vector<std::string> ids;
    for (std::size_t row = 0; row < table.n_rows(); ++row) ids.emplace_back(*table.cell(row, 0));
    return ids;
}

TEST(Csv, FiltersCompareNumbersAsNumbersAndTextAsText) {
    using Ids = std::vector<std::string>;
    EXPECT_EQ(kept_ids({"age>=18"}), (Ids{"1", "4"}));
    EXPECT_EQ(kept_ids({"age<18"}), (Ids{"2"}));
    EXPECT_EQ(kept_ids({"age <= 18.0"}), (Ids{"1", "2"}));
    EXPECT_EQ(kept_ids({"group==a", "age>1"}), (Ids{"1"}));
    EXPECT_EQ(kept_ids({"group!=a"}), (Ids{"2", "4"}));
    EXPECT_EQ(kept_ids({"age==NA"}), (Ids{"3"}));
    EXPECT_EQ(kept_ids({"age!="}), (Ids{"1", "2", "4"}));
}

TEST(Csv, FiltersThatCannotBeComparedAreRefused) {
    auto table = table_of("id,age\n1,old\n2,old\n");
    EXPECT_EQ(keep_where(table, {{"size", Comparison::equal, "1"}}).error().message,
              "There is no column size.");
    EXPECT_EQ(keep_where(table, {{"age", Comparison::less, "18"}}).error().problems().size(), 2U);
    EXPECT_EQ(keep_where(table, {{"age", Comparison::less, "old"}}).error().problems().size(), 1U);
    EXPECT_FALSE(parse_filter("age").ok());
    EXPECT_FALSE(parse_filter("age=1").ok());
    EXPECT_FALSE(parse_filter("==1").ok());
}

TEST(Csv, WhatIsWrittenReadsBack) {
    constexpr std::uint64_t seed = 4180;
    std::mt19937_64 random{seed};
    const std::string_view letters[] = {"a", ",", "\"", "\n", "\r\n", "é", " ", ";"};
    for (int i = 0; i < 1000; ++i) {
        std::vector<std::string> cells(1 + random() % 4);
        CsvWriter out;
        for (std::size_t c = 0; c < cells.size(); ++c) out.field("c" + std::to_string(c));
        out.end_row();
        for (auto& cell : cells) {
            cell = "x";
            for (auto n = random() % 6; n > 0; --n) cell += letters[random() % 8];
            out.field(cell);
        }
        out.end_row();
        const auto text = out.take();
        const auto table = table_of(text);
        ASSERT_EQ(table.n_rows(), 1U) << "seed " << seed << " case " << i << "\n" << text;
        for (std::size_t c = 0; c < cells.size(); ++c) {
            ASSERT_EQ(table.cell(0, c), cells[c]) << "seed " << seed << " case " << i;
        }
    }
}

// Rows as they should be, some longer than the blocks that are read at once.
std::string some_rows(std::mt19937_64& random) {
    const std::string_view cells[] = {
        "a", "NA", "", "12.5", "\"x,y\"", "\"\n\"", "\"\"\"\"", "\"b\r\"", "a long field of text"};
    std::string text;
    for (auto n = random() % 12; n > 0; --n) {
        text += cells[random() % std::size(cells)];
        text += ',';
        text += cells[random() % std::size(cells)];
        text += random() % 4 == 0 ? "\r\n" : "\n";
    }
    return text;
}

// Pieces that meet in every way.
std::string any_table(std::mt19937_64& random) {
    const std::string_view pieces[] = {
        "a",    "b",  "NA",      ",",      ",", ",", "\n",   "\n", "\r\n", "\"",
        "\"\"", "\r", "\"x,y\"", "\"\n\"", "é", " ", "12.5", "",   ";",    "a long field of text"};
    std::string text;
    for (auto n = random() % 60; n > 0; --n) text += pieces[random() % std::size(pieces)];
    return text;
}

TEST(Csv, ReadsAsTheReaderThatGoesByteByByte) {
    constexpr std::uint64_t seed = 1128;
    std::mt19937_64 random{seed};
    std::size_t n_read = 0;
    for (int i = 0; i < 4000; ++i) {
        const auto text =
            "a,b\n" + some_rows(random) + (i % 2 == 0 ? any_table(random) : std::string());
        CsvByLetter plain(text, ',');
        const auto fast = parse_csv(text);
        ASSERT_EQ(fast.ok(), plain.faults.none()) << "seed " << seed << "\n" << text;
        if (!fast.ok()) {
            ASSERT_EQ(fast.error().problems(), plain.faults.error().problems()) << text;
            continue;
        }
        const auto& table = fast.value();
        ASSERT_EQ(table.n_rows(), plain.rows.size()) << text;
        for (std::size_t row = 0; row < table.n_rows(); ++row) {
            ++n_read;
            ASSERT_EQ(table.line(row), plain.rows[row].line) << text;
            for (std::size_t c = 0; c < 2; ++c) {
                const std::string_view field = plain.rows[row].fields[c];
                ASSERT_EQ(table.cell(row, c), is_missing(field) ? Cell{} : Cell{field}) << text;
            }
        }
    }
    EXPECT_GT(n_read, 5000U);
}

TEST(Csv, CellsOutliveTheTableTheyWereReadFromWhileACopyLives) {
    auto table = std::make_unique<CsvTable>(table_of("a\nx\n"));
    const auto cell = table->cell(0, 0);
    const CsvTable copy = *table;
    table.reset();
    EXPECT_EQ(cell, "x");
}

TEST(Csv, NumbersOfAllLengthsAreTheNearest) {
    constexpr std::uint64_t seed = 1990;
    std::mt19937_64 random{seed};
    for (int i = 0; i < 20000; ++i) {
        std::string text(1 + random() % 20, '0');
        for (auto& c : text) c = static_cast<char>('0' + random() % 10);
        text[random() % text.size()] = '.';
        if (random() % 2 == 0) text.insert(text.begin(), '-');
        double expected = 0;
        const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), expected);
        const bool is_number = fault == std::errc() && end == text.data() + text.size();
        ASSERT_EQ(parse_number(text), is_number ? std::optional(expected) : std::nullopt) << text;
    }
}

std::string pack(std::string_view text) {
    z_stream stream{};
    EXPECT_EQ(deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
    std::string out(text.size() + 256, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
    out.resize(out.size() - stream.avail_out);
    deflateEnd(&stream);
    return out;
}

TEST(Input, GzipIsUnpackedMemberAfterMember) {
    const std::string text(300000, 'x');
    const auto packed = pack(text);
    ASSERT_TRUE(is_gzip(packed));
    EXPECT_EQ(unpack_gzip(packed).value(), text);
    EXPECT_EQ(unpack_gzip(packed + pack("y")).value(), text + "y");
    EXPECT_EQ(unpack_gzip(pack("")).value(), "");
}

TEST(Input, CutDamagedAndBloatedGzipIsRefused) {
    const auto packed = pack(std::string(300000, 'x'));
    EXPECT_EQ(unpack_gzip(std::string_view(packed).substr(0, packed.size() - 4)).error().fault,
              Fault::invalid_input);
    EXPECT_EQ(unpack_gzip(packed + "tail").error().fault, Fault::invalid_input);
    EXPECT_EQ(unpack_gzip(packed, 1000).error().fault, Fault::too_large);
}

TEST(Input, AFileThatIsNotThereIsUnavailable) {
    EXPECT_EQ(read_input("there/is/no/such.csv").error().fault, Fault::unavailable);
    EXPECT_EQ(read_file(EVENKEEL_SOURCE_DIR).error().fault, Fault::unavailable);
    EXPECT_EQ(read_file(std::string(EVENKEEL_SOURCE_DIR) + "/LICENSE", 10).error().fault,
              Fault::too_large);
}

}  // namespace
}  // namespace evenkeel::exchange
