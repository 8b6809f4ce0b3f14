// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/icons.h"

#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPainterPath>
#include <QPalette>
#include <algorithm>

namespace p2l::ui {

namespace {

void line(QPainter& p, std::initializer_list<QPointF> points) {
  p.drawPolyline(QPolygonF(QList<QPointF>(points)));
}

/// Media glyphs are filled: triangles pointing right (direction 1) or left (-1), with bars.
void triangle(QPainter& p, double x, double direction, double width = 9, double half_height = 7) {
  p.setBrush(p.pen().color());
  p.drawPolygon(QPolygonF{{x, 12 - half_height}, {x + direction * width, 12}, {x, 12 + half_height}});
}

void bar(QPainter& p, double x, double width = 2) {
  p.fillRect(QRectF(x, 5, width, 14), p.pen().color());
}

void tray(QPainter& p) {
  line(p, {{4, 15}, {4, 20}, {20, 20}, {20, 15}});
}

/// On a grid of 24 x 24.
void drawGlyph(QPainter& p, Glyph glyph) {
  switch (glyph) {
    case Glyph::Brush: {
      line(p, {{20.5, 3.5}, {11.5, 12.5}});
      QPainterPath tip(QPointF(11.5, 12.5));
      tip.cubicTo({6.5, 11.5}, {7.5, 18}, {3.5, 19.5});
      tip.cubicTo({8, 22}, {14.5, 19.5}, {11.5, 12.5});
      p.setBrush(p.pen().color());
      p.drawPath(tip);
      break;
    }
    case Glyph::Eraser:
      p.drawPolygon(QPolygonF{{9.5, 19.5}, {3.5, 13.5}, {13.5, 3.5}, {20.5, 10.5}, {11.5, 19.5}});
      line(p, {{8.5, 8.5}, {15.5, 15.5}});
      line(p, {{9.5, 20}, {20.5, 20}});
      break;
    case Glyph::Rectangle: {
      QPen pen = p.pen();
      pen.setDashPattern({2.2, 1.8});
      pen.setCapStyle(Qt::FlatCap);
      p.setPen(pen);
      p.drawRect(QRectF(4, 6, 16, 12));
      break;
    }
    case Glyph::Lasso: {
      p.drawEllipse(QRectF(3.5, 4, 17, 10.5));
      QPainterPath rope(QPointF(7.5, 13.8));
      rope.cubicTo({4, 16}, {8.5, 18.5}, {6, 21});
      p.drawPath(rope);
      p.drawEllipse(QPointF(8, 14.5), 1.8, 1.8);
      break;
    }
    case Glyph::Invert: {
      p.drawEllipse(QPointF(12, 12), 8, 8);
      QPainterPath half(QPointF(12, 4));
      half.arcTo(QRectF(4, 4, 16, 16), 90, -180);
      half.closeSubpath();
      p.setBrush(p.pen().color());
      p.drawPath(half);
      break;
    }
    case Glyph::Clear:
      line(p, {{5, 6.5}, {19, 6.5}});
      line(p, {{9.5, 6.5}, {9.5, 3.8}, {14.5, 3.8}, {14.5, 6.5}});
      line(p, {{6.5, 6.5}, {7.5, 20.5}, {16.5, 20.5}, {17.5, 6.5}});
      line(p, {{10.2, 10}, {10.5, 17}});
      line(p, {{13.8, 10}, {13.5, 17}});
      break;
    case Glyph::Import:
      tray(p);
      line(p, {{12, 3.5}, {12, 14.5}});
      line(p, {{7.5, 10}, {12, 14.5}, {16.5, 10}});
      break;
    case Glyph::Export:
      tray(p);
      line(p, {{12, 15}, {12, 4}});
      line(p, {{7.5, 8.5}, {12, 4}, {16.5, 8.5}});
      break;
    case Glyph::First:
      bar(p, 5);
      triangle(p, 18.5, -1, 9.5);
      break;
    case Glyph::Previous:
      triangle(p, 15.5, -1);
      break;
    case Glyph::Play:
      triangle(p, 7, 1, 12, 8);
      break;
    case Glyph::Pause:
      bar(p, 6.5, 4);
      bar(p, 13.5, 4);
      break;
    case Glyph::Next:
      triangle(p, 8.5, 1);
      break;
    case Glyph::Last:
      triangle(p, 5.5, 1, 9.5);
      bar(p, 17);
      break;
    case Glyph::Live:
      p.setBrush(p.pen().color());
      p.drawEllipse(QPointF(12, 12), 3, 3);
      p.setBrush(Qt::NoBrush);
      p.drawArc(QRectF(5, 5, 14, 14), -50 * 16, 100 * 16);
      p.drawArc(QRectF(5, 5, 14, 14), 130 * 16, 100 * 16);
      break;
    case Glyph::Stop:
      p.fillRect(QRectF(5.5, 5.5, 13, 13), p.pen().color());
      break;
    case Glyph::StepOn:
      triangle(p, 5.5, 1, 9.5);
      bar(p, 16.5);
      break;
    case Glyph::TooSmall:
      p.drawRect(QRectF(9, 9, 6, 6));
      line(p, {{4, 8}, {4, 4}, {8, 4}});
      line(p, {{20, 8}, {20, 4}, {16, 4}});
      line(p, {{4, 16}, {4, 20}, {8, 20}});
      line(p, {{20, 16}, {20, 20}, {16, 20}});
      break;
    case Glyph::OutOfFocus:
      for (const double radius : {3.0, 6.0, 9.0}) {
        p.setOpacity(radius > 8 ? 0.4 : radius > 5 ? 0.7 : 1.0);
        p.drawEllipse(QPointF(12, 12), radius, radius);
      }
      break;
    case Glyph::Shaken:
      for (const double down : {0.0, 4.0}) {
        p.setOpacity(down > 0 ? 0.45 : 1.0);
        QPainterPath path(QPointF(4, 15 + down));
        path.cubicTo({8, 7 + down}, {10, 17 + down}, {13, 12 + down});
        path.cubicTo({15.5, 8 + down}, {17, 6.5 + down}, {20, 8 + down});
        p.drawPath(path);
      }
      break;
    case Glyph::Scratched:
      line(p, {{4, 20}, {20, 4}});
      line(p, {{9, 21}, {12, 17}});
      line(p, {{14, 9}, {18, 8}});
      break;
    case Glyph::Noisy:
      p.setBrush(p.pen().color());
      p.setPen(Qt::NoPen);
      for (const QPointF& dot :
           {QPointF{5, 6}, {9.5, 10}, {14, 5}, {18.5, 9}, {6, 15}, {11, 18.5}, {16, 15}, {19.5, 19}})
        p.drawEllipse(dot, 1.5, 1.5);
      break;
    case Glyph::Blocks:
      p.drawRect(QRectF(4, 4, 16, 16));
      line(p, {{4, 12}, {20, 12}});
      line(p, {{12, 4}, {12, 20}});
      break;
    case Glyph::Menu:
      for (const double y : {7.0, 12.0, 17.0}) line(p, {{4.5, y}, {19.5, y}});
      break;
    case Glyph::Settings:
      for (const auto& [y, x] : {std::pair{7.0, 15.0}, {12.0, 8.0}, {17.0, 13.0}}) {
        line(p, {{4, y}, {20, y}});
        p.setBrush(p.pen().color());
        p.drawEllipse(QPointF(x, y), 2.2, 2.2);
      }
      break;
    case Glyph::Crop:
      line(p, {{7, 3}, {7, 17}, {21, 17}});
      line(p, {{3, 7}, {17, 7}, {17, 21}});
      break;
    case Glyph::Part:
      line(p, {{4, 9}, {4, 5}, {8, 5}});
      line(p, {{16, 5}, {20, 5}, {20, 9}});
      line(p, {{4, 15}, {4, 19}, {8, 19}});
      line(p, {{20, 15}, {20, 19}, {16, 19}});
      p.setBrush(p.pen().color());
      p.drawPolygon(QPolygonF{{9.5, 8}, {16.5, 12}, {9.5, 16}});
      break;
    case Glyph::Former:  // to be made anew
      p.drawArc(QRectF(5, 5, 14, 14), 40 * 16, 290 * 16);
      line(p, {{17.4, 3.2}, {17.4, 7.5}, {13.1, 7.5}});
      break;
  }
}

class GlyphEngine : public QIconEngine {
 public:
  GlyphEngine(Glyph off, Glyph on, QPalette::ColorRole role) : off_(off), on_(on), role_(role) {}

