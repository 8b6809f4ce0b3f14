// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tools/pixel_readout.h"

#include "ui/canvas/image_canvas.h"

namespace p2l::ui {

PixelReadout::PixelReadout(const ImageCanvas* canvas, QWidget* parent) : QLabel(parent) {
  connect(canvas, &ImageCanvas::pixelHovered, this, &PixelReadout::showPixel);
}

void PixelReadout::showPixel(QPoint pixel, const QColor& before, const QColor& after) {
  const auto text = [](const QColor& colour) {
    if (!colour.isValid()) return QStringLiteral("–");
    return QStringLiteral("%1 %2 %3").arg(colour.red()).arg(colour.green()).arg(colour.blue());
  };
  const auto place = tr("(%1, %2)  before %3  after %4").arg(pixel.x()).arg(pixel.y()).arg(text(before), text(after));
  setText(pixel.x() < 0 ? QString() : place);
}

}  // namespace p2l::ui
