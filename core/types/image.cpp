// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/types/image.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "core/types/error.h"

namespace p2l {

const Image& SharedImage::operator*() const {
  static const Image none;
  return image_ ? *image_ : none;
}

Image::Image(int width, int height, int channels, float value) : width(width), height(height), channels(channels) {
  require(width >= 0 && height >= 0 && channels >= 1 && channels <= 4, "no picture has ", width, " x ", height,
          " pixels of ", channels, " channels.");
  pixels.assign(static_cast<std::size_t>(width) * height * channels, value);
}

Frame frameFromImage(const Image& image) {
  Frame frame;
  frame.width = image.width;
  frame.height = image.height;
  frame.channels = image.hasAlpha() ? 4 : 3;
  const bool grey = image.channels < 3;
  const std::size_t pixel_count = static_cast<std::size_t>(image.width) * image.height;
  frame.bytes.resize(pixel_count * frame.channels);
  for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) {
    for (int channel = 0; channel < frame.channels; ++channel) {
      const int source = grey ? channel / 3 : channel;  // red, green and blue from grey; the fourth is alpha
      const float level = image.pixels[pixel * image.channels + source] * 255.0f;
      // The order of the arguments turns a sample that is not a number into 0.
      const float clipped = std::min(std::max(0.0f, level), 255.0f);
      frame.bytes[pixel * frame.channels + channel] = static_cast<std::uint8_t>(std::lround(clipped));
    }
  }
  return frame;
}

Image imageFromFrame(const Frame& frame) {
  Image image(frame.width, frame.height, frame.channels);
  std::transform(frame.bytes.begin(), frame.bytes.end(), image.pixels.begin(),
                 [](std::uint8_t byte) { return static_cast<float>(byte) / 255.0f; });
  return image;
}

Image centreSquare(const Image& image) {
  if (image.width == image.height) return image;
  const int side = std::min(image.width, image.height);
  const int left = (image.width - side) / 2;
  const int top = (image.height - side) / 2;
  Image square(side, side, image.channels);
  const std::size_t row = static_cast<std::size_t>(side) * image.channels;
  for (int y = 0; y < side; ++y) {
    std::copy_n(&image.pixels[(static_cast<std::size_t>(top + y) * image.width + left) * image.channels], row,
                &square.pixels[y * row]);
  }
  return square;
}

namespace {

/// Below half of a 10-bit step: the colour of so faint a pixel is rounding.
constexpr float kInvisible = 1.0f / 2048.0f;

bool isOpaque(const Image& image) {
  if (!image.hasAlpha()) return true;
  for (std::size_t at = image.channels - 1; at < image.pixels.size(); at += image.channels)
    if (image.pixels[at] != 1.0f) return false;
  return true;
}

void premultiply(Image& image) {
  for (std::size_t at = 0; at < image.pixels.size(); at += image.channels) {
    const float alpha = image.pixels[at + image.channels - 1];
    for (int c = 0; c + 1 < image.channels; ++c) image.pixels[at + c] *= alpha;
  }
}

void divideByAlpha(Image& image) {
  for (std::size_t at = 0; at < image.pixels.size(); at += image.channels) {
    float& alpha = image.pixels[at + image.channels - 1];
    if (alpha < kInvisible) alpha = 0.0f;
    for (int c = 0; c + 1 < image.channels; ++c) {
      float& sample = image.pixels[at + c];
      sample = alpha > 0.0f ? std::min(sample / alpha, 1.0f) : 0.0f;
    }
  }
}

/// All channels alike.
Image resample(const Image& image, int width, int height) {
  const int type = CV_MAKETYPE(CV_32F, image.channels);
  cv::Mat pixels(image.height, image.width, type, const_cast<float*>(image.pixels.data()));
  // Area resampling is exact averaging only where both sides shrink, so the shrinking comes first and by itself.
  const cv::Size shrunk(std::min(width, image.width), std::min(height, image.height));
  if (shrunk != pixels.size()) {
    cv::Mat smaller;
    cv::resize(pixels, smaller, shrunk, 0.0, 0.0, cv::INTER_AREA);
    pixels = smaller;
  }
  Image result(width, height, image.channels);
  cv::Mat target(height, width, type, result.pixels.data());
  if (target.size() == pixels.size()) {
    pixels.copyTo(target);
  } else {
    cv::resize(pixels, target, target.size(), 0.0, 0.0, cv::INTER_CUBIC);
    for (float& sample : result.pixels) sample = std::clamp(sample, 0.0f, 1.0f);  // bicubic overshoots at edges
  }
  return result;
}

}  // namespace

Image resizeImage(const Image& image, int width, int height) {
  require(width > 0 && height > 0, "a picture cannot be resized to ", width, " x ", height, " pixels.");
  require(!image.empty(), "an empty picture cannot be resized.");
  if (width == image.width && height == image.height) return image;
  if (isOpaque(image)) return resample(image, width, height);
  Image premultiplied = image;
  premultiply(premultiplied);
  Image result = resample(premultiplied, width, height);
  divideByAlpha(result);
  return result;
}

}  // namespace p2l
