// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/weights/folder_files.h"

#include <algorithm>
#include <filesystem>
#include <map>

#include "core/types/error.h"
#include "core/weights/json_config.h"

namespace p2l {
namespace fs = std::filesystem;
namespace {

constexpr const char* kIndexEnds[] = {".safetensors.index.json", ".safetensors.index.fp16.json",
                                      ".fp16.safetensors.index.json"};

/// Key -> shard. Names only: whether they lead out of the folder is for FolderFiles::path to say.
std::map<std::string, std::string> weightMap(const std::string& index) {
  const auto map = JsonConfig(index).textMap("weight_map");
  for (const auto& [key, shard] : map) {
    require(shard.size() > 12 && shard.ends_with(".safetensors"), index, ": tensor ", key, " lies in \"", shard,
            "\"; the name of a .safetensors file was expected");
  }
  require(!map.empty(), index, ": `weight_map` lists no tensor");
  return map;
}

bool isIndex(const std::string& name) {
  return name.ends_with(".json");
}

}  // namespace

FolderFiles::FolderFiles(const std::string& folder) {
  std::error_code problem;
  require(fs::is_directory(folder, problem), folder,
          ": there is no such folder; a model folder in diffusers layout was expected");
  border_ = base_ = fs::canonical(folder).string();
}

std::string FolderFiles::path(const std::string& relative) const {
  const fs::path name(relative);
  const auto place = (fs::path(base_) / name).lexically_normal();
  const auto inside = [&](const fs::path& where) {
    const auto rest = where.lexically_relative(border_);
    return !rest.empty() && *rest.begin() != "..";
  };
  require(!name.is_absolute() && inside(place), base_, ": the name \"", relative.substr(0, 200),
          "\" leads out of the chosen folder; nothing outside of it is opened");
  const auto target = fs::weakly_canonical(place);
  require(inside(target), place.string(), ": is a link to ", target.string(), ", outside of the chosen folder ",
          border_, "; nothing there is opened: choose a folder that holds both, or copy the model with `cp -rL`");
  return place.string();
}

bool FolderFiles::has(const std::string& relative) const {
  std::error_code problem;
  const auto place = fs::path(base_) / relative;
  return fs::exists(place, problem) || fs::is_symlink(place, problem);
}

bool FolderFiles::hasFolder(const std::string& relative) const {
  std::error_code problem;
  return fs::is_directory(fs::path(base_) / relative, problem);
}

FolderFiles FolderFiles::folder(const std::string& relative) const {
  return FolderFiles(border_, path(relative));
}

/// The one file that leads to the weights: the file itself or the index of its shards.
std::string FolderFiles::weightName(const std::string& stem) const {
  for (const auto& name : {stem + ".safetensors", stem + kIndexEnds[0], stem + ".fp16.safetensors",
                           stem + kIndexEnds[1], stem + kIndexEnds[2]}) {
    if (has(name)) return name;
  }
  return {};
}

std::vector<std::string> FolderFiles::weightFiles(const std::string& stem) const {
  const auto name = weightName(stem);
  if (name.empty()) {
    const auto usual = path(stem + ".safetensors");
    for (const auto& pickle : {stem + ".bin", std::string("pytorch_model.bin"), stem + ".fp16.bin"}) {
      require(!has(pickle), usual, ": is missing; ", path(pickle), " is there, ", pickleAdvice(path(pickle), usual));
    }
    throw Error(concat(usual, ": is missing; a model folder in diffusers layout needs it"));
  }
  if (!isIndex(name)) return {path(name)};
  std::vector<std::string> shards;
  for (const auto& [key, shard] : weightMap(path(name))) shards.push_back(path(shard));
  std::sort(shards.begin(), shards.end());
  shards.erase(std::unique(shards.begin(), shards.end()), shards.end());
  for (const auto& shard : shards)
    require(fs::exists(shard), shard, ": is missing, which ", path(name), " lists; the download is not complete");
  return shards;
}

std::vector<std::shared_ptr<const SafetensorsFile>> FolderFiles::openWeights(const std::string& stem) const {
  std::map<std::string, std::shared_ptr<const SafetensorsFile>> opened;
  std::vector<std::shared_ptr<const SafetensorsFile>> files;
  for (const auto& file : weightFiles(stem)) files.push_back(opened[file] = SafetensorsFile::open(file));
  const auto name = weightName(stem);
  if (!isIndex(name)) return files;
  for (const auto& [key, shard] : weightMap(path(name))) {
    require(opened.at(path(shard))->has(key), path(shard), ": has no tensor ", key, ", which ", path(name),
            " says is there; the shards do not belong together");
  }
  return files;
}

}  // namespace p2l
