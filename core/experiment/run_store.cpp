// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/experiment/run_store.h"

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <utility>

#include "core/api/metric_list.h"
#include "core/experiment/variant.h"
#include "core/io/photo_file.h"
#include "core/types/error.h"
#include "core/types/json_nesting.h"

namespace p2l {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr std::size_t kFeatures = 2048;  // Inception's of a picture

/// Whether there is such a file with a byte in it.
bool isThere(const std::string& path) {
  std::error_code none;
  return fs::is_regular_file(path, none) && fs::file_size(path, none) > 0;
}

std::string textOf(const std::string& path) {
  return isThere(path) ? readTextFile(path) : std::string();
}

/// A report that does not say what a run did; without a full stop.
class DamagedReport : public Error {
 public:
  using Error::Error;
};

/// @throws DamagedReport, Error
Record recordOf(const std::string& path) {
  const auto damaged = [&](const std::string& what) -> DamagedReport {
    return DamagedReport(concat(path, " is no report of a finished run (", what, ")"));
  };
  const auto text = textOf(path);
  if (text.empty()) throw damaged("it is empty");
  const auto json = parsedJson<Json>(text);
  if (!json.is_object() || !json.contains("evaluation") || !json.contains("request")) throw damaged("no JSON of ours");
  try {
    Record record;
    const auto& place = json.at("evaluation");
    record.key = {place.at("photo"), place.at("task"), place.at("method"), place.value("measurement", 1)};
    for (const auto& metric : metricList()) {
      const auto value = json.find(metric.key);
      if (value != json.end() && value->is_number()) record.numbers[metric.key] = value->get<double>();
    }
    if (json.at("noise_level").is_number()) record.noise_level = json.at("noise_level");
    record.request = requestFromJson(json.at("request").dump());
    record.measured = place.at("measured").get<std::set<std::string>>();
    record.made_by = place.value("made_by", "");
    record.model = json.at("model").at("name");
    record.model_sha256 = json.at("model").at("sha256");
    record.embedding_sha256 = place.value("embedding_sha256", "");
    return record;
  } catch (const std::exception& error) {
    throw damaged(error.what());
  }
}

std::string featuresPath(const std::string& picture_path) {
  return fs::path(picture_path).replace_extension(".inception").string();
}

void savePicture(const Image& image, const std::string& path) {
  makeFolder(fs::path(path).parent_path().string());
  writePhoto(image, path, "");
}

}  // namespace

void makeFolder(const std::string& path) {
  std::error_code code, ignored;
  fs::create_directories(path, code);
  if (fs::is_directory(path, ignored)) return;
  auto nearest = fs::path(path);
  while (nearest.has_relative_path() && !fs::exists(nearest, ignored)) nearest = nearest.parent_path();
  const bool file = fs::exists(nearest, ignored) && !fs::is_directory(nearest, ignored);
  const auto why = !file                       ? (code ? code.message() : std::string("it is gone"))
                   : nearest == fs::path(path) ? std::string("there is a file of that name")
                                               : nearest.string() + " is a file";
  throw Error(concat(path, " cannot be made a folder: ", why,
                     file ? "; give the name of a folder." : "; give a folder in a place that can be written to."));
}

RunStore::RunStore(std::string folder) : folder_(std::move(folder)) {
  makeFolder(folder_);
  checkWritable((fs::path(folder_) / "results.csv").string());
}

std::string RunStore::pathOf(const RunKey& key, const char* ending) const {
  auto name = key.photo;
  if (key.measurement > 1) name.append(".").append(std::to_string(key.measurement));
  name.append(ending);
  return (fs::path(folder_) / "runs" / folderName(key.task) / folderName(key.method) / name).string();
}

std::string RunStore::picturePath(const RunKey& key) const {
  return pathOf(key, ".png");
}

std::string RunStore::measuredPath(const RunKey& key) const {
  return pathOf({key.photo, key.task, "measured", key.measurement}, ".png");
}

std::string RunStore::truthPath(const std::string& photo) const {
  return (fs::path(folder_) / "runs" / "truth" / (photo + ".png")).string();
}

std::string RunStore::failurePath(const RunKey& key) const {
  auto name = key.photo;
  if (!key.task.empty()) name += "." + folderName(key.task) + "." + folderName(key.method);
  if (key.measurement > 1) name += concat(".", key.measurement);
  return (fs::path(folder_) / "failed" / (name + ".txt")).string();
}

std::string RunStore::missingPicture(const RunKey& key) const {
  if (!isThere(picturePath(key))) return picturePath(key);
  return key.method == kPlain && !isThere(measuredPath(key)) ? measuredPath(key) : std::string();
}

std::optional<Record> RunStore::find(const RunKey& key, std::string& damage) const {
  const auto path = pathOf(key, ".json");
  if (!fs::exists(path)) return {};
  try {
    auto record = recordOf(path);
    const auto missing = missingPicture(key);
    if (missing.empty()) return record;
    damage = concat(missing, fs::exists(missing) ? " is empty" : " is not there any more");
  } catch (const DamagedReport& error) {
    damage = error.what();
  }
  return {};
}

