// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/types/image.h"
#include "core/types/param_spec.h"

namespace p2l {

enum class Mode {
  Demonstrate,  ///< the picture is the truth x; the program degrades it and knows PSNR
  Restore,      ///< the picture is the measurement y itself
};

inline constexpr int kMostRefinements = 16;  ///< of ModelOptions::encoder_refinements

/// What is said of a model beside its name: parts from elsewhere, and what its files do not tell.
struct ModelOptions {
  std::string vae;         ///< folder or file of another autoencoder; empty: the model's own
  std::string tokenizer;   ///< folder with vocab.json and merges.txt; empty: the model's own, or `tokenizer` beside it
  std::string prediction;  ///< epsilon or v_prediction; empty: as the model says
  std::string precision;   ///< of the networks' arithmetic: fp32 (or empty), tf32 (fp32 but on
                           ///< NVIDIA's), bf16, fp16. All else is float32.
  bool checkpointing = false;   ///< networks forget their activations and evaluate them again for the gradient
  bool vae_tiling = false;      ///< the autoencoder takes pictures of more than 64 latents a side in tiles
  int encoder_refinements = 0;  ///< steps by which pictures are encoded more exactly (refined_autoencoder.h), 0 to 16
  bool cuda_graphs = false;     ///< networks of latent models are recorded as CUDA graphs; nothing elsewhere

  bool operator==(const ModelOptions&) const = default;
};

/// Everything that determines a run, as plain values; to and from JSON. The same request on the same picture and
/// device gives the same bits.
struct RestoreRequest {
  std::string photo;  ///< file name or label of the picture, for the record
  Mode mode = Mode::Demonstrate;
  int size = 0;  ///< > 0: the centre square of the photo resized to size x size first; 0: as it is

  std::string degradation = "sr";  ///< id of A, or of A_1: sr, gaussian-blur, motion-blur, inpaint, ...
  ParamValues degradation_values;
  std::string then;         ///< id of A_2 in y = A_2 A_1 x + n; empty: there is none
  ParamValues then_values;  ///< of A_2
  std::string mask;         ///< file name of the mask, for the record; empty: seeded random mask
  std::string kernel;       ///< file name of the blur kernel, for the record; empty: by parameters
  /// The kernel's picture is turned by 180 degrees before it is applied. Requests of formats 1 and 2 ran so: their
  /// pictures were correlated with the photo, where a point-spread function is convolved with it.
  bool kernel_turned = false;
  double noise = 0.01;  ///< sigma_y, standard deviation of n on the [-1, 1] scale (half of that on [0, 1])

  /// Id of the preset that the run is made with; empty: none was asked for. It gives what the request leaves open:
  /// with a preset the names below, `degradation` and `model` may be empty. Catalogue::withPreset fills them.
  std::string preset;
  std::string solver = "p2l";
  ParamValues solver_values;
  ParamValues sampler_values;  ///< keys of samplerParameters(): steps, eta, guidance, patches and others

  std::string prompt;      ///< initial text; empty: the null prompt
  std::string embedding;   ///< file of an embedding to start from in place of a text; empty: none
  std::uint64_t seed = 0;  ///< of z_T and of the sampler's noise
  /// Of kernel, mask and n; the seed where it is not given. A measured photo needs it where they are drawn:
  /// Catalogue::leftToChance.
  std::optional<std::uint64_t> measurement_seed;
  std::string model = "p2l-tiny";  ///< name of an embedded model, a folder, or a checkpoint file
  ModelOptions model_options;      ///< in JSON the fields vae, tokenizer, prediction, precision, ...
  std::string device = "auto";     ///< auto, cpu, cuda:N, mps
  std::string memory;  ///< most that the run may take, "8G" or "900M"; options are chosen to fit. Empty: no limit
};

/// Bounds of RestoreRequest::noise and, when it is not 0, of RestoreRequest::size.
inline constexpr double kLargestNoise = 2.0;
inline constexpr int kSmallestSize = 16;

/// Pictures and files that go with a request.
struct RunInputs {
  Image photo;   ///< the truth (Demonstrate) or y (Restore)
  Image mask;    ///< may be empty. White (>= 0.5) is missing. Of the picture's or the photo's size.
  Image kernel;  ///< may be empty. Point-spread function: how the blur draws one white point. Grey, odd sizes; divided
                 ///< by its sum.
  std::string initial_latent_file;  ///< safetensors with `z` [1, c, h, w]; empty: drawn from the seed
  std::string measurement_file;     ///< safetensors with `y` in [-1, 1]; empty: made or taken from the photo
  std::string dump_file;            ///< safetensors to write: z_t, z0_hat, C per step, z, x; empty: none
};

/// The request as JSON (UTF-8, indented by two).
std::string jsonFromRequest(const RestoreRequest& request);
/// @throws Error naming the field, what was expected and what was found. Parameter values are not yet checked
/// against their specs: Catalogue::complete does that.
RestoreRequest requestFromJson(const std::string& json);

}  // namespace p2l
