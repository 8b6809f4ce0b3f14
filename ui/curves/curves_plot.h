// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <functional>
#include <memory>
#include <utility>

#include "core/request/report.h"

namespace p2l::ui {

class PastRuns;
class RunModel;

/// The numbers of runs over their steps: data residual with the noise level as its goal, PSNR, prompt drift and
/// gradient norm. Several runs share the axes. Unknown (NaN) values are gaps.
class CurvesPlot : public QWidget {
  Q_OBJECT
 public:
  enum class Curve { Residual, Psnr, PromptDrift, GradientNorm };
  Q_ENUM(Curve)

  explicit CurvesPlot(QWidget* parent = nullptr);
  ~CurvesPlot() override;

  /// Draws the model's runs, those that are brought back among them, and moves its cursor.
  void follow(RunModel* model);

  /// A new run; one of the same id is replaced. `noise_level` is sigma sqrt(m), <= 0 or NaN for none. `pen`: its line
  /// is that of runPen(), whatever its place among the runs; -1: the one of its place. `label`: as files have it.
  /// `shown_label`: as the window and a PDF do; empty: the same.
  void addRun(quint64 run_id, const QString& label, double noise_level, int pen = -1, const QString& shown_label = {});
  /// Reports of unknown runs are ignored.
  void appendStep(quint64 run_id, const StepReport& report);
  void clearRuns();
  /// Runs with a star are drawn in addition, whatever their photo, until it is taken from them.
  void showPinned(const PastRuns& past);
  int runCount() const;

  /// The vertical line that moves with the timeline; 0 hides it.
  void setCursorStep(int step);
  int cursorStep() const;

  void setCurve(Curve curve);
  Curve curve() const;
  /// All four in a grid instead of the chosen one.
  void setShowAll(bool all);
  bool showsAll() const;
  void setLogScale(bool log);

  /// Asked before an export: a sentence where the file is needed for something else.
  void setSaveCheck(std::function<QString(const QString& path)> check) { save_check_ = std::move(check); }
  /// Vector graphics, always in light colours. False with a sentence in `error`.
  bool exportPdf(const QString& path, QString* error = nullptr);
  /// One row per run and step, RFC 4180; unknown values are empty. False with a sentence in `error`.
  bool exportCsv(const QString& path, QString* error = nullptr) const;

 signals:
  /// A person clicked or dragged to this step (1 .. N).
  void stepClicked(int step);
  /// A sentence: an export that failed.
  void failed(const QString& message);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void askExport(bool pdf);
  /// The drawing, and the legend below it where it is too small for the names.
  QWidget* withLegend();
  /// The run that is shown, unless it is drawn already.
  void addBroughtBack(const RunModel& model);
  bool maySave(const QString& path, QString* error) const;

  struct Private;
  std::unique_ptr<Private> d_;
  std::function<QString(const QString& path)> save_check_;
};

}  // namespace p2l::ui
