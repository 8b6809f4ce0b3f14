// SPDX-License-Identifier: GPL-3.0-or-later
// Precompiled once for core; nothing relies on it being there. The tensor and its operators, and not all of ATen: GCC
// instantiates the pending templates of a precompiled header anew in every source, three seconds each of all of ATen.
#pragma once
#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>
#include <ATen/core/grad_mode.h>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>
