// SPDX-License-Identifier: GPL-3.0-or-later
#include <ATen/core/grad_mode.h>

#include <sstream>

#include "core/api/models.h"
#include "core/api/session.h"

namespace p2l {
namespace {

constexpr int kDescribedSide = 512;  // pixels

}  // namespace

std::string Session::describeModel(const std::string& name_or_folder, const ModelOptions& options) {
  const auto info = loadModel(name_or_folder, "cpu", options);
  std::ostringstream out;
  out << "name             " << info.name << "\n"
      << "folder           " << info.folder << "\n"
      << "kind             " << info.kind << "\n"
      << "weights          " << info.parameters << " numbers, " << info.bytes << " bytes\n"
      << "sha256           " << info.sha256 << "\n";
  if (!info.isPixel()) {
    out << "latent           " << info.latent_channels << " channels, one per " << info.pixels_per_latent << " x "
        << info.pixels_per_latent << " pixels\n";
  }
  out << "picture sizes    multiples of " << info.size_multiple << " inside (others are padded), trained at "
      << info.training_size << "\n"
      << "prediction type  " << info.prediction_type << "\n";
  RestoreRequest request;
  request.model = name_or_folder;
  request.device = "cpu";
  const auto choices = info.isPixel() ? std::vector<ModelOptions>()  // whose memory is not estimated
                                      : memoryChoices(options, /*tiling_is_exact=*/false, /*on_cpu=*/true);
  for (const auto& each : choices) {
    if (each.vae_tiling && !options.vae_tiling) continue;  // 512 pixels are one tile of most models
    request.model_options = each;
    out << "memory           about "
        << textFromBytes(estimateMemory(catalogue(), request, kDescribedSide, kDescribedSide).total()) << " for P2L at "
        << kDescribedSide << " x " << kDescribedSide << " with " << describeMemoryOptions(each) << "\n";
  }
  for (const auto& note : info.notes) out << "note             " << note << "\n";
  if (!info.licence.empty()) out << "licence          " << info.licence << "\n";
  return out.str();
}

}  // namespace p2l
