// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/curves/curves_style.h"

#include <qcustomplot.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>

#include "ui/style/theme.h"

namespace p2l::ui {

namespace {

constexpr std::size_t kDashedFrom = 6;

/// Okabe and Ito's colours, which people with colour blindness can tell apart, in the order of their contrast against
/// a light and a dark background. Then those that differ most from all before them: by 17 of CIEDE2000 or more, and by
/// half of that with deuteranopia or protanopia (Machado 2009), with a contrast of 3 or more.
const QList<QColor> kOnLight{QColor(0x0072b2), QColor(0xd55e00), QColor(0x009e73), QColor(0xcc79a7),
                             QColor(0xe69f00), QColor(0x56b4e9), QColor(0x780030), QColor(0x3000c0),
                             QColor(0x604800), QColor(0x006060), QColor(0x9078f0), QColor(0xd81848)};
const QList<QColor> kOnDark{QColor(0x56b4e9), QColor(0xe69f00), QColor(0x009e73), QColor(0xcc79a7),
                            QColor(0xf0e442), QColor(0xd55e00), QColor(0xc0f0d8), QColor(0xd8d8f0),
                            QColor(0x7878d8), QColor(0xd8c0a8), QColor(0xf00060), QColor(0x78d878)};

class LogTicker : public QCPAxisTicker {
 protected:
  QVector<double> createTickVector(double tick_step, const QCPRange& range) override {
    if (range.lower <= 0) return {};
    const int low = static_cast<int>(std::ceil(std::log10(range.lower)));  // the powers of ten within
    const int high = static_cast<int>(std::floor(std::log10(range.upper)));
    const int most = tickCount() + 1;
    const auto ticks = [&](std::initializer_list<double> multiples, int every) {
      QVector<double> positions;
      const int first = multiples.size() > 1 ? low - 1 : low;  // multiples of a power below may be within
      for (int power = first; power <= high; power += every)
        for (const double multiple : multiples)
          if (range.contains(multiple * std::pow(10.0, power))) positions << multiple * std::pow(10.0, power);
      return positions;
    };
    const QVector<double> fine = ticks({1, 2, 5}, 1);
    if (fine.size() < 3) return QCPAxisTicker::createTickVector(tick_step, range);
    if (fine.size() <= most) return fine;
    if (const auto coarse = ticks({1, 3}, 1); coarse.size() <= most && coarse.size() >= 2) return coarse;
    return ticks({1}, (high - low + most) / most);
  }
  int getSubTickCount(double) override { return 0; }
};

}  // namespace

QPen runPen(std::size_t index, const QPalette& palette) {
  const auto& colours = isDark(palette) ? kOnDark : kOnLight;
  static constexpr Qt::PenStyle kStyles[]{Qt::SolidLine, Qt::DashDotLine, Qt::DotLine};
  return QPen(colours[static_cast<qsizetype>(index % kRunColours)], 1.8, kStyles[index / kDashedFrom % 3]);
}

QSharedPointer<QCPAxisTicker> logarithmicTicker() {
  return QSharedPointer<LogTicker>::create();
}

double placeLabel(double wanted, double room, std::vector<double>& taken) {
  double place = wanted;
  for (const double other : taken) {
    if (std::abs(place - other) < room) place = other - room;
  }
  taken.insert(std::upper_bound(taken.begin(), taken.end(), place, std::greater<>()), place);
  return place;
}

std::optional<double> placeLabelNear(double wanted, double room, double top, std::vector<double>& taken) {
  constexpr double kFarthest = 2.5;  // rooms
  auto with_it = taken;
  const double place = placeLabel(std::max(wanted, top + room), room, with_it);
  if (place < top + room || wanted - place > kFarthest * room) return std::nullopt;
  taken = std::move(with_it);
  return place;
}

bool isCrossed(const QRectF& area, const std::vector<QPointF>& line) {
  const auto known = [](const QPointF& point) { return std::isfinite(point.x()) && std::isfinite(point.y()); };
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (!known(line[i])) continue;
    if (area.contains(line[i])) return true;
    if (i + 1 == line.size() || !known(line[i + 1])) continue;
    const QPointF from = line[i], to = line[i + 1];
    const double left = std::max(from.x(), area.left()), right = std::min(to.x(), area.right());
    if (left > right || to.x() <= from.x()) continue;
    const auto heightAt = [&](double x) {
      return from.y() + (to.y() - from.y()) * (x - from.x()) / (to.x() - from.x());
    };
    const auto [high, low] = std::minmax({heightAt(left), heightAt(right)});
    if (low >= area.top() && high <= area.bottom()) return true;
  }
  return false;
}

QRectF placeBesideLevel(QSizeF label, double level, const QRectF& plot, const std::vector<std::vector<QPointF>>& lines,
                        const std::vector<QRectF>& labels) {
  constexpr double kGap = 2;
  const double right = plot.right() - label.width(), middle = plot.center().x() - label.width() / 2;
  const auto isFree = [&](const QRectF& place) {
    return place.top() >= plot.top() && place.bottom() <= plot.bottom() &&
           std::none_of(labels.begin(), labels.end(), [&](const QRectF& other) { return other.intersects(place); }) &&
           std::none_of(lines.begin(), lines.end(), [&](const auto& line) { return isCrossed(place, line); });
  };
  for (const double top : {level - kGap - label.height(), level + kGap}) {
    for (const double left : {right, plot.left(), middle}) {
      const QRectF place({left, top}, label);
      if (isFree(place)) return place;
    }
  }
  return {{right, level - kGap - label.height()}, label};
}

double labelEnd(double wanted, double width, double left, double right) {
  return std::max(wanted, std::min(left + width, right));
}

}  // namespace p2l::ui
