// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/archive/step_pictures.h"

#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "core/io/archive.h"
#include "core/io/codec/animation.h"
#include "core/types/error.h"
#include "core/types/json_nesting.h"

namespace p2l {
namespace {

constexpr const char* kIndex = "steps.json";
constexpr std::size_t kLargestMember = std::size_t{1} << 28;

std::string nameOf(int step) {
  return concat(step, ".webp");
}

}  // namespace

bool writeStepPictures(const std::string& path, const StepPictures& pictures, const GoesOn& goes_on) {
  auto steps = nlohmann::json::array();
  std::vector<std::pair<std::string, Bytes>> members(1);
  for (const auto& [step, frame] : pictures) {
    if (goes_on && !goes_on()) return false;
    if (!frame || frame->empty()) continue;
    steps.push_back(step);
    members.emplace_back(nameOf(step), encodePreview(*frame));
  }
  const auto text = steps.dump();
  members.front() = {kIndex, Bytes(text.begin(), text.end())};
  if (goes_on && !goes_on()) return false;
  writeZip(path, members);
  return true;
}

StepPictures readStepPictures(const std::string& path) {
  const auto index = readArchive(path, {kIndex}, kLargestMember).at(kIndex);
  StepPictures pictures;
  try {
    const auto json = parsedJson<nlohmann::json>({reinterpret_cast<const char*>(index.data()), index.size()});
    std::vector<std::string> names;
    for (const int step : json.get<std::vector<int>>()) {
      pictures[step] = nullptr;
      names.push_back(nameOf(step));
    }
    const auto members = readArchive(path, names, kLargestMember);
    for (auto& [step, frame] : pictures) frame = std::make_shared<const Frame>(decodePreview(members.at(nameOf(step))));
  } catch (const std::exception& error) {
    throw Error(concat("The steps' pictures in ", path, " cannot be read: ", error.what()));
  }
  return pictures;
}

}  // namespace p2l
