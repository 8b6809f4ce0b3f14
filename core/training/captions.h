// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/core/Generator.h>
#include <ATen/core/Tensor.h>

#include <string>
#include <vector>

namespace p2l {

/// What a picture [3, H, W] in [-1, 1] looks like, in words of its statistics, a part each:
/// "a photo of a bright colorful blue soft flat scene" (brightness, colourfulness, hue unless it is gray, texture,
/// contrast unless it is in between), "sharp" or "blurred", "vertical", "horizontal" or "diagonal" where one direction
/// prevails, and brightness and hue of five regions: "top white blue", "bottom ...", "left ...", "right ...",
/// "center ...".
std::vector<std::string> captionParts(const at::Tensor& picture);

/// All parts one after the other.
std::string captionOf(const at::Tensor& picture);

/// Each part with a chance of three quarters, so that a prompt may consist of any of them.
std::string shortenedCaptionOf(const at::Tensor& picture, at::Generator& generator);

}  // namespace p2l
