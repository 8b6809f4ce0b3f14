// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/figures/heat_map.h"

#include <algorithm>
#include <opencv2/imgproc.hpp>

#include "core/base/error.h"

namespace p2l::cli {

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
