// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string>

namespace p2l {

/// One row of Session::selfTest's table.
struct SelfTestRow {
  std::string part;           ///< "UNet"
  std::string compared_with;  ///< "diffusers", "the CPU", "its adjoint"
  double difference = 0.0;    ///< relative; NaN when there was none to be had
  double limit = 0.0;         ///< the largest that passes
  double seconds = 0.0;       ///< on the device
  std::string problem;        ///< the sentence of an error; empty when it could be evaluated

  bool passed() const { return problem.empty() && difference <= limit; }
};

/// Called with each row as soon as it is known.
using SelfTestSink = std::function<void(const SelfTestRow&)>;

}  // namespace p2l
