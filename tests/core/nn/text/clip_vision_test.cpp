// SPDX-License-Identifier: GPL-3.0-or-later
// CLIP's image encoder against transformers on two random miniatures, and what a damaged folder is told.
#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "core/nn/text/clip_vision.h"
#include "core/types/error.h"
#include "tests/support/reference.h"

namespace p2l {
namespace {

namespace fs = std::filesystem;
using test::modelFolder;
using test::relativeDifference;

class ClipVision : public testing::TestWithParam<const char*> {
 protected:
  at::NoGradGuard no_grad_;
};

TEST_P(ClipVision, FeaturesEqualTransformers) {
  const auto model = loadImageEncoder(modelFolder(GetParam()), at::kCPU);
  ASSERT_NE(model, nullptr);
  const auto file =
      SafetensorsFile::open(test::referencePath(std::string("image_encoder_") + GetParam() + ".safetensors"));
  EXPECT_LT(relativeDifference(model->project(file->tensor("pixels")), file->tensor("embeds")), 1e-4);
  EXPECT_LT(relativeDifference((*model)(file->tensor("x")), file->tensor("feature")), 1e-4);
  EXPECT_THROW(model->project(file->tensor("x")), Error);  // not the encoder's size
}

INSTANTIATE_TEST_SUITE_P(Miniatures, ClipVision, testing::Values("sd1-mini", "image-encoder-mini"),
                         [](const auto& info) { return std::string(info.param).substr(0, 3); });

TEST(ImageEncoder, IsOptionalAndItsFaultsAreNamed) {
  EXPECT_EQ(loadImageEncoder(modelFolder("p2l-tiny"), at::kCPU), nullptr);

  const auto folder = fs::path(testing::TempDir()) / ("p2l_image_encoder_" + std::to_string(::getpid()));
  fs::copy(modelFolder("image-encoder-mini"), folder, fs::copy_options::recursive);
  auto complaint = [&] {
    try {
      (void)loadImageEncoder(folder.string(), at::kCPU);
    } catch (const Error& error) {
      return std::string(error.what());
    }
    return std::string("none");
  };
  EXPECT_EQ(complaint(), "none");
  const auto config = folder / "image_encoder" / "config.json";
  std::string text;
  {
    std::ifstream in(config);
    text.assign(std::istreambuf_iterator<char>(in), {});
  }
  auto change = [&](const std::string& from, const std::string& to) {
    auto changed = text;
    ASSERT_NE(changed.find(from), std::string::npos) << from;
    std::ofstream(config) << changed.replace(changed.find(from), from.size(), to);
  };
  change("\"clip_vision_model\"", "\"clip\"");
  EXPECT_NE(complaint().find("model_type"), std::string::npos) << complaint();
  change("\"patch_size\": 14", "\"patch_size\": 10");
  EXPECT_NE(complaint().find("patch_embedding"), std::string::npos) << complaint();
  std::ofstream(config) << text;
  fs::remove(folder / "image_encoder" / "model.safetensors");
  EXPECT_NE(complaint().find("model.safetensors"), std::string::npos) << complaint();
  fs::remove_all(folder);
}

}  // namespace
}  // namespace p2l
