// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/request/report.h"
#include "core/types/image.h"

namespace p2l {

/// Pictures of a run by step.
using StepPictures = std::map<int, std::shared_ptr<const Frame>>;

/// z_t of a run by step.
using StepLatents = std::map<int, std::shared_ptr<const Latent>>;

/// Memory that decoded pictures of a run take at most.
inline constexpr std::size_t kMostStepPictures = std::size_t{1} << 30;

/// Asked between two pictures: false ends the work, and nothing of it is left.
using GoesOn = std::function<bool()>;

/// Writes them as one file: pictures as lossy WebP of their own size, latents as their numbers of half precision. The
/// file is there whole or not at all, also after a kill. @return whether it is there. @throws Error
bool writeStepPictures(const std::string& path, const StepPictures& pictures, const StepLatents& latents = {},
                       const GoesOn& goes_on = {});
/// Decodes those alone that fit into so many bytes of memory, spread evenly and with the last one, and this one always.
/// @throws Error naming a file that is missing or damaged
StepPictures readStepPictures(const std::string& path, std::size_t budget = kMostStepPictures);
/// Empty where the file has none. @throws Error naming a file that is missing or damaged
StepLatents readStepLatents(const std::string& path);

/// So many of these steps at most, spread evenly and with the last one.
std::vector<int> spreadSteps(const std::vector<int>& all, std::size_t count);

}  // namespace p2l
