// SPDX-License-Identifier: GPL-3.0-or-later
#include <ATen/core/grad_mode.h>
#include <ATen/ops/empty.h>

#include <algorithm>
#include <filesystem>
#include <optional>

#include "core/api/picture_metrics.h"
#include "core/base/device.h"
#include "core/metrics/frechet.h"
#include "core/metrics/inception.h"
#include "core/metrics/lpips.h"
#include "core/metrics/ms_ssim.h"
#include "core/models/model_folder.h"
#include "core/tensor/image_tensor.h"
#include "core/types/error.h"
#include "core/types/memory_plan.h"

namespace p2l {

namespace fs = std::filesystem;

struct PictureMetrics::Networks {
  std::optional<Lpips> alex, vgg;
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
  if (!lpips_folder.empty()) {
    const auto alex = (fs::path(lpips_folder) / "lpips_alex.safetensors").string();
    const auto vgg = (fs::path(lpips_folder) / "lpips_vgg.safetensors").string();
    require(fs::exists(alex) || fs::exists(vgg), lpips_folder,
            " holds neither lpips_alex.safetensors nor lpips_vgg.safetensors; `p2l metrics fetch` brings them.");
    if (fs::exists(alex)) networks_->alex.emplace(alex, Lpips::Trunk::Alex, device);
    if (fs::exists(vgg)) networks_->vgg.emplace(vgg, Lpips::Trunk::Vgg, device);
  }
  if (!inception_file.empty()) networks_->inception = std::make_unique<Inception>(inception_file, device);
}

PictureMetrics::~PictureMetrics() = default;

bool PictureMetrics::hasLpipsAlex() const {
  return networks_->alex.has_value();
}

bool PictureMetrics::hasLpipsVgg() const {
  return networks_->vgg.has_value();
}

bool PictureMetrics::hasInception() const {
  return networks_->inception != nullptr;
}

void PictureMetrics::measure(const Image& picture, const Image& truth, RunReport& report) const {
  const at::NoGradGuard no_grad;
  const auto a = savedPicture(picture);
  const auto b = savedPicture(truth);
  report.ms_ssim = msSsim(a, b);
  if (!networks_->alex && !networks_->vgg) return;
  if (const auto remark = tooLargeForLpips(picture, report); !remark.empty()) {
    report.remarks.push_back(remark);
    return;
  }
  if (networks_->alex) report.lpips_alex = (*networks_->alex)(a, b);
  if (networks_->vgg) report.lpips_vgg = (*networks_->vgg)(a, b);
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

double frechetDistance(const std::vector<std::vector<float>>& a, const std::vector<std::vector<float>>& b) {
  return frechetDistance(tensorFromRows(a), tensorFromRows(b));
}

}  // namespace p2l
