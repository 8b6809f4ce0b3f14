// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/request/request.h"

#include <charconv>
#include <cmath>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "core/types/error.h"
#include "core/types/json_nesting.h"

namespace p2l {
namespace {

using Json = nlohmann::ordered_json;

/// The version of the request's JSON, its field "p2l". Also what tells our requests from other people's JSON.
/// Former ones are read as what they were run with: completeFormer.
constexpr int kFormat = 4;

Json jsonFromValues(const ParamValues& values) {
  Json json = Json::object();
  for (const auto& [key, value] : values) {
    const auto* number = std::get_if<double>(&value);
    if (!number) {
      json[key] = std::get<std::string>(value);
    } else if (*number == std::trunc(*number) && std::abs(*number) < 1e15) {
      json[key] = static_cast<std::int64_t>(*number);  // "3", not "3.0"
    } else {
      json[key] = *number;
    }
  }
  return json;
}

std::string found(const Json& json) {
  auto text = json.dump(-1, ' ', false, Json::error_handler_t::replace);
  if (text.size() > 60) text = concat("a ", json.type_name(), " of ", text.size(), " characters");
  return text;
}

[[noreturn]] void refuse(const std::string& field, const std::string& expected, const Json& json) {
  throw Error(concat("The request's field ", field, " must be ", expected, ", found ", found(json), "."));
}

bool isUtf8(const std::string& text) {
  try {
    Json(text).dump();
    return true;
  } catch (const Json::type_error&) {
    return false;
  }
}

/// Names of files are bytes, and JSON's texts are UTF-8: others are an object with the bytes outside of ASCII, and %,
/// as %XX (RFC 3986).
constexpr const char* kPercentEncoded = "percent_encoded";

Json jsonFromText(const std::string& text) {
  if (isUtf8(text)) return text;
  constexpr const char* kDigits = "0123456789ABCDEF";
  std::string encoded;
  for (const unsigned char byte : text) {
    if (byte < 0x80 && byte != '%') {
      encoded += static_cast<char>(byte);
    } else {
      encoded += {'%', kDigits[byte / 16], kDigits[byte % 16]};
    }
  }
  return {{kPercentEncoded, encoded}};
}

std::string textOf(const std::string& field, const Json& json) {
  if (json.is_string()) return json.get<std::string>();
  if (!json.is_object() || json.size() != 1 || !json.contains(kPercentEncoded) || !json[kPercentEncoded].is_string())
    refuse(field, "a text", json);
  const auto encoded = json[kPercentEncoded].get<std::string>();
  std::string text;
  for (std::size_t i = 0; i < encoded.size(); ++i) {
    unsigned int byte = static_cast<unsigned char>(encoded[i]);
    if (encoded[i] == '%') {
      const auto* digits = encoded.data() + i + 1;
      const bool whole = i + 2 < encoded.size() && std::from_chars(digits, digits + 2, byte, 16).ptr == digits + 2;
      if (!whole) refuse(field, "a text with two hexadecimal digits after each %", json);
      i += 2;
    }
    text += static_cast<char>(byte);
  }
  return text;
}

double numberFrom(const std::string& field, const Json& json) {
  if (!json.is_number() || !std::isfinite(json.get<double>())) refuse(field, "a number", json);
  return json.get<double>();
}

std::uint64_t seedOf(const std::string& field, const Json& json) {
  const bool zero = json.is_number_integer() && json == 0;  // -0 is one with a sign
  if (!zero && !json.is_number_unsigned()) refuse(field, "a whole number from 0 to 18446744073709551615", json);
  return zero ? 0 : json.get<std::uint64_t>();
}

ParamValues valuesOf(const std::string& field, const Json& json) {
  if (!json.is_object()) refuse(field, "an object of parameters", json);
  ParamValues values;
  for (const auto& [key, value] : json.items()) {
    const auto name = concat(field, ".", key);
    if (value.is_string()) {
      values[key] = value.get<std::string>();
    } else if (value.is_boolean()) {
      values[key] = value.get<bool>() ? 1.0 : 0.0;
    } else if (value.is_number()) {
      values[key] = numberFrom(name, value);
    } else {
      refuse(name, "a number, a name, true or false", value);
    }
  }
  return values;
}

void readInto(const std::string& field, const ParamSpec&, const Json& json, std::string& member) {
  member = textOf(field, json);
}

void readInto(const std::string& field, const ParamSpec&, const Json& json, bool& member) {
  if (!json.is_boolean()) refuse(field, "true or false", json);
  member = json.get<bool>();
}

void readInto(const std::string& field, const ParamSpec& spec, const Json& json, int& member) {
  if (!json.is_number_integer() || json < spec.minimum || json > spec.maximum) refuse(field, rangeText(spec), json);
  member = json.get<int>();
}

void readInto(const std::string& field, const ParamSpec& spec, const Json& json, double& member) {
  if (!json.is_number() || json < spec.minimum || json > spec.maximum) refuse(field, rangeText(spec), json);
  member = json.get<double>();
}

Json jsonFrom(const std::string& member) {
  return jsonFromText(member);
}
template <class Number>
Json jsonFrom(Number member) {
  return member;
}

/// What formats 1 to 3 say of one or two degradations: a mask and a kernel for the first that takes one.
struct FormerDegradations {
  DegradationChoice first{"sr", {}, {}, {}, false};
  std::string then;
  ParamValues then_values;
  bool stated = false;

