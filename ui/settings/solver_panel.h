// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <optional>
#include <vector>

#include "core/api/catalogue.h"
#include "core/api/files.h"
#include "core/request/request.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QToolButton;
class QUndoStack;

namespace p2l::ui {

class ModelBox;
class ModelStore;
class ParamPanel;
class RunModel;
class SeedBox;

/// How the picture is restored: solver, preset, parameters, sampler, prompt, seed, working size, model and device.
class SolverPanel : public QWidget {
  Q_OBJECT
 public:
  /// `catalogue` outlives the panel.
  SolverPanel(const Catalogue& catalogue, QUndoStack* undo_stack, QWidget* parent = nullptr);

  /// States its settings to the model, and shows those that the model recalls.
  void follow(RunModel* model);

  std::string solver() const;
  void setSolver(const std::string& id);
  /// The presets and defaults depend on the task; solvers that need a linear one are greyed where it is not, or the
  /// second one, `then`, is not. Where the default preset depends on the task's values, too, and is shown, the one for
  /// the new values takes its place.
  void setDegradation(const std::string& id, const std::string& then = {}, const ParamValues& values = {});
  /// Id of the preset whose values are shown; empty when they are a person's own.
  std::string preset() const;
  /// As if a person chose it from the list: the request names it from then on, also when values are changed.
  void setPreset(const std::string& id);
  /// The same without a step of undo: what follows from another choice.
  void takePreset(const std::string& id);
  /// Solver and values of a preset that the catalogue does not have.
  void takeValues(const Preset& preset);
  /// Whether solver and values are those of a preset.
  bool shows(const Preset& preset) const;
  /// Solver and values as such a preset, without what depends on the photo.
  Preset shownValues() const;
  /// The catalogue has other presets: shows them, and keeps all values.
  void presetsChanged();
  /// The working size: 0 as it is, else the side of the centre square.
  int workingSize() const;
  void setWorkingSize(int side);
  /// The models there are, with their options, and the one that is chosen.
  ModelStore* models() const { return models_; }
  /// Name or folder of the model.
  QString model() const;
  ParamPanel* params() const { return params_; }
  ParamPanel* sampler() const { return sampler_; }
  ParamPanel* runOptions() const { return run_; }

  /// The model that is chosen, as it turned out when it was loaded: solvers that do not work on it cannot be chosen,
  /// and the prompt can be written only where it is read.
  void showModel(const ModelInfo& model);
  /// A sentence under the model, and one about the memory that a run needs.
  void showModelText(const QString& text);
  void showNeeds(const QString& text, bool too_much);

  /// Whether the model reads a text, and so can start from an embedding of one.
  bool readsText() const { return reads_text_; }
  /// Starts from the embedding in this file in place of the text, or with the word that it brings in the text.
  void startFrom(const QString& embedding_file);

  void writeTo(RestoreRequest& request) const;
  void readFrom(const RestoreRequest& request);

 signals:
  void changed();
  /// A person chose the size: it is not to be suggested any more.
  void workingSizeChosen(int side);
  /// The preset that a person chose is for these values of the degradation.
  void degradationValuesWanted(const p2l::ParamValues& values, const QString& undo_text);
  void modelRequested(const QString& name_or_folder, const QString& device, const p2l::ModelOptions& options);
  /// A person wants to start from the embedding in a file.
  void embeddingWanted();
  /// A person wants the model manager.
  void managerWanted();
  /// A note about a value that was typed.
  void clamped(const QString& sentence);

 private:
  void showSizeText(const QString& text);
  void showLoadedModel();
  void showWorkingSize();
  /// What the photo asks for, until a person says otherwise: patches above a size; measured pixels kept.
  void suitPhoto();
  QWidget* buildTop();
  QWidget* buildStart();
  QWidget* buildEmbeddingLine(QWidget* parent);
  void connectModels();
  void connectChanges();
  void showSolver();
  void showCatalogueModel();
  void setEmbedding(const std::string& file);
  void showPossibleSolvers();
  void showPresets();
  void showMatchingPreset();
  void showOrigin();
  void takeDefaultsOf(const std::string& preset);
  void applyPreset(int index, bool undoable);
  int addSize(int side);
  /// Model, task and solver.
  RestoreRequest chosen() const;
  const Preset* standardPreset() const;
  /// The preset that a person chose for this solver and degradation, or null.
  const Preset* chosenPreset() const;
  /// Values of a preset (its defaults where it says nothing).
  RestoreRequest presetValues(const Preset* preset) const;
  /// The sampler's values of a preset; of a restoration without those that are about the photo, but for those `named`.
  ParamValues samplerOf(const RestoreRequest& values, const ParamValues& named) const;
  ParamValues samplerOf(const RestoreRequest& values, const std::string& preset) const;
  /// What the sampler's bold names refer to: the shown preset, and what was set for the photo, which is in none.
  void showSamplerDefaults();
  std::vector<const Preset*> presets() const;

  const Catalogue& catalogue_;
  RunModel* run_model_ = nullptr;
  QUndoStack* undo_stack_;
  std::string degradation_;
  ParamValues degradation_values_;
  std::string defaults_of_;    ///< the preset that the panels' defaults are from, "-": the solver
  std::string chosen_preset_;  ///< by a person, from the list; empty: none
  QComboBox* solver_ = nullptr;
  QComboBox* preset_ = nullptr;
  ParamPanel* params_ = nullptr;
  ParamPanel* sampler_ = nullptr;
  ParamPanel* run_ = nullptr;  ///< options of the run that have no place of their own: the memory limit
  QLineEdit* prompt_ = nullptr;
  std::string embedding_;                 ///< file; a text takes its place
  std::optional<TextualInversion> word_;  ///< that the file brings, to be used in the text
  QToolButton* open_embedding_ = nullptr;
  QWidget* embedding_line_ = nullptr;  ///< says so, while there is one
  QLabel* embedding_text_ = nullptr;
  SeedBox* seed_ = nullptr;
  QComboBox* size_ = nullptr;
  QLabel* size_text_ = nullptr;
  bool reads_text_ = true;
  bool linear_ = true;    ///< the degradations, both
  ModelInfo shown_info_;  ///< of the model that the solvers are offered for
  ModelStore* models_ = nullptr;
  ModelBox* model_ = nullptr;
  ParamValues sampler_defaults_;
  ParamValues suited_;      ///< the sampler's values that suitPhoto() has set
  bool recalled_ = false;   ///< what is set was recalled with a request
  bool tiled_ = false;      ///< the autoencoder works in tiles, because the picture is large
  bool recalling_ = false;  ///< the model is set from a request, which asks for it when it runs
};

}  // namespace p2l::ui
