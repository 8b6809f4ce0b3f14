// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "core/request/request.h"
#include "core/types/image.h"
#include "core/types/param_spec.h"

namespace p2l {

/// Everything that determines pictures drawn from a model.
struct SampleRequest {
  std::string model = "p2l-tiny";
  ModelOptions model_options;
  std::string device = "auto";
  std::string prompt;          ///< empty: the null prompt
  std::string embedding;       ///< file of an embedding in place of a text; empty: none
  ParamValues sampler_values;  ///< keys of Catalogue::sampler; what is missing takes the default
  int width = 0;               ///< in pixels, a multiple of the model's size_multiple; 0: as the model was trained
  int height = 0;
  std::uint64_t seed = 0;  ///< of the first picture; the next one has the next seed
  int count = 1;           ///< 1 or more
};

/// Receives the pictures, 0 to count - 1, on the thread of the call.
using SampleSink = std::function<void(int index, const Image& picture)>;

}  // namespace p2l
