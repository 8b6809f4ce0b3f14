// SPDX-License-Identifier: GPL-3.0-or-later
#include <ATen/core/grad_mode.h>
#include <ATen/ops/empty.h>

#include <algorithm>
#include <filesystem>

#include "core/api/metric_list.h"
#include "core/api/picture_metrics.h"
#include "core/base/device.h"
#include "core/metrics/frechet.h"
#include "core/metrics/inception.h"
#include "core/metrics/metric.h"
#include "core/models/model_folder.h"
#include "core/request/memory_plan.h"
#include "core/tensor/image_tensor.h"
#include "core/types/error.h"

namespace p2l {

namespace fs = std::filesystem;

struct PictureMetrics::Networks {
  struct Measured {
    const MetricSpec* spec;
    MetricEntry::Measure measure;
  };
  std::vector<Measured> metrics;  ///< those that there are weights for, or that need none
  std::unique_ptr<Inception> inception;
};

namespace {

at::Tensor savedPicture(const Image& image) {
  return tensorFromImage(imageFromFrame(frameFromImage(image)));
}

/// Why LPIPS is not measured, as a remark; empty: it is.
std::string tooLargeForLpips(const Image& picture, const RunReport& report) {
  const auto pixels = static_cast<std::int64_t>(picture.width) * picture.height;
  if (pixels > PictureMetrics::kMostLpipsPixels) {
    return concat("LPIPS was not measured: the picture has more than ", PictureMetrics::kMostLpipsPixels, " pixels");
  }
  if (report.request.memory.empty()) return {};
  // Three maps of 64 channels, the weights of both trunks and the model's.
  constexpr double kPerPixel = 3.3 * 64 * sizeof(float), kWeights = 7e7;
  const double need = kPerPixel * static_cast<double>(pixels) + kWeights + static_cast<double>(report.model.bytes);
  if (need <= static_cast<double>(bytesFromText(report.request.memory))) return {};
  return concat("LPIPS was not measured: it does not fit into the memory of ", report.request.memory);
}

at::Tensor tensorFromRows(const std::vector<std::vector<float>>& rows) {
  const auto width = rows.empty() ? 0 : rows.front().size();
  auto tensor = at::empty({static_cast<std::int64_t>(rows.size()), static_cast<std::int64_t>(width)}, at::kFloat);
  auto* out = tensor.data_ptr<float>();
  for (const auto& row : rows) {
    require(row.size() == width, "Features of one network have one length, found ", row.size(), " and ", width, ".");
    out = std::copy(row.begin(), row.end(), out);
  }
  return tensor;
}

}  // namespace

PictureMetrics::PictureMetrics(const std::string& lpips_folder, const std::string& inception_file,
                               const std::string& device_name)
    : networks_(std::make_unique<Networks>()) {
  const auto device = deviceFromName(device_name);
  std::string missing;
  bool found = lpips_folder.empty();
  for (const auto& [spec, make] : metricEntries()) {
    if (spec.in_runs || !make) continue;
    const auto weights = spec.needs.empty() ? std::string() : (fs::path(lpips_folder) / spec.needs).string();
    if (!spec.needs.empty() && (lpips_folder.empty() || !fs::exists(weights))) {
      missing += (missing.empty() ? "" : " nor ") + spec.needs;
      continue;
    }
    networks_->metrics.push_back({&spec, make(weights, device)});
    found = found || !spec.needs.empty();
  }
  require(found, lpips_folder, " holds neither ", missing, "; `p2l metrics fetch` brings them.");
  if (!inception_file.empty()) networks_->inception = std::make_unique<Inception>(inception_file, device);
}

PictureMetrics::~PictureMetrics() = default;

const std::vector<MetricSpec>& metricList() {
  static const std::vector<MetricSpec> list = [] {
    std::vector<MetricSpec> specs;
    for (const auto& entry : metricEntries()) specs.push_back(entry.spec);
    return specs;
  }();
  return list;
}

std::set<std::string> PictureMetrics::measured() const {
  std::set<std::string> keys;
  for (const auto& each : networks_->metrics) keys.insert(each.spec->key);
  return keys;
}

bool PictureMetrics::hasInception() const {
  return networks_->inception != nullptr;
}

void PictureMetrics::measure(const Image& picture, const Image& truth, RunReport& report) const {
  const at::NoGradGuard no_grad;
  const auto a = savedPicture(picture);
  const auto b = savedPicture(truth);
  const auto remark = tooLargeForLpips(picture, report);
  bool left_out = false;
  for (const auto& [spec, measure] : networks_->metrics) {
    if (!spec->needs.empty() && !remark.empty()) {
      left_out = true;
    } else {
      report.metrics[spec->key] = measure(a, b);
    }
  }
  if (left_out) report.remarks.push_back(remark);
}

std::vector<float> PictureMetrics::inceptionFeatures(const Image& picture) const {
  const at::NoGradGuard no_grad;
  require(hasInception(), "FID needs Inception's weights.");
  const auto features = (*networks_->inception)(savedPicture(picture)).contiguous();
  const auto* first = features.const_data_ptr<float>();
  return {first, first + features.numel()};
}

void measureOrRemark(Outcome& outcome, const std::string& lpips_folder) {
  if (outcome.picture.empty() || outcome.truth.empty()) return;
  const auto pixels = static_cast<std::int64_t>(outcome.picture.width) * outcome.picture.height;
  if (pixels > PictureMetrics::kMostLpipsPixels) {
    outcome.report.remarks.push_back(concat("MS-SSIM and LPIPS were not measured: the picture has more than ",
                                            PictureMetrics::kMostLpipsPixels, " pixels"));
    return;
  }
  try {
    const PictureMetrics metrics(lpips_folder, /*inception_file=*/"", outcome.report.request.device);
    metrics.measure(outcome.picture, outcome.truth, outcome.report);
  } catch (const std::exception& error) {
    std::string what = error.what();
    if (what.ends_with('.')) what.pop_back();  // remarks end without
    outcome.report.remarks.push_back("LPIPS was not measured: " + what);
  }
}

std::map<std::string, double> metricsBetween(const Image& picture, const Image& other) {
  const at::NoGradGuard no_grad;
  require(picture.width == other.width && picture.height == other.height, "The pictures are ", picture.width, " x ",
          picture.height, " and ", other.width, " x ", other.height, " pixels: give two of one size.");
  return metricsOfRun(tensorFromImage(picture), tensorFromImage(other));
}

double frechetDistance(const std::vector<std::vector<float>>& a, const std::vector<std::vector<float>>& b) {
  return frechetDistance(tensorFromRows(a), tensorFromRows(b));
}

}  // namespace p2l
