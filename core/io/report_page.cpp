// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/report_page.h"

#include <filesystem>
#include <vector>

#include "core/io/base64.h"
#include "core/types/error.h"
#include "core/types/lower_case.h"

namespace p2l {
namespace {

/// The PNGs that the page links to, as base64.
std::vector<std::string> linkedPictures(const std::string& html) {
  const std::string link = "<a href=\"data:image/png;base64,";
  std::vector<std::string> pictures;
  for (auto at = html.find(link); at != std::string::npos; at = html.find(link, at)) {
    at += link.size();
    pictures.push_back(html.substr(at, html.find('"', at) - at));
  }
  return pictures;
}

Photo photoFrom(const std::string& base64, const std::string& what) {
  try {
    return readPhoto(bytesFromBase64(base64), what);
  } catch (const Error&) {
    throw Error(concat(what, " is damaged: export the report again, or copy its file again."));
  }
}

}  // namespace

bool isReportPage(const std::string& path) {
  const auto ending = lowerCase(std::filesystem::path(path).extension().string());
  return ending == ".html" || ending == ".htm";
}

ReportPage readReportPage(const std::string& path) {
  constexpr std::size_t kPictures = 2;
  const auto html = readTextFile(path);
  const auto pictures = linkedPictures(html);
  require(
      html.find("<pre id=\"request\">") != std::string::npos && pictures.size() == kPictures, path,
      " is not the whole report of one run: give a report that the studio exported, or, of a comparison's, a picture "
      "that was saved from it.");
  ReportPage page{photoFrom(pictures[0], "The photo in " + path), photoFrom(pictures[1], "The result in " + path)};
  require(!page.result.request_json.empty(), "The result in ", path, " is a picture without a request in it.");
  return page;
}

}  // namespace p2l
