// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/learn/seed_study.h"

#include <algorithm>
#include <cmath>

#include "ui/base/frame_image.h"
#include "ui/tiles/compare_difference.h"

namespace p2l::ui {
namespace {

constexpr int kGroups = 10;

}  // namespace

void SeedStudy::clear() {
  const auto measurement = measurement_;
  *this = {};
  measurement_ = measurement;
}

void SeedStudy::add(const Outcome& outcome) {
  spread_.add(outcome.picture);
  truth_ = outcome.truth;
  measurement_ = qimageFromImage(outcome.baseline);
  runs_ << qimageFromImage(outcome.picture);
  const double psnr = outcome.report.metric("psnr");
  psnr_sum_ += psnr;
  squares_ += std::pow(10.0, -psnr / 10.0);
  const auto mean = spread_.mean();
  mean_ = qimageFromImage(mean);
  if (count() < 2) return;
  const auto deviation = spread_.deviation(), errors = errorOf(mean);
  float most = 1e-6f;
  for (const auto* each : {&deviation, &errors}) most = std::max(most, *std::max_element(each->begin(), each->end()));
  largest_ = most;
  spread_map_ = heat(deviation);
  error_map_ = heat(errors);
  if (count() >= 3) numbers_ = numbersOf(deviation, errors);
}

QImage SeedStudy::truth() const {
  return runs_.isEmpty() ? QImage() : qimageFromImage(truth_);
}

std::vector<float> SeedStudy::errorOf(const Image& mean) const {
  std::vector<float> map;
  for (int y = 0; y < mean.height; ++y) {
    for (int x = 0; x < mean.width; ++x) {
      double sum = 0.0;
      for (int c = 0; c < 3; ++c) sum += std::pow(mean.at(x, y, c) - truth_.at(x, y, c), 2);
      map.push_back(static_cast<float>(std::sqrt(sum / 3.0)));
    }
  }
  return map;
}

LessonNumbers SeedStudy::numbersOf(const std::vector<float>& deviation, const std::vector<float>& errors) const {
  double square = 0.0;
  for (const float each : errors) square += double(each) * each;
  LessonNumbers numbers;
  numbers["count"] = count();
  numbers["single.psnr"] = psnr_sum_ / count();
  square /= static_cast<double>(errors.size());
  numbers["mean.psnr"] = -10.0 * std::log10(square);
  numbers["single.squared"] = kBytes * kBytes * squares_ / count();
  numbers["mean.squared"] = kBytes * kBytes * square;
  const auto groups = calibrationOf(deviation, errors, kGroups);
  numbers["sure.spread"] = kBytes * groups.front().spread;
  numbers["sure.error"] = kBytes * groups.front().error;
  numbers["unsure.spread"] = kBytes * groups.back().spread;
  numbers["unsure.error"] = kBytes * groups.back().error;
  return numbers;
}

QImage SeedStudy::heat(const std::vector<float>& map) const {
  QImage image(truth_.width, truth_.height, QImage::Format_RGB32);
  for (int y = 0; y < truth_.height; ++y) {
    for (int x = 0; x < truth_.width; ++x)
      image.setPixel(x, y, heatColour(map[static_cast<std::size_t>(y) * truth_.width + x] / largest_));
  }
  return image;
}

}  // namespace p2l::ui
