// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <QWidget>

#include "ui/base/background_work.h"
#include "ui/document/run_model.h"

class QAction;
class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QPushButton;
class QToolButton;
class QVBoxLayout;
class QUndoStack;

namespace p2l::ui {

class KernelPicture;
class MaskEditor;
class MaskToolBar;
class ParamPanel;
class SeedBox;
class TaskTiles;
class ThenBox;

/// What happened to the picture: the degradation with its parameters, mask and kernel, noise, and whether the picture
/// is the truth that is to be degraded. Its plain face has cards and a few controls, its full one everything.
class DegradationPanel : public QWidget {
  Q_OBJECT
 public:
  enum class MaskSource { Random, Painted, File };
  enum class Face { Plain, Full };
  /// Widths of blurs are meant for photos whose shorter side has this many pixels.
  static constexpr int kUsualSide = 256;

  /// `catalogue` and `mask_editor` outlive the panel.
  DegradationPanel(const Catalogue& catalogue, MaskEditor* mask_editor, QUndoStack* undo_stack,
                   QWidget* parent = nullptr);

  /// States its settings to the model, and shows those that the model recalls.
  void follow(RunModel* model);

  void setFace(Face face);
  Face face() const { return face_; }

  Mode mode() const;
  void setMode(Mode mode);
  std::string degradation() const;
  void setDegradation(const std::string& id);
  /// As its card does it: where the degradation takes a mask, the brush is taken up, also if it is chosen already. A
  /// blur begins with a width that suits the photo.
  void chooseDegradation(const QString& id);
  MaskSource maskSource() const;
  void setMaskSource(MaskSource source);
  ParamPanel* params() const { return params_; }
  MaskToolBar* maskTools() const { return mask_tools_; }
  /// Id of the second degradation; empty: there is none.
  std::string secondDegradation() const;

  /// How many times as wide as the opened picture the result is: more than 1 when a measurement is enlarged.
  double outputScale() const;
  /// Whether the mask is to be painted on the canvas now.
  bool isPainting() const;
  /// Whether there is a mask to paint, but the brush is not taken up: after a run, or by a person's choice.
  bool isBrushDown() const;
  /// The button that says so; the window gives it a shortcut.
  QPushButton* paintButton() const { return paint_; }
  /// A further way to a kernel, as a button beside its picture while the action is enabled.
  void addKernelAction(QAction* action);
  /// A mask from a picture of the working size, a blur kernel from a picture: read away from the GUI thread; until then
  /// the former one counts. failed() when that does not work. A kernel takes the blur with it that is by a kernel,
  /// where the present one is by its settings alone.
  void loadMask(const QString& path);
  void loadKernel(const QString& path) { loadKernel(path, /*turned=*/false, /*with_blur=*/true); }
  /// Whether a mask or a kernel is being read.
  bool isLoading() const { return files_.busy(); }

  /// What must be settled before a run, a sentence: a mask that hides nothing yet; in Restore, what would be drawn at
  /// random without having been asked for. Empty: nothing.
  QString openQuestion() const;

  /// Fills the degradation's part of a request and the pictures that go with it.
  void writeTo(RestoreRequest& request, JobPictures& pictures) const;
  /// Shows a request's degradation, with the mask and kernel that were stored with it. Those that were not, but are
  /// files, are read as by loadMask and loadKernel. @return a sentence for each part that is known not to be had any
  /// more.
  QStringList readFrom(const RestoreRequest& request, const JobPictures& stored = {});

 signals:
  void changed();
  void modeChanged();
  /// The first or the second is another one; the id is the first's.
  void degradationChanged(const QString& id);
  void maskPaintingChanged(bool painting);
  void failed(const QString& sentence);
  /// How a mask was read, where that is not plain.
  void remarked(const QString& sentences);
  /// A note about a value that was typed.
  void clamped(const QString& sentence);