  void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override {
    const QPalette palette = QGuiApplication::palette();
    const auto group = mode == QIcon::Disabled ? QPalette::Disabled : QPalette::Active;
    const auto role = mode == QIcon::Disabled   ? QPalette::ButtonText
                      : mode == QIcon::Selected ? QPalette::HighlightedText
                                                : role_;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const double side = std::min(rect.width(), rect.height());
    painter->translate(QRectF(rect).center() - QPointF(side, side) / 2);
    painter->scale(side / 24, side / 24);
    painter->setPen(QPen(palette.color(group, role), 1.7, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    drawGlyph(*painter, state == QIcon::On ? on_ : off_);
    painter->restore();
  }

  QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override {
    QPixmap pixmap(size);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    paint(&painter, pixmap.rect(), mode, state);
    return pixmap;
  }

  QIconEngine* clone() const override { return new GlyphEngine(*this); }

 private:
  Glyph off_, on_;
  QPalette::ColorRole role_;
};

}  // namespace

QIcon glyphIcon(Glyph glyph, QPalette::ColorRole role) {
  return QIcon(new GlyphEngine(glyph, glyph, role));
}
QIcon playPauseIcon() {
  return QIcon(new GlyphEngine(Glyph::Play, Glyph::Pause, QPalette::ButtonText));
}

}  // namespace p2l::ui
