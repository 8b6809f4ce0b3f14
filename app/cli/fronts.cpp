// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/fronts.h"

#include <algorithm>
#include <filesystem>
#include <limits>

#include "app/cli/figures/line_plot.h"
#include "core/api/files.h"
#include "core/experiment/run_store.h"
#include "core/experiment/variant.h"
#include "core/types/error.h"

namespace p2l::cli {
namespace {

namespace fs = std::filesystem;

struct Trunk {
  const char* key;
  const char* label;
};
constexpr Trunk kTrunks[] = {{"lpips_vgg", "LPIPS (VGG)"}, {"lpips_alex", "LPIPS (Alex)"}};

std::vector<FrontPoint> pointsOf(const Summary& summary, const std::string& task, const char* lpips) {
  std::vector<FrontPoint> points;
  for (const auto& method : summary.methods) {
    const auto* psnr = summary.statistics(task, method, "psnr");
    const auto* distance = summary.statistics(task, method, lpips);
    if (!psnr || !distance || method == kAutoencoder) continue;
    const auto& made_by = summary.cell(task, method)->made_by;
    if (made_by == "as measured") continue;  // so far off that all others would lie in a corner
    points.push_back({made_by.empty() ? methodLabel(method) : made_by, psnr->mean, distance->mean});
  }
  return points;
}

/// More rows than there are colours: those that are beaten have no names.
constexpr std::size_t kNamed = 6;

Image drawn(const std::string& task, const Trunk& trunk, const std::vector<FrontPoint>& points) {
  const auto best = paretoFront(points);
  Curve line{"the front", {}, {}, /*deviation=*/{}, /*joined=*/true, /*dots=*/false};
  for (const auto& point : best) {
    line.x.push_back(point.psnr);
    line.y.push_back(point.lpips);
  }
  std::vector<Curve> curves;
  const bool all = points.size() <= kNamed;
  if (!all) {
    Curve others{"all rows", {}, {}, /*deviation=*/{}, /*joined=*/false};
    for (const auto& point : points) {
      others.x.push_back(point.psnr);
      others.y.push_back(point.lpips);
    }
    curves.push_back(std::move(others));
  }
  for (const auto& point : all ? points : best) {
    curves.push_back({point.label, {point.psnr}, {point.lpips}, /*deviation=*/{}, /*joined=*/false});
  }
  if (best.size() > 1) curves.push_back(std::move(line));  // last: it takes no row's colour
  return linePlot(task + ": better to the right and below", "PSNR, dB", trunk.label, curves);
}

}  // namespace

std::vector<FrontPoint> paretoFront(std::vector<FrontPoint> points) {
  std::stable_sort(points.begin(), points.end(), [](const FrontPoint& a, const FrontPoint& b) {
    return a.psnr != b.psnr ? a.psnr > b.psnr : a.lpips < b.lpips;
  });
  std::vector<FrontPoint> front;
  double least = std::numeric_limits<double>::infinity();
  for (auto& point : points) {
    if (point.lpips >= least) continue;
    least = point.lpips;
    front.push_back(std::move(point));
  }
  std::reverse(front.begin(), front.end());
  return front;
}

std::vector<PanelFile> writeFronts(const std::string& folder, const Summary& summary) {
  constexpr std::size_t kLeast = 3;
  std::vector<PanelFile> files;
  for (const auto& task : summary.tasks) {
    for (const auto& trunk : kTrunks) {
      const auto points = pointsOf(summary, task, trunk.key);
      if (points.size() < kLeast) continue;
      makeFolder((fs::path(folder) / "fronts").string());
      const auto path = concat("fronts/", folderName(task), ".png");
      writePhoto(drawn(task, trunk, points), (fs::path(folder) / path).string(), "");
      files.push_back({path, concat(task, ", PSNR and ", trunk.label, ": the line joins what nothing else beats")});
      break;
    }
  }
  return files;
}

}  // namespace p2l::cli
