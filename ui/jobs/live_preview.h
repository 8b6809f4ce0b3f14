// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QObject>
#include <QRectF>
#include <QTimer>
#include <functional>
#include <map>
#include <memory>
#include <set>

#include "core/api/catalogue.h"
#include "ui/base/background_work.h"
#include "ui/base/run_job.h"

namespace p2l::ui {

class RunModel;

/// A part of the photo that follows a person's changes of the settings, before any run: at once by what the measurement
/// alone says (closedForm), and then by a few steps of the loaded model where that should take less than a second: as
/// predicted from the networks' times, and as former previews took.
/// Never touches a run, a result or the history; a newer change takes the place of an older one.
class LivePreview : public QObject {
  Q_OBJECT
 public:
  static constexpr int kSide = 128;        ///< of the part, in pixels of the result
  static constexpr int kMargin = 16;       ///< worked on around it and not shown: what edges do to a blur
  static constexpr int kSteps = 8;         ///< at most
  static constexpr int kFewestSteps = 2;   ///< fewer say nothing
  static constexpr int kGoodSteps = 4;     ///< fewer of the stated values give way to the task's quickest
  static constexpr double kSeconds = 0.7;  ///< that the model may take
  /// What is known of a slow machine is held for less after each preview that it left without the model: it may have
  /// been busy.
  static constexpr double kEase = 0.95;

  struct Part {
    QImage picture;
    QRectF place;   ///< in the result, as fractions of its sides
    int steps = 0;  ///< of the model; 0: the closed form
    bool isNull() const { return picture.isNull(); }
  };

  /// Both outlive it. `document` has a worker behind its side runs, or there is the closed form alone.
  LivePreview(const Catalogue& catalogue, RunModel* document, QObject* parent = nullptr);
  ~LivePreview() override;

  /// What is looked at, as fractions of the result's sides; its middle is previewed. Without it the photo's middle.
  void setView(std::function<QRectF()> view) { view_ = std::move(view); }
  bool isEnabled() const { return enabled_; }
  const Part& part() const { return part_; }

 public slots:
  void setEnabled(bool enabled);

 signals:
  /// Another part, or none any more.
  void changed();

 private:
  struct Plan;
  struct Found;
  void settingsChanged();
  void begin();
  /// False where the settings cannot be previewed.
  bool plan(Plan& plan) const;
  Found solve(Plan plan, RunControl& control) const;
  void finishClosedForm(quint64 id, const Found& found);
  /// Steps that the time suffices for, and what is predicted for them.
  struct Fit {
    int steps = 0;  ///< 0: it suffices for none
    double seconds = 0.0;
  };
  Fit prepareModel(RestoreRequest& request, QSize size) const;
  /// The same with the task's quickest values, where the stated ones take too long and it is not they that are tried.
  Fit prepareQuickest(RestoreRequest& request, QSize size) const;
  /// What runs that take as many times as long as predicted have in common.
  static std::string kindOf(const RestoreRequest& request);
  /// By the seconds of the run itself: what it waited for on the worker, such as a result's metrics, says nothing of
  /// it.
  void learn(const std::string& kind, double predicted, const Outcome& outcome);
  void startModel(quint64 id, const Found& found);
  void show(const Plan& plan, const QImage& picture, int steps);
  /// Nothing older comes any more.
  void cancel();
  void clear();
  /// Of a completed request: what the measurement depends on.
  static std::string taskKey(const RestoreRequest& completed);

  const Catalogue& catalogue_;
  RunModel* document_;
  std::function<QRectF()> view_;
  bool enabled_ = true;
  bool armed_ = false;           ///< a person has changed something of this photo
  int undo_index_ = 0;           ///< where the undo stack was
  std::string solver_values_;    ///< as they were previewed last
  bool solver_changed_ = false;  ///< what is tried are the solver's values
  quint64 id_ = 0;               ///< of the newest preview
  quint64 model_run_ = 0;        ///< id among the side runs; 0: none
  std::set<quint64> in_flight_;  ///< side runs of previews that have not ended, stopped ones too
  /// How many times as long as predicted previews of a kind take; at least 1.
  std::map<std::string, double> slowness_;
  QTimer timer_;
  Part part_;
  std::shared_ptr<RunControl> control_;  ///< of the closed form in progress
  BackgroundWork work_;
};

}  // namespace p2l::ui
