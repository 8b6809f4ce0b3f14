// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/trainer.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <set>

#include "core/base/random.h"
#include "core/io/photo_file.h"
#include "core/metrics/lpips.h"
#include "core/models/model_folder.h"
#include "core/nn/layers/mixed_precision.h"
#include "core/tensor/image_tensor.h"
#include "core/training/adamw.h"
#include "core/training/captions.h"
#include "core/training/denoising_task.h"
#include "core/training/photo_set.h"
#include "core/training/training_task.h"
#include "tests/support/temporary_folder.h"

namespace p2l {
namespace {

namespace fs = std::filesystem;
using test::expectParts;
using test::problemOf;
using Part = TrainingRequest::Part;

/// Remembers the numbers; asks for a stop after a step.
class Watcher : public TrainingObserver {
 public:
  explicit Watcher(RunControl& control, int stop_after = 0) : control_(control), stop_after_(stop_after) {}
  void started(std::size_t photos, const std::vector<std::string>& left_out, int first_step, std::int64_t) override {
    photos_ = photos;
    left_out_ = left_out;
    first_step_ = first_step;
  }
  void stepFinished(int step, const TrainingNumbers& numbers) override {
    losses_.push_back(numbers.at("loss"));
    if (step == stop_after_) control_.requestStop();
  }
  void measured(int, const TrainingNumbers& numbers, const std::vector<TrainingPicture>& pictures) override {
    measures_.push_back(numbers);
    pictures_ = pictures;
  }

  std::size_t photos_ = 0;
  std::vector<TrainingPicture> pictures_;
  std::vector<std::string> left_out_;
  int first_step_ = -1;
  std::vector<double> losses_;
  std::vector<TrainingNumbers> measures_;

 private:
  RunControl& control_;
  int stop_after_;
};

class Training : public test::TemporaryFolder {
 protected:
  void SetUp() override {
    TemporaryFolder::SetUp();
    for (int i = 0; i < 2; ++i) photos_.push_back(writeWaves(i, concat("photo", i, ".png")));
  }
  /// @return the path
  std::string writeWaves(int i, const std::string& name) const {
    Image image(96 + 16 * i, 80, 3);
    for (int y = 0; y < image.height; ++y)
      for (int x = 0; x < image.width; ++x)
        for (int c = 0; c < 3; ++c)
          image.at(x, y, c) = static_cast<float>(0.5 + 0.4 * std::sin(0.08 * (x + 9 * i) * (c + 1) + 0.05 * y));
    const auto path = folder_ / name;
    fs::create_directories(path.parent_path());
    writePhoto(image, path.string(), "");
    return path.string();
  }
  TrainingRequest request(Part part, const std::string& model) const {
    TrainingRequest request;
    request.part = part;
    request.photos = photos_;
    request.from = test::modelFolder(model);
    request.out = (folder_ / "out").string();
    request.steps = 4;
    request.batch = 2;
    request.crop = 32;
    request.warm_up = 1;
    request.blind_trips = 1;
    request.trips = 1;
    return request;
  }
  /// Trains to the end. @return the losses
  static std::vector<double> run(const TrainingRequest& request) {
    RunControl control;
    Watcher watcher(control);
    EXPECT_TRUE(train(request, watcher, control));
    return watcher.losses_;
  }

