// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/layers/checkpoint.h"

#include <ATen/core/grad_mode.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/custom_function.h>

#include <algorithm>

namespace p2l {
namespace {

using torch::autograd::variable_list;

struct Checkpoint : torch::autograd::Function<Checkpoint> {
  static at::Tensor forward(torch::autograd::AutogradContext* context, const Segment& f, at::TensorList inputs) {
    context->save_for_backward(inputs.vec());
    context->saved_data["f"] = c10::IValue::make_capsule(c10::make_intrusive<Holder>(f));
    return f(inputs.vec());
  }
  static variable_list backward(torch::autograd::AutogradContext* context, const variable_list& gradients) {
    const auto f = c10::static_intrusive_pointer_cast<Holder>(context->saved_data["f"].toCapsule());
    const auto saved = context->get_saved_variables();
    // An input may require a gradient that this pass does not want: z_t while the prompt is tuned inside the data step.
    std::vector<bool> is_wanted;
    std::vector<at::Tensor> inputs;
    variable_list wanted;
    for (const auto& input : saved) {
      is_wanted.push_back(input.defined() && input.requires_grad() && context->needs_input_grad(is_wanted.size()));
      inputs.push_back(input.defined() ? input.detach().requires_grad_(is_wanted.back()) : input);
      if (is_wanted.back()) wanted.push_back(inputs.back());
    }
    variable_list found;
    {
      const at::AutoGradMode enabled(true);
      found = torch::autograd::grad({f->f(inputs)}, wanted, {gradients[0]}, /*retain_graph=*/false,
                                    /*create_graph=*/false, /*allow_unused=*/true);
    }
    variable_list result{at::Tensor()};  // of f
    auto next = found.begin();
    for (const bool each : is_wanted) result.push_back(each ? *next++ : at::Tensor());
    return result;
  }

 private:
  struct Holder : torch::CustomClassHolder {
    explicit Holder(Segment segment) : f(std::move(segment)) {}
    Segment f;
  };
};

}  // namespace

at::Tensor checkpointed(const Segment& f, const std::vector<at::Tensor>& inputs) {
  const bool recorded =
      at::GradMode::is_enabled() &&
      std::any_of(inputs.begin(), inputs.end(), [](const at::Tensor& t) { return t.defined() && t.requires_grad(); });
  if (!recorded) return f(inputs);
  return Checkpoint::apply(f, at::TensorList(inputs));
}

at::Tensor checkpointedIf(bool wanted, const Segment& f, const std::vector<at::Tensor>& inputs) {
  return wanted ? checkpointed(f, inputs) : f(inputs);
}

}  // namespace p2l
