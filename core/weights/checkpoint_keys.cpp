// SPDX-License-Identifier: GPL-3.0-or-later
// The one table of key renames. In the original networks' numbered lists a resnet, an attention and a sampler are told
// apart by their place; diffusers gives them names. tests/reference/checkpoint_keys_*.json hold what diffusers' own
// converters make of every key of the published models.
#include "core/weights/checkpoint_keys.h"

#include <ATen/core/Tensor.h>

#include <algorithm>
#include <cctype>
#include <span>
#include <string_view>
#include <vector>

#include "core/types/error.h"

namespace p2l {
namespace {

using Form = StoredTensor::Form;

enum class Part { TextEncoder, UNet, Autoencoder, None };

/// Names inside a layer. "?" stands for q, k and v: one stored tensor holds the three.
struct InnerRow {
  std::string_view stored, name;
  Form form = Form::AsIs;
};

constexpr InnerRow kResnet[] = {{"in_layers.0.", "norm1."},          {"in_layers.2.", "conv1."},
                                {"out_layers.0.", "norm2."},         {"out_layers.3.", "conv2."},
                                {"emb_layers.1.", "time_emb_proj."}, {"skip_connection.", "conv_shortcut."}};
constexpr InnerRow kVaeResnet[] = {{"nin_shortcut.", "conv_shortcut."}};
constexpr InnerRow kVaeAttention[] = {{"norm.", "group_norm."},
                                      {"q.", "to_q.", Form::Matrix},
                                      {"k.", "to_k.", Form::Matrix},
                                      {"v.", "to_v.", Form::Matrix},
                                      {"proj_out.", "to_out.0.", Form::Matrix}};
constexpr InnerRow kOpenClip[] = {{"ln_1.", "layer_norm1."},
                                  {"ln_2.", "layer_norm2."},
                                  {"attn.in_proj_weight", "self_attn.?_proj.weight", Form::FirstThird},
                                  {"attn.in_proj_bias", "self_attn.?_proj.bias", Form::FirstThird},
                                  {"attn.out_proj.", "self_attn.out_proj."},
                                  {"mlp.c_fc.", "mlp.fc1."},
                                  {"mlp.c_proj.", "mlp.fc2."}};

/// `stored` begins a key; # in it is a number. In `name`, $1 is the first number, and, with L resnets in a block:
/// $d, $D the down block's layer and block of input $1; $u, $U the same of output $1; $R the level $1 counted from the
/// other end.
struct Row {
  Part part;
  std::string_view stored, name;
  std::span<const InnerRow> inner = {};
};

constexpr Row kRows[] = {
    {Part::UNet, "model.diffusion_model.time_embed.0.", "time_embedding.linear_1."},
    {Part::UNet, "model.diffusion_model.time_embed.2.", "time_embedding.linear_2."},
    {Part::UNet, "model.diffusion_model.input_blocks.0.0.", "conv_in."},
    {Part::UNet, "model.diffusion_model.input_blocks.#.0.op.", "down_blocks.$D.downsamplers.0.conv."},
    {Part::UNet, "model.diffusion_model.input_blocks.#.0.", "down_blocks.$D.resnets.$d.", kResnet},
    {Part::UNet, "model.diffusion_model.input_blocks.#.1.", "down_blocks.$D.attentions.$d."},
    {Part::UNet, "model.diffusion_model.middle_block.0.", "mid_block.resnets.0.", kResnet},
    {Part::UNet, "model.diffusion_model.middle_block.1.", "mid_block.attentions.0."},
    {Part::UNet, "model.diffusion_model.middle_block.2.", "mid_block.resnets.1.", kResnet},
    {Part::UNet, "model.diffusion_model.output_blocks.#.0.", "up_blocks.$U.resnets.$u.", kResnet},
    {Part::UNet, "model.diffusion_model.output_blocks.#.1.conv.", "up_blocks.$U.upsamplers.0.conv."},
    {Part::UNet, "model.diffusion_model.output_blocks.#.1.", "up_blocks.$U.attentions.$u."},
    {Part::UNet, "model.diffusion_model.output_blocks.#.2.conv.", "up_blocks.$U.upsamplers.0.conv."},
    {Part::UNet, "model.diffusion_model.out.0.", "conv_norm_out."},
    {Part::UNet, "model.diffusion_model.out.2.", "conv_out."},

    {Part::Autoencoder, "first_stage_model.encoder.conv_in.", "encoder.conv_in."},
    {Part::Autoencoder, "first_stage_model.encoder.down.#.block.#.", "encoder.down_blocks.$1.resnets.$2.", kVaeResnet},
    {Part::Autoencoder, "first_stage_model.encoder.down.#.downsample.conv.",
     "encoder.down_blocks.$1.downsamplers.0.conv."},
    {Part::Autoencoder, "first_stage_model.encoder.mid.block_1.", "encoder.mid_block.resnets.0.", kVaeResnet},
    {Part::Autoencoder, "first_stage_model.encoder.mid.attn_1.", "encoder.mid_block.attentions.0.", kVaeAttention},
    {Part::Autoencoder, "first_stage_model.encoder.mid.block_2.", "encoder.mid_block.resnets.1.", kVaeResnet},
    {Part::Autoencoder, "first_stage_model.encoder.norm_out.", "encoder.conv_norm_out."},
    {Part::Autoencoder, "first_stage_model.encoder.conv_out.", "encoder.conv_out."},
    {Part::Autoencoder, "first_stage_model.quant_conv.", "quant_conv."},
    {Part::Autoencoder, "first_stage_model.post_quant_conv.", "post_quant_conv."},
    {Part::Autoencoder, "first_stage_model.decoder.conv_in.", "decoder.conv_in."},
    {Part::Autoencoder, "first_stage_model.decoder.mid.block_1.", "decoder.mid_block.resnets.0.", kVaeResnet},
    {Part::Autoencoder, "first_stage_model.decoder.mid.attn_1.", "decoder.mid_block.attentions.0.", kVaeAttention},
    {Part::Autoencoder, "first_stage_model.decoder.mid.block_2.", "decoder.mid_block.resnets.1.", kVaeResnet},
    {Part::Autoencoder, "first_stage_model.decoder.up.#.block.#.", "decoder.up_blocks.$R.resnets.$2.", kVaeResnet},
    {Part::Autoencoder, "first_stage_model.decoder.up.#.upsample.conv.", "decoder.up_blocks.$R.upsamplers.0.conv."},
    {Part::Autoencoder, "first_stage_model.decoder.norm_out.", "decoder.conv_norm_out."},
    {Part::Autoencoder, "first_stage_model.decoder.conv_out.", "decoder.conv_out."},
    {Part::None, "first_stage_model.loss.", ""},
    {Part::None, "first_stage_model.model_ema.", ""},

    {Part::None, "cond_stage_model.transformer.text_model.embeddings.position_ids", ""},  // 0, 1, 2, ...
    {Part::None, "cond_stage_model.transformer.text_projection", ""},
    {Part::TextEncoder, "cond_stage_model.transformer.", ""},
    {Part::TextEncoder, "cond_stage_model.model.token_embedding.", "embeddings.token_embedding."},
    {Part::TextEncoder, "cond_stage_model.model.positional_embedding", "embeddings.position_embedding.weight"},
    {Part::TextEncoder, "cond_stage_model.model.transformer.resblocks.#.", "encoder.layers.$1.", kOpenClip},
    {Part::TextEncoder, "cond_stage_model.model.ln_final.", "final_layer_norm."},
    {Part::None, "cond_stage_model.model.text_projection", ""},
    {Part::None, "cond_stage_model.model.logit_scale", ""},
    {Part::None, "cond_stage_model.model.attn_mask", ""},
    {Part::None, "cond_stage_model.logit_scale", ""},
    {Part::None, "cond_stage_model.text_projection", ""},

    // What training leaves behind.
    {Part::None, "model_ema.", ""},
    {Part::None, "alphas_cumprod", ""},
    {Part::None, "betas", ""},
    {Part::None, "sqrt_", ""},
    {Part::None, "log_one_minus_alphas_cumprod", ""},
    {Part::None, "posterior_", ""},
    {Part::None, "logvar", ""},
    {Part::None, "lvlb_weights", ""},
    {Part::None, "scale_factor", ""},
    {Part::None, "global_step", ""},
};

/// The numbers that stand for # when `key` begins with `pattern`, and what follows.
struct Match {
  std::vector<std::int64_t> numbers;
  std::string_view rest;
};

std::optional<Match> match(std::string_view pattern, std::string_view key) {
  Match found;
  for (const char c : pattern) {
    if (c != '#') {
      if (key.empty() || key.front() != c) return std::nullopt;
      key.remove_prefix(1);
      continue;
    }
    std::int64_t number = 0;
    std::size_t digits = 0;
    for (; digits < key.size() && std::isdigit(static_cast<unsigned char>(key[digits])); ++digits) {
      number = number * 10 + (key[digits] - '0');
      if (digits > 3) return std::nullopt;
    }
    if (digits == 0) return std::nullopt;
    key.remove_prefix(digits);
    found.numbers.push_back(number);
  }
  found.rest = key;
  return found;
}

/// The sizes of the networks' lists, which the names depend on.
struct Lists {
  std::int64_t resnets_per_block = 1;
  std::int64_t vae_levels = 1;
  std::int64_t open_clip_layers = 0;
};

Lists listsOf(const std::vector<std::string>& keys) {
  Lists lists;
  std::int64_t last_input = 0, first_sampler = 0;
  for (const auto& key : keys) {
    if (const auto found = match("model.diffusion_model.input_blocks.#.", key)) {
      last_input = std::max(last_input, found->numbers[0]);
      const bool sampler = found->rest.starts_with("0.op.");
      if (sampler && (first_sampler == 0 || found->numbers[0] < first_sampler)) first_sampler = found->numbers[0];
    } else if (const auto level = match("first_stage_model.decoder.up.#.", key)) {
      lists.vae_levels = std::max(lists.vae_levels, level->numbers[0] + 1);
    } else if (const auto layer = match("cond_stage_model.model.transformer.resblocks.#.", key)) {
      lists.open_clip_layers = std::max(lists.open_clip_layers, layer->numbers[0] + 1);
    }
  }
  lists.resnets_per_block = std::max<std::int64_t>(1, first_sampler > 0 ? first_sampler - 1 : last_input);
  return lists;
}

std::string filledIn(std::string_view name, const std::vector<std::int64_t>& numbers, const Lists& lists) {
  std::string out;
  const auto layers = lists.resnets_per_block + 1;  // of a block: its resnets and a sampler, or one more resnet
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (name[i] != '$') {
      out += name[i];
      continue;
    }
    const auto n = numbers[0];
    const char what = name[++i];
    const auto value = what == '1'   ? n
                       : what == '2' ? numbers[1]
                       : what == 'D' ? (n - 1) / layers
                       : what == 'd' ? (n - 1) % layers
                       : what == 'U' ? n / layers
                       : what == 'u' ? n % layers
                                     : lists.vae_levels - 1 - n;
    out += std::to_string(value);
  }
  return out;
}

/// Adds the tensor under its new name, or under three.
void add(TensorMap& tensors, const std::string& prefix, std::string_view rest, std::span<const InnerRow> inner,
         StoredTensor tensor) {
  const auto emplace = [&](const std::string& name) {
    const auto added = tensors.emplace(name, tensor);
    require(added.second, tensor.file->path(), ": tensors ", added.first->second.key, " and ", tensor.key,
            " are the same part of the network; the file is damaged");
  };
  const auto row =
      std::find_if(inner.begin(), inner.end(), [&](const InnerRow& each) { return rest.starts_with(each.stored); });
  if (row == inner.end()) return emplace(prefix + std::string(rest));
  tensor.form = row->form;
  auto name = prefix + std::string(row->name) + std::string(rest.substr(row->stored.size()));
  const auto letter = name.find('?');
  if (letter == std::string::npos) return emplace(name);
  constexpr std::pair<char, Form> kThirds[] = {
      {'q', Form::FirstThird}, {'k', Form::SecondThird}, {'v', Form::LastThird}};
  for (const auto& [which, form] : kThirds) {
    name[letter] = which;
    tensor.form = form;
    emplace(name);
  }
}

bool isOfNetwork(const std::string& key) {
  constexpr const char* kPrefixes[] = {"model.diffusion_model.", "first_stage_model.", "cond_stage_model."};
  return std::any_of(std::begin(kPrefixes), std::end(kPrefixes),
                     [&](const char* prefix) { return key.starts_with(prefix); });
}

/// @param prefix what the file leaves out before each key
CheckpointTensors sorted(const std::shared_ptr<const SafetensorsFile>& file, const std::string& prefix) {
  std::vector<std::string> keys;
  for (const auto& [key, entry] : file->entries()) keys.push_back(prefix + key);
  const auto lists = listsOf(keys);

  CheckpointTensors parts;
  parts.open_clip = lists.open_clip_layers > 0;
  for (const auto& key : keys) {
    const auto stored = key.substr(prefix.size());
    std::optional<Match> found;
    const auto* row = std::find_if(std::begin(kRows), std::end(kRows),
                                   [&](const Row& each) { return (found = match(each.stored, key)).has_value(); });
    if (row == std::end(kRows)) {
      require(isLeftover(stored) || !isOfNetwork(key), file->path(), ": tensor ", stored,
              " belongs to no part of a Stable Diffusion 1.x or 2.x checkpoint");
      parts.skipped.push_back(stored);
      continue;
    }
    if (row->part == Part::None) continue;
    // diffusers keeps all layers but the last: Stable Diffusion 2 was trained on the last but one's output.
    if (row->inner.data() == kOpenClip && found->numbers[0] == lists.open_clip_layers - 1) continue;
    TensorMap& part = row->part == Part::UNet          ? parts.unet
                      : row->part == Part::TextEncoder ? parts.text_encoder
                                                       : parts.autoencoder;
    add(part, filledIn(row->name, found->numbers, lists), found->rest, row->inner, {file, stored});
  }
  if (file->has("global_step")) {
    const auto step = file->tensor("global_step");
    if (step.numel() == 1) parts.global_step = step.item<std::int64_t>();
  }
  return parts;
}

}  // namespace

