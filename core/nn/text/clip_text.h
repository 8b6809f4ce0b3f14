// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <memory>

#include "core/nn/text/clip_config.h"
#include "core/weights/weights.h"

namespace p2l {

/// transformers' CLIPTextModel (Radford et al. 2021): token ids to the prompt embedding C.
class ClipTextModel {
 public:
  struct Config : ClipConfig {
    std::int64_t vocab_size = 49408;
    std::int64_t positions = 77;

    /// @throws Error naming the field.
    static Config fromJson(const JsonConfig& json);
  };

  /// Keys with or without the leading `text_model.`: transformers 5 writes them without.
  ClipTextModel(const Config& config, const WeightScope& scope);
  ~ClipTextModel();

  /// @param ids [B, L] int64, L <= positions. @return last hidden state after the final layer norm, [B, L,
  /// hidden_size].
  /// @param added [n, hidden_size] vectors of the ids after the vocabulary's; undefined: none
  /// @throws Error on an id outside of both.
  at::Tensor operator()(const at::Tensor& ids, const at::Tensor& added = {}) const;
  const Config& config() const { return config_; }

 private:
  struct Parts;
  Config config_;
  std::unique_ptr<const Parts> parts_;
};

}  // namespace p2l
