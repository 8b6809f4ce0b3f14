// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/core/Tensor.h>

#include <string>

namespace p2l {

/// What a picture [3, H, W] in [-1, 1] looks like, in words of its statistics: "a photo of a bright colorful blue soft
/// flat scene". Brightness, colourfulness, hue (left out of gray pictures), texture, contrast (left out in between).
std::string captionOf(const at::Tensor& picture);

}  // namespace p2l