 private:
  void showFace();
  /// Says in the plain face, which has no switch for it, that the photo is degraded: how, of a sample; with a way out,
  /// of a person's own.
  QWidget* buildDegradedLine();
  void showDegradedLine();
  /// All that is done to the photo: "12 px, 0°, Straight motion blur, noise 0.01".
  QString degradedText() const;
  QWidget* buildTask(QUndoStack* undo_stack);
  QWidget* buildMask();
  QWidget* buildKernel();
  QWidget* buildNoise(QUndoStack* undo_stack);
  void connectChanges();
  void showDegradation();
  /// The rows of the degradation, with its defaults.
  void showParameters();
  /// The width of the blur as its card gives it: the default, and on a photo whose shorter side is below kUsualSide as
  /// large a share of that side. 0: it has none.
  double usualWidth() const;
  /// Another photo takes another width, unless a person has set one.
  void followPhotosSide();
  /// Whether the degradation is "too small" and shown with one slider for every factor: whole ones are sr's, which is
  /// exact and quick there, others area-sr's.
  bool takesAnyFactor() const;
  /// Takes the one that the factor asks for. False: it is that one.
  bool followFactor();
  void showMaskSource();
  void showKernel();
  NoiseChoice noise() const;
  /// The noise of a measured photo as it is estimated from it, 0.005 at least; else the one that is added.
  NoiseChoice usualNoise() const;
  /// Takes that one, unless a person has set another, or a run with the former one has begun.
  void followEstimate();
  void noiseEdited();
  void recallNoise(const NoiseChoice& choice);
  void showNoiseEstimate();
  void setNoise(const NoiseChoice& choice);
  void showNoiseKind();
  void chooseMaskSource();
  void loadKernel(const QString& path, bool turned, bool with_blur);
  /// The degradation that takes a kernel.
  void takeBlurOfKernels();
  void clearKernel();
  void showQuestion();
  void stateSettings();
  /// The mask is another one now, of the editor. False, with `error`, when it does not fit.
  bool takeMask(const QImage& mask, MaskSource source, QString* error);
  const DegradationInfo& info() const;

  const Catalogue& catalogue_;
  QPointer<RunModel> model_;
  MaskEditor* mask_editor_;
  Face face_ = Face::Full;
  TaskTiles* tiles_ = nullptr;
  QLabel* tiles_title_ = nullptr;
  QCheckBox* truth_ = nullptr;
  QWidget *degraded_line_ = nullptr, *degraded_leave_ = nullptr;
  QLabel* degraded_text_ = nullptr;
  QComboBox* task_ = nullptr;
  QWidget* task_line_ = nullptr;
  ParamPanel* params_ = nullptr;
  bool keep_rows_ = false;   ///< the slider that is dragged stays
  bool by_card_ = false;     ///< the degradation is being chosen by its card
  double card_width_ = 0.0;  ///< of the blur, as its card gave it; 0: it gave none
  ThenBox* then_ = nullptr;

  QWidget* mask_box_ = nullptr;
  QComboBox* mask_source_ = nullptr;
  QPushButton* paint_ = nullptr;
  MaskToolBar* mask_tools_ = nullptr;
  MaskSource shown_source_ = MaskSource::Random;
  QString mask_path_;  ///< of a mask from a file
  bool loading_mask_ = false;

  QWidget* kernel_box_ = nullptr;
  KernelPicture* kernel_picture_ = nullptr;
  QVBoxLayout* kernel_buttons_ = nullptr;
  int kernel_actions_ = 0;  ///< as many of the buttons are actions
  QLabel* kernel_text_ = nullptr;
  QPushButton *kernel_load_ = nullptr, *kernel_clear_ = nullptr;
  QString kernel_path_;
  std::shared_ptr<const Image> kernel_;
  bool kernel_turned_ = false;  ///< RestoreRequest::kernel_turned

  QLabel* question_ = nullptr;
  bool seed_chosen_ = false;  ///< in Restore: what the measurement seed draws is meant
  QComboBox* noise_kind_ = nullptr;
  QWidget* noise_kind_line_ = nullptr;
  QPushButton* noise_estimate_ = nullptr;
  QLabel* noise_estimated_ = nullptr;  ///< says that the noise is the estimated one
  QWidget* noise_hint_ = nullptr;      ///< has one of them, and room for either
  bool noise_chosen_ = false;          ///< by a person for this photo, or with a request
  bool noise_recalled_ = false;        ///< with a request: for its photo
  ParamPanel* noise_ = nullptr;        ///< of that kind
  QWidget* seed_line_ = nullptr;
  SeedBox* seed_ = nullptr;
  BackgroundWork files_;
  quint64 newest_mask_ = 0, newest_kernel_ = 0;  ///< of several readings the last one asked for counts
};

}  // namespace p2l::ui
