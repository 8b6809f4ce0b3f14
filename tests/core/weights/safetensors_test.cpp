// SPDX-License-Identifier: GPL-3.0-or-later
// Damaged and hostile weight files: one clear sentence each, never a crash.
#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <limits>

#include "core/models/model_folder.h"
#include "core/types/error.h"
#include "core/weights/safetensors.h"
#include "tests/support/reference.h"
#include "tests/support/temporary_folder.h"

namespace p2l {
namespace {

namespace fs = std::filesystem;
using test::ModelFolder;

class Safetensors : public test::TemporaryFolder {
 protected:
  static std::string withHeader(const std::string& header, std::size_t data_bytes) {
    std::uint64_t length = header.size();
    std::string bytes(8, '\0');
    std::memcpy(bytes.data(), &length, 8);
    return bytes + header + std::string(data_bytes, '\0');
  }
  /// The sentence that opening the file gives; empty when it opens.
  static std::string problemOf(const std::string& path) {
    return test::problemOf([&] { SafetensorsFile::open(path); });
  }
};

TEST_F(Safetensors, RoundTripOfEveryType) {
  std::map<std::string, at::Tensor> tensors;
  for (const auto type : {at::kDouble, at::kFloat, at::kHalf, at::kBFloat16})
    tensors[toString(type)] = at::randn({3, 5}).to(type);
  tensors["long"] = at::arange(7, at::kLong);
  tensors["empty"] = at::empty({0, 4});
  tensors["scalar"] = at::scalar_tensor(2.5);
  const auto path = (folder_ / "x.safetensors").string();
  writeSafetensors(path, tensors);
  const auto file = SafetensorsFile::open(path);
  ASSERT_EQ(file->entries().size(), tensors.size());
  for (const auto& [key, tensor] : tensors) {
    EXPECT_EQ(file->tensor(key).scalar_type(), tensor.scalar_type()) << key;
    EXPECT_TRUE(at::equal(file->tensor(key), tensor)) << key;
  }
  EXPECT_THROW(file->tensor("absent"), Error);
}

TEST_F(Safetensors, TensorOutlivesItsFile) {
  const auto path = (folder_ / "x.safetensors").string();
  writeSafetensors(path, {{"a", at::ones({1000})}});
  at::Tensor a = SafetensorsFile::open(path)->tensor("a");
  fs::remove(path);
  EXPECT_EQ(a.sum().item<double>(), 1000.0);
}

/// As every output: through a link, beside a file of another name, under the longest name, into a device.
TEST_F(Safetensors, IsWrittenAsSafelyAsPictures) {
  const auto at = [&](const std::string& name) { return (folder_ / name).string(); };
  const std::map<std::string, at::Tensor> tensors = {{"a", at::ones({1000})}};
  write("x.safetensors", "former");
  write("x.safetensors.part", "mine");
  fs::create_symlink("x.safetensors", at("link.safetensors"));
  writeSafetensors(at("link.safetensors"), tensors);
  EXPECT_TRUE(fs::is_symlink(at("link.safetensors")));
  EXPECT_EQ(SafetensorsFile::open(at("x.safetensors"))->tensor("a").sum().item<double>(), 1000.0);
  EXPECT_EQ(fs::file_size(at("x.safetensors.part")), 4u);
  const auto longest = std::string(255 - 12, 'n') + ".safetensors";
  writeSafetensors(at(longest), tensors);
  EXPECT_TRUE(fs::exists(at(longest)));
  writeSafetensors("/dev/null", tensors);
  EXPECT_TRUE(fs::is_character_file("/dev/null"));
  fs::permissions(at("x.safetensors"), fs::perms::owner_read);
  test::expectParts(test::problemOf([&] { writeSafetensors(at("x.safetensors"), {}); }),
                    {"x.safetensors", "read-only"});
}

TEST_F(Safetensors, DamagedFilesGiveASentence) {
  std::string huge(8, '\0');
  const std::uint64_t two_to_60 = std::uint64_t{1} << 60;
  std::memcpy(huge.data(), &two_to_60, 8);
  const std::string f4 = R"("dtype":"F32","shape":[4],"data_offsets":)";
  const std::tuple<const char*, std::string, const char*> cases[] = {
      {"empty", "", "empty"},
      {"short", "abc", "at least 8"},
      {"picture", "\x89PNG\r\n\x1a\n0000IHDR", "is a picture; a safetensors file was expected"},
      {"text", "a file of some words", "not a safetensors file, which was expected"},
      {"header of 2^60", huge + "{}", "1152921504606846976"},
      {"header longer than file", withHeader("{}", 0).replace(0, 1, "\x7f"), "truncated"},
      {"no json", withHeader("hello", 0), "not a JSON object"},
      {"json list", withHeader("[1]", 0), "not a JSON object"},
      {"entry no object", withHeader(R"({"a":3})", 0), "lacks dtype"},
      {"unknown type", withHeader(R"({"a":{"dtype":"F8","shape":[1],"data_offsets":[0,1]}})", 1), "F8"},
      {"type no text", withHeader(R"({"a":{"dtype":7,"shape":[1],"data_offsets":[0,1]}})", 1), "has type 7"},
      {"negative side", withHeader(R"({"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}})", 4), "-1"},
      {"overflowing shape",
       withHeader(R"({"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,4]}})", 4), "large"},
      {"offsets beyond the end", withHeader("{\"a\":{" + f4 + "[0,16]}}", 8), "truncated"},
      {"offsets reversed", withHeader("{\"a\":{" + f4 + "[16,0]}}", 16), "lies at bytes"},
      {"offsets of another size", withHeader("{\"a\":{" + f4 + "[0,12]}}", 16), "12 bytes"},
      {"offsets no pair", withHeader("{\"a\":{" + f4 + "[0]}}", 16), "no pair"},
      {"overlap", withHeader("{\"a\":{" + f4 + "[0,16]},\"b\":{" + f4 + "[8,24]}}", 24), "overlap"},
      {"lfs pointer", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 12\n", "Git-LFS"},
      {"web page", "<!DOCTYPE html><html><body>Not found</body></html>", "web page"},
      {"pickle", std::string("PK\x03\x04", 4) + std::string(100, 'x'), "pickle"},
  };
  for (const auto& [name, bytes, expected] : cases) {
    const auto path = write("w.safetensors", bytes);
    const auto problem = problemOf(path);
    EXPECT_NE(problem.find(expected), std::string::npos) << name << ": " << problem;
    EXPECT_NE(problem.find(path), std::string::npos) << name << " does not name the file: " << problem;
  }
  EXPECT_NE(problemOf((folder_ / "absent.safetensors").string()), "");
  EXPECT_NE(problemOf(folder_.string()).find("regular"), std::string::npos);
}

