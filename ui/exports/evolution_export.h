// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <vector>

#include "ui/base/run_job.h"

namespace p2l::ui {

/// The pictures of a run: steps in order, then the result. Kept as they are, so it may be used on any thread.
struct Evolution {
  std::vector<SnapshotPtr> steps;
  ResultPtr result;
};

/// Measurement, evenly chosen steps and result as tiles with captions on white, whatever the theme. `title` stands
/// above.
QImage contactSheet(const Evolution& evolution, const QString& title);

/// All steps and the result, in one size, as frames for an animation.
std::vector<std::shared_ptr<const Frame>> animationFrames(const Evolution& evolution);

}  // namespace p2l::ui
