// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/resources.h"

#include <cstdlib>
#include <filesystem>
#include <vector>

#include "core/base/system.h"
#include "core/types/error.h"

namespace p2l {
namespace {

bool holdsResources(const std::filesystem::path& folder) {
  std::error_code ignored;
  return std::filesystem::is_directory(folder / "models", ignored) ||
         std::filesystem::is_directory(folder / "presets", ignored);
}

std::filesystem::path installedResources() {
  return (std::filesystem::path(executableFolder()) / "../share/p2l-studio").lexically_normal();
}

}  // namespace

bool isInstalled() {
  return holdsResources(installedResources());
}

std::string resourceFolder() {
  if (const char* wanted = std::getenv("P2L_RESOURCES"); wanted && *wanted) {
    require(holdsResources(wanted), "P2L_RESOURCES must name a folder with models and presets, found ", wanted, ".");
    return wanted;
  }
  // Installed: <prefix>/bin and <prefix>/share/p2l-studio. Built: the source tree that was compiled, wherever the
  // build folder is, or the tree that holds build/<preset>/bin after it was moved.
  const std::filesystem::path program = executableFolder();
  const std::vector<std::filesystem::path> candidates = {installedResources(), program / "../../../resources",
                                                         P2L_SOURCE_RESOURCES};
  std::string tried;
  for (const auto& candidate : candidates) {
    const auto folder = candidate.lexically_normal();
    if (holdsResources(folder)) return folder.string();
    tried += (tried.empty() ? "" : ", ") + folder.string();
  }
  throw Error(concat("The program's resources (models, presets) were not found in ", tried,
                     "; set P2L_RESOURCES to their folder."));
}

bool isResource(const std::string& path) {
  return path.starts_with(resourceFolder() + "/");
}

}  // namespace p2l