CheckpointTensors tensorsOfCheckpoint(const std::shared_ptr<const SafetensorsFile>& file) {
  return sorted(file, "");
}

TensorMap tensorsOfAutoencoder(const std::shared_ptr<const SafetensorsFile>& file) {
  const auto& entries = file->entries();
  const bool named = std::any_of(entries.begin(), entries.end(),
                                 [](const auto& each) { return each.first.starts_with("first_stage_model."); });
  return sorted(file, named ? "" : "first_stage_model.").autoencoder;
}

TensorMap tensorsOfTaesd(const std::shared_ptr<const SafetensorsFile>& encoder,
                         const std::shared_ptr<const SafetensorsFile>& decoder) {
  TensorMap tensors;
  const auto add_all = [&](const auto& file, const char* prefix, std::int64_t first) {
    for (const auto& [key, entry] : file->entries()) {
      const auto found = match("#.", key);
      require(found && found->numbers[0] >= first, file->path(), ": tensor ", key,
              " belongs to no TAESD network; taesd_encoder.safetensors and taesd_decoder.safetensors were expected");
      tensors.emplace(concat(prefix, found->numbers[0] - first, ".", found->rest), StoredTensor{file, key});
    }
  };
  add_all(encoder, "encoder.layers.", 0);
  add_all(decoder, "decoder.layers.", 1);  // the original's first layer is the clamp, which has no weights
  return tensors;
}

}  // namespace p2l
