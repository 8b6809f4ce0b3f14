// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/quality_row.h"

#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>
#include <utility>

#include "ui/document/quality_presets.h"
#include "ui/document/run_model.h"
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
  choices_->add(tr("Fast"), tr("A first look: few steps"));
  choices_->add(tr("Good"), tr("Most of the quality in a fraction of the time"));
  choices_->add(tr("Best"), tr("Every step refined: several times as long"));
  column->addWidget(choices_);
  connect(choices_, &Segmented::chosen, this, &QualityRow::choose);
}

void QualityRow::follow() {
  task_ = model_->request().degradation().id;
  connect(model_, &RunModel::solverRecalled, this, [this] { recalled_ = true; });
  connect(model_, &RunModel::taskChanged, this, &QualityRow::taskChanged);
  connect(model_, &RunModel::settingsChanged, this, &QualityRow::showQuality);
  connect(model_, &RunModel::modelChanged, this, &QualityRow::showQuality);
}

const Preset* QualityRow::presetOf(const Catalogue& catalogue, const RestoreRequest& request, Quality quality) {
  return qualityPreset(catalogue, request, kNames[static_cast<int>(quality)]);
}

int QualityRow::current() const {
  return choices_->current();
}

void QualityRow::setActive(bool active) {
  active_ = active;
  if (active) showQuality();
}

void QualityRow::choose(int quality) {
  wanted_ = quality;
  const auto* preset = presetOf(catalogue_, model_->request(), static_cast<Quality>(quality));
  if (preset != nullptr) {
    solver_->setSolver(preset->solver);
    solver_->setPreset(preset->id);
  }
  showQuality();
}

void QualityRow::taskChanged() {
  const auto task = model_->request().degradation().id;
  const bool another = std::exchange(task_, task) != task;
  if (std::exchange(recalled_, false) || !active_ || !another) return;
  take();
}

void QualityRow::take() {
  const auto request = model_->request();
  const auto* preset = presetOf(catalogue_, request, static_cast<Quality>(wanted_));
  if (preset == nullptr || request.preset == preset->id) return;
  solver_->setSolver(preset->solver);
  solver_->takePreset(preset->id);
}

void QualityRow::showQuality() {
  const auto request = model_->request();
  int shown = -1;
  for (int i = 0; i < kQualities; ++i) {
    const auto* preset = presetOf(catalogue_, request, static_cast<Quality>(i));
    choices_->button(i)->setEnabled(preset != nullptr);
    if (preset != nullptr && solver_->preset() == preset->id) shown = i;
  }
  choices_->setCurrent(shown);
}

}  // namespace p2l::ui
