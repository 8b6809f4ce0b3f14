// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/figures/heat_map.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "core/types/error.h"

namespace p2l::cli {

std::vector<float> differenceMap(const Image& a, const Image& b) {
  require(a.width == b.width && a.height == b.height, "Pictures of one size were expected, found ", a.width, " x ",
          a.height, " and ", b.width, " x ", b.height, ".");
  const auto colours = [](const Image& image) { return image.channels - (image.hasAlpha() ? 1 : 0); };
  const int count = std::max(colours(a), colours(b));
  std::vector<float> map;
  for (int y = 0; y < a.height; ++y) {
    for (int x = 0; x < a.width; ++x) {
      double sum = 0.0;
      for (int c = 0; c < count; ++c) {
        const double difference = a.at(x, y, std::min(c, colours(a) - 1)) - b.at(x, y, std::min(c, colours(b) - 1));
        sum += difference * difference;
      }
      map.push_back(static_cast<float>(std::sqrt(sum / count)));
    }
  }
  return map;
}

float mapTop(std::vector<float> values) {
  require(!values.empty(), "A map needs numbers");
  const auto place = values.begin() + static_cast<std::ptrdiff_t>(0.995 * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), place, values.end());
  return *place;
}

Image heatMap(const std::vector<float>& values, int width, int height, float top) {
  require(values.size() == static_cast<std::size_t>(width) * height && width > 0 && height > 0, "A map of ", width,
          " x ", height, " numbers was expected, found ", values.size(), ".");
  cv::Mat grey(height, width, CV_8UC1);
  std::transform(values.begin(), values.end(), grey.begin<std::uint8_t>(), [&](float value) {
    return cv::saturate_cast<std::uint8_t>(top > 0.0f ? 255.0f * value / top : 0.0f);
  });
  cv::Mat coloured;
  cv::applyColorMap(grey, coloured, cv::COLORMAP_VIRIDIS);
  cv::cvtColor(coloured, coloured, cv::COLOR_BGR2RGB);
  Frame frame;
  frame.width = width;
  frame.height = height;
  frame.bytes.assign(coloured.datastart, coloured.dataend);
  return imageFromFrame(frame);
}

}  // namespace p2l::cli
