// SPDX-License-Identifier: GPL-3.0-or-later
// Training of a latent diffusion model: UNet and text encoder together, on captions made of the crops' statistics. The
// autoencoder stays as it is.
#include <ATen/ops/stack.h>
#include <ATen/ops/tensor.h>

#include "core/nn/autoencoder/autoencoder.h"
#include "core/nn/text/clip_text.h"
#include "core/nn/unet/unet.h"
#include "core/tokenizer/clip_tokenizer.h"
#include "core/training/denoising_task.h"
#include "core/training/training_files.h"

namespace p2l {
namespace {

std::unique_ptr<Autoencoder> frozenAutoencoder(const PartFiles& part, at::Device device) {
  Weights weights(part.tensors(), device);
  return makeAutoencoder(*part.config, WeightScope(weights));
}

/// The entries of `all` whose names begin with `prefix`, without it.
NamedTensors withoutPrefix(const NamedTensors& all, const std::string& prefix) {
  NamedTensors some;
  for (const auto& [name, tensor] : all) {
    if (name.starts_with(prefix)) some[name.substr(prefix.size())] = tensor;
  }
  return some;
}

class LatentTask : public DenoisingTask {
 public:
  LatentTask(const TrainingRequest& request, ModelFiles files)
      : DenoisingTask(request, scheduleOfNoisePrediction(*files.scheduler)),
        files_(std::move(files)),
        tokenizer_(ClipTokenizer::fromFolder(files_.tokenizer, files_.pad_token)),
        autoencoder_(frozenAutoencoder(files_.autoencoder, device_)),
        unet_weights_(trainableWeights(files_.unet, request)),
        text_weights_(trainableWeights(files_.text_encoder, request)),
        unet_(UNet2DConditionModel::Config::fromJson(*files_.unet.config), WeightScope(unet_weights_)),
        text_encoder_(ClipTextModel::Config::fromJson(*files_.text_encoder.config), WeightScope(text_weights_)) {
    for (const auto& [name, tensor] : unet_weights_.tensors()) parameters_[kUNet + name] = tensor;
    for (const auto& [name, tensor] : text_weights_.tensors()) parameters_[kText + name] = tensor;
  }

  const NamedTensors& parameters() const override { return parameters_; }
  void write(const std::string& folder, const NamedTensors& values) const override {
    copyModelFolder(files_.path, folder);
    writePart(files_.unet, files_.path, folder, withoutPrefix(values, kUNet));
    writePart(files_.text_encoder, files_.path, folder, withoutPrefix(values, kText));
  }

 protected:
  at::Tensor encode(const at::Tensor& x) const override { return autoencoder_->encode(x); }
  at::Tensor decode(const at::Tensor& z) const override { return autoencoder_->decode(z); }
  at::Tensor predict(const at::Tensor& z_t, const at::Tensor& timesteps,
                     const std::vector<std::string>& captions) const override {
    std::vector<at::Tensor> ids;
    for (const auto& caption : captions) ids.push_back(at::tensor(tokenizer_.encode(caption), at::kLong));
    return unet_(unet_.trunk(z_t, timesteps.to(device_)), text_encoder_(at::stack(ids).to(device_)));
  }

 private:
  inline static const std::string kUNet = "unet.", kText = "text_encoder.";

  ModelFiles files_;
  ClipTokenizer tokenizer_;
  std::unique_ptr<Autoencoder> autoencoder_;
  TrainableWeights unet_weights_, text_weights_;
  UNet2DConditionModel unet_;
  ClipTextModel text_encoder_;
  NamedTensors parameters_;
};

}  // namespace

std::unique_ptr<TrainingTask> makeLatentTask(const TrainingRequest& request) {
  return std::make_unique<LatentTask>(request, findModelFiles(request.from, {}));
}

}  // namespace p2l