Image RunStore::readPicture(const std::string& path) {
  try {
    return readPhoto(path).image;
  } catch (const Error& error) {
    throw Error(concat(error.what(), " Delete it, and `p2l evaluate` makes it again."));
  }
}

bool RunStore::hasTruth(const std::string& photo) const {
  return isThere(truthPath(photo));
}

void RunStore::keepTruth(const std::string& photo, const Image& truth) const {
  savePicture(truth, truthPath(photo));
}

std::vector<Record> RunStore::all() const {
  std::vector<Record> records;
  std::error_code none;
  for (const auto& entry : fs::recursive_directory_iterator(fs::path(folder_) / "runs", none)) {
    if (entry.path().extension() != ".json") continue;
    try {
      records.push_back(recordOf(entry.path().string()));
    } catch (const DamagedReport& error) {
      throw Error(concat(error.what(), ": delete it, and the run is done again."));
    }
  }
  std::sort(records.begin(), records.end(), [](const auto& a, const auto& b) { return a.key < b.key; });
  return records;
}

void RunStore::keep(const RunKey& key, const Outcome& outcome, const std::set<std::string>& measured) const {
  std::error_code none;
  fs::remove(featuresPath(picturePath(key)), none);  // of a picture that was damaged
  savePicture(outcome.picture, picturePath(key));
  if (key.method == kPlain) savePicture(outcome.baseline, measuredPath(key));
  if (!hasTruth(key.photo)) keepTruth(key.photo, outcome.truth);
  auto report = outcome.report;
  report.steps.clear();
  auto json = Json::parse(jsonFromReport(report));
  json["evaluation"] = {{"photo", key.photo}, {"task", key.task}, {"method", key.method}};
  if (key.measurement > 1) json["evaluation"]["measurement"] = key.measurement;
  json["evaluation"]["measured"] = measured;
  if (!outcome.message.empty()) json["evaluation"]["made_by"] = outcome.message;
  if (!report.request.embedding.empty()) json["evaluation"]["embedding_sha256"] = fileSha256(report.request.embedding);
  writeTextFile(pathOf(key, ".json"), json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
  forgetFailure(key);
}

void RunStore::addMetrics(const RunKey& key, const RunReport& report, const std::set<std::string>& measured) const {
  const auto path = pathOf(key, ".json");
  auto json = Json::parse(readTextFile(path));
  for (const auto& [metric, value] : report.metrics) {
    if (std::isfinite(value)) json[metric] = value;
  }
  json["evaluation"]["measured"] = measured;
  writeTextFile(path, json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
}

std::optional<Recipe> RunStore::recipe() const {
  const auto path = (fs::path(folder_) / "recipe.json").string();
  if (!fs::exists(path)) return {};
  require(isThere(path), path, " is empty: `p2l evaluate` of its recipe writes it again.");
  return recipeFromJson(readTextFile(path), path);
}

void RunStore::keepRecipe(const Recipe& recipe) const {
  const auto path = (fs::path(folder_) / "recipe.json").string();
  if (isThere(path)) {
    require(readTextFile(path) == recipe.text, folder_, " holds runs of another recipe (", path,
            "): give another --out.");
    return;
  }
  writeTextFile(path, recipe.text);
}

void RunStore::keepFeatures(const std::string& picture_path, const std::vector<float>& features) {
  const auto* bytes = reinterpret_cast<const char*>(features.data());
  writeTextFile(featuresPath(picture_path), std::string(bytes, features.size() * sizeof(float)));
}

std::vector<float> RunStore::features(const std::string& picture_path) {
  const auto path = featuresPath(picture_path);
  const auto bytes = textOf(path);
  if (bytes.size() != kFeatures * sizeof(float)) return {};
  std::vector<float> features(bytes.size() / sizeof(float));
  std::memcpy(features.data(), bytes.data(), bytes.size());
  return features;
}

void RunStore::noteFailure(const RunKey& key, const std::string& sentence) const {
  const auto path = failurePath(key);
  makeFolder(fs::path(path).parent_path().string());
  writeTextFile(path, sentence + "\n");
}

void RunStore::forgetFailure(const RunKey& key) const {
  std::error_code none;
  fs::remove(failurePath(key), none);
  fs::remove(failurePath({key.photo, {}, {}}), none);
}

std::map<std::string, std::string> RunStore::failures() const {
  std::map<std::string, std::string> sentences;
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(fs::path(folder_) / "failed", none)) {
    if (entry.path().extension() != ".txt") continue;
    auto text = textOf(entry.path().string());
    while (!text.empty() && text.back() == '\n') text.pop_back();
    sentences[entry.path().stem().string()] = text;
  }
  return sentences;
}

}  // namespace p2l
