// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/types/image.h"
#include "core/types/param_spec.h"

namespace p2l {

enum class Mode {
  Demonstrate,  ///< the picture is the truth x; the program degrades it and knows PSNR
  Restore,      ///< the picture is the measurement y itself
};

/// What is said of a model beside its name. Its members are the rows of model_options.def.
struct ModelOptions {
#define P2L_OPTION(type, name, first, ...) type name = first;
#include "core/request/model_options.def"
#undef P2L_OPTION

  bool operator==(const ModelOptions&) const = default;
};

/// One A of y = A x + n, or of a chain of them.
struct DegradationChoice {
  std::string id;  ///< sr, gaussian-blur, motion-blur, inpaint, ...
  ParamValues values;
  std::string mask;    ///< file name of the mask, for the record; empty: seeded random mask
  std::string kernel;  ///< file name of the blur kernel, for the record; empty: by parameters
  /// The kernel's picture is turned by 180 degrees before it is applied. Requests of formats 1 and 2 ran so: their
  /// pictures were correlated with the photo, where a point-spread function is convolved with it.
  bool kernel_turned = false;

  bool operator==(const DegradationChoice&) const = default;
};

/// The n of y = A x + n.
struct NoiseChoice {
  std::string id = "gaussian";  ///< gaussian, poisson, none
  ParamValues values;           ///< of a Gaussian one sigma, on the [-1, 1] scale (half of that on [0, 1])

  NoiseChoice() = default;
  /// Gaussian noise of this deviation.
  NoiseChoice(double sigma) : values{{"sigma", sigma}} {}  // NOLINT: the plain case reads as a number
  bool operator==(const NoiseChoice&) const = default;
};

/// Everything that determines a run, as plain values; to and from JSON. The same request on the same picture and
/// device gives the same bits. Further members are the rows of run_options.def: size, prompt, device, ...
struct RestoreRequest {
#define P2L_OPTION(type, name, first, ...) type name = first;
#include "core/request/run_options.def"
#undef P2L_OPTION

  std::string photo;  ///< file name or label of the picture, for the record
  Mode mode = Mode::Demonstrate;
  /// y = A_n ... A_1 x + n; never empty.
  std::vector<DegradationChoice> degradations = {{"sr", {}, {}, {}, false}};
  NoiseChoice noise = 0.01;

  /// Id of the preset that the run is made with; empty: none was asked for. It gives what the request leaves open:
  /// with a preset the names below, the degradation's id and `model` may be empty. Catalogue::withPreset fills them.
  std::string preset;
  std::string solver = "p2l";
  ParamValues solver_values;
  ParamValues sampler_values;  ///< keys of samplerParameters(): steps, eta, guidance, patches and others

  std::uint64_t seed = 0;  ///< of z_T and of the sampler's noise
  /// Of kernel, mask and n; the seed where it is not given. A measured photo needs it where they are drawn:
  /// Catalogue::leftToChance.
  std::optional<std::uint64_t> measurement_seed;
  std::string model = "p2l-tiny";  ///< name of an embedded model, a folder, or a checkpoint file
  ModelOptions model_options;      ///< in JSON the fields vae, tokenizer, prediction, precision, ...

  /// The first one, or the only one.
  DegradationChoice& degradation() {
    return degradations.front();
  }
  const DegradationChoice& degradation() const {
    return degradations.front();
  }
};

/// The rows of model_options.def and run_options.def. The first choice of a row is stored as an empty text.
const std::vector<ParamSpec>& modelParameters();
const std::vector<ParamSpec>& runParameters();
/// All options as values by key.
ParamValues valuesOf(const ModelOptions& options);
ParamValues runValuesOf(const RestoreRequest& request);
/// Sets one option. @throws Error on an unknown key or a value out of range
void setOption(ModelOptions& options, const std::string& key, const ParamValue& value);
void setRunOption(RestoreRequest& request, const std::string& key, const ParamValue& value);
/// The options as `values` say; those that are missing have their defaults. @throws Error
ModelOptions modelOptionsFrom(const ParamValues& values);

/// A LoRA that is merged into a model, and its factor.
struct LoraChoice {
  std::string file;
  double scale = 1.0;  ///< with ModelOptions::lora_scale
};
/// The files of ModelOptions::lora in their order. @throws Error where a factor is no number
std::vector<LoraChoice> lorasOf(const ModelOptions& options);
/// All files and folders that the options name.
std::vector<std::string> pathsOf(const ModelOptions& options);

/// "0.01" of Gaussian noise, else "poisson:peak=30" or "none".
std::string noiseText(const NoiseChoice& noise);

/// Of RestoreRequest::size, when it is not 0.
inline constexpr int kSmallestSize = 16;

/// The pictures of one degradation, shared.
struct DegradationPictures {
  SharedImage mask;  ///< may be empty. White (>= 0.5) is missing. Of the picture's or the photo's size.
  /// May be empty. Point-spread function: how the blur draws one white point. Grey, odd sizes; divided by its sum.
  SharedImage kernel;
};

/// Pictures and files that go with a request.
struct RunInputs {
  SharedImage photo;                              ///< the truth (Demonstrate) or y (Restore)
  std::vector<DegradationPictures> degradations;  ///< of RestoreRequest::degradations, in that order; may be shorter
  std::string initial_latent_file;                ///< safetensors with `z` [1, c, h, w]; empty: drawn from the seed
  std::string measurement_file;  ///< safetensors with `y` in [-1, 1]; empty: made or taken from the photo
  std::string dump_file;         ///< safetensors to write: z_t, z0_hat, C per step, z, x; empty: none

  /// Those of the degradation with that index; made where there are none yet.
  DegradationPictures& of(std::size_t index = 0);
  const DegradationPictures& of(std::size_t index = 0) const;
};

/// The request that stands in a saved measurement, of the one that measured it: the picture itself is the photo, whole
/// and degraded already.
RestoreRequest requestOfMeasurement(RestoreRequest request);

/// The request as JSON (UTF-8, indented by two).
std::string jsonFromRequest(const RestoreRequest& request);
/// What made a picture may stand beside its request under this name (jsonForPicture); it is no part of the request.
inline constexpr const char* kMadeBy = "made_by";
/// Passes kMadeBy by. @throws Error naming the field, what was expected and what was found. Parameter values are not
/// yet checked against their specs: Catalogue::complete does that.
RestoreRequest requestFromJson(const std::string& json);

}  // namespace p2l
