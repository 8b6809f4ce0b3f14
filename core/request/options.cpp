// SPDX-License-Identifier: GPL-3.0-or-later
// The rows of the options' lists, and options by key.
#include <algorithm>
#include <cctype>
#include <cmath>
#include <filesystem>
#include <iterator>
#include <string>
#include <type_traits>

#include "core/request/request.h"
#include "core/types/error.h"

namespace p2l {
namespace {

template <class Type>
ParamValue valueOf(const ParamSpec& spec, const Type& member) {
  if constexpr (std::is_same_v<Type, std::string>) {
    return member.empty() ? defaultValue(spec) : ParamValue(member);
  } else {
    return static_cast<double>(member);
  }
}

template <class Type>
void assign(const ParamSpec& spec, const ParamValue& value, Type& member) {
  checkValue(spec, value, "option " + spec.key);
  if constexpr (std::is_same_v<Type, std::string>) {
    member = std::get<std::string>(value);
    if (spec.kind == ParamKind::Choice && member == spec.choices.front()) member.clear();
  } else {
    member = static_cast<Type>(std::get<double>(value));
  }
}

}  // namespace

const std::vector<ParamSpec>& modelParameters() {
  static const std::vector<ParamSpec> rows = {
#define P2L_OPTION(type, name, first, ...) __VA_ARGS__,
#include "core/request/model_options.def"
#undef P2L_OPTION
  };
  return rows;
}

const std::vector<ParamSpec>& runParameters() {
  static const std::vector<ParamSpec> rows = {
#define P2L_OPTION(type, name, first, ...) __VA_ARGS__,
#include "core/request/run_options.def"
#undef P2L_OPTION
  };
  return rows;
}

ParamValues valuesOf(const ModelOptions& options) {
  ParamValues values;
  const auto* spec = modelParameters().data();
#define P2L_OPTION(type, name, first, ...) values[#name] = valueOf(*spec++, options.name);
#include "core/request/model_options.def"
#undef P2L_OPTION
  return values;
}

ParamValues runValuesOf(const RestoreRequest& request) {
  ParamValues values;
  const auto* spec = runParameters().data();
#define P2L_OPTION(type, name, first, ...) values[#name] = valueOf(*spec++, request.name);
#include "core/request/run_options.def"
#undef P2L_OPTION
  return values;
}

void setOption(ModelOptions& options, const std::string& key, const ParamValue& value) {
  const auto& spec = specOf(modelParameters(), key, "the model's options");
#define P2L_OPTION(type, name, first, ...) \
  if (key == #name) return assign(spec, value, options.name);
#include "core/request/model_options.def"
#undef P2L_OPTION
}

void setRunOption(RestoreRequest& request, const std::string& key, const ParamValue& value) {
  const auto& spec = specOf(runParameters(), key, "the run's options");
#define P2L_OPTION(type, name, first, ...) \
  if (key == #name) return assign(spec, value, request.name);
#include "core/request/run_options.def"
#undef P2L_OPTION
}

ModelOptions modelOptionsFrom(const ParamValues& values) {
  ModelOptions options;
  for (const auto& [key, value] : values) setOption(options, key, value);
  return options;
}

namespace {

std::string trimmed(const std::string& text) {
  const auto blank = [](unsigned char c) { return std::isspace(c) != 0; };
  const auto first = std::find_if_not(text.begin(), text.end(), blank);
  return {first, std::find_if_not(text.rbegin(), std::make_reverse_iterator(first), blank).base()};
}

/// "FILE" or "FILE=0.5".
LoraChoice loraFrom(const std::string& text) {
  const auto sign = text.rfind('=');
  if (sign == std::string::npos || std::filesystem::exists(text)) return {text, 1.0};
  const auto factor = trimmed(text.substr(sign + 1));
  LoraChoice lora{trimmed(text.substr(0, sign)), 0.0};
  std::size_t read = 0;
  try {
    lora.scale = std::stod(factor, &read);
  } catch (const std::exception&) {
    read = 0;
  }
  require(read > 0 && read == factor.size() && std::isfinite(lora.scale) && !lora.file.empty(), "lora: `", text,
          "` was found where FILE or FILE=FACTOR was expected, such as style.safetensors=0.5");
  return lora;
}

}  // namespace

std::vector<LoraChoice> lorasOf(const ModelOptions& options) {
  std::vector<LoraChoice> loras;
  const auto& text = options.lora;
  if (text.empty()) return loras;
  if (std::filesystem::exists(text)) return {{text, options.lora_scale}};  // whatever signs are in its name
  for (std::size_t begin = 0; begin <= text.size();) {
    const auto end = std::min(text.find(';', begin), text.size());
    if (const auto part = trimmed(text.substr(begin, end - begin)); !part.empty()) loras.push_back(loraFrom(part));
    begin = end + 1;
  }
  for (auto& lora : loras) lora.scale *= options.lora_scale;
  return loras;
}

std::vector<std::string> pathsOf(const ModelOptions& options) {
  std::vector<std::string> paths;
  const auto values = valuesOf(options);
  for (const auto& spec : modelParameters()) {
    if (spec.kind != ParamKind::Path) continue;
    const auto& path = choiceOf(values, spec.key);
    if (!path.empty() && spec.key != "lora") paths.push_back(path);
  }
  for (const auto& lora : lorasOf(options)) paths.push_back(lora.file);
  return paths;
}

}  // namespace p2l
