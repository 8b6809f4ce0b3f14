// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/analyse_files.h"

#include <array>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <utility>

#include "app/cli/files.h"
#include "core/api/files.h"
#include "core/experiment/run_store.h"

namespace p2l::cli {

namespace fs = std::filesystem;

AnalysisFolder::AnalysisFolder(std::string path) : path_(std::move(path)) {
  makeFolder(path_);
  checkWritable((fs::path(path_) / "numbers.csv").string());
}

void AnalysisFolder::picture(const std::string& name, const Image& image, const std::string& request_json) const {
  savePicture(image, (fs::path(path_) / name).string(), request_json);
}

void AnalysisFolder::text(const std::string& name, const std::string& text) const {
  writeTextFile((fs::path(path_) / name).string(), text);
}

std::string csvNumber(double number, int digits) {
  if (!std::isfinite(number)) return {};
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%.*f", digits, number);
  return text.data();
}

std::string resultText(const RunReport& report, const char* separator) {
  const auto residual = "residual " + csvNumber(report.residual, 2);
  return std::isfinite(report.metric("psnr")) ? csvNumber(report.metric("psnr"), 2) + " dB" + separator + residual
                                              : residual;
}

}  // namespace p2l::cli
