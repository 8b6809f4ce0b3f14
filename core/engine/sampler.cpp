// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/sampler.h"

#include <ATen/ops/from_blob.h>
#include <ATen/ops/isfinite.h>

#include <algorithm>
#include <filesystem>
#include <limits>
#include <utility>

#include "core/base/random.h"
#include "core/io/embedding_file.h"
#include "core/io/textual_inversion.h"
#include "core/models/consistency_model.h"
#include "core/models/guided_model.h"
#include "core/models/patched_model.h"
#include "core/tensor/image_tensor.h"
#include "core/types/error.h"
#include "core/types/lower_case.h"
#include "core/weights/safetensors.h"

namespace p2l {
namespace {

ParamSpec inLatentPixels(ParamSpec spec) {
  spec.unit = "latent px";
  return spec;
}

/// A side of the pictures in latent pixels. @throws Error naming it unless it suits the model
std::int64_t latentSide(const char* side, int pixels, const ModelInfo& info, const DiffusionModel& model) {
  const auto multiple = model.sizeMultiple();
  const auto wanted = pixels > 0 ? pixels : std::max<std::int64_t>(info.training_size, multiple);
  require(wanted % multiple == 0, "The ", side, " of the pictures must be a multiple of ", multiple, " for the model ",
          info.name, ", found ", wanted);
  return wanted / model.pixelsPerLatent();
}

}  // namespace

std::vector<ParamSpec> samplerParameters() {
  return {
      integerParam("steps", "N", "Steps", 1, 1000, 100,
                   "Sampling steps N. The paper uses 1000. The time grows in proportion; too few steps lose "
                   "quality."),
      advanced(realParam(
          "start", "", "Start", 0.01, 1.0, 1.0,
          "1: starts from noise alone, as in the paper. Smaller: starts from the plain picture (bicubic enlargement, "
          "the blurred picture, holes filled from their borders) with the noise that is left in a run when this share "
          "of it remains; all steps are spent there. 0.25 is better and needs fewer steps where the plain picture is "
          "close, as in super-resolution.")),
      advanced(realParam("eta", "η", "Stochasticity", 0.0, 1.0, 0.0,
                         "0: deterministic DDIM, as in the paper. 1: as much fresh noise as DDPM.")),
      advanced(choiceParam(
          "lcm", "LCM sampling", {"model", "on", "off"},
          "Samples as latent consistency models are, in 4 to 8 steps: timesteps of the 50 that they were distilled on "
          "(spacing lcm, where the spacing is the model's), the boundary condition c_skip z_t + c_out ẑ₀ on every "
          "estimate, and all noise fresh. on: for a model with an LCM-LoRA. model: where the model's scheduler is an "
          "LCMScheduler.")),
      advanced(choiceParam("spacing", "Timestep spacing", {"model", "leading", "trailing", "linspace", "lcm"},
                           "model: the setting of the model's scheduler. leading: t = ⌊i T/N⌋ + offset, as "
                           "Stable Diffusion. trailing: from T − 1 down, so that sampling starts at full noise. "
                           "linspace: evenly from T − 1 to 0. lcm: of the 50 steps of an LCM.")),
      advanced(realParam("guidance", "w", "Guidance scale", 0.0, 30.0, 1.0,
                         "Classifier-free guidance ε(∅) + w (ε(C) − ε(∅)). 1 is off, as in the paper's solvers; more "
                         "than 1 doubles the network's work.")),
      advanced(flagParam("keep_measured", "Keep measured pixels", false,
                         "At the end x ← Aᵀy + (I − AᵀA) x: pixels outside of the mask come from the photo, "
                         "noise included, and not from the autoencoder. Masks only; not part of the paper's "
                         "algorithms.")),
      advanced(flagParam("keep_colour", "Keep the photo's colours", false,
                         "At the end the low-pass of A x − y is brought below 0.5/255, by smooth changes alone: "
                         "colours are those that were measured, detail is the model's. Linear tasks only; not part of "
                         "the paper's algorithms.")),
      advanced(realParam(
          "end_on_data", "κ", "End on the data", 0.0, 1.0, 0.0,
          "At the end x ← argmin ‖y − A x‖² + (σ/κ)² ‖x − D(z)‖², as Eq. 19 but in pixels and not encoded again: what "
          "the autoencoder lost of the measurement comes back, as far as its noise σ allows. κ is how far a sample of "
          "D(z) lies from the truth, on the scale −1 to 1: 0.05 suits the embedded models. Larger fits the measurement "
          "more closely, noise included. 0 is off, as in the paper. Linear tasks only.")),
      advanced(realParam(
          "detail", "", "Detail", 0.0, 1.0, 0.0,
          "How much of the last picture comes from the model's second decoder, which is trained on how pictures "
          "look: 0, the faithful one that the steps use; 1, sharper, with texture that is made up. No effect on models "
          "without a second decoder.")),
      choiceParam(
          "patches", "Patches", {"none", "multidiffusion", "mixture"},
          "For pictures larger than the model was trained on. none: the latent as a whole, which with P2L's "
          "projection the paper finds as good and faster. multidiffusion: ε is the mean of overlapping "
          "patches' predictions. mixture: with Gaussian weights, of variance 0.01 of a patch's side. The memory "
          "of the noise network is then that of one patch (App. F)."),
      advanced(inLatentPixels(integerParam(
          "patch_size", "", "Patch size", 8, 256, 64,
          "Side of a patch in latent pixels; 64, as in the paper, is 512 pixels of Stable Diffusion's pictures "
          "and 256 of the embedded model's. Larger sees more at once and takes more memory."))),
      advanced(inLatentPixels(
          integerParam("patch_stride", "", "Patch stride", 4, 256, 32,
                       "Distance between patches in latent pixels, at most the patch size; the paper uses 32. Smaller "
                       "overlaps more and takes longer."))),
  };
}

namespace {

bool samplesAsLcm(const DiffusionModel& model, const ParamValues& values) {
  const auto& choice = choiceOf(values, "lcm");
  return choice == "on" || (choice == "model" && model.consistency().distilled);
}

}  // namespace

double stochasticityOf(const DiffusionModel& model, const ParamValues& values) {
  return samplesAsLcm(model, values) ? std::numeric_limits<double>::infinity() : numberOf(values, "eta");
}

std::vector<SamplingStep> planOfSteps(const DiffusionModel& model, const ParamValues& values, int whole,
                                      std::vector<std::string>* remarks) {
  const auto steps = integerOf(values, "steps");
  const auto lastOf = [&](const std::string& spacing) {
    auto plan = model.plan(whole, spacing);
    plan.erase(plan.begin(), plan.end() - steps);
    return plan;
  };
  auto plan = lastOf(choiceOf(values, "spacing"));
  if (steps > 1) return plan;
  auto trailing = lastOf("trailing");
  const double t = plan.front().level.t, start = trailing.front().level.t;
  if (2.0 * t >= start) return plan;
  if (remarks)
    remarks->push_back(concat("One step at t = ", t, " would leave the noise that it starts from: it is made at t = ",
                              start, ", as with trailing spacing"));
  return trailing;
}

std::shared_ptr<const DiffusionModel> modelForSampler(std::shared_ptr<const DiffusionModel> model,
                                                      const ParamValues& values, RunControl& control) {
  const auto& patches = choiceOf(values, "patches");
  if (patches != "none") {
    PatchLayout layout;
    layout.weights = patches == "mixture" ? PatchLayout::Weights::Gaussian : PatchLayout::Weights::Uniform;
    layout.size = integerOf(values, "patch_size");
    layout.stride = integerOf(values, "patch_stride");
    model = withPatches(std::move(model), layout, [&control] { control.checkpoint(); });
  }
  const bool lcm = samplesAsLcm(*model, values);
  model = withGuidance(std::move(model), numberOf(values, "guidance"));
  return lcm ? withConsistency(std::move(model)) : model;
}

void remarkOnPatches(const ParamValues& values, const at::Tensor& latent, std::vector<std::string>& remarks) {
  const auto height = latent.size(-2), width = latent.size(-1);
  if (choiceOf(values, "patches") == "none" || std::max(height, width) > integerOf(values, "patch_size")) return;
  remarks.push_back(
      concat("The latent of ", height, " x ", width, " is no larger than one patch: patches make no difference"));
}

void remarkOnLcm(const ParamValues& values, const LoadedModel& loaded, std::vector<std::string>& remarks) {
  const auto& loras = loaded.info.loras;
  const auto named = std::find_if(loras.begin(), loras.end(), [](const LoraInfo& lora) {
    return lowerCase(std::filesystem::path(lora.file).filename().string()).find("lcm") != std::string::npos;
  });
  const bool lcm = samplesAsLcm(*loaded.model, values);
  if (!lcm && named != loras.end()) {
    remarks.push_back(concat("The LoRA ", named->file,
                             " seems to be one for few steps: lcm=on in 4 to 8 steps, or the "
                             "preset lcm-latino, samples as it was trained"));
  } else if (lcm && loras.empty() && !loaded.model->consistency().distilled) {
    remarks.push_back(concat("lcm is for models that were distilled to few steps, and nothing says that ",
                             loaded.info.name, " is one: an LCM-LoRA makes it one"));
  }
}

Conditioning initialEmbedding(const DiffusionModel& model, const ModelInfo& info, const std::string& prompt,
                              const std::string& embedding_file, at::Device device, std::vector<std::string>* remarks) {
  const auto remarkOnLength = [&](const std::string& text, const PromptWord& word) {
    const auto beyond = model.beyondLength(text, word);
    if (remarks && !beyond.empty())
      remarks->push_back(
          concat("The prompt is longer than the model ", info.name, " reads: left out was \"", beyond, "\""));
  };
  if (embedding_file.empty()) {
    remarkOnLength(prompt, {});
    return model.embedPrompt(prompt);
  }
  if (const auto word = readPromptWord(embedding_file)) {
    const auto text = prompt.empty() ? word->word : prompt;
    remarkOnLength(text, *word);
    return model.embedPromptWith(text, *word);
  }
  require(prompt.empty(), "Either a prompt or an embedding is expected, found both: \"", prompt, "\" and ",
          embedding_file);
  const auto read = readEmbedding(embedding_file);
  const auto expected = model.embedPrompt("").prompt.sizes().vec();
  require(read.tokens == expected[1] && read.width == expected[2], embedding_file, ": its C is ", read.tokens, " x ",
          read.width, " (tokens x width); the model ", info.name, " takes ", expected[1], " x ", expected[2],
          ". Use the model that it was tuned with", read.model.empty() ? "" : ", " + read.model);
  if (remarks && !read.model_sha256.empty() && read.model_sha256 != info.sha256) {
    remarks->push_back(concat(embedding_file, " was tuned with another model, ", read.model, " (SHA-256 ",
                              read.model_sha256.substr(0, 12), "...)"));
  }
  return model.embedPrompt("").with(
      at::from_blob(const_cast<float*>(read.values.data()), {1, read.tokens, read.width}, at::kFloat)
          .to(device, at::kFloat, /*non_blocking=*/false, /*copy=*/true));
}

std::optional<PromptWord> readPromptWord(const std::string& path) {
  const auto found = textualInversionIn(path);
  if (!found) return std::nullopt;
  const auto file = SafetensorsFile::open(path);
  const auto stored = file->tensor(found->tensor).to(at::kFloat);
  require(stored.numel() > 0 && at::isfinite(stored).all().item<bool>(), path, ": the vectors of ", found->word,
          " are missing, or hold NaN or infinite values");
  return PromptWord{found->word, (stored.dim() == 1 ? stored.unsqueeze(0) : stored).clone()};
}

PromptEmbedding plainEmbedding(const Conditioning& conditioning, const ModelInfo& info, const std::string& prompt) {
  PromptEmbedding plain;
  if (!conditioning.prompt.defined()) return plain;
  const auto C = conditioning.prompt.to(at::kCPU, at::kFloat).contiguous();
  plain.prompt = prompt;
  plain.model = info.name;
  plain.model_sha256 = info.sha256;
  plain.tokens = static_cast<int>(C.size(1));
  plain.width = static_cast<int>(C.size(2));
  plain.values.assign(C.const_data_ptr<float>(), C.const_data_ptr<float>() + C.numel());
  return plain;
}

at::Tensor lastDecoding(const LoadedModel& loaded, const at::Tensor& z) {
  return loaded.decode_at_the_end ? loaded.decode_at_the_end(z) : loaded.model->decode(z);
}

at::Tensor pictureAtTheEnd(const LoadedModel& loaded, const ParamValues& values, const at::Tensor& z,
                           DetailEnds* ends) {
  const auto x = lastDecoding(loaded, z);
  const double detail = numberOf(values, "detail");
  if (!loaded.decode_in_detail || (detail == 0.0 && ends == nullptr)) return x;
  const auto sharp = loaded.decode_in_detail(z);
  if (ends != nullptr) *ends = {x, sharp};
  return detail > 0.0 ? x + detail * (sharp - x) : x;
}

int samplePictures(const SampleRequest& request, const ParamValues& values, const LoadedModel& loaded,
                   at::Device device, const SampleSink& sink, RunControl& control, std::vector<std::string>* remarks) {
  if (remarks) remarkOnLcm(values, loaded, *remarks);
  require(request.count >= 1, "The count of pictures must be 1 or more, found ", request.count);
  const auto model = modelForSampler(loaded.model, values, control);
  const std::vector<std::int64_t> shape{1, model->latentChannels(),
                                        latentSide("height", request.height, loaded.info, *model),
                                        latentSide("width", request.width, loaded.info, *model)};
  const auto C = initialEmbedding(*model, loaded.info, request.prompt, request.embedding, device, remarks);
  const auto plan = planOfSteps(*model, values, static_cast<int>(integerOf(values, "steps")), remarks);
  const double eta = stochasticityOf(*model, values);
  int done = 0;
  try {
    for (; done < request.count; ++done) {
      const auto seed = request.seed + static_cast<std::uint64_t>(done);
      auto latent_generator = makeGenerator(seed, RandomStream::InitialLatent);
      auto noise_generator = makeGenerator(seed, RandomStream::SamplerNoise);
      auto z = randomNormal(shape, latent_generator).to(device);
      for (const auto& step : plan) {
        control.checkpoint();
        const auto eps = model->predictNoise(z, step.level, C);
        const auto noise = eta > 0.0 ? randomNormal(shape, noise_generator).to(device) : at::Tensor();
        z = ddimStep(tweedie(z, eps, step.level), eps, step, eta, noise);
      }
      control.checkpoint();
      sink(done, imageFromTensor(pictureAtTheEnd(loaded, values, z)));
    }
  } catch (const StopRequested&) {
    // The pictures so far have been handed out.
  }
  return done;
}

}  // namespace p2l
