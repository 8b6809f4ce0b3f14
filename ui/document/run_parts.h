// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <optional>

#include "ui/base/run_job.h"

namespace p2l::ui {

/// The model as the worker has loaded it.
struct WorkerModel {
  ModelInfo info;
  double seconds = 0.0;    ///< that it took
  QString problem;         ///< a sentence where it could not be loaded
  ModelInfo timed;         ///< the model of `times`
  NetworkTimes times;      ///< `pixels` is 0 until they are known
  MeasureTimes measuring;  ///< on the device that was asked for; known once askMeasuringTimes() is answered
};

/// What the next run is expected to take.
struct RunNeeds {
  QString time, memory;   ///< "about 25 min", "0.4 GiB"; empty: not known
  bool is_long = false;   ///< longer than a person waits without doing something else
  bool too_much = false;  ///< more memory than there is
  QString advice;         ///< what would take less, a sentence; empty: nothing
  QString plan;           ///< how the photo is worked on, a sentence
  bool operator==(const RunNeeds&) const = default;
};

/// Where the working size is from; neither: it is suggested.
struct SizeChoice {
  std::optional<int> by_person;  ///< for this photo and all after it
  bool recalled = false;         ///< with the settings of the photo that is open, and for that one alone
};

}  // namespace p2l::ui
