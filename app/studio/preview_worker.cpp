// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/preview_worker.h"

#include <utility>

#include "core/api/measure.h"

namespace p2l::app {

PreviewWorker::PreviewWorker(Catalogue catalogue, QObject* parent) : QObject(parent), catalogue_(std::move(catalogue)) {
  qRegisterMetaType<ui::PreviewJob>();
  qRegisterMetaType<ui::ResultPtr>();
}

void PreviewWorker::preview(const ui::PreviewJob& job) {
  if (job.preview_id < newest_) return;
  try {
    auto outcome = degrade(catalogue_, job.request, ui::inputsFromPictures(job.request, job.pictures));
    emit ready(job.preview_id, ui::resultFromOutcome(std::move(outcome), job.pictures));
  } catch (const std::exception& error) {
    emit failed(job.preview_id, QString::fromUtf8(error.what()));
  }
}

}  // namespace p2l::app
