// SPDX-License-Identifier: GPL-3.0-or-later
// The panel's presets: which there are, which is shown, and what a person chose.
#include <QComboBox>
#include <QLabel>
#include <QSignalBlocker>
#include <QUndoStack>
#include <algorithm>
#include <functional>
#include <utility>

#include "ui/document/run_model.h"
#include "ui/language/words.h"
#include "ui/settings/param_panel.h"
#include "ui/settings/solver_panel.h"

namespace p2l::ui {
namespace {

/// Which preset a person chose, before and after.
class PresetChoice : public QUndoCommand {
 public:
  PresetChoice(std::string& chosen, std::string after, std::function<void()> changed)
      : chosen_(chosen), before_(chosen), after_(std::move(after)), changed_(std::move(changed)) {}
  void undo() override { choose(before_); }
  void redo() override { choose(after_); }

 private:
  void choose(const std::string& id) {
    chosen_ = id;
    changed_();
  }

  std::string& chosen_;
  std::string before_, after_;
  std::function<void()> changed_;
};

/// What depends on the photo and on what a person wants of it, and not on how the solver works: no preset is left when
/// these change in a restoration, unless it names them.
const std::string kOfThePhoto[] = {"keep_measured", "keep_colour", "detail", "patches", "patch_size", "patch_stride"};

bool contains(const ParamValues& values, const ParamValues& part) {
  return std::all_of(part.begin(), part.end(), [&](const auto& each) {
    const auto found = values.find(each.first);
    return found != values.end() && found->second == each.second;
  });
}

}  // namespace

RestoreRequest SolverPanel::chosen() const {
  RestoreRequest request;
  request.degradation().id = degradation_;
  request.degradation().values = degradation_values_;
  request.solver = solver();
  request.model = model().toStdString();
  return request;
}

const Preset* SolverPanel::standardPreset() const {
  return catalogue_.defaultPreset(chosen());
}

const Preset* SolverPanel::chosenPreset() const {
  if (chosen_preset_.empty() || preset_->findData(QString::fromStdString(chosen_preset_)) < 0) return nullptr;
  return &catalogue_.preset(chosen_preset_);
}

std::vector<const Preset*> SolverPanel::presets() const {
  std::vector<const Preset*> found;
  const Preset* standard = standardPreset();
  if (standard != nullptr) found.push_back(standard);
  for (const auto& preset : catalogue_.presets) {
    if (&preset == standard || preset.solver != solver()) continue;
    if (!preset.degradation.empty() && preset.degradation != degradation_) continue;
    if (preset.model.empty() || preset.model == model().toStdString()) found.push_back(&preset);
  }
  return found;
}

void SolverPanel::showPresets() {
  const QSignalBlocker quiet(preset_);
  chosen_preset_.clear();
  preset_->clear();
  for (const auto* preset : presets()) {
    preset_->addItem(catalogueText(preset->label), QString::fromStdString(preset->id));
    preset_->setItemData(preset_->count() - 1, catalogueText(preset->origin), Qt::ToolTipRole);
  }
  if (preset_->count() == 0) {
    preset_->addItem(tr("Defaults of the solver"), QStringLiteral("-"));
  }
  preset_->addItem(tr("Custom"), QString());
  applyPreset(0, false);
}

void SolverPanel::presetsChanged() {
  RestoreRequest now;
  writeTo(now);
  showPresets();
  params_->setValues(now.solver_values);
  sampler_->setValues(now.sampler_values);
  chosen_preset_ = now.preset;
  showMatchingPreset();
  emit changed();
}

RestoreRequest SolverPanel::presetValues(const Preset* preset) const {
  auto request = chosen();
  if (preset != nullptr) {
    request.solver_values = preset->solver_values;
    request.sampler_values = preset->sampler_values;
  }
  request.solver_values = completeValues(catalogue_.solver(solver()).parameters, request.solver_values, solver());
  request.sampler_values = completeValues(catalogue_.sampler, request.sampler_values, "sampler");
  return request;
}

ParamValues SolverPanel::samplerOf(const RestoreRequest& values, const std::string& preset) const {
  return samplerOf(values, preset == "-" ? ParamValues() : catalogue_.preset(preset).sampler_values);
}

ParamValues SolverPanel::samplerOf(const RestoreRequest& values, const ParamValues& named) const {
  auto sampler = values.sampler_values;
  if (run_model_ == nullptr || run_model_->request().mode == Mode::Demonstrate) return sampler;
  for (const auto& key : kOfThePhoto) {
    if (named.count(key) == 0) sampler.erase(key);
  }
  return sampler;
}

void SolverPanel::showSamplerDefaults() {
  auto defaults =
      samplerOf(presetValues(defaults_of_ == "-" ? nullptr : &catalogue_.preset(defaults_of_)), defaults_of_);
  for (const auto& key : kOfThePhoto) {
    const auto found = suited_.find(key);
    if (found != suited_.end()) defaults.emplace(key, found->second);
  }
  if (defaults == sampler_defaults_) return;
  sampler_defaults_ = defaults;
  sampler_->setDefaults(defaults);
}

void SolverPanel::applyPreset(int index, bool undoable) {
  const auto id = preset_->itemData(index).toString().toStdString();
  if (id.empty()) return showMatchingPreset();  // "Custom" is what there is
  const auto values = presetValues(id == "-" ? nullptr : &catalogue_.preset(id));
  const auto sampler_values = samplerOf(values, id);
  const std::pair<ParamPanel*, const ParamValues*> parts[] = {{params_, &values.solver_values},
                                                              {sampler_, &sampler_values}};
  defaults_of_ = id;
  params_->setDefaults(values.solver_values);
  showSamplerDefaults();
  const auto task_values = id == "-" || !undoable ? ParamValues() : catalogue_.preset(id).degradation_values;
  const bool differs = params_->values() != values.solver_values || !contains(sampler_->values(), sampler_values) ||
                       !contains(degradation_values_, task_values) || chosen_preset_ != id;
  const auto text = tr("preset %1").arg(preset_->itemText(index));
  if (undoable && run_model_ != nullptr) run_model_->nameChange(text);
  if (undoable && undo_stack_ != nullptr && differs) {
    undo_stack_->beginMacro(text);
    undo_stack_->push(new PresetChoice(chosen_preset_, id == "-" ? std::string() : id, [this] {
      showMatchingPreset();
      emit changed();
    }));
    for (const auto& [panel, wanted] : parts) panel->changeValues(*wanted, text);
    if (!contains(degradation_values_, task_values)) emit degradationValuesWanted(task_values, text);
    undo_stack_->endMacro();
  } else {
    for (const auto& [panel, wanted] : parts) panel->setValues(*wanted);
    if (undoable) chosen_preset_ = id == "-" ? std::string() : id;
    if (undoable && !contains(degradation_values_, task_values)) emit degradationValuesWanted(task_values, text);
  }
  showMatchingPreset();
  emit changed();
}

void SolverPanel::showMatchingPreset() {
  const auto own_solver = params_->values(), own_sampler = sampler_->values();
  const auto matches = [&](int index) {
    const auto id = preset_->itemData(index).toString().toStdString();
    const auto values = presetValues(id == "-" ? nullptr : &catalogue_.preset(id));
    return values.solver_values == own_solver && contains(own_sampler, samplerOf(values, id));
  };
  const int custom = preset_->count() - 1;
  int match = chosenPreset() ? preset_->findData(QString::fromStdString(chosen_preset_)) : custom;
  if (match < custom && !matches(match)) match = custom;
  for (int i = 0; i < custom && match == custom; ++i) {
    if (matches(i)) match = i;
  }
  preset_->setCurrentIndex(match);
  takeDefaultsOf(match < custom              ? preset_->itemData(match).toString().toStdString()
                 : chosenPreset() != nullptr ? chosen_preset_
                                             : defaults_of_);
  showOrigin();
}

/// What counts as changed, and what a double click on a name goes back to.
void SolverPanel::takeDefaultsOf(const std::string& preset) {
  if (std::exchange(defaults_of_, preset) == preset) return;
  const auto values = presetValues(preset == "-" ? nullptr : &catalogue_.preset(preset));
  params_->setDefaults(values.solver_values);
  showSamplerDefaults();
}

void SolverPanel::showOrigin() {
  auto text = preset_->currentData(Qt::ToolTipRole).toString();
  if (!text.isEmpty()) text = tr("From: %1").arg(text);
  auto request = chosen();
  writeTo(request);
  if (const auto* preset = chosenPreset())  // what Restore sets is no change of a person's
    request.sampler_values = samplerOf(request, preset->id);
  const auto changed = QString::fromStdString(catalogue_.departures(request));
  if (!changed.isEmpty()) text = changed + QLatin1Char('.');
  const auto what = tr("Values for this model, degradation and solver");
  preset_->setToolTip(text.isEmpty() ? what : QStringLiteral("<p>%1</p><p>%2</p>").arg(what, text.toHtmlEscaped()));
  preset_->setAccessibleDescription(text);
}

std::string SolverPanel::preset() const {
  const auto id = preset_->currentData().toString().toStdString();
  return id == "-" ? std::string() : id;
}

void SolverPanel::takePreset(const std::string& id) {
  const int index = preset_->findData(QString::fromStdString(id));
  if (index < 0) return;
  chosen_preset_ = id;
  applyPreset(index, false);
}

void SolverPanel::takeValues(const Preset& preset) {
  setSolver(preset.solver);
  if (solver() != preset.solver) return;
  const auto values = presetValues(&preset);
  chosen_preset_.clear();
  params_->setValues(values.solver_values);
  sampler_->setValues(samplerOf(values, preset.sampler_values));
  showMatchingPreset();
  emit changed();
}

bool SolverPanel::shows(const Preset& preset) const {
  if (solver() != preset.solver) return false;
  const auto values = presetValues(&preset);
  return params_->values() == values.solver_values &&
         contains(sampler_->values(), samplerOf(values, preset.sampler_values));
}

Preset SolverPanel::shownValues() const {
  Preset shown;
  shown.solver = solver();
  shown.solver_values = params_->values();
  shown.sampler_values = sampler_->values();
  for (const auto& key : kOfThePhoto) shown.sampler_values.erase(key);
  return shown;
}

void SolverPanel::setPreset(const std::string& id) {
  const int index = preset_->findData(QString::fromStdString(id));
  if (index >= 0) applyPreset(index, true);
}

}  // namespace p2l::ui
