// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/codec/animation.h"

#include <gtest/gtest.h>
#include <webp/decode.h>
#include <webp/demux.h>

#include "core/types/error.h"

namespace p2l {
namespace {

std::shared_ptr<const Frame> flat(int width, int height, std::uint8_t red, std::uint8_t green) {
  auto frame = std::make_shared<Frame>();
  frame->width = width;
  frame->height = height;
  for (int i = 0; i < width * height; ++i) frame->bytes.insert(frame->bytes.end(), {red, green, 30});
  return frame;
}

TEST(Animation, EveryPictureIsThereInOrderWithItsTime) {
  const auto bytes = encodeAnimation({flat(33, 20, 250, 0), flat(33, 20, 0, 250), flat(33, 20, 120, 120)}, 80);
  const WebPData data = {bytes.data(), bytes.size()};
  WebPAnimDecoder* decoder = WebPAnimDecoderNew(&data, nullptr);  // libwebp's own reader
  ASSERT_NE(decoder, nullptr);
  WebPAnimInfo info;
  ASSERT_TRUE(WebPAnimDecoderGetInfo(decoder, &info));
  EXPECT_EQ(info.canvas_width, 33u);
  EXPECT_EQ(info.canvas_height, 20u);
  EXPECT_EQ(info.frame_count, 3u);
  EXPECT_EQ(info.loop_count, 0u);  // for ever
  const int ends[] = {80, 160, 160 + 800}, reds[] = {250, 0, 120}, greens[] = {0, 250, 120};
  for (int i = 0; i < 3; ++i) {
    std::uint8_t* pixels = nullptr;
    int end = 0;
    ASSERT_TRUE(WebPAnimDecoderGetNext(decoder, &pixels, &end));
    EXPECT_EQ(end, ends[i]);
    EXPECT_NEAR(pixels[0], reds[i], 6);
    EXPECT_NEAR(pixels[1], greens[i], 6);
    EXPECT_NEAR(pixels[2], 30, 6);
  }
  WebPAnimDecoderDelete(decoder);
}

TEST(Animation, PicturesThatDoNotFitAreASentence) {
  EXPECT_THROW(encodeAnimation({}, 80), Error);
  EXPECT_THROW(encodeAnimation({flat(8, 8, 0, 0), flat(8, 9, 0, 0)}, 80), Error);
}

}  // namespace
}  // namespace p2l
