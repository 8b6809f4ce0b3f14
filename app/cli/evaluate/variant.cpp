// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/evaluate/variant.h"

#include <algorithm>
#include <cctype>

#include "core/base/error.h"

namespace p2l::cli {
namespace {

struct KeyAndValue {
  std::string key, value;
};

KeyAndValue keyAndValue(const std::string& text, const std::string& whole) {
  const auto equals = text.find('=');
  require(equals != 0 && equals != std::string::npos, "key=value was expected, found \"", text, "\" in ", whole, ".");
  return {text.substr(0, equals), text.substr(equals + 1)};
}

/// `find` looks the id up in the catalogue.
template <class Find>
Variant variantFrom(const std::string& text, const char* kind, const Find& find) {
  Variant variant;
  auto end = std::min(text.find(':'), text.size());
  variant.id = text.substr(0, end);
  const std::vector<ParamSpec>& specs = find(variant.id).parameters;
  while (end < text.size()) {
    const auto start = end + 1;
    end = std::min(text.find(':', start), text.size());
    const auto [key, value] = keyAndValue(text.substr(start, end - start), text);
    variant.values[key] = valueFromText(specOf(specs, key, concat(kind, " ", variant.id)), value);
  }
  variant.name = variant.id;
  for (const auto& [key, value] : variant.values) variant.name += ":" + key + "=" + textFromValue(value);
  return variant;
}

}  // namespace

Variant taskVariant(const Catalogue& catalogue, const std::string& text) {
  return variantFrom(
      text, "task", [&](const auto& id) -> const auto& { return catalogue.degradation(id); });
}

TaskChain taskChain(const Catalogue& catalogue, const std::string& text) {
  auto plus = text.find('+');
  while (plus != std::string::npos && plus + 1 < text.size() &&
         std::isdigit(static_cast<unsigned char>(text[plus + 1])))
    plus = text.find('+', plus + 1);  // of a number: 1e+3
  TaskChain chain;
  chain.first = taskVariant(catalogue, text.substr(0, plus));
  chain.name = chain.first.name;
  if (plus == std::string::npos) return chain;
  chain.then = taskVariant(catalogue, text.substr(plus + 1));
  chain.name += "+" + chain.then.name;
  return chain;
}

Variant solverVariant(const Catalogue& catalogue, const std::string& text) {
  return variantFrom(
      text, "solver", [&](const auto& id) -> const auto& { return catalogue.solver(id); });
}

void setValue(const Catalogue& catalogue, std::vector<Variant>& solvers, const std::string& text) {
  const auto dot = text.find('.');
  require(dot != 0 && dot != std::string::npos && dot < text.find('='), "--set takes solver.key=value, found ", text,
          ".");
  const auto id = text.substr(0, dot);
  const auto [key, value] = keyAndValue(text.substr(dot + 1), text);
  const auto read = valueFromText(specOf(catalogue.solver(id).parameters, key, "solver " + id), value);
  bool found = false;
  for (auto& solver : solvers) {
    if (solver.id != id) continue;
    solver.values.emplace(key, read);
    found = true;
  }
  require(found, "--set ", text, " is for the solver ", id, ", which --solvers does not name.");
}

std::string folderName(const std::string& variant_name) {
  std::string name = variant_name;
  std::replace(name.begin(), name.end(), ':', '_');
  std::replace_if(
      name.begin(), name.end(),
      [](unsigned char c) { return !std::isalnum(c) && c != '_' && c != '.' && c != '-' && c != '+'; }, '-');
  return name;
}

}  // namespace p2l::cli
