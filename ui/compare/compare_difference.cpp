// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/compare_difference.h"

#include <QCoreApplication>
#include <QPainter>
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace p2l::ui {
namespace {

constexpr double kSmallest = 0.01;  // keeps the relative difference finite on black
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

double differenceOf(DifferenceKind kind, double value, double reference) {
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

/// The sample on [0, 255].
double sampleOf(const MeasuredPicture& picture, int x, int y, int channel) {
  if (picture.exact) {
    const auto& image = *picture.exact;
    return 255.0 * std::clamp(image.at(x, y, image.channels < 3 ? 0 : channel), 0.0f, 1.0f);
  }
  const QRgb value = picture.shown.pixel(x, y);
  return channel == 0 ? qRed(value) : channel == 1 ? qGreen(value) : qBlue(value);
}

double psnrOf(const MeasuredPicture& picture, const MeasuredPicture& other, const QRect& area) {
  if (other.shown.isNull() || other.size() != picture.size()) return kUnknown;
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
      return QStringLiteral("RAE = |x − r| / (r + 0.01)");
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
  const auto a = picture.convertToFormat(QImage::Format_RGB32), b = reference.convertToFormat(QImage::Format_RGB32);
  if (a.isNull() || b.isNull() || size.isEmpty()) return {};
  constexpr int kColours = 1024;
  std::vector<QRgb> colours(kColours + 1);
  const double most = largestOf(kind, range), least = kind == DifferenceKind::Error ? -most : 0.0;
  for (int i = 0; i <= kColours; ++i) colours[i] = differenceColour(kind, least + (most - least) * i / kColours, range);
  QImage map(size, QImage::Format_RGB32);
  const auto place = [](int i, int length, int of) { return static_cast<int>((2LL * i + 1) * of / (2 * length)); };
  for (int y = 0; y < size.height(); ++y) {
    const auto* from = reinterpret_cast<const QRgb*>(a.constScanLine(place(y, size.height(), a.height())));
    const auto* to = reinterpret_cast<const QRgb*>(b.constScanLine(place(y, size.height(), b.height())));
    auto* out = reinterpret_cast<QRgb*>(map.scanLine(y));
    for (int x = 0; x < size.width(); ++x) {
      const QRgb value = from[place(x, size.width(), a.width())], other = to[place(x, size.width(), b.width())];
      const double sum = differenceOf(kind, qRed(value) / 255.0, qRed(other) / 255.0) +
                         differenceOf(kind, qGreen(value) / 255.0, qGreen(other) / 255.0) +
                         differenceOf(kind, qBlue(value) / 255.0, qBlue(other) / 255.0);
      const double share = (sum / 3.0 - least) / (most - least);
      out[x] = colours[static_cast<std::size_t>(std::clamp(share, 0.0, 1.0) * kColours + 0.5)];
    }
  }
  return map;
}

void drawColourBar(QPainter& painter, const QRectF& area, DifferenceKind kind, double range) {
  constexpr double kWidth = 220, kBar = 12, kPad = 8, kMargin = 10;
  const QFontMetricsF metrics(painter.font());
  const double line = metrics.height();
  const double width = std::min(kWidth, area.width() - 2 * kMargin - 2 * kPad);
  if (width < 80) return;
  const QRectF box(area.right() - kMargin - width - 2 * kPad, area.bottom() - kMargin - kBar - 2 * line - 2 * kPad,
                   width + 2 * kPad, kBar + 2 * line + 2 * kPad);
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  painter.setBrush(QColor(0, 0, 0, 190));
  painter.drawRoundedRect(box, 5, 5);
  const QRectF bar(box.left() + kPad, box.top() + kPad + line, width, kBar);
  QLinearGradient gradient(bar.topLeft(), bar.topRight());
  const double most = largestOf(kind, range), least = kind == DifferenceKind::Error ? -most : 0.0;
  constexpr int kStops = 16;
  for (int i = 0; i <= kStops; ++i) {
    const double share = static_cast<double>(i) / kStops;
    gradient.setColorAt(share, QColor(differenceColour(kind, least + (most - least) * share, range)));
  }
  painter.setBrush(gradient);
  painter.drawRect(bar);
  painter.setPen(Qt::white);
  const QRectF above(bar.left(), box.top() + kPad - 2, width, line), below(bar.left(), bar.bottom() + 1, width, line);
  painter.drawText(above, Qt::AlignLeft | Qt::AlignVCenter, formulaOf(kind));
  painter.drawText(below, Qt::AlignLeft | Qt::AlignVCenter, QString::number(least));
  painter.drawText(below, Qt::AlignRight | Qt::AlignVCenter, QString::number(most));
  if (kind == DifferenceKind::Error) painter.drawText(below, Qt::AlignCenter, QStringLiteral("0"));
  painter.restore();
}

AreaStatistics areaStatistics(const MeasuredPicture& picture, const MeasuredPicture& truth,
                              const MeasuredPicture& reference, const QRect& asked) {
  AreaStatistics statistics{kUnknown, kUnknown, kUnknown, kUnknown};
  const QRect area = asked & QRect({0, 0}, picture.size());
  if (area.isEmpty()) return statistics;
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
