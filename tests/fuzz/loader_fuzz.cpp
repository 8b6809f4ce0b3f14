// SPDX-License-Identifier: GPL-3.0-or-later
// Fuzz target (libFuzzer) for what is read of files that strangers made: safetensors headers, original key names, JSON
// configs, shard indices, tokenizer files and the pickles of LPIPS's weights. The first byte says which; whatever the
// rest is, the only thing that may come out is an Error. tests/fuzz/run builds and runs it.
#include <ATen/core/grad_mode.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "core/metrics/pickled_tensors.h"
#include "core/models/model_folder.h"
#include "core/nn/autoencoder/autoencoder.h"
#include "core/nn/text/clip_text.h"
#include "core/nn/unet/unet.h"
#include "core/tokenizer/clip_tokenizer.h"
#include "core/types/error.h"
#include "core/weights/checkpoint_config.h"
#include "core/weights/checkpoint_keys.h"
#include "core/weights/model_family.h"
#include "core/weights/model_files.h"
#include "tests/fuzz/fuzz_files.h"

namespace p2l {
namespace {

namespace fs = std::filesystem;

using fuzz::expectOnlyErrors;
using fuzz::MemoryFile;
using fuzz::write;

void safetensors(std::string_view bytes) {
  const MemoryFile memory(bytes);
  std::shared_ptr<const SafetensorsFile> file;
  expectOnlyErrors([&] { file = SafetensorsFile::open(memory.path()); });
  if (!file) return;
  for (const auto& [key, entry] : file->entries()) (void)file->tensor(key).clone();
  expectOnlyErrors([&] { refuseOtherFamilies(*file); });
  const auto configs = [&](const TensorMap& tensors) {
    for (const auto& each : tensors) expectOnlyErrors([&] { (void)each.second.values().clone(); });
    expectOnlyErrors([&] { UNet2DConditionModel::Config::fromJson(*unetConfig("f", tensors, 64)); });
    expectOnlyErrors([&] { ClipTextModel::Config::fromJson(*textEncoderConfig("f", tensors, true)); });
    expectOnlyErrors([&] { autoencoderConfig("f", tensors); });
    expectOnlyErrors([&] { tinyAutoencoderConfig("f", tensors); });
  };
  expectOnlyErrors([&] {
    const auto parts = tensorsOfCheckpoint(file);
    configs(parts.unet);
    configs(parts.text_encoder);
    configs(parts.autoencoder);
  });
  expectOnlyErrors([&] { configs(tensorsOfAutoencoder(file)); });
  expectOnlyErrors([&] { configs(tensorsOfTaesd(file, file)); });
  expectOnlyErrors([&] { configs(tensorsOf({file})); });
}

void config(std::string_view bytes) {
  expectOnlyErrors([&] {
    const JsonConfig json("config.json", std::string(bytes));
    expectOnlyErrors([&] { UNet2DConditionModel::Config::fromJson(json); });
    expectOnlyErrors([&] { ClipTextModel::Config::fromJson(json); });
    expectOnlyErrors([&] {
      Weights none({}, at::kCPU);
      makeAutoencoder(json, WeightScope(none));
    });
  });
}

struct LoaderPlace : fuzz::Workplace {
  LoaderPlace() {
    fs::create_directories(root / "tokenizer");
    fs::copy(P2L_FUZZ_MODEL, root / "model", fs::copy_options::recursive);
  }
};
const LoaderPlace& workplace() {
  static const LoaderPlace place;
  return place;
}

/// vocab.json, merges.txt, tokenizer_config.json and a prompt, parted by NUL.
void tokenizer(std::string_view bytes) {
  const auto folder = workplace().root / "tokenizer";
  for (const char* name : {"vocab.json", "merges.txt", "tokenizer_config.json"}) {
    const auto end = std::min(bytes.find('\0'), bytes.size());
    write(folder / name, bytes.substr(0, end));
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
  }
  expectOnlyErrors([&] {
    const auto clip = ClipTokenizer::fromFolder(folder.string());
    const std::string prompt(bytes);
    if (static_cast<std::int64_t>(clip.encode(prompt).size()) != clip.maxLength()) std::abort();
    (void)clip.tokenCount(prompt);
  });
}

/// A prompt for the miniature's tokenizer.
void prompt(std::string_view bytes) {
  static const auto clip = ClipTokenizer::fromFolder(P2L_FUZZ_MODEL "/tokenizer");
  if (static_cast<std::int64_t>(clip.encode(std::string(bytes)).size()) != clip.maxLength()) std::abort();
}

/// A miniature model with one of its files replaced.
void folder(std::string_view bytes) {
  constexpr const char* kFiles[] = {"scheduler/scheduler_config.json",
                                    "model_index.json",
                                    "unet/config.json",
                                    "vae/config.json",
                                    "text_encoder/config.json",
                                    "unet/diffusion_pytorch_model.safetensors.index.json"};
  if (bytes.empty()) return;
  const std::string relative = kFiles[static_cast<unsigned char>(bytes[0]) % std::size(kFiles)];
  const auto path = workplace().root / "model" / relative;
  const auto weights = workplace().root / "model/unet/diffusion_pytorch_model.safetensors";
  const bool index = relative.ends_with("index.json") && relative != "model_index.json";
  write(path, bytes.substr(1));
  if (index) fs::rename(weights, weights.string() + ".away");
  expectOnlyErrors([&] { loadModel((workplace().root / "model").string(), at::kCPU); });
  if (index) fs::rename(weights.string() + ".away", weights);
  fs::remove(path);
  if (!index) fs::copy(fs::path(P2L_FUZZ_MODEL) / relative, path);
}

}  // namespace
}  // namespace p2l

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const at::NoGradGuard no_grad;
  const std::string_view rest(reinterpret_cast<const char*>(data) + 1, size - 1);
  switch (data[0]) {
    case 's':
      p2l::safetensors(rest);
      break;
    case 'c':
      p2l::config(rest);
      break;
    case 't':
      p2l::tokenizer(rest);
      break;
    case 'p':
      p2l::prompt(rest);
      break;
    case 'f':
      p2l::folder(rest);
      break;
    case 'n':
      p2l::fuzz::expectOnlyErrors([&] { p2l::numpyArraysFromPickle("pickle", rest); });
      break;
    case 'T':
      p2l::fuzz::expectOnlyErrors([&] { p2l::tensorsFromTorchPickle("pickle", rest); });
      break;
    default:
      break;
  }
  return 0;
}
