// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <atomic>

#include "core/api/catalogue.h"
#include "ui/base/run_job.h"

namespace p2l::app {

/// Degrades photos to be shown, in a thread of its own: a measurement needs no model, so it waits neither for one to be
/// loaded nor for a run.
class PreviewWorker : public QObject {
  Q_OBJECT
 public:
  explicit PreviewWorker(Catalogue catalogue, QObject* parent = nullptr);

  /// From any thread: previews older than this one are skipped.
  void announce(quint64 preview_id) { newest_ = preview_id; }

 public slots:
  void preview(const p2l::ui::PreviewJob& job);

 signals:
  void ready(quint64 preview_id, p2l::ui::ResultPtr result);
  void failed(quint64 preview_id, const QString& sentence);

 private:
  const Catalogue catalogue_;
  std::atomic<quint64> newest_{0};
};

}  // namespace p2l::app
