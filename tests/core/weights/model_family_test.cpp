// SPDX-License-Identifier: GPL-3.0-or-later
// Files that are no model that the program reads: one sentence each that says what it is and what works.
#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "core/weights/model_family.h"
#include "core/weights/model_files.h"
#include "tests/support/temporary_folder.h"

namespace p2l {
namespace {

namespace fs = std::filesystem;
using test::expectParts;
using test::ModelFolder;
using test::problemOf;

struct Foreign {
  const char* key;  ///< as the family's published files have it
  std::vector<std::int64_t> shape;
  const char* what;
};

const std::vector<Foreign>& foreignFiles() {
  static const std::vector<Foreign> files = {
      {"conditioner.embedders.1.model.transformer.resblocks.9.mlp.c_proj.bias", {4}, "Stable Diffusion XL"},
      {"add_embedding.linear_1.weight", {4, 4}, "Stable Diffusion XL"},
      {"conditioner.embedders.0.model.transformer.resblocks.9.mlp.c_proj.bias", {4}, "the refiner"},
      {"model.diffusion_model.joint_blocks.0.context_block.adaLN_modulation.1.bias", {4}, "Stable Diffusion 3"},
      {"joint_blocks.0.context_block.adaLN_modulation.1.bias", {4}, "Stable Diffusion 3"},
      {"transformer_blocks.0.attn.add_k_proj.weight", {4, 4}, "Stable Diffusion 3"},
      {"double_blocks.0.img_attn.norm.key_norm.scale", {4}, "Flux"},
      {"single_transformer_blocks.0.attn.to_k.weight", {4, 4}, "Flux"},
      {"lora_unet_down_blocks_0_attentions_0_proj_in.lora_down.weight", {4, 4}, "a LoRA"},
      {"unet.up_blocks.1.attentions.0.transformer_blocks.0.attn1.to_k.lora_A.weight", {4, 4}, "a LoRA"},
      {"unet.up_blocks.1.attentions.0.transformer_blocks.0.attn1.processor.to_k_lora.up.weight", {4, 4}, "a LoRA"},
      {"control_model.time_embed.0.weight", {4, 4}, "a ControlNet"},
      {"controlnet_cond_embedding.conv_in.weight", {4, 3, 3, 3}, "a ControlNet"},
      {"model.diffusion_model.input_blocks.0.0.weight", {4, 9, 3, 3}, "inpainting"},
      {"conv_in.weight", {4, 9, 3, 3}, "inpainting"},
      {"model.diffusion_model.input_blocks.0.0.weight", {4, 8, 3, 3}, "InstructPix2Pix"},
      {"model.diffusion_model.input_blocks.0.0.weight", {4, 5, 3, 3}, "depth"},
      {"model.diffusion_model.input_blocks.0.0.weight", {4, 7, 3, 3}, "upscaler"},
      {"model.diffusion_model.label_emb.0.0.weight", {4, 4}, "unCLIP"},
      {"down_blocks.0.motion_modules.0.temporal_transformer.norm.bias", {4}, "AnimateDiff"},
      {"ip_adapter.1.to_k_ip.weight", {4, 4}, "IP-Adapter"},
      {"emb_params", {2, 4}, "textual inversion"},
  };
  return files;
}

class OtherFamilies : public ModelFolder {};

TEST_F(OtherFamilies, AsACheckpointAsAPartAndAsAnAutoencoder) {
  const auto unet = (folder_ / unet_).string();
  for (const auto& [key, shape, what] : foreignFiles()) {
    const auto file = (folder_ / "foreign.safetensors").string();
    writeSafetensors(file, {{key, at::zeros(shape)}, {"another", at::zeros({2})}});
    const std::vector<std::string> parts = {"foreign.safetensors: is ", what, "1.1 to 1.5, 2.0 and 2.1 work"};
    expectParts(problemOf([&] { loadModel(file, at::kCPU); }), parts);
    ModelOptions options;
    options.vae = file;
    expectParts(problem(options), parts);
    fs::copy(file, unet, fs::copy_options::overwrite_existing);
    expectProblem({unet_ + ": is ", what});
  }
}

TEST_F(OtherFamilies, AWiderLatentIsNoCondition) {
  const auto file = (folder_ / "wide.safetensors").string();
  writeSafetensors(file, {{"conv_in.weight", at::zeros({4, 8, 3, 3})}, {"conv_out.weight", at::zeros({8, 4, 3, 3})}});
  EXPECT_EQ(problemOf([&] { refuseOtherFamilies(*SafetensorsFile::open(file)); }), "");
  writeSafetensors(file, {{"conv_in.weight", at::zeros({4, 8, 3, 3})}, {"conv_out.weight", at::zeros({4, 4, 3, 3})}});
  expectParts(problemOf([&] { refuseOtherFamilies(*SafetensorsFile::open(file)); }), {"InstructPix2Pix"});
}

TEST_F(OtherFamilies, ByThePipelineOfAFolder) {
  const std::pair<const char*, const char*> pipelines[] = {
      {"StableDiffusionXLPipeline", "Stable Diffusion XL"},
      {"StableDiffusionXLImg2ImgPipeline", "Stable Diffusion XL"},
      {"StableDiffusion3Pipeline", "Stable Diffusion 3"},
      {"FluxPipeline", "Flux"},
      {"StableDiffusionInpaintPipeline", "inpainting"},
      {"StableDiffusionControlNetPipeline", "ControlNet"},
      {"StableDiffusionInstructPix2PixPipeline", "InstructPix2Pix"},
      {"StableDiffusionUpscalePipeline", "upscaler"},
      {"StableDiffusionDepth2ImgPipeline", "depth"},
      {"StableUnCLIPPipeline", "unCLIP"},
      {"StableDiffusionImageVariationPipeline", "Variations"}};
  for (const auto& [name, what] : pipelines) {
    write("model_index.json", nlohmann::json{{"_class_name", name}}.dump());
    expectProblem({folder_.string() + ": is ", what, "1.1 to 1.5, 2.0 and 2.1 work"});
  }
  write("model_index.json", "{\"_class_name\": \"StableDiffusionPipeline\"}");
  EXPECT_EQ(problem(), "");
}

TEST_F(OtherFamilies, FoldersThatAreNoModel) {
  const auto problemOfFolder = [](const fs::path& path) {
    return problemOf([&] { loadModel(path.string(), at::kCPU); });
  };
  expectParts(problemOfFolder(folder_ / "unet"), {"UNet2DConditionModel", "one part of a model"});
  expectParts(problemOfFolder(folder_ / "vae"), {"AutoencoderKL", "one part of a model"});
  fs::rename(folder_ / "unet", folder_ / "transformer");
  expectProblem({"a transformer in place of the UNet"});
  fs::create_directories(folder_ / "empty");
  expectParts(problemOfFolder(folder_ / "empty"), {"config.json", "missing"});
  write("lora/pytorch_lora_weights.safetensors", "");
  expectParts(problemOfFolder(folder_ / "lora"), {"a LoRA"});
  expectParts(problemOfFolder(folder_ / "nothing-here"), {"nothing-here", "no such folder"});
}

/// What a download leaves when it goes wrong, in place of every file of a model.
TEST_F(OtherFamilies, DamagedDownloadsOfEveryFile) {
  const std::string lfs = "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 12\n";
  const std::string html = "<!DOCTYPE html><html><body>Sign in</body></html>";
  const std::string pickle = std::string("PK\x03\x04", 4) + std::string(100, 'x');
  for (const auto* name : {"unet/diffusion_pytorch_model.safetensors", "vae/diffusion_pytorch_model.safetensors",
                           "text_encoder/model.safetensors"}) {
    std::ifstream in(folder_ / name, std::ios::binary);
    const std::string whole((std::istreambuf_iterator<char>(in)), {});
    in.close();
    const std::pair<std::string, const char*> cases[] = {{lfs, "Git-LFS pointer"},
                                                         {html, "a web page"},
                                                         {pickle, "python3 -c"},
                                                         {"", "empty"},
                                                         {whole.substr(0, 4), "at least 8"},
                                                         {whole.substr(0, 100), "truncated"},
                                                         {whole.substr(0, whole.size() / 2), "truncated"},
                                                         {whole.substr(0, whole.size() - 1), "truncated"}};
    for (const auto& [bytes, what] : cases) {
      write(name, bytes);
      expectProblem({name, what});
    }
    write(name, whole);
  }
  for (const auto* name : {"unet/config.json", "vae/config.json", "text_encoder/config.json", "tokenizer/vocab.json",
                           "tokenizer/tokenizer_config.json", "scheduler/scheduler_config.json", "model_index.json"}) {
    std::ifstream in(folder_ / name, std::ios::binary);
    const std::string whole((std::istreambuf_iterator<char>(in)), {});
    in.close();
    for (const auto& bytes : {lfs, html, std::string(), whole.substr(0, whole.size() / 2), std::string("[1]")}) {
      write(name, bytes);
      expectProblem({name, "not a JSON object"});
    }
    write(name, whole);
  }
  write("tokenizer/merges.txt", html);
  expectProblem({"merges.txt", "two parts"});
}

// The tokenizers library's one file stands in for vocab.json and merges.txt, and is read as strictly.
TEST_F(OtherFamilies, ATokenizerInOneFileMustBeClips) {
  for (const char* name : {"vocab.json", "merges.txt"}) fs::remove(folder_ / "tokenizer" / name);
  expectProblem({"vocab.json", "is missing"});
  const auto one_file = fs::path(test::modelFolder("tokenizer-json")) / "tokenizer.json";
  std::ifstream in(one_file, std::ios::binary);
  const std::string whole((std::istreambuf_iterator<char>(in)), {});
  in.close();
  const auto with = [&](const std::string& from, const std::string& to) {
    auto text = whole;
    return text.replace(text.find(from), from.size(), to);
  };
  write("tokenizer/tokenizer.json", whole);
  EXPECT_EQ(problem(), "");
  const std::pair<std::string, const char*> cases[] = {
      {whole.substr(0, whole.size() / 2), "not a JSON object"},
      {"{}", "no tokenizer of CLIP"},
      {R"({"model": {"type": "Unigram", "vocab": []}})", "no tokenizer of CLIP"},
      {with("\"</w>\"", "\"\""), "no tokenizer of CLIP"},
      {with("\"id\": 0", "\"id\": \"zero\""), "the added token \"!\" has the id \"zero\""},
      {R"({"model": {"end_of_word_suffix": "</w>", "vocab": {"a": -1}, "merges": []}})", "token a has the id -1"},
      {R"({"model": {"end_of_word_suffix": "</w>", "vocab": {"a": 1}, "merges": [["a"]]}})", "two parts"},
      {R"({"model": {"end_of_word_suffix": "</w>", "vocab": {"a": 1}, "merges": []}})", "has no token"}};
  for (const auto& [text, what] : cases) {
    write("tokenizer/tokenizer.json", text);
    expectProblem({"tokenizer.json", what});
  }
  write("tokenizer/tokenizer.json", R"({"model": )" + std::string(200'000, '[') + std::string(200'000, ']') + "}");
  expectProblem({"tokenizer.json", "no tokenizer of CLIP"});
}

TEST_F(OtherFamilies, PicklesAreRefusedWithTheCommandThatConvertsThem) {
  for (const auto* name : {"model.ckpt", "it's a model.pt", "model.pth", "pytorch_model.bin"}) {
    const auto path = write(name, "anything");
    expectParts(problemOf([&] { loadModel(path, at::kCPU); }),
                {path + ": is a pickle", "torch.load", "weights_only=True", "save_file", ".safetensors'"});
  }
  expectParts(problemOf([&] { loadModel((folder_ / "it's a model.pt").string(), at::kCPU); }),
              {"it'\\''s a model.pt'"});
  fs::rename(folder_ / unet_, folder_ / "unet/diffusion_pytorch_model.bin");
  expectProblem({unet_, "missing", "diffusion_pytorch_model.bin is there, a pickle", "python3 -c"});
}

/// A header whose lists nest deeper than a recursive reader can go.
TEST_F(OtherFamilies, DeeplyNestedHeader) {
  const std::string deep = std::string(200000, '[') + std::string(200000, ']');
  const auto header = "{\"a\":{\"dtype\":\"F32\",\"shape\":[" + deep + "],\"data_offsets\":[0,4]}}";
  std::uint64_t length = header.size();
  std::string bytes(8, '\0');
  std::memcpy(bytes.data(), &length, 8);
  write(unet_, bytes + header + "1234");
  expectProblem({unet_, "a list of 1 values"});
  write("unet/config.json", "{\"in_channels\": " + deep + "}");
  expectProblem({"unet/config.json"});
}

}  // namespace
}  // namespace p2l