  std::vector<std::string> photos_;
};

TEST_F(Training, GoesOnAsIfItHadNotBeenStopped) {
  for (const auto& [part, model] : {std::pair{Part::Autoencoder, "p2l-tiny"}, std::pair{Part::Latent, "p2l-tiny"},
                                    std::pair{Part::Pixel, "unet2d-mini"}}) {
    auto whole = request(part, model);
    whole.out = (folder_ / concat("whole", static_cast<int>(part))).string();
    whole.crop = 16;  // so that the pictures after each checkpoint take little time
    const auto losses = run(whole);
    ASSERT_EQ(losses.size(), 4u);

    auto parts = whole;
    parts.out = (folder_ / concat("parts", static_cast<int>(part))).string();
    RunControl stopped;
    Watcher first(stopped, /*stop_after=*/2);
    EXPECT_FALSE(train(parts, first, stopped));
    EXPECT_EQ(first.first_step_, 0);
    RunControl control;
    Watcher second(control);
    EXPECT_TRUE(train(parts, second, control));
    EXPECT_EQ(second.first_step_, 2);
    ASSERT_EQ(second.losses_.size(), 2u);
    EXPECT_EQ(second.losses_[0], losses[2]);
    EXPECT_EQ(second.losses_[1], losses[3]);
    const auto checkpoint = test::tensorsIn(parts.out + "/checkpoint.safetensors");
    for (const auto& [name, tensor] : test::tensorsIn(whole.out + "/checkpoint.safetensors"))
      EXPECT_TRUE(tensor.equal(checkpoint.at(name))) << name;
  }
}

TEST_F(Training, LearnsTheTwoPhotos) {
  auto request = this->request(Part::Autoencoder, "p2l-tiny");
  request.steps = 25;
  request.learning_rate = 1e-3;
  request.anchor = 0.0;
  request.test_photos = {photos_[0]};
  RunControl control;
  Watcher watcher(control);
  train(request, watcher, control);
  const auto mean = [&](std::size_t from) {
    return (watcher.losses_[from] + watcher.losses_[from + 1] + watcher.losses_[from + 2] + watcher.losses_[from + 3]) /
           4.0;
  };
  EXPECT_LT(mean(21), 0.8 * mean(0));
  ASSERT_EQ(watcher.measures_.size(), 1u);
  EXPECT_GT(watcher.measures_[0].at("psnr 1 trip"), 15.0);
  EXPECT_EQ(watcher.pictures_.size(), 3u);
}

TEST_F(Training, WritesAModelThatTheEngineLoads) {
  auto autoencoder = request(Part::Autoencoder, "sd1-mini");
  autoencoder.steps = 1;
  autoencoder.out = (folder_ / "autoencoder").string();
  run(autoencoder);
  auto latent = request(Part::Latent, "sd1-mini");
  latent.from = autoencoder.out + "/model";
  latent.steps = 1;
  latent.out = (folder_ / "latent").string();
  run(latent);
  const auto before = test::modelFolder("sd1-mini"), after = latent.out + "/model";
  const auto loaded = loadModel(after, at::kCPU);
  EXPECT_EQ(loaded.info.parameters, loadModel(before, at::kCPU).info.parameters);
  for (const char* part : {"unet/diffusion_pytorch_model", "vae/diffusion_pytorch_model", "text_encoder/model"}) {
    const auto was = test::tensorsIn(concat(before, "/", part, ".safetensors"));
    const auto is = test::tensorsIn(concat(after, "/", part, ".safetensors"));
    ASSERT_EQ(was.size(), is.size()) << part;
    bool changed = false;
    for (const auto& [name, tensor] : was) {
      EXPECT_EQ(tensor.scalar_type(), is.at(name).scalar_type()) << name;
      changed = changed || !tensor.equal(is.at(name));
    }
    EXPECT_TRUE(changed) << part;
  }
}

TEST_F(Training, GoesOnFromAFolderThatIsNamedFromHere) {
  auto request = this->request(Part::Pixel, "unet2d-mini");
  request.from = fs::relative(request.from).string() + "/";
  request.steps = 1;
  EXPECT_EQ(run(request).size(), 1u);
  EXPECT_TRUE(fs::exists(folder_ / "out" / "model" / "unet" / "diffusion_pytorch_model.safetensors"));
}

TEST_F(Training, BeginsAPixelModelFromItsConfigs) {
  const auto configs = folder_ / "configs";
  copyWritable(test::modelFolder("unet2d-mini"), configs);
  fs::remove(configs / "unet/diffusion_pytorch_model.safetensors");
  auto request = this->request(Part::Pixel, "unet2d-mini");
  request.from = configs.string();
  request.fresh = true;
  request.steps = 12;
  request.learning_rate = 3e-3;
  request.test_photos = {photos_[0]};
  RunControl control;
  Watcher watcher(control);
  EXPECT_TRUE(train(request, watcher, control));
  const auto mean = [&](std::size_t from) {
    return (watcher.losses_[from] + watcher.losses_[from + 1] + watcher.losses_[from + 2] + watcher.losses_[from + 3]) /
           4.0;
  };
  EXPECT_LT(mean(8), mean(0));
  EXPECT_EQ(watcher.measures_.at(0).size(), 4u);
  const auto loaded = loadModel(request.out + "/model", at::kCPU);
  EXPECT_TRUE(loaded.info.isPixel());
  EXPECT_EQ(loaded.info.parameters, loadModel(test::modelFolder("unet2d-mini"), at::kCPU).info.parameters);
}

TEST_F(Training, SaysWhatIsWrong) {
  RunControl control;
  Watcher watcher(control);
  auto fails = [&](const TrainingRequest& request) { return problemOf([&] { train(request, watcher, control); }); };
  auto request = this->request(Part::Autoencoder, "p2l-tiny");
  auto other = request;
  other.crop = 30;
  expectParts(fails(other), {"30", "multiple of 4"});
  other = request;
  other.batch = 0;
  expectParts(fails(other), {"--batch", "0"});
  other = request;
  other.photos = {write("broken.png", "no picture"), write("broken2.png", "")};
  expectParts(fails(other), {"None of the 2 files", "broken.png"});
  other = request;
  other.photos.push_back(write("broken.png", "no picture"));
  other.steps = 1;
  EXPECT_TRUE(train(other, watcher, control));
  EXPECT_EQ(watcher.photos_, 2u);
  ASSERT_EQ(watcher.left_out_.size(), 1u);
  other.seed = 7;  // another training, the same folder
  expectParts(fails(other), {"checkpoint.safetensors", "other settings (--seed was 0 and is 7)", "--out"});
  auto tensors = test::tensorsIn(other.out + "/checkpoint.safetensors");
  tensors.erase("settings");
  writeSafetensors(other.out + "/checkpoint.safetensors", tensors);
  expectParts(fails(other), {"checkpoint.safetensors", "does not say which photos", "--out"});
  write("out/checkpoint.safetensors", "damaged");
  expectParts(fails(other), {"checkpoint.safetensors"});
}

TEST_F(Training, GoesOnWithTheSamePhotosAndTheSameModelOnly) {
  auto request = this->request(Part::Pixel, "unet2d-mini");
  request.from = (folder_ / "model").string();
  copyWritable(test::modelFolder("unet2d-mini"), request.from);
  request.steps = 1;
  request.crop = 16;
  run(request);
  auto first_step = [](const TrainingRequest& request) {
    RunControl control;
    Watcher watcher(control);
    train(request, watcher, control);
    return watcher.first_step_;
  };
  auto fails = [&](const TrainingRequest& request) { return problemOf([&] { first_step(request); }); };

  // Where they lie and what they are called does not matter.
  auto moved = request;
  moved.photos = {writeWaves(0, "elsewhere/a.png"), writeWaves(1, "elsewhere/b.png")};
  moved.from = (folder_ / "copy").string();
  copyWritable(request.from, moved.from);
  EXPECT_EQ(first_step(moved), 1);
  moved.from = (folder_ / "copy/../model/.").string();
  EXPECT_EQ(first_step(moved), 1);

  for (const auto& photos : {std::vector{photos_[0]}, std::vector{photos_[0], writeWaves(2, "photo2.png")},
                             std::vector{photos_[1], photos_[0]}}) {
    auto other = request;
    other.photos = photos;
    expectParts(fails(other), {"checkpoint.safetensors", "other settings (the photos", "others)", "repeat", "--out"});
  }
  auto other = request;
  other.weights = {{"photo1", 0.5}};
  expectParts(fails(other), {"the photos or their weights are others"});

  moved.from = (folder_ / "copy").string();
  const auto weights = moved.from + "/unet/diffusion_pytorch_model.safetensors";
  auto tensors = test::tensorsIn(weights);
  tensors.at("conv_in.bias").add_(1.0);
  writeSafetensors(weights, tensors);
  expectParts(fails(moved), {"checkpoint.safetensors", "(the model of --from is another)", "repeat", "--out"});
  fs::remove_all(moved.from);
  copyWritable(request.from, moved.from);
  EXPECT_EQ(first_step(moved), 1);
  std::ofstream(moved.from + "/scheduler/scheduler_config.json", std::ios::app) << "\n";
  expectParts(fails(moved), {"(the model of --from is another)"});
  moved.photos = {photos_[0]};
  moved.batch = 3;
  expectParts(fails(moved),
              {"--batch was 2 and is 3", "the photos or their weights are others", "the model of --from"});
}

TEST_F(Training, WritesTheAverageOfTheWeights) {
  struct Copier : TrainingObserver {
    explicit Copier(std::string out) : out_(std::move(out)) {}
    void measured(int, const TrainingNumbers&, const std::vector<TrainingPicture>&) override {
      checkpoints_.push_back(test::tensorsIn(out_ + "/checkpoint.safetensors"));
      models_.push_back(test::tensorsIn(out_ + "/model/unet/diffusion_pytorch_model.safetensors"));
    }
    std::string out_;
    std::vector<std::map<std::string, at::Tensor>> checkpoints_, models_;
  };
  auto request = this->request(Part::Pixel, "unet2d-mini");
  request.steps = 4;
  request.crop = 16;
  request.checkpoint_every = 1;
  request.learning_rate = 3e-3;
  request.ema_decay = 0.2;
  RunControl control;
  Copier copier(request.out);
  ASSERT_TRUE(train(request, copier, control));
  ASSERT_EQ(copier.models_.size(), 4u);

  double furthest = 0.0;
  for (const auto& [name, before] : test::tensorsIn(request.from + "/unet/diffusion_pytorch_model.safetensors")) {
    auto average = before.to(at::kDouble);
    for (int k = 0; k < 4; ++k) {
      const auto raw = copier.checkpoints_[k].at("parameter." + name).to(at::kDouble);
      const double decay = std::min(0.2, (1.0 + k) / (10.0 + k));
      average = decay * average + (1.0 - decay) * raw;
      const auto written = copier.models_[k].at(name).to(at::kDouble);
      EXPECT_TRUE(at::allclose(written, average, /*rtol=*/1e-3, /*atol=*/1e-5)) << name << " after step " << k + 1;
      furthest = std::max(furthest, ((raw - average).abs() / (1e-3 * average.abs() + 1e-5)).max().item<double>());
    }
  }
  EXPECT_GT(furthest, 10.0) << "the weights themselves would have passed for their average";
}

TEST_F(Training, ShowsSamplesAndTrainingPhotosWithoutTestPhotos) {
  auto request = this->request(Part::Pixel, "unet2d-mini");
  request.steps = 2;
  request.crop = 16;
  request.learning_rate = 1e-2;
  RunControl control;
  Watcher pixel(control);
  train(request, pixel, control);
  EXPECT_TRUE(pixel.measures_.at(0).empty());
  ASSERT_EQ(pixel.pictures_.size(), 12u);  // six samples, two photos
  expectParts(pixel.pictures_[0].caption, {"sample", "20 steps"});
  EXPECT_EQ(pixel.pictures_[6].caption, "clean");

  // The samples are those of the model in the folder, by DDIM as its scheduler's config has it.
  const auto model = loadModel(request.out + "/model", at::kCPU).model;
  const at::NoGradGuard no_grad;
  auto generator = makeGenerator(1, RandomStream::InitialLatent);
  auto x = randomNormal({6, 3, 32, 32}, generator).narrow(0, 0, 2);
  for (int t = 950; t >= 0; t -= 50) {
    const double a = model->levelAt(t).alphaBar(), before = t > 0 ? model->levelAt(t - 50).alphaBar() : 1.0;
    const auto eps = model->predictNoise(x, model->levelAt(t), at::zeros({1, 1, 1}));
    const auto x0 = (x - std::sqrt(1.0 - a) * eps) / std::sqrt(a);
    x = std::sqrt(before) * x0 + std::sqrt(1.0 - before) * eps;
  }
  for (int i = 0; i < 2; ++i) {
    const auto shown = tensorFromImage(pixel.pictures_[i].picture);
    // The model's weights are rounded to half precision.
    EXPECT_LT((shown - x.narrow(0, i, 1).clamp(-1.0, 1.0)).abs().mean().item<double>(), 0.01) << i;
  }
  EXPECT_GT((x[0] - x[1]).abs().mean().item<double>(), 0.1);

  auto latent = this->request(Part::Latent, "p2l-tiny");
  latent.out = (folder_ / "latent").string();
  latent.photos = {photos_[0]};
  latent.steps = 1;
  Watcher with_prompts(control);
  train(latent, with_prompts, control);
  ASSERT_EQ(with_prompts.pictures_.size(), 9u);
  EXPECT_EQ(with_prompts.pictures_[2].caption.find("a photo of"), std::string::npos);
  expectParts(with_prompts.pictures_[3].caption, {"a photo of", "scene"});
  auto picture = [&](int i) { return tensorFromImage(with_prompts.pictures_[i].picture); };
  const double by_prompt = (picture(0) - picture(3)).abs().mean().item<double>();
  EXPECT_GT(by_prompt, 0.0);
  EXPECT_LT(by_prompt, (picture(0) - picture(1)).abs().mean().item<double>()) << "they begin at the same noise";

  auto autoencoder = this->request(Part::Autoencoder, "p2l-tiny");
  autoencoder.out = (folder_ / "autoencoder").string();
  autoencoder.steps = 1;
  Watcher trips(control);
  train(autoencoder, trips, control);
  EXPECT_TRUE(trips.measures_.at(0).empty());
  EXPECT_EQ(trips.pictures_.size(), 6u);
}

TEST_F(Training, CaptionsAreChosen) {
  auto request = this->request(Part::Latent, "p2l-tiny");
  request.steps = 1;
  request.null_prompts = 0.0;
  const auto whole = run(request);
  request.captions = TrainingRequest::Captions::Regions;
  expectParts(problemOf([&] { run(request); }), {"--captions was whole and is regions"});
  request.out = (folder_ / "regions").string();
  EXPECT_NE(run(request), whole);
}

TEST_F(Training, IsOfNetworksThatPredictTheNoise) {
  auto request = this->request(Part::Pixel, "unet2d-mini");
  request.from = (folder_ / "model").string();
  copyWritable(test::modelFolder("unet2d-mini"), request.from);
  write("model/scheduler/scheduler_config.json", R"({"prediction_type": "v_prediction"})");
  expectParts(problemOf([&] { run(request); }), {"scheduler_config.json", "v_prediction", "epsilon"});
}

TEST_F(Training, PhotosAreTakenByPixelsAndWeights) {
  const PhotoSet photos(photos_, 32, {{"photo1", 0.0}});
  EXPECT_EQ(photos.size(), 1u);
  auto generator = makeGenerator(3, RandomStream::Training);
  const auto crops = photos.crops(5, 32, generator);
  EXPECT_EQ(crops.sizes(), at::IntArrayRef({5, 3, 32, 32}));
  EXPECT_LE(crops.abs().max().item<float>(), 1.0f);
  auto again = makeGenerator(3, RandomStream::Training);
  EXPECT_TRUE(crops.equal(photos.crops(5, 32, again)));
  EXPECT_GT((crops[0] - crops[1]).abs().max().item<float>(), 0.01f);
}

TEST_F(Training, OfTheEncoderAloneLeavesTheDecoderAsItWas) {
  auto encoder = request(Part::Autoencoder, "p2l-tiny");
  encoder.encoder_only = true;
  encoder.noise = 0.2;
  encoder.batch = 8;
  run(encoder);
  const auto before = test::tensorsIn(encoder.from + "/vae/diffusion_pytorch_model.safetensors");
  const auto after = test::tensorsIn(encoder.out + "/model/vae/diffusion_pytorch_model.safetensors");
  ASSERT_EQ(after.size(), before.size());
  for (const auto& [name, tensor] : before)
    EXPECT_EQ(after.at(name).equal(tensor), name.starts_with("decoder.")) << name;

  encoder.noise = 1.5;
  expectParts(problemOf([&] { run(encoder); }), {"--noise", "1.5", "0 to 1"});
}

TEST_F(Training, InBf16IsWithinItsRoundingOfFloat32) {
  for (const auto& [part, model] : {std::pair{Part::Autoencoder, "p2l-tiny"}, std::pair{Part::Latent, "p2l-tiny"},
                                    std::pair{Part::Pixel, "unet2d-mini"}}) {
    auto request = this->request(part, model);
    request.latent_noise = 0.05;
    std::map<TrainingRequest::Precision, TrainingNumbers> first;
    for (const auto precision : {TrainingRequest::Precision::Float32, TrainingRequest::Precision::BFloat16}) {
      const auto task = makeTrainingTask(request);
      auto generator = makeGenerator(5, RandomStream::Training);
      const auto crops = PhotoSet(photos_, 32, {}).crops(4, 32, generator);
      TrainingNumbers numbers;
      const at::AutoGradMode grad(true);
      at::Tensor loss;
      {
        const MixedPrecision mixed(precision == TrainingRequest::Precision::BFloat16);
        loss = task->loss(crops, generator, numbers);
      }
      EXPECT_FALSE(MixedPrecision::active());
      EXPECT_EQ(loss.scalar_type(), at::kFloat);
      loss.backward();
      double squares = 0.0;
      for (const auto& [name, parameter] : task->parameters()) {
        if (!parameter.grad().defined()) continue;
        EXPECT_EQ(parameter.grad().scalar_type(), at::kFloat) << name;
        squares += parameter.grad().square().sum().item<double>();
      }
      first[precision] = {{"loss", loss.item<double>()}, {"gradient", std::sqrt(squares)}};
    }
    const auto &exact = first[TrainingRequest::Precision::Float32], &half = first[TrainingRequest::Precision::BFloat16];
    for (const auto& [name, value] : exact) {
      EXPECT_NEAR(half.at(name), value, 0.05 * value) << model << ' ' << name;
      EXPECT_NE(half.at(name), value) << model << ' ' << name;
    }
  }
}

TEST_F(Training, OfASecondDecoderLeavesTheFirstAsItWas) {
  auto detail = request(Part::Detail, "p2l-tiny");
  expectParts(problemOf([&] { run(detail); }), {"--lpips", "lpips_alex.safetensors"});

  auto generator = makeGenerator(1, RandomStream::Training);
  for (const auto trunk : {Lpips::Trunk::Alex, Lpips::Trunk::Vgg}) {
    std::map<std::string, at::Tensor> tensors;
    for (const auto& row : Lpips::convolutions(trunk)) {
      const auto place = concat("net.slice", row.slice, ".", row.index);
      tensors[place + ".weight"] = 0.05 * at::randn({row.out, row.in, row.kernel, row.kernel}, generator);
      tensors[place + ".bias"] = at::zeros({row.out});
      tensors[concat("lin", row.slice - 1, ".model.1.weight")] = at::full({1, row.out, 1, 1}, 0.1);
    }
    detail.lpips.push_back((folder_ / (trunk == Lpips::Trunk::Alex ? "alex.safetensors" : "vgg.safetensors")).string());
    writeSafetensors(detail.lpips.back(), tensors);
  }
  detail.test_photos = {photos_[1]};
  detail.photos = {photos_[0]};
  detail.batch = 4;
  RunControl control;
  Watcher watcher(control);
  EXPECT_TRUE(train(detail, watcher, control));
  ASSERT_EQ(watcher.measures_.size(), 1u);
  EXPECT_GT(watcher.measures_[0].at("psnr second"), 15.0);
  EXPECT_EQ(watcher.pictures_.size(), 3u);

  const auto before = loadModel(detail.from, at::kCPU), after = loadModel(detail.out + "/model", at::kCPU);
  const at::NoGradGuard no_grad;
  const auto z = at::linspace(-1.0, 1.0, 8 * 8 * 8).view({1, 8, 8, 8});
  EXPECT_TRUE(after.model->decode(z).equal(before.model->decode(z)));
  ASSERT_TRUE(after.decode_in_detail);
  EXPECT_FALSE(after.decode_in_detail(z).equal(after.model->decode(z)));
}

TEST_F(Training, WidensTheLatentsAndKeepsWhatTheyMean) {
  const auto before = test::modelFolder("p2l-tiny");
  const auto wide = (folder_ / "wide").string();
  copyWritable(before, wide);
  const auto edit = [&](const std::string& config, const std::string& from, const std::string& to) {
    std::ifstream in(fs::path(wide) / config);
    std::string text((std::istreambuf_iterator<char>(in)), {});
    const auto at = text.find(from);
    ASSERT_NE(at, std::string::npos) << config;
    write("wide/" + config, text.replace(at, from.size(), to));
  };
  edit("vae/config.json", "\"latent_channels\": 8", "\"latent_channels\": 10");
  edit("unet/config.json", "\"in_channels\": 8", "\"in_channels\": 10");
  edit("unet/config.json", "\"out_channels\": 8", "\"out_channels\": 10");

  auto autoencoder = request(Part::Autoencoder, "p2l-tiny");
  autoencoder.from = wide;
  expectParts(problemOf([&] { run(autoencoder); }), {"encoder.conv_out.weight"});
  autoencoder.widen = true;
  autoencoder.hold_scale = 0.1;
  autoencoder.learning_rate = 1e-8;  // what is there stays, so that it can be compared
  autoencoder.steps = 1;
  autoencoder.out = (folder_ / "autoencoder").string();
  run(autoencoder);
  auto latent = request(Part::Latent, "p2l-tiny");
  latent.from = autoencoder.out + "/model";
  latent.widen = true;
  latent.learning_rate = 1e-8;
  latent.steps = 1;
  latent.out = (folder_ / "latent").string();
  run(latent);

  const auto old = loadModel(before, at::kCPU), now = loadModel(latent.out + "/model", at::kCPU);
  EXPECT_TRUE(old.decode_in_detail);
  EXPECT_FALSE(now.decode_in_detail);  // it was of the latents before
  EXPECT_EQ(now.info.latent_channels, 10);
  const at::NoGradGuard no_grad;
  const auto x = tensorFromImage(readPhoto(photos_[0]).image).narrow(2, 0, 64).narrow(3, 0, 64);
  const auto z = old.model->encode(x), wider = now.model->encode(x);
  ASSERT_EQ(wider.size(1), 10);
  EXPECT_LT((wider.narrow(1, 0, 8) - z).abs().max().item<double>(), 2e-3);  // stored in half precision
  EXPECT_GT(wider.narrow(1, 8, 2).std().item<double>(), 1e-4);
}

TEST(Captions, SayWhatThePictureLooksLike) {
  const auto flat = [](double r, double g, double b) {
    return at::tensor({r, g, b}, at::kFloat).view({3, 1, 1}).expand({3, 16, 16}) * 2.0 - 1.0;
  };
  EXPECT_EQ(captionOf(flat(0.1, 0.1, 0.1)), "a photo of a dark gray smooth flat scene");
  EXPECT_EQ(captionOf(flat(0.9, 0.1, 0.1)), "a photo of a dim colorful red smooth flat scene");
  EXPECT_EQ(captionOf(flat(0.1, 0.8, 0.1)), "a photo of a dim colorful green smooth flat scene");
  EXPECT_EQ(captionOf(flat(0.1, 0.1, 0.9)), "a photo of a dark colorful blue smooth flat scene");
  EXPECT_EQ(captionOf(flat(0.9, 0.8, 0.85)), "a photo of a bright muted pink smooth flat scene");
  const auto stripes = at::arange(16).remainder(2).to(at::kFloat).view({1, 1, 16}).expand({3, 16, 16}) * 2.0 - 1.0;
  EXPECT_EQ(captionOf(stripes), "a photo of a dim gray detailed contrast scene");

  // One pixel of stripes does not change over four.
  EXPECT_EQ(captionPartsOf(stripes)[0], captionOf(stripes));
  EXPECT_EQ(captionPartsOf(stripes)[1], "vertical");
  EXPECT_EQ(captionPartsOf(stripes.transpose(1, 2))[1], "horizontal");
  const auto slope = at::arange(16).to(at::kFloat).view({1, 1, 16}).expand({3, 16, 16}) / 8.0 - 1.0;
  EXPECT_EQ(captionPartsOf(slope)[1], "blurred");
  EXPECT_EQ(captionPartsOf(slope)[2], "vertical");
  EXPECT_EQ(captionPartsOf((slope + slope.transpose(1, 2)) / 2.0)[2], "diagonal");
  auto generator = makeGenerator(3, RandomStream::Training);
  EXPECT_EQ(captionPartsOf(randomNormal({3, 16, 16}, generator))[1], "sharp");
  const auto above = at::cat({flat(0.95, 0.95, 0.95), flat(0.1, 0.1, 0.9)}, 1);
  const auto parts = captionPartsOf(above);
  EXPECT_EQ((std::vector(parts.end() - 5, parts.end())),
            (std::vector<std::string>{"top white gray", "bottom dark blue", "left light blue", "right light blue",
                                      "center light blue"}));

  const auto all = regionCaptionOf(above);
  for (const auto& part : parts) EXPECT_NE(all.find(part), std::string::npos) << part << " in " << all;
  std::set<std::string> shortened;
  double kept = 0.0;
  for (int i = 0; i < 400; ++i) {
    const auto caption = shortenedRegionCaptionOf(above, generator);
    shortened.insert(caption);
    for (const auto& part : parts) kept += caption.find(part) != std::string::npos;
  }
  EXPECT_GT(shortened.size(), 20u);
  EXPECT_NEAR(kept / (400.0 * static_cast<double>(parts.size())), 0.75, 0.04);
}

/// Predicts that there is no noise.
class BlindTask : public DenoisingTask {
 public:
  explicit BlindTask(const TrainingRequest& request) : DenoisingTask(request, NoiseSchedule({})) {}

