// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tools/crop_view.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/canvas/image_canvas.h"
#include "ui/document/run_model.h"
#include "ui/tools/frame_picker.h"
#include "ui/widgets/floating_bar.h"

namespace p2l::ui {
namespace {

struct Aspect {
  int width, height;
};
constexpr Aspect kAspects[] = {{1, 1}, {5, 4}, {4, 3}, {3, 2}, {16, 9}};
enum Choice { Free, OfPhoto, FirstAspect };

}  // namespace

CropView::CropView(RunModel* model, ImageCanvas* canvas)
    : QWidget(canvas), model_(model), canvas_(canvas), photo_(new ImageCanvas(this)) {
  setObjectName(QStringLiteral("cropView"));
  setAccessibleName(tr("Crop"));
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(photo_);
  photo_->setObjectName(QStringLiteral("cropPhoto"));
  photo_->setAcceptDrops(false);
  photo_->setFocusPolicy(Qt::NoFocus);  // the rectangle on it has the keyboard
  picker_ = new FramePicker(photo_, FramePicker::Manner::Adjusted);
  picker_->setAccessibleName(tr("Rectangle of the crop: arrow keys move it, with Ctrl they size it"));
  buildBar();
  hide();
  canvas->installEventFilter(this);
  connect(picker_, &FramePicker::picked, this, &CropView::apply);
  connect(picker_, &FramePicker::cancelled, this, &CropView::cancel);
  connect(picker_, &FramePicker::frameChanged, this,
          [this](const QRect& frame) { size_->setText(tr("%1 × %2").arg(frame.width()).arg(frame.height())); });
  connect(model, &RunModel::photoChanged, this, &CropView::cancel);
  connect(model, &RunModel::runningChanged, this, &CropView::cancel);
}

void CropView::buildBar() {
  bar_ = new FloatingBar(tr("Crop"), this);
  aspects_ = new QComboBox(bar_);
  aspects_->setAccessibleName(tr("Aspect of the crop"));
  aspects_->setToolTip(tr("Width to height; the longer side is the photo's longer side"));
  aspects_->addItems({tr("Free"), tr("As the photo")});
  for (const auto& aspect : kAspects) aspects_->addItem(QStringLiteral("%1 : %2").arg(aspect.width).arg(aspect.height));
  bar_->row()->addWidget(aspects_);
  size_ = bar_->addLabel();
  size_->setMinimumWidth(size_->fontMetrics().horizontalAdvance(QStringLiteral("00000 × 00000")));
  size_->setAlignment(Qt::AlignCenter);
  auto* reset = bar_->addButton(tr("Reset"), tr("The whole photo again"));
  auto* cancel = bar_->addButton(tr("Cancel"), tr("Leave the crop as it was (Escape)"));
  auto* apply = bar_->addButton(tr("Apply"), tr("Restore this part of the photo from now on (Enter)"), true);
  reset->setAccessibleName(tr("Reset crop"));
  cancel->setAccessibleName(tr("Cancel crop"));
  apply->setAccessibleName(tr("Apply crop"));
  connect(aspects_, &QComboBox::activated, this, &CropView::chooseAspect);
  connect(reset, &QPushButton::clicked, this, &CropView::reset);
  connect(cancel, &QPushButton::clicked, this, &CropView::cancel);
  connect(apply, &QPushButton::clicked, this, &CropView::apply);
}

void CropView::chooseAspect(int index) {
  const auto& whole = photo_->pictureSize();
  if (index == Free) return picker_->setAspect(0.0);
  if (index == OfPhoto) return picker_->setAspect(whole.width() / whole.height());
  const auto& aspect = kAspects[index - FirstAspect];
  const double wide = static_cast<double>(aspect.width) / aspect.height;
  picker_->setAspect(whole.width() >= whole.height() ? wide : 1.0 / wide);
}

void CropView::setOpen(bool open) {
  open = open && model_->photo() != nullptr && !model_->isRunning();
  if (open == isOpen()) {
    emit openChanged(open);  // a button that was pressed in vain comes up again
    return;
  }
  if (open) {
    const auto& photo = *model_->photo();
    setGeometry(canvas_->rect());
    show();
    raise();
    photo_->setBefore(photo.shown, tr("Crop"));
    fit();
    aspects_->setCurrentIndex(Free);
    picker_->setAspect(0.0);
    picker_->begin({photo.photo->image.width, photo.photo->image.height}, model_->cropRect(), kSmallestSize);
    bar_->raise();
    bar_->place();
  } else {
    hide();
    photo_->clear();
    canvas_->setFocus();
  }
  emit openChanged(open);
}

void CropView::fit() {
  constexpr double kRoom = 0.94;  // so that the handles are seen
  layout()->activate();
  photo_->fit();
  photo_->zoomAt(photo_->zoom() * kRoom, QRectF(photo_->rect()).center());
}

void CropView::apply() {
  const auto frame = picker_->frame();
  setOpen(false);
  model_->setCrop(frame);
}

void CropView::reset() {
  setOpen(false);
  model_->setCrop({});
}

bool CropView::eventFilter(QObject* watched, QEvent* event) {
  if (watched == canvas_ && event->type() == QEvent::Resize) {
    setGeometry(canvas_->rect());
    if (isOpen()) fit();
  }
  return QWidget::eventFilter(watched, event);
}

void CropView::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Escape) return cancel();
  if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) return apply();
  event->accept();  // keys of the canvas below would move what is not seen
}

}  // namespace p2l::ui
