// SPDX-License-Identifier: GPL-3.0-or-later
// Model folders: shards, variants, Hugging Face's cache, and that nothing outside of the chosen folder is opened.
#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <nlohmann/json.hpp>

#include "core/api/session.h"
#include "core/base/sha256.h"
#include "core/weights/folder_files.h"
#include "core/weights/weight_hash.h"
#include "tests/support/temporary_folder.h"

namespace p2l {
namespace {

namespace fs = std::filesystem;
using test::expectParts;
using test::ModelFolder;
using test::problemOf;
using test::tensorsIn;

class Shards : public ModelFolder {
 protected:
  /// Cuts the UNet's file into shards with diffusers' names. @return the index as JSON
  nlohmann::json cut(const std::string& variant, int count) const {
    const auto unet = folder_ / "unet";
    const auto all = tensorsIn((unet / "diffusion_pytorch_model.safetensors").string());
    std::vector<std::map<std::string, at::Tensor>> shards(count);
    nlohmann::json index = {{"metadata", {{"total_size", 1}}}, {"weight_map", nlohmann::json::object()}};
    int i = 0;
    for (const auto& [key, tensor] : all) {
      const int shard = i++ % count;
      shards[shard][key] = tensor;
      index["weight_map"][key] = shardName(variant, shard, count);
    }
    for (int shard = 0; shard < count; ++shard)
      writeSafetensors((unet / shardName(variant, shard, count)).string(), shards[shard]);
    fs::remove(unet / "diffusion_pytorch_model.safetensors");
    return index;
  }
  static std::string shardName(const std::string& variant, int shard, int count) {
    char name[128];
    std::snprintf(name, sizeof name, "diffusion_pytorch_model%s-%05d-of-%05d.safetensors", variant.c_str(), shard + 1,
                  count);
    return name;
  }
  void writeIndex(const nlohmann::json& index, const std::string& end = ".safetensors.index.json") const {
    write("unet/diffusion_pytorch_model" + end, index.dump());
  }
  static at::Tensor prediction(const std::string& folder) {
    const at::NoGradGuard no_grad;
    const auto model = loadModel(folder, at::kCPU).model;
    return model->predictNoise(at::ones({1, 4, 8, 8}), model->levelAt(481), model->embedPrompt("a cat").prompt);
  }
};

TEST_F(Shards, GiveTheSameNetwork) {
  writeIndex(cut("", 3));
  EXPECT_TRUE(at::equal(prediction(folder_.string()), prediction(test::modelFolder("sd1-mini"))));
}

TEST_F(Shards, OfTheHalfPrecisionVariant) {
  writeIndex(cut(".fp16", 2), ".safetensors.index.fp16.json");
  EXPECT_TRUE(at::equal(prediction(folder_.string()), prediction(test::modelFolder("sd1-mini"))));
}

TEST_F(Shards, HalfPrecisionFileStandsInForTheUsualOne) {
  fs::rename(folder_ / unet_, folder_ / "unet/diffusion_pytorch_model.fp16.safetensors");
  EXPECT_TRUE(at::equal(prediction(folder_.string()), prediction(test::modelFolder("sd1-mini"))));
}

TEST_F(Shards, MissingShardIsNamed) {
  writeIndex(cut("", 3));
  fs::remove(folder_ / "unet" / shardName("", 1, 3));
  expectProblem({shardName("", 1, 3), "missing", "index.json"});
}

TEST_F(Shards, TensorThatIsNotWhereTheIndexSays) {
  auto index = cut("", 2);
  index["weight_map"]["conv_in.weight"] =
      index["weight_map"]["conv_in.weight"] == shardName("", 0, 2) ? shardName("", 1, 2) : shardName("", 0, 2);
  writeIndex(index);
  expectProblem({"conv_in.weight", "index.json"});
}

TEST_F(Shards, IndexThatLeadsOutIsRefused) {
  const auto outside = fs::temp_directory_path() / ("p2l-outside-" + std::to_string(getpid()) + ".safetensors");
  auto index = cut("", 2);
  fs::copy(folder_ / "unet" / shardName("", 0, 2), outside);
  for (const auto& name : {"../../" + outside.filename().string(), outside.string(),
                           "../unet/../../" + outside.filename().string(), std::string("..")}) {
    for (auto& [key, shard] : index["weight_map"].items()) {
      if (shard == shardName("", 0, 2)) shard = name;
    }
    writeIndex(index);
    const auto text = problem();
    EXPECT_NE(text, "") << name;
    if (name != "..") expectParts(text, {"out of the chosen folder", outside.filename().string()});
    for (auto& [key, shard] : index["weight_map"].items()) {
      if (shard == name) shard = shardName("", 0, 2);
    }
  }
  fs::remove(outside);
}

TEST_F(Shards, DamagedIndexIsNamed) {
  const auto index = cut("", 2);
  for (const auto& text : {std::string("{"), std::string("{}"), std::string(R"({"weight_map":3})"),
                           std::string(R"({"weight_map":{"a":7}})"), std::string(R"({"weight_map":{"a":"b.bin"}})"),
                           std::string(R"({"weight_map":{}})")}) {
    write("unet/diffusion_pytorch_model.safetensors.index.json", text);
    expectProblem({"diffusion_pytorch_model.safetensors.index.json"});
  }
}

class Links : public ModelFolder {
 protected:
  void SetUp() override {
    ModelFolder::SetUp();
    outside_ = folder_.string() + "-outside";
    fs::create_directories(outside_);
  }
  void TearDown() override {
    fs::remove_all(outside_);
    ModelFolder::TearDown();
  }
  void moveOut(const std::string& relative) const {
    const auto target = outside_ / fs::path(relative).filename();
    fs::rename(folder_ / relative, target);
    fs::create_symlink(target, folder_ / relative);
  }
  fs::path outside_;
};

TEST_F(Links, OutOfTheFolderAreRefused) {
  for (const auto& relative : {unet_, std::string("vae/config.json"), std::string("tokenizer/merges.txt"),
                               std::string("text_encoder"), std::string("scheduler/scheduler_config.json")}) {
    moveOut(relative);
    expectProblem({relative, "is a link to", "cp -rL"});
    fs::remove(folder_ / relative);
    fs::rename(outside_ / fs::path(relative).filename(), folder_ / relative);
  }
  EXPECT_EQ(problem(), "");
}

TEST_F(Links, InsideTheFolderAreFollowed) {
  fs::create_directories(folder_ / "blobs");
  fs::rename(folder_ / unet_, folder_ / "blobs/0123");
  fs::create_symlink("../blobs/0123", folder_ / unet_);
  EXPECT_EQ(problem(), "");
}

TEST_F(Links, ChosenFolderMayItselfBeALink) {
  const auto link = outside_ / "model";
  fs::create_directory_symlink(folder_, link);
  EXPECT_EQ(problemOf([&] { loadModel(link.string(), at::kCPU); }), "");
}

TEST_F(Links, HuggingFaceCacheIsChosenByItsRepository) {
  // models--owner--name/{blobs, refs/main, snapshots/<revision>}, as the hub's client lays it out.
  const auto cache = outside_ / "models--owner--name";
  const auto snapshot = cache / "snapshots" / "abc123";
  fs::create_directories(cache / "blobs");
  int blob = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder_)) {
    if (!entry.is_regular_file()) continue;
    const auto place = snapshot / entry.path().lexically_relative(folder_);
    const auto target = cache / "blobs" / std::to_string(blob++);
    fs::create_directories(place.parent_path());
    fs::copy(entry.path(), target);
    fs::create_symlink(target.lexically_relative(place.parent_path()), place);
  }
  EXPECT_EQ(problemOf([&] { loadModel(cache.string(), at::kCPU); }), "");
  fs::create_directories(cache / "snapshots" / "def456");
  expectParts(problemOf([&] { loadModel(cache.string(), at::kCPU); }), {"more than one snapshot"});
  fs::create_directories(cache / "refs");
  std::ofstream(cache / "refs/main") << "abc123";
  EXPECT_EQ(problemOf([&] { loadModel(cache.string(), at::kCPU); }), "");
  std::ofstream(cache / "refs/main") << "../../..";
  expectParts(problemOf([&] { loadModel(cache.string(), at::kCPU); }), {"out of the chosen folder"});
  // A snapshot by itself is all links out of it.
  expectParts(problemOf([&] { loadModel(snapshot.string(), at::kCPU); }),
              {"is a link to", "choose a folder that holds both"});
}

