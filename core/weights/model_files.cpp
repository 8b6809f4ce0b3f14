// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/weights/model_files.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iomanip>
#include <optional>

#include "core/tokenizer/tokenizer_files.h"
#include "core/types/error.h"
#include "core/weights/adm_config.h"
#include "core/weights/checkpoint_config.h"
#include "core/weights/checkpoint_keys.h"
#include "core/weights/folder_files.h"
#include "core/weights/model_family.h"

namespace p2l {
namespace fs = std::filesystem;
namespace {

using FilePointer = std::shared_ptr<const SafetensorsFile>;

// Stability's 512-pixel checkpoint of Stable Diffusion 2, which predicts eps, stopped training at this step; diffusers
// goes by the same number.
constexpr std::int64_t kStepOfEpsilonModel = 875000;
constexpr int kLongestRevision = 128;      // characters; a commit's hash has 40
constexpr const char* kOpenClipPad = "!";  // id 0, as Stability's tokenizer_config.json has it

FilePointer openFile(const std::string& path) {
  const auto ending = fs::path(path).extension().string();
  for (const char* pickle : {".ckpt", ".bin", ".pt", ".pth"}) {
    require(ending != pickle, path, ": is ", pickleAdvice(path));
  }
  auto file = SafetensorsFile::open(path);
  refuseOtherFamilies(*file);
  return file;
}

PartFiles partOfFolder(const FolderFiles& folder, const std::string& stem) {
  PartFiles part;
  part.config = std::make_shared<const JsonConfig>(folder.path("config.json"));
  part.files = folder.weightFiles(stem);
  part.tensors = [folder, stem] {
    const auto files = folder.openWeights(stem);
    for (const auto& file : files) refuseOtherFamilies(*file);
    return tensorsOf(files);
  };
  return part;
}

PartFiles partOfFile(std::shared_ptr<const JsonConfig> config, TensorMap tensors) {
  PartFiles part{std::move(config), {}, {}};
  for (const auto& [name, tensor] : tensors) {
    if (std::find(part.files.begin(), part.files.end(), tensor.file->path()) == part.files.end())
      part.files.push_back(tensor.file->path());
  }
  part.tensors = [tensors = std::move(tensors)] { return tensors; };
  return part;
}

/// The folder itself, or the snapshot in a folder of Hugging Face's cache (models--owner--name), whose links lead to
/// files beside it.
FolderFiles modelRoot(const std::string& path) {
  FolderFiles root(path);
  if (root.hasFolder("unet") || !root.hasFolder("snapshots")) return root;
  std::string revision;
  if (root.has("refs/main")) std::ifstream(root.path("refs/main")) >> std::setw(kLongestRevision) >> revision;
  if (revision.empty()) {
    for (const auto& entry : fs::directory_iterator(root.path("snapshots"))) {
      require(revision.empty(), path, ": holds more than one snapshot; copy the one that you mean out of ",
              root.path("snapshots"), " with `cp -rL`, and choose the copy");
      revision = entry.path().filename().string();
    }
  }
  return root.folder("snapshots").folder(revision);
}

/// A folder with the tokenizer's files, every one of which must lie inside of what was chosen.
std::string tokenizerIn(const FolderFiles& folder) {
  for (const auto& name : tokenizerFileNames()) folder.path(name);
  return folder.path();
}

std::string tokenizerOf(const std::string& chosen) {
  const FolderFiles folder(chosen);
  if (folder.has("vocab.json") || folder.has("tokenizer.json")) return tokenizerIn(folder);
  require(folder.hasFolder("tokenizer"), chosen,
          ": holds no tokenizer; a folder with vocab.json and merges.txt, or with tokenizer.json, was expected");
  return tokenizerIn(folder.folder("tokenizer"));
}

/// Where a model without a prompt has its UNet: in `unet`, or beside the folder's own config.json.
std::optional<FolderFiles> pixelUnetIn(const FolderFiles& root) {
  const auto unet = root.hasFolder("unet") ? root.folder("unet") : root;
  if (!unet.has("config.json")) return std::nullopt;
  if (JsonConfig(unet.path("config.json")).text("_class_name", "") != "UNet2DModel") return std::nullopt;
  for (const char* part : {"vqvae", "vae"}) {
    require(!root.hasFolder(part), root.path(), ": is a latent diffusion model without a prompt (`", part,
            "` beside a UNet2DModel), which is not supported; ", kWhatWorks);
  }
  return unet;
}

/// The scheduler's config, in `scheduler` or beside the UNet.
std::shared_ptr<const JsonConfig> pixelScheduler(const FolderFiles& root) {
  const auto folder = root.hasFolder("scheduler") ? root.folder("scheduler") : root;
  return std::make_shared<const JsonConfig>(folder.path("scheduler_config.json"));
}

void refuseLatentOptions(const std::string& path, const ModelOptions& options) {
  require(options.vae.empty(), path, ": is a model of pixels, which has no autoencoder; leave --vae out");
  require(options.tokenizer.empty(), path, ": is a model of pixels, which reads no text; leave --tokenizer out");
  require(options.fast_autoencoder.empty(), path,
          ": is a model of pixels, which has no autoencoder; leave --fast-autoencoder out");
}

std::string licenceIn(const FolderFiles& root) {
  std::string licence;
  if (root.has("LICENCE.txt")) {
    std::ifstream in(root.path("LICENCE.txt"));
    std::getline(in, licence);
  }
  return licence;
}

/// @throws Error that names the option
PartFiles autoencoderFor(const char* option, const std::string& path) {
  try {
    return findAutoencoder(path);
  } catch (const Error& error) {
    throw Error(concat(option, ": ", error.what()));
  }
}

constexpr const char* kDetailDecoder = "detail_decoder.safetensors";

ModelFiles modelOfFolder(const std::string& path, const ModelOptions& options) {
  const FolderFiles root = modelRoot(path);
  refuseOtherFamilies(root);
  ModelFiles model;
  model.kind = "folder in diffusers layout";
  model.licence = licenceIn(root);
  if (const auto unet = pixelUnetIn(root)) {
    refuseLatentOptions(path, options);
    model.model_kind = ModelKind::Pixel;
    model.scheduler = pixelScheduler(root);
    model.unet = partOfFolder(*unet, "diffusion_pytorch_model");
    return model;
  }
  model.scheduler = std::make_shared<const JsonConfig>(root.folder("scheduler").path("scheduler_config.json"));
  model.unet = partOfFolder(root.folder("unet"), "diffusion_pytorch_model");
  model.text_encoder = partOfFolder(root.folder("text_encoder"), "model");
  model.autoencoder = options.vae.empty() ? partOfFolder(root.folder("vae"), "diffusion_pytorch_model")
                                          : autoencoderFor("vae", options.vae);
  if (options.vae.empty() && root.folder("vae").has(kDetailDecoder))
    model.detail_decoder = root.folder("vae").path(kDetailDecoder);
  model.tokenizer = options.tokenizer.empty() ? tokenizerIn(root.folder("tokenizer")) : tokenizerOf(options.tokenizer);
  return model;
}

/// The tokenizer of a checkpoint, which does not hold CLIP's vocabulary.
std::string tokenizerBeside(const std::string& path) {
  const FolderFiles beside(fs::absolute(path).parent_path().string());
  require(beside.hasFolder("tokenizer"), path,
          ": a checkpoint file does not hold CLIP's vocabulary; put the folder `tokenizer` (vocab.json, merges.txt, "
          "tokenizer_config.json; or tokenizer.json) of a Stable Diffusion model beside it, or name that folder with "
          "--tokenizer");
  return tokenizerIn(beside.folder("tokenizer"));
}

/// A UNet of guided-diffusion: a model of pixels in one file.
ModelFiles admModelOfFile(const std::string& path, const FilePointer& file, const ModelOptions& options) {
  refuseLatentOptions(path, options);
  auto tensors = tensorsOf({file});
  ModelFiles model;
  model.kind = "guided-diffusion checkpoint";
  model.model_kind = ModelKind::Pixel;
  model.unet = partOfFile(admConfig(path, tensors), tensors);
  model.scheduler = admScheduler(path);
  return model;
}

ModelFiles modelOfFile(const std::string& path, const ModelOptions& options) {
  const auto file = openFile(path);
  if (isAdmUnet(*file)) return admModelOfFile(path, file, options);
  const auto has = [&](const char* prefix) {
    const auto found = file->entries().lower_bound(prefix);
    return found != file->entries().end() && found->first.starts_with(prefix);
  };
  require(has("model.diffusion_model."), path, ": holds no `model.diffusion_model`, so it is no whole checkpoint",
          has("first_stage_model.") || has("encoder.") ? " but an autoencoder: give it with --vae beside a model; "
          : has("down_blocks.") ? " but one network of a folder in diffusers layout: choose that folder; "
                                : "; ",
          kWhatWorks);
  require(has("cond_stage_model."), path,
          ": holds no text encoder (`cond_stage_model`); a whole checkpoint was expected");
  require(has("first_stage_model.") || !options.vae.empty(), path,
          ": holds no autoencoder (`first_stage_model`); give one with --vae");
  auto tensors = tensorsOfCheckpoint(file);

  ModelFiles model;
  model.skipped = tensors.skipped;
  const bool v2 = tensors.open_clip;
  model.kind = v2 ? "Stable Diffusion 2.x checkpoint" : "Stable Diffusion 1.x checkpoint";
  const std::string prediction = !v2 || tensors.global_step == kStepOfEpsilonModel ? "epsilon" : "v_prediction";
  if (v2 && options.prediction.empty()) {
    model.notes.push_back(concat("The file does not say what the network predicts; ", prediction,
                                 " is assumed. If the pictures are noise, try --prediction ",
                                 prediction == "epsilon" ? "v_prediction" : "epsilon", "."));
  }
  model.scheduler = schedulerConfig(path, prediction);
  const bool predicts_v = (options.prediction.empty() ? prediction : options.prediction) == "v_prediction";
  model.unet = partOfFile(unetConfig(path, tensors.unet, predicts_v ? 96 : 64), tensors.unet);
  model.text_encoder = partOfFile(textEncoderConfig(path, tensors.text_encoder, v2), tensors.text_encoder);
  model.autoencoder = options.vae.empty()
                          ? partOfFile(autoencoderConfig(path, tensors.autoencoder), tensors.autoencoder)
                          : autoencoderFor("vae", options.vae);
  model.tokenizer = options.tokenizer.empty() ? tokenizerBeside(path) : tokenizerOf(options.tokenizer);
  if (v2) model.pad_token = kOpenClipPad;
  return model;
}

/// TAESD from either of its two files: the other one has the other name.
PartFiles taesdOf(const FolderFiles& folder, const std::string& name) {
  const std::string halves[] = {"encoder", "decoder"};
  std::string names[2];
  for (int i = 0; i < 2; ++i) {
    for (int j = 0; j < 2; ++j) {
      if (const auto at = name.rfind(halves[j]); at != std::string::npos)
        names[i] = std::string(name).replace(at, halves[j].size(), halves[i]);
    }
    require(!names[i].empty(), folder.path(name), ": looks like half of TAESD; its name should hold `encoder` or ",
            "`decoder`, as taesd_encoder.safetensors does, so that the other half can be found");
    require(folder.has(names[i]), folder.path(names[i]), ": is missing; TAESD is an encoder and a decoder");
  }
  auto tensors =
      tensorsOfTaesd(SafetensorsFile::open(folder.path(names[0])), SafetensorsFile::open(folder.path(names[1])));
  return partOfFile(tinyAutoencoderConfig(folder.path(name), tensors), tensors);
}

PartFiles autoencoderOfFile(const std::string& path) {
  const auto file = openFile(path);
  if (file->has("encoder.layers.0.weight")) {
    auto tensors = tensorsOf({file});
    return partOfFile(tinyAutoencoderConfig(path, tensors), tensors);
  }
  if (file->has("encoder.down_blocks.0.resnets.0.conv1.weight")) {
    auto tensors = tensorsOf({file});
    return partOfFile(autoencoderConfig(path, tensors), tensors);
  }
  if (file->has("1.weight") || file->has("1.conv.0.weight")) {
    const auto place = fs::absolute(path);
    return taesdOf(FolderFiles(place.parent_path().string()), place.filename().string());
  }
  for (const char* prefix : {"first_stage_model.", ""}) {
    if (!file->has(prefix + std::string("encoder.down.0.block.0.conv1.weight"))) continue;
    auto tensors = tensorsOfAutoencoder(file);
    return partOfFile(autoencoderConfig(path, tensors), tensors);
  }
  throw Error(concat(path,
                     ": holds no autoencoder that is known; AutoencoderKL and AutoencoderTiny (TAESD) are, with "
                     "diffusers' or the original names"));
}

}  // namespace

std::vector<std::string> ModelFiles::weightFiles() const {
  std::vector<std::string> files;
  for (const auto* part : {&text_encoder, &unet, &autoencoder, &fast_autoencoder}) {
    for (const auto& file : part->files) {
      if (std::find(files.begin(), files.end(), file) == files.end()) files.push_back(file);
    }
  }
  if (!detail_decoder.empty()) files.push_back(detail_decoder);
  return files;
}

ModelFiles findModelFiles(const std::string& path, const ModelOptions& options) {
  std::error_code problem;
  auto model = fs::is_regular_file(path, problem) ? modelOfFile(path, options) : modelOfFolder(path, options);
  model.path = fs::canonical(path).string();
  model.name = fs::path(model.path).filename().string();
  if (!options.vae.empty()) model.notes.push_back("The autoencoder is " + options.vae + ".");
  if (!options.fast_autoencoder.empty()) {
    model.fast_autoencoder = autoencoderFor("fast_autoencoder", options.fast_autoencoder);
    model.notes.push_back("The steps use the autoencoder " + options.fast_autoencoder +
                          ", and the last picture the model's own decoder.");
  }
  return model;
}

PartFiles findAutoencoder(const std::string& path) {
  std::error_code problem;
  if (fs::is_regular_file(path, problem)) return autoencoderOfFile(path);
  require(fs::exists(path, problem), path,
          ": there is no such file or folder; the folder or file of an autoencoder, such as TAESD, was expected");
  const FolderFiles folder(path);
  constexpr const char* kStem = "diffusion_pytorch_model";
  if (folder.hasFolder("vae")) return partOfFolder(folder.folder("vae"), kStem);
  if (folder.has("config.json")) return partOfFolder(folder, kStem);
  if (folder.has("taesd_encoder.safetensors")) return taesdOf(folder, "taesd_encoder.safetensors");
  throw Error(concat(path, ": holds no autoencoder; a folder with config.json and ", kStem,
                     ".safetensors, or with taesd_encoder.safetensors and taesd_decoder.safetensors, was expected"));
}

}  // namespace p2l
