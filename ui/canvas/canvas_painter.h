// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPalette>
#include <QRectF>
#include <QString>
#include <functional>

class QImage;
class QPainter;
class QPoint;
class QSize;

namespace p2l::ui {

/// What the image canvas draws around, over and under its pictures.

QColor canvasBackground(const QPalette& palette);
/// Of a mask over this picture: red, or cyan where the picture itself is warm.
QColor maskColourFor(const QImage& picture);
/// The word for a colour of maskColourFor().
QString maskColourName(const QColor& colour);
void drawCheckerboard(QPainter& painter, const QRectF& area);
/// Thin lines between the pixels of a picture of so many that fills `image_rect`; `visible` in its own coordinates.
void drawPixelGrid(QPainter& painter, const QRectF& image_rect, const QSize& pixels, const QRect& visible);
/// The 8-bit samples of `image` inside its pixels; `visible` in the coordinates of the image.
void drawPixelValues(QPainter& painter, const QRectF& image_rect, const QImage& image, const QRect& visible);
/// What `text` says of a pixel inside each, in place of its samples.
void drawPixelTexts(QPainter& painter, const QRectF& image_rect, const QImage& image, const QRect& visible,
                    const std::function<QString(QPoint pixel)>& text);
/// A text on a dark pill in a corner of `area`; elided to its width, left out when nothing readable would remain.
void drawCaption(QPainter& painter, const QRectF& area, Qt::Alignment corner, const QString& text);
/// |after - before| of two pictures of one size, `gain` times as bright.
QImage differencePicture(const QImage& before, const QImage& after, int gain);
/// A line over the picture, from `top` to `bottom`, with a handle in the middle of a pane of this height.
void drawDivider(QPainter& painter, double x, double height, double top, double bottom, const QColor& accent,
                 bool active);
/// The middle of the divider's handle.
QPointF dividerHandle(double x, double height);
/// 2 px along the edge of what the keyboard is in.
void drawFocusRing(QPainter& painter, const QRectF& area, const QPalette& palette);
void drawEmptyState(QPainter& painter, const QRectF& area, const QPalette& palette, const QString& title,
                    const QString& detail, bool drop_hovering);

}  // namespace p2l::ui
