// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/figures/line_plot.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <limits>

#include "app/cli/figures/canvas.h"

namespace p2l::cli {
namespace {

constexpr int kWidth = 860, kHeight = 520;
constexpr int kLeft = 80, kRight = 30, kTop = 66, kBottom = 60;
constexpr int kLetter = 10;
const cv::Scalar kInk(30, 30, 30), kGrid(225, 225, 225), kBare(150, 150, 150);  // kBare: lines without dots

/// Colours that stay apart for colour-blind readers (Okabe and Ito).
const cv::Scalar kColours[] = {{0, 114, 178}, {213, 94, 0},   {0, 158, 115}, {204, 121, 167},
                               {230, 159, 0}, {86, 180, 233}, {90, 90, 90}};

struct Range {
  double low = std::numeric_limits<double>::infinity();
  double high = -std::numeric_limits<double>::infinity();

  void include(double value) {
    if (!std::isfinite(value)) return;
    low = std::min(low, value);
    high = std::max(high, value);
  }
  /// Never empty; `positive`: nor does it reach 0.
  void widen(bool positive = false) {
    if (low > high) *this = {positive ? 0.1 : 0.0, 1.0};
    if (low == high) *this = {positive ? low / 2.0 : low - 1.0, positive ? high * 2.0 : high + 1.0};
  }
};

/// From numbers to pixels.
struct Axes {
  Range x, y;
  PlotScale scale;

  bool shows(double py) const { return std::isfinite(py) && (!scale.log_y || py > 0.0); }
  cv::Point2d at(double px, double py) const {
    const auto part = [](const Range& range, double value) { return (value - range.low) / (range.high - range.low); };
    const double across = scale.x_falls ? 1.0 - part(x, px) : part(x, px);
    const double up = scale.log_y ? part({std::log(y.low), std::log(y.high)}, std::log(py)) : part(y, py);
    return {kLeft + across * (kWidth - kLeft - kRight), kHeight - kBottom - up * (kHeight - kTop - kBottom)};
  }
};

std::string tickText(double value) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.6g", std::abs(value) < 1e-12 ? 0.0 : value);
  return text.data();
}

void drawAxes(Canvas& canvas, const Axes& axes, const std::vector<double>& x_ticks,
              const std::vector<double>& y_ticks) {
  for (const double tick : x_ticks) {
    const auto foot = axes.at(tick, axes.y.low);
    canvas.line(foot, axes.at(tick, axes.y.high), kGrid);
    const auto text = tickText(tick);
    canvas.text(text, cvRound(foot.x) - Canvas::textWidth(text, kLetter) / 2, cvRound(foot.y) + 20, kLetter, kInk);
  }
  for (const double tick : y_ticks) {
    const auto foot = axes.at(axes.x.low, tick);
    canvas.line(foot, axes.at(axes.x.high, tick), kGrid);
    const auto text = tickText(tick);
    canvas.text(text, kLeft - 8 - Canvas::textWidth(text, kLetter), cvRound(foot.y) + kLetter / 2, kLetter, kInk);
  }
  canvas.line(axes.at(axes.x.low, axes.y.low), axes.at(axes.x.high, axes.y.low), kInk);
  const double left = axes.scale.x_falls ? axes.x.high : axes.x.low;
  canvas.line(axes.at(left, axes.y.low), axes.at(left, axes.y.high), kInk);
}

struct Pen {
  cv::Scalar colour;
  bool ring = false;  ///< dots are hollow: a colour's second curve

  void dot(Canvas& canvas, cv::Point2d centre) const {
    canvas.dot(centre, ring ? 4 : 3, colour);
    if (ring) canvas.dot(centre, 2, {255, 255, 255});
  }
};

Pen penOf(const std::vector<Curve>& curves, std::size_t i) {
  constexpr auto kCount = std::size(kColours);
  return curves[i].dots ? Pen{kColours[i % kCount], i / kCount % 2 == 1} : Pen{kBare};
}

void drawCurve(Canvas& canvas, const Axes& axes, const Curve& curve, const Pen& pen) {
  std::vector<cv::Point> upper, lower;
  for (std::size_t i = 0; i < curve.deviation.size(); ++i) {
    if (!axes.shows(curve.y[i] - curve.deviation[i])) continue;
    upper.emplace_back(axes.at(curve.x[i], curve.y[i] + curve.deviation[i]));
    lower.emplace_back(axes.at(curve.x[i], curve.y[i] - curve.deviation[i]));
  }
  upper.insert(upper.end(), lower.rbegin(), lower.rend());
  canvas.shade(upper, pen.colour, 0.2);
  const cv::Point2d* last = nullptr;
  cv::Point2d here, before;
  for (std::size_t i = 0; i < curve.y.size(); ++i) {
    if (!axes.shows(curve.y[i])) continue;
    here = axes.at(curve.x[i], curve.y[i]);
    if (last && curve.joined) canvas.line(before, here, pen.colour, 2);
    if (curve.dots) pen.dot(canvas, here);
    before = here;
    last = &before;
  }
}

/// How many pixels of the curves' lines and dots lie in the box, roughly: they are looked at every few pixels.
int hiddenBy(const cv::Rect2d& box, const Axes& axes, const std::vector<Curve>& curves) {
  constexpr int kLooks = 20;
  int hidden = 0;
  for (const auto& curve : curves) {
    cv::Point2d before;
    bool begun = false;
    for (std::size_t i = 0; i < curve.y.size(); ++i) {
      if (!axes.shows(curve.y[i])) continue;
      const auto here = axes.at(curve.x[i], curve.y[i]);
      for (int k = begun && curve.joined ? 1 : kLooks; k <= kLooks; ++k) {
        hidden += box.contains(before + (here - before) * (static_cast<double>(k) / kLooks));
      }
      before = here;
      begun = true;
    }
  }
  return hidden;
}

void drawLegend(Canvas& canvas, const Axes& axes, const std::vector<Curve>& curves) {
  int width = 0;
  for (const auto& curve : curves) width = std::max(width, Canvas::textWidth(curve.label, kLetter) + 48);
  const int height = 6 + 20 * static_cast<int>(curves.size());
  const int left = kLeft + 2, right = kWidth - kRight - width, top = kTop + 2, bottom = kHeight - kBottom - 2 - height;
  cv::Rect best(right, top, width, height);
  for (const auto& corner : {cv::Point(left, top), cv::Point(right, bottom), cv::Point(left, bottom)}) {
    const cv::Rect box(corner, best.size());
    if (hiddenBy(box, axes, curves) < hiddenBy(best, axes, curves)) best = box;
  }
  const cv::Point far = best.br();
  canvas.shade({best.tl(), {far.x, best.y}, far, {best.x, far.y}}, {255, 255, 255}, 0.8);
  int y = best.y + 14;
  for (std::size_t i = 0; i < curves.size(); ++i, y += 20) {
    const auto pen = penOf(curves, i);
    const double x = best.x + 8.0;
    if (curves[i].joined) canvas.line({x, y - 4.0}, {x + 24.0, y - 4.0}, pen.colour, 2);
    if (curves[i].dots) pen.dot(canvas, {x + 12.0, y - 4.0});
    canvas.text(curves[i].label, best.x + 40, y, kLetter, kInk);
  }
}

}  // namespace

