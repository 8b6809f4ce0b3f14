// SPDX-License-Identifier: GPL-3.0-or-later
// Painting of the compared pictures.
#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>

#include "ui/canvas/canvas_painter.h"
#include "ui/language/numbers.h"
#include "ui/style/theme.h"
#include "ui/style/wrapped_words.h"
#include "ui/tiles/compare_canvas.h"

namespace p2l::ui {
namespace {

constexpr double kNearestZoom = 4.0;  ///< from here on pixels are squares
constexpr double kValuesZoom = 32.0;  ///< from here on their values are written into them
constexpr double kMargin = 8, kPadX = 8, kPadY = 3;
constexpr double kLineRoom = 65;      ///< of a tile's height for each line of its caption
constexpr double kSmallTile = 320;    ///< a tile that is lower has two lines at most
constexpr double kDotRoom = 16;       ///< of a chip's colour before a caption
constexpr double kLeastName = 30;     ///< of a name before a number
constexpr double kNarrowStrip = 120;  ///< it has its name alone, with less around it

QRectF scaledRect(const QRectF& rect, double x, double y) {
  return {rect.x() * x, rect.y() * y, rect.width() * x, rect.height() * y};
}

/// Of a caption: beside its ground, and within it beside the lines.
double marginIn(const QRectF& area) {
  return area.width() < kNarrowStrip ? 3.0 : kMargin;
}

double padIn(const QRectF& area) {
  return area.width() < kNarrowStrip ? 4.0 : kPadX;
}

double roomOfLines(const QRectF& area) {
  return area.width() - 2 * marginIn(area) - 2 * padIn(area);
}

/// Lines on one ground, elided to an area.
struct Ground {
  QStringList shown;
  QRectF pill;  ///< null: the area is too small
  double dot_room = 0.0;
};

Ground groundOf(const QFontMetricsF& metrics, const QRectF& area, const QStringList& lines, bool dot, bool bottom) {
  Ground ground;
  const double room = roomOfLines(area);
  if (room < 40 || lines.isEmpty()) return ground;
  ground.dot_room = dot ? kDotRoom : 0.0;
  double widest = 0.0;
  for (const auto& line : lines) {
    const double own = ground.shown.isEmpty() ? ground.dot_room : 0.0;
    ground.shown << metrics.elidedText(line, Qt::ElideRight, room - own);
    widest = std::max(widest, metrics.horizontalAdvance(ground.shown.last()) + own);
  }
  const double height = static_cast<double>(lines.size()) * metrics.height() + 2 * kPadY;
  ground.pill = QRectF(area.left() + marginIn(area), area.top() + kMargin, widest + 2 * padIn(area), height);
  if (bottom) ground.pill.moveBottom(area.bottom() - kMargin);
  return ground;
}

/// A name and, where the detail begins with one, its first number in one line. The name is elided before the number.
QString inOneLine(const QString& name, const QString& detail, const QFontMetricsF& metrics, double width) {
  const auto first = detail.section(QStringLiteral(" · "), 0, 0);
  if (first.isEmpty() || !first.front().isDigit()) return name;
  const auto number = QStringLiteral(" · ") + first;
  const double room = width - metrics.horizontalAdvance(number) - 1.0;
  return room < kLeastName ? name : metrics.elidedText(name, Qt::ElideRight, room) + number;
}

/// Lines on one dark ground, elided to the area; the first has the colour of its chip before it.
void drawLines(QPainter& painter, const QRectF& area, const QStringList& lines, const QColor& dot, bool bottom) {
  const QFontMetricsF metrics(painter.font());
  const auto [shown, pill, dot_room] = groundOf(metrics, area, lines, dot.isValid(), bottom);
  if (pill.isNull()) return;
  const double pad = padIn(area);
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  painter.setBrush(QColor(0, 0, 0, 170));
  painter.drawRoundedRect(pill, 5, 5);
  if (dot.isValid()) {
    painter.setBrush(dot);
    painter.setPen(QPen(QColor(255, 255, 255, 200), 1));
    painter.drawEllipse(QPointF(pill.left() + pad + 4, pill.top() + kPadY + metrics.height() / 2), 4.5, 4.5);
  }
  for (int i = 0; i < shown.size(); ++i) {
    painter.setPen(i == 0 ? QColor(Qt::white) : QColor(225, 225, 225));
    painter.drawText(QRectF(pill.left() + pad + (i == 0 ? dot_room : 0.0), pill.top() + kPadY + i * metrics.height(),
                            pill.width() - 2 * pad, metrics.height()),
                     Qt::AlignLeft | Qt::AlignVCenter, shown[i]);
  }
  painter.restore();
}

}  // namespace

QStringList wrappedCaption(const QStringList& lines, const QFontMetricsF& metrics, double width, qsizetype most) {
  QStringList all;
  for (const auto& line : lines) all << wrappedWords(line, metrics, width);
  if (all.size() <= most) return all;
  all = all.first(std::max<qsizetype>(0, most));
  if (all.isEmpty()) return all;
  auto& last = all.last();
  const bool whole = last.endsWith(QLatin1Char('.'));  // of a sentence, and others follow
  if (whole) last += QLatin1Char(' ');
  last += QStringLiteral("…");
  return all;
}

double CompareCanvas::leastTile() const {
  return QFontMetricsF(font()).horizontalAdvance(QStringLiteral("9  LATINO")) + kDotRoom + 2 * (kMargin + kPadX);
}

QRectF CompareCanvas::barArea() const {
  constexpr double kLeast = 120;  // narrower, there is no room for numbers
  QRectF area(rect());
  const double left = count() > 0 && count() < columns_ * rows_ ? cell(count()).left() : 0.0;
  if (area.right() - left >= kLeast) area.setLeft(left);
  return area;
}

bool CompareCanvas::hasRoomFor(const QStringList& texts) const {
  const QFontMetricsF metrics(font());
  for (int i = 0; i < std::min<int>(count(), static_cast<int>(texts.size())); ++i) {
    if (metrics.horizontalAdvance(texts[i]) > roomOfLines(cell(i))) return false;
  }
  return showsAreaTexts();
}

bool CompareCanvas::isBarSmall() const {
  if (count() == 0 || barArea().left() > 0.0) return false;
  const auto last = cell(count() - 1).size();
  const auto bar = colourBarSize(fontMetrics().height(), range_ == kFittingRange);
  return 3 * bar.width() * bar.height() > last.width() * last.height();
}

QString CompareCanvas::barFormula() const {
  const auto formula = formulaOf(kind_);
  return reference_ < 0 ? formula : tr("%1, r = %2").arg(formula, pictures_[reference_].title);
}

bool CompareCanvas::showsDifference(int index) const {
  return mode_ == Mode::Difference && reference_ >= 0 && index != reference_ &&
         index < static_cast<int>(maps_.size()) && maps_[index] && !maps_[index]->isNull();
}

QString CompareCanvas::mapText(int index, QPoint pixel, int digits) const {
  if (index < 0 || index >= count() || !QRect({0, 0}, frame_).contains(pixel)) return {};
  const auto& picture = pictures_[index];
  if (picture.is_map) {
    if (!picture.picture.map_numbers) return {};
    const auto size = picture.picture.size();
    const int x = pixel.x() * size.width() / frame_.width(), y = pixel.y() * size.height() / frame_.height();
    const double level = areaStatistics(picture.picture, {}, {}, QRect(x, y, 1, 1)).mean;
    return std::isnan(level) ? QString() : numberText(level, 1);
  }
  if (!showsDifference(index)) return {};
  const auto value = differenceAt(picture.picture.shown, pictures_[reference_].picture.shown, frame_, kind_, pixel);
  return shortNumber(value, digits);
}

void CompareCanvas::paintPicture(QPainter& painter, int index, const QRectF& pane, const QRectF& clip,
                                 bool as_difference) {
  const bool map = as_difference && showsDifference(index);
  ImagePyramid& picture = map ? *maps_[index] : *pyramids_[index];
  const auto& view = views_[index];
  painter.save();
  painter.setClipRect(clip);
  painter.fillRect(clip, canvasBackground(palette()));
  if (!picture.isNull() && !frame_.isEmpty()) {
    painter.translate(pane.topLeft());
    const double sx = static_cast<double>(picture.size().width()) / frame_.width(),
                 sy = static_cast<double>(picture.size().height()) / frame_.height();
    const QRectF seen = clip.translated(-pane.topLeft()) & view.imageRect();
    const QRectF part(view.imageFromPane(seen.topLeft()), view.imageFromPane(seen.bottomRight()));
    const QRect pixels =
        scaledRect(part, sx, sy).toAlignedRect().adjusted(-1, -1, 1, 1) & QRect({0, 0}, picture.size());
    const auto targetOf = [&](const QRectF& source) {
      const QRectF in_frame = scaledRect(source, 1 / sx, 1 / sy);
      return QRectF(view.paneFromImage(in_frame.topLeft()), view.paneFromImage(in_frame.bottomRight()));
    };
    if (!pixels.isEmpty()) {
      const double zoom = view.zoom() / std::max(sx, sy);
      const auto level = picture.levelFor(zoom, [this] { update(); });
      if (picture.image().hasAlphaChannel()) drawCheckerboard(painter, seen);
      const QRect source = scaledRect(pixels, 1 / level.span, 1 / level.span).toAlignedRect() & level.image.rect();
      const bool squares = zoom >= (pictures_[index].true_pixels ? 1.0 : kNearestZoom);
      painter.setRenderHint(QPainter::SmoothPixmapTransform, !squares);
      painter.drawImage(targetOf(scaledRect(source, level.span, level.span)), level.image, source);
      const auto whole = targetOf(QRectF({0, 0}, picture.size()));
      if (zoom > 2 * kNearestZoom) drawPixelGrid(painter, whole, picture.size(), pixels);
      const auto text = [&](QPoint pixel) {  // at its middle in the frame
        return mapText(index, {static_cast<int>((pixel.x() + 0.5) / sx), static_cast<int>((pixel.y() + 0.5) / sy)}, 2);
      };
      if (zoom > kValuesZoom && (map || pictures_[index].is_map))
        drawPixelTexts(painter, whole, picture.image(), pixels, text);
      else if (zoom > kValuesZoom)
        drawPixelValues(painter, whole, picture.image(), pixels);
    }
  }
  painter.restore();
}

QRectF CompareCanvas::captionArea(int index) const {
  if (mode_ != Mode::Split) return cell(index);
  const auto edge = [this](int divider) {
    if (divider < 0) return 0.0;
    return divider < static_cast<int>(dividers_.size()) ? dividers_[divider] * width() : 1.0 * width();
  };
  return {edge(index - 1), 0, edge(index) - edge(index - 1), static_cast<double>(height())};
}

QStringList CompareCanvas::captionLines(int index) const {
  const auto& picture = pictures_[index];
  const auto area = captionArea(index);
  QStringList lines{index < 9 ? QStringLiteral("%1  %2").arg(index + 1).arg(picture.title) : picture.title};
  const auto details = picture.detail.split(QLatin1Char('\n'), Qt::SkipEmptyParts);
  if (mode_ == Mode::Split && area.width() < kNarrowStrip) return lines;
  const bool small = area.height() < kSmallTile;
  if (picture.is_sentence || (picture.is_map && !small)) {  // it is read, and its upper half covered at most
    const QFontMetricsF metrics(font());
    const auto most = static_cast<qsizetype>(area.height() / 2 / metrics.height()) - 1;
    return lines << wrappedCaption(details, metrics, roomOfLines(area), most);
  }
  const auto room = static_cast<qsizetype>(area.height() / kLineRoom) - 1;  // a small tile shows its picture
  if (details.isEmpty()) return lines;
  if (room <= 0) {
    const double dot = picture.colour.isValid() ? kDotRoom : 0.0;
    return {inOneLine(lines.first(), details.first(), QFontMetricsF(font()), roomOfLines(area) - dot)};
  }
  if (small) return lines << details.join(picture.is_map ? QStringLiteral(" ") : QStringLiteral(" · "));
  return lines << details.first(std::min(room, details.size()));
}

QRectF CompareCanvas::captionRect(int index) const {
  const bool dot = pictures_[index].colour.isValid();
  return groundOf(QFontMetricsF(font()), captionArea(index), captionLines(index), dot, /*bottom=*/false).pill;
}

QString CompareCanvas::captionTip(QPointF point) const {
  const int index = pictureAt(point);
  const auto caption = index < 0 ? QRectF() : captionRect(index);
  if (index < 0 || !(caption.isNull() ? captionArea(index) : caption).contains(point)) return {};
  const auto& picture = pictures_[index];
  return QStringLiteral("%1\n%2").arg(picture.title, picture.detail).trimmed();
}

void CompareCanvas::paintCaption(QPainter& painter, int index) {
  const auto& picture = pictures_[index];
  const auto area = captionArea(index);
  const QFontMetricsF metrics(painter.font());
  drawLines(painter, area, captionLines(index), picture.colour, false);
  auto free = area;
  if (!area_texts_.value(index).isEmpty() && area.height() > kTextsHeight) {
    drawLines(painter, area, {area_texts_[index]}, {}, true);
    free.setBottom(area.bottom() - kMargin - metrics.height() - 2 * kPadY);
  }
  const bool covered = mode_ == Mode::Difference && index == count() - 1;  // by the bar of the differences
  if (picture.map_most > 0.0 && area.height() > kTextsHeight && !covered)
    drawHeatBar(painter, free, picture.map_most, tr("σ in grey levels"));
}

void CompareCanvas::paintArea(QPainter& painter, int index, const QRectF& pane, const QRectF& clip) {
  if (area_.isEmpty()) return;
  const auto& view = views_[index];
  const QRectF drawn(view.paneFromImage(area_.topLeft()), view.paneFromImage(area_.bottomRight() + QPoint(1, 1)));
  painter.save();
  painter.setClipRect(clip);
  painter.setRenderHint(QPainter::Antialiasing, false);
  painter.setBrush(Qt::NoBrush);
  const QRectF place = drawn.translated(pane.topLeft());
  painter.setPen(QPen(QColor(0, 0, 0, 200), 1));
  painter.drawRect(place);
  painter.setPen(QPen(Qt::white, 1, Qt::DashLine));
  painter.drawRect(place);
  if (area_held_ && hasFocus()) {  // keys move it
    painter.setPen(QPen(studioColours(palette()).accent, 2));
    painter.drawRect(place.adjusted(-2, -2, 2, 2));
  }
  painter.restore();
}

void CompareCanvas::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.fillRect(rect(), palette().color(QPalette::Window));
  if (count() == 0) {
    painter.setPen(palette().color(QPalette::PlaceholderText));
    painter.drawText(QRectF(rect()).adjusted(24, 24, -24, -24), Qt::AlignCenter | Qt::TextWordWrap, empty_);
    return;
  }
  const auto& accent = studioColours(palette()).accent;
  const bool differences = mode_ == Mode::Difference && reference_ >= 0;
  if (isTiled()) {
    for (int i = 0; i < count(); ++i) {
      const auto place = cell(i);
      paintPicture(painter, i, place, place, differences);
      paintArea(painter, i, place, place);
      paintCaption(painter, i);
      if (i != reference_) continue;
      painter.setBrush(Qt::NoBrush);
      painter.setPen(QPen(accent, 2));
      painter.drawRect(place.adjusted(1, 1, -1, -1));
    }
    if (differences && shownRange() != kFittingRange) {
      QStringList lines{barFormula()};
      if (range_ == kFittingRange) lines << tr("99 % of all lie within");
      drawColourBar(painter, barArea(), kind_, shownRange(), isBarSmall() ? QStringList() : lines);
    }
  } else if (mode_ == Mode::Flicker) {
    paintPicture(painter, current_, rect(), rect(), false);
    paintArea(painter, current_, rect(), rect());
    paintCaption(painter, current_);
  } else {
    for (int i = 0; i < count(); ++i) {
      const auto strip = captionArea(i);
      if (strip.width() <= 0) continue;
      paintPicture(painter, i, rect(), strip, false);
      paintArea(painter, i, rect(), strip);
      paintCaption(painter, i);
    }
    for (const double divider : dividers_)
      drawDivider(painter, divider * width(), height(), 0, height(), palette().color(QPalette::Highlight), false);
  }
  if (!hasFocus()) return;
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(accent, 2));
  painter.drawRect(QRectF(rect()).adjusted(1, 1, -1, -1));
}

}  // namespace p2l::ui