class WeightHash : public test::TemporaryFolder {
 protected:
  void SetUp() override {
    TemporaryFolder::SetUp();
    setenv("XDG_CACHE_HOME", (folder_ / "cache").c_str(), 1);
  }
  void TearDown() override {
    unsetenv("XDG_CACHE_HOME");
    TemporaryFolder::TearDown();
  }
  void age(const std::string& path, int seconds) const {
    fs::last_write_time(path, fs::file_time_type::clock::now() - std::chrono::seconds(seconds));
  }
  fs::path cache() const { return folder_ / "cache/p2l-studio/weight-hashes.json"; }
};

TEST_F(WeightHash, IsThatOfTheBytesAndIsRemembered) {
  const auto a = write("a", "abc"), b = write("b", "def");
  Sha256 expected;
  expected.update("abcdef");
  EXPECT_EQ(hashOfWeights({a, b}), expected.hex());
  EXPECT_FALSE(fs::exists(cache())) << "a file of this second may still change unseen";
  age(a, 100);
  age(b, 100);
  EXPECT_EQ(hashOfWeights({a, b}), expected.hex());
  ASSERT_TRUE(fs::exists(cache()));

  // The remembered value is used: one that is planted comes out.
  std::ifstream in(cache());
  auto json = nlohmann::json::parse(in);
  ASSERT_EQ(json.size(), 1u);
  json.begin().value() = "planted";
  write("cache/p2l-studio/weight-hashes.json", json.dump());
  EXPECT_EQ(hashOfWeights({a, b}), "planted");
  write("b", "deg");  // another time of change, the same size
  Sha256 changed;
  changed.update("abcdeg");
  EXPECT_EQ(hashOfWeights({a, b}), changed.hex());
}