std::vector<double> roundTicks(double low, double high, int count) {
  const double rough = (high - low) / std::max(count, 1);
  const double power = std::pow(10.0, std::floor(std::log10(rough)));
  double step = 10.0 * power;
  for (const double factor : {1.0, 2.0, 5.0}) {
    if (factor * power >= rough * (1.0 - 1e-9)) {
      step = factor * power;
      break;
    }
  }
  std::vector<double> ticks;
  const auto first = static_cast<long>(std::floor(low / step + 1e-9));
  const auto last = static_cast<long>(std::ceil(high / step - 1e-9));
  for (long i = first; i <= last; ++i) ticks.push_back(static_cast<double>(i) * step);
  return ticks;
}

std::vector<double> logTicks(double low, double high) {
  constexpr double kSlack = 1e-9;
  const auto first = static_cast<int>(std::floor(std::log10(low) + kSlack));
  const auto last = static_cast<int>(std::ceil(std::log10(high) - kSlack));
  std::vector<double> ticks;
  for (int power = first; power <= last; ++power) {
    for (const double factor : {1.0, 2.0, 5.0}) {
      if (factor == 1.0 || last - first <= 3) ticks.push_back(factor * std::pow(10.0, power));
    }
  }
  while (ticks.size() > 2 && ticks[1] <= low * (1.0 + kSlack)) ticks.erase(ticks.begin());
  while (ticks.size() > 2 && ticks[ticks.size() - 2] >= high * (1.0 - kSlack)) ticks.pop_back();
  return ticks;
}

Image linePlot(const std::string& title, const std::string& x_label, const std::string& y_label,
               const std::vector<Curve>& curves, const PlotScale& scale) {
  Axes axes;
  axes.scale = scale;
  for (const auto& curve : curves) {
    for (std::size_t i = 0; i < curve.y.size(); ++i) {
      if (!axes.shows(curve.y[i])) continue;
      axes.x.include(curve.x[i]);
      const double deviation = curve.deviation.empty() ? 0.0 : curve.deviation[i];
      for (const double y : {curve.y[i], curve.y[i] - deviation, curve.y[i] + deviation}) {
        if (axes.shows(y)) axes.y.include(y);
      }
    }
  }
  axes.x.widen();
  axes.y.widen(scale.log_y);
  const auto x_ticks = roundTicks(axes.x.low, axes.x.high, 12);
  const auto y_ticks = scale.log_y ? logTicks(axes.y.low, axes.y.high) : roundTicks(axes.y.low, axes.y.high, 6);
  axes.x = {x_ticks.front(), x_ticks.back()};
  axes.y = {y_ticks.front(), y_ticks.back()};

  Canvas canvas(kWidth, kHeight);
  drawAxes(canvas, axes, x_ticks, y_ticks);
  for (std::size_t i = 0; i < curves.size(); ++i) {
    if (!curves[i].dots) drawCurve(canvas, axes, curves[i], penOf(curves, i));
  }
  for (std::size_t i = 0; i < curves.size(); ++i) {
    if (curves[i].dots) drawCurve(canvas, axes, curves[i], penOf(curves, i));
  }
  drawLegend(canvas, axes, curves);
  canvas.text(title, kLeft, 26, kLetter + 3, kInk);
  canvas.text(y_label, 10, kTop - 16, kLetter, kInk);
  canvas.text(x_label, kWidth - kRight - Canvas::textWidth(x_label, kLetter), kHeight - 12, kLetter, kInk);
  return canvas.image();
}

}  // namespace p2l::cli
