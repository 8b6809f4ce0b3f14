// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <memory>

#include "core/degradations/degradation.h"

namespace p2l {

/// Correlation of every channel with one kernel; the picture is continued by reflection about its outer pixels, as
/// often as the kernel's reach asks for (numpy.pad "reflect", cv::BORDER_REFLECT_101).
/// kernel: [kh, kw], odd sizes, finite, sum > 0; it is divided by its sum. @throws Error naming what is wrong.
std::unique_ptr<Degradation> makeBlur(std::int64_t height, std::int64_t width, const at::Tensor& kernel);

/// The row "kernel_size" that both blurs declare, and its value. @throws Error when it is even.
ParamSpec kernelSizeParam();
int kernelSizeOf(const ParamValues& values, const char* owner);

}  // namespace p2l
