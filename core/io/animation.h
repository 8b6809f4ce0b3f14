// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "core/api/image.h"

namespace p2l {

/// Pictures of one size as an animated WebP that repeats for ever, each shown for so long, the last one ten times as
/// long. @throws Error
std::vector<std::uint8_t> encodeAnimation(const std::vector<std::shared_ptr<const Frame>>& frames, int milliseconds);

}  // namespace p2l
