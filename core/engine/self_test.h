// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/core/Tensor.h>

#include <string>

#include "core/diffusion/diffusion_model.h"
#include "core/request/self_test.h"

namespace p2l {

/// What is compared: the model on the device, and what it should give.
struct SelfTestSubject {
  const DiffusionModel& model;
  const DiffusionModel* on_cpu = nullptr;  ///< the same model on the CPU; null: the device is the CPU
  at::Device device;
  std::string reference_file;  ///< safetensors of diffusers' numbers for this model; empty: none are stored
  bool exact = true;           ///< networks multiply float32 with all its bits
  bool graphs = false;         ///< they are recorded as graphs: operators are not checked again, rows say so
};

/// Checks networks, gradients, operators and five steps of P2L (of DPS with a model of pixels), a row each. Errors of
/// the device are rows too.
void runSelfTest(const SelfTestSubject& subject, const SelfTestSink& sink);

}  // namespace p2l
