// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/request/request.h"

namespace p2l {

/// How the task of a request draws one white point: its kernel as a picture, grey, with odd sides, the largest sample
/// 1, cut to what is not black. `kernel`: a given one, which the tasks take that take one, turned where the
/// request says so. Needs no model.
/// @throws Error for tasks that are no blur, and on values that a request may not have
Image pointSpread(const RestoreRequest& request, const Image& kernel = {});

}  // namespace p2l
