// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/collect.h"

#include <array>
#include <cstdio>
#include <filesystem>

#include "app/cli/figures/panel.h"
#include "app/cli/fronts.h"
#include "core/api/files.h"
#include "core/api/picture_metrics.h"
#include "core/experiment/summary.h"
#include "core/experiment/table.h"
#include "core/experiment/variant.h"
#include "core/types/error.h"

namespace p2l::cli {
namespace {

namespace fs = std::filesystem;

constexpr int kTilesPerRow = 6;

std::string psnrText(const Record& record) {
  const auto found = record.numbers.find("psnr");
  if (found == record.numbers.end()) return "";
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.2f dB", found->second);
  return text.data();
}

/// Truth, measurement and what each method made of it.
Image panelFor(const RunStore& store, const Summary& summary, const std::vector<Record>& records, const RunKey& of) {
  std::vector<Tile> tiles;
  const auto add = [&](const std::string& path, const std::string& caption) {
    if (fs::exists(path)) tiles.push_back({RunStore::readPicture(path), caption});
  };
  add(store.truthPath(of.photo), "truth");
  add(store.measuredPath(of), "measurement");
  for (const auto& method : summary.methods) {
    for (const auto& record : records) {
      if (record.key != RunKey{of.photo, of.task, method, of.measurement}) continue;
      auto name = methodLabel(method);
      if (!record.made_by.empty()) name += " (" + record.made_by + ")";
      add(store.picturePath(record.key), name + "\n" + psnrText(record));
    }
  }
  return panelOf(tiles, kTilesPerRow);
}

std::vector<PanelFile> writePanels(const RunStore& store, const Summary& summary, const std::vector<Record>& records) {
  std::vector<PanelFile> files;
  makeFolder((fs::path(store.folder()) / "panels").string());
  for (const auto& task : summary.tasks) {
    std::vector<const Record*> sorted;  // by the first method that has runs of this task
    for (const auto& method : summary.methods) {
      if (sorted.empty()) sorted = sortedByPsnr(records, task, method);
    }
    if (sorted.empty()) continue;
    const std::pair<const char*, const Record*> chosen[] = {{"median", sorted[sorted.size() / 2]},
                                                            {"worst", sorted.front()}};
    for (const auto& [which, record] : chosen) {
      const auto path = concat("panels/", folderName(task), "-", which, ".png");
      writePhoto(panelFor(store, summary, records, record->key), (fs::path(store.folder()) / path).string(), "");
      files.push_back(
          {path, concat(task, ", the ", which, " photo by the PSNR of ", record->key.method, ": ", record->key.photo)});
    }
  }
  return files;
}

/// FID of every task and method whose pictures all have features, of two photos or more.
std::map<std::pair<std::string, std::string>, double> fidOf(const RunStore& store, const std::vector<Record>& records) {
  struct Group {
    std::vector<std::vector<float>> restored, truth;
    bool whole = true;
  };
  std::map<std::pair<std::string, std::string>, Group> groups;
  for (const auto& record : records) {
    auto& group = groups[{record.key.task, record.key.method}];
    group.restored.push_back(RunStore::features(store.picturePath(record.key)));
    group.truth.push_back(RunStore::features(store.truthPath(record.key.photo)));
    group.whole &= !group.restored.back().empty() && !group.truth.back().empty();
  }
  std::map<std::pair<std::string, std::string>, double> fid;
  for (const auto& [place, group] : groups) {
    if (group.whole && group.restored.size() >= 2) fid[place] = frechetDistance(group.restored, group.truth);
  }
  return fid;
}

}  // namespace

std::string collect(const RunStore& store, const Catalogue& catalogue) {
  const auto records = store.all();
  require(!records.empty(), store.folder(), " holds no finished run.");
  const auto failures = store.failures();
  auto summary = summaryOf(records, catalogue, fidOf(store, records));
  const auto recipe = store.recipe();
  if (recipe) arrange(summary, *recipe, catalogue);
  const auto* known = recipe ? &*recipe : nullptr;
  const auto write = [&](const char* name, const std::string& text) {
    writeTextFile((fs::path(store.folder()) / name).string(), text);
  };
  const auto table = tableMarkdown(summary, records, failures, known);
  write("results.csv", resultsCsv(records));
  write("summary.csv", summaryCsv(summary));
  write("table.md", table);
  auto pictures = writeFronts(store.folder(), summary);
  const auto panels = writePanels(store, summary, records);
  pictures.insert(pictures.end(), panels.begin(), panels.end());
  write("table.html", tableHtml(summary, records, failures, pictures, known));
  return table;
}

}  // namespace p2l::cli
