// Goal: codes that people can say and type, and that cannot be guessed or read back.

#include "store/one_time_code.h"

#include <set>

#include "store/detail/store_fixture.h"

namespace evenkeel::store {
namespace {

TEST(OneTimeCode, HasFourGroupsOfFourAndNoCharacterThatIsMistaken) {
    SystemRandom random;
    std::set<std::string> seen;
    for (int i = 0; i < 1000; ++i) {
        const auto code = new_one_time_code(random);
        EXPECT_EQ(code.size(), 19u);
        EXPECT_EQ(code.find_first_of("IO01"), std::string::npos);
        EXPECT_TRUE(code[4] == '-' && code[9] == '-' && code[14] == '-');
        EXPECT_TRUE(seen.insert(code).second);
    }
}

TEST(OneTimeCode, IsFoundHoweverItWasTypedAndNotByAnotherOne) {
    const TestFolder folder;
    const auto vault = must(Vault::open(folder.path()));
    const auto hash = one_time_code_hash(*vault, "K7QF-2M9D-XW4T-8HPN");
    EXPECT_EQ(one_time_code_hash(*vault, "k7qf2m9dxw4t8hpn"), hash);
    EXPECT_EQ(one_time_code_hash(*vault, " k7qf 2m9d xw4t 8hpn "), hash);
    EXPECT_NE(one_time_code_hash(*vault, "K7QF-2M9D-XW4T-8HPM"), hash);
}

}  // namespace
}  // namespace evenkeel::store
