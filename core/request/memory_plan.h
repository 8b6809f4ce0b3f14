// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/request/request.h"

namespace p2l {

/// What a run takes at its peak, in bytes, by what takes it.
struct MemoryEstimate {
  double program = 0.0;      ///< code, libraries, the allocator's reserve
  double weights = 0.0;      ///< of the networks in their precision
  double activations = 0.0;  ///< of UNet and autoencoder at the worst moment
  double pictures = 0.0;     ///< in pixel space

  double total() const { return program + weights + activations + pictures; }
};

/// Model options and what a run takes with them.
struct MemoryPlan {
  ModelOptions options;
  MemoryEstimate estimate;
  std::string remark;  ///< what was chosen and why, a sentence without its full stop
};

/// "8G", "8 GiB", "900M", "7.5g": bytes, G and M being powers of 1024. @throws Error naming the text
double bytesFromText(const std::string& text);
/// "3.8 GiB", "446 MiB".
std::string textFromBytes(double bytes);

/// "bf16, checkpointing and VAE tiling"; "float32" where nothing else is chosen.
std::string describeMemoryOptions(const ModelOptions& options);

/// `asked` and what may be chosen in its place where memory is short, from the least loss to the greatest. What was
/// asked for explicitly stays: a precision that is not empty, and what is switched on. Checkpointing costs a quarter
/// more time and nothing else; tiling evaluates overlaps twice and, unless `tiling_is_exact`, changes the picture a
/// little; bf16 rounds to 8 bits, which a GPU does fast and most processors slowly.
std::vector<ModelOptions> memoryChoices(const ModelOptions& asked, bool tiling_is_exact, bool on_cpu);

}  // namespace p2l
