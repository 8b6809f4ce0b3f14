// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QSize>
#include <QTimer>
#include <functional>
#include <memory>

#include "ui/base/background_work.h"
#include "ui/base/model_store.h"
#include "ui/document/run_model.h"

class QWidget;

namespace p2l::ui {

class ModelManager;
class SolverPanel;

/// Models between the panel, the manager and the run: opens the manager, asks for the model that was chosen, and
/// predicts, away from the GUI thread, the memory and the time that the next run needs.
class ModelDesk : public QObject {
  Q_OBJECT
 public:
  /// Changes are answered this long after the last one.
  static constexpr int kDelayMs = 120;

  ModelDesk(RunModel* document, SolverPanel* panel, QWidget* window);

  /// Null until it was shown once.
  ModelManager* manager() const { return manager_; }
  /// What a run of the settings on a picture of this size, a part, is expected to take: "about 3 s"; empty: not known.
  void predictPart(QSize part, std::function<void(const QString& time)> done);
  /// Whether a run of the settings can follow. Where none can, nothing is predicted.
  void setRunsFollow(bool follow);

 public slots:
  void showManager();
  /// Predicts anew; the answer comes later.
  void predict();

 private:
  struct Needs {
    QString text;
    RunNeeds run;
  };
  void predictShown();
  static Needs needsOf(const Catalogue& catalogue, const RestoreRequest& request, int width, int height);
  /// For work away from the GUI thread, where presets come and go.
  std::shared_ptr<const Catalogue> catalogue() const;
  /// How the photo is worked on: whole or cut, in how many patches, how large the result is.
  QString planOf(const RestoreRequest& request, QSize worked, double scale) const;

  RunModel* document_;
  SolverPanel* panel_;
  ModelStore* store_;
  QWidget* window_;
  ModelManager* manager_ = nullptr;
  QTimer timer_;
  bool runs_follow_ = true;
  quint64 asked_ = 0, asked_shown_ = 0, asked_part_ = 0;  ///< only the newest prediction counts
  BackgroundWork work_;
};

}  // namespace p2l::ui
