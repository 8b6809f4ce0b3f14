// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "app/cli/figures/heat_map.h"
#include "app/cli/figures/line_plot.h"
#include "app/cli/figures/panel.h"
#include "core/base/error.h"

namespace p2l::cli {
namespace {

int countOf(const Image& image, int r, int g, int b) {
  const auto frame = frameFromImage(image);
  int count = 0;
  for (std::size_t i = 0; i + 2 < frame.bytes.size(); i += 3) {
    count += frame.bytes[i] == r && frame.bytes[i + 1] == g && frame.bytes[i + 2] == b;
  }
  return count;
}

TEST(Figures, TicksAreRoundAndCoverTheRange) {
  EXPECT_EQ(roundTicks(0.0, 10.0, 5), (std::vector<double>{0, 2, 4, 6, 8, 10}));
  EXPECT_EQ(roundTicks(1.0, 24.0, 12), (std::vector<double>{0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24}));
  const auto ticks = roundTicks(-0.013, 0.041, 5);
  EXPECT_LE(ticks.front(), -0.013);
  EXPECT_GE(ticks.back(), 0.041);
  EXPECT_NEAR(ticks[1] - ticks[0], 0.02, 1e-12);
}

TEST(Figures, PanelHoldsThePicturesPixelForPixel) {
  Image red(5, 4, 3), grey(6, 3, 1, 0.2f);
  for (int i = 0; i < 20; ++i) red.pixels[static_cast<std::size_t>(3 * i)] = 1.0f;
  const auto panel = panelOf({{red, ""}, {grey, ""}, {red, ""}}, 2);
  EXPECT_EQ(countOf(panel, 255, 0, 0), 40);
  EXPECT_EQ(countOf(panel, 51, 51, 51), 18);
  const auto with_words = panelOf({{red,
                                    "r\xc3\xa9"
                                    "d\nsecond line"},
                                   {grey, ""},
                                   {red, ""}},
                                  2);
  EXPECT_EQ(countOf(with_words, 255, 0, 0), 40);
  EXPECT_GT(with_words.height, panel.height);
  EXPECT_LT(countOf(with_words, 255, 255, 255), with_words.width * with_words.height - 58);  // something is written
  EXPECT_THROW(panelOf({}, 2), Error);
}

TEST(Figures, HeatMapGoesFromDarkToBright) {
  const auto map = heatMap({0.0f, 0.5f, 1.0f, 7.0f}, 2, 2, 1.0f);
  EXPECT_EQ(countOf(map, 68, 1, 84), 1);     // viridis at 0
  EXPECT_EQ(countOf(map, 253, 231, 37), 2);  // and at 1; more than the top is the top
  EXPECT_THROW(heatMap({0.0f}, 2, 2, 1.0f), Error);
  EXPECT_EQ(countOf(heatMap({0.0f, 0.0f}, 2, 1, 0.0f), 68, 1, 84), 2);
}

TEST(Figures, PlotDrawsWhatIsFinite) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const auto plot = linePlot(
      "Title", "x", "y", {{"up", {1, 2, 3, 4}, {1, 2, 4, nan}, {0.5, 0.5, nan, 0.1}}, {"down", {1, 4}, {3, 2}, {}}});
  EXPECT_GT(countOf(plot, 0, 114, 178), 300);  // the first curve's colour
  EXPECT_GT(countOf(plot, 213, 94, 0), 300);   // the second's
  // Nothing to draw is no error, nor is a single point.
  EXPECT_EQ(countOf(linePlot("", "", "", {{"none", {1.0}, {nan}, {}}}), 213, 94, 0), 0);
  EXPECT_GT(countOf(linePlot("", "", "", {{"one", {1.0}, {5.0}, {}}}), 0, 114, 178), 10);
}

}  // namespace
}  // namespace p2l::cli
