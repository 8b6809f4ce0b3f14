// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>
#include <memory>
#include <optional>

#include "core/api/catalogue.h"

namespace p2l::ui {

class RunModel;
class Segmented;
class SolverPanel;
struct OpenedPhoto;

/// How much time a restoration may take: Fast, Good or Best. Each is a preset of the model and the task, or made of
/// their default one.
class QualityRow : public QWidget {
  Q_OBJECT
 public:
  enum class Quality { Fast, Good, Best };

  /// All outlive the row.
  QualityRow(const Catalogue& catalogue, RunModel* model, SolverPanel* solver, QWidget* parent = nullptr);

  /// After the solver's panel does: another task has other presets.
  void follow();

  /// As qualityPreset.
  static std::optional<Preset> presetOf(const Catalogue& catalogue, const RestoreRequest& request, Quality quality);
  /// -1 where the values are those of no quality.
  int current() const;
  Segmented* choices() const { return choices_; }
  /// Whether another task takes the preset of the quality that was chosen last. Otherwise it takes that of the quality
  /// shown, and where none is shown the solver stays.
  void setActive(bool active);

 public slots:
  void choose(int quality);
  /// Takes the quality that was chosen last, without a step of undo.
  void take() { take(wanted_); }
  /// Another photo was opened. Where solver and values are those of a run that was brought back for the former one,
  /// the quality that was chosen last is taken; what a person set stays.
  void photoOpened();

 private:
  void showQuality();
  void showTip(int quality, const std::optional<Preset>& preset);
  bool isShown(const Preset& preset) const;
  void taskChanged();
  void take(int quality);
  void followHistory();

  const Catalogue& catalogue_;
  RunModel* model_;
  SolverPanel* solver_;
  Segmented* choices_;
  QStringList tips_;  ///< of each quality
  int wanted_ = static_cast<int>(Quality::Good);
  bool active_ = false;
  std::string task_;
  int shown_of_task_ = -1;         ///< the quality that task_ shows or, until taskChanged, that the former task showed
  bool recalled_ = false;          ///< the task came with a request, which has its own values
  std::optional<Preset> brought_;  ///< what a run that was brought back last has set
  std::weak_ptr<const OpenedPhoto> brought_photo_;
  int undone_to_ = 0;
};

}  // namespace p2l::ui
