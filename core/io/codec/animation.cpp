// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/codec/animation.h"

#include <webp/decode.h>
#include <webp/demux.h>
#include <webp/encode.h>
#include <webp/mux.h>

#include <algorithm>

#include "core/types/error.h"

namespace p2l {
namespace {

constexpr float kQuality = 90.0f;
constexpr int kMethod = 2;  // 0 quick .. 6 small
constexpr int kLastFactor = 10;

struct EncoderEnd {
  void operator()(WebPAnimEncoder* encoder) const { WebPAnimEncoderDelete(encoder); }
};

class Picture {
 public:
  explicit Picture(const Frame& frame) {
    require(WebPPictureInit(&picture_) != 0, "The installed libwebp does not fit this program.");
    picture_.use_argb = 1;
    picture_.width = frame.width;
    picture_.height = frame.height;
    const auto take = frame.channels == 4 ? &WebPPictureImportRGBA : &WebPPictureImportRGB;
    require(take(&picture_, frame.bytes.data(), frame.width * frame.channels) != 0,
            "There is not enough memory for a picture as WebP.");
  }
  ~Picture() { WebPPictureFree(&picture_); }
  Picture(const Picture&) = delete;
  Picture& operator=(const Picture&) = delete;
  WebPPicture* get() { return &picture_; }

 private:
  WebPPicture picture_;
};

/// Of one picture.
WebPBitstreamFeatures featuresOf(std::span<const std::uint8_t> webp) {
  WebPBitstreamFeatures features;
  require(WebPGetFeatures(webp.data(), webp.size(), &features) == VP8_STATUS_OK && !features.has_animation,
          "A picture in it is no WebP.");
  return features;
}

std::size_t bytesOf(const WebPBitstreamFeatures& features) {
  return std::size_t(features.width) * std::size_t(features.height) * (features.has_alpha ? 4 : 3);
}

}  // namespace

std::vector<std::uint8_t> encodeAnimation(const std::vector<std::shared_ptr<const Frame>>& frames, int milliseconds) {
  require(!frames.empty(), "There are no pictures for an animation.");
  const int width = frames.front()->width, height = frames.front()->height;
  WebPAnimEncoderOptions options;
  WebPConfig config;
  require(WebPAnimEncoderOptionsInit(&options) != 0 && WebPConfigInit(&config) != 0,
          "The installed libwebp does not fit this program.");
  config.quality = kQuality;
  config.method = kMethod;
  const std::unique_ptr<WebPAnimEncoder, EncoderEnd> encoder(WebPAnimEncoderNew(width, height, &options));
  require(encoder != nullptr, "An animation of ", width, " x ", height, " pixels cannot be made.");
  const auto check = [&](int succeeded) {
    require(succeeded != 0, "The animation cannot be encoded: ", WebPAnimEncoderGetError(encoder.get()), ".");
  };
  int time = 0;
  for (const auto& frame : frames) {
    require(frame->width == width && frame->height == height, "The pictures of an animation must have one size, found ",
            width, " x ", height, " and ", frame->width, " x ", frame->height, ".");
    check(WebPAnimEncoderAdd(encoder.get(), Picture(*frame).get(), time, &config));
    time += milliseconds;
  }
  check(WebPAnimEncoderAdd(encoder.get(), nullptr, time + (kLastFactor - 1) * milliseconds, nullptr));
  WebPData data;
  WebPDataInit(&data);
  check(WebPAnimEncoderAssemble(encoder.get(), &data));
  std::vector<std::uint8_t> bytes(data.bytes, data.bytes + data.size);
  WebPDataClear(&data);
  return bytes;
}

std::optional<DecodedPicture> firstOfAnimation(std::span<const std::uint8_t> webp) {
  WebPBitstreamFeatures features;
  if (WebPGetFeatures(webp.data(), webp.size(), &features) != VP8_STATUS_OK || !features.has_animation)
    return std::nullopt;
  const WebPData data = {webp.data(), webp.size()};
  const std::unique_ptr<WebPAnimDecoder, decltype(&WebPAnimDecoderDelete)> decoder(WebPAnimDecoderNew(&data, nullptr),
                                                                                   &WebPAnimDecoderDelete);
  WebPAnimInfo info;
  std::uint8_t* canvas = nullptr;
  int time = 0;
  if (!decoder || !WebPAnimDecoderGetInfo(decoder.get(), &info) ||
      !WebPAnimDecoderGetNext(decoder.get(), &canvas, &time))
    return std::nullopt;
  Frame frame;
  frame.width = static_cast<int>(info.canvas_width);
  frame.height = static_cast<int>(info.canvas_height);
  frame.channels = features.has_alpha ? 4 : 3;
  const std::size_t pixels = std::size_t{info.canvas_width} * info.canvas_height;
  frame.bytes.reserve(pixels * frame.channels);
  for (std::size_t i = 0; i < pixels; ++i)
    frame.bytes.insert(frame.bytes.end(), canvas + 4 * i, canvas + 4 * i + frame.channels);
  DecodedPicture picture;
  picture.image = imageFromFrame(frame);
  picture.remarks.push_back(concat("The first of the animation's ", info.frame_count, " pictures was read."));
  return picture;
}

std::vector<std::uint8_t> encodeLossyWebp(const Frame& frame) {
  require(std::max(frame.width, frame.height) <= WEBP_MAX_DIMENSION, "A picture of ", frame.width, " x ", frame.height,
          " pixels is too large for a WebP, which takes ", WEBP_MAX_DIMENSION, " a side.");
  WebPConfig config;
  require(WebPConfigInit(&config) != 0, "The installed libwebp does not fit this program.");
  config.quality = kQuality;
  config.method = 0;
  Picture picture(frame);
  WebPMemoryWriter writer;
  WebPMemoryWriterInit(&writer);
  picture.get()->writer = &WebPMemoryWrite;
  picture.get()->custom_ptr = &writer;
  const bool encoded = WebPEncode(&config, picture.get()) != 0;
  std::vector<std::uint8_t> bytes(writer.mem, writer.mem + writer.size);
  WebPMemoryWriterClear(&writer);
  require(encoded, "A picture of ", frame.width, " x ", frame.height, " pixels cannot be encoded as WebP.");
  return bytes;
}

std::size_t decodedBytes(std::span<const std::uint8_t> webp) {
  return bytesOf(featuresOf(webp));
}

Frame decodeWebp(std::span<const std::uint8_t> webp) {
  const auto features = featuresOf(webp);
  Frame frame;
  frame.width = features.width;
  frame.height = features.height;
  frame.channels = features.has_alpha ? 4 : 3;
  frame.bytes.resize(bytesOf(features));
  const auto decode = features.has_alpha ? &WebPDecodeRGBAInto : &WebPDecodeRGBInto;
  require(
      decode(webp.data(), webp.size(), frame.bytes.data(), frame.bytes.size(), frame.width * frame.channels) != nullptr,
      "A picture in it is damaged.");
  return frame;
}

}  // namespace p2l
