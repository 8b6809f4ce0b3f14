// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/weights/model_family.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "core/types/error.h"
#include "core/weights/json_config.h"

namespace p2l {
namespace {

constexpr std::string_view kLora =
    "a LoRA, a change to the weights of another model: give it with --lora beside that model";
constexpr std::string_view kControlNet = "a ControlNet, an addition to another model and no model by itself";
constexpr std::string_view kSdxl = "Stable Diffusion XL";
constexpr std::string_view kRefiner = "the refiner of Stable Diffusion XL";
constexpr std::string_view kSd3 = "Stable Diffusion 3";
constexpr std::string_view kFlux = "Flux";

/// Part of a key -> what a file with such a key is. The first row that fits any key wins.
struct KeyRow {
  std::string_view part, what;
};
constexpr KeyRow kKeys[] = {
    {"lora_unet_", kLora},
    {"lora_te", kLora},
    {".lora_down.", kLora},
    {".lora_up.", kLora},
    {".lora_A.", kLora},
    {"lora.down.", kLora},
    {"lora.up.", kLora},
    {"ip_adapter.", "an IP-Adapter, an addition to another model and no model by itself"},
    {"motion_modules.", "AnimateDiff, an addition to another model and no model by itself"},
    {"control_model.", kControlNet},
    {"controlnet_cond_embedding.", kControlNet},
    {"input_hint_block.", kControlNet},
    {"conditioner.embedders.1.", kSdxl},
    {"conditioner.embedders.0.model.", kRefiner},
    {"add_embedding.linear_1.", kSdxl},
    {"model.diffusion_model.joint_blocks.", kSd3},
    {"joint_blocks.", kSd3},
    {"single_transformer_blocks.", kFlux},
    {"double_blocks.", kFlux},
    {".attn.add_k_proj.", kSd3},
    {"emb_params", "a textual inversion, a word for another model and no model by itself (give it with --embedding)"},
    {"model.diffusion_model.label_emb.", "an unCLIP or upscaling variant of Stable Diffusion 2"},
    {"depth_model.", "Stable Diffusion 2 with a depth map"},
};

/// Input channels of the UNet -> what it is.
std::optional<std::string_view> byInputChannels(std::int64_t channels) {
  switch (channels) {
    case 4:
      return std::nullopt;
    case 5:
      return "a Stable Diffusion UNet that takes a depth map (5 input channels)";
    case 7:
      return "the Stable Diffusion upscaler (7 input channels)";
    case 8:
      return "InstructPix2Pix (8 input channels)";
    case 9:
      return "an inpainting UNet (9 input channels); P2L inpaints with the plain model";
    default:
      return std::nullopt;
  }
}

/// Part of a pipeline's class name in model_index.json -> what it is.
constexpr KeyRow kPipelines[] = {
    {"XLRefiner", kRefiner},
    {"StableDiffusionXL", kSdxl},
    {"StableDiffusion3", kSd3},
    {"Flux", kFlux},
    {"ControlNet", kControlNet},
    {"Inpaint", "an inpainting model (9 input channels); P2L inpaints with the plain model"},
    {"InstructPix2Pix", "InstructPix2Pix (8 input channels)"},
    {"Depth2Img", "Stable Diffusion 2 with a depth map"},
    {"Upscale", "the Stable Diffusion upscaler"},
    {"UnCLIP", "an unCLIP variant of Stable Diffusion 2"},
    {"ImageVariation", "Stable Diffusion Image Variations, which has a picture in place of the prompt"},
};

[[noreturn]] void refuse(const std::string& path, std::string_view what) {
  throw Error(concat(path, ": is ", what, "; ", kWhatWorks));
}

}  // namespace

void refuseOtherFamilies(const SafetensorsFile& file) {
  const auto& entries = file.entries();
  for (const auto& row : kKeys) {
    const bool fits = std::any_of(entries.begin(), entries.end(),
                                  [&](const auto& each) { return each.first.find(row.part) != std::string::npos; });
    if (fits) refuse(file.path(), row.what);
  }
  const auto channels = [&](const char* key, std::size_t axis) -> std::int64_t {
    const auto found = entries.find(key);
    return found == entries.end() || found->second.shape.size() != 4 ? 0 : found->second.shape[axis];
  };
  for (const auto& [first, last] :
       {std::pair{"model.diffusion_model.input_blocks.0.0.weight", "model.diffusion_model.out.2.weight"},
        std::pair{"conv_in.weight", "conv_out.weight"}}) {
    const auto in = channels(first, 1);
    if (in == channels(last, 0)) continue;  // as many come out: a wider latent, and no condition beside it
    if (const auto what = byInputChannels(in)) refuse(file.path(), *what);
  }
}

void refuseOtherFamilies(const FolderFiles& folder) {
  if (folder.has("model_index.json")) {
    const auto name = JsonConfig(folder.path("model_index.json")).text("_class_name", "");
    for (const auto& row : kPipelines) {
      if (name.find(row.part) != std::string::npos) refuse(folder.path(), row.what);
    }
  }
  if (folder.hasFolder("unet")) return;
  if (folder.hasFolder("transformer")) refuse(folder.path(), "a model with a transformer in place of the UNet");
  require(!folder.has("adapter_config.json") && !folder.has("pytorch_lora_weights.safetensors"), folder.path(), ": is ",
          kLora, "; ", kWhatWorks);
  if (!folder.has("config.json")) return;
  const auto name = JsonConfig(folder.path("config.json")).text("_class_name", "one network");
  require(name.find("ControlNet") == std::string::npos, folder.path(), ": is ", kControlNet, "; ", kWhatWorks);
  if (name == "UNet2DModel") return;  // a whole model of pixels with its scheduler's config beside it
  throw Error(concat(folder.path(), ": is ", name,
                     ", one part of a model; choose the folder that holds unet, vae, text_encoder, tokenizer and "
                     "scheduler"));
}

}  // namespace p2l
