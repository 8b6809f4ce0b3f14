// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/api/training.h"

#include <ATen/ATen.h>

#include <cmath>

#include "core/api/photo_file.h"
#include "core/base/random.h"
#include "core/tensor/image_tensor.h"
#include "core/training/adamw.h"
#include "core/training/captions.h"
#include "core/training/photo_set.h"
#include "core/training/training_task.h"
#include "core/weights/model_folder.h"
#include "tests/core/temporary_folder.h"

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
    pictures_ = pictures.size();
  }

  std::size_t photos_ = 0, pictures_ = 0;
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
    for (int i = 0; i < 2; ++i) {
      Image image(96 + 16 * i, 80, 3);
      for (int y = 0; y < image.height; ++y)
        for (int x = 0; x < image.width; ++x)
          for (int c = 0; c < 3; ++c)
            image.at(x, y, c) = static_cast<float>(0.5 + 0.4 * std::sin(0.08 * (x + 9 * i) * (c + 1) + 0.05 * y));
      photos_.push_back((folder_ / concat("photo", i, ".png")).string());
      writePhoto(image, photos_.back(), "");
    }
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
    for (const auto& [name, tensor] : test::tensorsIn(whole.out + "/checkpoint.safetensors"))
      EXPECT_TRUE(tensor.equal(test::tensorsIn(parts.out + "/checkpoint.safetensors").at(name))) << name;
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
  EXPECT_EQ(watcher.pictures_, 3u);
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
  EXPECT_TRUE(loaded.info.pixel);
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
  expectParts(fails(other), {"checkpoint.safetensors", "other settings", "--out"});
  write("out/checkpoint.safetensors", "damaged");
  expectParts(fails(other), {"checkpoint.safetensors"});
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
}

TEST(AdamW, IsTheRuleOfThePaper) {
  auto parameter = at::tensor({1.0f, -2.0f});
  parameter.set_requires_grad(true);
  AdamW adam({{"w", parameter}});
  at::Tensor expected = at::tensor({1.0, -2.0}, at::kDouble), m = at::zeros(2, at::kDouble),
             v = at::zeros(2, at::kDouble);
  for (int t = 1; t <= 3; ++t) {
    const auto g = at::tensor({0.3, -0.2 * t}, at::kDouble);
    parameter.mutable_grad() = g.to(at::kFloat);
    EXPECT_NEAR(adam.step(0.01, /*clip=*/100.0, 0.5), g.norm().item<double>(), 1e-6);
    // Loshchilov & Hutter 2019, Alg. 2.
    m = 0.9 * m + 0.1 * g;
    v = 0.999 * v + 0.001 * g * g;
    expected = expected - 0.01 * 1e-4 * expected;
    expected = expected - 0.01 * (m / (1 - std::pow(0.9, t))) / ((v / (1 - std::pow(0.999, t))).sqrt() + 1e-8);
    EXPECT_TRUE(at::allclose(parameter.detach().to(at::kDouble), expected, 1e-5, 1e-6)) << t;
  }
  EXPECT_FALSE(parameter.grad().defined());
}

}  // namespace
}  // namespace p2l
