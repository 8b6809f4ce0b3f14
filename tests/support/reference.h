// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <string>

#include "core/weights/safetensors.h"

namespace p2l::test {

/// A file of tests/reference; its README says what is in it and how it was made.
inline std::string referencePath(const std::string& name) {
  return P2L_TEST_REFERENCE "/" + name;
}

/// The folder of a reference model: p2l-tiny is the embedded one.
inline std::string modelFolder(const std::string& name) {
  return name.starts_with("p2l-tiny") ? std::string(P2L_TEST_RESOURCES) + "/models/" + name
                                      : referencePath("models/" + name);
}

/// max |a - b| / max |b|.
inline double relativeDifference(const at::Tensor& a, const at::Tensor& b) {
  EXPECT_EQ(a.sizes(), b.sizes());
  if (a.sizes() != b.sizes()) return 1e30;
  return (a - b).abs().max().item<double>() / b.abs().max().item<double>();
}

}  // namespace p2l::test
