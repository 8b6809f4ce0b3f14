// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/weights/config_fields.h"

#include <algorithm>
#include <string>

namespace p2l {
namespace {

using enum FieldUse;

constexpr ConfigField kScheduler[] = {
    {"num_train_timesteps"},
    {"beta_start"},
    {"beta_end"},
    {"beta_schedule"},
    {"trained_betas"},
    {"rescale_betas_zero_snr"},
    {"prediction_type"},
    {"timestep_spacing"},
    {"steps_offset"},
    {"set_alpha_to_one"},
    {"final_sigmas_type"},
    {"original_inference_steps"},  // of LCMScheduler
    {"timestep_scaling"},          // the same
    {"clip_sample"},               // by models of pixels; diffusers' pipelines of latent models switch it off
    {"clip_sample_range"},         // the same
    // Choices of a sampler that is not used: the solvers step by DDIM.
    {"algorithm_type", Harmless},
    {"corrector_order", Harmless},
    {"disable_corrector", Harmless},
    {"dynamic_thresholding_ratio", Harmless},
    {"eta", Harmless},
    {"euler_at_final", Harmless},
    {"flow_shift", Harmless},  // counts with use_flow_sigmas only
    {"interpolation_type", Harmless},
    {"lambda_min_clipped", Harmless},
    {"lower_order_final", Harmless},
    {"noise_sampler_seed", Harmless},
    {"predict_x0", Harmless},
    {"predictor_order", Harmless},
    {"sample_max_value", Harmless},
    {"sigma_max", Harmless},  // ends of Karras' spacing
    {"sigma_min", Harmless},
    {"skip_prk_steps", Harmless},
    {"solver_order", Harmless},
    {"solver_p", Harmless},
    {"solver_type", Harmless},
    {"tau_func", Harmless},
    {"time_shift_type", Harmless},
    {"use_beta_sigmas", Harmless},
    {"use_exponential_sigmas", Harmless},
    {"use_karras_sigmas", Harmless},
    {"use_lu_lambdas", Harmless},
    {"variance_type", Harmless},
    // Another estimate, or another kind of noising.
    {"thresholding", Refused, "false"},
    {"timestep_type", Refused, "\"discrete\""},
    {"use_flow_sigmas", Refused, "false"},
    {"use_dynamic_shifting", Refused, "false"},
    {"shift", Refused, "1|1.0"},
    {"shift_terminal", Refused},
    {"base_shift", Refused},
    {"max_shift", Refused},
    {"base_image_seq_len", Refused},
    {"max_image_seq_len", Refused},
    {"invert_sigmas", Refused, "false"},
    {"stochastic_sampling", Refused, "false"},
    {"snr_shift_scale", Refused},
    {"sigma_data", Refused},
    {"sigma_schedule", Refused},
    {"beta_min", Refused},
    {"beta_max", Refused},
};

constexpr ConfigField kAutoencoderKl[] = {
    {"block_out_channels"},
    {"layers_per_block"},
    {"latent_channels"},
    {"norm_num_groups"},
    {"scaling_factor"},
    {"shift_factor"},
    {"latents_mean"},
    {"latents_std"},
    {"use_quant_conv"},
    {"use_post_quant_conv"},
    {"down_block_types"},
    {"up_block_types"},
    {"force_upcast", Harmless},  // of precision, which is chosen here
    {"sample_size", Harmless},   // of diffusers' tiles
    {"in_channels", Refused, "3"},
    {"out_channels", Refused, "3"},
    {"act_fn", Refused, "\"silu\""},
    {"mid_block_add_attention", Refused, "true"},
};

constexpr ConfigField kUnet2dCondition[] = {
    {"sample_size"},
    {"in_channels"},
    {"out_channels"},
    {"flip_sin_to_cos"},
    {"freq_shift"},
    {"down_block_types"},
    {"up_block_types"},
    {"block_out_channels"},
    {"layers_per_block"},
    {"norm_num_groups"},
    {"norm_eps"},
    {"cross_attention_dim"},
    {"transformer_layers_per_block"},
    {"attention_head_dim"},
    {"use_linear_projection"},
    {"only_cross_attention"},
    {"dropout", Harmless},                        // of training
    {"upcast_attention", Harmless},               // of precision
    {"addition_embed_type_num_heads", Harmless},  // counts with addition_embed_type only
    {"act_fn", Refused, "\"silu\""},
    {"addition_embed_type", Refused},
    {"addition_time_embed_dim", Refused},
    {"attention_type", Refused, "\"default\""},
    {"center_input_sample", Refused, "false"},
    {"class_embed_type", Refused},
    {"class_embeddings_concat", Refused, "false"},
    {"conv_in_kernel", Refused, "3"},
    {"conv_out_kernel", Refused, "3"},
    {"cross_attention_norm", Refused},
    {"downsample_padding", Refused, "1"},
    {"dual_cross_attention", Refused, "false"},
    {"encoder_hid_dim", Refused},
    {"encoder_hid_dim_type", Refused},
    {"mid_block_only_cross_attention", Refused, "false"},
    {"mid_block_scale_factor", Refused, "1|1.0"},
    {"mid_block_type", Refused, "\"UNetMidBlock2DCrossAttn\""},
    {"num_attention_heads", Refused},
    {"num_class_embeds", Refused},
    {"projection_class_embeddings_input_dim", Refused},
    {"resnet_out_scale_factor", Refused, "1|1.0"},
    {"resnet_skip_time_act", Refused, "false"},
    {"resnet_time_scale_shift", Refused, "\"default\""},
    {"reverse_transformer_layers_per_block", Refused},
    {"time_cond_proj_dim", Refused},
    {"time_embedding_act_fn", Refused},
    {"time_embedding_dim", Refused},
    {"time_embedding_type", Refused, "\"positional\""},
    {"timestep_post_act", Refused},
};

bool isOneOf(std::string_view accepted, const std::string& value) {
  while (!accepted.empty()) {
    const auto end = std::min(accepted.find('|'), accepted.size());
    if (accepted.substr(0, end) == value) return true;
    accepted.remove_prefix(std::min(end + 1, accepted.size()));
  }
  return false;
}

}  // namespace

std::span<const ConfigField> schedulerFields() {
  return kScheduler;
}

std::span<const ConfigField> autoencoderKlFields() {
  return kAutoencoderKl;
}

std::span<const ConfigField> unet2dConditionFields() {
  return kUnet2dCondition;
}

void refuseFields(const JsonConfig& json, std::span<const ConfigField> fields) {
  for (const auto& field : fields) {
    const std::string name(field.name);
    if (field.use != Refused || !json.has(name) || isOneOf(field.accepted, json.shown(name))) continue;
    if (field.accepted.empty()) json.expectAbsent(name);
    json.refuse(name, std::string(field.accepted.substr(0, field.accepted.find('|'))));
  }
}

}  // namespace p2l
