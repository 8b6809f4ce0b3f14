// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMetaType>
#include <memory>

#include "core/api/report.h"
#include "core/api/request.h"
#include "core/api/run_control.h"

namespace p2l::ui {

/// A run as the window asks for it. The control is shared with the window, which stops and pauses through it.
struct RunJob {
  quint64 run_id = 0;
  RestoreRequest request;
  std::shared_ptr<const RunInputs> inputs;
  std::shared_ptr<RunControl> control;
};

/// A measurement to be shown before any run. Only the newest one counts.
struct PreviewJob {
  quint64 preview_id = 0;
  RestoreRequest request;
  std::shared_ptr<const RunInputs> inputs;
};

using OutcomePtr = std::shared_ptr<const Outcome>;
using SnapshotPtr = std::shared_ptr<const Snapshot>;

}  // namespace p2l::ui

Q_DECLARE_METATYPE(p2l::ui::RunJob)
Q_DECLARE_METATYPE(p2l::ui::PreviewJob)
Q_DECLARE_METATYPE(p2l::ui::OutcomePtr)
Q_DECLARE_METATYPE(p2l::ui::SnapshotPtr)
Q_DECLARE_METATYPE(p2l::RunStart)
Q_DECLARE_METATYPE(p2l::StepReport)
Q_DECLARE_METATYPE(p2l::ModelInfo)