TEST_F(WeightHash, DamagedCacheIsDoneWithout) {
  const auto a = write("a", "abc");
  age(a, 100);
  Sha256 expected;
  expected.update("abc");
  for (const char* text : {"", "[1, 2]", "{\"x\"", "\xff\xfe"}) {
    write("cache/p2l-studio/weight-hashes.json", text);
    EXPECT_EQ(hashOfWeights({a}), expected.hex());
  }
  expectParts(problemOf([&] { hashOfWeights({(folder_ / "absent").string()}); }), {"absent", "cannot be read"});
}

/// A second decoder in the folder of a small model.
class DetailDecoder : public test::ModelFolder {
 protected:
  std::map<std::string, at::Tensor> decoder() const {
    auto tensors = tensorsIn((folder_ / "vae/diffusion_pytorch_model.safetensors").string());
    std::erase_if(tensors, [](const auto& entry) { return !entry.first.starts_with("decoder."); });
    return tensors;
  }
  void writeDetail(const std::map<std::string, at::Tensor>& tensors) const {
    writeSafetensors((folder_ / "vae/detail_decoder.safetensors").string(), tensors);
  }
};

TEST_F(DetailDecoder, DecodesTheSameLatentsAnotherWay) {
  const auto without = loadModel(folder_.string(), at::kCPU);
  const at::NoGradGuard no_grad;
  const auto z = at::linspace(-1.0, 1.0, 4 * 8 * 8).view({1, 4, 8, 8});
  EXPECT_FALSE(without.decode_in_detail);

  auto tensors = decoder();
  for (const char* name : {"decoder.conv_out.weight", "decoder.conv_out.bias"}) tensors.at(name) *= 2.0;
  writeDetail(tensors);
  const auto with = loadModel(folder_.string(), at::kCPU);
  ASSERT_TRUE(with.decode_in_detail);
  EXPECT_TRUE(with.model->decode(z).equal(without.model->decode(z)));
  EXPECT_TRUE(at::allclose(with.decode_in_detail(z), 2.0 * with.model->decode(z), 1e-4, 1e-5));
  EXPECT_NE(with.info.sha256, without.info.sha256);
  EXPECT_GT(with.info.parameters, without.info.parameters);
}

