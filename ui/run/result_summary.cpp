// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/result_summary.h"

#include "ui/document/run_model.h"

namespace p2l::ui {

ResultSummary::ResultSummary(RunModel* model, QWidget* parent) : QLabel(parent), model_(model) {
  setContentsMargins(8, 3, 8, 5);
  setTextInteractionFlags(Qt::TextSelectableByMouse);
  setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);  // a long line must not widen the window
  setWordWrap(true);
  setAccessibleName(tr("Result in numbers"));
  setToolTip(
      tr("PSNR and SSIM against the photo, with the PSNR of the measurement and of the autoencoder alone,\n"
         "which bounds every latent solver; ‖y − A x‖ with the noise level σ√m as its goal; seconds."));
  const auto showResult = [this](const ResultPtr& result) {
    discarded_ = !result;
    showNumbers();
  };
  connect(model, &RunModel::resultReady, this, showResult);
  connect(model, &RunModel::broughtBack, this, showResult);
  connect(model, &RunModel::runningChanged, this, &ResultSummary::showNumbers);
  connect(model, &RunModel::photoChanged, this, [this] {
    discarded_ = false;
    showNumbers();
  });
  showNumbers();
}

void ResultSummary::showNumbers() {
  if (discarded_) return setText(tr("The picture was discarded to save memory; press Run."));
  if (const auto result = model_->result()) return setText(summaryText(result->outcome));
  setText(model_->isRunning() ? tr("The numbers appear with the result.") : tr("No result yet: press Run."));
}

}  // namespace p2l::ui
