// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/noise/noise.h"

#include "core/types/error.h"

namespace p2l {

namespace noises {
#define P2L_ENTRY(name) NoiseEntry name();
#include "core/noise/noise_list.def"
#undef P2L_ENTRY
}  // namespace noises

const std::vector<NoiseEntry>& noiseEntries() {
  static const std::vector<NoiseEntry> entries = {
#define P2L_ENTRY(name) noises::name(),
#include "core/noise/noise_list.def"
#undef P2L_ENTRY
  };
  return entries;
}

at::Tensor addNoise(const Degradation& A, const at::Tensor& clean, const NoiseChoice& noise, at::Generator& generator) {
  const at::Tensor noisy = noiseEntry(noise.id).add(clean, noise.values, generator);
  const at::Tensor mask = A.mask();
  return mask.defined() ? noisy * mask.to(noisy.device(), noisy.scalar_type()) : noisy;
}

const NoiseEntry& noiseEntry(const std::string& id) {
  std::string known;
  for (const auto& entry : noiseEntries()) {
    if (entry.info.id == id) return entry;
    known += (known.empty() ? "" : ", ") + entry.info.id;
  }
  throw Error(concat("There is no noise \"", id, "\"; there are: ", known, "."));
}

}  // namespace p2l
