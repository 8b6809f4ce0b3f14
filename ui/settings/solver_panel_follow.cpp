// SPDX-License-Identifier: GPL-3.0-or-later
// The panel as a view of the document.
#include "ui/document/run_model.h"
#include "ui/settings/solver_panel.h"

namespace p2l::ui {

void SolverPanel::follow(RunModel* model) {
  run_model_ = model;
  const auto state = [this] {
    auto request = run_model_->request();
    writeTo(request);
    run_model_->changeSolver(request);
  };
  const auto showTask = [this] {
    const auto request = run_model_->request();
    setDegradation(request.degradation, request.then, request.degradation_values);
  };
  setWorkingSize(model->request().size);
  connect(this, &SolverPanel::changed, model, state);
  connect(this, &SolverPanel::workingSizeChosen, model, &RunModel::keepWorkingSize);
  connect(this, &SolverPanel::degradationValuesWanted, model, &RunModel::changeTaskValues);
  connect(this, &SolverPanel::modelRequested, model, &RunModel::loadModel);
  connect(model, &RunModel::taskChanged, this, showTask);
  connect(model, &RunModel::solverRecalled, this, &SolverPanel::readFrom);
  connect(model, &RunModel::workingSizeSuggested, this, &SolverPanel::setWorkingSize);
  connect(model, &RunModel::settingsChanged, this, &SolverPanel::showWorkingSize);
  connect(model, &RunModel::modelChanged, this, &SolverPanel::showLoadedModel);
  state();
}

void SolverPanel::showLoadedModel() {
  const auto& loaded = run_model_->loaded();
  if (!loaded.problem.isEmpty()) return showModelText(tr("The model could not be loaded."));
  showModel(loaded.info);
  showModelText(tr("%1 million weights, best at %2 × %2; ready after %3\u00a0s")
                    .arg(static_cast<double>(loaded.info.parameters) / 1e6, 0, 'f', 1)
                    .arg(loaded.info.training_size)
                    .arg(loaded.seconds, 0, 'f', 1));
}

void SolverPanel::showWorkingSize() {
  const auto* photo = run_model_->photo();
  if (photo == nullptr) return;
  const auto text = [](const QSize& size) { return QStringLiteral("%1 × %2").arg(size.width()).arg(size.height()); };
  const QSize whole(photo->photo->image.width, photo->photo->image.height);
  const auto size = run_model_->workingSize();
  const int scale = run_model_->outputScale();
  auto sentence = workingSize() > 0 ? tr("The centre square of %1").arg(text(whole)) : text(size);
  if (scale > 1) sentence = tr("%1; the result is %2").arg(sentence, text(size * scale));
  showSizeText(sentence);
}

}  // namespace p2l::ui