TEST_F(ModelFolder, LoadsAsItIs) {
  EXPECT_EQ(problem(), "");
}

TEST_F(ModelFolder, NanWeights) {
  rewrite(unet_, [](auto& t) { t["conv_in.bias"][0] = std::numeric_limits<float>::quiet_NaN(); });
  expectProblem({unet_, "conv_in.bias", "NaN"});
}

TEST_F(ModelFolder, InfiniteWeights) {
  rewrite(unet_, [](auto& t) { t["conv_out.bias"][0] = std::numeric_limits<float>::infinity(); });
  expectProblem({unet_, "conv_out.bias", "infinite"});
}

TEST_F(ModelFolder, MissingKey) {
  rewrite(unet_, [](auto& t) { t.erase("conv_in.weight"); });
  expectProblem({unet_, "conv_in.weight", "missing"});
}

TEST_F(ModelFolder, LeftoverKey) {
  rewrite(unet_, [](auto& t) { t["lora_up.weight"] = at::ones({2}); });
  expectProblem({unet_, "lora_up.weight", "belongs to no part"});
}

TEST_F(ModelFolder, LeftoversOfTrainingAreNamedAndLeftOut) {
  rewrite(unet_, [](auto& t) {
    t["ema.decay"] = at::ones({1});
    t["loss.logvar"] = at::ones({1});
  });
  rewrite("text_encoder/model.safetensors", [](auto& t) { t["text_projection.weight"] = at::ones({2, 2}); });
  const auto loaded = loadModel(folder_.string(), at::kCPU);
  ASSERT_EQ(loaded.remarks.size(), 1u);
  test::expectParts(loaded.remarks[0], {"3 tensors", "text_projection.weight", "ema.decay", "loss.logvar"});
}

TEST_F(ModelFolder, WrongShape) {
  rewrite(unet_, [](auto& t) { t["conv_in.bias"] = at::ones({3}); });
  expectProblem({unet_, "conv_in.bias", "[3]", "[16]"});
}

TEST_F(ModelFolder, MissingParts) {
  fs::remove(folder_ / "text_encoder" / "model.safetensors");
  expectProblem({"text_encoder", "model.safetensors", "missing"});
  fs::remove_all(folder_ / "scheduler");
  expectProblem({"scheduler_config.json", "missing"});
}

TEST_F(ModelFolder, OtherFamiliesAreNamed) {
  replaceText("unet/config.json", "\"addition_embed_type\": null", "\"addition_embed_type\": \"text_time\"");
  expectProblem({"unet/config.json", "addition_embed_type", "SDXL"});
}

TEST_F(ModelFolder, InpaintingUnetIsNamed) {
  replaceText("unet/config.json", "\"in_channels\": 4", "\"in_channels\": 9");
  expectProblem({"unet/config.json", "in_channels", "inpainting"});
}

TEST_F(ModelFolder, ConfigsOfAnotherType) {
  replaceText("unet/config.json", "\"in_channels\": 4", "\"in_channels\": \"four\"");
  expectProblem({"unet/config.json", "in_channels", "\"four\"", "integer"});
  std::ofstream(folder_ / "unet" / "config.json") << "{ nonsense";
  expectProblem({"unet/config.json", "not a JSON object"});
}

TEST_F(ModelFolder, TokenizerThatDoesNotBelong) {
  std::ofstream(folder_ / "tokenizer" / "vocab.json") << "{\"a\": 0}";
  expectProblem({"vocab.json", "<|startoftext|>"});
}

}  // namespace
}  // namespace p2l
