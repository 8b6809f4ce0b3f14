// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/step_numbers.h"

#include <QFormLayout>
#include <QLabel>
#include <functional>

#include "ui/document/run_model.h"
#include "ui/language/numbers.h"

namespace p2l::ui {

StepNumbers::StepNumbers(RunModel* model, QWidget* parent)
    : QWidget(parent), model_(model), form_(new QFormLayout(this)) {
  setAccessibleName(tr("Numbers of the step"));
  form_->setContentsMargins(12, 12, 12, 12);
  form_->setVerticalSpacing(8);
  addRow(tr("Step"), tr("Of the run that is shown"),
         [](const StepReport& r) { return tr("%1 of %2").arg(r.step).arg(r.steps); });
  addRow(tr("Timestep t"), tr("Of the training's noise schedule: large is noisy"),
         [](const StepReport& r) { return QString::number(r.timestep); });
  addRow(tr("Residual"), tr("‖y − A D(ẑ₀)‖: how far the estimate is from the measurement"),
         [](const StepReport& r) { return numberOrDash(r.residual, 3); });
  addRow(tr("Goal"), tr("The noise level σ√m"),
         [this](const StepReport&) { return numberOrDash(model_->stepsNoiseLevel(), 3); });
  addRow(tr("After projection"), tr("‖y − A x‖ of the picture that the projection made"),
         [](const StepReport& r) { return numberOrDash(r.residual_projected, 3); });
  addRow(tr("PSNR"), tr("Of the estimate against the truth, dB"),
         [](const StepReport& r) { return numberOrDash(r.psnr, 2); });
  addRow(tr("Prompt drift"), tr("‖C_t − C₀‖: how far the prompt was tuned"),
         [](const StepReport& r) { return numberOrDash(r.prompt_drift, 3); });
  addRow(tr("Gradient norm"), tr("Of the residual with respect to z_t"),
         [](const StepReport& r) { return numberOrDash(r.gradient_norm, 3); });
  addRow(tr("Seconds"), tr("Of this step"), [](const StepReport& r) { return numberOrDash(r.seconds, 2); });
  connect(model, &RunModel::cursorChanged, this, &StepNumbers::showStep);
  connect(model, &RunModel::stepsReset, this, &StepNumbers::showStep);
  connect(model, &RunModel::stepAdded, this, &StepNumbers::showStep);
  showStep();
}

void StepNumbers::addRow(const QString& name, const QString& help, std::function<QString(const StepReport&)> text) {
  auto* label = new QLabel(name, this);
  label->setForegroundRole(QPalette::PlaceholderText);
  auto* value = new QLabel(this);
  value->setAccessibleName(name);
  value->setTextInteractionFlags(Qt::TextSelectableByMouse);
  for (auto* each : {label, value}) each->setToolTip(help);
  form_->addRow(label, value);
  rows_.push_back({value, std::move(text)});
}

void StepNumbers::showStep() {
  const auto report = model_->reports().find(model_->cursor().step);
  for (const auto& row : rows_) {
    row.value->setText(report != model_->reports().end() ? row.text(report->second) : QStringLiteral("–"));
  }
}

}  // namespace p2l::ui
