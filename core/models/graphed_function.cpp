// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/graphed_function.h"

#if __has_include(<ATen/core/GraphImplInterface.h>)
#include <ATen/core/GraphImplInterface.h>
#define P2L_RECORDS_GRAPHS  // LibTorch 2.11 does not do it without CUDA's own headers
#endif
#include <ATen/core/grad_mode.h>
#include <ATen/ops/zeros_like.h>
#include <c10/core/Event.h>
#include <c10/core/StreamGuard.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/custom_function.h>

#include <algorithm>
#include <utility>

#include "core/types/error.h"

namespace p2l {
namespace {

using torch::autograd::variable_list;

constexpr int kWarmUps = 3;  // as make_graphed_callables

#ifdef P2L_RECORDS_GRAPHS
/// A graph of LibTorch's, whatever the device. Nothing can be recorded on the default stream; autograd takes every
/// operation back on the stream that it came on, so that a function and its gradient need the same one.
class AcceleratorGraph : public DeviceGraph {
 public:
  explicit AcceleratorGraph(c10::Stream side)
      : backend_(side.device_type()), side_(side), graph_(at::create_graph_impl(side.device_type())) {}

  void warmUp(const std::function<void()>& body) override { aside(body); }
  void record(const std::function<void()>& body) override {
    aside([&] {
      graph_->capture_begin();
      try {
        body();
      } catch (...) {
        try {
          graph_->capture_end();  // the stream must not stay in recording
        } catch (const std::exception&) {
        }
        throw;
      }
      graph_->capture_end();
    });
  }
  void replay() override { graph_->replay(); }

 private:
  /// On the side stream, after what the current one has begun and before what it begins next.
  void aside(const std::function<void()>& body) {
    const auto current = backend_.getStream(side_.device());
    c10::Event turn(side_.device_type());
    turn.record(current);
    turn.block(side_);
    {
      const c10::StreamGuard guard(side_);
      body();
    }
    turn.record(side_);
    turn.block(current);
  }

  c10::impl::VirtualGuardImpl backend_;
  c10::Stream side_;
  std::unique_ptr<at::GraphImplInterface> graph_;
};
#endif

/// What a recording is made for.
struct Key {
  explicit Key(const std::vector<at::Tensor>& inputs) {
    for (const auto& input : inputs) {
      shapes.push_back(input.sizes().vec());
      types.push_back(input.scalar_type());
      wanted.push_back(at::GradMode::is_enabled() && input.requires_grad());
    }
  }
  bool operator==(const Key&) const = default;

  std::vector<std::vector<std::int64_t>> shapes;
  std::vector<at::ScalarType> types;
  std::vector<bool> wanted;  ///< gradients
};

/// f at fixed places in memory, and its gradient.
class Recording {
 public:
  Recording(const TensorFunction& f, const std::vector<at::Tensor>& inputs, Key key, const DeviceGraphFactory& make)
      : key_(std::move(key)), forward_(make()) {
    const at::AutoGradMode recorded(hasGradient());
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      inputs_.push_back(inputs[i].detach().clone().requires_grad_(key_.wanted[i]));
      if (key_.wanted[i]) by_.push_back(inputs_.back());
    }
    forward_->warmUp([&] {
      for (int i = 0; i < kWarmUps; ++i) {
        outputs_ = f(inputs_);
        if (!hasGradient()) continue;
        output_gradients_.clear();
        for (const auto& output : differentiable()) output_gradients_.push_back(at::zeros_like(output));
        differentiate();
      }
    });
    forward_->record([this, f] {
      const at::AutoGradMode enabled(hasGradient());
      outputs_ = f(inputs_);
    });
    if (!hasGradient()) return;
    backward_ = make();
    backward_->record([this] { differentiate(); });
  }

  const Key& key() const { return key_; }
  bool hasGradient() const { return std::find(key_.wanted.begin(), key_.wanted.end(), true) != key_.wanted.end(); }

  /// Copies, since the next replay writes over the recording's own.
  variable_list values(const std::vector<at::Tensor>& inputs) {
    const at::NoGradGuard no_grad;
    for (std::size_t i = 0; i < inputs.size(); ++i) inputs_[i].copy_(inputs[i]);
    forward_->replay();
    variable_list copies;
    for (const auto& output : outputs_) copies.push_back(output.detach().clone());
    return copies;
  }

