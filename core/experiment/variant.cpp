// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/experiment/variant.h"

#include <algorithm>
#include <cctype>

#include "core/base/sha256.h"
#include "core/types/error.h"

namespace p2l {
namespace {

const std::string kSampler = "sampler.", kPreset = "preset", kPrompt = "prompt", kEmbedding = "embedding";

struct KeyAndValue {
  std::string key, value;
};

KeyAndValue keyAndValue(const std::string& text, const std::string& whole) {
  const auto equals = text.find('=');
  require(equals != 0 && equals != std::string::npos, "key=value was expected, found \"", text, "\" in ", whole,
          "; values hold no ':'.");
  return {text.substr(0, equals), text.substr(equals + 1)};
}

/// The parts of id:key=value:key=value.
struct Parts {
  std::string id;
  std::vector<KeyAndValue> values;
};

Parts partsOf(const std::string& text) {
  auto end = std::min(text.find(':'), text.size());
  Parts parts{text.substr(0, end), {}};
  while (end < text.size()) {
    const auto start = end + 1;
    end = std::min(text.find(':', start), text.size());
    parts.values.push_back(keyAndValue(text.substr(start, end - start), text));
  }
  return parts;
}

std::string keysOf(const std::vector<ParamSpec>& specs) {
  std::string keys;
  for (const auto& spec : specs) keys += (keys.empty() ? "" : ", ") + spec.key;
  return keys;
}

void setRowValue(const Catalogue& catalogue, Variant& row, const std::string& key, const std::string& value) {
  const auto& specs = catalogue.solver(row.id).parameters;
  if (const auto* spec = findSpec(specs, key)) {
    row.values[key] = valueFromText(*spec, value);
    return;
  }
  const auto setting = key.starts_with(kSampler) ? key.substr(kSampler.size()) : key;
  if (const auto* spec = findSpec(catalogue.sampler, setting)) {
    row.sampler[setting] = valueFromText(*spec, value);
  } else if (key == kPreset) {
    const auto& preset = catalogue.preset(value);
    require(preset.solver == row.id, "The preset ", preset.id, " is for the solver ", preset.solver, ", not for ",
            row.id, ".");
    row.preset = value;
  } else if (key == kPrompt) {
    require(std::none_of(value.begin(), value.end(), [](unsigned char c) { return std::iscntrl(c); }),
            "The prompt of a row must be one line, found \"", value, "\".");
    row.prompt = value;
  } else if (key == kEmbedding) {
    require(!value.empty(), "embedding= takes the file of an embedding, found none.");
    row.embedding = value;
  } else {
    throw Error(concat("A row of the solver ", row.id, " takes no ", key, "; it takes ", keysOf(specs),
                       ", of the sampler ", keysOf(catalogue.sampler), ", a preset, and prompt or embedding."));
  }
}

}  // namespace

Variant taskVariant(const Catalogue& catalogue, const std::string& text) {
  const auto parts = partsOf(text);
  Variant variant;
  variant.id = variant.name = parts.id;
  const auto& specs = catalogue.degradation(parts.id).parameters;
  for (const auto& [key, value] : parts.values)
    variant.values[key] = valueFromText(specOf(specs, key, "task " + parts.id), value);
  for (const auto& [key, value] : variant.values) variant.name += ":" + key + "=" + textFromValue(value);
  return variant;
}

std::vector<DegradationChoice> TaskChain::degradations() const {
  std::vector<DegradationChoice> list;
  for (const auto& task : tasks) list.push_back({task.id, task.values, {}, {}, false});
  return list;
}

TaskChain taskChain(const Catalogue& catalogue, const std::string& text) {
  const auto ofNumber = [&](std::size_t plus) {  // 1e+3
    return plus + 1 < text.size() && std::isdigit(static_cast<unsigned char>(text[plus + 1]));
  };
  TaskChain chain;
  for (std::size_t start = 0, end = 0; end < text.size(); start = end + 1) {
    end = text.find('+', start);
    while (end != std::string::npos && ofNumber(end)) end = text.find('+', end + 1);
    end = std::min(end, text.size());
    chain.tasks.push_back(taskVariant(catalogue, text.substr(start, end - start)));
    chain.name += (chain.name.empty() ? "" : "+") + chain.tasks.back().name;
    if (end + 1 == text.size()) chain.tasks.push_back(taskVariant(catalogue, {}));  // ends with a plus: says so
  }
  if (chain.tasks.empty()) chain.tasks.push_back(taskVariant(catalogue, text));
  return chain;
}

NoiseChoice noiseChoice(const Catalogue& catalogue, const std::string& text) {
  const auto parts = partsOf(text);
  const bool number = parts.values.empty() && (text.empty() || !std::isalpha(static_cast<unsigned char>(text[0])));
  const NoiseChoice gaussian;
  NoiseChoice noise;
  noise.id = number ? gaussian.id : parts.id;
  const auto& specs = catalogue.noise(noise.id).parameters;
  noise.values.clear();
  if (number) {
    const auto& sigma = specOf(specs, "sigma", "noise");
    try {
      noise.values["sigma"] = valueFromText(sigma, text);
    } catch (const Error&) {
      throw Error(concat("The noise must be ", rangeText(sigma),
                         " (standard deviation on the scale -1 to 1) or a noise with its values, found \"", text,
                         "\"."));
    }
  }
  for (const auto& [key, value] : parts.values)
    noise.values[key] = valueFromText(specOf(specs, key, "noise " + noise.id), value);
  noise.values = completeValues(specs, noise.values, "noise " + noise.id);
  return noise;
}

Variant solverVariant(const Catalogue& catalogue, const std::string& text) {
  const auto parts = partsOf(text);
  Variant row;
  row.id = row.name = parts.id;
  const auto& specs = catalogue.solver(parts.id).parameters;
  for (const auto& [key, value] : parts.values) setRowValue(catalogue, row, key, value);
  require(!row.prompt || row.embedding.empty(), "A row starts from a prompt or from an embedding, found both in ", text,
          ".");
  if (!row.preset.empty()) row.name += ":" + kPreset + "=" + row.preset;
  for (const auto& [key, value] : row.values) row.name += ":" + key + "=" + textFromValue(value);
  for (const auto& [key, value] : row.sampler)
    row.name += ":" + (findSpec(specs, key) ? kSampler : "") + key + "=" + textFromValue(value);
  if (row.prompt) row.name += ":" + kPrompt + "=" + *row.prompt;
  if (!row.embedding.empty()) row.name += ":" + kEmbedding + "=" + row.embedding;
  return row;
}

std::vector<Variant> solverVariants(const Catalogue& catalogue, const std::vector<std::string>& texts) {
  std::vector<Variant> rows;
  for (const auto& text : texts) {
    const auto id = text.substr(0, text.find(':'));
    const bool known = std::any_of(catalogue.solvers.begin(), catalogue.solvers.end(),
                                   [&](const auto& solver) { return solver.id == id; });
    require(known || rows.empty() || !rows.back().prompt, "\"", text, "\" after the prompt \"",
            rows.empty() ? "" : rows.back().prompt.value_or(""),
            "\" is no solver: commas are between the rows, and a prompt of a row holds none.");
    auto row = solverVariant(catalogue, text);
    const bool twice = std::any_of(rows.begin(), rows.end(), [&](const auto& each) { return each.name == row.name; });
    if (!twice) rows.push_back(std::move(row));
  }
  return rows;
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

std::string fileNameFrom(const std::string& text) {
  std::string name = text;
  std::replace(name.begin(), name.end(), ':', '_');
  std::replace_if(
      name.begin(), name.end(),
      [](unsigned char c) { return !std::isalnum(c) && c != '_' && c != '.' && c != '-' && c != '+'; }, '-');
  return name;
}

std::string folderName(const std::string& variant_name) {
  constexpr std::size_t kLongest = 80, kDigits = 8;
  const auto name = fileNameFrom(variant_name);
  const bool free_text = variant_name.find(":" + kPrompt + "=") != std::string::npos ||
                         variant_name.find(":" + kEmbedding + "=") != std::string::npos;
  if (!free_text) return name;
  Sha256 sha;
  sha.update(variant_name);
  return name.substr(0, kLongest) + "-" + sha.hex().substr(0, kDigits);
}

}  // namespace p2l
