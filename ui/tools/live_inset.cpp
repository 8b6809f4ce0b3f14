// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tools/live_inset.h"

#include <QPointer>

#include "ui/canvas/image_canvas.h"
#include "ui/jobs/live_preview.h"

namespace p2l::ui {

LiveInset::LiveInset(LivePreview* preview, ImageCanvas* canvas) : QObject(canvas), preview_(preview), canvas_(canvas) {
  preview->setView([canvas = QPointer<ImageCanvas>(canvas)] { return canvas ? canvas->visiblePart() : QRectF(); });
  connect(preview, &LivePreview::changed, this, &LiveInset::show);
}

void LiveInset::show() {
  const auto& part = preview_->part();
  const auto label = part.isNull()    ? QString()
                     : part.steps > 0 ? tr("Preview · %1 steps").arg(part.steps)
                                      : tr("Preview · without the model");
  canvas_->setInset(part.picture, part.place, label);
}

}  // namespace p2l::ui
