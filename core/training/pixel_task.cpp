// SPDX-License-Identifier: GPL-3.0-or-later
// Training of a pixel diffusion model: UNet2DModel on crops as they are.
#include <filesystem>

#include "core/nn/unet/unet2d.h"
#include "core/training/denoising_task.h"
#include "core/training/training_files.h"

namespace p2l {
namespace fs = std::filesystem;
namespace {

struct Parts {
  std::string folder;  ///< as the UNet's file is named
  PartFiles unet;
  std::shared_ptr<const JsonConfig> scheduler;
};

/// Of a folder that may have no weights yet, only configs.
Parts freshParts(const std::string& folder) {
  auto config = [&](const char* name) {
    return std::make_shared<const JsonConfig>((fs::path(folder) / name).string());
  };
  const auto weights = fs::path(folder) / "unet" / "diffusion_pytorch_model.safetensors";
  return {folder,
          {config("unet/config.json"), {weights.string()}, [] { return TensorMap(); }},
          config("scheduler/scheduler_config.json")};
}

Parts partsOf(const TrainingRequest& request) {
  if (request.fresh) return freshParts(request.from);
  auto files = findModelFiles(request.from, {});
  return {files.path, std::move(files.unet), std::move(files.scheduler)};
}

class PixelTask : public DenoisingTask {
 public:
  PixelTask(const TrainingRequest& request, Parts parts)
      : DenoisingTask(request, scheduleOfNoisePrediction(*parts.scheduler)),
        folder_(std::move(parts.folder)),
        part_(std::move(parts.unet)),
        weights_(trainableWeights(part_, request)),
        unet_(UNet2DModel::Config::fromJson(*part_.config), WeightScope(weights_)) {}

  const NamedTensors& parameters() const override { return weights_.tensors(); }
  void write(const std::string& folder, const NamedTensors& values) const override {
    copyModelFolder(request_.from, folder);
    writePart(part_, folder_, folder, values);
  }

 protected:
  at::Tensor encode(const at::Tensor& x) const override { return x; }
  at::Tensor decode(const at::Tensor& z) const override { return z; }
  at::Tensor predict(const at::Tensor& z_t, const at::Tensor& timesteps,
                     const std::vector<std::string>& /*captions*/) const override {
    return unet_(z_t, timesteps.to(device_)).narrow(1, 0, z_t.size(1));
  }

 private:
  std::string folder_;
  PartFiles part_;
  TrainableWeights weights_;
  UNet2DModel unet_;
};

}  // namespace

std::unique_ptr<TrainingTask> makePixelTask(const TrainingRequest& request) {
  return std::make_unique<PixelTask>(request, partsOf(request));
}

}  // namespace p2l
