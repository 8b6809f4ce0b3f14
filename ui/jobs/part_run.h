// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QObject>
#include <QRect>

#include "ui/base/background_work.h"
#include "ui/base/run_job.h"

namespace p2l::ui {

class RunModel;

/// "Try on a part": the settings on a rectangle of what is worked on, beside the document's own run. Its result is a
/// picture over the photo: never the document's result, never in the history. Photo and mask are cut, with what lies
/// around the rectangle, which is not shown.
class PartRun : public QObject {
  Q_OBJECT
 public:
  /// So many pixels around the part are restored along, where the photo has them.
  static constexpr int kAround = 32;
  static constexpr int kSmallest = 32;

  explicit PartRun(RunModel* document);

  /// Runs on this part, in pixels of RunModel::workingSize. @return a sentence where no run can begin
  QString start(const QRect& part);
  /// The same part with the settings of now.
  QString again() { return start(part_); }
  /// Stops a run, and takes its picture away.
  void stop();

  bool isRunning() const { return preparing_ || id_ != 0; }
  /// Empty where there is nothing to show.
  const QRect& part() const { return part_; }
  /// What of `picture` shows the part; null until the first step.
  const QImage& picture() const { return picture_; }
  QRectF shown() const;
  int step() const { return step_; }
  int steps() const { return steps_; }  ///< 0: not known yet
  double seconds() const { return seconds_; }
  /// The settings have changed since.
  bool isStale() const { return stale_; }

  /// The part with what is restored along, in a picture of `whole`.
  static QRect withSurroundings(const QRect& part, QSize whole);
  /// A part in the middle, to begin with.
  static QRect middle(QSize whole);
  /// The settings for a picture that is the part with its surroundings.
  static RestoreRequest requestFor(RestoreRequest settings);

 signals:
  /// Part, picture or step.
  void changed();
  void failed(const QString& sentence);

 private:
  void run(const RestoreRequest& request, const JobPictures& pictures);
  void show(const QImage& picture);
  void end(const ResultPtr& result, const QString& problem);
  void settingsChanged();

  RunModel* document_;
  QRect part_, cut_;
  QImage picture_;
  quint64 id_ = 0;
  quint64 asked_ = 0;  ///< counts starts and stops: what was cut for a former one is dropped
  bool preparing_ = false, stale_ = false;
  RestoreRequest settings_;  ///< that the part was run with
  int step_ = 0, steps_ = 0;
  double seconds_ = 0.0;
  BackgroundWork work_;
};

}  // namespace p2l::ui
