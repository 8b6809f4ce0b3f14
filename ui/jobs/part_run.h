// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QObject>
#include <QRect>

#include "ui/base/background_work.h"
#include "ui/base/photo_opener.h"
#include "ui/base/run_job.h"
#include "ui/base/snapshot_history.h"

namespace p2l::ui {

class RunModel;

/// "Try on a part": the settings on a rectangle of what is worked on, beside the document's own run. Its result is a
/// picture over the photo and never takes the place of the document's; the history has it as a run of a crop: the
/// rectangle with what lies around it, which is not shown. Photo and mask are cut.
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
  /// The part's result as the history has it; null until the run has completed.
  ResultPtr result() const { return kept_; }
  /// Makes that the document's result, with its crop and its settings.
  void takeOver();

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
  /// A run as it goes into the history.
  struct Kept {
    QString name;
    RestoreRequest request;
    JobPictures pictures;
    std::shared_ptr<const OpenedPhoto> photo;
    SnapshotHistory steps;
  };
  /// The request and the photo of a run that gives the part's result.
  Kept keptOf(const RestoreRequest& request, const JobPictures& pictures) const;
  void keep(const ResultPtr& result);
  void run(const RestoreRequest& request, const JobPictures& pictures);
  void show(const QImage& picture);
  void end(const ResultPtr& result, const QString& problem);
  void settingsChanged();

  RunModel* document_;
  QRect part_, cut_;
  QImage picture_;
  Kept run_;        ///< in progress, or the last one
  ResultPtr kept_;  ///< of it
  quint64 id_ = 0;
  quint64 asked_ = 0;  ///< counts starts and stops: what was cut for a former one is dropped
  bool preparing_ = false, stale_ = false;
  RestoreRequest settings_;  ///< that the part was run with
  int step_ = 0, steps_ = 0;
  double seconds_ = 0.0;
  BackgroundWork work_;
};

}  // namespace p2l::ui