  static bool takesMask(const std::string& id) { return id == "inpaint" || id == "random-drop"; }
  static bool takesKernel(const std::string& id) { return id == "motion-blur"; }

  std::vector<DegradationChoice> list() const {
    require(!then.empty() || then_values.empty(), "The request has then_values and no second task in `then`.");
    std::vector<DegradationChoice> both = {first};
    if (then.empty()) return both;
    both.push_back({then, then_values, {}, {}, false});
    if (!takesMask(first.id) && takesMask(then)) std::swap(both[0].mask, both[1].mask);
    if (!takesKernel(first.id) && takesKernel(then)) {
      std::swap(both[0].kernel, both[1].kernel);
      std::swap(both[0].kernel_turned, both[1].kernel_turned);
    }
    return both;
  }
};

struct Reading {
  RestoreRequest request;
  FormerDegradations former;
};
using FieldReader = std::function<void(Reading&, const std::string& field, const Json&)>;

bool flagFrom(const std::string& field, const Json& json) {
  if (!json.is_boolean()) refuse(field, "true or false", json);
  return json.get<bool>();
}

DegradationChoice degradationFrom(const std::string& field, const Json& json) {
  DegradationChoice choice;
  if (!json.is_object()) refuse(field, "an object with id and values", json);
  for (const auto& [key, value] : json.items()) {
    const auto name = concat(field, ".", key);
    if (key == "id") {
      choice.id = textOf(name, value);
    } else if (key == "values") {
      choice.values = valuesOf(name, value);
    } else if (key == "mask") {
      choice.mask = textOf(name, value);
    } else if (key == "kernel") {
      choice.kernel = textOf(name, value);
    } else if (key == "kernel_turned") {
      choice.kernel_turned = flagFrom(name, value);
    } else {
      throw Error(concat("The request has an unknown field ", name,
                         "; a degradation has id, values, mask, kernel and kernel_turned."));
    }
  }
  return choice;
}

std::vector<DegradationChoice> degradationsFrom(const std::string& field, const Json& json) {
  if (!json.is_array() || json.empty()) refuse(field, "a list of one degradation or more", json);
  std::vector<DegradationChoice> list;
  for (std::size_t i = 0; i < json.size(); ++i) list.push_back(degradationFrom(concat(field, "[", i, "]"), json[i]));
  return list;
}

NoiseChoice noiseFrom(const std::string& field, const Json& json) {
  if (json.is_number()) return numberFrom(field, json);
  if (!json.is_object() || !json.contains("id")) refuse(field, "a number or an object with id and values", json);
  NoiseChoice noise;
  noise.values.clear();
  for (const auto& [key, value] : json.items()) {
    const auto name = concat(field, ".", key);
    if (key == "id") {
      noise.id = textOf(name, value);
    } else if (key == "values") {
      noise.values = valuesOf(name, value);
    } else {
      throw Error(concat("The request has an unknown field ", name, "; a noise has id and values."));
    }
  }
  return noise;
}

Json jsonFrom(const DegradationChoice& choice) {
  Json json = {{"id", choice.id}, {"values", jsonFromValues(choice.values)}};
  if (!choice.mask.empty()) json["mask"] = jsonFromText(choice.mask);
  if (!choice.kernel.empty()) json["kernel"] = jsonFromText(choice.kernel);
  if (choice.kernel_turned) json["kernel_turned"] = true;
  return json;
}

using Readers = std::map<std::string, FieldReader>;

void addOptions(Readers& readers) {
  const auto* spec = modelParameters().data();
#define P2L_OPTION(type, name, first, ...)                                         \
  readers[#name] = [spec](Reading& reading, const std::string& f, const Json& j) { \
    readInto(f, *spec, j, reading.request.model_options.name);                     \
  };                                                                               \
  ++spec;
#include "core/request/model_options.def"
#undef P2L_OPTION
  spec = runParameters().data();
#define P2L_OPTION(type, name, first, ...)                                         \
  readers[#name] = [spec](Reading& reading, const std::string& f, const Json& j) { \
    readInto(f, *spec, j, reading.request.name);                                   \
  };                                                                               \
  ++spec;
#include "core/request/run_options.def"
#undef P2L_OPTION
}

/// Of one or two degradations, as formats 1 to 3 have them; people write them, too.
void addFormerDegradations(Readers& readers) {
  const auto add = [&](const char* key, auto read) {
    readers[key] = [read](Reading& reading, const std::string& f, const Json& j) {
      reading.former.stated = true;
      read(reading.former, f, j);
    };
  };
  using Former = FormerDegradations;
  using Text = const std::string&;
  add("degradation", [](Former& former, Text f, const Json& j) { former.first.id = textOf(f, j); });
  add("degradation_values", [](Former& former, Text f, const Json& j) { former.first.values = valuesOf(f, j); });
  add("then", [](Former& former, Text f, const Json& j) { former.then = textOf(f, j); });
  add("then_values", [](Former& former, Text f, const Json& j) { former.then_values = valuesOf(f, j); });
  add("mask", [](Former& former, Text f, const Json& j) { former.first.mask = textOf(f, j); });
  add("kernel", [](Former& former, Text f, const Json& j) { former.first.kernel = textOf(f, j); });
  add("kernel_turned", [](Former& former, Text f, const Json& j) { former.first.kernel_turned = flagFrom(f, j); });
}

Readers allReaders() {
  static const auto text = [](std::string RestoreRequest::*member) -> FieldReader {
    return [member](Reading& r, const std::string& f, const Json& j) { r.request.*member = textOf(f, j); };
  };
  static const auto values = [](ParamValues RestoreRequest::*member) -> FieldReader {
    return [member](Reading& r, const std::string& f, const Json& j) { r.request.*member = valuesOf(f, j); };
  };
  Readers readers = {
      {"p2l",
       [](Reading&, const std::string& f, const Json& j) {
         if (!j.is_number_integer() || j < 1 || j > kFormat)
           refuse(f, concat("1 to ", kFormat, ", a version of the request's format that this program knows"), j);
       }},
      {"photo", text(&RestoreRequest::photo)},
      {"mode",
       [](Reading& r, const std::string& f, const Json& j) {
         if (j != "demonstrate" && j != "restore") refuse(f, "demonstrate or restore", j);
         r.request.mode = j == "restore" ? Mode::Restore : Mode::Demonstrate;
       }},
      {"degradations",
       [](Reading& r, const std::string& f, const Json& j) { r.request.degradations = degradationsFrom(f, j); }},
      {"noise", [](Reading& r, const std::string& f, const Json& j) { r.request.noise = noiseFrom(f, j); }},
      {"preset", text(&RestoreRequest::preset)},
      {"solver", text(&RestoreRequest::solver)},
      {"solver_values", values(&RestoreRequest::solver_values)},
      {"sampler_values", values(&RestoreRequest::sampler_values)},
      {"seed", [](Reading& r, const std::string& f, const Json& j) { r.request.seed = seedOf(f, j); }},
      {"measurement_seed",
       [](Reading& r, const std::string& f, const Json& j) {
         r.request.measurement_seed = j.is_null() ? std::nullopt : std::optional(seedOf(f, j));
       }},
      {"model", text(&RestoreRequest::model)},
  };
  addOptions(readers);
  addFormerDegradations(readers);
  return readers;
}

const Readers& fieldReaders() {
  static const Readers readers = allReaders();
  return readers;
}

/// A request of format 1 ran before solvers had these parameters, whose 0 is what they did without. Left open they
/// would be filled from today's presets.
void closeParameters(RestoreRequest& request) {
  static const std::map<std::string, std::vector<const char*>> later = {{"p2l", {"renoise", "rho_side"}},
                                                                        {"ldps", {"rho_side"}},
                                                                        {"gml_dps", {"rho_side"}},
                                                                        {"psld", {"rho_side"}},
                                                                        {"dps", {"rho_side"}}};
  const auto keys = later.find(request.solver);
  if (keys == later.end() || request.solver_values.empty()) return;
  for (const char* key : keys->second) request.solver_values.try_emplace(key, 0.0);
}

/// What the JSON does not name is the preset's to say, rather than what a request has from the start.
void leaveToPreset(const Json& json, RestoreRequest& request) {
  if (!json.contains("degradation") && !json.contains("degradations")) request.degradation().id.clear();
  if (!json.contains("solver")) request.solver.clear();
  if (!json.contains("model")) request.model.clear();
}

/// Up to format 2 kernel pictures were correlated with the photo, and what a measured photo's task draws at random was
/// drawn by the seed without being asked for.
void completeFormer(RestoreRequest& request, int format) {
  if (format > 2) return;
  if (format == 1) closeParameters(request);
  bool drawn = request.mode == Mode::Restore;
  for (auto& each : request.degradations) {
    each.kernel_turned = !each.kernel.empty();
    drawn = drawn && each.mask.empty() && each.kernel.empty();
  }
  if (drawn && !request.measurement_seed) request.measurement_seed = request.seed;
}

/// Whether the text is the beginning of JSON and no more: its end is what is wrong with it.
bool isCutOff(const std::string& text) {
  if (text.empty() || nestsTooDeep(text)) return false;
  try {
    return Json::parse(text).is_discarded();  // which it is not
  } catch (const Json::parse_error& error) {
    return error.byte > text.size();
  } catch (const Json::out_of_range&) {
    return false;  // a number
  }
}

Json jsonOfRequest(const std::string& text) {
  require(!isCutOff(text), "The request is not valid JSON: it is cut off after its ", text.size(),
          " bytes, before its last bracket is closed; copy or save it again.");
  return requiredJson<Json>(text, "The request");
}

}  // namespace

RestoreRequest requestOfMeasurement(RestoreRequest request) {
  request.photo.clear();
  request.mode = Mode::Restore;
  request.size = 0;
  request.crop.clear();
  request.measurement_seed = request.measurement_seed.value_or(request.seed);
  return request;
}

std::string jsonFromRequest(const RestoreRequest& request) {
  Json json;
  json["p2l"] = kFormat;
  json["photo"] = jsonFromText(request.photo);
  json["mode"] = request.mode == Mode::Restore ? "restore" : "demonstrate";
  json["degradations"] = Json::array();
  for (const auto& each : request.degradations) json["degradations"].push_back(jsonFrom(each));
  json["noise"] = {{"id", request.noise.id}, {"values", jsonFromValues(request.noise.values)}};
  json["preset"] = request.preset;
  json["solver"] = request.solver;
  json["solver_values"] = jsonFromValues(request.solver_values);
  json["sampler_values"] = jsonFromValues(request.sampler_values);
  json["seed"] = request.seed;
  json["measurement_seed"] = request.measurement_seed ? Json(*request.measurement_seed) : Json(nullptr);
  json["model"] = jsonFromText(request.model);
#define P2L_OPTION(type, name, first, ...) json[#name] = jsonFrom(request.model_options.name);
#include "core/request/model_options.def"
#undef P2L_OPTION
#define P2L_OPTION(type, name, first, ...) json[#name] = jsonFrom(request.name);
#include "core/request/run_options.def"
#undef P2L_OPTION
  // Names of parameters are texts of a person's, too: a bad byte is replaced rather than the whole request lost.
  return json.dump(2, ' ', false, Json::error_handler_t::replace);
}

RestoreRequest requestFromJson(const std::string& text) {
  const auto json = jsonOfRequest(text);
  require(json.is_object(), "The request must be a JSON object, found a JSON ", json.type_name(), ".");

  Reading reading;
  const auto& readers = fieldReaders();
  for (const auto& [field, value] : json.items()) {
    if (field == kMadeBy) continue;
    const auto reader = readers.find(field);
    if (reader == readers.end()) {
      std::string known;
      for (const auto& each : readers) known += (known.empty() ? "" : ", ") + each.first;
      throw Error(concat("The request has an unknown field ", field, "; the fields are ", known, "."));
    }
    reader->second(reading, field, value);
  }
  require(!reading.former.stated || !json.contains("degradations"),
          "The request has degradations, and names one in the fields of former versions, too: leave those out.");
  auto request = std::move(reading.request);
  if (reading.former.stated) request.degradations = reading.former.list();
  completeFormer(request, json.value("p2l", kFormat));
  if (!request.preset.empty()) leaveToPreset(json, request);
  return request;
}

std::string noiseText(const NoiseChoice& noise) {
  if (noise.id == "gaussian" && noise.values.size() == 1) return textFromValue(noise.values.begin()->second);
  std::string text = noise.id;
  for (const auto& [key, value] : noise.values) text += concat(":", key, "=", textFromValue(value));
  return text;
}

DegradationPictures& RunInputs::of(std::size_t index) {
  if (index >= degradations.size()) degradations.resize(index + 1);
  return degradations[index];
}

const DegradationPictures& RunInputs::of(std::size_t index) const {
  static const DegradationPictures none;
  return index < degradations.size() ? degradations[index] : none;
}

}  // namespace p2l
