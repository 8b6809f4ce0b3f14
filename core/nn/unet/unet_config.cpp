// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/unet/unet_config.h"

#include "core/types/error.h"

namespace p2l {
namespace {

std::vector<bool> attentionFlags(const JsonConfig& json, const char* field, const std::string& with,
                                 const std::string& without, std::size_t blocks) {
  const auto types = json.textList(field);
  if (types.size() != blocks) json.refuse(field, concat("a list of ", blocks, ", as block_out_channels"));
  std::vector<bool> flags;
  for (const auto& type : types) {
    if (type != with && type != without) json.refuse(field, "only " + with + " and " + without);
    flags.push_back(type == with);
  }
  return flags;
}

}  // namespace

void UNetConfig::readBlocks(const JsonConfig& json, const std::string& attention) {
  block_out_channels = json.integerList("block_out_channels");
  const auto blocks = block_out_channels.size();
  if (blocks < 1 || blocks > 8) json.refuse("block_out_channels", "a list of 1 to 8 widths");
  norm_num_groups = json.integerIn("norm_num_groups", 32, 1, 1024);
  for (const auto width : block_out_channels) {
    if (width < 2 || width > 16384 || width % norm_num_groups != 0 || width % 2 != 0) {
      json.refuse("block_out_channels",
                  concat("even widths that are multiples of norm_num_groups (", norm_num_groups, ")"));
    }
  }
  down_attention = attentionFlags(json, "down_block_types", attention + "DownBlock2D", "DownBlock2D", blocks);
  up_attention = attentionFlags(json, "up_block_types", attention + "UpBlock2D", "UpBlock2D", blocks);
  norm_eps = json.number("norm_eps", 1e-5);
  flip_sin_to_cos = json.flag("flip_sin_to_cos", true);
  freq_shift = json.number("freq_shift", 0.0);
}

}  // namespace p2l
