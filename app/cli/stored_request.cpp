// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/stored_request.h"

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>

#include "core/types/error.h"
#include "core/types/json_nesting.h"
#include "core/types/lower_case.h"

namespace p2l::cli {
namespace {

/// Whether JSON was meant, be it damaged: no picture begins so, some editors begin every text with a byte order mark.
bool isMeantAsJson(const std::string& text, const std::string& path) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  const auto begin = text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
  const auto first = text.find_first_not_of(" \t\r\n", begin);
  if (begin > 0 || lowerCase(std::filesystem::path(path).extension().string()) == ".json") return true;
  if (first != std::string::npos && (text[first] == '{' || text[first] == '[')) return true;
  return !parsedJson<nlohmann::json>(text).is_discarded();
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
  if (isMeantAsJson(text, path)) return {requestFromText(text, path), {}, {}};
  auto photo = readPhoto(path);
  require(!photo.request_json.empty(), path, " is a picture without a request in it.");
  StoredRequest stored{requestFromJson(photo.request_json), {}, std::move(photo.pictures)};
  if (stored.request.photo.empty()) stored.request.photo = path;  // requestOfMeasurement
  return stored;
}

}  // namespace p2l::cli
