// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/weights/safetensors.h"

namespace p2l {

/// Where a tensor of a network lies in a file, and in which form.
struct StoredTensor {
  enum class Form {
    AsIs,
    Matrix,      ///< a 1 x 1 convolution [out, in, 1, 1] that the network has as a matrix [out, in]
    FirstThird,  ///< the query's, key's and value's rows of a fused projection
    SecondThird,
    LastThird
  };

  std::shared_ptr<const SafetensorsFile> file;
  std::string key;  ///< in the file
  Form form = Form::AsIs;

  /// In the form that the network has, without reading it. @throws Error when the stored shape cannot have that form.
  std::vector<std::int64_t> shape() const;
  /// The values in the file's type, a view into the map where it is aligned.
  at::Tensor values() const;
};

/// A network's tensors by the name that the network has for them.
using TensorMap = std::map<std::string, StoredTensor>;

/// All tensors of the files under the names that they have there.
TensorMap tensorsOf(const std::vector<std::shared_ptr<const SafetensorsFile>>& files);

/// Where a network takes its tensors from, by the name that it has for them.
class WeightSource {
 public:
  virtual ~WeightSource() = default;
  virtual bool has(const std::string& name) const = 0;
  /// @throws Error when there is no tensor of that name and shape.
  virtual at::Tensor take(const std::string& name, at::IntArrayRef shape) = 0;
};

/// Whether a tensor is by its name one that training left behind and no network computes with: losses, moving averages,
/// states of optimizers, counters, and the ends of CLIP that a text encoder has no use for.
bool isLeftover(std::string_view name);

/// What is added to a network's tensors as they are taken: by the network's name, float32 of the tensor's shape.
using WeightAdditions = std::multimap<std::string, std::function<at::Tensor()>>;

/// All tensors of one network. Networks take what they need by name; at the end every tensor is accounted for.
class Weights : public WeightSource {
 public:
  /// @param type of the tensors that `take` gives
  /// @param ignored names (exact) that may be left over, e.g. buffers that are computed here.
  Weights(TensorMap tensors, at::Device device, at::ScalarType type = at::kFloat, std::set<std::string> ignored = {});

  bool has(const std::string& name) const override { return tensors_.count(name) != 0; }
  /// The tensor in the type asked for, on the device. Of the file's own type on the CPU it is a view into the mapped
  /// file. @throws Error when it is missing, of another shape, holds NaN or infinity, or numbers too large for the
  /// type.
  at::Tensor take(const std::string& name, at::IntArrayRef shape) override;
  /// Sums are made in float32, before the tensor is cast. Of tensors that exist.
  void add(WeightAdditions additions) { additions_ = std::move(additions); }
  /// Names of the tensors that nothing took and that training left behind: see isLeftover.
  /// @throws Error naming another one that nothing took
  std::vector<std::string> finish() const;
  /// Count of numbers taken.
  std::int64_t taken() const { return taken_numbers_; }

 private:
  TensorMap tensors_;
  WeightAdditions additions_;
  at::Device device_;
  at::ScalarType type_;
  std::set<std::string> ignored_;
  std::set<std::string> taken_;
  std::int64_t taken_numbers_ = 0;
  std::uint64_t copied_bytes_ = 0;  // since pages were last given back
};

/// A place in the tree of names: `scope / "conv1"` is the child, `scope.take("weight", ...)` its tensor.
class WeightScope {
 public:
  explicit WeightScope(WeightSource& weights, std::string prefix = {})
      : weights_(&weights), prefix_(std::move(prefix)) {}

  WeightScope operator/(const std::string& child) const { return WeightScope(*weights_, key(child)); }
  WeightScope operator/(std::size_t child) const { return *this / std::to_string(child); }
  bool has(const std::string& name) const { return weights_->has(key(name)); }
  at::Tensor take(const std::string& name, at::IntArrayRef shape) const { return weights_->take(key(name), shape); }

 private:
  std::string key(const std::string& name) const { return prefix_.empty() ? name : prefix_ + "." + name; }

  WeightSource* weights_;
  std::string prefix_;
};

}  // namespace p2l
