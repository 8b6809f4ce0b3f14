// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/model_folder.h"

#include <ATen/Context.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/full.h>
#include <ATen/ops/tensor.h>
#include <torch/version.h>

#include <algorithm>
#include <filesystem>
#include <numeric>
#include <utility>

#include "core/models/footprint.h"
#include "core/models/graphed_function.h"
#include "core/models/lora.h"
#include "core/models/pixel_model.h"
#include "core/models/schedule_config.h"
#include "core/nn/autoencoder/autoencoder.h"
#include "core/nn/text/clip_text.h"
#include "core/nn/unet/unet.h"
#include "core/tokenizer/clip_tokenizer.h"
#include "core/types/error.h"
#include "core/weights/json_config.h"
#include "core/weights/model_files.h"
#include "core/weights/weights.h"

namespace p2l {
namespace fs = std::filesystem;
namespace {

at::ScalarType scalarType(const std::string& precision) {
  if (precision.empty() || precision == "fp32" || precision == "tf32") return at::kFloat;
  if (precision == "bf16") return at::kBFloat16;
  if (precision == "fp16") return at::kHalf;
  throw Error(concat("precision: fp32, tf32, bf16 or fp16 was expected, found `", precision, "`"));
}

/// The networks compute in options.precision; what goes in and out is float32. The text encoder, which is evaluated
/// once a run, stays in float32 on the CPU and gives its memory back.
class DiffusersModel : public DiffusionModel {
 public:
  DiffusersModel(const ModelFiles& files, const ModelOptions& options, const LoraAdditions& loras, at::Device device,
                 const DeviceGraphFactory& graphs)
      : device_(device),
        type_(scalarType(options.precision)),
        schedule_(scheduleConfig(*files.scheduler, options.prediction)),
        tokenizer_(ClipTokenizer::fromFolder(files.tokenizer, files.pad_token)) {
    auto load = [&](const PartFiles& part, auto build, at::Device where, at::ScalarType type,
                    const WeightAdditions& additions = {}, std::set<std::string> ignored = {}) {
      Weights weights(part.tensors(), where, type, std::move(ignored));
      weights.add(additions);
      build(*part.config, WeightScope(weights));
      for (auto& name : weights.finish()) skipped_.push_back(std::move(name));
      parameters_ += weights.taken();
    };
    // position_ids is a buffer that counts 0, 1, 2, ...; older folders store it.
    load(files.text_encoder,
         [&](const JsonConfig& json, const WeightScope& scope) {
           text_encoder_ = std::make_unique<ClipTextModel>(ClipTextModel::Config::fromJson(json), scope);
         },
         at::kCPU, at::kFloat, loras.text_encoder, {"text_model.embeddings.position_ids", "embeddings.position_ids"});
    for (const auto& [name, tensor] : files.text_encoder.tensors()) text_files_.insert(tensor.file);
    releaseTextEncoder();
    load(
        files.unet,
        [&](const JsonConfig& json, const WeightScope& scope) {
          unet_ = std::make_unique<UNet2DConditionModel>(UNet2DConditionModel::Config::fromJson(json), scope,
                                                         options.checkpointing);
        },
        device, type_, loras.unet);
    load(
        files.fast_autoencoder.config ? files.fast_autoencoder : files.autoencoder,
        [&](const JsonConfig& json, const WeightScope& scope) {
          autoencoder_ =
              makeAutoencoder(json, scope, options.checkpointing, options.vae_tiling, options.encoder_refinements);
        },
        device, type_);

    evaluate_ = functions();
    if (graphs) {
      for (auto* f : {&evaluate_.trunk, &evaluate_.noise}) *f = graphed(*f, graphs);
      // Tiles look at the picture's statistics as they go.
      if (!options.vae_tiling) {
        for (auto* f : {&evaluate_.decode, &evaluate_.encode}) *f = graphed(*f, graphs);
      }
    }

    require(tokenizer_.maxLength() <= text_encoder_->config().positions, files.path, ": the tokenizer gives ",
            tokenizer_.maxLength(), " tokens and the text encoder takes ", text_encoder_->config().positions);
    require(text_encoder_->config().hidden_size == unet_->config().cross_attention_dim, files.path,
            ": the text encoder gives width ", text_encoder_->config().hidden_size, " and the UNet expects ",
            unet_->config().cross_attention_dim);
    require(autoencoder_->latentChannels() == unet_->config().in_channels, files.path, ": the autoencoder has ",
            autoencoder_->latentChannels(), " latent channels and the UNet ", unet_->config().in_channels);
  }

