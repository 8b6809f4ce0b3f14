// SPDX-License-Identifier: GPL-3.0-or-later
// The rows of the options' lists, and options by key.
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

}  // namespace p2l
