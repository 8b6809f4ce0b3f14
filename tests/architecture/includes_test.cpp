// SPDX-License-Identifier: GPL-3.0-or-later
// The tree against docs/architecture.md: no include upwards, no Qt in core, no torch outside of it, no crowded folder.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <regex>

#include "tests/architecture/include_graph.h"
#include "tests/architecture/rooms.h"

namespace p2l::architecture {
namespace {

using Findings = std::vector<std::string>;

const Sources& program() {
  static const Sources sources = readSources(P2L_SOURCE_TREE, {"core", "ui", "app"});
  return sources;
}

std::string listOf(const Findings& findings) {
  std::string list;
  for (const auto& each : findings) list += "\n  " + each;
  return list;
}

void expectNone(const Findings& findings) {
  EXPECT_TRUE(findings.empty()) << listOf(findings);
}

TEST(Architecture, SourcesAreFound) {
  for (const char* file : {"core/types/error.h", "core/solvers/p2l.cpp", "ui/window/main_window.h", "app/cli/main.cpp"})
    EXPECT_TRUE(program().contains(file)) << file;
  EXPECT_GT(roomEdges(program()).size(), 20u);
}
TEST(Architecture, EveryFolderHasAPlace) {
  expectNone(unknownRooms(program()));
}
TEST(Architecture, NoIncludeLeadsUpwards) {
  expectNone(upwardIncludes(program()));
}
TEST(Architecture, IncludesAreFilesOfTheTree) {
  expectNone(unknownIncludes(program()));
}
TEST(Architecture, OuterPartsSeePublicRoomsOfCoreOnly) {
  expectNone(privateIncludes(program()));
}
TEST(Architecture, CoreHasNoQt) {
  expectNone(qtInCore(program()));
}
TEST(Architecture, UiAndAppHaveNoTorch) {
  expectNone(torchOutsideCore(program()));
}
TEST(Architecture, NoFolderIsCrowded) {
  expectNone(crowdedRooms(readSources(P2L_SOURCE_TREE, {"core", "ui", "app", "tests"})));
}

// Main windows grow until nobody reads them: this one composes.
TEST(Architecture, TheMainWindowIsShort) {
  std::ifstream file(P2L_SOURCE_TREE "/ui/window/main_window.cpp");
  ASSERT_TRUE(file.is_open());
  EXPECT_LE(std::count(std::istreambuf_iterator<char>(file), {}, '\n'), 250);
}

TEST(Architecture, ThePictureShowsWhatIsThere) {
  std::ifstream file(P2L_SOURCE_TREE "/docs/architecture.svg");
  const std::string svg((std::istreambuf_iterator<char>(file)), {});
  ASSERT_FALSE(svg.empty()) << "docs/architecture.svg is missing";
  const std::regex title("<title>([a-z0-9_/]+)&#45;&gt;([a-z0-9_/]+)</title>");
  Edges drawn;
  for (std::sregex_iterator each(svg.begin(), svg.end(), title), end; each != end; ++each)
    drawn.emplace((*each)[1], (*each)[2]);
  const char* const advice = "; draw it again: cmake --build --preset release --target architecture_picture";
  for (const auto& [from, to] : roomEdges(program()))
    EXPECT_TRUE(drawn.contains({from, to})) << "docs/architecture.svg lacks " << from << " -> " << to << advice;
  for (const auto& [from, to] : drawn)
    EXPECT_TRUE(roomEdges(program()).contains({from, to}))
        << "docs/architecture.svg has " << from << " -> " << to << advice;
}

// The checks themselves, on small trees that break each rule once.

Include quoted(int line, const std::string& target) {
  return {line, target, true};
}

TEST(ArchitectureChecks, NameFileAndLineOfAnIncludeUpwards) {
  const Sources sources = {
      {"core/types/image.h", {}},
      {"core/request/report.h", {quoted(5, "core/types/image.h"), quoted(7, "core/api/session.h")}},
      {"core/api/session.h", {quoted(4, "core/types/image.h")}},
      {"core/nn/unet/unet.h", {quoted(9, "core/nn/text/clip_text.h")}},
      {"core/nn/text/clip_text.h", {}}};
  EXPECT_EQ(upwardIncludes(sources),
            (Findings{"core/nn/unet/unet.h:9: includes core/nn/text/clip_text.h, a room beside its own",
                      "core/request/report.h:7: includes core/api/session.h, a room above its own"}));
}

TEST(ArchitectureChecks, FindTorchThroughOtherHeaders) {
  const Sources sources = {{"ui/base/run_job.h", {{3, "QImage", false}, quoted(8, "core/api/session.h")}},
                           {"core/api/session.h", {quoted(4, "core/types/image.h"), quoted(5, "core/base/device.h")}},
                           {"core/base/device.h", {{2, "ATen/core/Tensor.h", false}}},
                           {"core/types/image.h", {}}};
  EXPECT_EQ(torchOutsideCore(sources),
            Findings{"core/base/device.h:2: includes ATen/core/Tensor.h, and only core has torch; this file is in "
                     "core/api/session.h, which is in ui/base/run_job.h"});
  EXPECT_TRUE(qtInCore(sources).empty());
}

TEST(ArchitectureChecks, FindQtPrivateRoomsAndStrayIncludes) {
  const Sources sources = {
      {"core/io/file.cpp", {{3, "QString", false}, {4, "QtCore/qglobal.h", false}, {5, "queue", false}}},
      {"app/cli/files.h", {quoted(6, "core/io/file.h"), quoted(7, "files.h")}},
      {"core/io/file.h", {}}};
  EXPECT_EQ(qtInCore(sources).size(), 2u) << listOf(qtInCore(sources));
  EXPECT_EQ(privateIncludes(sources).size(), 1u) << listOf(privateIncludes(sources));
  EXPECT_EQ(unknownIncludes(sources),
            Findings{"app/cli/files.h:7: includes files.h, which is no file; give the path from the root of the tree"});
}

TEST(ArchitectureChecks, FindCrowdedAndUnplacedFolders) {
  Sources sources;
  for (int i = 0; i < kMostSources; ++i) sources["core/attic/part" + std::to_string(i) + ".h"];
  EXPECT_TRUE(crowdedRooms(sources).empty());
  sources["core/attic/one_more.h"];
  ASSERT_EQ(crowdedRooms(sources).size(), 1u);
  EXPECT_TRUE(
      crowdedRooms(sources)[0].starts_with("core/attic: holds " + std::to_string(kMostSources + 1) + " sources"));
  EXPECT_EQ(unknownRooms(sources), Findings{"core/attic: has no place in tests/architecture/rooms.h"});
}

TEST(ArchitectureChecks, LeaveOutEdgesThatFollowFromOthers) {
  const Sources sources = {{"core/api/a.h", {quoted(1, "core/base/b.h"), quoted(2, "core/types/c.h")}},
                           {"core/base/b.h", {quoted(1, "core/types/c.h")}},
                           {"core/types/c.h", {}}};
  EXPECT_EQ(roomEdges(sources), (Edges{{"core/api", "core/base"}, {"core/base", "core/types"}}));
}

TEST(ArchitectureChecks, EndWhereIncludesGoRound) {
  const Sources sources = {{"core/api/a.h", {quoted(1, "core/types/c.h")}},
                           {"core/types/c.h", {quoted(3, "core/api/a.h")}},
                           {"ui/run/d.h", {quoted(2, "core/api/a.h")}}};
  EXPECT_EQ(upwardIncludes(sources), Findings{"core/types/c.h:3: includes core/api/a.h, a room above its own"});
  EXPECT_TRUE(torchOutsideCore(sources).empty());
  EXPECT_TRUE(roomEdges(sources).contains({"ui/run", "core/api"}));
}

}  // namespace
}  // namespace p2l::architecture
