// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/weights/json_config.h"

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/base/json_text.h"
#include "core/types/error.h"

namespace p2l {

struct JsonConfig::Data {
  nlohmann::json json;
};

namespace {
constexpr std::uintmax_t kLargestConfig = 64 << 20;
}

JsonConfig::JsonConfig(const std::string& path) : path_(path), data_(std::make_unique<Data>()) {
  std::error_code problem;
  const auto bytes = std::filesystem::file_size(path, problem);
  require(!problem, path, ": is missing; a model folder needs it");
  require(bytes <= kLargestConfig, path, ": has ", bytes, " bytes; a config file is smaller");
  std::ifstream in(path, std::ios::binary);
  require(in.good(), path, ": cannot be read");
  data_->json = nlohmann::json::parse(in, nullptr, /*allow_exceptions=*/false);
  require(data_->json.is_object(), path, ": is not a JSON object; it is damaged or not a config file");
}

JsonConfig::JsonConfig(std::string path, const std::string& json)
    : path_(std::move(path)), data_(std::make_unique<Data>()) {
  data_->json = nlohmann::json::parse(json, nullptr, /*allow_exceptions=*/false);
  require(data_->json.is_object(), path_, ": is not a JSON object");
}

JsonConfig::~JsonConfig() = default;

bool JsonConfig::has(const std::string& field) const {
  const auto found = data_->json.find(field);
  return found != data_->json.end() && !found->is_null();
}

bool JsonConfig::isNull(const std::string& field) const {
  const auto found = data_->json.find(field);
  return found != data_->json.end() && found->is_null();
}

void JsonConfig::refuse(const std::string& field, const std::string& expected) const {
  const auto found = data_->json.find(field);
  throw Error(concat(path_, ": `", field, "` is ", found == data_->json.end() ? "missing" : shownJson(*found),
                     "; expected ", expected));
}

std::string JsonConfig::text(const std::string& field, const std::string& fallback) const {
  if (!has(field)) return fallback;
  if (!data_->json[field].is_string()) refuse(field, "a text");
  return data_->json[field];
}

std::int64_t JsonConfig::integer(const std::string& field, std::int64_t fallback) const {
  if (!has(field)) return fallback;
  if (!data_->json[field].is_number_integer()) refuse(field, "an integer");
  return data_->json[field];
}

double JsonConfig::number(const std::string& field, double fallback) const {
  if (!has(field)) return fallback;
  if (!data_->json[field].is_number()) refuse(field, "a number");
  return data_->json[field];
}

bool JsonConfig::flag(const std::string& field, bool fallback) const {
  if (!has(field)) return fallback;
  if (!data_->json[field].is_boolean()) refuse(field, "true or false");
  return data_->json[field];
}

std::vector<std::int64_t> JsonConfig::integers(const std::string& field, std::size_t count,
                                               std::int64_t fallback) const {
  if (!has(field) || data_->json[field].is_number_integer()) {
    return std::vector<std::int64_t>(count, integer(field, fallback));
  }
  auto list = integerList(field);
  if (list.size() != count) refuse(field, concat("one integer or a list of ", count));
  return list;
}

std::vector<std::int64_t> JsonConfig::integerList(const std::string& field) const {
  if (!has(field) || !data_->json[field].is_array()) refuse(field, "a list of integers");
  std::vector<std::int64_t> list;
  for (const auto& item : data_->json[field]) {
    if (!item.is_number_integer()) refuse(field, "a list of integers");
    list.push_back(item);
  }
  return list;
}

std::vector<double> JsonConfig::numberList(const std::string& field) const {
  if (!has(field) || !data_->json[field].is_array()) refuse(field, "a list of numbers");
  std::vector<double> list;
  for (const auto& item : data_->json[field]) {
    if (!item.is_number()) refuse(field, "a list of numbers");
    list.push_back(item);
  }
  return list;
}

std::string JsonConfig::shown(const std::string& field) const {
  const auto found = data_->json.find(field);
  return found == data_->json.end() ? "null" : shownJson(*found);
}

std::vector<std::string> JsonConfig::textList(const std::string& field) const {
  if (!has(field) || !data_->json[field].is_array()) refuse(field, "a list of texts");
  std::vector<std::string> list;
  for (const auto& item : data_->json[field]) {
    if (!item.is_string()) refuse(field, "a list of texts");
    list.push_back(item);
  }
  return list;
}

std::map<std::string, std::string> JsonConfig::textMap(const std::string& field) const {
  if (!has(field) || !data_->json[field].is_object()) refuse(field, "an object of texts");
  std::map<std::string, std::string> map;
  for (const auto& [key, value] : data_->json[field].items()) {
    require(value.is_string(), path_, ": `", field, "` gives ", shownJson(value), " for ", key,
            "; a text was expected");
    map.emplace(key, value.get<std::string>());
  }
  return map;
}

void JsonConfig::expectText(const std::string& field, const std::string& value) const {
  if (text(field, value) != value) refuse(field, "\"" + value + "\"");
}

void JsonConfig::expectFlag(const std::string& field, bool value) const {
  if (flag(field, value) != value) refuse(field, value ? "true" : "false");
}

void JsonConfig::expectAbsent(const std::string& field) const {
  if (has(field))
    refuse(field, "null: networks with it are of another family (SDXL, for example) and are not supported");
}

std::int64_t JsonConfig::integerIn(const std::string& field, std::int64_t fallback, std::int64_t minimum,
                                   std::int64_t maximum) const {
  const auto value = integer(field, fallback);
  if (value < minimum || value > maximum) refuse(field, concat("an integer from ", minimum, " to ", maximum));
  return value;
}

}  // namespace p2l
