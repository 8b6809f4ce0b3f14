// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <functional>
#include <list>
#include <memory>

#include "ui/document/run_job.h"

namespace p2l::ui {

/// Runs beside the document's own, one after the other on the same worker: jobs of the queue, crops to choose from,
/// several seeds. Their events are told apart by their ids.
class SideRuns : public QObject {
  Q_OBJECT
 public:
  using QObject::QObject;

  /// One of a result and a sentence.
  using Done = std::function<void(const ResultPtr& result, const QString& problem)>;
  /// @return the run's id
  quint64 add(const RestoreRequest& request, const JobPictures& pictures, Done done);
  /// Nothing is heard of it any more; one in progress is stopped.
  void cancel(quint64 id);
  bool busy() const { return !waiting_.empty() || current_.id != 0; }

 public slots:
  void runFinished(quint64 run_id, p2l::ui::ResultPtr result);
  void runFailed(quint64 run_id, const QString& sentence);

 signals:
  void runRequested(const p2l::ui::RunJob& job);

 private:
  struct Run {
    quint64 id = 0;
    RestoreRequest request;
    JobPictures pictures;
    Done done;
    std::shared_ptr<RunControl> control;
  };
  void next();
  void end(quint64 run_id, const ResultPtr& result, const QString& problem);

  std::list<Run> waiting_;
  Run current_;
  quint64 newest_ = quint64{1} << 50;  // far from those of the document and the comparison
};

}  // namespace p2l::ui
