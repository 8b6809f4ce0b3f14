// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/canvas/canvas_presenter.h"

#include <QPainter>
#include <cmath>
#include <utility>

#include "ui/base/frame_image.h"
#include "ui/canvas/canvas_painter.h"
#include "ui/canvas/image_canvas.h"
#include "ui/document/run_model.h"
#include "ui/language/numbers.h"

namespace p2l::ui {
namespace {

/// The colour, as opaque as `opacity` is.
QImage tinted(const QImage& opacity, const QColor& colour) {
  auto picture = opacity.convertToFormat(QImage::Format_ARGB32_Premultiplied);
  QPainter painter(&picture);
  painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
  painter.fillRect(picture.rect(), colour);
  return picture;
}

}  // namespace

CanvasPresenter::CanvasPresenter(RunModel* model, ImageCanvas* canvas)
    : QObject(canvas), model_(model), canvas_(canvas) {
  canvas->setMaskEditor(model->mask());
  canvas->setMaskVisible(model->isPainting());
  connect(model, &RunModel::paintingChanged, canvas, &ImageCanvas::setMaskEditing);
  connect(model, &RunModel::paintingChanged, canvas, &ImageCanvas::setMaskVisible);
  connect(model, &RunModel::photoChanged, this, &CanvasPresenter::showPhoto);
  connect(model, &RunModel::beforeChanged, this, &CanvasPresenter::showBefore);
  connect(model, &RunModel::picturesChanged, this, &CanvasPresenter::showAfter);
  connect(model, &RunModel::resultReady, this, &CanvasPresenter::showAfter);
  connect(model, &RunModel::broughtBack, this, [this](const ResultPtr& result) {
    if (result) return showAfter();
    if (!model_->result()) takeAway();
  });
  connect(model, &RunModel::resultTaken, this, &CanvasPresenter::takeAway);
  connect(model, &RunModel::resultRevised, this, &CanvasPresenter::showAfter);
  connect(model, &RunModel::madeUpChanged, this, &CanvasPresenter::showAfter);
  connect(canvas, &ImageCanvas::compareModeChanged, this, [this] {
    if (!model_->madeUp().isNull()) showAfter();
  });
  connect(model, &RunModel::settingsChanged, this, [this] {
    if (other_part_ != model_->showsOtherPart()) showAfter();
  });
  connect(model, &RunModel::cursorChanged, this, &CanvasPresenter::showAfter);
  connect(model, &RunModel::staleChanged, this, [this] {
    if (!model_->isRunning() && model_->showsResult()) showAfter();
  });
}

QString CanvasPresenter::beforeText(Mode mode, bool original) {
  if (!original) return tr("Measurement");
  return mode == Mode::Restore ? tr("Photo") : tr("Original");
}

void CanvasPresenter::showPhoto() {
  if (model_->measured()) return;  // brought back with its pictures
  canvas_->clear();
  shown_.reset();
  canvas_->setBefore(model_->photo()->shown, tr("Photo"));
}

void CanvasPresenter::showBefore() {
  const bool original = model_->cursor().before == RunModel::Before::Original && !model_->originalPicture().isNull();
  const auto& image = original ? model_->originalPicture() : model_->measurementPicture();
  if (image.isNull()) return;
  auto label = beforeText(model_->request().mode, original);
  // Its pixels are not those of a smaller y, and neither are the values that are written on them.
  const auto measured = model_->measured();
  const int width = measured && !original ? measured->outcome.measurement.width : 0;
  if (width > 0 && width < image.width()) label = tr("%1, enlarged").arg(label);
  canvas_->setBefore(image, label);
}

QString CanvasPresenter::withValue(const QString& label, double psnr) {
  return std::isfinite(psnr) ? tr("%1 · %2 dB").arg(label, numberText(psnr, 1)) : label;
}

QString CanvasPresenter::resultLabel() const {
  const auto& outcome = model_->result()->outcome;
  const auto steps = outcome.report.steps.size();
  const auto label = outcome.status == Outcome::Status::Completed  ? tr("Result")
                     : outcome.status == Outcome::Status::Diverged ? tr("Diverged in step %1").arg(steps)
                                                                   : tr("Stopped after step %1").arg(steps);
  const auto valued = withValue(label, outcome.report.metric("psnr"));
  return model_->isStale() ? tr("%1 · former settings").arg(valued) : valued;
}

void CanvasPresenter::showAfter() {
  other_part_ = model_->showsOtherPart();
  if (model_->showsResult()) {
    const auto& overlay = model_->madeUp();
    const bool subtracted = canvas_->compareMode() == ImageCanvas::CompareMode::Difference;
    if (overlay.isNull() || subtracted)  // a colour over it is no difference
      return show(model_->result()->picture, model_->result(), withModel(resultLabel()));
    auto picture = model_->result()->picture.convertToFormat(QImage::Format_ARGB32_Premultiplied);
    const auto colour = maskColourFor(picture);
    QPainter(&picture).drawImage(picture.rect(), tinted(overlay, colour));
    const auto label = model_->isLittleMadeUp() ? tr("%1; little is made up here (%2)") : tr("%1; %2 is made up");
    return show(picture, model_->result(), label.arg(resultLabel(), maskColourName(colour)));
  }
  if (other_part_) return takeAway();
  const auto snapshot = model_->shownStep();
  if (!snapshot) return showMissing();
  const int step = model_->cursor().step;
  if (const auto noisy = model_->noisyPicture())
    return show(imageFromFrame(noisy), noisy, tr("Step %1 of %2 · noisy state").arg(step).arg(snapshot->report.steps));
  const auto& report = snapshot->report;
  const auto label = tr("Step %1 of %2 · estimate").arg(report.step).arg(report.steps);
  show(imageFromFrame(snapshot->estimate), snapshot->estimate, withModel(withValue(label, report.psnr)));
}

void CanvasPresenter::showMissing() {
  if (!model_->stepsAreOfResult() || model_->cursor().step < 1) return;
  const auto why = model_->stepsAreComing() ? tr("Step %1 of %2 · on its way…")
                                            : tr("Step %1 of %2 · not kept of this run; this is the result");
  show(model_->result()->picture, model_->result(), why.arg(model_->cursor().step).arg(model_->stepCount()));
}

QString CanvasPresenter::withModel(const QString& label) const {
  const auto name = model_->modelOfNoisy();
  return name.isEmpty() ? label : tr("%1; its state needs the run's model, %2").arg(label, name);
}

void CanvasPresenter::takeAway() {
  shown_.reset();
  canvas_->clearAfter();
}

void CanvasPresenter::show(const QImage& picture, std::shared_ptr<const void> owner, const QString& label) {
  if (owner == shown_ && label == shown_label_) return;  // a picture that is set is scaled anew
  shown_ = std::move(owner);
  shown_label_ = label;
  canvas_->setAfter(picture, label);
}

}  // namespace p2l::ui
