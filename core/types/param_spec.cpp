// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/types/param_spec.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string_view>
#include <utility>

#include "core/types/error.h"

namespace p2l {
namespace {

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) {
    if (!text.empty()) text += ", ";
    text += word;
  }
  return text;
}

std::string textFromNumber(double number) {
  // 2^53: up to there every whole number is a double of its own.
  constexpr double kLargestWhole = 9007199254740992.0;
  std::array<char, 64> buffer{};
  std::to_chars_result end{};
  if (std::abs(number) <= kLargestWhole && number == std::trunc(number)) {
    end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), static_cast<long long>(number));
  } else {
    end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number);
  }
  std::string text(buffer.data(), end.ptr);
  // "1e-04" -> "1e-4", "1e+20" -> "1e20"
  if (const auto e = text.find('e'); e != std::string::npos) {
    if (text[e + 1] == '+') text.erase(e + 1, 1);
    const auto digits = text[e + 1] == '-' ? e + 2 : e + 1;
    while (text[digits] == '0' && digits + 1 < text.size()) text.erase(digits, 1);
  }
  return text;
}

/// "K must be a whole number from 0 to 20"
std::string demand(const ParamSpec& spec) {
  return concat(spec.key, " must be ", rangeText(spec));
}

bool isText(const ParamSpec& spec) {
  return spec.kind == ParamKind::Text || spec.kind == ParamKind::Path;
}

/// Empty when the value fits the spec, else what is wrong with it.
std::string complaint(const ParamSpec& spec, const ParamValue& value) {
  const auto found = [&] { return concat(demand(spec), ", found ", textFromValue(value), "."); };
  if (spec.kind == ParamKind::Choice) {
    const auto* name = std::get_if<std::string>(&value);
    if (name && std::find(spec.choices.begin(), spec.choices.end(), *name) != spec.choices.end()) return {};
    return found();
  }
  if (isText(spec)) return std::holds_alternative<std::string>(value) ? std::string() : found();
  const auto* number = std::get_if<double>(&value);
  if (!number || !std::isfinite(*number)) return found();
  if (spec.kind == ParamKind::Flag) return *number == 0.0 || *number == 1.0 ? std::string() : found();
  if (spec.kind == ParamKind::Integer && *number != std::trunc(*number)) return found();
  return *number >= spec.minimum && *number <= spec.maximum ? std::string() : found();
}

}  // namespace

ParamSpec realParam(std::string key, std::string symbol, std::string label, double minimum, double maximum,
                    double default_number, std::string help, ParamScale scale) {
  ParamSpec spec;
  spec.key = std::move(key);
  spec.symbol = std::move(symbol);
  spec.label = std::move(label);
  spec.help = std::move(help);
  spec.kind = ParamKind::Real;
  spec.minimum = minimum;
  spec.maximum = maximum;
  spec.default_number = default_number;
  spec.scale = scale;
  return spec;
}

ParamSpec integerParam(std::string key, std::string symbol, std::string label, int minimum, int maximum,
                       int default_number, std::string help) {
  auto spec =
      realParam(std::move(key), std::move(symbol), std::move(label), minimum, maximum, default_number, std::move(help));
  spec.kind = ParamKind::Integer;
  return spec;
}

ParamSpec choiceParam(std::string key, std::string label, std::vector<std::string> choices, std::string help) {
  require(!choices.empty(), key, " is declared as a choice of nothing.");
  ParamSpec spec;
  spec.key = std::move(key);
  spec.label = std::move(label);
  spec.help = std::move(help);
  spec.kind = ParamKind::Choice;
  spec.choices = std::move(choices);
  return spec;
}

ParamSpec labelled(ParamSpec choice, std::vector<std::string> labels) {
  require(labels.size() == choice.choices.size(), choice.key, " has ", choice.choices.size(), " choices and ",
          labels.size(), " labels.");
  choice.choice_labels = std::move(labels);
  return choice;
}

ParamSpec flagParam(std::string key, std::string label, bool default_value, std::string help) {
  ParamSpec spec;
  spec.key = std::move(key);
  spec.label = std::move(label);
  spec.help = std::move(help);
  spec.kind = ParamKind::Flag;
  spec.default_number = default_value ? 1.0 : 0.0;
  return spec;
}

ParamSpec textParam(std::string key, std::string label, std::string argument, std::string default_text,
                    std::string help) {
  ParamSpec spec;
  spec.key = std::move(key);
  spec.label = std::move(label);
  spec.help = std::move(help);
  spec.kind = ParamKind::Text;
  spec.argument = std::move(argument);
  spec.default_text = std::move(default_text);
  return spec;
}

ParamSpec pathParam(std::string key, std::string label, std::string argument, std::string help) {
  auto spec = textParam(std::move(key), std::move(label), std::move(argument), {}, std::move(help));
  spec.kind = ParamKind::Path;
  return spec;
}

