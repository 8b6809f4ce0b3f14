// SPDX-License-Identifier: GPL-3.0-or-later
// README and docs against the tree: links and files that they name are there, commands exist, every solver has a row.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

namespace p2l::architecture {
namespace {

namespace fs = std::filesystem;

const fs::path kTree = P2L_SOURCE_TREE;

std::string textOf(const fs::path& file) {
  std::ifstream stream(file);
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::set<std::string> matches(const std::string& text, const char* pattern) {
  const std::regex expression(pattern);
  std::set<std::string> found;
  for (std::sregex_iterator each(text.begin(), text.end(), expression), end; each != end; ++each)
    found.insert((*each)[1]);
  return found;
}

/// README and the pages of docs: file -> text.
std::map<fs::path, std::string> documents() {
  std::map<fs::path, std::string> texts{{kTree / "README.md", textOf(kTree / "README.md")}};
  for (const auto& entry : fs::directory_iterator(kTree / "docs"))
    if (entry.path().extension() == ".md") texts.emplace(entry.path(), textOf(entry.path()));
  return texts;
}

TEST(Documents, LinksLeadToFiles) {
  std::size_t count = 0;
  for (const auto& [file, text] : documents()) {
    for (const auto& link : matches(text, R"(\]\(([^)#]+)\))")) {
      if (link.starts_with("http")) continue;
      ++count;
      EXPECT_TRUE(fs::exists(file.parent_path() / link)) << file << ": " << link;
    }
  }
  EXPECT_GT(count, 20u);
}

TEST(Documents, FilesThatAreNamedAreThere) {
  std::size_t count = 0;
  for (const auto& [file, text] : documents()) {
    for (const auto& path : matches(text, "`((?:core|ui|app|tests|resources|installer|docs)/[^`\\s]*)")) {
      if (path.find("NAME") != std::string::npos) continue;  // stands for a name of the reader's own
      ++count;
      EXPECT_TRUE(fs::exists(kTree / path)) << file << ": " << path;
    }
  }
  EXPECT_GT(count, 60u);
}

TEST(Documents, CommandsThatAreShownExist) {
  const auto known = matches(textOf(kTree / "app/cli/main.cpp"), "\\{\"([a-z-]+)\", \"");
  ASSERT_TRUE(known.contains("restore"));
  std::set<std::string> shown;
  for (const auto& [file, text] : documents()) {
    for (const auto& command : matches(text, "(?:\n    |exec |parallel |`)p2l ([a-z-]+)")) {
      shown.insert(command);
      EXPECT_TRUE(known.contains(command)) << file << ": p2l " << command;
    }
  }
  EXPECT_GT(shown.size(), 8u);
}

TEST(Documents, ReadmeHasEverySolverAndIsShort) {
  const auto readme = textOf(kTree / "README.md");
  const auto solvers = matches(textOf(kTree / "core/solvers/solver_list.def"), "\nP2L_ENTRY\\(([a-z0-9_]+)\\)");
  EXPECT_GE(solvers.size(), 13u);
  for (const auto& solver : solvers) EXPECT_NE(readme.find("| `" + solver + "` |"), std::string::npos) << solver;
  EXPECT_LE(std::count(readme.begin(), readme.end(), '\n'), 150);
}

}  // namespace
}  // namespace p2l::architecture
