// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

namespace p2l {

/// A picture as the program's outer parts see it: interleaved rows of float samples in [0, 1], sRGB.
/// channels: 1 grey, 2 grey + alpha, 3 RGB, 4 RGBA. An empty image has width 0.
struct Image {
  int width = 0;
  int height = 0;
  int channels = 0;
  std::vector<float> pixels;  ///< height * width * channels samples

  Image() = default;
  Image(int width, int height, int channels, float value = 0.0f);

  bool empty() const { return width == 0 || height == 0; }
  bool hasAlpha() const { return channels == 2 || channels == 4; }
  float& at(int x, int y, int channel) { return pixels[index(x, y, channel)]; }
  float at(int x, int y, int channel) const { return pixels[index(x, y, channel)]; }

 private:
  std::size_t index(int x, int y, int channel) const {
    return (static_cast<std::size_t>(y) * width + x) * channels + channel;
  }
};

/// A picture that several hold and nobody changes. Copies share the samples. One without a picture is an empty Image.
class SharedImage {
 public:
  SharedImage() = default;
  SharedImage(Image image) : image_(std::make_shared<const Image>(std::move(image))) {}  // NOLINT: shares it
  SharedImage(std::shared_ptr<const Image> image) : image_(std::move(image)) {}          // NOLINT: shares it

  const Image& operator*() const;
  const Image* operator->() const { return &**this; }
  operator const Image&() const { return **this; }  // NOLINT: reads as the picture
  bool empty() const { return (**this).empty(); }

 private:
  std::shared_ptr<const Image> image_;
};

/// A picture ready to be shown: interleaved 8-bit RGB (3) or RGBA (4), rows without padding.
struct Frame {
  int width = 0;
  int height = 0;
  int channels = 3;
  std::vector<std::uint8_t> bytes;

  bool empty() const { return width == 0 || height == 0; }
};

/// Clips to [0, 1], rounds to 8 bit; grey becomes RGB.
Frame frameFromImage(const Image& image);
/// The inverse: samples / 255.
Image imageFromFrame(const Frame& frame);

/// The largest centred square of the picture.
Image centreSquare(const Image& image);
/// Area resampling when shrinking, bicubic when growing, of colours premultiplied by alpha. Width and height must be
/// positive.
Image resizeImage(const Image& image, int width, int height);

}  // namespace p2l