TEST_F(DetailDecoder, IsBlendedInAtTheEndOfARun) {
  const auto run = [&](double detail) {
    Session session;
    RestoreRequest request;
    request.model = folder_.string();
    request.device = "cpu";
    request.solver_values = {{"K", 0.0}};
    request.sampler_values = {{"steps", 2.0}, {"detail", detail}};
    RunInputs inputs;
    inputs.photo = Image(32, 32, 3);
    RunObserver observer;
    RunControl control;
    const auto outcome = session.run(request, inputs, observer, control);
    EXPECT_EQ(outcome.status, Outcome::Status::Completed) << outcome.message;
    return outcome;
  };
  const auto plain = run(0.0), without = run(1.0);
  EXPECT_EQ(without.picture.pixels, plain.picture.pixels);
  ASSERT_EQ(without.report.remarks.size(), plain.report.remarks.size() + 1);
  EXPECT_NE(without.report.remarks.back().find("no second decoder"), std::string::npos);

  auto tensors = decoder();
  tensors.at("decoder.conv_out.bias") += 0.2;
  writeDetail(tensors);
  const auto none = run(0.0), half = run(0.5), whole = run(1.0);
  EXPECT_EQ(none.picture.pixels, plain.picture.pixels);
  EXPECT_EQ(whole.report.remarks.size(), plain.report.remarks.size());
  double of_half = 0.0, of_whole = 0.0;
  for (std::size_t i = 0; i < none.picture.pixels.size(); ++i) {
    of_half += half.picture.pixels[i] - none.picture.pixels[i];
    of_whole += whole.picture.pixels[i] - none.picture.pixels[i];
  }
  EXPECT_GT(of_whole, 0.0);
  EXPECT_GT(of_half, 0.0);
  EXPECT_LT(of_half, of_whole);
}

double largestDifference(const Image& one, const Image& other) {
  double largest = one.pixels.size() == other.pixels.size() ? 0.0 : 1.0;
  for (std::size_t i = 0; i < std::min(one.pixels.size(), other.pixels.size()); ++i)
    largest = std::max<double>(largest, std::abs(one.pixels[i] - other.pixels[i]));
  return largest;
}

/// Outcome::faithful and sharp are what runs with these values give, and between them lies what is between.
TEST_F(DetailDecoder, BothEndsAreHandedOutWhereTheyAreWanted) {
  struct Watcher : RunObserver {
    bool wantsDetailEnds() const override { return wants; }
    bool wants = true;
  };
  const auto run = [&](double detail, bool wants) {
    Session session;
    RestoreRequest request;
    request.model = folder_.string();
    request.device = "cpu";
    request.degradation().id = "gaussian-blur";
    request.mode = Mode::Restore;
    request.solver_values = {{"K", 0.0}};
    request.sampler_values = {{"steps", 2.0}, {"detail", detail}, {"keep_colour", 1.0}, {"end_on_data", 0.05}};
    RunInputs inputs;
    inputs.photo = Image(32, 32, 4, 0.4f);
    Watcher watcher;
    watcher.wants = wants;
    RunControl control;
    return session.run(request, inputs, watcher, control);
  };
  EXPECT_TRUE(run(0.0, true).sharp.empty());  // there is one decoder alone
  auto tensors = decoder();
  tensors.at("decoder.conv_out.bias") += 0.1;
  writeDetail(tensors);
  EXPECT_TRUE(inspectModel(folder_.string()).second_decoder);
  EXPECT_TRUE(run(0.5, false).sharp.empty());
  const auto middle = run(0.4, true);
  EXPECT_EQ(middle.faithful.pixels, run(0.0, false).picture.pixels);
  EXPECT_LT(largestDifference(middle.sharp, run(1.0, false).picture), 1e-5);  // x + 1 (x' - x) rounds
  EXPECT_EQ(middle.sharp.channels, 4);
  EXPECT_EQ(run(0.0, true).sharp.pixels, middle.sharp.pixels);
  auto between = middle.faithful;
  for (std::size_t i = 0; i < between.pixels.size(); ++i)
    between.pixels[i] += 0.4f * (middle.sharp.pixels[i] - middle.faithful.pixels[i]);
  const double apart = largestDifference(middle.sharp, middle.faithful);
  EXPECT_GT(apart, 1e-3);
  EXPECT_LT(largestDifference(between, middle.picture), 0.05 * apart + 1e-4);
}

TEST_F(DetailDecoder, OfAnotherNetworkIsRefused) {
  auto tensors = decoder();
  tensors["encoder.conv_in.bias"] = at::zeros({4});
  writeDetail(tensors);
  expectParts(problem(), {"detail_decoder.safetensors", "encoder.conv_in.bias"});
}

}  // namespace
}  // namespace p2l
