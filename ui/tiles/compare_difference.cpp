// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tiles/compare_difference.h"

#include <QCoreApplication>
#include <QPainter>
#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <limits>

#include "ui/language/numbers.h"

namespace p2l::ui {
namespace {

constexpr double kSmallest = 0.01;    // keeps the relative difference finite on black
constexpr double kMostSamples = 1e6;  // of all pictures together, to find a range
constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

struct Stop {
  double r, g, b;
};
constexpr std::array<Stop, 5> kDarkToLight = {
    {{0, 0, 4}, {87, 16, 110}, {188, 55, 84}, {249, 142, 9}, {252, 255, 164}}};
constexpr std::array<Stop, 3> kBlueToRed = {{{33, 102, 172}, {238, 238, 238}, {178, 24, 43}}};

template <std::size_t n>
QRgb between(const std::array<Stop, n>& stops, double share) {
  const double place = std::clamp(share, 0.0, 1.0) * (n - 1);
  const auto first = std::min(static_cast<std::size_t>(place), n - 2);
  const double t = place - static_cast<double>(first);
  const auto mix = [&](double Stop::*part) {
    return static_cast<int>(stops[first].*part * (1 - t) + stops[first + 1].*part * t + 0.5);
  };
  return qRgb(mix(&Stop::r), mix(&Stop::g), mix(&Stop::b));
}

double sampleDifference(DifferenceKind kind, double value, double reference) {
  const double error = value - reference;
  switch (kind) {
    case DifferenceKind::Error:
      return error;
    case DifferenceKind::Absolute:
      return std::abs(error);
    case DifferenceKind::Squared:
      return error * error;
    case DifferenceKind::Relative:
      return std::abs(error) / (reference + kSmallest);
  }
  return 0.0;
}

/// The mean over the colours.
double pixelDifference(DifferenceKind kind, QRgb value, QRgb reference) {
  return (sampleDifference(kind, qRed(value) / 255.0, qRed(reference) / 255.0) +
          sampleDifference(kind, qGreen(value) / 255.0, qGreen(reference) / 255.0) +
          sampleDifference(kind, qBlue(value) / 255.0, qBlue(reference) / 255.0)) /
         3.0;
}

/// The pixel of a length of `of` that is stretched over `length`.
int stretched(int i, int length, int of) {
  return static_cast<int>((2LL * i + 1) * of / (2 * length));
}

/// Two pictures stretched over one size.
class PixelPairs {
 public:
  PixelPairs(const QImage& picture, const QImage& reference, QSize size)
      : picture_(picture.convertToFormat(QImage::Format_RGB32)),
        reference_(reference.convertToFormat(QImage::Format_RGB32)),
        size_(size) {}

  bool empty() const { return picture_.isNull() || reference_.isNull() || size_.isEmpty(); }
  double difference(DifferenceKind kind, int x, int y) const {
    return pixelDifference(kind, at(picture_, x, y), at(reference_, x, y));
  }

 private:
  QRgb at(const QImage& image, int x, int y) const {
    const auto* row = image.constScanLine(stretched(y, size_.height(), image.height()));
    return reinterpret_cast<const QRgb*>(row)[stretched(x, size_.width(), image.width())];
  }

