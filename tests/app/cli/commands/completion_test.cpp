// SPDX-License-Identifier: GPL-3.0-or-later
// Completion and the manual page, as a shell and man read them.
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "tests/support/program.h"

namespace p2l {
namespace {

class Completion : public testing::Test {
 protected:
  Completion()
      : folder_((std::filesystem::temp_directory_path() / ("p2l_completion_" + std::to_string(getpid()))).string()) {
    std::filesystem::create_directories(folder_);
    const auto made = test::runProgram({"completion", "bash"}, folder_);
    EXPECT_EQ(made.exit_code, 0) << made.err;
    std::ofstream(folder_ + "/p2l.bash") << made.out;
  }
  ~Completion() override { std::filesystem::remove_all(folder_); }

  /// What bash offers for the last of these words.
  std::set<std::string> offered(const std::string& words) const {
    const auto command = "bash -c 'source \"" + folder_ + "/p2l.bash\"; COMP_WORDS=(" + words +
                         "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); compopt() { :; }; cd \"" + folder_ +
                         "\"; _p2l; printf \"%s\\n\" \"${COMPREPLY[@]}\"'";
    std::set<std::string> found;
    FILE* pipe = popen(command.c_str(), "r");
    std::array<char, 4096> line{};
    while (pipe && std::fgets(line.data(), line.size(), pipe)) {
      std::string word = line.data();
      word.pop_back();
      if (!word.empty()) found.insert(word);
    }
    if (pipe) pclose(pipe);
    return found;
  }

  std::string folder_;
};

TEST_F(Completion, OffersCommandsOptionsValuesAndFiles) {
  using Words = std::set<std::string>;
  EXPECT_EQ(offered("p2l rest"), Words{"restore"});
  EXPECT_EQ(offered("p2l analyse sp"), Words{"spread"});
  EXPECT_EQ(offered("p2l restore --keep-m"), Words{"--keep-measured"});
  EXPECT_EQ(offered("p2l restore --solver lat"), (Words{"latent_daps", "latino"}));
  EXPECT_EQ(offered("p2l restore --spacing lin"), Words{"linspace"});
  EXPECT_EQ(offered("p2l restore --precision b"), Words{"bf16"});
  EXPECT_EQ(offered("p2l list pres"), Words{"presets"});
  std::ofstream(folder_ + "/my_mask.png") << "";
  EXPECT_EQ(offered("p2l restore --mask my"), Words{"my_mask.png"});
  EXPECT_TRUE(offered("p2l restore --seed 1").empty());
}

TEST_F(Completion, OtherShellsHaveTheSameOptions) {
  for (const char* shell : {"zsh", "fish"}) {
    const auto made = test::runProgram({"completion", shell}, folder_);
    EXPECT_EQ(made.exit_code, 0);
    for (const char* word : {"restore", "keep-measured", "latent_daps", "paper-ffhq-sr"})
      EXPECT_NE(made.out.find(word), std::string::npos) << shell << " " << word;
  }
  EXPECT_EQ(test::runProgram({"completion", "csh"}, folder_).exit_code, 2);
}

TEST_F(Completion, TheManualPageHasEveryCommand) {
  const auto page = test::runProgram({"manual"}, folder_).out;
  EXPECT_EQ(page.rfind(".TH P2L 1", 0), 0u);
  std::istringstream help(test::runProgram({"--help"}, folder_).out);
  int commands = 0;
  bool below = false;
  for (std::string line; std::getline(help, line);) {
    if (below && line.rfind("  ", 0) == 0 && line[2] != ' ') {
      std::string name;
      std::istringstream(line) >> name;
      for (std::size_t dash = 0; (dash = name.find('-', dash)) != std::string::npos; dash += 2) name.insert(dash, "\\");
      EXPECT_NE(page.find(".SS p2l " + name + "\n"), std::string::npos) << name;
      ++commands;
    }
    below = below || line == "Subcommands:";
  }
  EXPECT_GT(commands, 10);
}

}  // namespace
}  // namespace p2l
