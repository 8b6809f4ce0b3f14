// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/quality_row.h"

#include <QLabel>
#include <QToolButton>
#include <QUndoStack>
#include <QVBoxLayout>
#include <utility>

#include "ui/document/quality_presets.h"
#include "ui/document/run_model.h"
#include "ui/document/undo_places.h"
#include "ui/language/words.h"
#include "ui/settings/solver_panel.h"
#include "ui/widgets/segmented.h"

namespace p2l::ui {
namespace {

constexpr int kQualities = 3;
const char* const kNames[kQualities] = {"fast", "good", "best"};

}  // namespace

QualityRow::QualityRow(const Catalogue& catalogue, RunModel* model, SolverPanel* solver, QWidget* parent)
    : QWidget(parent), catalogue_(catalogue), model_(model), solver_(solver) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(6);
  auto* title = new QLabel(tr("Quality"), this);
  title->setForegroundRole(QPalette::PlaceholderText);
  column->addWidget(title);
  choices_ = new Segmented(tr("Quality"), this);
  choices_->setEven(true);
  tips_ = {tr("A first look: few steps"), tr("Most of the quality in a fraction of the time"),
           tr("Every step refined: several times as long")};
  choices_->add(tr("Fast"), tips_[0]);
  choices_->add(tr("Good"), tips_[1]);
  choices_->add(tr("Best"), tips_[2]);
  column->addWidget(choices_);
  connect(choices_, &Segmented::chosen, this, &QualityRow::choose);
}

void QualityRow::follow() {
  task_ = model_->request().degradation().id;
  connect(model_, &RunModel::solverRecalled, this, [this] { recalled_ = true; });
  connect(model_, &RunModel::taskChanged, this, &QualityRow::taskChanged);
  connect(model_, &RunModel::settingsChanged, this, &QualityRow::showQuality);
  connect(model_, &RunModel::modelChanged, this, &QualityRow::showQuality);
  followHistory();
}

void QualityRow::followHistory() {
  connect(model_, &RunModel::broughtBack, this, [this] {
    brought_ = solver_->shownValues();
    brought_photo_ = model_->openedPhoto();
  });
  // By undo comes back what a person had set.
  connect(model_->undoStack(), &QUndoStack::indexChanged, this, [this](int index) {
    const auto& stack = *model_->undoStack();
    const int from = std::exchange(undone_to_, index);
    if (index < from && stack.count() > 0 && !movedByPlaceOnly(stack, from)) brought_.reset();
  });
}

void QualityRow::photoOpened() {
  if (!active_ || !brought_ || brought_photo_.lock() == model_->openedPhoto()) return;
  const bool untouched = solver_->shows(*std::exchange(brought_, std::nullopt));
  if (untouched) take();
}

std::optional<Preset> QualityRow::presetOf(const Catalogue& catalogue, const RestoreRequest& request, Quality quality) {
  return qualityPreset(catalogue, request, kNames[static_cast<int>(quality)]);
}

int QualityRow::current() const {
  return choices_->current();
}

void QualityRow::setActive(bool active) {
  active_ = active;
  if (active) showQuality();
}

bool QualityRow::isShown(const Preset& preset) const {
  return preset.id.empty() ? solver_->shows(preset) : solver_->preset() == preset.id;
}

void QualityRow::choose(int quality) {
  wanted_ = quality;
  const auto preset = presetOf(catalogue_, model_->request(), static_cast<Quality>(quality));
  if (preset && preset->id.empty()) {
    model_->nameChange(tr("quality %1").arg(choices_->button(quality)->text()));
    solver_->takeValues(*preset);
  } else if (preset) {
    solver_->setSolver(preset->solver);
    solver_->setPreset(preset->id);
  }
  showQuality();
}

void QualityRow::taskChanged() {
  const auto task = model_->request().degradation().id;
  const bool another = std::exchange(task_, task) != task;
  const int quality = active_ ? wanted_ : shown_of_task_;
  if (!std::exchange(recalled_, false) && another && quality >= 0) take(quality);
  showQuality();
}

void QualityRow::take(int quality) {
  const auto request = model_->request();
  const auto preset = presetOf(catalogue_, request, static_cast<Quality>(quality));
  if (!preset) return;
  if (preset->id.empty()) {
    if (!solver_->shows(*preset)) solver_->takeValues(*preset);
  } else if (request.preset != preset->id || solver_->preset() != preset->id) {
    solver_->setSolver(preset->solver);
    solver_->takePreset(preset->id);
  }
}

void QualityRow::showQuality() {
  const auto request = model_->request();
  int shown = -1;
  for (int i = 0; i < kQualities; ++i) {
    const auto preset = presetOf(catalogue_, request, static_cast<Quality>(i));
    choices_->button(i)->setEnabled(preset.has_value());
    showTip(i, preset);
    if (preset && isShown(*preset)) shown = i;
  }
  choices_->setCurrent(shown);
  if (request.degradation().id == task_) shown_of_task_ = shown;
}

void QualityRow::showTip(int quality, const std::optional<Preset>& preset) {
  auto tip = tips_[quality];
  if (preset && preset->id.empty()) {
    const int steps = integerOf(preset->sampler_values, "steps");
    const auto& solver = catalogue_.solver(preset->solver);
    const auto work = solver.work(completeValues(solver.parameters, preset->solver_values, solver.id), steps);
    tip = (work.network_gradient > 0.0
               ? tr("%1. Made of the default preset of this model and task: %2, %3 steps, with a gradient")
               : tr("%1. Made of the default preset of this model and task: %2, %3 steps, without a gradient"))
              .arg(tip, catalogueText(solver.label))
              .arg(steps);
  }
  choices_->button(quality)->setToolTip(tip);
  choices_->button(quality)->setAccessibleDescription(tip);
}

}  // namespace p2l::ui