  QImage picture_, reference_;
  QSize size_;
};

/// 1, 2 or 5 times a power of ten.
double roundedUp(double value) {
  const double power = std::pow(10.0, std::floor(std::log10(value)));
  for (const double factor : {1.0, 2.0, 5.0}) {
    if (value <= factor * power * (1 + 1e-9)) return factor * power;
  }
  return 10.0 * power;
}

/// The sample on [0, 255]; of a map its number, whatever the channel.
double sampleOf(const MeasuredPicture& picture, int x, int y, int channel) {
  if (picture.map_numbers)
    return 255.0 * (*picture.map_numbers)[static_cast<std::size_t>(y) * picture.size().width() + x];
  if (picture.exact) {
    const auto& image = *picture.exact;
    return 255.0 * std::clamp(image.at(x, y, image.channels < 3 ? 0 : channel), 0.0f, 1.0f);
  }
  const QRgb value = picture.shown.pixel(x, y);
  return channel == 0 ? qRed(value) : channel == 1 ? qGreen(value) : qBlue(value);
}

double psnrOf(const MeasuredPicture& picture, const MeasuredPicture& other, const QRect& area) {
  if (picture.map_numbers || other.map_numbers || other.shown.isNull() || other.size() != picture.size())
    return kUnknown;
  double sum = 0.0;
  for (int y = area.top(); y <= area.bottom(); ++y) {
    for (int x = area.left(); x <= area.right(); ++x) {
      for (int c = 0; c < 3; ++c) {
        const double error = sampleOf(picture, x, y, c) - sampleOf(other, x, y, c);
        sum += error * error;
      }
    }
  }
  return 10.0 * std::log10(255.0 * 255.0 * 3.0 * area.width() * area.height() / sum);
}

}  // namespace

QString shortName(DifferenceKind kind) {
  constexpr const char* kNames[] = {"E", "AE", "SE", "RAE"};
  return QString::fromLatin1(kNames[static_cast<int>(kind)]);
}

QString formulaOf(DifferenceKind kind) {
  switch (kind) {
    case DifferenceKind::Error:
      return QStringLiteral("E = x − r");
    case DifferenceKind::Absolute:
      return QStringLiteral("AE = |x − r|");
    case DifferenceKind::Squared:
      return QStringLiteral("SE = (x − r)²");
    case DifferenceKind::Relative:
      return localNumbers(QStringLiteral("RAE = |x − r| / (r + 0.01)"));
  }
  return {};
}

double largestOf(DifferenceKind kind, double range) {
  return kind == DifferenceKind::Squared ? range * range : range;
}

QRgb differenceColour(DifferenceKind kind, double value, double range) {
  const double share = value / largestOf(kind, range);
  return kind == DifferenceKind::Error ? between(kBlueToRed, 0.5 + 0.5 * share) : between(kDarkToLight, share);
}

QImage differenceMap(const QImage& picture, const QImage& reference, QSize size, DifferenceKind kind, double range) {
  const PixelPairs pairs(picture, reference, size);
  if (pairs.empty()) return {};
  constexpr int kColours = 1024;
  std::vector<QRgb> colours(kColours + 1);
  const double most = largestOf(kind, range), least = kind == DifferenceKind::Error ? -most : 0.0;
  for (int i = 0; i <= kColours; ++i) colours[i] = differenceColour(kind, least + (most - least) * i / kColours, range);
  QImage map(size, QImage::Format_RGB32);
  for (int y = 0; y < size.height(); ++y) {
    auto* out = reinterpret_cast<QRgb*>(map.scanLine(y));
    for (int x = 0; x < size.width(); ++x) {
      const double share = (pairs.difference(kind, x, y) - least) / (most - least);
      out[x] = colours[static_cast<std::size_t>(std::clamp(share, 0.0, 1.0) * kColours + 0.5)];
    }
  }
  return map;
}

double differenceAt(const QImage& picture, const QImage& reference, QSize size, DifferenceKind kind, QPoint pixel) {
  const auto at = [&](const QImage& image) {
    return image.pixel(stretched(pixel.x(), size.width(), image.width()),
                       stretched(pixel.y(), size.height(), image.height()));
  };
  return pixelDifference(kind, at(picture), at(reference));
}

double fittingRange(const std::vector<QImage>& pictures, const QImage& reference, QSize size, DifferenceKind kind) {
  const double pixels = static_cast<double>(size.width()) * size.height() * static_cast<double>(pictures.size());
  const int stride = std::max(1, static_cast<int>(std::sqrt(pixels / kMostSamples)));
  std::vector<double> values;
  for (const auto& picture : pictures) {
    const PixelPairs pairs(picture, reference, size);
    if (pairs.empty()) continue;
    for (int y = 0; y < size.height(); y += stride) {
      for (int x = 0; x < size.width(); x += stride) values.push_back(std::abs(pairs.difference(kind, x, y)));
    }
  }
  if (values.empty()) return kSmallestRange;
  const auto place = static_cast<std::ptrdiff_t>(std::ceil(kShownShare * static_cast<double>(values.size()))) - 1;
  std::nth_element(values.begin(), values.begin() + place, values.end());
  const double found = kind == DifferenceKind::Squared ? std::sqrt(values[place]) : values[place];
  return roundedUp(std::max(found, kSmallestRange));
}

namespace {

constexpr double kBar = 12, kPad = 8, kMargin = 10, kSmallestBar = 80;
constexpr double kWidest = 220;  // of the differences' bar

/// A bar of colours on a dark ground, lines over it and its numbers below. `colour`: of a share from 0 to 1.
struct Bar {
  QStringList lines;
  QString least, middle, most;
  std::function<QRgb(double share)> colour;
};

void drawBar(QPainter& painter, const QRectF& area, double widest, Qt::Alignment side, const Bar& drawn) {
  const QFontMetricsF metrics(painter.font());
  const double line = metrics.height();
  const double width = std::min(widest, area.width() - 2 * kMargin - 2 * kPad);
  if (width < kSmallestBar) return;
  const double over = line * static_cast<double>(drawn.lines.size()), height = kBar + over + line + 2 * kPad;
  QRectF box(area.left() + kMargin, area.bottom() - kMargin - height, width + 2 * kPad, height);
  if (side == Qt::AlignRight) box.moveRight(area.right() - kMargin);
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  painter.setBrush(QColor(0, 0, 0, 190));
  painter.drawRoundedRect(box, 5, 5);
  const QRectF bar(box.left() + kPad, box.top() + kPad + over, width, kBar);
  QLinearGradient gradient(bar.topLeft(), bar.topRight());
  constexpr int kStops = 16;
  for (int i = 0; i <= kStops; ++i) {
    const double share = static_cast<double>(i) / kStops;
    gradient.setColorAt(share, QColor(drawn.colour(share)));
  }
  painter.setBrush(gradient);
  painter.drawRect(bar);
  painter.setPen(Qt::white);
  QRectF above(bar.left(), box.top() + kPad - 2, width, line);
  for (const auto& text : drawn.lines) {
    painter.drawText(above, Qt::AlignLeft | Qt::AlignVCenter, metrics.elidedText(text, Qt::ElideRight, width));
    above.translate(0, line);
  }
  const QRectF below(bar.left(), bar.bottom() + 1, width, line);
  painter.drawText(below, Qt::AlignLeft | Qt::AlignVCenter, drawn.least);
  painter.drawText(below, Qt::AlignRight | Qt::AlignVCenter, drawn.most);
  painter.drawText(below, Qt::AlignCenter, drawn.middle);
  painter.restore();
}

}  // namespace

QSizeF colourBarSize(double line, bool note) {
  return {kWidest + 2 * kPad, kBar + (note ? 3 : 2) * line + 2 * kPad};
}

void drawColourBar(QPainter& painter, const QRectF& area, DifferenceKind kind, double range, const QStringList& lines) {
  const double most = largestOf(kind, range), least = kind == DifferenceKind::Error ? -most : 0.0;
  Bar bar;
  bar.lines = lines;
  bar.least = shortNumber(least);
  bar.most = shortNumber(most);
  if (kind == DifferenceKind::Error) bar.middle = QStringLiteral("0");
  bar.colour = [=](double share) { return differenceColour(kind, least + (most - least) * share, range); };
  drawBar(painter, area, lines.isEmpty() ? kWidest / 2 : kWidest, Qt::AlignRight, bar);
}

QRgb heatColour(double share) {
  const auto part = [&](double begin) {
    return static_cast<int>(std::lround(255 * std::clamp(3.0 * share - begin, 0.0, 1.0)));
  };
  return qRgb(part(0.0), part(1.0), part(2.0));
}

void drawHeatBar(QPainter& painter, const QRectF& area, double most, const QString& what) {
  constexpr double kWidth = 150;
  drawBar(painter, area, kWidth, Qt::AlignLeft, {{what}, QStringLiteral("0"), {}, numberText(most, 1), heatColour});
}

AreaStatistics areaStatistics(const MeasuredPicture& picture, const MeasuredPicture& truth,
                              const MeasuredPicture& reference, const QRect& asked) {
  AreaStatistics statistics{kUnknown, kUnknown, kUnknown, kUnknown};
  const QRect area = asked & QRect({0, 0}, picture.size());
  const auto pixels = static_cast<std::size_t>(picture.size().width()) * picture.size().height();
  if (area.isEmpty() || (picture.map_numbers && picture.map_numbers->size() < pixels)) return statistics;
  double sum = 0.0, squares = 0.0;
  for (int y = area.top(); y <= area.bottom(); ++y) {
    for (int x = area.left(); x <= area.right(); ++x) {
      for (int c = 0; c < 3; ++c) {
        const double value = sampleOf(picture, x, y, c);
        sum += value;
        squares += value * value;
      }
    }
  }
  const double count = 3.0 * area.width() * area.height();
  statistics.mean = sum / count;
  statistics.deviation = std::sqrt(std::max(0.0, squares / count - statistics.mean * statistics.mean));
  statistics.psnr_truth = psnrOf(picture, truth, area);
  statistics.psnr_reference = psnrOf(picture, reference, area);
  return statistics;
}

}  // namespace p2l::ui
