// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/types/transparency.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <vector>

namespace p2l {
namespace {

Image alphaOf(const Image& image) {
  Image alpha(image.width, image.height, 1);
  for (std::size_t pixel = 0; pixel < alpha.pixels.size(); ++pixel)
    alpha.pixels[pixel] = image.pixels[(pixel + 1) * image.channels - 1];
  return alpha;
}

}  // namespace

Image spreadColours(Image image) {
  if (!image.hasAlpha()) return image;
  const Image alpha = alphaOf(image);
  const auto hidden = std::count(alpha.pixels.begin(), alpha.pixels.end(), 0.0f);
  if (hidden == 0 || hidden == static_cast<std::ptrdiff_t>(alpha.pixels.size())) return image;
  cv::Mat is_hidden(image.height, image.width, CV_8U);
  std::transform(alpha.pixels.begin(), alpha.pixels.end(), is_hidden.begin<std::uint8_t>(),
                 [](float a) { return a > 0.0f ? 0 : 255; });
  cv::Mat distance, nearest;
  cv::distanceTransform(is_hidden, distance, nearest, cv::DIST_L2, cv::DIST_MASK_5, cv::DIST_LABEL_PIXEL);
  // A label stands for one visible pixel; which one, the visible pixels say.
  std::vector<std::size_t> source(alpha.pixels.size() + 1);
  const auto* labels = nearest.ptr<int>();
  for (std::size_t pixel = 0; pixel < alpha.pixels.size(); ++pixel)
    if (alpha.pixels[pixel] > 0.0f) source[static_cast<std::size_t>(labels[pixel])] = pixel;
  const auto channels = static_cast<std::size_t>(image.channels);
  for (std::size_t pixel = 0; pixel < alpha.pixels.size(); ++pixel) {
    if (alpha.pixels[pixel] > 0.0f) continue;
    const auto from = source[static_cast<std::size_t>(labels[pixel])];
    std::copy_n(&image.pixels[from * channels], channels - 1, &image.pixels[pixel * channels]);
  }
  return image;
}

Image likePhoto(const Image& rgb, const PhotoKind& kind) {
  const Image& photo = kind.photo;
  const bool grey = photo.channels <= 2;
  if (!grey && !photo.hasAlpha()) return rgb;
  const bool same_size = photo.width == rgb.width && photo.height == rgb.height;
  const Image alpha = photo.hasAlpha() ? resizeImage(alphaOf(photo), rgb.width, rgb.height) : Image();
  const int colours = grey ? 1 : 3;
  Image result(rgb.width, rgb.height, photo.channels);
  for (int y = 0; y < rgb.height; ++y) {
    for (int x = 0; x < rgb.width; ++x) {
      for (int c = 0; c < colours; ++c) {
        result.at(x, y, c) = grey ? (rgb.at(x, y, 0) + rgb.at(x, y, 1) + rgb.at(x, y, 2)) / 3.0f : rgb.at(x, y, c);
      }
      if (!photo.hasAlpha()) continue;
      const bool filled = !kind.filled.empty() && kind.filled.at(x, y, 0) > 0.5f;
      const float a = filled ? 1.0f : alpha.at(x, y, 0);
      result.at(x, y, colours) = a;
      if (a > 0.0f || !kind.keep_hidden || !same_size) continue;
      for (int c = 0; c < colours; ++c) result.at(x, y, c) = photo.at(x, y, c);
    }
  }
  return result;
}

}  // namespace p2l