  const NamedTensors& parameters() const override { return none_; }
  void write(const std::string&, const NamedTensors&) const override {}
  /// What it was last asked about.
  mutable at::Tensor z_t_, timesteps_;

 protected:
  at::Tensor encode(const at::Tensor& x) const override { return x; }
  at::Tensor decode(const at::Tensor& z) const override { return z; }
  at::Tensor predict(const at::Tensor& z_t, const at::Tensor& timesteps,
                     const std::vector<std::string>&) const override {
    z_t_ = z_t;
    timesteps_ = timesteps;
    return at::zeros_like(z_t);
  }

 private:
  NamedTensors none_;
};

TEST(DenoisingTask, WeighsNoiseLevelsByMinSnr) {
  const NoiseSchedule schedule({});
  for (const double gamma : {1.0, 5.0}) {
    TrainingRequest request;
    request.min_snr = gamma;
    const BlindTask task(request);
    auto generator = makeGenerator(5, RandomStream::Training);
    TrainingNumbers numbers;
    const double loss = task.loss(at::zeros({64, 3, 8, 8}), generator, numbers).item<double>();
    double weighted = 0.0, plain = 0.0;
    for (int i = 0; i < 64; ++i) {
      const double alpha_bar = schedule.alphaBar(task.timesteps_[i].item<std::int64_t>());
      // Of black pictures z_t is noise alone, so the squared error is that of eps = z_t / sqrt(1 - abar).
      const double squared = task.z_t_[i].square().mean().item<double>() / (1.0 - alpha_bar);
      // Hang et al. 2023, Sec. 3.4: w_t = min(SNR, gamma) / SNR where the network predicts the noise.
      const double snr = alpha_bar / (1.0 - alpha_bar);
      weighted += (snr > gamma ? gamma / snr : 1.0) * squared / 64.0;
      plain += squared / 64.0;
    }
    EXPECT_NEAR(loss, weighted, 1e-4 * weighted);
    EXPECT_NEAR(numbers.at("eps"), plain, 1e-4 * plain);
    EXPECT_LT(weighted, 0.95 * plain) << "weights that are left out would not be seen";
  }
}

TEST(DenoisingTask, DrawsTheLevelsOfRestorationsAsOftenAsAsked) {
  for (const double share : {0.0, 0.5, 1.0}) {
    TrainingRequest request;
    request.low_levels = share;
    const BlindTask task(request);
    auto generator = makeGenerator(6, RandomStream::Training);
    TrainingNumbers numbers;
    (void)task.loss(at::zeros({1000, 3, 8, 8}), generator, numbers);
    const double low = task.timesteps_.lt(350).sum().item<double>() / 1000.0;
    EXPECT_NEAR(low, share + 0.35 * (1.0 - share), 0.05);
    EXPECT_EQ(share<1.0, task.timesteps_.max().item<std::int64_t>()> 900);
  }
}

TEST(AdamW, IsTheRuleOfThePaper) {
  auto parameter = at::tensor({1.0f, -2.0f});
  parameter.set_requires_grad(true);
  AdamW adam({{"w", parameter}});
  at::Tensor expected = at::tensor({1.0, -2.0}, at::kDouble), average = expected, m = at::zeros(2, at::kDouble),
             v = at::zeros(2, at::kDouble);
  for (int t = 1; t <= 3; ++t) {
    const auto g = at::tensor({0.3, -0.2 * t}, at::kDouble);
    parameter.mutable_grad() = g.to(at::kFloat);
    EXPECT_NEAR(adam.step(0.01, /*clip=*/100.0, /*ema_decay=*/0.8), g.norm().item<double>(), 1e-6);
    // Loshchilov & Hutter 2019, Alg. 2.
    m = 0.9 * m + 0.1 * g;
    v = 0.999 * v + 0.001 * g * g;
    expected = expected - 0.01 * 1e-4 * expected;
    expected = expected - 0.01 * (m / (1 - std::pow(0.9, t))) / ((v / (1 - std::pow(0.999, t))).sqrt() + 1e-8);
    EXPECT_TRUE(at::allclose(parameter.detach().to(at::kDouble), expected, 1e-5, 1e-6)) << t;
    average = 0.8 * average + 0.2 * expected;
    EXPECT_TRUE(at::allclose(adam.average().at("w").to(at::kDouble), average, 1e-6, 1e-6)) << t;
    EXPECT_FALSE(at::allclose(average, expected, 1e-3, 1e-3)) << t;
  }
  EXPECT_FALSE(parameter.grad().defined());
}

}  // namespace
}  // namespace p2l
