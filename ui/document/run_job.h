// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QMetaType>
#include <memory>

#include "core/api/catalogue.h"
#include "core/api/files.h"
#include "core/types/report.h"
#include "core/types/request.h"
#include "core/types/run_control.h"
#include "core/types/time_plan.h"

namespace p2l::ui {

/// The pictures that go with a request, shared and never copied on the GUI thread.
struct JobPictures {
  std::shared_ptr<const Image> photo;
  QImage mask;  ///< null: none
  std::shared_ptr<const Image> kernel;
  std::shared_ptr<const PhotoOrigin> origin;  ///< of the photo; null: unknown
};

/// The forms that the engine and files have of them; copies, so they are called away from the GUI thread.
RunInputs inputsFromPictures(const JobPictures& pictures);
RequestPictures requestPicturesFrom(const JobPictures& pictures);

/// A run as the window asks for it. The control is shared with the window, which stops and pauses through it.
struct RunJob {
  quint64 run_id = 0;
  RestoreRequest request;
  JobPictures pictures;
  std::shared_ptr<RunControl> control;
};

/// A measurement to be shown before any run. Only the newest one counts.
struct PreviewJob {
  quint64 preview_id = 0;
  RestoreRequest request;
  JobPictures pictures;
};

/// An outcome with its pictures ready for the screen; frozen.
struct Result {
  Outcome outcome;
  QImage picture;
  QImage before;      ///< the plain picture made from y, at the full size
  QImage truth;       ///< null in Restore
  JobPictures given;  ///< mask and kernel that the run was given
  QImage thumbnail;
};
using ResultPtr = std::shared_ptr<const Result>;
using SnapshotPtr = std::shared_ptr<const Snapshot>;

/// Converts the pictures, so it is called on the worker's thread. `given` goes with the run: its mask and
/// kernel are kept.
ResultPtr resultFromOutcome(Outcome outcome, const JobPictures& given = {});

/// One line about a result: PSNR with its bounds, SSIM, residual, time. No PSNR without a truth.
QString summaryText(const Outcome& outcome);

}  // namespace p2l::ui

Q_DECLARE_METATYPE(p2l::ui::RunJob)
Q_DECLARE_METATYPE(p2l::ui::PreviewJob)
Q_DECLARE_METATYPE(p2l::ui::ResultPtr)
Q_DECLARE_METATYPE(p2l::ui::SnapshotPtr)
Q_DECLARE_METATYPE(p2l::RunStart)
Q_DECLARE_METATYPE(p2l::StepReport)
Q_DECLARE_METATYPE(p2l::ModelInfo)
Q_DECLARE_METATYPE(p2l::NetworkTimes)
Q_DECLARE_METATYPE(p2l::ModelOptions)