  /// @param gradients of every output, undefined for 0 @return those by the inputs, undefined where none was wanted
  variable_list gradients(const variable_list& gradients) {
    const at::NoGradGuard no_grad;
    auto own = output_gradients_.begin();
    for (std::size_t i = 0; i < outputs_.size(); ++i) {
      if (!outputs_[i].requires_grad()) continue;
      gradients[i].defined() ? own->copy_(gradients[i]) : own->zero_();
      ++own;
    }
    backward_->replay();
    variable_list result;
    auto next = input_gradients_.begin();
    for (const bool wanted : key_.wanted) {
      result.push_back(wanted && next->defined() ? next->clone() : at::Tensor());
      next += wanted;
    }
    return result;
  }

  bool differentiates(std::size_t output) const { return outputs_[output].requires_grad(); }

  bool in_use = false;  ///< its activations wait for their gradient

 private:
  variable_list differentiable() const {
    variable_list list;
    std::copy_if(outputs_.begin(), outputs_.end(), std::back_inserter(list),
                 [](const at::Tensor& t) { return t.requires_grad(); });
    return list;
  }
  void differentiate() {
    input_gradients_ = torch::autograd::grad(differentiable(), by_, output_gradients_, /*retain_graph=*/true,
                                             /*create_graph=*/false, /*allow_unused=*/true);
  }

  Key key_;
  std::vector<at::Tensor> inputs_, by_, outputs_, output_gradients_, input_gradients_;
  std::unique_ptr<DeviceGraph> forward_, backward_;
};

/// Holds a recording from its value to its gradient, or to the end of the graph that would have asked for it.
struct Lease : torch::CustomClassHolder {
  explicit Lease(std::shared_ptr<Recording> of) : recording(std::move(of)) { recording->in_use = true; }
  ~Lease() override { recording->in_use = false; }
  std::shared_ptr<Recording> recording;
};

struct Replay : torch::autograd::Function<Replay> {
  static variable_list forward(torch::autograd::AutogradContext* context, const std::shared_ptr<Recording>& recording,
                               at::TensorList inputs) {
    context->saved_data["lease"] = c10::IValue::make_capsule(c10::make_intrusive<Lease>(recording));
    auto values = recording->values(inputs.vec());
    variable_list constant;
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (!recording->differentiates(i)) constant.push_back(values[i]);
    }
    context->mark_non_differentiable(constant);
    return values;
  }
  static variable_list backward(torch::autograd::AutogradContext* context, const variable_list& gradients) {
    const auto lease = c10::static_intrusive_pointer_cast<Lease>(context->saved_data["lease"].toCapsule());
    auto result = lease->recording->gradients(gradients);
    result.insert(result.begin(), at::Tensor());  // of the recording
    return result;
  }
};

class GraphedFunction {
 public:
  GraphedFunction(TensorFunction f, DeviceGraphFactory make) : f_(std::move(f)), make_(std::move(make)) {}

  std::vector<at::Tensor> operator()(const std::vector<at::Tensor>& inputs) {
    const auto recording = free(inputs);
    return recording->hasGradient() ? Replay::apply(recording, at::TensorList(inputs)) : recording->values(inputs);
  }

 private:
  std::shared_ptr<Recording> free(const std::vector<at::Tensor>& inputs) {
    const Key key(inputs);
    for (const auto& recording : recordings_) {
      if (!recording->in_use && recording->key() == key) return recording;
    }
    return recordings_.emplace_back(std::make_shared<Recording>(f_, inputs, key, make_));
  }

  TensorFunction f_;
  DeviceGraphFactory make_;
  std::vector<std::shared_ptr<Recording>> recordings_;
};

}  // namespace

DeviceGraphFactory deviceGraphs([[maybe_unused]] at::Device device) {
#ifdef P2L_RECORDS_GRAPHS
  if (at::has_graph_impl(device.type())) {
    const auto side =
        c10::impl::VirtualGuardImpl(device.type()).getStreamFromGlobalPool(device, /*isHighPriority=*/false);
    return [side] { return std::make_unique<AcceleratorGraph>(side); };
  }
#endif
  return {};
}

TensorFunction graphed(TensorFunction f, DeviceGraphFactory make) {
  const auto function = std::make_shared<GraphedFunction>(std::move(f), std::move(make));
  return [function](const std::vector<at::Tensor>& inputs) { return (*function)(inputs); };
}

}  // namespace p2l
