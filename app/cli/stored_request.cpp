// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/stored_request.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "core/types/error.h"
#include "core/types/json_nesting.h"

namespace p2l::cli {
namespace {

bool isJsonObject(const std::string& text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  return first != std::string::npos && text[first] == '{';
}

/// The request alone, or the one that a report has.
RestoreRequest requestFromText(const std::string& text, const std::string& path) {
  const auto json = parsedJson<nlohmann::json>(text);
  const bool is_report = json.is_object() && json.contains("request") && json.contains("residual");
  try {
    return requestFromJson(is_report ? json["request"].dump() : text);
  } catch (const Error& error) {
    throw Error(concat(path, ": ", error.what()));
  }
}

StoredRequest fromPage(const std::string& path) {
  auto page = readReportPage(path);
  StoredRequest stored{requestFromJson(page.result.request_json), std::move(page.photo),
                       std::move(page.result.pictures)};
  if (stored.request.photo.empty()) stored.request.photo = path;
  return stored;
}

}  // namespace

StoredRequest storedRequestFrom(const std::string& path) {
  if (isReportPage(path)) return fromPage(path);
  const auto text = readTextFile(path);
  if (isJsonObject(text)) return {requestFromText(text, path), {}, {}};
  auto photo = readPhoto(path);
  require(!photo.request_json.empty(), path, " is a picture without a request in it.");
  StoredRequest stored{requestFromJson(photo.request_json), {}, std::move(photo.pictures)};
  if (stored.request.photo.empty()) stored.request.photo = path;  // requestOfMeasurement
  return stored;
}

}  // namespace p2l::cli
