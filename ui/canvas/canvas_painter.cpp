// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/canvas/canvas_painter.h"

#include <QFontMetricsF>
#include <QImage>
#include <QPainter>
#include <QPainterPath>
#include <QPixmap>
#include <algorithm>
#include <cmath>

#include "ui/canvas/canvas_view.h"
#include "ui/language/words.h"
#include "ui/style/theme.h"

namespace p2l::ui {

QColor canvasBackground(const QPalette& palette) {
  return studioColours(palette).canvas;
}

QColor maskColourFor(const QImage& picture) {
  constexpr int kSamples = 16;        // along each side
  constexpr double kPreferred = 1.2;  // red is what masks mostly are
  static const QColor kRed(255, 32, 32), kCyan(0, 210, 255);
  if (picture.isNull()) return kRed;
  double from_red = 0.0, from_cyan = 0.0;
  for (int i = 0; i < kSamples * kSamples; ++i) {
    const QColor seen = picture.pixelColor((i % kSamples * 2 + 1) * picture.width() / (2 * kSamples),
                                           (i / kSamples * 2 + 1) * picture.height() / (2 * kSamples));
    const auto distance = [&](const QColor& colour) {
      return std::hypot(seen.red() - colour.red(), seen.green() - colour.green(), seen.blue() - colour.blue());
    };
    from_red += distance(kRed);
    from_cyan += distance(kCyan);
  }
  return kPreferred * from_red >= from_cyan ? kRed : kCyan;
}

QString maskColourName(const QColor& colour) {
  return colour.red() > colour.blue() ? tr("red") : tr("cyan");
}

namespace {

QSizeF cellOf(const QRectF& image_rect, const QImage& image) {
  return {image_rect.width() / image.width(), image_rect.height() / image.height()};
}

/// Of a text in a pixel.
void setPixelFont(QPainter& painter, double size) {
  QFont font = painter.font();
  font.setPixelSize(std::clamp(static_cast<int>(size), 7, 13));
  painter.setFont(font);
}

/// Calls draw(pixel, its place on the screen) with a pen that can be read on each.
template <class Draw>
void forPixels(QPainter& painter, const QRectF& image_rect, const QImage& image, const QRect& visible,
               const Draw& draw) {
  const auto cell = cellOf(image_rect, image);
  for (int y = visible.top(); y <= visible.bottom(); ++y) {
    for (int x = visible.left(); x <= visible.right(); ++x) {
      const QRgb value = image.pixel(x, y);
      const bool light = qGray(value) > 118 || qAlpha(value) < 128;
      painter.setPen(light ? QColor(0, 0, 0, 220) : QColor(255, 255, 255, 230));
      draw(QPoint(x, y), QRectF(image_rect.left() + x * cell.width(), image_rect.top() + y * cell.height(),
                                cell.width(), cell.height()));
    }
  }
}

}  // namespace

void drawCheckerboard(QPainter& painter, const QRectF& area) {
  constexpr int kSquare = 8;
  static const QPixmap tile = [] {
    QPixmap pixmap(2 * kSquare, 2 * kSquare);
    pixmap.fill(QColor(0xc8c8c8));
    QPainter p(&pixmap);
    p.fillRect(0, 0, kSquare, kSquare, QColor(0xf4f4f4));
    p.fillRect(kSquare, kSquare, kSquare, kSquare, QColor(0xf4f4f4));
    return pixmap;
  }();
  painter.drawTiledPixmap(area, tile, area.topLeft());
}

void drawPixelGrid(QPainter& painter, const QRectF& image_rect, const QSize& pixels, const QRect& visible) {
  const double width = image_rect.width() / pixels.width(), height = image_rect.height() / pixels.height();
  const auto xOf = [&](int x) { return image_rect.left() + x * width; };
  const auto yOf = [&](int y) { return image_rect.top() + y * height; };
  const int right = visible.right() + 1, bottom = visible.bottom() + 1;
  QVector<QLineF> lines;
  for (int x = visible.left(); x <= right; ++x) lines << QLineF(xOf(x), yOf(visible.top()), xOf(x), yOf(bottom));
  for (int y = visible.top(); y <= bottom; ++y) lines << QLineF(xOf(visible.left()), yOf(y), xOf(right), yOf(y));
  painter.setRenderHint(QPainter::Antialiasing, false);
  painter.setPen(QPen(QColor(128, 128, 128, 110), 0));
  painter.drawLines(lines);
}

void drawPixelValues(QPainter& painter, const QRectF& image_rect, const QImage& image, const QRect& visible) {
  const auto size = cellOf(image_rect, image);
  const double cell = std::min(size.width(), size.height());
  setPixelFont(painter, cell / 3.8);
  const double line = QFontMetricsF(painter.font()).height() * 0.92;
  if (3 * line > cell + 2) return;
  forPixels(painter, image_rect, image, visible, [&](QPoint pixel, const QRectF& box) {
    const QRgb value = image.pixel(pixel);
    if (qRed(value) == qGreen(value) && qGreen(value) == qBlue(value))
      return painter.drawText(box, Qt::AlignCenter, QString::number(qRed(value)));
    const int samples[3] = {qRed(value), qGreen(value), qBlue(value)};
    for (int i = 0; i < 3; ++i)
      painter.drawText(QRectF(box.left(), box.center().y() + (i - 1.5) * line, box.width(), line), Qt::AlignCenter,
                       QString::number(samples[i]));
  });
}

void drawPixelTexts(QPainter& painter, const QRectF& image_rect, const QImage& image, const QRect& visible,
                    const std::function<QString(QPoint pixel)>& text) {
  const auto size = cellOf(image_rect, image);
  setPixelFont(painter, std::min(size.width(), size.height()) / 4.5);
  forPixels(painter, image_rect, image, visible,
            [&](QPoint pixel, const QRectF& box) { painter.drawText(box, Qt::AlignCenter, text(pixel)); });
}

void drawCaption(QPainter& painter, const QRectF& area, Qt::Alignment corner, const QString& text) {
  constexpr double kMargin = 10, kPadX = 8, kPadY = 3;
  if (text.isEmpty()) return;
  const QFontMetricsF metrics(painter.font());
  const double room = area.width() - 2 * kMargin - 2 * kPadX;
  const QString shown = metrics.elidedText(text, Qt::ElideRight, room);
  if (room <= 0 || (shown != text && shown.size() < 5)) return;
  const QSizeF size(metrics.horizontalAdvance(shown) + 2 * kPadX, metrics.height() + 2 * kPadY);
  QRectF pill(area.topLeft() + QPointF(kMargin, kMargin), size);
  if (corner & Qt::AlignRight) pill.moveRight(area.right() - kMargin);
  if (corner & Qt::AlignBottom) pill.moveBottom(area.bottom() - kMargin);
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  painter.setBrush(QColor(0, 0, 0, 170));
  painter.drawRoundedRect(pill, 5, 5);
  painter.setPen(Qt::white);
  painter.drawText(pill, Qt::AlignCenter, shown);
  painter.restore();
}

QImage differencePicture(const QImage& before, const QImage& after, int gain) {
  const auto a = before.convertToFormat(QImage::Format_RGB32), b = after.convertToFormat(QImage::Format_RGB32);
  QImage difference(b.size(), QImage::Format_RGB32);
  for (int y = 0; y < b.height(); ++y) {
    const auto* from = reinterpret_cast<const uchar*>(a.constScanLine(y));
    const auto* to = reinterpret_cast<const uchar*>(b.constScanLine(y));
    auto* out = difference.scanLine(y);
    for (int i = 0; i < 4 * b.width(); ++i)
      out[i] = static_cast<uchar>(std::min(255, gain * std::abs(from[i] - to[i])));
  }
  return difference;
}

QPointF dividerHandle(double x, double height) {
  return {x, height / 2};
}

void drawDivider(QPainter& painter, double x, double height, double top, double bottom, const QColor& accent,
                 bool active) {
  constexpr double kRadius = 13;
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  painter.fillRect(QRectF(x - 2, top, 4, bottom - top), QColor(0, 0, 0, 90));
  painter.fillRect(QRectF(x - 1, top, 2, bottom - top), active ? accent : QColor(Qt::white));
  painter.setPen(QPen(QColor(0, 0, 0, 110), 1));
  painter.setBrush(active ? accent : QColor(Qt::white));
  const QPointF centre = dividerHandle(x, height);
  painter.drawEllipse(centre, kRadius, kRadius);
  painter.setPen(Qt::NoPen);
  painter.setBrush(active ? QColor(Qt::white) : QColor(0x30343a));
  for (const int side : {-1, 1}) {
    QPainterPath arrow(centre + QPointF(side * 8.5, 0));
    arrow.lineTo(centre + QPointF(side * 3, -4.5));
    arrow.lineTo(centre + QPointF(side * 3, 4.5));
    arrow.closeSubpath();
    painter.drawPath(arrow);
  }
  painter.restore();
}

void drawFocusRing(QPainter& painter, const QRectF& area, const QPalette& palette) {
  constexpr double kRing = 2;
  painter.save();
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(studioColours(palette).accent, kRing, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
  painter.drawRect(area.adjusted(kRing / 2, kRing / 2, -kRing / 2, -kRing / 2));
  painter.restore();
}

void drawEmptyState(QPainter& painter, const QRectF& area, const QPalette& palette, const QString& title,
                    const QString& detail, bool drop_hovering) {
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  const QColor ink = palette.color(QPalette::WindowText);
  QColor faint = ink;
  faint.setAlpha(110);
  const QRectF frame = area.marginsRemoved(QMarginsF(24, 24, 24, 24));
  if (frame.width() > 60 && frame.height() > 60) {
    painter.setPen(
        QPen(drop_hovering ? palette.color(QPalette::Highlight) : faint, drop_hovering ? 2.5 : 1.5, Qt::DashLine));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(frame, 12, 12);
  }
  // A picture with hills and a sun, above the text.
  QFont title_font = painter.font();
  title_font.setPointSizeF(title_font.pointSizeF() * 1.35);
  const double title_height = QFontMetricsF(title_font).height(),
               detail_height = QFontMetricsF(painter.font()).height();
  constexpr double kIconWidth = 64, kIconHeight = 48, kGap = 16;
  double y = area.center().y() - (kIconHeight + kGap + title_height + detail_height + 6) / 2;
  if (area.height() > 200) {
    const QRectF icon(area.center().x() - kIconWidth / 2, y, kIconWidth, kIconHeight);
    painter.setPen(QPen(faint, 2.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawRoundedRect(icon, 6, 6);
    painter.drawEllipse(icon.topLeft() + QPointF(18, 15), 5, 5);
    painter.drawPolyline(QPolygonF{icon.bottomLeft() + QPointF(7, -8), icon.bottomLeft() + QPointF(24, -23),
                                   icon.bottomLeft() + QPointF(33, -15), icon.bottomLeft() + QPointF(45, -30),
                                   icon.bottomRight() + QPointF(-6, -14)});
  }
  y += kIconHeight + kGap;
  painter.setPen(ink);
  const QFont detail_font = painter.font();
  painter.setFont(title_font);
  painter.drawText(QRectF(area.left() + 8, y, area.width() - 16, title_height), Qt::AlignCenter,
                   QFontMetricsF(title_font).elidedText(title, Qt::ElideRight, area.width() - 16));
  painter.setFont(detail_font);
  painter.setPen(palette.color(QPalette::PlaceholderText));
  painter.drawText(QRectF(area.left() + 8, y + title_height + 6, area.width() - 16, detail_height), Qt::AlignCenter,
                   QFontMetricsF(detail_font).elidedText(detail, Qt::ElideRight, area.width() - 16));
  painter.restore();
}

}  // namespace p2l::ui