  at::Tensor predictNoise(const at::Tensor& z_t, const Level& level, const Conditioning& C) const override {
    return noiseOfPrompt(z_t, level)(C);
  }
  NoiseOfPrompt noiseOfPrompt(const at::Tensor& z_t, const Level& level) const override {
    const auto t = at::full({1}, level.t, z_t.options().dtype(at::kFloat).requires_grad(false));
    return [this, z_t, level, trunk = evaluate_.trunk({z_t.to(type_), t})](const Conditioning& C) {
      auto inputs = trunk;
      inputs.push_back(C.prompt.to(type_));
      const auto prediction = evaluate_.noise(inputs)[0].to(at::kFloat);
      return noiseFromPrediction(prediction, z_t, level, schedule_.config().prediction_type);
    };
  }
  at::Tensor decode(const at::Tensor& z) const override { return evaluate_.decode({z.to(type_)})[0].to(at::kFloat); }
  at::Tensor encode(const at::Tensor& x) const override { return evaluate_.encode({x.to(type_)})[0].to(at::kFloat); }
  Conditioning embedPrompt(const std::string& prompt) const override {
    const auto embedding = (*text_encoder_)(at::tensor(tokenizer_.encode(prompt), at::kLong).unsqueeze(0));
    releaseTextEncoder();
    return embedding.to(device_);
  }
  Conditioning embedPromptWith(const std::string& prompt, const PromptWord& word) const override {
    const auto width = text_encoder_->config().hidden_size;
    require(word.vectors.size(1) == width, "The vectors of the word ", word.word, " have ", word.vectors.size(1),
            " numbers each; the text encoder takes ", width,
            " (Stable Diffusion 1: 768, 2: 1024). It was made for another model");
    require(tokenizer_.holds(prompt, word.word), "The prompt \"", prompt, "\" does not hold the word ", word.word,
            ", so that its embedding would count for nothing: write the word in the prompt, or leave the prompt out");
    const auto ids = tokenizerWith(word).encode(prompt);
    const auto embedding = (*text_encoder_)(at::tensor(ids, at::kLong).unsqueeze(0), word.vectors.to(at::kCPU));
    releaseTextEncoder();
    return embedding.to(device_);
  }
  std::string beyondLength(const std::string& prompt, const PromptWord& word) const override {
    return word.vectors.defined() ? tokenizerWith(word).beyondLength(prompt) : tokenizer_.beyondLength(prompt);
  }
  std::vector<SamplingStep> plan(int steps, const std::string& spacing) const override {
    return samplingPlan(schedule_, steps, spacing);
  }
  Level levelAt(double t) const override { return schedule_.levelAt(t); }
  Consistency consistency() const override { return schedule_.config().consistency; }
  std::int64_t latentChannels() const override { return autoencoder_->latentChannels(); }
  std::int64_t pixelsPerLatent() const override { return autoencoder_->factor(); }
  std::int64_t sizeMultiple() const override { return autoencoder_->factor() * unet_->sizeMultiple(); }
  std::int64_t parameters() const { return parameters_; }
  /// Tensors of the files that no network has.
  const std::vector<std::string>& skipped() const { return skipped_; }

 private:
  /// The networks as functions of tensors, or what stands for them.
  struct Functions {
    TensorFunction trunk;  ///< z_t, timestep [1] -> the trunk's tensors
    TensorFunction noise;  ///< those, C -> the network's prediction
    TensorFunction decode, encode;
  };
  Functions functions() const {
    using Tensors = std::vector<at::Tensor>;
    return {[this](const Tensors& in) { return unet_->trunk(in[0], in[1]).tensors(); },
            [this](const Tensors& in) {
              const auto trunk =
                  UNet2DConditionModel::Trunk::fromTensors({in.begin(), in.end() - 1}, unet_->firstAttention());
              return Tensors{(*unet_)(trunk, in.back())};
            },
            [this](const Tensors& in) { return Tensors{autoencoder_->decode(in[0])}; },
            [this](const Tensors& in) { return Tensors{autoencoder_->encode(in[0])}; }};
  }

  ClipTokenizer tokenizerWith(const PromptWord& word) const {
    std::vector<std::int64_t> ids(static_cast<std::size_t>(word.vectors.size(0)));
    std::iota(ids.begin(), ids.end(), text_encoder_->config().vocab_size);
    return tokenizer_.withWord(word.word, std::move(ids));
  }

