// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "core/weights/json_config.h"

namespace p2l {

/// The transformer in the configs of CLIP's text and image encoders.
struct ClipConfig {
  std::int64_t hidden_size = 768;
  std::int64_t intermediate_size = 3072;
  std::int64_t layers = 12;
  std::int64_t heads = 12;
  double layer_norm_eps = 1e-5;
  bool quick_gelu = true;

  /// Reads these fields; where one is missing, its value of before stands. @throws Error naming the field.
  void readLayers(const JsonConfig& json);
};

}  // namespace p2l
