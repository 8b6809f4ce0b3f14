// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/photo_set.h"

#include <ATen/ops/_upsample_bilinear2d_aa.h>
#include <ATen/ops/stack.h>

#include <algorithm>
#include <cmath>

#include "core/base/random.h"
#include "core/base/sha256.h"
#include "core/io/photo_file.h"
#include "core/tensor/image_tensor.h"
#include "core/types/error.h"

namespace p2l {
namespace {

constexpr double kLargestScale = 4.0;

double weightOf(const std::string& file, const std::map<std::string, double>& weights) {
  double weight = 1.0;
  for (const auto& [part, value] : weights) {
    if (file.find(part) != std::string::npos) weight *= value;
  }
  return weight;
}

at::Tensor bytesOf(Image image) {
  const int longest = std::max(image.width, image.height);
  if (longest > PhotoSet::kLargestSide) {
    const double scale = static_cast<double>(PhotoSet::kLargestSide) / longest;
    image = resizeImage(image, std::max(1, static_cast<int>(std::lround(image.width * scale))),
                        std::max(1, static_cast<int>(std::lround(image.height * scale))));
  }
  return ((tensorFromImage(image)[0] + 1.0) * 127.5).round_().to(at::kByte);
}

at::Tensor samplesOf(const at::Tensor& bytes) {
  return bytes.to(at::kFloat) / 127.5 - 1.0;
}

}  // namespace

PhotoSet::PhotoSet(const std::vector<std::string>& files, int smallest_side,
                   const std::map<std::string, double>& weights) {
  double sum = 0.0;
  Sha256 all;
  for (const auto& file : files) {
    const double weight = weightOf(file, weights);
    if (weight <= 0.0) continue;
    try {
      auto photo = bytesOf(readPhoto(file).image);
      if (std::min(photo.size(1), photo.size(2)) < smallest_side) {
        left_out_.push_back(concat(file, ": is ", photo.size(2), " x ", photo.size(1), " pixels; crops of ",
                                   smallest_side, " were asked for"));
        continue;
      }
      all.update(concat(sha256OfFile(file), ' ', weight, '\n'));
      sum += weight * static_cast<double>(photo.size(1) * photo.size(2));
      photos_.push_back(std::move(photo));
      up_to_.push_back(sum);
    } catch (const Error& error) {
      left_out_.push_back(error.what());
    }
  }
  require(!photos_.empty(), "None of the ", files.size(), " files can be trained on; the first: ",
          left_out_.empty() ? std::string("all weights are 0") : left_out_.front());
  digest_ = all.hex();
}

at::Tensor PhotoSet::photo(std::size_t index) const {
  return samplesOf(photos_.at(index)).unsqueeze(0);
}

at::Tensor PhotoSet::crop(int side, at::Generator& generator) const {
  const auto drawn = std::upper_bound(up_to_.begin(), up_to_.end(), randomUniform(generator) * up_to_.back());
  const auto& photo = photos_[std::min<std::size_t>(drawn - up_to_.begin(), photos_.size() - 1)];
  const auto shortest = static_cast<double>(std::min(photo.size(1), photo.size(2)));
  const double largest = std::min(kLargestScale, shortest / side);
  const auto window = static_cast<std::int64_t>(side * std::pow(largest, randomUniform(generator)));
  auto at = [&](std::int64_t length) {
    return static_cast<std::int64_t>(randomUniform(generator) * static_cast<double>(length - window + 1));
  };
  const auto top = at(photo.size(1)), left = at(photo.size(2));
  auto x = samplesOf(photo.narrow(1, top, window).narrow(2, left, window));
  if (window != side) x = at::_upsample_bilinear2d_aa(x.unsqueeze(0), {side, side}, /*align_corners=*/false)[0];
  return randomUniform(generator) < 0.5 ? x.flip(2) : x;
}

at::Tensor PhotoSet::crops(int count, int side, at::Generator& generator) const {
  std::vector<at::Tensor> crops;
  for (int i = 0; i < count; ++i) crops.push_back(crop(side, generator));
  return at::stack(crops);
}

}  // namespace p2l