  void releaseTextEncoder() const {
    for (const auto& file : text_files_) file->releasePages();
  }

  at::Device device_;
  at::ScalarType type_;
  NoiseSchedule schedule_;
  std::set<std::shared_ptr<const SafetensorsFile>> text_files_;
  ClipTokenizer tokenizer_;
  std::unique_ptr<ClipTextModel> text_encoder_;
  std::unique_ptr<UNet2DConditionModel> unet_;
  std::unique_ptr<Autoencoder> autoencoder_;
  Functions evaluate_;
  std::int64_t parameters_ = 0;
  std::vector<std::string> skipped_;
};

/// D of an autoencoder that only ends runs.
std::function<at::Tensor(const at::Tensor&)> decoderOf(const JsonConfig& config, TensorMap tensors,
                                                       const ModelOptions& options, at::Device device) {
  const auto type = scalarType(options.precision);
  Weights weights(std::move(tensors), device, type);
  const std::shared_ptr<const Autoencoder> autoencoder =
      makeAutoencoder(config, WeightScope(weights), options.checkpointing, options.vae_tiling);
  weights.finish();
  return [autoencoder, type](const at::Tensor& z) { return autoencoder->decode(z.to(type)).to(at::kFloat); };
}

/// The model's own decoder beside the autoencoder of the steps.
void loadLastDecoder(const ModelFiles& files, const ModelOptions& options, at::Device device, LoadedModel& loaded) {
  const auto tensors = files.autoencoder.tensors();
  for (const auto& [name, tensor] : tensors) {
    std::int64_t numbers = 1;
    for (const auto side : tensor.shape()) numbers *= side;
    loaded.info.parameters += numbers;
  }
  loaded.decode_at_the_end = decoderOf(*files.autoencoder.config, tensors, options, device);
}

/// The autoencoder once more, with the second decoder's tensors in place of the first's.
void loadDetailDecoder(const ModelFiles& files, const ModelOptions& options, at::Device device, LoadedModel& loaded) {
  auto tensors = files.autoencoder.tensors();
  for (const auto& [name, tensor] : tensorsOf({SafetensorsFile::open(files.detail_decoder)})) {
    require(name.starts_with("decoder.") && tensors.count(name) == 1, files.detail_decoder, ": the tensor ", name,
            " is not one of the autoencoder's decoder");
    tensors[name] = tensor;
    loaded.info.parameters += tensor.values().numel();
  }
  loaded.decode_in_detail = decoderOf(*files.autoencoder.config, std::move(tensors), options, device);
}

/// @throws Error unless both autoencoders have latents of one shape
void checkFastAutoencoder(const ModelFiles& files, const std::string& path) {
  const auto& fast = *files.fast_autoencoder.config;
  const auto& own = *files.autoencoder.config;
  const auto channels = [](const JsonConfig& config) { return config.integerIn("latent_channels", 4, 1, 64); };
  require(channels(fast) == channels(own) && pixelsPerLatent(fast) == pixelsPerLatent(own), path, ": has latents of ",
          channels(fast), " channels, one per ", pixelsPerLatent(fast), " pixels a side; those of the model ",
          files.name, " have ", channels(own), ", one per ", pixelsPerLatent(own),
          ". An autoencoder of the same latents was expected");
}

void describeLatentModel(const ModelFiles& files, ModelInfo& info) {
  const auto unet = UNet2DConditionModel::Config::fromJson(*files.unet.config);
  info.kind = concat("latent diffusion: UNet2DConditionModel, ", files.autoencoder.config->text("_class_name", ""),
                     ", CLIPTextModel; ", files.kind);
  info.latent_channels = static_cast<int>(files.autoencoder.config->integerIn("latent_channels", 4, 1, 64));
  info.pixels_per_latent = static_cast<int>(pixelsPerLatent(*files.autoencoder.config));
  info.size_multiple = info.pixels_per_latent << (unet.block_out_channels.size() - 1);
  info.training_size = static_cast<int>(unet.sample_size) * info.pixels_per_latent;
  info.second_decoder = !files.detail_decoder.empty();
}

constexpr const char* kNoClass =
    "It was never trained without one: with an empty prompt the mean of all classes' embeddings stands in.";

void describePixelModel(const ModelFiles& files, ModelInfo& info) {
  const auto sizes = pixelModelSizes(files);
  info.model_kind = ModelKind::Pixel;
  info.kind = concat("pixel diffusion: ", sizes.network, "; ", files.kind);
  info.latent_channels = 3;
  info.pixels_per_latent = 1;
  info.size_multiple = static_cast<int>(sizes.size_multiple);
  info.training_size = static_cast<int>(sizes.training_size);
  info.classes = sizes.classes;
}

/// Empty: nothing was left out.
std::string remarkOnSkipped(const ModelFiles& files, const std::vector<std::string>& skipped) {
  constexpr std::size_t kMostNames = 5;
  if (skipped.empty()) return {};
  std::string names;
  for (std::size_t i = 0; i < std::min(skipped.size(), kMostNames); ++i) names += (i > 0 ? ", " : "") + skipped[i];
  if (skipped.size() > kMostNames) names += ", ...";
  return concat(files.path, ": ", skipped.size(), skipped.size() == 1 ? " tensor" : " tensors",
                " that no network of the model has left out: ", names);
}

ModelInfo infoOf(const ModelFiles& files, const ModelOptions& options, const std::vector<LoraInfo>& loras) {
  ModelInfo info;
  info.folder = files.path;
  info.name = files.name;
  (files.isPixel() ? describePixelModel : describeLatentModel)(files, info);
  info.prediction_type =
      options.prediction.empty() ? files.scheduler->text("prediction_type", "epsilon") : options.prediction;
  info.licence = files.licence;
  info.notes = files.notes;
  if (info.classes > 0) {
    info.notes.push_back(concat("It knows ", info.classes, " classes: a prompt is the number of one, 0 to ",
                                info.classes - 1, ". ", kNoClass));
  }
  for (const auto& file : files.weightFiles()) info.bytes += fs::file_size(file);
  for (const auto& lora : loras) {
    info.bytes += fs::file_size(lora.file);
    info.notes.push_back(
        concat("The LoRA ", lora.file, " is merged into ", lora.tensors, " tensors, by ", lora.scale, "."));
  }
  info.loras = loras;
  if (files.fast_autoencoder.config) checkFastAutoencoder(files, options.fast_autoencoder);
  return info;
}

}  // namespace

ModelInfo inspectModel(const std::string& path, const ModelOptions& options) {
  const auto files = findModelFiles(path, options);
  return infoOf(files, options, loraAdditions(files, options).loras);
}

LoadedModel loadModel(const std::string& path, at::Device device, const ModelOptions& options,
                      DeviceGraphFactory graphs) {
  const at::NoGradGuard no_grad;
  const auto files = findModelFiles(path, options);
  const auto loras = loraAdditions(files, options);
  LoadedModel loaded;
  loaded.info = infoOf(files, options, loras.loras);
  loaded.info.sha256 = hashOfModel(files, options, &loaded.info.loras);
  auto skipped = files.skipped;
  auto keep = [&](const auto& model) {
    loaded.info.parameters = model->parameters();
    skipped.insert(skipped.end(), model->skipped().begin(), model->skipped().end());
    loaded.model = model;
  };
  if (files.isPixel()) {
    keep(loadPixelModel(files, NoiseSchedule(scheduleConfig(*files.scheduler, options.prediction)),
                        scalarType(options.precision), options.checkpointing, device));
  } else {
    if (!options.cuda_graphs) graphs = {};
    if (options.cuda_graphs && !graphs) graphs = deviceGraphs(device);
    require(graphs || !options.cuda_graphs || device.is_cpu(), "cuda_graphs: LibTorch ", TORCH_VERSION,
            " records none; leave the setting out, or build with LibTorch 2.15.");
    keep(std::make_shared<const DiffusersModel>(files, options, loras, device, graphs));
  }
  if (files.fast_autoencoder.config) loadLastDecoder(files, options, device, loaded);
  if (!files.detail_decoder.empty()) loadDetailDecoder(files, options, device, loaded);
  if (const auto remark = remarkOnSkipped(files, skipped); !remark.empty()) {
    loaded.info.notes.push_back(remark + ".");
    loaded.remarks.push_back(remark);
  }
  for (const auto& lora : loaded.info.loras)
    loaded.remarks.push_back(concat("The LoRA ", lora.file, " (SHA-256 ", lora.sha256.substr(0, 12),
                                    "...) was merged into ", lora.tensors, " tensors, by ", lora.scale));
  return loaded;
}

}  // namespace p2l
