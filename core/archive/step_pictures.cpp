// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/archive/step_pictures.h"

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <iterator>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "core/io/archive.h"
#include "core/io/codec/animation.h"
#include "core/types/error.h"
#include "core/types/json_nesting.h"

namespace p2l {
namespace {

using Json = nlohmann::json;

constexpr const char* kIndex = "steps.json";
constexpr int kLargestSize = 1 << 20;
constexpr std::size_t kLargestMember = std::size_t{1} << 28;

std::string nameOf(int step) {
  return concat(step, ".webp");
}

std::string nameOf(const Latent& latent) {
  return concat(latent.step, ".half");  // as they lie in memory
}

Json jsonFrom(const Latent& latent) {
  return {{"step", latent.step},
          {"shape", {latent.channels, latent.height, latent.width}},
          {"picture", {latent.picture_height, latent.picture_width}}};
}

/// Without its numbers.
Latent latentFrom(const Json& json) {
  Latent latent;
  latent.step = json.at("step");
  latent.channels = json.at("shape").at(0);
  latent.height = json.at("shape").at(1);
  latent.width = json.at("shape").at(2);
  latent.picture_height = json.at("picture").at(0);
  latent.picture_width = json.at("picture").at(1);
  const std::vector<int> sizes = {latent.channels, latent.height, latent.width, latent.picture_height,
                                  latent.picture_width};
  for (const int size : sizes) require(size > 0 && size <= kLargestSize, "a latent is ", size, " large");
  return latent;
}

/// Nothing in it is compressed, so that it is as large as its file. One that a project has brought may be a trap.
std::map<std::string, Bytes> membersOf(const std::string& path, const std::vector<std::string>& names) {
  return readArchive(path, names, kLargestMember, std::filesystem::file_size(path));
}

Json indexOf(const std::string& path) {
  const auto bytes = membersOf(path, {kIndex}).at(kIndex);
  auto json = parsedJson<Json>({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  return json.is_array() ? Json{{"estimates", json}, {"latents", Json::array()}} : json;  // as it was without latents
}

/// Of its pictures, in their order.
std::vector<int> stepsIn(const Json& index) {
  auto steps = index.at("estimates").get<std::vector<int>>();
  std::sort(steps.begin(), steps.end());
  steps.erase(std::unique(steps.begin(), steps.end()), steps.end());
  return steps;
}

[[noreturn]] void refuse(const std::string& path, const std::exception& error) {
  throw Error(concat("The steps' pictures in ", path, " cannot be read: ", error.what()));
}

}  // namespace

bool writeStepPictures(const std::string& path, const StepPictures& pictures, const StepLatents& latents,
                       const GoesOn& goes_on) {
  const auto stops = [&] { return goes_on && !goes_on(); };
  Json index = {{"estimates", Json::array()}, {"latents", Json::array()}};
  std::vector<std::pair<std::string, Bytes>> members(1);
  for (const auto& [step, frame] : pictures) {
    if (stops()) return false;
    if (!frame || frame->empty()) continue;
    index["estimates"].push_back(step);
    members.emplace_back(nameOf(step), encodeLossyWebp(*frame));
  }
  for (const auto& [step, latent] : latents) {
    if (!latent || latent->halves.empty()) continue;
    index["latents"].push_back(jsonFrom(*latent));
    const auto* numbers = reinterpret_cast<const std::uint8_t*>(latent->halves.data());
    members.emplace_back(nameOf(*latent), Bytes(numbers, numbers + latent->halves.size() * sizeof(std::uint16_t)));
  }
  const auto text = index.dump();
  members.front() = {kIndex, Bytes(text.begin(), text.end())};
  if (stops()) return false;
  writeZip(path, members);
  return true;
}

StepPictures readStepPictures(const std::string& path, std::size_t budget) {
  StepPictures pictures;
  try {
    const auto steps = stepsIn(indexOf(path));
    std::vector<std::string> names;
    std::transform(steps.begin(), steps.end(), std::back_inserter(names), [](int step) { return nameOf(step); });
    const auto members = membersOf(path, names);
    std::size_t largest = 1;
    for (const auto& [name, webp] : members) largest = std::max(largest, decodedBytes(webp));
    require(largest <= kMostStepPictures, "a picture in it is larger than any run keeps");
    for (const int step : spreadSteps(steps, std::max(std::size_t{1}, budget / largest)))
      pictures[step] = std::make_shared<const Frame>(decodeWebp(members.at(nameOf(step))));
  } catch (const std::exception& error) {
    refuse(path, error);
  }
  return pictures;
}

StepLatents readStepLatents(const std::string& path) {
  StepLatents latents;
  try {
    std::vector<Latent> found;
    std::vector<std::string> names;
    const auto index = indexOf(path);  // outlives the loop
    for (const auto& json : index.at("latents")) {
      found.push_back(latentFrom(json));
      names.push_back(nameOf(found.back()));
    }
    const auto members = membersOf(path, names);
    for (auto& latent : found) {
      const auto& numbers = members.at(nameOf(latent));
      const auto count = std::size_t(latent.channels) * std::size_t(latent.height) * std::size_t(latent.width);
      require(numbers.size() == count * sizeof(std::uint16_t), nameOf(latent), " has ", numbers.size(), " bytes");
      latent.halves.resize(count);
      std::memcpy(latent.halves.data(), numbers.data(), numbers.size());
      const int step = latent.step;
      latents[step] = std::make_shared<const Latent>(std::move(latent));
    }
  } catch (const std::exception& error) {
    refuse(path, error);
  }
  return latents;
}

std::vector<int> spreadSteps(const std::vector<int>& all, std::size_t count) {
  count = std::min(all.size(), count);
  std::vector<int> steps;
  for (std::size_t i = 1; i <= count; ++i) steps.push_back(all[i * all.size() / count - 1]);
  return steps;
}

}  // namespace p2l
