// SPDX-License-Identifier: GPL-3.0-or-later
// Writes the rooms and their includes as a graph for Graphviz: p2l_draw_rooms SOURCE_TREE | dot -Tsvg.
#include <cstdio>
#include <exception>

#include "tests/architecture/include_graph.h"
#include "tests/architecture/rooms.h"

namespace p2l::architecture {
namespace {

void drawCluster(const Sources& sources, const std::string& top, const char* colour) {
  std::set<std::string> rooms;
  for (const auto& [file, includes] : sources) rooms.insert(roomOf(file));
  std::printf("  subgraph \"cluster_%s\" {\n    label=\"%s\"; color=\"%s\"; style=rounded;\n", top.c_str(), top.c_str(),
              colour);
  for (const auto& row : kRows) {
    for (const auto& room : row) {
      if (!room.starts_with(top + "/") || !rooms.contains(room)) continue;
      std::printf("    \"%s\" [label=\"%s\", fillcolor=\"%s\"];\n", room.c_str(), room.substr(top.size() + 1).c_str(),
                  colour);
    }
  }
  std::printf("  }\n");
}

void draw(const std::string& root) {
  const auto sources = readSources(root, {"core", "ui", "app"});
  std::printf(
      "digraph rooms {\n  graph [rankdir=TB, ranksep=0.35, nodesep=0.25, fontname=\"sans-serif\", bgcolor=white];\n"
      "  node [shape=box, style=\"rounded,filled\", fontname=\"sans-serif\", fontsize=11, height=0.4];\n"
      "  edge [color=\"#777777\", arrowsize=0.6];\n");
  drawCluster(sources, "app", "#f3d9b1");
  drawCluster(sources, "ui", "#c9dff2");
  drawCluster(sources, "core", "#d3e8cf");
  for (const auto& [from, to] : roomEdges(sources)) std::printf("  \"%s\" -> \"%s\";\n", from.c_str(), to.c_str());
  std::printf("}\n");
}

}  // namespace
}  // namespace p2l::architecture

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: p2l_draw_rooms SOURCE_TREE\n");
    return 2;
  }
  try {
    p2l::architecture::draw(argv[1]);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "p2l_draw_rooms: %s\n", error.what());
    return 1;
  }
  return 0;
}
