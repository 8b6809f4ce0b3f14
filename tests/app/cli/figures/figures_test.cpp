// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <utility>

#include "app/cli/figures/heat_map.h"
#include "app/cli/figures/line_plot.h"
#include "app/cli/figures/panel.h"
#include "core/types/error.h"

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

TEST(Figures, LogTicksCoverTheRange) {
  EXPECT_EQ(logTicks(1.0, 10.0), (std::vector<double>{1, 2, 5, 10}));
  EXPECT_EQ(logTicks(3.0, 40.0), (std::vector<double>{2, 5, 10, 20, 50}));
  EXPECT_EQ(logTicks(2.0, 1e6), (std::vector<double>{1, 10, 100, 1e3, 1e4, 1e5, 1e6}));
  const auto small = logTicks(0.0013, 0.0014);
  EXPECT_LE(small.front(), 0.0013);
  EXPECT_GE(small.back(), 0.0014);
  EXPECT_EQ(small.size(), 2u);
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

TEST(Figures, PanelHasRowTitlesFreePlacesAndRoomForCaptions) {
  Image red(30, 20, 3);
  for (int i = 0; i < 600; ++i) red.pixels[static_cast<std::size_t>(3 * i)] = 1.0f;
  const auto plain = panelOf({{red, "a"}, {{}, ""}, {{}, ""}, {red, "a"}}, 2);
  EXPECT_EQ(countOf(plain, 255, 0, 0), 1200);
  const auto titled = panelOf({{red, "a"}, {{}, ""}, {{}, ""}, {red, "a"}}, 2, {"one", "two"});
  EXPECT_EQ(countOf(titled, 255, 0, 0), 1200);
  EXPECT_EQ(titled.width, plain.width);
  EXPECT_GT(titled.height, plain.height + 20);
  EXPECT_LT(countOf(titled, 255, 255, 255), titled.width * titled.height - 1200 - 2 * 5);  // the titles are written
  const auto wide = panelOf({{red, "wider than the picture"}, {red, "a"}}, 2);
  EXPECT_GT(wide.width, 2 * plain.width);
  const Image large(130, 20, 3);
  const auto one_line = panelOf({{large, "Good"}, {large, "Fast"}}, 2);
  const auto wrapped = panelOf({{large, "plain baseline (as measured)"}, {large, "Fast"}}, 2);
  EXPECT_EQ(wrapped.width, one_line.width);
  EXPECT_GT(wrapped.height, one_line.height + 10);
}

TEST(Figures, DifferenceMapAndItsTop) {
  Image a(2, 1, 3), b(2, 1, 4, 0.9f), grey(2, 1, 1, 0.25f);
  for (int c = 0; c < 3; ++c) b.at(0, 0, c) = 0.0f;
  b.at(1, 0, 0) = 0.3f;
  b.at(1, 0, 1) = b.at(1, 0, 2) = 0.0f;
  const auto map = differenceMap(a, b);  // alpha does not count
  ASSERT_EQ(map.size(), 2u);
  EXPECT_EQ(map[0], 0.0f);
  EXPECT_NEAR(map[1], std::sqrt(0.09 / 3.0), 1e-6);
  EXPECT_NEAR(differenceMap(grey, a)[1], 0.25, 1e-6);
  EXPECT_THROW(differenceMap(a, Image(1, 2, 3)), Error);
  std::vector<float> values(1000, 0.5f);
  values[17] = 9.0f;
  EXPECT_EQ(mapTop(values), 0.5f);
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

/// The middle of the pixels of a colour, as parts of the picture's width and height.
std::pair<double, double> middleOf(const Image& image, int r, int g, int b) {
  const auto frame = frameFromImage(image);
  double x = 0.0, y = 0.0, count = 0.0;
  for (std::size_t i = 0; i + 2 < frame.bytes.size(); i += 3) {
    if (frame.bytes[i] != r || frame.bytes[i + 1] != g || frame.bytes[i + 2] != b) continue;
    x += static_cast<double>(i / 3 % static_cast<std::size_t>(frame.width));
    y += static_cast<double>(i / 3 / static_cast<std::size_t>(frame.width));
    ++count;
  }
  return {x / count / frame.width, y / count / frame.height};
}

TEST(Figures, PlotWithALogarithmicAxisAndAFallingOne) {
  // The second curve is there for the ranges: x 0 to 10, y 1 to 1000.
  const Curve low{"low", {1, 2, 3}, {10, 10, 10}}, range{"range", {0, 10}, {1, 1000}, {}, /*joined=*/false};
  const auto linear = linePlot("", "", "", {low, range});
  const auto logarithmic = linePlot("", "", "", {low, range}, {.log_y = true});
  const auto falling = linePlot("", "", "", {low, range}, {.x_falls = true});
  EXPECT_GT(middleOf(linear, 0, 114, 178).second, middleOf(logarithmic, 0, 114, 178).second + 0.1);
  EXPECT_LT(middleOf(linear, 0, 114, 178).first + 0.2, middleOf(falling, 0, 114, 178).first);
  // What has no logarithm is left out, and so are the lines of a curve of dots.
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(countOf(linePlot("", "", "", {{"none", {1, 2}, {0.0, -1.0}}}, {.log_y = true}), 0, 114, 178),
            countOf(linePlot("", "", "", {{"none", {1, 2}, {nan, nan}}}), 0, 114, 178));
  const auto dots = countOf(linePlot("", "", "", {{"", {1, 9}, {1, 9}, {}, false}}), 0, 114, 178);
  EXPECT_GT(dots, 20);
  EXPECT_LT(2 * dots, countOf(linePlot("", "", "", {{"", {1, 9}, {1, 9}}}), 0, 114, 178));
}

TEST(Figures, TheSecondCurveOfAColourHasHollowDots) {
  std::vector<Curve> curves(8, Curve{"", {0, 10}, {0, 10}, {}, /*joined=*/false});
  curves.front().x = curves.front().y = {5, 5};  // apart from the eighth
  for (std::size_t i = 1; i < 7; ++i) curves[i].y = {std::nan(""), std::nan("")};
  auto first = curves, last = curves;
  first.back().y = last.front().y = {std::nan(""), std::nan("")};
  const auto full = linePlot("", "", "", first), hollow = linePlot("", "", "", last);
  EXPECT_GT(countOf(full, 0, 114, 178), 20);
  EXPECT_GT(countOf(hollow, 0, 114, 178), 20);
  EXPECT_NE(countOf(full, 0, 114, 178), countOf(hollow, 0, 114, 178));
}

TEST(Figures, LegendGoesWhereItHidesNothing) {
  // A curve through the upper right corner and one through the lower left leave the upper left and the lower right.
  const auto covered = [](const Curve& curve) {
    const auto plot = linePlot("", "", "", {curve, {"", {0, 10}, {0, 10}, {}, /*joined=*/false}});
    return countOf(plot, 0, 114, 178);
  };
  const int rising = covered({"a legend of some width", {5, 10}, {5, 10}});
  const int turned = covered({"a legend of some width", {5, 0}, {5, 10}});
  EXPECT_NEAR(rising, turned, 60);  // as long, and neither is dimmed by the legend's ground
}

}  // namespace
}  // namespace p2l::cli
