// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/experiment/summary.h"
#include "core/experiment/table.h"

namespace p2l::cli {

/// A row of a table by what it does for fidelity and for the eye.
struct FrontPoint {
  std::string label;
  double psnr = 0.0;   ///< dB, mean
  double lpips = 0.0;  ///< mean
};

/// Those that no other beats: none has a higher PSNR at an LPIPS that is not larger, or a smaller LPIPS at a PSNR that
/// is not lower. From the lowest PSNR to the highest; of equals the first.
std::vector<FrontPoint> paretoFront(std::vector<FrontPoint> points);

/// Draws LPIPS over PSNR of every task where three methods or more have both, fronts/TASK.png below `folder`: a dot for
/// each method, and a line through those of the front; of more than six methods those of the front are named. VGG's
/// LPIPS where it is known, else Alex's. The autoencoder's round trip and a measurement as it is are left out. @throws
/// Error when a file cannot be written
std::vector<PanelFile> writeFronts(const std::string& folder, const Summary& summary);

}  // namespace p2l::cli
