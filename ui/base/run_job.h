// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QMetaType>
#include <atomic>
#include <memory>

#include "core/api/catalogue.h"
#include "core/api/files.h"
#include "core/request/report.h"
#include "core/request/request.h"
#include "core/request/time_plan.h"
#include "core/types/run_control.h"
#include "ui/base/snapshot_history.h"
#include "ui/language/numbers.h"

namespace p2l::ui {

/// The pictures that go with a request, shared and never copied on the GUI thread.
struct JobPictures {
  std::shared_ptr<const Image> photo;
  QImage mask;  ///< null: none
  std::shared_ptr<const Image> kernel;
  std::shared_ptr<const PhotoOrigin> origin;  ///< of the photo; null: unknown
};

/// The forms that a run and files have of them; they convert the mask, so they are called away from the GUI thread.
RunInputs inputsFromPictures(const RestoreRequest& request, const JobPictures& pictures);
RequestPictures requestPicturesFrom(const JobPictures& pictures);

/// What is looked at, for the run that makes the pictures. Written by the document and read on the run's thread.
struct ViewWishes {
  std::atomic<bool> noisy{false};  ///< D(z_t), which costs one more decoder evaluation a picture
  std::atomic<bool> parts{false};  ///< every step with all its pictures: StepPicture
};

/// A run as the window asks for it. The control is shared with the window, which stops and pauses through it.
struct RunJob {
  quint64 run_id = 0;
  RestoreRequest request;
  JobPictures pictures;
  std::shared_ptr<RunControl> control;
  std::shared_ptr<const ViewWishes> wishes;  ///< null: none
  std::shared_ptr<LatentStore> latents;      ///< takes z_t of every step; null: they are not kept
  bool round_trip = false;                   ///< D(E(x)) in place of a run, the bound of every latent solver
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
using FramePtr = std::shared_ptr<const Frame>;
/// z_t of a step that is to be looked at.
struct LatentJob {
  std::shared_ptr<const LatentStore> latents;
  int step = 0;
};

/// Converts the pictures, so it is called on the worker's thread. `given` goes with the run: its mask and
/// kernel are kept.
ResultPtr resultFromOutcome(Outcome outcome, const JobPictures& given = {});

/// As small as lists show it; null for a null picture.
QImage thumbnailOf(const QImage& picture);

/// Whether the measured pixels took the place of the result's, which leaves no residual to speak of.
bool keepsMeasured(const RunReport& report);
/// What is to be said of a result's residual: "residual 1.25", with its goal "residual 1.25 (noise 0.98)"; that the
/// measured pixels were kept; empty where it is not known.
QString residualText(const RunReport& report, int digits, bool goal, NumberWriter number = numberText);
/// The same beside the steps' curve, which is of their estimates: "result's residual 1.25".
QString residualOfResultText(const RunReport& report, int digits, bool goal, NumberWriter number = numberText);

/// One line about a result: PSNR with its bounds, SSIM, residual, time. No PSNR without a truth.
QString summaryText(const Outcome& outcome, NumberWriter number = numberText);

}  // namespace p2l::ui

Q_DECLARE_METATYPE(p2l::ui::RunJob)
Q_DECLARE_METATYPE(p2l::ui::PreviewJob)
Q_DECLARE_METATYPE(p2l::ui::LatentJob)
Q_DECLARE_METATYPE(p2l::ui::FramePtr)
Q_DECLARE_METATYPE(p2l::ui::ResultPtr)
Q_DECLARE_METATYPE(p2l::ui::SnapshotPtr)
Q_DECLARE_METATYPE(p2l::RunStart)
Q_DECLARE_METATYPE(p2l::StepReport)
Q_DECLARE_METATYPE(p2l::ModelInfo)
Q_DECLARE_METATYPE(p2l::NetworkTimes)
Q_DECLARE_METATYPE(p2l::MeasureTimes)
Q_DECLARE_METATYPE(p2l::ModelOptions)
