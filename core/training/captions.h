// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/core/Generator.h>
#include <ATen/core/Tensor.h>

#include <string>
#include <vector>

namespace p2l {

/// What a picture [3, H, W] in [-1, 1] looks like, in words of its statistics: "a photo of a bright colorful blue soft
/// flat scene". Brightness, colourfulness, hue (left out of gray pictures), texture, contrast (left out in between).
std::string captionOf(const at::Tensor& picture);

/// That caption, and more parts: "sharp" or "blurred", "vertical", "horizontal" or "diagonal" where one direction
/// prevails, and brightness and hue of five regions: "top white blue", "bottom ...", "left ...", "right ...",
/// "center ...".
std::vector<std::string> captionPartsOf(const at::Tensor& picture);
/// All of these parts one after the other.
std::string regionCaptionOf(const at::Tensor& picture);
/// Each part with a chance of three quarters, so that a network learns prompts that consist of any of them.
std::string shortenedRegionCaptionOf(const at::Tensor& picture, at::Generator& generator);

}  // namespace p2l
