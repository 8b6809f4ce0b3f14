// SPDX-License-Identifier: GPL-3.0-or-later
// Evaluates a model on given inputs and writes what comes out, for tests/parity/fullsize.py to compare with diffusers:
//   p2l_model_probe MODEL INPUTS.safetensors OUTPUTS.safetensors TOKENIZER THREADS PRECISION PROMPT...
// What is evaluated follows from the inputs that are there. The times go to the standard output.
#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <ATen/core/grad_mode.h>

#include <chrono>
#include <cstdio>
#include <exception>

#include "core/base/gradient.h"
#include "core/base/system.h"
#include "core/models/guided_model.h"
#include "core/models/model_folder.h"
#include "core/tokenizer/clip_tokenizer.h"
#include "core/weights/safetensors.h"

namespace p2l {
namespace {

constexpr int kSteps = 10;
constexpr std::int64_t kGradientAt = 481;

class Probe {
 public:
  Probe(const std::string& model, const std::string& inputs, const std::string& precision,
        std::vector<std::string> prompts)
      : inputs_(SafetensorsFile::open(inputs)), prompts_(std::move(prompts)) {
    ModelOptions options;
    options.precision = precision;
    timed("load", [&] { model_ = loadModel(model, at::kCPU, options).model; });
  }

  void run(const std::string& tokenizer) {
    const at::NoGradGuard no_grad;
    timed("text", [&] {
      const auto clip = ClipTokenizer::fromFolder(tokenizer);
      std::vector<at::Tensor> ids, embeddings;
      for (const auto& prompt : prompts_) {
        ids.push_back(at::tensor(clip.encode(prompt), at::kLong));
        embeddings.push_back(model_->embedPrompt(prompt).prompt);
      }
      outputs_["text.ids"] = at::stack(ids);
      outputs_["text.embedding"] = at::cat(embeddings);
    });
    const auto C = outputs_["text.embedding"].narrow(0, 1, 1);
    if (has("unet.z")) {
      std::vector<at::Tensor> out;
      const auto timesteps = input("unet.timesteps");
      for (std::int64_t i = 0; i < timesteps.numel(); ++i) {
        timed("unet", [&] {
          out.push_back(model_->predictNoise(
              input("unet.z"), model_->levelAt(static_cast<std::int64_t>(timesteps[i].item<double>())), C));
        });
      }
      outputs_["unet.eps"] = at::cat(out);
    }
    if (has("wide.z"))
      timed("wide",
            [&] { outputs_["wide.eps"] = model_->predictNoise(input("wide.z"), model_->levelAt(kGradientAt), C); });
    if (has("vae.x")) timed("encode", [&] { outputs_["vae.encoded"] = model_->encode(input("vae.x")); });
    if (has("vae.z")) timed("decode", [&] { outputs_["vae.decoded"] = model_->decode(input("vae.z")); });
    if (has("ddim.z_T")) timed("ddim", [&] { outputs_["ddim.z_0"] = ddim(C); });
    if (has("grad.w")) {
      const auto z = input("unet.z"), w = input("grad.w");
      timed("grad z", [&] {
        outputs_["grad.z"] = gradient(
                                 [&](const at::Tensor& at) {
                                   return (model_->predictNoise(at, model_->levelAt(kGradientAt), C) * w).sum();
                                 },
                                 z)
                                 .gradient;
      });
      timed("grad C", [&] {
        outputs_["grad.C"] = gradient(
                                 [&](const at::Tensor& at) {
                                   return (model_->predictNoise(z, model_->levelAt(kGradientAt), at) * w).sum();
                                 },
                                 C)
                                 .gradient;
      });
    }
    std::printf("peak memory %.0f MiB\n", peakMemoryMb());
  }

  void write(const std::string& path) const { writeSafetensors(path, outputs_); }

 private:
  bool has(const std::string& name) const { return inputs_->has(name); }
  at::Tensor input(const std::string& name) const { return inputs_->tensor(name); }

  template <class Action>
  static void timed(const char* name, const Action& action) {
    const auto start = std::chrono::steady_clock::now();
    action();
    std::printf("%-8s %7.2f s\n", name,
                std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    std::fflush(stdout);
  }

  at::Tensor ddim(const at::Tensor& C) const {
    const auto guided = withGuidance(model_, input("ddim.guidance").item<double>());
    auto z = input("ddim.z_T");
    for (const auto& step : model_->plan(kSteps, "leading")) {
      const auto eps = guided->predictNoise(z, step.level, C);
      z = ddimStep(tweedie(z, eps, step.level), eps, step);
    }
    return z;
  }

  std::shared_ptr<const SafetensorsFile> inputs_;
  std::vector<std::string> prompts_;
  std::shared_ptr<const DiffusionModel> model_;
  std::map<std::string, at::Tensor> outputs_;
};

}  // namespace
}  // namespace p2l

int main(int argc, char** argv) {
  if (argc < 9) {
    std::fprintf(stderr, "usage: p2l_model_probe MODEL INPUTS OUTPUTS TOKENIZER THREADS PRECISION PROMPT PROMPT...\n");
    return 2;
  }
  try {
    at::set_num_threads(std::stoi(argv[5]));
    p2l::Probe probe(argv[1], argv[2], argv[6], {argv + 7, argv + argc});
    probe.run(argv[4]);
    probe.write(argv[3]);
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "p2l_model_probe: %s\n", error.what());
    return 1;
  }
}
