// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/types/request.h"

#include <charconv>
#include <cmath>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <vector>

#include "core/types/error.h"

namespace p2l {
namespace {

using Json = nlohmann::ordered_json;

/// The version of the request's JSON, its field "p2l". Also what tells our requests from other people's JSON.
/// Former ones are read as what they were run with: completeFormer.
constexpr int kFormat = 3;

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
  if (!json.is_number_unsigned()) refuse(field, "a whole number from 0 to 18446744073709551615", json);
  return json.get<std::uint64_t>();
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

using FieldReader = std::function<void(RestoreRequest&, const std::string& field, const Json&)>;

const std::map<std::string, FieldReader>& fieldReaders() {
  static const auto text = [](std::string RestoreRequest::*member) -> FieldReader {
    return [member](RestoreRequest& r, const std::string& f, const Json& j) { r.*member = textOf(f, j); };
  };
  static const auto option = [](std::string ModelOptions::*member) -> FieldReader {
    return [member](RestoreRequest& r, const std::string& f, const Json& j) { r.model_options.*member = textOf(f, j); };
  };
  static const auto flag = [](bool ModelOptions::*member) -> FieldReader {
    return [member](RestoreRequest& r, const std::string& f, const Json& j) {
      if (!j.is_boolean()) refuse(f, "true or false", j);
      r.model_options.*member = j.get<bool>();
    };
  };
  static const auto values = [](ParamValues RestoreRequest::*member) -> FieldReader {
    return [member](RestoreRequest& r, const std::string& f, const Json& j) { r.*member = valuesOf(f, j); };
  };
  static const std::map<std::string, FieldReader> readers = {
      {"p2l",
       [](RestoreRequest&, const std::string& f, const Json& j) {
         if (j != 1 && j != 2 && j != kFormat)
           refuse(f, "1, 2 or 3, the versions of the request's format that this program knows", j);
       }},
      {"photo", text(&RestoreRequest::photo)},
      {"mode",
       [](RestoreRequest& r, const std::string& f, const Json& j) {
         if (j != "demonstrate" && j != "restore") refuse(f, "demonstrate or restore", j);
         r.mode = j == "restore" ? Mode::Restore : Mode::Demonstrate;
       }},
      {"size",
       [](RestoreRequest& r, const std::string& f, const Json& j) {
         if (!j.is_number_integer() || j < 0 || j > 1000000) refuse(f, "a whole number, 0 or more", j);
         r.size = j.get<int>();
       }},
      {"degradation", text(&RestoreRequest::degradation)},
      {"degradation_values", values(&RestoreRequest::degradation_values)},
      {"then", text(&RestoreRequest::then)},
      {"then_values", values(&RestoreRequest::then_values)},
      {"mask", text(&RestoreRequest::mask)},
      {"kernel", text(&RestoreRequest::kernel)},
      {"kernel_turned",
       [](RestoreRequest& r, const std::string& f, const Json& j) {
         if (!j.is_boolean()) refuse(f, "true or false", j);
         r.kernel_turned = j.get<bool>();
       }},
      {"noise", [](RestoreRequest& r, const std::string& f, const Json& j) { r.noise = numberFrom(f, j); }},
      {"preset", text(&RestoreRequest::preset)},
      {"solver", text(&RestoreRequest::solver)},
      {"solver_values", values(&RestoreRequest::solver_values)},
      {"sampler_values", values(&RestoreRequest::sampler_values)},
      {"prompt", text(&RestoreRequest::prompt)},
      {"embedding", text(&RestoreRequest::embedding)},
      {"seed", [](RestoreRequest& r, const std::string& f, const Json& j) { r.seed = seedOf(f, j); }},
      {"measurement_seed",
       [](RestoreRequest& r, const std::string& f, const Json& j) {
         r.measurement_seed = j.is_null() ? std::nullopt : std::optional(seedOf(f, j));
       }},
      {"model", text(&RestoreRequest::model)},
      {"vae", option(&ModelOptions::vae)},
      {"tokenizer", option(&ModelOptions::tokenizer)},
      {"prediction", option(&ModelOptions::prediction)},
      {"precision", option(&ModelOptions::precision)},
      {"checkpointing", flag(&ModelOptions::checkpointing)},
      {"vae_tiling", flag(&ModelOptions::vae_tiling)},
      {"encoder_refinements",
       [](RestoreRequest& r, const std::string& f, const Json& j) {
         if (!j.is_number_integer() || j < 0 || j > kMostRefinements)
           refuse(f, concat("a whole number from 0 to ", kMostRefinements), j);
         r.model_options.encoder_refinements = j.get<int>();
       }},
      {"cuda_graphs", flag(&ModelOptions::cuda_graphs)},
      {"device", text(&RestoreRequest::device)},
      {"memory", text(&RestoreRequest::memory)},
  };
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
  for (const auto& [field, member] :
       {std::pair("degradation", &RestoreRequest::degradation), std::pair("solver", &RestoreRequest::solver),
        std::pair("model", &RestoreRequest::model)}) {
    if (!json.contains(field)) (request.*member).clear();
  }
}

/// Up to format 2 kernel pictures were correlated with the photo, and what a measured photo's task draws at random was
/// drawn by the seed without being asked for.
void completeFormer(RestoreRequest& request, int format) {
  if (format == 1) closeParameters(request);
  request.kernel_turned = !request.kernel.empty();
  const bool drawn = request.mode == Mode::Restore && request.mask.empty() && request.kernel.empty();
  if (drawn && !request.measurement_seed) request.measurement_seed = request.seed;
}

}  // namespace

std::string jsonFromRequest(const RestoreRequest& request) {
  Json json;
  json["p2l"] = kFormat;
  json["photo"] = jsonFromText(request.photo);
  json["mode"] = request.mode == Mode::Restore ? "restore" : "demonstrate";
  json["size"] = request.size;
  json["degradation"] = request.degradation;
  json["degradation_values"] = jsonFromValues(request.degradation_values);
  json["then"] = request.then;
  json["then_values"] = jsonFromValues(request.then_values);
  json["mask"] = jsonFromText(request.mask);
  json["kernel"] = jsonFromText(request.kernel);
  if (request.kernel_turned) json["kernel_turned"] = true;
  json["noise"] = request.noise;
  json["preset"] = request.preset;
  json["solver"] = request.solver;
  json["solver_values"] = jsonFromValues(request.solver_values);
  json["sampler_values"] = jsonFromValues(request.sampler_values);
  json["prompt"] = jsonFromText(request.prompt);
  json["embedding"] = jsonFromText(request.embedding);
  json["seed"] = request.seed;
  json["measurement_seed"] = request.measurement_seed ? Json(*request.measurement_seed) : Json(nullptr);
  json["model"] = jsonFromText(request.model);
  json["vae"] = jsonFromText(request.model_options.vae);
  json["tokenizer"] = jsonFromText(request.model_options.tokenizer);
  json["prediction"] = request.model_options.prediction;
  json["precision"] = request.model_options.precision;
  json["checkpointing"] = request.model_options.checkpointing;
  json["vae_tiling"] = request.model_options.vae_tiling;
  json["encoder_refinements"] = request.model_options.encoder_refinements;
  json["cuda_graphs"] = request.model_options.cuda_graphs;
  json["device"] = request.device;
  json["memory"] = request.memory;
  // Names of parameters are texts of a person's, too: a bad byte is replaced rather than the whole request lost.
  return json.dump(2, ' ', false, Json::error_handler_t::replace);
}

RestoreRequest requestFromJson(const std::string& text) {
  Json json;
  try {
    json = Json::parse(text);
  } catch (const Json::parse_error& error) {
    throw Error(concat("The request is not valid JSON, at byte ", error.byte, " of ", text.size(), "."));
  }
  require(json.is_object(), "The request must be a JSON object, found a JSON ", json.type_name(), ".");

  RestoreRequest request;
  const auto& readers = fieldReaders();
  for (const auto& [field, value] : json.items()) {
    const auto reader = readers.find(field);
    if (reader == readers.end()) {
      std::string known;
      for (const auto& each : readers) known += (known.empty() ? "" : ", ") + each.first;
      throw Error(concat("The request has an unknown field ", field, "; the fields are ", known, "."));
    }
    reader->second(request, field, value);
  }
  if (const auto format = json.value("p2l", kFormat); format < kFormat) completeFormer(request, format);
  if (!request.preset.empty()) leaveToPreset(json, request);
  return request;
}

}  // namespace p2l
