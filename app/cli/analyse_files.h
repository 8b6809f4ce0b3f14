// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/request/report.h"
#include "core/types/image.h"

namespace p2l::cli {

/// The folder of an analysis. @throws Error when it cannot be written to
class AnalysisFolder {
 public:
  explicit AnalysisFolder(std::string path);

  /// @param request_json is put inside the picture
  void picture(const std::string& name, const Image& image, const std::string& request_json = "") const;
  void text(const std::string& name, const std::string& text) const;

 private:
  std::string path_;
};

/// "12.34"; empty where the number is not finite, so that programs read it as missing.
std::string csvNumber(double number, int digits);

/// "25.31 dB, residual 3.20"; the residual alone where there is no truth.
std::string resultText(const RunReport& report, const char* separator = ", ");

}  // namespace p2l::cli
