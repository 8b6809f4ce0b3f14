// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/pickled_tensors.h"

#include <ATen/ops/empty.h>

#include <algorithm>
#include <cstring>
#include <limits>
#include <vector>

#include "core/metrics/pickle.h"
#include "core/types/error.h"

namespace p2l {
namespace {

using Kind = PickleValue::Kind;

constexpr std::size_t kFloat = sizeof(float);
constexpr int kDeepest = 16;          // dictionaries in dictionaries
constexpr std::size_t kMost = 10000;  // of them and of arrays, however often one is named

/// What a file may give: no more bytes of arrays than it has, so that naming one array often fills no memory.
class Budget {
 public:
  Budget(const PickleReader& reader, std::size_t bytes) : reader_(reader), bytes_(bytes) {}
  void spend(std::size_t bytes) {
    if (++count_ > kMost || bytes > bytes_) reader_.refuse("more arrays than the file holds");
    bytes_ -= bytes;
  }

 private:
  const PickleReader& reader_;
  std::size_t bytes_, count_ = 0;
};

bool is(const PickleValue* value, Kind kind, std::size_t items = 0) {
  return value->kind == kind && value->items.size() >= items;
}

bool isCallOf(const PickleValue* value, std::string_view global) {
  return value->kind == Kind::Call && value->items[0]->text == global;
}

/// A shape or strides.
std::vector<std::int64_t> sizesOf(const PickleReader& reader, const PickleValue* value) {
  constexpr std::size_t kMostSides = 8;
  if (value->kind != Kind::Tuple || value->items.size() > kMostSides) reader.refuse("a shape that is none");
  std::vector<std::int64_t> sizes;
  for (const auto* item : value->items) {
    if (item->kind != Kind::Int || item->number < 0) reader.refuse("a side that is no number");
    sizes.push_back(item->number);
  }
  return sizes;
}

/// How many numbers; refused where there are more than `most`.
std::size_t countOf(const PickleReader& reader, const std::vector<std::int64_t>& shape, std::size_t most) {
  if (std::find(shape.begin(), shape.end(), 0) != shape.end()) reader.refuse("an empty array");
  std::size_t count = 1;
  for (const auto side : shape) {
    if (static_cast<std::size_t>(side) > most / count) reader.refuse("an array larger than its numbers");
    count *= static_cast<std::size_t>(side);
  }
  return count;
}

at::Tensor tensorOf(const std::vector<std::int64_t>& shape, std::string_view bytes) {
  auto tensor = at::empty(shape, at::kFloat);
  std::memcpy(tensor.data_ptr<float>(), bytes.data(), bytes.size());
  return tensor;
}

bool isNumpyArray(const PickleValue* value) {
  return isCallOf(value, "numpy.core.multiarray _reconstruct") ||
         isCallOf(value, "numpy._core.multiarray _reconstruct");
}

/// dtype('f4', ...) whose state is (3, '<', ...): little-endian float32.
bool isFloat32(const PickleValue* type) {
  if (!isCallOf(type, "numpy dtype") || !is(type->items[1], Kind::Tuple, 1)) return false;
  const auto* state = type->state;
  return type->items[1]->items[0]->text == "f4" && state && is(state, Kind::Tuple, 2) && state->items[1]->text == "<";
}

/// Its state is (version, shape, type, order of Fortran, bytes).
at::Tensor numpyArray(const PickleReader& reader, const PickleValue* value, Budget& budget) {
  const auto* state = value->state;
  if (!state || !is(state, Kind::Tuple, 5)) reader.refuse("an array without its numbers");
  const auto& items = state->items;
  if (!isFloat32(items[2])) reader.refuse("an array that is not of float32");
  if (items[3]->kind != Kind::Bool || items[4]->kind != Kind::Bytes) reader.refuse("an array of another kind");
  auto shape = sizesOf(reader, items[1]);
  const auto count = countOf(reader, shape, items[4]->text.size() / kFloat);
  if (count * kFloat != items[4]->text.size()) reader.refuse("an array smaller than its numbers");
  budget.spend(items[4]->text.size());
  if (items[3]->number == 0) return tensorOf(shape, items[4]->text);
  std::reverse(shape.begin(), shape.end());
  const auto reversed = tensorOf(shape, items[4]->text);
  std::vector<std::int64_t> order;
  for (auto i = reversed.dim(); i-- > 0;) order.push_back(i);
  return reversed.permute(order).contiguous();
}

void addArrays(const PickleReader& reader, const PickleValue* value, const std::string& prefix, int depth,
               Budget& budget, TensorsByKey& arrays) {
  if (depth > kDeepest) reader.refuse("too deep a tree");
  if (isNumpyArray(value)) {
    arrays[prefix] = numpyArray(reader, value, budget);
    return;
  }
  budget.spend(0);
  if (value->kind != Kind::Dict) reader.refuse(concat("no array and no dictionary under \"", prefix, "\""));
  for (std::size_t i = 0; i < value->items.size(); i += 2) {
    const auto* key = value->items[i];
    if (key->kind != Kind::Text) reader.refuse("a key that is no text");
    addArrays(reader, value->items[i + 1], concat(prefix, prefix.empty() ? "" : "/", key->text), depth + 1, budget,
              arrays);
  }
}

/// A tensor of a state_dict as it is described: its numbers come later.
struct Described {
  std::string storage;
  std::int64_t offset = 0;
  std::vector<std::int64_t> shape;
};

/// _rebuild_tensor_v2(storage, offset, shape, strides, ...), whose storage is identified by ("storage", FloatStorage,
/// key, device, count, view of another).
Described describedTensor(const PickleReader& reader, const PickleValue* value) {
  if (!isCallOf(value, "torch._utils _rebuild_tensor_v2") || !is(value->items[1], Kind::Tuple, 4))
    reader.refuse("a value that is no tensor");
  const auto& arguments = value->items[1]->items;
  if (arguments[0]->kind != Kind::Persistent || arguments[1]->kind != Kind::Int || arguments[1]->number < 0)
    reader.refuse("a tensor without storage");
  const auto* storage = arguments[0]->items[0];
  if (!is(storage, Kind::Tuple, 5) || storage->items[1]->text != "torch FloatStorage" ||
      storage->items[2]->kind != Kind::Text)
    reader.refuse("a tensor that is not of float32");
  if (storage->items.size() > 5 && storage->items[5]->kind != Kind::None) reader.refuse("a view of a storage");
  Described tensor{std::string(storage->items[2]->text), arguments[1]->number, sizesOf(reader, arguments[2])};
  std::int64_t stride = 1;
  const auto strides = sizesOf(reader, arguments[3]);
  if (strides.size() != tensor.shape.size()) reader.refuse("strides that are not of the shape");
  countOf(reader, tensor.shape, std::numeric_limits<std::int32_t>::max());
  for (std::size_t i = strides.size(); i-- > 0;) {
    if (tensor.shape[i] != 1 && strides[i] != stride) reader.refuse("a tensor that is not contiguous");
    stride *= tensor.shape[i];
  }
  return tensor;
}

/// OrderedDict([[key, tensor], ...]) of Python 2, or OrderedDict() whose entries follow, of Python 3.
std::map<std::string, Described> describedTensors(const PickleReader& reader, const PickleValue& dict) {
  if (!isCallOf(&dict, "collections OrderedDict")) reader.refuse("no OrderedDict");
  std::map<std::string, Described> described;
  const auto add = [&](const PickleValue* key, const PickleValue* tensor) {
    if (key->kind != Kind::Text || described.size() >= kMost) reader.refuse("a key that is no text");
    described[std::string(key->text)] = describedTensor(reader, tensor);
  };
  const auto& arguments = dict.items[1]->items;
  if (!arguments.empty()) {
    if (arguments[0]->kind != Kind::List) reader.refuse("an OrderedDict of another kind");
    for (const auto* pair : arguments[0]->items) {
      const bool two = (pair->kind == Kind::List || pair->kind == Kind::Tuple) && pair->items.size() == 2;
      if (!two) reader.refuse("a key and its tensor are missing");
      add(pair->items[0], pair->items[1]);
    }
  }
  for (std::size_t i = 0; i < dict.entries.size(); i += 2) add(dict.entries[i], dict.entries[i + 1]);
  return described;
}

/// The numbers of every storage, in the order of `keys`: how many (int64), then float32.
std::map<std::string, std::string_view> storagesOf(PickleReader& reader, const PickleValue& keys) {
  if (keys.kind != Kind::List) reader.refuse("no list of storages");
  std::map<std::string, std::string_view> storages;
  for (const auto* key : keys.items) {
    if (key->kind != Kind::Text) reader.refuse("a storage without a key");
    std::uint64_t count = 0;
    std::memcpy(&count, reader.take(sizeof count).data(), sizeof count);
    if (count > std::numeric_limits<std::int32_t>::max()) reader.refuse("a storage of too many numbers");
    storages[std::string(key->text)] = reader.take(static_cast<std::size_t>(count) * kFloat);
  }
  return storages;
}

}  // namespace

TensorsByKey numpyArraysFromPickle(const std::string& name, std::string_view bytes) {
  PickleReader reader(
      name, bytes,
      {"numpy.core.multiarray _reconstruct", "numpy._core.multiarray _reconstruct", "numpy ndarray", "numpy dtype"});
  TensorsByKey arrays;
  Budget budget(reader, bytes.size());
  addArrays(reader, &reader.read(), "", 0, budget, arrays);
  return arrays;
}

TensorsByKey tensorsFromTorchPickle(const std::string& name, std::string_view bytes) {
  constexpr std::string_view kMagic("\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19", 10);  // torch/serialization.py
  PickleReader reader(name, bytes,
                      {"collections OrderedDict", "torch._utils _rebuild_tensor_v2", "torch FloatStorage"});
  const auto& magic = reader.read();
  if (magic.kind != Kind::Int || magic.text != kMagic) reader.refuse("no file of torch.save before version 1.6");
  reader.read();  // version of the format
  reader.read();  // sizes of types on the machine that wrote it
  const auto described = describedTensors(reader, reader.read());
  const auto storages = storagesOf(reader, reader.read());
  Budget budget(reader, bytes.size());
  TensorsByKey tensors;
  for (const auto& [key, tensor] : described) {
    const auto storage = storages.find(tensor.storage);
    if (storage == storages.end()) reader.refuse(concat("the numbers of ", key, " are missing"));
    const auto numbers = storage->second.size() / kFloat;
    if (static_cast<std::uint64_t>(tensor.offset) > numbers)
      reader.refuse(concat("the numbers of ", key, " are short"));
    const auto rest = storage->second.substr(static_cast<std::size_t>(tensor.offset) * kFloat);
    const auto count = countOf(reader, tensor.shape, rest.size() / kFloat);
    budget.spend(count * kFloat);
    tensors[key] = tensorOf(tensor.shape, rest.substr(0, count * kFloat));
  }
  return tensors;
}

}  // namespace p2l
