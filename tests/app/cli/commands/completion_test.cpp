// SPDX-License-Identifier: GPL-3.0-or-later
// Completion and the manual page, as a shell and man read them.
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "tests/support/program.h"

namespace p2l {
namespace {

using Words = std::set<std::string>;

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

  /// The lines that a shell's command writes.
  static Words linesOf(const std::string& command) {
    Words found;
    FILE* pipe = popen(command.c_str(), "r");
    std::array<char, 4096> line{};
    while (pipe && std::fgets(line.data(), line.size(), pipe)) {
      std::string word = line.data();
      if (word.ends_with('\n')) word.pop_back();
      if (!word.empty()) found.insert(word);
    }
    if (pipe) pclose(pipe);
    return found;
  }

  /// What bash offers for the last of these words, parted as readline parts them: at = and :, too.
  Words offered(const std::string& words) const {
    return linesOf("bash -c 'source \"" + folder_ + "/p2l.bash\"; COMP_WORDS=(" + words +
                   "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); compopt() { :; }; cd \"" + folder_ +
                   "\"; _p2l; printf \"%s\\n\" \"${COMPREPLY[@]}\"'");
  }

  /// The script of a shell, as a file.
  std::string scriptOf(const std::string& shell) const {
    const auto file = folder_ + "/p2l." + shell;
    std::ofstream(file) << test::runProgram({"completion", shell}, folder_).out;
    return file;
  }

  static bool has(const std::string& program) {
    return std::system(("command -v " + program + " >/dev/null 2>&1").c_str()) == 0;
  }

  std::string folder_;
};

TEST_F(Completion, OffersCommandsOptionsValuesAndFiles) {
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

TEST_F(Completion, OffersTheKeysOfSolverTaskAndSampler) {
  EXPECT_EQ(offered("p2l restore --solver ldps --set \"\""), (Words{"rho=", "rho_side="}));
  EXPECT_EQ(offered("p2l restore --set K --solver ldps --set r"), (Words{"rho=", "rho_side="}));
  EXPECT_EQ(offered("p2l restore --solver = p2l --set K"), Words{"K="});
  EXPECT_TRUE(offered("p2l restore --solver ldps --set K").empty());
  const auto of_all = offered("p2l restore --set \"\"");
  for (const char* key : {"K=", "rho_side=", "ode_steps=", "zeta="}) EXPECT_TRUE(of_all.contains(key)) << key;
  EXPECT_FALSE(of_all.contains("z_update=gd"));
  EXPECT_EQ(offered("p2l restore --task jpeg --deg \"\""), Words{"quality="});
  EXPECT_TRUE(offered("p2l restore --deg k").contains("kernel_size="));
  EXPECT_EQ(offered("p2l restore --sampler keep"), (Words{"keep_measured=", "keep_colour="}));
  EXPECT_TRUE(offered("p2l sample --sampler \"\"").contains("eta="));
  EXPECT_EQ(offered("p2l evaluate --set latent_daps.t"), Words{"latent_daps.tau="});
  EXPECT_TRUE(offered("p2l evaluate --set K").empty());
  EXPECT_EQ(offered("p2l bench --set K"), Words{"K="});
}

TEST_F(Completion, OffersTheValuesOfChoicesAndSwitches) {
  EXPECT_EQ(offered("p2l restore --sampler keep_measured ="), (Words{"on", "off"}));
  EXPECT_EQ(offered("p2l restore --sampler keep_measured = of"), Words{"off"});
  EXPECT_EQ(offered("p2l restore --sampler = keep_measured = of"), Words{"off"});
  EXPECT_EQ(offered("p2l restore --solver p2l --set z_update = a"), Words{"adam"});
  EXPECT_EQ(offered("p2l restore --deg place = c"), Words{"centre"});
  EXPECT_EQ(offered("p2l evaluate --set p2l.z_update = g"), Words{"gd"});
  EXPECT_EQ(offered("p2l restore --solver = lat"), (Words{"latent_daps", "latino"}));
  EXPECT_TRUE(offered("p2l restore --set K =").empty());
}

TEST_F(Completion, OffersFurtherItemsOfAList) {
  EXPECT_EQ(offered("p2l evaluate --tasks sr,g"), Words{"sr,gaussian-blur"});
  EXPECT_EQ(offered("p2l evaluate --solvers p2l,l"), (Words{"p2l,ldps", "p2l,ldir", "p2l,latent_daps", "p2l,latino"}));
  EXPECT_EQ(offered("p2l evaluate --solvers = p2l,ldps,ldi"), Words{"p2l,ldps,ldir"});
  // What follows the last = or : is what readline replaces.
  EXPECT_EQ(offered("p2l evaluate --solvers p2l : K = 0,ldi"), Words{"0,ldir"});
}

TEST_F(Completion, OtherShellsReadTheirScripts) {
  if (!has("zsh") && !has("fish")) GTEST_SKIP() << "neither zsh nor fish is installed here.";
  for (const char* shell : {"zsh", "fish"}) {
    if (!has(shell)) continue;
    const auto command = std::string(shell) + " -n \"" + scriptOf(shell) + "\"";
    EXPECT_EQ(std::system(command.c_str()), 0) << shell;
  }
}

TEST_F(Completion, FishOffersTheSame) {
  if (!has("fish")) GTEST_SKIP() << "fish is not installed here.";
  const auto script = scriptOf("fish");
  const auto asked = [&](const std::string& line) {
    return linesOf("HOME=\"" + folder_ + "\" fish -c 'source \"" + script + "\"; complete -C \"" + line +
                   "\" | string replace -r \"\\t.*\" \"\"'");
  };
  EXPECT_EQ(asked("p2l restore --solver ldps --set "), (Words{"rho=", "rho_side="}));
  EXPECT_TRUE(asked("p2l restore --set ").contains("K="));
  EXPECT_EQ(asked("p2l restore --task jpeg --deg "), Words{"quality="});
  EXPECT_EQ(asked("p2l restore --sampler keep_measured="), (Words{"keep_measured=on", "keep_measured=off"}));
  EXPECT_EQ(asked("p2l evaluate --set p2l.z"), Words{"p2l.z_update="});
  EXPECT_EQ(asked("p2l evaluate --tasks sr,g"), Words{"sr,gaussian-blur"});
}

TEST_F(Completion, OtherShellsHaveTheSameOptions) {
  for (const char* shell : {"zsh", "fish"}) {
    const auto made = test::runProgram({"completion", shell}, folder_);
    EXPECT_EQ(made.exit_code, 0);
    for (const char* word :
         {"restore", "keep-measured", "latent_daps", "paper-ffhq-sr", "keep_measured=off", "p2l.z_update=adam"})
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
  const auto own = page.substr(0, page.find(".SH COMMANDS"));
  for (const char* option : {"\\fB\\-h\\fR, \\fB\\-\\-help\\fR", "\\fB\\-\\-version\\fR"})
    EXPECT_NE(own.find(std::string("\n") + option + "\n"), std::string::npos) << option;
  for (const char* text : {"\\fBOMP_NUM_THREADS\\fR", "\\fBp2l\\-cuda\\fR(1)", "\\fITASK[:KEY=VALUE...]\\fR"})
    EXPECT_NE(page.find(text), std::string::npos) << text;
}

}  // namespace
}  // namespace p2l
