// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/experiment/spread.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/types/error.h"

namespace p2l {

void Spread::add(const Image& picture) {
  if (count_ == 0) {
    shape_ = Image(picture.width, picture.height, picture.channels);
    mean_.assign(picture.pixels.size(), 0.0);
    squares_ = mean_;
  }
  require(picture.width == shape_.width && picture.height == shape_.height && picture.channels == shape_.channels,
          "Pictures of one size were expected, found ", picture.width, " x ", picture.height, " after ", shape_.width,
          " x ", shape_.height, ".");
  ++count_;
  for (std::size_t i = 0; i < mean_.size(); ++i) {
    const double from_old = picture.pixels[i] - mean_[i];
    mean_[i] += from_old / count_;
    squares_[i] += from_old * (picture.pixels[i] - mean_[i]);
  }
}

Image Spread::mean() const {
  Image image = shape_;
  for (std::size_t i = 0; i < mean_.size(); ++i) image.pixels[i] = static_cast<float>(mean_[i]);
  return image;
}

std::vector<float> Spread::deviation() const {
  if (count_ < 2) return {};
  const auto channels = static_cast<std::size_t>(shape_.channels);
  const auto colours = channels - (shape_.hasAlpha() ? 1 : 0);
  std::vector<float> map;
  for (std::size_t pixel = 0; pixel < squares_.size(); pixel += channels) {
    double sum = 0.0;
    for (std::size_t c = 0; c < colours; ++c) sum += squares_[pixel + c];
    map.push_back(static_cast<float>(std::sqrt(sum / static_cast<double>(colours) / (count_ - 1))));
  }
  return map;
}

std::vector<Calibration> calibrationOf(const std::vector<float>& spread, const std::vector<float>& error, int groups) {
  const auto count = spread.size();
  require(error.size() == count && groups > 0 && count >= static_cast<std::size_t>(groups), "Two maps of at least ",
          groups, " pixels were expected, found ", count, " and ", error.size(), ".");
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return spread[a] < spread[b]; });
  std::vector<Calibration> result;
  for (int group = 0; group < groups; ++group) {
    const auto begin = count * group / groups, end = count * (group + 1) / groups;
    Calibration sum;
    for (auto i = begin; i < end; ++i) {
      sum.spread += std::pow(spread[order[i]], 2);
      sum.error += std::pow(error[order[i]], 2);
    }
    const auto size = static_cast<double>(end - begin);
    result.push_back({std::sqrt(sum.spread / size), std::sqrt(sum.error / size)});
  }
  return result;
}

}  // namespace p2l
