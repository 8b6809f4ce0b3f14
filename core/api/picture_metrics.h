// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "core/request/report.h"
#include "core/types/image.h"

namespace p2l {

/// Metrics beside PSNR and SSIM, some of which need weights that the program does not come with. All of them look at
/// the pictures as they are saved, rounded to 8 bit.
class PictureMetrics {
 public:
  static constexpr std::int64_t kMostLpipsPixels = 1 << 21;  ///< about 1.7 GiB of features

  /// @param lpips_folder holds lpips_alex.safetensors, lpips_vgg.safetensors or both; empty: no LPIPS
  /// @param inception_file Inception's weights for FID; empty: none @param device auto, cpu or cuda:N
  /// @throws Error when a file that was named is missing or is something else
  PictureMetrics(const std::string& lpips_folder, const std::string& inception_file, const std::string& device);
  ~PictureMetrics();
  PictureMetrics(const PictureMetrics&) = delete;
  PictureMetrics& operator=(const PictureMetrics&) = delete;

  /// Keys of the metrics that measure fills.
  std::set<std::string> measured() const;
  bool hasInception() const;

  /// Fills the metrics of the list that no run measures by itself, those that there are weights for. The pictures are
  /// of one size. Networks are left out, with a remark, where they would take more memory than the request's limit, and
  /// of pictures of more than kMostLpipsPixels. @throws Error
  void measure(const Image& picture, const Image& truth, RunReport& report) const;

  /// 2048 numbers, of which frechetDistance makes FID. Needs hasInception. @throws Error
  std::vector<float> inceptionFeatures(const Image& picture) const;

 private:
  struct Networks;
  std::unique_ptr<Networks> networks_;
};

/// The metrics of a run that has a truth to compare with, LPIPS by the weights in the folder (empty: without). Loads
/// them for this; what goes wrong becomes a remark of the report, for the run is done by then. Nothing is measured of
/// pictures of more than kMostLpipsPixels: the end of the run would have to wait.
void measureOrRemark(Outcome& outcome, const std::string& lpips_folder);

/// What runs are measured by, PSNR and SSIM, of a picture against any other one of its size; by key of metricList().
/// @throws Error where their sizes differ
std::map<std::string, double> metricsBetween(const Image& picture, const Image& other);

/// FID of two sets of pictures by their features (see core/metrics/frechet.h). @throws Error for less than two of a
/// kind
double frechetDistance(const std::vector<std::vector<float>>& a, const std::vector<std::vector<float>>& b);

}  // namespace p2l
