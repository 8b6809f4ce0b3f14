// SPDX-License-Identifier: GPL-3.0-or-later
// The panel as a view of the document.
#include <utility>

#include "ui/document/run_model.h"
#include "ui/language/numbers.h"
#include "ui/settings/param_panel.h"
#include "ui/settings/solver_panel.h"

namespace p2l::ui {
namespace {

// Pixels of a result that is restored as a whole; larger ones are made of patches and tiles. A gradient through the
// networks takes several times the memory.
constexpr qint64 kLargestWhole = 4'000'000, kLargestWithGradient = 800'000;
constexpr int kStride = 48;  // latent pixels between patches of 64: half the work of the paper's 32

}  // namespace

void SolverPanel::follow(RunModel* model) {
  run_model_ = model;
  const auto state = [this] {
    auto request = run_model_->request();
    writeTo(request);
    run_model_->changeSolver(request);
  };
  const auto showTask = [this] {
    const auto request = run_model_->request();
    setDegradation(request.degradation().id,
                   request.degradations.size() > 1 ? request.degradations[1].id : std::string(),
                   request.degradation().values);
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
  connect(model, &RunModel::photoChanged, this, [this] { suited_.clear(); });
  connect(model, &RunModel::settingsChanged, this, &SolverPanel::suitPhoto);
  connect(model, &RunModel::solverRecalled, this, [this] { recalled_ = true; });
  state();
}

void SolverPanel::suitPhoto() {
  if (run_model_->photo() == nullptr) return;
  const auto request = run_model_->request();
  const bool own = request.mode == Mode::Restore;
  const auto size = run_model_->workingSize() * run_model_->outputScale();
  const auto work = catalogue_.solver(solver()).work(params_->values(), 1);
  const bool gradient = work.network_gradient > 0 || work.decode_gradient > 0;
  const bool was_tiled = tiled_;
  tiled_ = own && qint64{size.width()} * size.height() > (gradient ? kLargestWithGradient : kLargestWhole);
  const auto& task = catalogue_.degradation(request.degradation().id);
  ParamValues wanted = {{"keep_measured", own && task.takes_mask ? 1.0 : 0.0},
                        {"keep_colour", own && task.linear ? 1.0 : 0.0},
                        {"patches", std::string(tiled_ ? "mixture" : "none")}};
  for (const auto& spec : catalogue_.sampler) {
    if (spec.key == "patch_stride") wanted[spec.key] = tiled_ ? ParamValue(double{kStride}) : defaultValue(spec);
  }
  if (std::exchange(recalled_, false)) {
    suited_ = wanted;
    showSamplerDefaults();
    if (tiled_ != was_tiled) emit this->changed();  // the recalled settings were taken with the former size's tiling
    return;
  }
  ParamValues changed;
  for (const auto& [key, value] : wanted) {
    const auto found = suited_.find(key);
    // What a person set stays: it differs from what was set here.
    if (found == suited_.end() || found->second != value) changed[key] = value;
    suited_[key] = value;
  }
  showSamplerDefaults();
  const auto before = sampler_->values();
  sampler_->setValues(changed);
  if (sampler_->values() == before) return;
  showMatchingPreset();
  emit this->changed();
}

void SolverPanel::showLoadedModel() {
  const auto& loaded = run_model_->loaded();
  if (!loaded.problem.isEmpty()) return showModelText(tr("The model could not be loaded."));
  showModel(loaded.info);
  showModelText(tr("%1 million weights, best at %2 × %2; ready after %3\u00a0s")
                    .arg(numberText(static_cast<double>(loaded.info.parameters) / 1e6, 1))
                    .arg(loaded.info.training_size)
                    .arg(numberText(loaded.seconds, 1)));
}

void SolverPanel::showWorkingSize() {
  const auto* photo = run_model_->photo();
  if (photo == nullptr) return;
  const auto text = [](const QSize& size) { return QStringLiteral("%1 × %2").arg(size.width()).arg(size.height()); };
  const QSize whole(photo->photo->image.width, photo->photo->image.height);
  const auto size = run_model_->workingSize();
  const double scale = run_model_->outputScale();
  const auto part = run_model_->isCropped() ? tr("the crop %1").arg(text(run_model_->cropRect().size())) : text(whole);
  auto sentence = workingSize() > 0         ? tr("The centre square of %1").arg(part)
                  : run_model_->isCropped() ? tr("A crop of %1: %2").arg(text(whole), text(size))
                                            : text(size);
  if (scale > 1.0) sentence = tr("%1; the result is %2").arg(sentence, text(size * scale));
  showSizeText(sentence);
}

}  // namespace p2l::ui
