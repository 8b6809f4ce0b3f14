// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/core/Tensor.h>

#include <map>
#include <string>
#include <string_view>

namespace p2l {

using TensorsByKey = std::map<std::string, at::Tensor>;

/// The float32 arrays of a pickled tree of dictionaries, such as parameters of JAX: "a/b/kernel" by key. Nothing of the
/// file is run. @param name for sentences @throws Error saying what is not expected, and where
TensorsByKey numpyArraysFromPickle(const std::string& name, std::string_view bytes);

/// The float32 tensors of a state_dict that torch.save wrote before version 1.6 (several pickles and raw numbers behind
/// them). Nothing of the file is run. @throws Error
TensorsByKey tensorsFromTorchPickle(const std::string& name, std::string_view bytes);

}  // namespace p2l