ParamSpec advanced(ParamSpec spec) {
  spec.advanced = true;
  return spec;
}

ParamValue defaultValue(const ParamSpec& spec) {
  if (spec.kind == ParamKind::Choice) return spec.choices.front();
  if (isText(spec)) return spec.default_text;
  return spec.default_number;
}

const std::string& choiceLabel(const ParamSpec& spec, const std::string& name) {
  const auto at =
      static_cast<std::size_t>(std::find(spec.choices.begin(), spec.choices.end(), name) - spec.choices.begin());
  return at < spec.choice_labels.size() ? spec.choice_labels[at] : name;
}

std::string rangeText(const ParamSpec& spec) {
  switch (spec.kind) {
    case ParamKind::Real:
    case ParamKind::Integer:
      return concat(spec.kind == ParamKind::Real ? "a number from " : "a whole number from ",
                    textFromNumber(spec.minimum), " to ", textFromNumber(spec.maximum));
    case ParamKind::Choice:
      return concat("one of ", joined(spec.choices));
    case ParamKind::Flag:
      return "on or off";
    case ParamKind::Text:
      return "a text";
    case ParamKind::Path:
      return "a file or folder";
  }
  return {};
}

std::string textFromValue(const ParamValue& value) {
  if (const auto* name = std::get_if<std::string>(&value)) return *name;
  return textFromNumber(std::get<double>(value));
}

ParamValue valueFromText(const ParamSpec& spec, const std::string& text) {
  ParamValue value = text;
  if (spec.kind == ParamKind::Flag) {
    constexpr std::array<std::string_view, 4> kOn = {"on", "true", "yes", "1"};
    constexpr std::array<std::string_view, 4> kOff = {"off", "false", "no", "0"};
    if (std::find(kOn.begin(), kOn.end(), text) != kOn.end()) value = 1.0;
    if (std::find(kOff.begin(), kOff.end(), text) != kOff.end()) value = 0.0;
  } else if (spec.kind != ParamKind::Choice && !isText(spec)) {
    // from_chars, not strtod: the meaning of "0.1" must not depend on the locale.
    double number = 0.0;
    const auto* end = text.data() + text.size();
    const auto result = std::from_chars(text.data(), end, number);
    if (result.ec == std::errc() && result.ptr == end) value = number;
  }
  if (const auto wrong = complaint(spec, value); !wrong.empty()) {
    if (text.empty()) throw Error(concat(demand(spec), ", found nothing."));
    throw Error(wrong);
  }
  return value;
}

void checkValue(const ParamSpec& spec, const ParamValue& value, const std::string& owner) {
  const auto wrong = complaint(spec, value);
  require(wrong.empty(), owner, ": ", wrong);
}

ParamValues completeValues(const std::vector<ParamSpec>& specs, const ParamValues& values, const std::string& owner) {
  for (const auto& [key, value] : values) {
    checkValue(specOf(specs, key, owner), value, owner);
  }
  ParamValues complete = values;
  for (const auto& spec : specs) complete.emplace(spec.key, defaultValue(spec));
  return complete;
}

const ParamSpec* findSpec(const std::vector<ParamSpec>& specs, const std::string& key) {
  const auto found = std::find_if(specs.begin(), specs.end(), [&](const ParamSpec& spec) { return spec.key == key; });
  return found == specs.end() ? nullptr : &*found;
}

const ParamSpec& specOf(const std::vector<ParamSpec>& specs, const std::string& key, const std::string& owner) {
  if (const auto* spec = findSpec(specs, key)) return *spec;
  if (specs.empty()) throw Error(concat(owner, " has no parameters, found ", key, "."));
  std::vector<std::string> known;
  for (const auto& each : specs) known.push_back(each.key);
  throw Error(concat(owner, " has no parameter ", key, "; it has ", joined(known), "."));
}

double numberOf(const ParamValues& values, const std::string& key) {
  const auto found = values.find(key);
  require(found != values.end(), "The parameter ", key, " is missing.");
  const auto* number = std::get_if<double>(&found->second);
  require(number != nullptr, key, " must be a number, found ", textFromValue(found->second), ".");
  return *number;
}

int integerOf(const ParamValues& values, const std::string& key) {
  const double number = numberOf(values, key);
  require(number == std::trunc(number) && std::abs(number) <= 2147483647.0, key, " must be a whole number, found ",
          textFromNumber(number), ".");
  return static_cast<int>(number);
}

bool flagOf(const ParamValues& values, const std::string& key) {
  return numberOf(values, key) != 0.0;
}

const std::string& choiceOf(const ParamValues& values, const std::string& key) {
  const auto found = values.find(key);
  require(found != values.end(), "The parameter ", key, " is missing.");
  const auto* name = std::get_if<std::string>(&found->second);
  require(name != nullptr, key, " must be a name, found ", textFromValue(found->second), ".");
  return *name;
}

}  // namespace p2l
