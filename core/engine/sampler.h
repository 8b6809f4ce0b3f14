// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/core/Tensor.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/diffusion/diffusion_model.h"
#include "core/models/model_folder.h"
#include "core/request/sample_request.h"
#include "core/types/param_spec.h"
#include "core/types/prompt_embedding.h"
#include "core/types/run_control.h"

namespace p2l {

/// The sampler's settings, which every solver shares.
std::vector<ParamSpec> samplerParameters();

/// `model` in patches and with guidance, as the sampler's completed values say. `control` is asked before each patch
/// and outlives the model. @throws Error when the patches do not suit the model
std::shared_ptr<const DiffusionModel> modelForSampler(std::shared_ptr<const DiffusionModel> model,
                                                      const ParamValues& values, RunControl& control);

/// The sampler's eta; infinite where it samples as latent consistency models do, whose noise is all fresh. @param model
/// with or without modelForSampler
double stochasticityOf(const DiffusionModel& model, const ParamValues& values);

/// The last `steps` of a plan of `whole` steps, as the completed values say. One step is made at the noise that it
/// starts from: where the spacing would put it near the picture (leading: t = 1; linspace: t = 0, below start 1), which
/// leaves everything as it is, it is trailing's, and `remarks` gets a sentence.
std::vector<SamplingStep> planOfSteps(const DiffusionModel& model, const ParamValues& values, int whole,
                                      std::vector<std::string>* remarks);

/// The picture of a latent at the end of a run: by the model's own decoder, whichever one serves the steps.
at::Tensor lastDecoding(const LoadedModel& loaded, const at::Tensor& z);

/// The pictures of one latent by both of a model's decoders; undefined where it has one alone.
struct DetailEnds {
  at::Tensor faithful, sharp;
};
/// The picture of the last latent: D(z), or with `detail` so much of the model's second decoder as it says. `ends`, if
/// given, gets what it lies between.
at::Tensor pictureAtTheEnd(const LoadedModel& loaded, const ParamValues& values, const at::Tensor& z,
                           DetailEnds* ends = nullptr);

/// Adds a sentence where patches were asked for and the latent is no larger than one.
void remarkOnPatches(const ParamValues& values, const at::Tensor& latent, std::vector<std::string>& remarks);

/// Adds a sentence where an LCM-LoRA is sampled in another way, by its name, or LCM's way without such a network.
void remarkOnLcm(const ParamValues& values, const LoadedModel& loaded, std::vector<std::string>& remarks);

/// C to begin with, [1, L, D] on the device: of the text, or what the file holds. The file may also hold a textual
/// inversion: then C is that of the text with its word, or of the word alone. `remarks` gets a sentence when the file
/// was made with another model, and when the text is too long. @throws Error when it does not fit the model
Conditioning initialEmbedding(const DiffusionModel& model, const ModelInfo& info, const std::string& prompt,
                              const std::string& embedding_file, at::Device device, std::vector<std::string>* remarks);

/// The word of a textual inversion and its vectors; none: the file is another one. @throws Error where it is damaged
std::optional<PromptWord> readPromptWord(const std::string& path);

/// The prompt [1, L, D] as plain numbers; empty when it is undefined.
PromptEmbedding plainEmbedding(const Conditioning& conditioning, const ModelInfo& info, const std::string& prompt);

/// DDIM from noise to picture, one picture after the other, with completed sampler values; see Session::sample.
int samplePictures(const SampleRequest& request, const ParamValues& values, const LoadedModel& loaded,
                   at::Device device, const SampleSink& sink, RunControl& control, std::vector<std::string>* remarks);

}  // namespace p2l
