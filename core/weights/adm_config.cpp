// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/weights/adm_config.h"

#include <filesystem>
#include <nlohmann/json.hpp>
#include <vector>

#include "core/types/error.h"

namespace p2l {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr int kSmallestImage = 8;  // of the lowest level; guided-diffusion's models end there

/// The flags beside the weights; an empty object where there is no such file.
JsonConfig flagsBeside(const std::string& path) {
  const auto file = fs::path(path).replace_extension(".json");
  return fs::exists(file) ? JsonConfig(file.string()) : JsonConfig(path, "{}");
}

class Shapes {
 public:
  Shapes(const std::string& path, const TensorMap& tensors) : path_(path), tensors_(tensors) {}
  bool has(const std::string& name) const { return tensors_.count(name) != 0; }
  std::int64_t side(const std::string& name, std::size_t axis) const {
    const auto found = tensors_.find(name);
    require(found != tensors_.end(), path_, ": has no ", name, "; it is no complete UNet of guided-diffusion");
    const auto shape = found->second.shape();
    require(axis < shape.size(), path_, ": tensor ", name, " has ", shape.size(), " sides; more were expected");
    return shape[axis];
  }

 private:
  const std::string& path_;
  const TensorMap& tensors_;
};

std::string block(const char* list, std::int64_t i, const char* rest) {
  return concat(list, ".", i, ".", rest);
}

/// Whether output block i ends with a residual block or a convolution that enlarges.
bool enlarges(const Shapes& shapes, std::int64_t i) {
  for (const char* last : {"1.in_layers.0.weight", "2.in_layers.0.weight", "1.conv.weight", "2.conv.weight"}) {
    if (shapes.has(block("output_blocks", i, last))) return true;
  }
  return false;
}

}  // namespace

bool isAdmUnet(const SafetensorsFile& file) {
  return file.has("input_blocks.0.0.weight") && file.has("time_embed.0.weight") && file.has("out.2.weight");
}

std::shared_ptr<const JsonConfig> admConfig(const std::string& path, const TensorMap& tensors) {
  const Shapes shapes(path, tensors);
  std::int64_t blocks = 0;  // of input_blocks and of output_blocks: levels x (num_res_blocks + 1)
  while (shapes.has(block("output_blocks", blocks, "0.in_layers.0.weight"))) ++blocks;
  require(blocks > 0, path, ": has no output_blocks; it is no complete UNet of guided-diffusion");
  std::int64_t res_blocks = 0;
  while (res_blocks + 1 < blocks && !enlarges(shapes, res_blocks)) ++res_blocks;
  require(res_blocks > 0 && blocks % (res_blocks + 1) == 0, path, ": has ", blocks, " output_blocks, of which ",
          res_blocks, " enlarges; this is no UNet of guided-diffusion");

  std::vector<std::int64_t> widths, attends;
  for (std::int64_t level = 0; level < blocks / (res_blocks + 1); ++level) {
    const auto first = 1 + level * (res_blocks + 1);  // of the level; its change of size is the last
    widths.push_back(shapes.side(block("input_blocks", first, "0.out_layers.3.weight"), 0));
    attends.push_back(shapes.has(block("input_blocks", first, "1.qkv.weight")) ? 1 : 0);
  }
  const auto flags = flagsBeside(path);
  const auto head_channels = flags.integer("num_head_channels", 64);
  Json json{{"_class_name", "AdmUNet"},
            {"in_channels", shapes.side("input_blocks.0.0.weight", 1)},
            {"out_channels", shapes.side("out.2.weight", 0)},
            {"model_channels", shapes.side("time_embed.0.weight", 1)},
            {"level_channels", widths},
            {"level_attends", attends},
            {"num_res_blocks", res_blocks},
            {"resblock_updown", !shapes.has(block("input_blocks", res_blocks + 1, "0.op.weight"))},
            {"use_scale_shift_norm", shapes.side("middle_block.0.emb_layers.1.weight", 0) == 2 * widths.back()},
            {"use_new_attention_order", flags.flag("use_new_attention_order", false)},
            {"classes", shapes.has("label_emb.weight") ? shapes.side("label_emb.weight", 0) : 0},
            {"image_size", flags.integer("image_size", kSmallestImage << (widths.size() - 1))}};
  // -1, as guided-diffusion has it: num_heads counts.
  if (head_channels == -1) {
    json["num_heads"] = flags.integerIn("num_heads", 4, 1, 1024);
  } else {
    json["num_head_channels"] = head_channels;
  }
  return std::make_shared<const JsonConfig>(concat(path, " (UNet)"), json.dump());
}

std::shared_ptr<const JsonConfig> admScheduler(const std::string& path) {
  const auto flags = flagsBeside(path);
  const auto schedule = flags.text("noise_schedule", "linear");
  if (schedule != "linear" && schedule != "cosine") flags.refuse("noise_schedule", "\"linear\" or \"cosine\"");
  const auto steps = flags.integerIn("diffusion_steps", 1000, 1, 100000);
  const double scale = 1000.0 / static_cast<double>(steps);  // guided-diffusion's linear schedule for other counts
  const Json json{
      {"num_train_timesteps", steps}, {"beta_schedule", schedule == "linear" ? "linear" : "squaredcos_cap_v2"},
      {"beta_start", scale * 0.0001}, {"beta_end", scale * 0.02},
      {"set_alpha_to_one", true},     {"clip_sample", true},
      {"prediction_type", "epsilon"}};
  return std::make_shared<const JsonConfig>(concat(path, " (schedule)"), json.dump());
}

}  // namespace p2l
