// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/weights/json_config.h"

namespace p2l {

/// What the configs of diffusers' UNets have in common.
struct UNetConfig {
  std::int64_t in_channels = 0;
  std::int64_t out_channels = 0;
  std::vector<std::int64_t> block_out_channels;
  std::vector<bool> down_attention;  ///< by block, from the finest on
  std::vector<bool> up_attention;    ///< by block, from the coarsest on
  std::int64_t norm_num_groups = 32;
  double norm_eps = 1e-5;
  bool flip_sin_to_cos = true;
  double freq_shift = 0.0;
  std::int64_t sample_size = 64;

  /// Reads all of these but the channels in and out and sample_size, which differ between the classes.
  /// @param attention what stands before "DownBlock2D" and "UpBlock2D" in the types of blocks that attend
  /// @throws Error naming the field.
  void readBlocks(const JsonConfig& json, const std::string& attention);
  /// 2^(blocks - 1): height and width of what the network takes are multiples of it.
  std::int64_t sizeMultiple() const { return std::int64_t{1} << (block_out_channels.size() - 1); }
};

}  // namespace p2l
